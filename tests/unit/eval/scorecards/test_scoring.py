"""A scorecard worked by hand, what is not applicable, and automatic fails."""

from __future__ import annotations

from typing import Any

import pytest

from eval.scorecards.models import Scorecard
from eval.scorecards.scoring import score
from knowledge.errors import SettingsError


def words(text: str) -> dict[str, str]:
    return {"es": text, "en": text}


def item(name: str, **fields: Any) -> dict[str, Any]:
    return {"id": name, "ask": words(name), **fields}


SCALE = [
    {"id": "good", "title": words("good"), "points": 4},
    {"id": "fair", "title": words("fair"), "points": 1},
    {"id": "bad", "title": words("bad"), "points": 0},
]
CARD = Scorecard.model_validate(
    {
        "schema_version": "scorecard/1",
        "title": words("card"),
        "sections": [
            {
                "id": "law",
                "title": words("law"),
                "weight": 1,
                "compliance": True,
                "items": [
                    item("told", weight=3, not_applicable=True),
                    item("identified", fails="form"),
                    item("internal", fails="section", not_applicable=True),
                ],
            },
            {
                "id": "help",
                "title": words("help"),
                "weight": 3,
                "items": [
                    item("solved", weight=2, options=SCALE),
                    item("clear", not_applicable=True),
                ],
            },
        ],
    }
)
ALL = {"told": "yes", "identified": "yes", "internal": "yes", "solved": "good", "clear": "yes"}


def test_a_total_worked_by_hand() -> None:
    found = score(CARD, ALL | {"told": "no", "solved": "fair"})
    # law (0 * 3 + 1 + 1) / 5 = 0.4; help (0.25 * 2 + 1) / 3 = 0.5; total (0.4 + 0.5 * 3) / 4
    assert found.sections == pytest.approx({"law": 0.4, "help": 0.5})
    assert found.total == pytest.approx(0.475)
    assert found.compliance == pytest.approx(0.4)
    assert found.failed == ()
    assert score(CARD, ALL).total == 1.0


def test_what_is_not_applicable_counts_neither_way() -> None:
    found = score(CARD, ALL | {"told": None, "clear": None, "solved": "fair"})
    assert found.items["clear"] is None
    assert found.sections == pytest.approx({"law": 1.0, "help": 0.25})
    assert found.total == pytest.approx((1.0 + 0.25 * 3) / 4)


def test_a_section_with_nothing_applicable_is_left_out() -> None:
    card = Scorecard.model_validate(
        {
            "schema_version": "scorecard/1",
            "title": words("card"),
            "sections": [
                {"id": s, "title": words(s), "weight": 1, "items": [item(s, not_applicable=True)]}
                for s in ("a", "b")
            ],
        }
    )
    assert score(card, {"a": None, "b": "no"}).total == 0.0
    found = score(card, {"a": None, "b": None})
    assert (found.total, found.compliance, found.sections) == (None, None, {"a": None, "b": None})


def test_an_automatic_fail_goes_up_and_is_named() -> None:
    section = score(CARD, ALL | {"internal": "no"})
    assert (section.sections["law"], section.failed) == (0.0, ("internal",))
    assert section.total == pytest.approx(0.75)
    assert section.compliance == 0.0
    form = score(CARD, ALL | {"identified": "no"})
    assert (form.total, form.failed) == (0.0, ("identified",))
    assert form.sections["help"] == 1.0
    assert score(CARD, ALL | {"internal": None}).failed == ()


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"solved": "great"}, "no option 'great': choose one of good, fair, bad"),
        ({"identified": None}, "cannot be answered with not applicable"),
        ({"mood": "yes"}, "has no item 'mood'"),
    ],
)
def test_answers_that_the_scorecard_does_not_take_are_refused(
    change: dict[str, str | None], line: str
) -> None:
    with pytest.raises(SettingsError, match=line):
        score(CARD, ALL | change)


def test_every_item_needs_an_answer() -> None:
    with pytest.raises(SettingsError, match="'clear' has no answer"):
        score(CARD, {name: one for name, one in ALL.items() if name != "clear"})
