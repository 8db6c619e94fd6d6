"""Scorecards, samples, reviews and results as JSON, as `bodies` describes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from knowledge.models import Language
from knowledge.reviews.models import Review, Reviewed, Sample, ScorecardVersion, Task

if TYPE_CHECKING:
    from eval.scorecards.models import Scorecard
    from eval.scorecards.results import Group, Results
    from eval.scorecards.scoring import Scored
    from eval.statistics.weighted import WeightedMean

Json = dict[str, Any]


def scorecard(one: ScorecardVersion) -> Json:
    """A version of a scorecard."""
    return {key: value for key, value in asdict(one).items() if key != "scorecard_id"}


def sample(one: Sample) -> Json:
    """A sample, and how far it is."""
    return asdict(one)


def task(one: Task) -> Json:
    """A contact that somebody reviews."""
    return asdict(one)


def card(one: Scorecard, language: Language) -> Json:
    """What a scorecard asks, in a language."""
    return {
        "title": one.title.told(language),
        "sections": [
            {
                "id": section.id,
                "title": section.title.told(language),
                "weight": section.weight,
                "compliance": section.compliance,
                "items": [
                    {
                        "id": item.id,
                        "ask": item.ask.told(language),
                        "help": item.help.told(language) if item.help else "",
                        "weight": item.weight,
                        "options": [
                            {
                                "id": option.id,
                                "title": option.title.told(language),
                                "points": option.points,
                            }
                            for option in item.options
                        ],
                        "not_applicable": item.not_applicable,
                        "fails": item.fails,
                        "measured": item.measured,
                    }
                    for item in section.items
                ],
            }
            for section in one.sections
        ],
    }


def review(one: Review, scored: Scored) -> Json:
    """What somebody said of a contact, and what it comes to."""
    return {
        "task": one.task,
        "version": one.number,
        "by": one.made_by,
        "at": one.made_at,
        "answers": dict(one.judgement.answers),
        "measured": dict(one.judgement.measured),
        "notes": dict(one.judgement.notes),
        "reason": one.judgement.reason,
        "score": score(scored),
    }


def score(one: Scored) -> Json:
    """What answers come to."""
    return {
        "total": one.total,
        "compliance": one.compliance,
        "sections": dict(one.sections),
        "items": dict(one.items),
        "failed": list(one.failed),
    }


def reviewed(one: Reviewed, scored: Iterable[Scored]) -> Json:
    """A contact with its reviews."""
    kept = ("sample", "scorecard", "version", "contact", "channel", "audience", "agent")
    return {
        **{name: getattr(one, name) for name in kept},
        "tenure": one.tenure,
        "ended_at": one.ended_at,
        "reviews": [review(r, s) for r, s in zip(one.reviews, scored, strict=True)],
    }


def results(found: Results, card: Scorecard, language: Language) -> Json:
    """What the reviews with a version of a scorecard come to."""
    asks = {item.id: item.ask.told(language) for item in card.items}
    return {
        "whole": _group(found.whole) if found.whole is not None else None,
        "sections": [
            {
                "id": one.id,
                "title": one.title.told(language),
                "weight": one.weight,
                "compliance": one.compliance,
                "mean": _mean(found.sections[one.id]),
            }
            for one in card.sections
        ],
        "audiences": [_group(one) for one in found.audiences],
        "tenures": [_group(one) for one in found.tenures],
        "items": [
            {
                "id": one.item,
                "ask": asks[one.item],
                "mean": _mean(one.mean),
                "not_applicable": one.not_applicable,
                "failed": one.failed,
                "proposed": one.proposed,
                "corrected": one.corrected,
                "agreement": asdict(one.agreement),
            }
            for one in found.items
        ],
        "double": found.double,
    }


def _group(one: Group) -> Json:
    return {
        "name": one.name,
        "contacts": one.contacts,
        "agents": one.agents,
        "total": _mean(one.total),
        "compliance": _mean(one.compliance),
        "failed": one.failed,
        "failed_low": one.failed_low,
        "failed_high": one.failed_high,
    }


def _mean(one: WeightedMean | None) -> Json | None:
    return None if one is None else asdict(one)
