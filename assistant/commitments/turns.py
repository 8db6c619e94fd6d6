"""A turn of a contact -> what `knowledge.commitments` keeps of it."""

from __future__ import annotations

from datetime import datetime, tzinfo

from assistant.cases.working_days import WorkingDays
from assistant.commitments.complaints import complaint_in
from assistant.commitments.due import Clock
from assistant.commitments.models import Promise
from assistant.commitments.recognise import promises_in
from knowledge.commitments.commitment_checks import MAX_TEXT_CHARS
from knowledge.commitments.models import Recognised
from knowledge.commitments.recognition import Heard, Recogniser, Suggested
from knowledge.contacts.models import Turn
from knowledge.ports import TextClassifier
from knowledge.validity import moment


def recogniser(
    working: WorkingDays, zone: tzinfo, classifier: TextClassifier | None = None
) -> Recogniser:
    """What looks through turns, with the company's days and clock.

    Agents promise; what holds on a condition is only suggested, as is a complaint that a customer
    wants to make: what customers say promises nothing.

    Args:
        working: the company's days.
        zone: its time zone.
        classifier: tells of what is said in other words than forms know.
    """

    def heard(turn: Turn) -> Heard:
        text = turn.text or ""
        if turn.speaker == "customer":
            place = complaint_in(text, classifier)
            if place is None:
                return Heard()
            words = text[slice(*place)][:MAX_TEXT_CHARS]
            return Heard(suggested=[Suggested("complaint", "other", words)])
        said = datetime.fromisoformat(turn.at).astimezone(zone)
        found = promises_in(text, Clock(said, working, zone), classifier)
        return Heard(
            [recognised(one) for one in found if not one.conditional],
            [Suggested("promise", one.what, _words(one)) for one in found if one.conditional],
        )

    return heard


def recognised(promise: Promise) -> Recognised:
    """A promise as the register keeps it."""
    due = promise.due
    at = moment(due.at) if due is not None and due.at is not None else None
    return Recognised(promise.what, _words(promise), due.day if due else None, at)


def _words(promise: Promise) -> str:
    return promise.words.strip()[:MAX_TEXT_CHARS]
