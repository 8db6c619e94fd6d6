"""Results count every contact for as many as it stands for; agreement is of first judgements."""

from __future__ import annotations

import pytest

from eval.scorecards.results import results
from knowledge.reviews.models import Judgement, Review, Reviewed, Tenure
from tests.unit.eval.scorecards.test_scoring import ALL, CARD

BAD = ALL | {"solved": "bad"}  # help 1/3, total (1 + 3 * 1/3) / 4 = 0.5


def review(who: str, answers: dict[str, str | None], **measured: str | None) -> Review:
    return Review(1, 1, Judgement(answers, measured), True, who, "2026-11-20T10:00:00+00:00")


def reviewed(
    key: str,
    *said: Review,
    audience: str = "levante",
    size: int = 10,
    tenure: Tenure = "from_365",
    before: tuple[Review, ...] = (),
) -> Reviewed:
    return Reviewed(
        1,
        "card",
        1,
        key,
        "call",
        audience,
        f"agent-{key}",
        tenure,
        "2026",
        size,
        said,
        before or said,
    )


def test_contacts_count_for_as_many_as_they_stand_for() -> None:
    found = results(
        CARD,
        [
            reviewed("a", review("q", ALL), size=90),
            reviewed("b", review("q", ALL), size=90),
            reviewed("c", review("q", BAD), audience="meridiano", size=10, tenure="under_90"),
        ],
    )
    assert found.whole is not None
    assert found.whole.total is not None
    assert found.whole.total.mean == pytest.approx((90 * 1.0 + 10 * 0.5) / 100)
    assert [(g.name, g.contacts, g.total and g.total.mean) for g in found.audiences] == [
        ("levante", 2, 1.0),
        ("meridiano", 1, pytest.approx(0.5)),
    ]
    assert [g.name for g in found.tenures] == ["under_90", "from_365"]
    by_item = {one.item: one for one in found.items}
    assert by_item["solved"].mean is not None
    assert by_item["solved"].mean.mean == pytest.approx(0.9)


def test_agreement_is_of_first_judgements_and_fails_are_counted() -> None:
    failing = ALL | {"identified": "no"}
    first = reviewed(
        "a",
        review("q", failing),
        review("r", failing),
        before=(review("q", failing), review("r", ALL)),
    )
    second = reviewed("b", review("q", ALL), review("r", ALL))
    found = results(CARD, [first, second])
    assert found.double == 2
    assert found.whole is not None
    assert found.whole.failed == 1
    by_item = {one.item: one for one in found.items}
    assert (by_item["identified"].agreement.n, by_item["identified"].agreement.alike) == (2, 1)
    assert by_item["identified"].failed == 2
    assert by_item["clear"].agreement.why_none == "one_answer"


def test_proposals_that_people_answered_otherwise_are_counted() -> None:
    found = results(CARD, [reviewed("a", review("q", ALL, told="no", clear="yes"))])
    by_item = {one.item: one for one in found.items}
    assert (by_item["told"].corrected, by_item["told"].proposed) == (1, 1)
    assert (by_item["clear"].corrected, by_item["clear"].proposed) == (0, 1)
    assert by_item["solved"].proposed == 0


def test_without_reviews_there_is_no_number() -> None:
    found = results(CARD, [])
    assert found.whole is None
    assert found.sections == {"law": None, "help": None}
    assert found.items[0].agreement.why_none == "none_judged"
