"""What is sent about contacts, checked before it is kept. No message repeats a customer's words."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from knowledge.contacts.models import NewContact, NewTurn
from knowledge.errors import SettingsError
from knowledge.refusals import because

MAX_TEXT_CHARS = 8_000
"""Of one turn: a long mail."""
MAX_TURNS = 2_000
"""Of one contact; a call of an hour has some 600."""
MAX_SENT_TURNS = 100
"""In one request."""
MAX_REFERENCE_CHARS = 200
MAX_UTTERANCE_CHARS = 100
MAX_NOTE_CHARS = 1_000

_NEVER_TEXT = frozenset({"Cc", "Cs"})
_KEPT_CONTROLS = frozenset("\n\t")


def checked_contact(new: NewContact) -> NewContact:
    """The contact, its reference without white space around it.

    Raises:
        SettingsError: the reference is empty, too long, or has invisible characters.
    """
    reference = new.reference.strip()
    if not 0 < len(reference) <= MAX_REFERENCE_CHARS or not reference.isprintable():
        raise SettingsError(
            because("contact-reference", count=len(reference), limit=MAX_REFERENCE_CHARS)
        )
    return replace(new, reference=reference)


def checked_note(note: str) -> str:
    """What somebody tells whoever takes a contact over, without control characters.

    Raises:
        SettingsError: it is too long.
    """
    if len(note) > MAX_NOTE_CHARS:
        raise SettingsError(because("transfer-note", count=len(note), limit=MAX_NOTE_CHARS))
    return "".join(c if _is_text(c) else " " for c in note).strip()


def checked_turns(new: Sequence[NewTurn]) -> list[NewTurn]:
    """The turns, their texts without control characters and white space around them.

    Raises:
        SettingsError: there are none or too many, or one of them cannot be kept.
    """
    if not 0 < len(new) <= MAX_SENT_TURNS:
        raise SettingsError(because("turns-sent", count=len(new), limit=MAX_SENT_TURNS))
    return [_checked_turn(turn) for turn in new]


def _checked_turn(turn: NewTurn) -> NewTurn:
    utterance = turn.utterance
    visible = utterance.isprintable() and not any(c.isspace() for c in utterance)
    if not 0 < len(utterance) <= MAX_UTTERANCE_CHARS or not visible:
        raise SettingsError(
            because("turn-utterance", count=len(utterance), limit=MAX_UTTERANCE_CHARS)
        )
    if len(turn.text) > MAX_TEXT_CHARS:
        raise SettingsError(
            because("turn-long", utterance=utterance, count=len(turn.text), limit=MAX_TEXT_CHARS)
        )
    text = "".join(c if _is_text(c) else " " for c in turn.text).strip()
    if not text:
        raise SettingsError(because("turn-empty", utterance=utterance))
    return replace(turn, text=text)


def _is_text(character: str) -> bool:
    """Neither database keeps lone surrogates, PostgreSQL no NUL; no other control is said."""
    return character in _KEPT_CONTROLS or unicodedata.category(character) not in _NEVER_TEXT
