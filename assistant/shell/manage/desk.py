"""The work lists for one caller: everything they are shown of them, and nothing else.

Words of questions and remarks are for those who answer for everybody they come from
(`knowledge.work.circles`), so each list takes the circles where the caller's roles let them see
feedback, and each change those where they edit or publish.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assistant.refusals import because
from assistant.shell.manage.office import Caller
from assistant.shell.work_lines import as_json, finding_json
from knowledge.errors import NotFound, SettingsError
from knowledge.identity.access import Action, Principal, may, may_anywhere, reach
from knowledge.identity.accounts import Account
from knowledge.identity.roster import reader, roster
from knowledge.models import Viewer
from knowledge.work.circles import answers_for, places
from knowledge.work.feedback import OPEN, Feedback, Task
from knowledge.work.feedback_rows import STATES
from knowledge.work.gaps import Gap, Gaps
from knowledge.work.receipts import Reading, Receipts
from knowledge.work.stale_sources import stale_sources
from knowledge.work.work_store import WorkStore

Json = dict[str, Any]
DECIDING: tuple[Action, ...] = ("edit_source", "publish")


@dataclass(frozen=True)
class Desk:
    """The work of one register for one request."""

    caller: Caller
    store: WorkStore

    @cached_property
    def sees(self) -> Viewer:
        """Whose words they may read."""
        return self.caller.answering("see_feedback")

    @cached_property
    def decides(self) -> Viewer:
        """Whose matters they may settle."""
        return self.caller.answering(*DECIDING)

    @cached_property
    def _numbers(self) -> dict[str, int | None]:
        return {}

    def source_id(self, name: str | None) -> int | None:
        """The register's number for a source that they are responsible for; `None`: it is none."""
        if name is None:
            return None
        if name not in self._numbers:
            number = self.caller.office.curation.number_of(name)
            try:
                self._numbers[name] = self.caller.source(number).id if number else None
            except NotFound:
                self._numbers[name] = None
        return self._numbers[name]

    # Gaps

    def gaps(self, *, days: int | None, limit: int, settled: bool) -> list[Json]:
        """What is asked and not answered, the worst first."""
        found = Gaps(self.store).all(self.sees, days=days, limit=limit, settled=settled)
        own = self._own_gaps()
        return [self._gap(gap, decides=gap.number in own) for gap in found]

    def gap(self, number: int) -> Json:
        """One of them."""
        gap = Gaps(self.store).get(number, self.sees)
        return self._gap(gap, decides=number in self._own_gaps())

    def gap_audience(self, number: int) -> str:
        """The audience of a gap that they may decide about.

        Raises:
            NotFound: there is no such gap for them.
            NotAllowed: others that they do not answer for asked it as well.
        """
        gaps = Gaps(self.store)
        gaps.check_decider(number, self.decides)
        return gaps.get(number, self.decides).audience

    def _own_gaps(self) -> frozenset[int]:
        return Gaps(self.store).decided_by(self.decides)

    def _gap(self, gap: Gap, *, decides: bool) -> Json:
        """What others decided about what was asked elsewhere too is theirs to know."""
        card_id = self.source_id(gap.card) if decides else None
        values: Json = as_json(gap)
        return values | {
            "question": gap.question,
            "owner": gap.owner if decides else None,
            "reason": gap.reason if decides else None,
            "card": gap.card if card_id else None,
            "card_id": card_id,
            "decides": decides,
        }

    # Feedback

    def tasks(self, *, settled: bool, own: bool) -> list[Json]:
        """What agents report, oldest first."""
        states = STATES if settled else OPEN
        found = Feedback(self.store).tasks(self.sees, states=states, own=own)
        theirs = {task.number for task in Feedback(self.store).tasks(self.decides, states=states)}
        return [self._task(task, decides=task.number in theirs) for task in found]

    def task(self, number: int) -> Json:
        """One of them.

        Raises:
            NotFound: there is none for them.
        """
        for task in self.tasks(settled=True, own=False):
            if task["number"] == number:
                return task
        raise NotFound(because("feedback-unknown", number=number))

    def _task(self, task: Task, *, decides: bool) -> Json:
        values: Json = as_json(task)
        return values | {"source_id": self.source_id(task.source), "decides": decides}

    # What may be stale, and what must be read

    def stale(self) -> list[Json]:
        """Why sources that they are responsible for may be stale."""
        known = {source.name: source for source in self.caller.sources()}
        found = stale_sources(self.store, self.caller.answering("see_drafts"))
        return [
            finding_json(one)
            | {
                "source_id": known[one.source].id,
                "title": known[one.source].title,
                "owner": known[one.source].owner,
            }
            for one in found
            if one.source in known
        ]

    def readings(self) -> list[Json]:
        """Who has read what is required and who has not."""
        people = roster(self.store, self.sees)
        reached = answers_for(self.decides, self.caller.tree)
        decides = any(map(self.caller.may_anywhere, DECIDING))
        found = Receipts(self.store).readings(self.sees, people)
        return [
            self._reading(one, withdraws=decides and one.requirement.audience <= reached)
            for one in found
        ]

    def readings_missing(self) -> int:
        """How many confirmations are missing; of somebody in two circles once."""
        found = self.readings()
        return len({(one["number"], name) for one in found for name in one["waiting"]})

    def _reading(self, reading: Reading, *, withdraws: bool) -> Json:
        asked = as_json(reading.requirement)
        shown = ("number", "source", "title", "version", "note", "due", "required_by")
        return {key: asked[key] for key in shown} | {
            "source_id": self.source_id(reading.requirement.source),
            "place": reading.place,
            "read": as_json(reading.read),
            "waiting": list(reading.waiting),
            "overdue": reading.overdue,
            "withdraws": withdraws,
        }

    def pending(self, name: str) -> list[Json]:
        """What an account that they answer for must still read.

        Raises:
            NotFound: there is no such account for them.
        """
        tree = self.caller.tree
        account = self._account(name)
        standing = reader(account, tree) if account else Viewer(name, frozenset())
        reached = answers_for(self.sees, tree)
        if not standing.audiences or not places(standing.audiences, tree) <= reached:
            raise NotFound(because("reader-unknown", name=name))
        found = [as_json(one) for one in Receipts(self.store).pending(standing)]
        shown = ("number", "source", "title", "version", "due")
        return [{key: one[key] for key in shown} for one in found]

    # Who takes care of it

    def keepers(self) -> list[Json]:
        """Accounts to which they may give work, by name."""
        mine = frozenset[str]().union(*map(self.caller.reach, DECIDING))
        return [
            {"name": one.name, "display_name": one.display_name}
            for one in self._accounts()
            if mine & reach(_as_principal(one), "see_feedback", self.caller.tree)
        ]

    def check_keeper(self, name: str, audience: str | None) -> str:
        """The name of an account that may see what it is given.

        Args:
            name: as typed.
            audience: of a gap; `None`: of anything.

        Raises:
            SettingsError: there is none that may.
        """
        account = self._account(name.strip())
        tree = self.caller.tree
        if account is not None:
            owner = _as_principal(account)
            if audience is None and may_anywhere(owner, "see_feedback", tree):
                return account.name
            if audience is not None and may(owner, "see_feedback", [audience], tree):
                return account.name
        raise SettingsError(because("keeper-unknown", name=name[:40]))

    def _account(self, name: str) -> Account | None:
        return next((one for one in self._accounts() if one.name == name), None)

    def _accounts(self) -> list[Account]:
        return [one for one in self.caller.office.accounts.all() if not one.disabled]


def _as_principal(account: Account) -> Principal:
    return Principal(account.number, account.name, account.grants, "session")
