"""The words of turns as a summary may show them: sentence by sentence, customers' data masked.

A summary goes to people and programs that did not take part, so what a customer can be reached or
found by is never in it whole. Everything is cut from the masked text of a turn, so every quote is
found there again.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.customers.masking import HIDDEN, masked_mail, masked_phone, masked_text
from assistant.customers.mentions import mentions
from assistant.customers.models import Sought
from assistant.summary.models import Said
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
    for found in reversed(mentions(text, country)):
        text = text[: found.start] + hidden(found.sought) + text[found.end :]
    for datum in reversed(personal_data(text, country)):
        done = text[: datum.start].endswith(HIDDEN)
        if datum.kind != "name" and not done:
            end = _end_of(datum.kind, text[datum.start : datum.end])
            text = text[: datum.start] + end + text[datum.end :]
    return masked_text(text, country)


def _end_of(kind: str, value: str) -> str:
    """What is shown of a value: of how to reach somebody the end, of all else nothing."""
    if kind == "phone":
        return masked_phone(value)
    return masked_mail(value) if kind == "email" and "@" in value else HIDDEN


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
