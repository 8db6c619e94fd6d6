"""The words of turns as a summary may show them: sentence by sentence, customers' data masked.

A summary goes to people and programs that did not take part, so what a customer can be reached or
found by is never in it whole. Everything is cut from the masked text of a turn, so every quote is
found there again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.customers.masking import HIDDEN, masked_mail, masked_phone, masked_text
from assistant.customers.mentions import Mention, mentions
from assistant.customers.models import Sought
from assistant.summary.models import Said
from knowledge.privacy.models import PersonalData
from knowledge.privacy.personal import personal_data
from knowledge.text import sentence_spans

SHOWN_OF_ORDER = 3
MAX_QUOTE_CHARS = 300
"""Speech recognisers write whole turns without a full stop."""
CUT = "…"


@dataclass(frozen=True)
class Quote:
    """A sentence of a turn, masked."""

    said: Said
    text: str


def masked(text: str, country: str) -> str:
    """The words of a turn with telephones, order numbers and other personal data masked.

    Names stay: whoever goes on with the contact calls the customer by it.

    >>> masked("Sí, es ALM-2026-0041873.", "ES")
    'Sí, es •••873.'
    """
    found = [one for one in personal_data(text, country) if one.kind != "name"]
    ends = {"phone", "email"}  # of these the end is shown, which is read where it was said in words
    known = [one for one in mentions(text, country) if not _within(one, found, besides=ends)]
    covered = [(one.start, one.end, hidden(one.sought)) for one in known]
    covered += [
        (datum.start, datum.end, HIDDEN)
        for datum in found
        if datum.kind not in ends or not any(_meet(datum, one) for one in known)
    ]
    for start, end, shown in sorted(covered, reverse=True):
        text = text[:start] + shown + text[end:]
    return masked_text(text, country)


def _within(mention: Mention, found: Sequence[PersonalData], *, besides: set[str]) -> bool:
    """Whether a mention is part of something else that is found, or is taken for an order."""
    order = mention.sought.kind == "order"
    return any(_meet(one, mention) and (order or one.kind not in besides) for one in found)


def _meet(one: PersonalData, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def hidden(sought: Sought) -> str:
    """What a customer can be found by, the end of it."""
    if sought.kind == "phone":
        return masked_phone(sought.value)
    if sought.kind == "mail":
        return masked_mail(sought.value)
    code = "".join(c for c in sought.value if c.isalnum())
    return HIDDEN + (code[-SHOWN_OF_ORDER:] if len(code) > 2 * SHOWN_OF_ORDER else "")


def quotes_of(said: Said, country: str) -> list[Quote]:
    """The sentences of a turn in order, each at most `MAX_QUOTE_CHARS` and then cut at a word."""
    text = masked(said.text, country)
    return [Quote(said, shortened(text[start:end])) for start, end in sentence_spans(text)]


def shortened(sentence: str) -> str:
    """A sentence that fits, with `CUT` where it goes on."""
    if len(sentence) <= MAX_QUOTE_CHARS:
        return sentence
    return sentence[:MAX_QUOTE_CHARS].rsplit(maxsplit=1)[0] + CUT


def is_quote(text: str, said: Said, country: str) -> bool:
    """Whether a text stands in a turn, as a summary shows it."""
    return bool(text) and text.removesuffix(CUT) in masked(said.text, country)
