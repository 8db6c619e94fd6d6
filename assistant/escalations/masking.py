"""A text without what tells who a customer is, for whoever may not see customers. Pure.

What `knowledge.privacy` finds goes, and order numbers, written or spoken; names where something
says that they are one, since a name alone is like any other word. So what is masked is what can be
recognised, not all that could be said.
"""

from __future__ import annotations

from assistant.customers.masking import HIDDEN
from assistant.customers.mentions import mentions
from knowledge.privacy.models import Known
from knowledge.privacy.personal import NOBODY, personal_data
from knowledge.privacy.redaction import GONE, redacted

_PASSES = 25
"""Of looking for mentions, each of which finds every value once, and twenty at most."""


def masked_words(
    text: str, country: str = "ES", *, names: bool, contacts: bool, known: Known = NOBODY
) -> str:
    """A text as somebody may see it.

    Args:
        text: as it was typed or said.
        country: whose telephone numbers need no prefix.
        names: whether they may see customers' names and orders.
        contacts: whether they may see how to reach customers.
        known: of the customer; goes with the names.

    >>> masked_words("soy Ana Pérez, 612 34 56 78, pedido AL-20431", names=False, contacts=False)
    'soy •••, •••, pedido •••'
    """
    if not contacts:  # first: an address is found by its number, which may look like an order's
        text = redacted(text, country, names=False).replace(GONE, HIDDEN)
    hidden = {kind for kind, seen in _seen(names, contacts) if not seen}
    for _ in range(_PASSES):
        found = [one for one in mentions(text, country) if one.sought.kind in hidden]
        if not found:
            break
        for one in sorted(found, key=lambda mention: -mention.start):
            text = text[: one.start] + HIDDEN + text[one.end :]
    if not names:
        for datum in reversed(personal_data(text, country, known=known, unsure_names=True)):
            if datum.kind in ("name", "known"):
                text = text[: datum.start] + HIDDEN + text[datum.end :]
    return text


def _seen(names: bool, contacts: bool) -> tuple[tuple[str, bool], ...]:
    return ("phone", contacts), ("mail", contacts), ("order", names)
