"""What is shown beside a conversation comes back from its event as it was."""

from __future__ import annotations

import json
from datetime import date

import pytest

from assistant.contact.heard import AskBack, Suggestion
from assistant.contact.suggestions import Dismissed, Shown, Worded, dismiss, pin, switch, word
from assistant.models import Citation, Composed, LeftOut, Statement
from assistant.shell.contact.keeping import MAX_NEEDS, body_of, needs_of, shown_of

CITATION = Citation(
    "a.md",
    "A",
    3,
    None,
    ("Uno", "Dos"),
    "Treinta días.",
    5,
    18,
    "es",
    2,
    valid_from=date(2026, 3, 1),
    internal=True,
)
ONE = Suggestion("a", Statement("Treinta días.", (CITATION,), "Treinta días."), "plazo", 0.8)
TWO = Suggestion("b", Statement("Dos años.", (CITATION,)), "garantia", 0.5)
FULL = Shown(
    (ONE, TWO),
    AskBack("delivery_date", "¿Cuándo lo recibió?"),
    frozenset({"a"}),
    (Dismissed("c", frozenset({"color"})),),
    frozenset({"plaz"}),
)
WORDED = Worded("plazo", Composed("m", "compose.es/2", (ONE.statement,), LeftOut(uncited=1)))
WHY = Worded("plazo", Composed("m", "compose.es/2", why="slow"))


@pytest.mark.parametrize(
    "shown",
    [
        word(FULL, WORDED),
        word(FULL, WHY),
        Shown(),
        FULL,
        dismiss(FULL, "a"),
        pin(FULL, "b"),
        switch(FULL, listening=False),
    ],
)
def test_what_is_shown_comes_back_as_it_was(shown: Shown) -> None:
    body = json.loads(json.dumps(body_of(shown, frozenset({"staff"}), 3.0, ("plazo",))))
    assert shown_of(body) == shown
    assert needs_of(body) == ("plazo",)


def test_before_anything_was_shown_there_is_nothing() -> None:
    assert (shown_of({}), needs_of({})) == (Shown(), ())


def test_the_newest_needs_are_kept() -> None:
    many = tuple(f"n{number}" for number in range(MAX_NEEDS + 3))
    assert needs_of(body_of(FULL, frozenset(), 0.0, many)) == many[3:]
