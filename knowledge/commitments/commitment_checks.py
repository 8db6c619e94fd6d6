"""What is sent about promises and complaints, checked before it is kept."""

from __future__ import annotations

import unicodedata
from datetime import date

from knowledge.audit.views import customer_id
from knowledge.errors import SettingsError
from knowledge.refusals import because

MAX_TEXT_CHARS = 2_000
MAX_CUSTOMER_CHARS = 200
MAX_YEARS = 10


def checked_text(text: str) -> str:
    """The text without control characters and white space around it.

    Raises:
        SettingsError: nothing is left, or it is too long.
    """
    kept = "".join(
        c if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs") else " " for c in text
    ).strip()
    if not 0 < len(kept) <= MAX_TEXT_CHARS:
        raise SettingsError(because("commitment-text", count=len(kept), limit=MAX_TEXT_CHARS))
    return kept


def checked_customer(reference: str) -> str:
    """The reference of a customer as contacts keep it, see `customer_id`.

    Raises:
        SettingsError: it is empty, too long, or has invisible characters.
    """
    kept = reference.strip()
    if not 0 < len(kept) <= MAX_CUSTOMER_CHARS or not kept.isprintable():
        raise SettingsError(
            because("commitment-customer", count=len(kept), limit=MAX_CUSTOMER_CHARS)
        )
    return customer_id(kept)


def checked_due(day: date, today: date) -> date:
    """A day by which something can be due.

    Raises:
        SettingsError: it is past, or too far away.
    """
    if day < today:
        raise SettingsError(because("commitment-due-past", day=day))
    if day.year > today.year + MAX_YEARS:
        raise SettingsError(because("commitment-due-far", day=day, years=MAX_YEARS))
    return day
