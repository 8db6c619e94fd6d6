"""Contacts drawn for review, what reviewers say of them, and who is told.

Everything takes a `ReviewReach`. What somebody may not see answers as what is not there. Others'
answers are told once everybody has reviewed a contact who was to, so that nobody is led by them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Connection, or_

from knowledge import audience_rows
from knowledge.audit import Action, Event, append
from knowledge.audit.event import Detail
from knowledge.errors import AccessRefused, NotFound, SettingsError, WrongState
from knowledge.identity import account_rows
from knowledge.identity.access import Principal
from knowledge.privacy.redaction import redacted
from knowledge.refusals import because
from knowledge.reviews import review_rows as rows
from knowledge.reviews.models import (
    Candidate,
    Judgement,
    Placed,
    Review,
    Reviewed,
    Sample,
    Task,
    Wanted,
)
from knowledge.reviews.reach import ReviewReach, review_reach
from knowledge.reviews.scorecards import Scorecards
from knowledge.validity import moment, zone
from knowledge.work.work_store import WorkStore

if TYPE_CHECKING:
    from knowledge.audience import AudienceTree

MAX_NOTE_CHARS = 2_000
LEAST_REASON_CHARS = 3
MAX_TASKS = 500

Draw = Callable[[Sequence[Candidate], Wanted], Sequence[Placed]]


class Reviews:
    """The samples and reviews of one register.

    Attributes:
        scorecards: what contacts are reviewed with.
    """

    def __init__(self, store: WorkStore) -> None:
        self._store = store
        self.scorecards = Scorecards(store)

    # Samples

    def reviewers(self, audience: str, reach: ReviewReach) -> list[str]:
        """Accounts that may review contacts of an audience and those below it, by name.

        Raises:
            SettingsError: there is no such audience.
        """
        with self._store.read() as connection:
            tree = audience_rows.tree(connection)
            if not tree.below(audience) <= reach.judged:
                return []
            return _reviewers(connection, audience, tree)

    def draw(self, wanted: Wanted, reach: ReviewReach, choose: Draw) -> Sample:
        """Draw a sample and assign its contacts, as one step.

        Args:
            wanted: what is asked for.
            reach: of who draws it.
            choose: which of the contacts that may be drawn, and who reviews them.

        Raises:
            NotFound: there is no such scorecard.
            AccessRefused: they do not review contacts of that audience.
            SettingsError: it cannot be drawn as wanted.
        """
        if wanted.first > wanted.last:
            raise SettingsError(because("sample-days", first=wanted.first, last=wanted.last))
        scorecard = self.scorecards.newest(wanted.scorecard, reach)
        store = self._store
        since, before = self._moments(wanted)
        with store.change() as connection:
            tree = audience_rows.tree(connection)
            labels = tree.below(wanted.audience)
            if not labels <= reach.judged:
                raise AccessRefused(
                    because("review-reach", name=reach.name, audience=wanted.audience)
                )
            _check_reviewers(connection, wanted, reach, tree)
            found = rows.candidates(connection, labels, since, before)
            placed = choose(found, wanted)
            whose = {one.number: (one.agent, one.audience) for one in found}
            number = rows.add_sample(
                connection,
                (scorecard.scorecard_id, scorecard.number),
                wanted,
                placed,
                len(found),
                whose,
                reach.name,
                store.now(),
            )
            about = {"scorecard": scorecard.scorecard_id, "contacts": len(placed)}
            append(connection, Event(reach.name, "sample.drawn", f"sample:{number}", about))
            return rows.samples(connection, rows.sample_numbered(number))[0]

    def samples(self, reach: ReviewReach) -> list[Sample]:
        """Samples of audiences that they review for, the newest first."""
        within = rows.sample_of(reach.judged)
        with self._store.read() as connection:
            return rows.samples(connection, within)

    # Reviewing

    def tasks(self, reach: ReviewReach, *, sample: int | None = None) -> list[Task]:
        """What they are to review, in the order in which it was assigned.

        Args:
            reach: of the reviewer.
            sample: only those of this sample; `None`: of all.
        """
        mine = rows.of_reviewer(reach.name) & rows.of_audiences(reach.judged)
        if sample is not None:
            mine &= rows.of_sample(sample)
        with self._store.read() as connection:
            return rows.tasks(connection, mine, limit=MAX_TASKS)

    def task(self, number: int, reach: ReviewReach) -> Task:
        """A task of theirs, or one whose reviews they are told.

        Raises:
            NotFound: there is none.
        """
        with self._store.read() as connection:
            return _task(connection, number, reach)

    def told(self, number: int, reach: ReviewReach) -> list[Review]:
        """What was said of the contact of a task, as far as they are told it, oldest first.

        Their own reviews always; those of others once everybody has reviewed it.

        Raises:
            NotFound: there is no such task.
        """
        with self._store.read() as connection:
            task = _task(connection, number, reach)
            of_contact = rows.of_sample(task.sample)
            there = [
                one for one in rows.tasks(connection, of_contact) if one.contact == task.contact
            ]
            shown = [one.number for one in there if task.settled or one.reviewer == reach.name]
            found = rows.of_tasks(connection, shown)
        return [review for number in shown for review in found.get(number, ())]

    def give(self, number: int, judgement: Judgement, reach: ReviewReach) -> Review:
        """Keep a review; one that was given before stays, and this corrects it.

        Args:
            number: of the task.
            judgement: answers that were checked against the scorecard.
            reach: of the reviewer.

        Raises:
            NotFound: there is no such task.
            AccessRefused: it is somebody else's.
            WrongState: the contact's words are gone, or a correction has no reason.
            SettingsError: a note is too long, or about nothing.
        """
        said = _checked(judgement)
        with self._store.change() as connection:
            rows.lock(connection, number)
            task = _task(connection, number, reach)
            if task.reviewer != reach.name or task.audience not in reach.judged:
                raise AccessRefused(
                    because("review-not-yours", number=number, reviewer=task.reviewer)
                )
            if rows.words_gone(connection, task.contact):
                raise WrongState(because("review-erased"))
            before = rows.of_tasks(connection, [number]).get(number, [])
            if before and len(said.reason) < LEAST_REASON_CHARS:
                raise WrongState(because("review-given", limit=MAX_NOTE_CHARS))
            apart = not before or not task.settled
            review = Review(number, len(before) + 1, said, apart, reach.name, self._store.now())
            rows.add_review(connection, number, review)
            action: Action = "review.corrected" if before else "review.given"
            about: dict[str, Detail] = {"contact": task.contact, "version": review.number}
            append(connection, Event(reach.name, action, f"review:{number}", about))
        return review

    # Reading

    def reviewed(self, reach: ReviewReach, *, sample: int | None = None) -> list[Reviewed]:
        """Contacts that everybody has reviewed who was to, of audiences whose reviews they read.

        Args:
            reach: of who reads them.
            sample: only those of this sample; `None`: of all.
        """
        wanted = rows.of_audiences(reach.seen)
        if sample is not None:
            wanted &= rows.of_sample(sample)
        return self._reviewed(wanted)

    def own(self, reach: ReviewReach) -> list[Reviewed]:
        """Reviews of somebody's own work that are settled, the newest sample first."""
        return self._reviewed(rows.of_agent(reach.name))[::-1] if reach.own else []

    def _reviewed(self, wanted: ColumnElement[bool]) -> list[Reviewed]:
        with self._store.read() as connection:
            done = [
                one
                for one in rows.tasks(connection, wanted & rows.given())
                if one.settled and one.state == "in"
            ]
            said = rows.of_tasks(connection, [one.number for one in done])
            sizes = rows.stratum_sizes(connection, {one.sample for one in done})
        together: dict[tuple[int, str], list[Task]] = defaultdict(list)
        for one in done:
            together[one.sample, one.contact].append(one)
        return [_together(tasks, said, sizes[key]) for key, tasks in together.items()]

    def _moments(self, wanted: Wanted) -> tuple[str, str]:
        """From when to before when the days last at the company."""
        here = zone(self._store.time_zone)
        first = datetime.combine(wanted.first, time(), here)
        after = datetime.combine(wanted.last + timedelta(days=1), time(), here)
        return moment(first), moment(after)


def _task(connection: Connection, number: int, reach: ReviewReach) -> Task:
    mine = rows.of_reviewer(reach.name) & rows.of_audiences(reach.judged)
    found = rows.tasks(
        connection, rows.numbered(number) & or_(mine, rows.of_audiences(reach.seen)), limit=1
    )
    if not found or not (found[0].reviewer == reach.name or found[0].settled):
        raise NotFound(because("review-task-unknown", number=number))
    return found[0]


def _together(tasks: Sequence[Task], said: dict[int, list[Review]], size: int) -> Reviewed:
    return Reviewed(
        **tasks[0].sampled(),
        stratum_size=size,
        reviews=tuple(said[task.number][-1] for task in tasks),
        independent=tuple([one for one in said[task.number] if one.apart][-1] for task in tasks),
    )


def _checked(judgement: Judgement) -> Judgement:
    """With notes and reason without personal data, and none of them empty."""
    for note in (*judgement.notes.values(), judgement.reason):
        if len(note) > MAX_NOTE_CHARS:
            raise SettingsError(because("review-note", count=len(note), limit=MAX_NOTE_CHARS))
    for item in judgement.notes:
        if item and item not in judgement.answers:
            raise SettingsError(because("review-note-item", item=item[:100]))
    notes = {item: redacted(note.strip()) for item, note in judgement.notes.items() if note.strip()}
    return Judgement(
        judgement.answers, judgement.measured, notes, redacted(judgement.reason.strip())
    )


def _check_reviewers(
    connection: Connection, wanted: Wanted, reach: ReviewReach, tree: AudienceTree
) -> None:
    if not wanted.reviewers:
        raise SettingsError(because("sample-no-reviewers"))
    known = _reviewers(connection, wanted.audience, tree)
    for name in wanted.reviewers:
        if name not in known and name != reach.name:
            raise SettingsError(
                because(
                    "sample-reviewer",
                    reviewer=name[:100],
                    audience=wanted.audience,
                    known=tuple(known[:10]),
                )
            )


def _reviewers(connection: Connection, audience: str, tree: AudienceTree) -> list[str]:
    labels = tree.below(audience)
    found = []
    for one in account_rows.everybody(connection):
        principal = Principal(one.number, one.name, one.grants, "session")
        if not one.disabled and labels <= review_reach(principal, tree).judged:
            found.append(one.name)
    return found
