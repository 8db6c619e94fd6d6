"""Reviews -> what they come to: in all, by section, contractor and tenure, and how far two agree.

A sample takes small strata more often than large ones, so every contact counts for as many as it
stands for: contacts of its stratum / those of them that were reviewed. Contacts of one agent hang
together. What two said of a contact counts as their mean.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from eval.scorecards.models import Item, Scorecard
from eval.scorecards.scoring import Scored, score
from eval.statistics.agreement import Agreement, agreement
from eval.statistics.means import mean
from eval.statistics.rates import wilson
from eval.statistics.weighted import WeightedMean, weighted_mean
from knowledge.reviews.models import TENURES, Reviewed

NOT_APPLICABLE = "n/a"


@dataclass(frozen=True)
class Group:
    """What the reviews of some contacts come to; shares from 0 to 1.

    Attributes:
        name: label of the audience, or the tenure; empty for all.
        contacts: how many.
        agents: of how many.
        total: of the form; `None`: nothing was applicable.
        compliance: of its sections about compliance.
        failed: contacts in which somebody found an automatic fail.
        failed_low: 95 % interval of their share (Wilson), lower end.
        failed_high: upper end.
    """

    name: str
    contacts: int
    agents: int
    total: WeightedMean | None
    compliance: WeightedMean | None
    failed: int
    failed_low: float
    failed_high: float


@dataclass(frozen=True)
class ItemResult:
    """What one item comes to.

    Attributes:
        item: its id.
        mean: of its share of points.
        not_applicable: answers that say so.
        failed: answers that are an automatic fail.
        agreement: of two reviewers, each without the other's answers; "not applicable" is an
            answer like others.
        corrected: proposals of the program that a reviewer answered otherwise.
        proposed: proposals of the program.
    """

    item: str
    mean: WeightedMean | None
    not_applicable: int
    failed: int
    agreement: Agreement
    corrected: int
    proposed: int


@dataclass(frozen=True)
class Results:
    """What the reviews with one version of a scorecard come to.

    Attributes:
        whole: all contacts.
        sections: each section's mean, by its id, in order.
        audiences: by whose contacts they are.
        tenures: by how long the agent has been there.
        items: in order of the scorecard.
        double: contacts that two reviewed.
    """

    whole: Group | None
    sections: Mapping[str, WeightedMean | None]
    audiences: Sequence[Group]
    tenures: Sequence[Group]
    items: Sequence[ItemResult]
    double: int


@dataclass(frozen=True)
class _Judged:
    one: Reviewed
    scored: tuple[Scored, ...]
    weight: float

    def mean(self, of: Callable[[Scored], float | None]) -> float | None:
        return mean(list(map(of, self.scored)))


def results(card: Scorecard, reviewed: Iterable[Reviewed]) -> Results:
    """What reviews come to.

    Args:
        card: that all of them were made with.
        reviewed: contacts that everybody has reviewed who was to.
    """
    judged = _judged(card, list(reviewed))
    by_audience: dict[str, list[_Judged]] = defaultdict(list)
    by_tenure: dict[str, list[_Judged]] = defaultdict(list)
    for each in judged:
        by_audience[each.one.audience].append(each)
        by_tenure[each.one.tenure].append(each)
    return Results(
        _group("", judged) if judged else None,
        {one.id: _mean(judged, _of_section(one.id)) for one in card.sections},
        [_group(name, by_audience[name]) for name in sorted(by_audience)],
        [_group(name, by_tenure[name]) for name in TENURES if name in by_tenure],
        [_item(item, judged) for item in card.items],
        sum(len(each.one.reviews) > 1 for each in judged),
    )


def _of_section(name: str) -> Callable[[Scored], float | None]:
    return lambda scored: scored.sections[name]


def _judged(card: Scorecard, reviewed: Sequence[Reviewed]) -> list[_Judged]:
    taken = Counter((one.sample, one.audience, one.tenure) for one in reviewed)
    return [
        _Judged(
            one,
            tuple(score(card, review.judgement.answers) for review in one.reviews),
            one.stratum_size / taken[one.sample, one.audience, one.tenure],
        )
        for one in reviewed
    ]


def _group(name: str, judged: Sequence[_Judged]) -> Group:
    failed = sum(any(scored.failed for scored in each.scored) for each in judged)
    low, high = wilson(failed, len(judged))
    return Group(
        name,
        len(judged),
        len({each.one.agent for each in judged}),
        _mean(judged, lambda one: one.total),
        _mean(judged, lambda one: one.compliance),
        failed,
        low,
        high,
    )


def _item(item: Item, judged: Sequence[_Judged]) -> ItemResult:
    said = [review.judgement for each in judged for review in each.one.reviews]
    answers = [one.answers[item.id] for one in said]
    proposals = [
        (one.measured[item.id], one.answers[item.id]) for one in said if item.id in one.measured
    ]
    pairs = [
        [review.judgement.answers[item.id] or NOT_APPLICABLE for review in each.one.independent]
        for each in judged
        if len(each.one.independent) > 1
    ]
    worst = {option.id for option in item.options if option.points == 0}
    return ItemResult(
        item.id,
        _mean(judged, lambda one: one.items[item.id]),
        sum(answer is None for answer in answers),
        sum(answer in worst for answer in answers) if item.fails is not None else 0,
        agreement(
            [pair[0] for pair in pairs],
            [pair[1] for pair in pairs],
            possible=len(item.options) + item.not_applicable,
        ),
        sum(proposal != answer for proposal, answer in proposals),
        len(proposals),
    )


def _mean(judged: Sequence[_Judged], of: Callable[[Scored], float | None]) -> WeightedMean | None:
    applicable = [(each, value) for each in judged if (value := each.mean(of)) is not None]
    return weighted_mean(
        [value for _, value in applicable],
        [each.weight for each, _ in applicable],
        [each.one.agent for each, _ in applicable],
    )
