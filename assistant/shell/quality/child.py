"""What asks golden cases, in a process of its own: answers to people never wait for it.

Started by `assistant.shell.quality.lane`, which it tells how far it is and what came of it.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import date
from multiprocessing.connection import Connection
from typing import Any

from assistant.refusals import because
from assistant.shell.telling import in_each
from knowledge.errors import KnowledgeBaseError
from knowledge.jobs import Job
from knowledge.models import Viewer
from knowledge.settings import Settings
from knowledge.validity import ALWAYS, NEVER, Validity, day_of
from knowledge.work.work_store import WorkStore

logger = logging.getLogger(__name__)

Tell = Callable[[int, int], None]
NICENESS = 10
AT_ONCE = 2
_TELL_EVERY_S = 0.3


def carry_out(settings: Settings, job: Job, line: Connection) -> None:
    """Do a job and say so: ``("far", done, of)``, then ``("done", result)`` or ``("failed", …)``.

    Args:
        settings: the data folder's.
        job: of a kind in `knowledge.jobs.EVALUATIONS`.
        line: to whoever started this process.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the server's, which ends this too
    with contextlib.suppress(OSError):
        os.nice(NICENESS)
    last = 0.0

    def tell(done: int, of: int) -> None:
        nonlocal last
        if done == of or time.monotonic() - last >= _TELL_EVERY_S:
            last = time.monotonic()
            line.send(("far", done, of))

    work = evaluate if job.kind == "evaluation" else check_version
    try:
        line.send(("done", dict(work(settings, job, tell))))
    except KnowledgeBaseError as error:
        line.send(("failed", str(error), in_each(error)))
    except Exception as error:
        logger.exception("job %d failed", job.id)
        failed = KnowledgeBaseError(because("unforeseen", kind=type(error).__name__))
        line.send(("failed", str(failed), in_each(failed)))


def evaluate(settings: Settings, job: Job, tell: Tell) -> Mapping[str, Any]:
    """Ask a golden set, or go on with a run that was broken off.

    Raises:
        KnowledgeBaseError: it cannot be asked; its message is the line to show.
    """
    from eval.gate.policy import bundled
    from eval.runs.folder import run_ids
    from eval.runs.opening import choose, finish, new_run, resumed, runs_folder
    from eval.runs.running import run

    wanted = job.wanted
    if wanted["run"] in run_ids(runs_folder(settings)):
        opened = resumed(wanted["run"], settings)
    else:
        opened = new_run(
            choose(wanted["set"], settings, wanted["version"]),
            settings,
            bundled(),
            run_id=wanted["run"],
            on=date.fromisoformat(wanted["on"]) if wanted["on"] else None,
            by=job.actor,
            respelt=wanted.get("respelt", 0),  # a job from before there was such a thing
        )
    with opened as found:
        if not found.folder.finished:
            run(found.folder, found.answer, found.today, jobs=AT_ONCE, progress=tell)
        finish(found.folder, settings, job.actor)
    return {"run": wanted["run"]}


def check_version(settings: Settings, job: Job, tell: Tell) -> Mapping[str, Any]:
    """Ask the golden sets that gate what a version would change.

    Raises:
        KnowledgeBaseError: it cannot be asked; its message is the line to show.
    """
    from assistant.bootstrap import open_previewer_parts
    from eval.gate.desk import PublicationDesk
    from eval.gate.policy import bundled

    wanted = job.wanted
    viewer = Viewer(job.actor, frozenset(wanted["audiences"]))
    with (
        closing(WorkStore.open(settings)) as store,
        open_previewer_parts(settings) as (previewer, embedder),
    ):
        desk = PublicationDesk(store, previewer, embedder, bundled())
        found = desk.check(
            wanted["name"],
            wanted["version"],
            viewer,
            validity=_validity(wanted),
            progress=lambda golden, done, of: tell(done, of),
        )
    return {"verdicts": {golden.name: decision.verdict for golden, decision, _ in found}}


def _validity(wanted: Mapping[str, Any]) -> Validity | None:
    if not wanted["days"]:
        return None
    first, end = wanted["valid_from"], wanted["valid_to"]
    return Validity(day_of(first) if first else ALWAYS, day_of(end) if end else NEVER)
