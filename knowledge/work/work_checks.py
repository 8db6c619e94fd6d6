"""What people type about work, checked before it is kept."""

from __future__ import annotations

from knowledge.errors import SettingsError
from knowledge.refusals import because

MAX_TEXT_CHARS = 2_000
MAX_ACCOUNT_CHARS = 200


def checked_text(what: str, text: str, *, needed: bool = True) -> str:
    """A text without white space around it.

    Args:
        what: it is, for the message.
        text: as typed.
        needed: whether it must not be empty.

    Raises:
        SettingsError: it is empty or too long.
    """
    stripped, written = text.strip(), because(f"written-{what}")
    if needed and not stripped:
        raise SettingsError(because("text-empty", what=written))
    if len(stripped) > MAX_TEXT_CHARS:
        raise SettingsError(
            because(
                "text-long",
                what=written,
                count=len(stripped),
                limit=MAX_TEXT_CHARS,
            )
        )
    return stripped


def checked_account(name: str) -> str:
    """The name of an account, as the audit trail takes it.

    Raises:
        SettingsError: it is empty, too long, or has a space in it.
    """
    stripped = name.strip()
    if not stripped or len(stripped) > MAX_ACCOUNT_CHARS or any(c.isspace() for c in stripped):
        raise SettingsError(because("account-spaces", name=name[:40]))
    return stripped
