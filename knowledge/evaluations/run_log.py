"""Which runs there were, what they asked, and what was decided of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, Select, insert, select, update

from knowledge.audit import Event, append
from knowledge.errors import NotFound, WrongState
from knowledge.evaluations.evaluation_schema import (
    evaluation_decisions,
    evaluation_runs,
    golden_sets,
)
from knowledge.refusals import because
from knowledge.work.work_store import WorkStore


@dataclass(frozen=True)
class LoggedRun:
    """One run; times are ISO 8601 in UTC.

    Attributes:
        number: the register's number for it.
        run: its id, the name of its folder.
        golden: name of the set; `None` for a file that is not in the register.
        version: number of the set's version.
        audience: label of those whose evaluation it is.
        golden_sha256: of what was asked.
        register_sha256: of what it was asked of.
        began_by: who started it.
        began_at: when.
        finished_at: when all was asked; `None` while it is not.
        verdict: last decision on it; `None`: none was made.
    """

    number: int
    run: str
    golden: str | None
    version: int | None
    audience: str
    golden_sha256: str
    register_sha256: str
    began_by: str
    began_at: str
    finished_at: str | None
    verdict: str | None = None


class RunLog:
    """The runs of one register."""

    def __init__(self, store: WorkStore) -> None:
        self._store = store

    def began(
        self,
        run: str,
        *,
        set_id: int | None,
        version: int | None,
        audience: str,
        golden_sha256: str,
        register_sha256: str,
        by: str,
    ) -> None:
        """Enters a run that begins.

        Args:
            run: its id, never used before.
            set_id: number of the golden set in the register, if it is there.
            version: number of its version.
            audience: label of those whose evaluation it is.
            golden_sha256: of what is asked.
            register_sha256: of what it is asked of.
            by: who starts it.

        Raises:
            WrongState: there was a run of that id.
        """
        with self._store.change() as connection:
            there = select(evaluation_runs.c.id).where(evaluation_runs.c.run == run)
            if connection.execute(there).first():
                raise WrongState(because("run-logged", run=run))
            connection.execute(
                insert(evaluation_runs).values(
                    run=run,
                    set_id=set_id,
                    version=version,
                    audience=audience,
                    golden_sha256=golden_sha256,
                    register_sha256=register_sha256,
                    began_by=by,
                    began_at=self._store.now(),
                )
            )
            append(connection, Event(by, "evaluation.began", f"run:{run}"))

    def finished(self, run: str, by: str) -> None:
        """Enters that all was asked."""
        with self._store.change() as connection:
            connection.execute(
                update(evaluation_runs)
                .where(evaluation_runs.c.run == run)
                .values(finished_at=self._store.now())
            )
            append(connection, Event(by, "evaluation.finished", f"run:{run}"))

    def decided(self, run: str, baseline: str, verdict: str, policy_sha256: str, by: str) -> None:
        """Enters a decision; the same one again is the same entry.

        Raises:
            NotFound: one of the runs is not in the register.
        """
        with self._store.change() as connection:
            ids = {
                row.run: row.id
                for row in connection.execute(
                    select(evaluation_runs.c.id, evaluation_runs.c.run).where(
                        evaluation_runs.c.run.in_([run, baseline])
                    )
                )
            }
            for name in (run, baseline):
                if name not in ids:
                    raise NotFound(because("run-not-logged", run=name))
            same = (
                (evaluation_decisions.c.run_id == ids[run])
                & (evaluation_decisions.c.baseline_id == ids[baseline])
                & (evaluation_decisions.c.policy_sha256 == policy_sha256)
            )
            if connection.execute(select(evaluation_decisions.c.id).where(same)).first():
                return
            connection.execute(
                insert(evaluation_decisions).values(
                    run_id=ids[run],
                    baseline_id=ids[baseline],
                    verdict=verdict,
                    policy_sha256=policy_sha256,
                    decided_by=by,
                    decided_at=self._store.now(),
                )
            )
            about = {"baseline": baseline, "verdict": verdict}
            append(connection, Event(by, "evaluation.decided", f"run:{run}", about))

    def all(self, reach: Collection[str], *, limit: int = 200) -> list[LoggedRun]:
        """Runs of those audiences, the newest first.

        Args:
            reach: labels for which somebody evaluates.
            limit: how many at most.
        """
        query = _logged_runs(reach).order_by(evaluation_runs.c.id.desc()).limit(limit)
        with self._store.read() as connection:
            return [_logged(row) for row in connection.execute(query).mappings()]

    def get(self, run: str, reach: Collection[str]) -> LoggedRun:
        """A run of those audiences.

        Raises:
            NotFound: there is none.
        """
        query = _logged_runs(reach).where(evaluation_runs.c.run == run)
        with self._store.read() as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            raise NotFound(because("run-not-logged", run=run))
        return _logged(row)


def _logged_runs(reach: Collection[str]) -> Select[tuple[Any, ...]]:
    runs = evaluation_runs.c
    verdict = (
        select(evaluation_decisions.c.verdict)
        .where(evaluation_decisions.c.run_id == runs.id)
        .order_by(evaluation_decisions.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(
            runs.id.label("number"),
            runs.run,
            golden_sets.c.name.label("golden"),
            runs.version,
            runs.audience,
            runs.golden_sha256,
            runs.register_sha256,
            runs.began_by,
            runs.began_at,
            runs.finished_at,
            verdict.label("verdict"),
        )
        .join_from(evaluation_runs, golden_sets, isouter=True)
        .where(runs.audience.in_(list(reach)))
    )


def _logged(row: RowMapping) -> LoggedRun:
    return LoggedRun(**row)
