"""The managers' work as lines for a terminal and as JSON."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from assistant.shell.printable import printable
from assistant.shell.work_texts import tell

if TYPE_CHECKING:
    from assistant.models import Answer
    from assistant.preview import Outcome, Preview
    from knowledge.models import Language
    from knowledge.work.changes import SourceChange
    from knowledge.work.feedback import Suspect, Task
    from knowledge.work.gaps import Gap
    from knowledge.work.receipts import Reading
    from knowledge.work.saved_questions import SavedQuestion
    from knowledge.work.staleness import Finding

_QUOTE_CHARS = 160
_SEPARATOR = " · "
DayOf = Callable[[datetime], date]
"""The day that a moment is at the company."""


def as_json(value: Any) -> Any:
    """Frozen rows as JSON: days and moments as ISO text, sets as sorted lists."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = dataclasses.fields(value)
        return {field.name: as_json(getattr(value, field.name)) for field in fields}
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, list | tuple):
        return [as_json(item) for item in value]
    return value


def gap_lines(gap: Gap, language: Language, day_of: DayOf) -> list[str]:
    """A gap: its question, how often and when it was missed, and what is done about it."""
    numbers = tell(
        language, "gap_numbers", asked=gap.asked, not_found=gap.not_found, partly=gap.partly
    )
    when = tell(language, "gap_when", first=day_of(gap.first), last=day_of(gap.last))
    state = "gap_came_back" if gap.came_back else f"gap_state_{gap.state}"
    parts = [tell(language, state), tell(language, "gap_for", audience=gap.audience)]
    if gap.owner:
        parts.append(tell(language, "gap_owner", owner=gap.owner))
    if gap.card:
        parts.append(tell(language, "gap_card", card=gap.card))
    if gap.reason:
        parts.append(tell(language, "gap_reason", reason=gap.reason))
    others = [f"   «{e.text}»" for e in gap.examples if e.text != gap.question]
    first = tell(language, "gap", number=gap.number, question=gap.question)
    lines = [first, f"   {numbers}; {when}", f"   {_SEPARATOR.join(parts)}", *others]
    return [_line(line) for line in lines]


def task_lines(task: Task, language: Language, day_of: DayOf) -> list[str]:
    """Something that was reported: of what, by whom, in what words."""
    about = tell(language, "task_answer_itself")
    if task.source is not None:
        about = tell(language, "task_version", source=task.source, version=task.version or "?")
    account = task.account or tell(language, "somebody")
    parts = [
        f"{task.number}. {tell(language, f'kind_{task.kind}')}: {about}",
        tell(language, "task_by", account=account, day=day_of(task.at)),
        tell(language, f"state_{task.state}"),
        *([tell(language, "task_owner", owner=task.owner)] if task.owner else []),
    ]
    lines = [_SEPARATOR.join(parts)]
    if task.comment:
        lines.append(f"   «{task.comment}»")
    if task.question:
        lines.append(f"   {tell(language, 'task_question', question=task.question)}")
    if task.answer:
        lines.append(f"   {tell(language, 'task_answer', answer=task.answer)}")
    if task.fixed_in:
        lines.append(f"   {tell(language, 'task_fixed', version=task.fixed_in)}")
    return [_line(line) for line in lines]


def suspect_lines(suspect: Suspect, language: Language) -> list[str]:
    """A source that is cited and called wrong."""
    return [_line(tell(language, "suspect", **vars(suspect)))]


def reading_lines(reading: Reading, language: Language) -> list[str]:
    """Who has read a version in one circle, and who has not."""
    required = reading.requirement
    line = tell(
        language,
        "reading",
        number=required.number,
        source=required.source,
        version=required.version,
        place=reading.place,
        read=len(reading.read),
        all=len(reading.read) + len(reading.waiting),
        due=required.due,
    )
    if reading.overdue:
        line += _SEPARATOR + tell(language, "reading_overdue")
    waiting = ", ".join(reading.waiting)
    missing = [f"   {tell(language, 'reading_waiting', accounts=waiting)}"] if waiting else []
    return [_line(line), *map(_line, missing)]


def change_lines(change: SourceChange, language: Language) -> list[str]:
    """A source of which something else is in force, with what is new in it."""
    line = tell(language, f"change_{change.kind}", **vars(change))
    return [_line(line), *(_line(f"   {note}") for note in change.note.splitlines())]


def stale_lines(finding: Finding, language: Language) -> list[str]:
    """Why a source may be stale, and what to do about it."""
    reason, advice = finding.reason(language), finding.advice(language)
    return [_line(f"{finding.source}: {reason}"), _line(f"   {advice}")]


def finding_json(finding: Finding) -> dict[str, Any]:
    """A finding with its sentences in both languages."""
    languages: tuple[Language, Language] = ("es", "en")
    return {
        "source": finding.source,
        "kind": finding.kind,
        "since": as_json(finding.since),
        "reason": {language: finding.reason(language) for language in languages},
        "advice": {language: finding.advice(language) for language in languages},
    }


def saved_lines(saved: SavedQuestion, language: Language) -> list[str]:
    """A saved question."""
    expected = ""
    if saved.expected:
        expected = tell(language, "saved_expected", source=saved.expected)
    values = {"number": saved.number, "text": saved.text, "audience": saved.audience}
    return [_line(tell(language, "saved", **values, expected=expected))]


def preview_lines(preview: Preview, language: Language, *, everything: bool) -> list[str]:
    """What a change would make of answers: those that change, or all."""
    changed, worse = preview.changed, sum(outcome.worse for outcome in preview.outcomes)
    lines = [
        tell(
            language,
            "preview_retire" if preview.version is None else "preview_publish",
            source=preview.source,
            version=preview.version,
            day=preview.day,
            changed=len(changed),
            count=len(preview.outcomes),
            worse=worse,
        )
    ]
    for outcome in preview.outcomes if everything else changed:
        lines += ["", *_outcome_lines(outcome, language)]
    return [_line(line) for line in lines]


def preview_json(preview: Preview) -> dict[str, Any]:
    """A preview with both answers to each question."""
    from assistant.shell.answer_json import answer_json

    return {
        "source": preview.source,
        "version": preview.version,
        "day": preview.day.isoformat(),
        "questions": len(preview.outcomes),
        "changed": len(preview.changed),
        "worse": sum(outcome.worse for outcome in preview.outcomes),
        "outcomes": [
            {
                **as_json(outcome.probe),
                "changed": outcome.changed,
                "worse": outcome.worse,
                "before": answer_json(outcome.before),
                "after": answer_json(outcome.after),
            }
            for outcome in preview.outcomes
        ],
    }


def _outcome_lines(outcome: Outcome, language: Language) -> list[str]:
    kind = "worse" if outcome.worse else "changed" if outcome.changed else "same"
    parts = [outcome.probe.text, f"({outcome.probe.audience})", tell(language, f"outcome_{kind}")]
    if outcome.probe.times:
        parts.append(tell(language, "outcome_times", times=outcome.probe.times))
    lines = [_SEPARATOR.join(parts)]
    both = (("before", outcome.before, outcome.after), ("after", outcome.after, outcome.before))
    for name, answer, other in both:
        lines.append(f"   {tell(language, name)}: {_answer_line(answer, other, language)}")
    if outcome.cites_expected(outcome.before) and not outcome.cites_expected(outcome.after):
        lines.append(f"   {tell(language, 'expected_lost', source=outcome.probe.expected)}")
    return lines


def _answer_line(answer: Answer, other: Answer, language: Language) -> str:
    """The verdict, and the first statement that the other answer has not; else the first."""
    from assistant.shell.texts import say

    verdict = say(language, f"verdict_{answer.verdict}")
    if not answer.statements:
        return verdict
    own = [one for one in answer.statements if one not in other.statements]
    first = (own or answer.statements)[0]
    words = " ".join(first.text.split())
    if len(words) > _QUOTE_CHARS:
        words = words[:_QUOTE_CHARS].rsplit(" ", 1)[0] + " …"
    return f"{verdict} · «{words}» ({first.citations[0].document})"


def _line(text: str) -> str:
    """One line, without what a terminal would obey."""
    return printable(text).replace("\n", " ")
