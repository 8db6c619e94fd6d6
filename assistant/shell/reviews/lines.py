"""Samples, reviews and results as lines of a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.shell.reviews.command_texts import tell
from knowledge.models import Language
from knowledge.reviews.models import Review, Sample, ScorecardVersion, Task

if TYPE_CHECKING:
    from eval.scorecards.results import Group, Results
    from eval.scorecards.scoring import Scored
    from eval.statistics.agreement import Agreement
    from eval.statistics.weighted import WeightedMean


def scorecard_line(one: ScorecardVersion, language: Language) -> str:
    """A scorecard of the list."""
    return tell(
        language,
        "scorecard",
        name=one.name,
        number=one.number,
        items=one.items,
        audience=one.audience,
        by=one.made_by,
        at=one.made_at[:10],
    )


def sample_line(one: Sample, language: Language) -> str:
    """A sample of the list."""
    return tell(
        language,
        "sample",
        number=one.number,
        first=one.first,
        last=one.last,
        audience=one.audience,
        scorecard=one.scorecard,
        version=one.version,
        contacts=one.contacts,
        done=one.done,
        tasks=one.tasks,
        gone=tell(language, "gone", count=one.gone) if one.gone else "",
    )


def task_line(one: Task, channel: str, language: Language) -> str:
    """A contact of the list."""
    return tell(
        language,
        "task",
        number=one.number,
        sample=one.sample,
        contact=one.contact,
        channel=channel,
        agent=one.agent,
        audience=one.audience,
        ended=one.ended_at[:10],
        state=tell(language, f"state_{one.state}"),
    )


def review_lines(one: Review, scored: Scored, language: Language) -> Iterator[str]:
    """A review with its answers."""
    yield tell(
        language,
        "review",
        by=one.made_by,
        at=one.made_at[:16].replace("T", " "),
        version=one.number,
        total=share(scored.total, language),
    )
    said = one.judgement
    if said.notes.get(""):
        yield f"  «{said.notes['']}»"
    for item, answer in said.answers.items():
        note = f" «{said.notes[item]}»" if said.notes.get(item) else ""
        shown = answer if answer is not None else tell(language, "not_applicable")
        yield tell(language, "answer", item=item, answer=shown, note=note)
    if scored.failed:
        yield tell(language, "fails", items=", ".join(scored.failed))


def result_lines(name: str, version: int, found: Results, language: Language) -> Iterator[str]:
    """What the reviews with a scorecard come to."""
    whole = found.whole
    contacts = whole.contacts if whole else 0
    yield tell(
        language, "results", name=name, version=version, contacts=contacts, double=found.double
    )
    if whole is not None:
        yield from _group(whole, language)
    for section, mean in found.sections.items():
        yield _mean(section, mean, language)
    yield tell(language, "by_audience")
    for group in found.audiences:
        yield _mean(group.name, group.total, language)
    yield tell(language, "by_tenure")
    for group in found.tenures:
        yield _mean(tell(language, f"tenure_{group.name}"), group.total, language)
    yield tell(language, "by_item")
    for item in found.items:
        shown = share(item.mean.mean if item.mean else None, language)
        agreed = _agreement(item.agreement, language)
        yield tell(language, "item", item=item.item, mean=shown, agreement=agreed)


def share(value: float | None, language: Language) -> str:
    """A share as a percentage, or that nothing was applicable."""
    if value is None:
        return tell(language, "not_applicable")
    text = f"{value * 100:.1f}"
    return f"{text.replace('.', ',')} %" if language == "es" else f"{text}%"


def _group(group: Group, language: Language) -> Iterator[str]:
    yield _mean(tell(language, "of_all"), group.total, language)
    yield _mean(tell(language, "of_compliance"), group.compliance, language)
    yield tell(
        language,
        "failed",
        failed=group.failed,
        contacts=group.contacts,
        low=share(group.failed_low, language),
        high=share(group.failed_high, language),
    )


def _mean(what: str, one: WeightedMean | None, language: Language) -> str:
    if one is None:
        return tell(language, "none", what=what)
    mean = share(one.mean, language)
    if one.low is None:
        return tell(language, "mean_alone", what=what, mean=mean, n=one.n)
    low, high = share(one.low, language), share(one.high, language)
    return tell(language, "mean", what=what, mean=mean, low=low, high=high, n=one.n)


def _agreement(one: Agreement, language: Language) -> str:
    if one.why_none == "none_judged":
        return tell(language, "why_none_judged")
    values: dict[str, object] = {
        "alike": one.alike,
        "n": one.n,
        "ac1": _number(one.ac1, language),
    }
    if one.kappa is None:
        return tell(language, "why_one_answer", **values)
    for name, value in (("kappa", one.kappa), ("low", one.low), ("high", one.high)):
        values[name] = _number(value, language)
    return tell(language, "agreement", **values)


def _number(value: float | None, language: Language) -> str:
    text = "–" if value is None else f"{value:.2f}"
    return text.replace(".", ",") if language == "es" else text
