"""Mail addresses, written or said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.privacy.models import Found

_WRITTEN = re.compile(r"[\w+][^\s@<>()\[\]\"',;:|¿¡`]{0,63}@[^\W_](?:[\w-]*\.)+\w{2,}")
_SIGN = r"(?:\s*\.\s*|\s+(?:punto|dot|guion bajo|underscore|guion|dash|barra baja|-)\s+)"
_SAID = re.compile(
    rf"(?<![\w+-])(?:(?:[a-z] ){{2,20}})?[\w+-]{{1,64}}+(?:{_SIGN}[\w+-]{{1,64}}+){{0,4}}"
    r"(?: [0-9]+){0,6}"
    rf"\s+(?:arroba\s+[\w-]+(?:{_SIGN}[\w-]+){{1,3}}|at\s+[\w-]+(?:\s+dot\s+[\w-]+){{1,3}})",
    re.IGNORECASE,
)
_SAID_AT = re.compile(r"\b(?:arroba|at [\w-]+ dot)\b", re.IGNORECASE)


_SIGNS = {
    "punto": ".", "dot": ".", "guion bajo": "_", "barra baja": "_", "underscore": "_",
    "guion": "-", "dash": "-", "arroba": "@", "at": "@",
}  # fmt: skip
_NAMED = "|".join(sorted(_SIGNS, key=len, reverse=True))
_SAID_SIGN = re.compile(rf"\s+({_NAMED})\s+", re.IGNORECASE)


def written_mail(said: str) -> str:
    """A mail address of the text of a reading as one writes it.

    >>> written_mail("ana punto perez 83 arroba gmail punto com")
    'ana.perez83@gmail.com'
    """
    signs = _SAID_SIGN.sub(lambda found: _SIGNS[found[1].lower()], said)
    return "".join(signs.split())


def mails(text: str) -> Iterator[Found]:
    """The mail addresses in the text of a reading."""
    if "@" in text:
        for found in _WRITTEN.finditer(text):
            yield Found("email", *found.span())
    if _SAID_AT.search(text):
        for found in _SAID.finditer(text):
            yield Found("email", *found.span())
