"""What the routes of evaluations work with: sets and runs within reach of whoever asks.

Somebody evaluates for the audiences that `knowledge.identity.access` gives them, and asks cases
only as those agents whose sources they read themselves. What they may not see answers as what is
not there.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from starlette.requests import Request

from assistant.refusals import because
from assistant.shell.manage.office import Caller, Office
from knowledge.errors import NotFound, SettingsError
from knowledge.evaluations.golden_sets import GoldenSets
from knowledge.evaluations.run_log import LoggedRun, RunLog
from knowledge.jobs import Job
from knowledge.models import EVERYONE
from knowledge.validity import today
from knowledge.work.work_store import WorkStore

if TYPE_CHECKING:
    from eval.golden.models import GoldenCase
    from eval.golden.reading import GoldenSet
    from eval.report.models import Report
    from eval.report.trend import Point

_KEPT = 4
"""Reports that are kept: a run with all its passages is a few megabytes."""
_JOBS = 200


@dataclass(frozen=True)
class QualityRoom:
    """The services behind the routes.

    Attributes:
        office: who asks, and what takes longer than an answer.
        store: where golden sets and runs are entered.
    """

    office: Office
    store: WorkStore
    _reports: OrderedDict[tuple[str, str | None], Report] = field(
        default_factory=OrderedDict, repr=False, compare=False
    )
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    @property
    def sets(self) -> GoldenSets:
        """Golden sets."""
        return GoldenSets(self.store)

    @property
    def log(self) -> RunLog:
        """Which runs there were."""
        return RunLog(self.store)

    def caller(self, request: Request) -> Caller:
        """Whoever makes a request.

        Raises:
            AccessRefused: they evaluate for nobody.
        """
        return self.office.caller(request, "evaluate")

    def check_cases(self, golden: GoldenSet, caller: Caller) -> None:
        """See to it that cases are asked only as agents whose sources somebody reads.

        Raises:
            SettingsError: one is of another audience.
        """
        theirs = self._audiences(caller)
        others = {case.audience or EVERYONE for case in golden.cases} - theirs
        if others:
            raise SettingsError(
                because("case-audience", audience=min(others), known=tuple(sorted(theirs)))
            )

    def asks_as(self, audience: str, caller: Caller) -> bool:
        """Whether somebody may ask cases as agents of an audience."""
        return audience in self._audiences(caller)

    def run(self, run: str, caller: Caller) -> LoggedRun:
        """A run within reach.

        Raises:
            NotFound: there is none.
        """
        return self.log.get(run, caller.reach("evaluate"))

    def jobs(self, caller: Caller) -> dict[str, Job]:
        """The job of each run that the page started and they may see, by the run's id."""
        reach = caller.reach("evaluate")
        found = {}
        for job in reversed(self.office.jobs.of_kind("evaluation", _JOBS)):
            if job.audience in reach:
                found[str(job.wanted["run"])] = job
        return found

    def report(self, run: str, caller: Caller, against: str | None = None) -> Report:
        """A finished run, alone or against another, with all that it says.

        Raises:
            NotFound: one of them is not there, or not for them.
            WrongState: one of them is not finished.
            SettingsError: one of them is damaged.
        """
        for one in (run, against):
            if one is not None:
                self.run(one, caller)
        with self._lock:
            found = self._reports.get((run, against)) or self._read(run, against)
            self._reports[run, against] = found
            self._reports.move_to_end((run, against))
            while len(self._reports) > _KEPT:
                self._reports.popitem(last=False)
        self._check_seen(run, found.cases, caller)
        return found

    def trend(self, name: str, caller: Caller) -> list[Point]:
        """The last runs of a set, the oldest first.

        Raises:
            NotFound: there is no such set within reach.
        """
        from eval.report.trend import points
        from eval.runs.opening import runs_folder

        reach = caller.reach("evaluate")
        self.sets.versions(name, reach)
        logged = [one for one in self.log.all(reach) if one.golden == name]
        return points(runs_folder(self.office.settings), logged, self._audiences(caller))

    def _read(self, run: str, against: str | None) -> Report:
        from eval.gate.policy import bundled
        from eval.report.making import report_of
        from eval.runs.folder import RunFolder, run_ids
        from eval.runs.opening import runs_folder

        root = runs_folder(self.office.settings)
        kept = run_ids(root)
        for one in (run, against):
            if one is not None and one not in kept:
                raise NotFound(because("run-folder-gone", run=one))
        return report_of(
            RunFolder.open(root, run),
            against=RunFolder.open(root, against) if against else None,
            policy=bundled() if against else None,
            today=today(self.office.settings.time_zone),
        )

    def _check_seen(self, run: str, cases: Iterable[GoldenCase], caller: Caller) -> None:
        """A run started on the command line may hold answers to agents of any audience."""
        theirs = self._audiences(caller)
        if any((case.audience or EVERYONE) not in theirs for case in cases):
            raise NotFound(because("run-not-logged", run=run))

    def _audiences(self, caller: Caller) -> frozenset[str]:
        seen = caller.viewer.audiences
        return frozenset(
            label for label in caller.tree.audiences if caller.tree.above(label) <= seen
        )
