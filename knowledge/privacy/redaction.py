"""Texts without what tells who a person is: what is kept of questions, comments and needs.

Agents type what they see: addresses, telephone, order and card numbers. None of it tells what a
document should say. Dates stay, and so do codes of products and errors (``E13``, ``LAV-AL-7012``).
More is taken out than `knowledge.privacy.personal` finds: numbers that only look like those of
people, and order numbers, lead to people too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge.privacy.models import Known
from knowledge.privacy.personal import NOBODY, personal_data
from knowledge.privacy.reading import read

GONE = "[…]"

_IBAN = re.compile(r"\b[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]{4}){3,7}(?:[ -]?[A-Za-z0-9]{1,3})?\b")
_IDENTITY = re.compile(r"\b(?:[XYZxyz][ -]?\d{7}|\d{2}\.?\d{3}\.?\d{3})[ -]?[A-Za-z]\b")
"""Spanish identity numbers, whatever their letter: eight digits, or X, Y or Z and seven."""
_NUMBER = re.compile(
    r"(?P<date>(?<!\d)(?:\d{4}([-/.])\d{1,2}\2\d{1,2}|\d{1,2}([-/.])\d{1,2}\3\d{4})(?!\d))"
    r"|\+?\(?\d(?:[ .()/-]{0,2}\d){6,}"
)
"""A date; or seven digits or more, however they are grouped or said: telephones, orders, cards."""


def redacted(text: str, country: str = "ES", *, known: Known = NOBODY, names: bool = True) -> str:
    """The text with each of those replaced by `GONE`.

    Args:
        text: as it was typed or said.
        country: whose telephone numbers need no prefix.
        known: of the customer that the text is about.
        names: whether names that a word introduces go as well.

    >>> redacted("soy ana@example.com, pedido 2026-0001234 del 02/09/2025, la LAV-AL-7012 da E13")
    'soy […], pedido […] del 02/09/2025, la LAV-AL-7012 da E13'
    >>> redacted("llame al seis uno dos treinta y cuatro cincuenta y seis setenta y ocho")
    'llame al […]'
    """
    for start, end in reversed(redactions(text, country, known=known, names=names)):
        text = text[:start] + GONE + text[end:]
    return text


def redactions(
    text: str, country: str = "ES", *, known: Known = NOBODY, names: bool = True
) -> list[tuple[int, int]]:
    """What `redacted` replaces, ``(start, end)``, in order; none overlap."""
    reading = read(text)
    found = [
        (one.start, one.end)
        for one in personal_data(text, country, known=known)
        if names or one.kind != "name"
    ]
    for pattern in (_IBAN, _IDENTITY, _NUMBER):
        looks = (o for o in pattern.finditer(reading.text) if not o.groupdict().get("date"))
        found += [reading.span(*one.span()) for one in looks]
    return _joined(found)


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
