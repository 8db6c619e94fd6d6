"""What becomes of a turn that is sent, and what is taken at all."""

from __future__ import annotations

import pytest

from knowledge.contacts.contact_checks import (
    MAX_REFERENCE_CHARS,
    MAX_SENT_TURNS,
    MAX_TEXT_CHARS,
    MAX_UTTERANCE_CHARS,
    checked_contact,
    checked_turns,
)
from knowledge.contacts.models import NewContact, NewTurn, Outcome, Speaker, Turn, outcome_of
from knowledge.errors import SettingsError


def kept(text: str, *, final: bool) -> Turn:
    return Turn(1, "u1", "customer", text, final, "2026-03-02T10:00:00.000000+00:00")


def sent(text: str, *, final: bool, speaker: Speaker = "customer") -> NewTurn:
    return NewTurn("u1", speaker, text, final)


@pytest.mark.parametrize(
    ("there", "new", "outcome"),
    [
        (None, sent("hola", final=False), "added"),
        (None, sent("hola", final=True), "added"),
        (kept("ho", final=False), sent("ho", final=False), "known"),
        (kept("ho", final=False), sent("hola", final=False), "replaced"),
        (kept("hola", final=False), sent("hola", final=True), "replaced"),
        (kept("hola", final=True), sent("hola", final=True), "known"),
        (kept("hola", final=True), sent("ho", final=False), "known"),
        (kept("hola", final=True), sent("ola", final=True), "corrected"),
        (kept("hola", final=True), sent("hola", final=True, speaker="agent"), "corrected"),
        (kept("hola", final=True), sent("antes", final=True), "known"),
    ],
)
def test_a_turn_is_added_replaced_corrected_or_known(
    there: Turn | None, new: NewTurn, outcome: Outcome
) -> None:
    assert outcome_of(there, frozenset({("customer", "antes")}), new) == outcome


def test_a_text_loses_what_no_database_keeps() -> None:
    given = NewTurn("u1", "customer", " ¿Mi\x00 colchón\ud800?\n\tRoto 👩‍👧. ")
    assert checked_turns([given])[0].text == "¿Mi  colchón ?\n\tRoto 👩‍👧."


@pytest.mark.parametrize(
    ("turns", "line"),
    [
        ([], "0 turns were sent"),
        ([NewTurn("u", "agent", "x")] * (MAX_SENT_TURNS + 1), "101 turns were sent"),
        ([NewTurn("u1", "customer", "secreto" * 2_000)], "has 14,000 characters, at most 8,000"),
        ([NewTurn("u1", "customer", " \x00 ")], "'u1' has no text"),
        ([NewTurn("", "customer", "secreto")], "an utterance has 0 characters"),
        ([NewTurn("u" * (MAX_UTTERANCE_CHARS + 1), "customer", "secreto")], "has 101 characters"),
        ([NewTurn("dos palabras", "customer", "secreto")], "an utterance has 12 characters"),
    ],
)
def test_what_cannot_be_kept_is_refused_without_repeating_it(
    turns: list[NewTurn], line: str
) -> None:
    with pytest.raises(SettingsError) as error:
        checked_turns(turns)
    assert line in str(error.value)
    assert "secreto" not in str(error.value)


def test_the_longest_text_is_taken_whole() -> None:
    text = "a" * MAX_TEXT_CHARS
    assert checked_turns([NewTurn("u1", "customer", text)])[0].text == text


@pytest.mark.parametrize("reference", ["", "  ", "a\nb", "x" * (MAX_REFERENCE_CHARS + 1)])
def test_a_reference_is_visible_and_short(reference: str) -> None:
    with pytest.raises(SettingsError, match="the reference has"):
        checked_contact(NewContact("call", reference, "ana"))
