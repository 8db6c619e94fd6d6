"""What is taken out of a question before it is kept: what names a person or an account.

Agents type what they see: addresses, telephone, order and card numbers. None of it tells what a
document should say. Dates stay, and so do codes of products and errors (``E13``, ``LAV-AL-7012``).
"""

from __future__ import annotations

import re

GONE = "[…]"

_MAIL = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.\w+")
_IBAN = re.compile(r"\b[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]{4}){3,7}(?:[ -]?[A-Za-z0-9]{1,3})?\b")
_IDENTITY = re.compile(r"\b(?:[XYZxyz][ -]?\d{7}|\d{2}\.?\d{3}\.?\d{3})[ -]?[A-Za-z]\b")
"""Spanish identity numbers: eight digits, or X, Y or Z and seven, and a letter."""
_NUMBER = re.compile(
    r"(?P<date>(?<!\d)(?:\d{4}([-/.])\d{1,2}\2\d{1,2}|\d{1,2}([-/.])\d{1,2}\3\d{4})(?!\d))"
    r"|\+?\(?\d(?:[ .()/-]{0,2}\d){6,}"
)
"""A date; or seven digits or more, however they are grouped: telephones, orders, cards."""


def redacted(text: str) -> str:
    """The text with each of those replaced by `GONE`.

    >>> redacted("soy ana@example.com, pedido 2026-0001234 del 02/09/2025, la LAV-AL-7012 da E13")
    'soy […], pedido […] del 02/09/2025, la LAV-AL-7012 da E13'
    """
    for pattern in (_MAIL, _IBAN, _IDENTITY):
        text = pattern.sub(GONE, text)
    return _NUMBER.sub(lambda found: found["date"] or GONE, text)
