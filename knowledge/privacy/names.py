"""Names of people where a word introduces one; a name alone is like any other word, and stays."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.privacy.models import Found
from knowledge.text import STOP_WORDS, fold

_PARTICLES = "de|del|la|las|los|y|van|von|da|dos"
_CAPITALISED = rf"[A-ZÁÉÍÓÚÜÑÇ][\w'’-]*(?:\s+(?:(?:{_PARTICLES})\s+)*[A-ZÁÉÍÓÚÜÑÇ][\w'’-]*){{0,4}}"
_SURE = (
    r"me llamo|mi nombre es|a nombre de|señor[a]?|sra?\.?|don|doña|d\.ª|dña\.?|"
    r"my name is|under the name(?: of)?|mr\.?|mrs\.?|ms\.?"
)
_INITIAL = r"d\."
_UNSURE = r"soy|se llama|habla con|i am|i'm|this is|speaking to"
_INTRODUCED = re.compile(
    rf"\b(?P<cue>(?i:(?P<sure>{_SURE})|(?P<initial>{_INITIAL})|{_UNSURE}))(?P<between>\s+)(?P<name>{_CAPITALISED})"
)
_SPOKEN = re.compile(
    r"\b(?P<cue>me llamo|mi nombre es|a nombre de|my name is|under the name of)(?P<between>\s+)"
    r"(?P<name>[^\W\d_][\w'’-]*(?:\s+[^\W\d_][\w'’-]*){0,3})",
    re.IGNORECASE,
)
"""As a recogniser writes it: no capitals."""


def introduced(text: str, *, unsure: bool = False) -> Iterator[Found]:
    """The names that a text introduces, as it was given; some may be found twice.

    Args:
        text: as it was typed or said.
        unsure: also one word after words that other things are introduced with as well: "soy Ana",
            but "soy Cliente" too.

    >>> [(one.start, one.end) for one in introduced("me llamo ana pérez y quería")]
    [(9, 18)]
    """
    for found in _INTRODUCED.finditer(text):
        if unsure or found["sure"] or (" " in found["name"] and not found["initial"]):
            yield Found("name", *found.span("name"))
    for found in _SPOKEN.finditer(text):
        start, end = found.start("name"), _end_of_spoken(found)
        if end > start:
            yield Found("name", start, end)


def _end_of_spoken(found: re.Match[str]) -> int:
    """Where a name said after a cue ends: before the first word that is none."""
    end = found.start("name")
    for word in re.finditer(r"\S+", found["name"]):
        if fold(word[0]) in STOP_WORDS:
            break
        end = found.start("name") + word.end()
    return end
