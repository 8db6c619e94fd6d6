"""What one browser tab holds between two events: the conversation, as a frozen value.

Transitions are pure functions from `Desk` to `Desk`. Nothing here grants anything: who asks is
decided on the server for every call.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from assistant.models import Answer, Citation, Composed, Turn
from knowledge.models import Viewer
from knowledge.work.feedback_rows import Kind

MAX_EXCHANGES = 50
"""Answers kept per conversation; older ones leave the page."""


@dataclass(frozen=True)
class Desk:
    """One conversation on one screen.

    Attributes:
        answers: of this conversation, oldest first.
        shown: position of the answer on screen; `None` before the first.
        opened: number of the open citation, from 1; `None` when no source is open.
        set_aside: the conversation before "new conversation", until the next question.
        read_as: labels of what the answers were made from: whoever no longer sees all of them no
            longer sees the answers.
        turn: grows with each answer or error put on screen, so that the page's script sees it.
        error: one line when the last question could not be answered.
        on: the day that is asked about; `None` for today.
        told: the moment as of which the register is asked; `None` for now.
        reading: name and version of the source that is open as a whole; `None` when none is.
        compared: number of the version that what is read is compared with; `None`: with none.
        voting: what is about to be said of the answer on screen, until its comment is sent.
        voted: what was said of answers, by their position.
        composing: key of what is being composed from the last answer; `None` when nothing is.
    """

    answers: tuple[Answer, ...] = ()
    shown: int | None = None
    opened: int | None = None
    set_aside: tuple[Answer, ...] = ()
    read_as: frozenset[str] = frozenset()
    turn: int = 0
    error: str | None = None
    on: date | None = None
    told: datetime | None = None
    reading: tuple[str, int] | None = None
    compared: int | None = None
    voting: Kind | None = None
    voted: Mapping[int, Kind] = field(default_factory=dict)
    composing: int | None = None

    @property
    def answer(self) -> Answer | None:
        """The answer on screen."""
        return None if self.shown is None else self.answers[self.shown]

    @property
    def citation(self) -> Citation | None:
        """The open citation."""
        if self.answer is None or self.opened is None:
            return None
        cited = citations(self.answer)
        return cited[self.opened - 1] if 0 < self.opened <= len(cited) else None


def citations(answer: Answer) -> list[Citation]:
    """Each citation of an answer once; its position here plus one is its number on screen."""
    composed = answer.composed.statements if answer.composed else ()
    said = (*answer.statements, *composed)  # numbers stay when what is composed arrives
    cited = [citation for statement in said for citation in statement.citations]
    return list(dict.fromkeys(cited or answer.nearest))


def history(desk: Desk) -> tuple[Turn, ...]:
    """The conversation as the assistant takes it, oldest first."""
    turns: list[Turn] = []
    for answer in desk.answers:
        turns.append(Turn("agent", answer.question))
        if answer.statements:
            said = " ".join(statement.text for statement in answer.statements)
            turns.append(Turn("assistant", said))
    return tuple(turns)


def answered(desk: Desk, answer: Answer, audiences: frozenset[str]) -> Desk:
    """With a new answer on screen, made from what these audiences see."""
    answers = (*desk.answers, answer)[-MAX_EXCHANGES:]
    gone = len(desk.answers) + 1 - len(answers)
    return Desk(
        answers=answers,
        shown=len(answers) - 1,
        read_as=desk.read_as | audiences,
        turn=desk.turn + 1,
        on=desk.on,
        told=desk.told,
        voted={place - gone: kind for place, kind in desk.voted.items() if place >= gone},
    )


def composing(desk: Desk, key: int) -> Desk:
    """With something being composed from the last answer."""
    return replace(desk, composing=key)


def composed(desk: Desk, found: Composed | None) -> Desk:
    """With what was composed from the last answer; `None`: nothing came of it."""
    *before, last = desk.answers
    answers = (*before, replace(last, composed=found))
    return replace(desk, answers=answers, composing=None)


def readable(desk: Desk, audiences: frozenset[str]) -> Desk:
    """What may still be seen of a conversation: all, or nothing once access has shrunk."""
    return desk if desk.read_as <= audiences else Desk(turn=desk.turn + 1)


def tells(desk: Desk) -> bool:
    """Whether anything in it was, or is to be, asked as of a past moment."""
    kept = (*desk.answers, *desk.set_aside)
    return desk.told is not None or any(answer.told is not None for answer in kept)


def about(desk: Desk, on: date | None, told: datetime | None = None) -> Desk:
    """With another day asked about from now on, or as of another moment."""
    return replace(desk, on=on, told=told, error=None, opened=None, turn=desk.turn + 1)


def at_its_time(viewer: Viewer, desk: Desk) -> Viewer:
    """Whoever looks at it, asking about its day and as of its moment."""
    on = desk.on or (desk.told.date() if desk.told else None)
    return replace(viewer, on=on, told=desk.told)


def reading(desk: Desk, name: str, version: int, compared: int | None = None) -> Desk:
    """With a whole source open, and what is different in it from another version."""
    return replace(desk, reading=(name, version), compared=compared, opened=None)


def voting(desk: Desk, kind: Kind) -> Desk:
    """About to say something of the answer on screen; unchanged when there is none."""
    return replace(desk, voting=kind) if desk.answer is not None else desk


def voted(desk: Desk, kind: Kind) -> Desk:
    """Having said something of the answer on screen."""
    if desk.shown is None:
        return desk
    return replace(desk, voting=None, voted={**desk.voted, desk.shown: kind})


def failed(desk: Desk, line: str) -> Desk:
    """With the line that says why a question could not be answered; the conversation stays."""
    return replace(desk, error=line, opened=None, turn=desk.turn + 1)


def opened(desk: Desk, number: int) -> Desk:
    """With citation ``number`` open; unchanged when the answer on screen has no such citation."""
    if desk.answer is None or not 0 < number <= len(citations(desk.answer)):
        return desk
    return replace(desk, opened=number, reading=None)


def closed(desk: Desk) -> Desk:
    """With no source open."""
    return replace(desk, opened=None, reading=None)


def shown(desk: Desk, position: int) -> Desk:
    """With an earlier answer on screen; unchanged when there is none at ``position``."""
    if not 0 <= position < len(desk.answers):
        return desk
    return replace(desk, shown=position, opened=None, error=None, voting=None, turn=desk.turn + 1)


def renewed(desk: Desk) -> Desk:
    """With an empty conversation; the earlier one can be brought back until the next question."""
    aside = desk.answers or desk.set_aside
    return Desk(set_aside=aside, read_as=desk.read_as, turn=desk.turn + 1)


def restored(desk: Desk) -> Desk:
    """With the conversation that was set aside; unchanged when there is none."""
    if not desk.set_aside:
        return desk
    last = len(desk.set_aside) - 1
    return Desk(answers=desk.set_aside, shown=last, read_as=desk.read_as, turn=desk.turn + 1)


def pressed_number(text: str | None) -> int | None:
    """The number that a button of the page says; `None` where it says none."""
    return int(text) if text is not None and text.isascii() and text.isdigit() else None
