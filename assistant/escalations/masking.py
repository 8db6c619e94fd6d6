"""A text without what tells who a customer is, for whoever may not see customers. Pure.

Telephones, mail addresses, order numbers, identity, account and card numbers go wherever they are
recognised, written or spoken; names where something says that they are one, since a name alone is
like any other word. So what is masked is what can be recognised, not all that could be said.
"""

from __future__ import annotations

import re

from assistant.customers.masking import HIDDEN
from assistant.customers.mentions import mentions
from knowledge.text import STOP_WORDS, fold
from knowledge.work.redaction import GONE, redacted

_PASSES = 25
"""Of looking for mentions, each of which finds every value once, and twenty at most."""

_PARTICLES = "de|del|la|las|los|y|van|von|da|dos"
_CAPITALISED = rf"[A-ZÁÉÍÓÚÜÑÇ][\w'’-]*(?:\s+(?:(?:{_PARTICLES})\s+)*[A-ZÁÉÍÓÚÜÑÇ][\w'’-]*){{0,4}}"
_INTRODUCED = re.compile(
    r"\b(?P<cue>(?i:soy|me llamo|mi nombre es|a nombre de|se llama|habla con|señor[a]?|sra?\.?|"
    r"don|doña|d\.ª?|dña\.?|my name is|i am|i'm|this is|speaking to|under the name(?: of)?|"
    r"mr\.?|mrs\.?|ms\.?))"
    rf"(?P<between>\s+)(?P<name>{_CAPITALISED})"
)
_SPOKEN = re.compile(
    r"\b(?P<cue>me llamo|mi nombre es|a nombre de|my name is|under the name of)(?P<between>\s+)"
    r"(?P<name>[^\W\d_][\w'’-]*(?:\s+[^\W\d_][\w'’-]*){0,3})",
    re.IGNORECASE,
)
"""As a recogniser writes it: no capitals."""


def masked_words(text: str, country: str = "ES", *, names: bool, contacts: bool) -> str:
    """A text as somebody may see it.

    Args:
        text: as it was typed or said.
        country: whose telephone numbers need no prefix.
        names: whether they may see customers' names and orders.
        contacts: whether they may see how to reach customers.

    >>> masked_words("soy Ana Pérez, 612 34 56 78, pedido AL-20431", names=False, contacts=False)
    'soy •••, pedido •••, •••'
    """
    hidden = {kind for kind, seen in _seen(names, contacts) if not seen}
    for _ in range(_PASSES):
        found = [one for one in mentions(text, country) if one.sought.kind in hidden]
        if not found:
            break
        for one in sorted(found, key=lambda mention: -mention.start):
            text = text[: one.start] + HIDDEN + text[one.end :]
    if not contacts:
        text = redacted(text).replace(GONE, HIDDEN)
    if not names:
        text = _INTRODUCED.sub(lambda one: f"{one['cue']}{one['between']}{HIDDEN}", text)
        text = _SPOKEN.sub(_without_spoken_name, text)
    return text


def _seen(names: bool, contacts: bool) -> tuple[tuple[str, bool], ...]:
    return ("phone", contacts), ("mail", contacts), ("order", names)


def _without_spoken_name(found: re.Match[str]) -> str:
    """The words after a cue up to the first that is no name: "me llamo ana pérez y quería"."""
    given = re.split(r"(\s+)", found["name"])
    kept = next(
        (at for at in range(0, len(given), 2) if at and fold(given[at]) in STOP_WORDS), len(given)
    )
    rest = "".join(given[max(0, kept - 1) :]) if kept < len(given) else ""
    return f"{found['cue']}{found['between']}{HIDDEN}{rest}"
