"""How far a conversation is in a procedure: what is done, what holds, and where the agent is.

Pure: each function returns a new `Progress`. What the agent does by hand is never undone by what is
heard. No words of customers are in it, only numbers of turns, so that it is kept with the contact.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from assistant.steps.models import Procedure, Step, parent_of
from knowledge.text import fold

By = Literal["hand", "heard"]


@dataclass(frozen=True)
class Mark:
    """What is said of a step (done?) or of a condition (does it hold?).

    Attributes:
        yes: done, or holds.
        by: the agent's hand, or what was heard.
        at: when, ISO 8601 in UTC.
        who: account whose hand it was; `None` for what was heard.
        turn: number of the turn that says so; `None` for the hand.
    """

    yes: bool
    by: By
    at: str
    who: str | None = None
    turn: int | None = None


@dataclass(frozen=True)
class Progress:
    """A procedure that was chosen, and how far it is.

    Attributes:
        source: name of the document.
        version: number of the version that was in force when it was chosen.
        procedure: its key.
        ticks: of steps, by their keys.
        answers: of conditions, by their keys.
        position: key of the step where the agent is; `None`: at the first that is open.
    """

    source: str
    version: int
    procedure: str
    ticks: Mapping[str, Mark] = field(default_factory=dict)
    answers: Mapping[str, Mark] = field(default_factory=dict)
    position: str | None = None


def tick(progress: Progress, step: str, mark: Mark) -> Progress:
    """A step done or not; what is heard changes nothing that a hand has set."""
    return replace(progress, ticks=_marked(progress.ticks, step, mark))


def answer(progress: Progress, condition: str, mark: Mark | None) -> Progress:
    """A condition that holds or not; `None` lets it be open again."""
    if mark is None:
        return replace(
            progress, answers={key: m for key, m in progress.answers.items() if key != condition}
        )
    return replace(progress, answers=_marked(progress.answers, condition, mark))


def stand(progress: Progress, step: str | None) -> Progress:
    """The agent is at a step."""
    return replace(progress, position=step)


def excluded_by(
    procedure: Procedure, progress: Progress, known: Mapping[str, bool] | None = None
) -> dict[str, str]:
    """The steps that do not apply, with the key of the condition that says so.

    Args:
        procedure: that was chosen.
        progress: in it.
        known: conditions that the customer's case decides; answers come first.
    """
    holds = dict(known or {}) | {key: mark.yes for key, mark in progress.answers.items()}
    every = procedure.all_conditions
    if procedure.form == "cases":  # one case at a time
        taken = next((key for key in every if every[key].kind == "case" and holds.get(key)), None)
        if taken is not None:
            holds = {key: key == taken for key in every if every[key].kind == "case"} | {
                key: value for key, value in holds.items() if every[key].kind != "case"
            }
    against = {
        key
        for key, condition in every.items()
        if key in holds and holds[key] == (condition.kind == "unless")
    }
    found: dict[str, str] = {}
    whole = next((c.key for c in procedure.conditions if c.key in against), None)
    for step in procedure.steps:
        own = next((c.key for c in step.conditions if c.key in against), None)
        above = parent_of(step.key)
        why = whole or own or (found.get(above) if above else None)
        if why is not None:
            found[step.key] = why
    return found


def current(procedure: Procedure, progress: Progress, excluded: Mapping[str, str]) -> str | None:
    """Key of the step where the agent is; `None` when all is done.

    The one they chose, else the next that is open behind it, else the first that is.
    """
    keys = [step.key for step in procedure.steps]
    open_ = [key for key in keys if key not in excluded and not _is_done(progress, key)]
    at = progress.position
    if at not in keys:
        return open_[0] if open_ else None
    if at in open_ or not open_:
        return at if open_ else None
    behind = [key for key in open_ if keys.index(key) > keys.index(at)]
    return (behind or open_)[0]


def carried(progress: Progress, old: Procedure, new: Procedure) -> Progress:
    """The same progress in another version: marks stay with steps that say the same."""
    places = {_said(step): step.key for step in new.steps}
    moved = {step.key: places[_said(step)] for step in old.steps if _said(step) in places}
    clauses = {fold(c.quote.text): key for key, c in new.all_conditions.items()}
    answered = {
        key: clauses[fold(condition.quote.text)]
        for key, condition in old.all_conditions.items()
        if fold(condition.quote.text) in clauses
    }
    return Progress(
        source=new.document,
        version=new.version,
        procedure=new.key,
        ticks={moved[key]: mark for key, mark in progress.ticks.items() if key in moved},
        answers={answered[key]: m for key, m in progress.answers.items() if key in answered},
        position=moved.get(progress.position or ""),
    )


def to_json(progress: Progress) -> dict[str, Any]:
    """As it is kept."""
    return {
        "source": progress.source,
        "version": progress.version,
        "procedure": progress.procedure,
        "ticks": {key: vars(mark) for key, mark in progress.ticks.items()},
        "answers": {key: vars(mark) for key, mark in progress.answers.items()},
        "position": progress.position,
    }


def from_json(kept: Mapping[str, Any]) -> Progress:
    """As it was kept."""
    return Progress(
        source=kept["source"],
        version=kept["version"],
        procedure=kept["procedure"],
        ticks={key: Mark(**mark) for key, mark in kept["ticks"].items()},
        answers={key: Mark(**mark) for key, mark in kept["answers"].items()},
        position=kept["position"],
    )


def _is_done(progress: Progress, step: str) -> bool:
    mark = progress.ticks.get(step)
    return mark is not None and mark.yes


def _marked(marks: Mapping[str, Mark], key: str, mark: Mark) -> Mapping[str, Mark]:
    before = marks.get(key)
    if before is not None and before.by == "hand" and mark.by == "heard":
        return marks
    return {**marks, key: mark}


def _said(step: Step) -> str:
    return " ".join(fold(step.quote.text).split())
