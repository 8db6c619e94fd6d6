"""Promises and complaints for one who asks: what they may see, and the deadlines of the company."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, tzinfo

from assistant.cases.working_days import CalendarMissing, WorkingDays
from assistant.commitments.due import Clock, complaint_due
from assistant.commitments.models import Promise
from assistant.commitments.recognise import promises_in
from assistant.commitments.turns import recogniser
from assistant.refusals import because
from assistant.shell.case_answers import working_days
from assistant.shell.commitments.watching import Watching
from knowledge.audience import AudienceTree
from knowledge.commitments.commitments import Commitments
from knowledge.commitments.models import Commitment, NewCommitment
from knowledge.commitments.reach import CommitmentReach, commitment_reach
from knowledge.commitments.recognition import Recognition
from knowledge.errors import SettingsError
from knowledge.identity.access import Principal
from knowledge.ports import TextClassifier
from knowledge.settings import Settings
from knowledge.times import utc_now
from knowledge.validity import zone
from knowledge.work.work_store import WorkStore


class CommitmentDesk:
    """Opens and shows promises and complaints.

    Attributes:
        commitments: where they are kept.

    Args:
        store: the register's.
        settings: time zone, holidays, working week, deadline of complaints.
        tree: all audiences, as they are now.
        classifier: tells of what is said in other words than forms know.
        clock: the time now, UTC.

    Raises:
        SettingsError: the holidays that are set cannot be used.
    """

    def __init__(
        self,
        store: WorkStore,
        settings: Settings,
        tree: Callable[[], AudienceTree],
        classifier: TextClassifier | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.commitments = Commitments(store)
        self._store = store
        self._tree = tree
        self._classifier = classifier
        self._clock = clock
        self._zone: tzinfo = zone(settings.time_zone)
        self._working: WorkingDays = working_days(settings)
        amount, _, unit = settings.complaint_deadline.partition(" ")
        self._complaint_days, self._in_working_days = int(amount), unit == "working days"

    def reach(self, principal: Principal) -> CommitmentReach:
        """What somebody may do, as audiences are now."""
        return commitment_reach(principal, self._tree())

    def watching(self, let_others: Callable[[], object] = lambda: None) -> Watching:
        """What looks through contacts from now on, until it is closed; see `Watching`."""
        recognise = recogniser(self._working, self._zone, self._classifier)
        return Watching(Recognition(self._store), recognise, let_others)

    def open(self, new: NewCommitment, reach: CommitmentReach) -> Commitment:
        """Open one; a complaint without a day is due by the company's rule.

        Raises:
            SettingsError: as `Commitments.open`, or the working days are not known.
            AccessRefused: as `Commitments.open`.
        """
        if new.kind == "complaint" and new.due is None:
            today = self._clock().astimezone(self._zone).date()
            try:
                due = complaint_due(
                    today,
                    self._complaint_days,
                    working_days=self._in_working_days,
                    working=self._working,
                )
            except CalendarMissing as error:
                raise SettingsError(because("complaint-no-calendar", year=error.year)) from error
            new = replace(new, due=due)
        return self.commitments.open(new, reach)

    def promised(self, text: str, at: datetime | None = None) -> list[Promise]:
        """What a draft of an agent promises; nothing is kept.

        Args:
            text: the draft.
            at: when it is said, with a time zone; `None`: now.
        """
        said = (at or datetime.now(UTC)).astimezone(self._zone)
        return promises_in(text, Clock(said, self._working, self._zone), self._classifier)
