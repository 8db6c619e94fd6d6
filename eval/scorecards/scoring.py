"""Answers to a scorecard -> what they come to.

A section is the weighted mean of its items' shares of points, the total the weighted mean of the
sections; what is not applicable is left out above and below, so that it counts neither way. An
automatic fail makes its section, or all of the form, 0, and is named. Form model: Amazon Connect's
evaluation forms (sections, weights, not applicable, automatic fail that goes up).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eval.refusals import because
from eval.scorecards.models import Item, Scorecard, Section
from eval.statistics.means import weighted
from knowledge.errors import SettingsError

Answers = Mapping[str, str | None]
"""Id of the option by id of the item; `None`: not applicable."""


@dataclass(frozen=True)
class Scored:
    """What a review comes to; shares from 0 to 1, higher is better.

    Attributes:
        total: of all sections; `None`: nothing was applicable.
        compliance: of the sections that are about compliance alone; `None`: none of theirs was.
        sections: each section's, by its id; `None`: nothing in it was applicable.
        items: each item's, by its id; `None`: not applicable.
        failed: ids of the items that failed a section or the form, in order.
    """

    total: float | None
    compliance: float | None
    sections: Mapping[str, float | None]
    items: Mapping[str, float | None]
    failed: tuple[str, ...]


def score(card: Scorecard, answers: Answers) -> Scored:
    """What complete answers come to.

    Raises:
        SettingsError: they are none, see `check_answers`.
    """
    check_answers(card, answers)
    items = {item.id: _share(item, answers[item.id]) for item in card.items}
    failed = tuple(item.id for item in card.items if item.fails is not None and items[item.id] == 0)
    sections = {one.id: _of_section(one, items, failed) for one in card.sections}
    total = weighted((one.weight, sections[one.id]) for one in card.sections)
    if any(item.fails == "form" and item.id in failed for item in card.items):
        total = 0.0
    compliance = weighted((one.weight, sections[one.id]) for one in card.sections if one.compliance)
    return Scored(total, compliance, sections, items, failed)


def check_answers(card: Scorecard, answers: Answers) -> None:
    """See to it that every item has an answer that it takes, and nothing else has one.

    Raises:
        SettingsError: one is missing, unknown, or not applicable where that is no answer.
    """
    items = {item.id: item for item in card.items}
    unknown = next((name for name in answers if name not in items), None)
    if unknown is not None:
        raise SettingsError(because("review-item-unknown", item=unknown[:100]))
    for name, item in items.items():
        if name not in answers:
            raise SettingsError(because("review-item-missing", item=name))
        answer = answers[name]
        if answer is None and not item.not_applicable:
            raise SettingsError(because("review-item-applies", item=name))
        if answer is not None and item.option(answer) is None:
            known = tuple(one.id for one in item.options)
            raise SettingsError(
                because("review-option-unknown", item=name, option=answer[:100], known=known)
            )


def _share(item: Item, answer: str | None) -> float | None:
    option = item.option(answer) if answer is not None else None
    return None if option is None else option.points / item.most


def _of_section(
    section: Section, items: Mapping[str, float | None], failed: tuple[str, ...]
) -> float | None:
    if any(item.id in failed for item in section.items):
        return 0.0
    return weighted((item.weight, items[item.id]) for item in section.items)
