"""Scorecards of the register as what they say; and reviews with what they come to."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from assistant.shell.reviews import shown
from knowledge.errors import NotFound
from knowledge.refusals import because
from knowledge.reviews.models import Review, Reviewed
from knowledge.reviews.reviews import Reviews

if TYPE_CHECKING:
    from eval.scorecards.models import Scorecard
    from eval.scorecards.results import Results
    from knowledge.reviews.reach import ReviewReach

_CARDS = 50


def card_of(reviews: Reviews, name: str, version: int) -> Scorecard:
    """A version of a scorecard.

    Raises:
        NotFound: there is none.
    """
    return _read(reviews.scorecards.content(name, version))


@lru_cache(maxsize=_CARDS)
def _read(content: str) -> Scorecard:
    from eval.scorecards.reading import read_scorecard

    card, faults = read_scorecard(content.encode())
    if card is None:  # it was checked when it was brought in
        raise RuntimeError(f"a scorecard of the register cannot be read: {faults[0]}")
    return card


def review_json(card: Scorecard, review: Review) -> dict[str, Any]:
    """A review with what it comes to."""
    from eval.scorecards.scoring import score

    return shown.review(review, score(card, review.judgement.answers))


def reviewed_json(reviews: Reviews, one: Reviewed) -> dict[str, Any]:
    """A contact with its reviews and what they come to."""
    from eval.scorecards.scoring import score

    card = card_of(reviews, one.scorecard, one.version)
    return shown.reviewed(one, [score(card, r.judgement.answers) for r in one.reviews])


def results_of(
    reviews: Reviews,
    reach: ReviewReach,
    *,
    sample: int | None = None,
    scorecard: str | None = None,
) -> tuple[str, int, Scorecard, Results]:
    """Name and version of a scorecard, the scorecard, and what its reviews come to.

    Args:
        reviews: of the register.
        reach: of who reads them.
        sample: only of this one.
        scorecard: only with this one; of several versions the newest that was used.

    Raises:
        NotFound: nothing that they may read was reviewed.
    """
    from eval.scorecards.results import results

    found = reviews.reviewed(reach, sample=sample)
    versions = [
        (one.sample, one.scorecard, one.version)
        for one in found
        if scorecard in (None, one.scorecard)
    ]
    if not versions:
        raise NotFound(because("reviews-none"))
    _, name, version = max(versions)
    card = card_of(reviews, name, version)
    used = [one for one in found if (one.scorecard, one.version) == (name, version)]
    return name, version, card, results(card, used)
