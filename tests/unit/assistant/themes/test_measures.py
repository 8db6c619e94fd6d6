"""Each measure over contacts worked by hand: what counts, over what, and what is not known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from assistant.themes import measures
from assistant.themes.measures import Share, Typical
from knowledge.themes.measure_rows import ContactRow

START = datetime(2026, 11, 2, 9, tzinfo=UTC)


def contact(number: int, day: float = 0, minutes: float | None = 5) -> ContactRow:
    began = START + timedelta(days=day)
    ended = began + timedelta(minutes=minutes) if minutes is not None else None
    return ContactRow(number, "staff", began, ended, None)


def test_resolved_counts_ended_contacts_of_which_it_is_known() -> None:
    some = [contact(1), contact(2), contact(3), contact(4, minutes=None)]
    outcomes = {1: "resolved", 2: "unresolved", 4: "resolved"}
    assert measures.resolved(some, outcomes) == Share(1, 2, 1)  # type: ignore[arg-type]
    assert measures.resolved(some, None) == Share(0, 0, 3)
    assert measures.resolved(some, None).share is None


ROOF, BED = frozenset({1}), frozenset({2})


@pytest.mark.parametrize(
    ("case", "earlier", "later", "expected"),
    [
        ("the same need within 7 days", (1, 0, "c", BED), (2, 6.9, "c", BED), Share(1, 1, 0)),
        ("on the seventh day still", (1, 0, "c", BED), (2, 7, "c", BED), Share(1, 1, 0)),
        ("after that no more", (1, 0, "c", BED), (2, 7.1, "c", BED), Share(0, 1, 0)),
        ("another need", (1, 0, "c", ROOF), (2, 1, "c", BED), Share(0, 1, 0)),
        ("another customer", (1, 0, "c", BED), (2, 1, "d", BED), Share(0, 1, 0)),
        ("nobody knows whose", (1, 0, None, BED), (2, 1, None, BED), Share(0, 0, 1)),
        ("nobody knows about what", (1, 0, "c", BED), (2, 1, "c", frozenset()), Share(0, 0, 1)),
        ("one of several needs", (1, 0, "c", BED), (2, 1, "c", BED | ROOF), Share(1, 1, 0)),
    ],
)
def test_a_repeat(case: str, earlier: tuple, later: tuple, expected: Share) -> None:  # type: ignore[type-arg]
    rows = [contact(number, day) for number, day, _, _ in (earlier, later)]
    customers = {n: who for n, _, who, _ in (earlier, later) if who}
    topics = {n: some for n, _, _, some in (earlier, later)}
    assert measures.repeated(rows[1:], rows[:1], customers, topics) == expected, case


def test_of_two_contacts_at_one_moment_one_is_the_repeat() -> None:
    rows, both = [contact(1), contact(2)], {1: "c", 2: "c"}
    assert measures.repeated(rows, [], both, {1: BED, 2: BED}) == Share(1, 2, 0)


def test_who_the_customers_are_is_unknown_without_anybody_who_says() -> None:
    assert measures.repeated([contact(1)], [], None, {1: BED}) == Share(0, 0, 1)


def test_escalated_counts_all_contacts_or_none() -> None:
    some = [contact(1), contact(2)]
    assert measures.escalated(some, {2, 99}) == Share(1, 2, 0)
    assert measures.escalated(some, None) == Share(0, 0, 2)


def test_what_is_open_is_neither_kept_nor_broken() -> None:
    assert measures.promises(["kept", "broken", "kept", "open"]) == Share(2, 3, 1, 1)
    assert measures.complaints(["met", "late", "open", "open"]) == Share(1, 2, 2, 2)
    assert measures.promises(None) == Share(0, 0, 0)


def test_answered_is_what_was_answered_in_full() -> None:
    verdicts = {"answered": 6, "partly": 2, "not_found": 1, "conflict": 1}
    assert measures.answered(verdicts).share == 0.6
    assert measures.answered({}).share is None


def test_handle_time_is_the_median_of_what_has_ended_by_itself() -> None:
    gone = START + timedelta(days=90)
    erased = ContactRow(9, "staff", START, gone, gone)
    some = [contact(1, minutes=2), contact(2, minutes=4), contact(3, minutes=60)]
    assert measures.handle_time([*some, contact(4, minutes=None), erased]) == Typical(240.0, 3, 2)
    assert measures.handle_time([]) == Typical(None, 0, 0)
