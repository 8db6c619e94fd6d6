"""Procedures, and how far a contact is in one, as JSON; see `assistant.shell.steps.bodies`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.steps.library import Shelf
from assistant.steps.models import Condition, Note, Procedure, Quote, Step
from assistant.steps.progress import Mark, Progress, current, excluded_by
from assistant.steps.wording import question_of
from knowledge.contacts.models import Turn
from knowledge.models import Document

Json = dict[str, Any]
PASSAGE_CHARS = 6_000


def procedure(one: Procedure) -> Json:
    """A procedure as it stands in its source."""
    return {
        "source": one.document,
        "source_title": one.source_title,
        "version": one.version,
        "procedure": one.key,
        "title": one.title,
        "language": one.language,
        "form": one.form,
        "headings": list(one.headings),
        "internal": one.internal,
        **_place(one.start, one.end, one.page),
        "conditions": [_condition(c, one) for c in one.conditions],
        "notes": [_note(note) for note in one.notes],
        "steps": [_step(step, one) for step in one.steps],
    }


def listed(shelf: Shelf) -> Json:
    """The procedures of a version."""
    document = shelf.document
    return {
        "source": document.name,
        "source_title": document.title,
        "version": document.version,
        "procedures": [procedure(one) for one in shelf.procedures],
    }


def checklist(
    one: Procedure,
    progress: Progress,
    known: Mapping[str, bool],
    turns: Mapping[int, Turn],
    document: Document,
) -> Json:
    """A procedure with what is done in it, what applies, and where the agent is.

    Args:
        one: the procedure.
        progress: in it.
        known: conditions that the customer's case decides.
        turns: of the contact, by their numbers: the words behind what was heard.
        document: the version, as the reader sees it.
    """
    excluded = excluded_by(one, progress, known)
    shown = procedure(one)
    for condition in shown["conditions"]:
        condition.update(_answered(condition["key"], progress, known, turns))
    for step in shown["steps"]:
        step.update(_ticked(progress.ticks.get(step["key"]), turns))
        step["applies"] = step["key"] not in excluded
        step["because"] = excluded.get(step["key"])
        for condition in step["conditions"]:
            condition.update(_answered(condition["key"], progress, known, turns))
    end = min(one.end, one.start + PASSAGE_CHARS)
    return shown | {
        "current": current(one, progress, excluded),
        "passage": {"text": document.text[one.start : end], "start": one.start},
    }


def _ticked(mark: Mark | None, turns: Mapping[int, Turn]) -> Json:
    if mark is None:
        return {"done": False, "by": None, "who": None, "at": None, "turn": None}
    return {"done": mark.yes, **_by(mark, turns)}


def _answered(
    key: str, progress: Progress, known: Mapping[str, bool], turns: Mapping[int, Turn]
) -> Json:
    mark = progress.answers.get(key)
    if mark is not None:
        return {"holds": mark.yes, **_by(mark, turns)}
    by = "case" if key in known else None
    return {"holds": known.get(key), "by": by, "who": None, "at": None, "turn": None}


def _by(mark: Mark, turns: Mapping[int, Turn]) -> Json:
    turn = turns.get(mark.turn) if mark.turn is not None else None
    said = (
        {"number": turn.number, "speaker": turn.speaker, "text": turn.text}
        if turn is not None
        else None
    )
    return {"by": mark.by, "who": mark.who, "at": mark.at, "turn": said}


def _step(step: Step, one: Procedure) -> Json:
    return {
        "key": step.key,
        "label": step.label,
        "depth": step.depth,
        **_quote(step.quote),
        "conditions": [_condition(c, one) for c in step.conditions],
        "notes": [_note(note) for note in step.notes],
        "deadlines": [_quote(period) for period in step.deadlines],
    }


def _condition(condition: Condition, one: Procedure) -> Json:
    return {
        "key": condition.key,
        "kind": condition.kind,
        "question": question_of(condition, one.language),
        **_quote(condition.quote),
    }


def _note(note: Note) -> Json:
    return {"kind": note.kind, **_quote(note.quote)}


def _quote(quote: Quote) -> Json:
    return {"text": quote.text, **_place(quote.start, quote.end, quote.page)}


def _place(start: int, end: int, page: int | None) -> Json:
    return {"start": start, "end": end, "page": page}
