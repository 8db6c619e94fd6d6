"""The work that a register keeps -> draft cases, for whoever may see what they are made of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal, get_args

from eval.making.models import Made, gathered
from eval.making.origins import FEEDBACK, of_escalations, of_feedback, of_saved
from knowledge.escalations.escalations import MAX_LISTED, Escalations
from knowledge.identity.access import EscalationReach
from knowledge.models import Viewer
from knowledge.privacy.known import introduced_in
from knowledge.work.feedback import OPEN, Feedback
from knowledge.work.saved_questions import SavedQuestions
from knowledge.work.work_store import WorkStore

Origin = Literal["saved", "feedback", "escalations"]
ORIGINS: tuple[Origin, ...] = get_args(Origin)


def make(
    store: WorkStore,
    origin: Origin,
    viewer: Viewer,
    reach: EscalationReach,
    *,
    since: date | None = None,
    known: Iterable[str] = (),
) -> Made:
    """Draft cases of what somebody may see.

    Args:
        store: the register's work.
        origin: what they are made of.
        viewer: whose saved questions and feedback they are.
        reach: whose questions to the company they are.
        since: first day of what is taken; `None`: all.
        known: ids of cases that are there already.
    """
    makers = {"saved": _saved, "feedback": _feedback, "escalations": _escalations}
    return makers[origin](store, viewer, reach, since or date.min, known)


def _saved(
    store: WorkStore, viewer: Viewer, _: EscalationReach, since: date, known: Iterable[str]
) -> Made:
    every = SavedQuestions(store).all(viewer)
    found = [one for one in every if store.day_of(one.created_at) >= since]
    return gathered(of_saved(found, store.today()), known)


def _feedback(
    store: WorkStore, viewer: Viewer, _: EscalationReach, since: date, known: Iterable[str]
) -> Made:
    kept = Feedback(store)
    every = kept.tasks(viewer, states=(*OPEN, "resolved", "declined"))
    found = [t for t in every if t.kind in FEEDBACK and store.day_of(t.at) >= since]
    audiences = kept.given_in([task.number for task in found])
    return gathered(of_feedback(found, audiences, store.today()), known)


def _escalations(
    store: WorkStore, _: Viewer, reach: EscalationReach, since: date, known: Iterable[str]
) -> Made:
    kept = Escalations(store)
    every = reversed(kept.all(reach, state="answered", limit=MAX_LISTED))
    found = [e for e in every if store.day_of(datetime.fromisoformat(e.asked_at)) >= since]
    introduced = {
        one.contact: introduced_in(
            turn.text or ""
            for turn in kept.conversation(one.contact, one.turns)
            if turn.speaker == "customer"
        )
        for one in found
        if one.contact is not None
    }
    return gathered(of_escalations(found, introduced, store.today()), known)
