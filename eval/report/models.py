"""What a report is about: a finished run, alone or with the gate's decision against another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from eval.comparison.flips import failing
from eval.gate.models import Decision, Evidence, Run
from eval.gate.policy import Policy
from eval.golden.models import GoldenCase
from eval.measures.models import Asked
from eval.measures.whole.models import Rows, rows_of
from eval.measures.whole.sureness import sureness
from eval.report.stages import Stage, first_broken
from eval.runs.scoring import Summary, asked_of


@dataclass(frozen=True)
class Failure:
    """A case that does not pass.

    Attributes:
        asked: the case with its outcome.
        measures: that are not at their best.
        stage: the first that broke.
        before: what the run before did; `None` where there is none.
        newly: whether it passed before.
    """

    asked: Asked
    measures: tuple[str, ...]
    stage: Stage
    before: Asked | None
    newly: bool


@dataclass(frozen=True)
class Compared:
    """The gate's side of a report.

    Attributes:
        decision: what it says.
        evidence: what that rests on.
    """

    decision: Decision
    evidence: Evidence


@dataclass(frozen=True)
class Report:
    """All that a report shows.

    Attributes:
        run: what is reported on.
        cases: that it asked and that hold on its day.
        policy: what a gate goes by.
        summaries: what the measures of answers come to.
        whole: what those of the whole run come to.
        whole_before: of the other run; empty without one.
        made: day of the report.
        compared: see `Compared`; `None` for a run alone.
    """

    run: Run
    cases: tuple[GoldenCase, ...]
    policy: Policy
    summaries: tuple[Summary, ...]
    whole: tuple[Summary, ...]
    made: date
    whole_before: tuple[Summary, ...] = ()
    compared: Compared | None = None

    @property
    def before(self) -> Run | None:
        """The run that is in force."""
        return self.compared.evidence.before if self.compared else None

    @cached_property
    def asked(self) -> list[Asked]:
        """The cases with what was done."""
        return asked_of(self.cases, self.run.outcomes)

    @cached_property
    def asked_before(self) -> list[Asked]:
        """The same with what the run before did; empty without one."""
        return asked_of(self.cases, self.before.outcomes) if self.before else []

    @cached_property
    def failures(self) -> list[Failure]:
        """Cases that do not pass: critical ones first, then those that passed before."""
        return self._failures(self.run, self.asked)

    @cached_property
    def failures_before(self) -> list[Failure]:
        """Those of the run before."""
        return self._failures(self.before, self.asked_before) if self.before else []

    @cached_property
    def sureness(self) -> tuple[Rows, Rows]:
        """``(confidence, right)`` of each answer of the run, and of those of the run before."""
        return rows_of(sureness, self.asked)[0], rows_of(sureness, self.asked_before)[0]

    @property
    def missing(self) -> list[str]:
        """Ids of the cases without an outcome."""
        return [case.id for case in self.cases if case.id not in self.run.outcomes]

    def _failures(self, run: Run, asked: Sequence[Asked]) -> list[Failure]:
        below = failing(run.scored)
        before = {one.case.id: one for one in self.asked_before}
        was = failing(self.before.scored) if self.before else {}
        found = [
            Failure(
                asked=one,
                measures=names,
                stage=first_broken(one, names),
                before=before.get(one.case.id),
                newly=one.case.id in was and not was[one.case.id],
            )
            for one in asked
            if (names := below.get(one.case.id, ()))
        ]
        return sorted(found, key=lambda f: (not f.asked.case.critical, not f.newly))
