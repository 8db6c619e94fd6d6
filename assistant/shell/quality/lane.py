"""Evaluations and checks before publication, one after the other, each in a child process.

They take minutes: in a process of low priority they hold up neither answers nor what
`assistant.shell.manage.worker` takes in. Of several servers, the one with the worker has this too.
"""

from __future__ import annotations

import logging
import multiprocessing
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from assistant.refusals import because
from assistant.shell.quality.child import carry_out
from assistant.shell.telling import in_each
from knowledge.errors import KnowledgeBaseError
from knowledge.jobs import EVALUATIONS, Job, Jobs
from knowledge.settings import Settings

logger = logging.getLogger(__name__)

Child = Callable[[Settings, Job, Connection], None]
"""What a child process does; importable, since the process is started anew."""

_LOOK_EVERY_S = 2.0
_HEAR_EVERY_S = 0.25
_LEAVE_S = 5.0


class Lane:
    """Carries out the jobs of `EVALUATIONS`, in a thread that only waits for its child.

    Args:
        jobs: of the register.
        settings: given to the child.
        stopping: set when the server ends.
        child: what the child process does.
    """

    def __init__(
        self,
        jobs: Jobs,
        settings: Settings,
        stopping: threading.Event,
        child: Child = carry_out,
    ) -> None:
        self._jobs = jobs
        self._settings = settings
        self._stopping = stopping
        self._child = child
        self._something = threading.Event()
        self._thread = threading.Thread(target=self._run, name="evaluations", daemon=True)

    def start(self) -> None:
        """Begin; whoever starts it has claimed the data folder and recovered its jobs."""
        self._thread.start()

    def wake(self) -> None:
        """There is something to do, or to stop."""
        self._something.set()

    def join(self, timeout_s: float) -> None:
        """Wait until it has stopped, once ``stopping`` is set."""
        self.wake()
        if self._thread.ident is not None:
            self._thread.join(timeout_s)

    def _run(self) -> None:
        while not self._stopping.is_set():
            if not self._next():
                self._something.wait(_LOOK_EVERY_S)
                self._something.clear()

    def _next(self) -> bool:
        """Carry one job out; whether there was one."""
        try:
            job = self._jobs.take(EVALUATIONS) if self._jobs.any_queued(EVALUATIONS) else None
            if job is None:
                return False
            self._carry_out(job)
        except KnowledgeBaseError as error:
            logger.warning("evaluations cannot be read or noted just now: %s", error)
            return False
        return True

    def _carry_out(self, job: Job) -> None:
        # A new process, not a copy of this one: threads that hold locks do not survive a copy
        context = multiprocessing.get_context("spawn")
        hears, says = context.Pipe(duplex=False)
        process = context.Process(
            target=self._child, args=(self._settings, job, says), name=f"job-{job.id}", daemon=True
        )
        process.start()
        says.close()
        leaves_s = 0.0
        try:
            if self._follow(job, hears):
                leaves_s = _LEAVE_S
        finally:
            hears.close()
            _end(process, leaves_s)

    def _follow(self, job: Job, hears: Connection) -> bool:
        """Note what the child says; whether it came to its end.

        It does not where nobody wants it any more, or the server ends.
        """
        while True:
            if self._stopping.is_set():
                self._jobs.postpone(job.id, "")
                return False
            if self._jobs.get(job.id).state != "running":
                return False
            if not hears.poll(_HEAR_EVERY_S):
                continue
            try:
                said: tuple[Any, ...] = hears.recv()
            except EOFError:
                self._died(job)
                return False
            if said[0] == "far":
                self._jobs.tell(job.id, said[1], said[2])
            elif said[0] == "done":
                self._jobs.succeed(job.id, said[1])
                return True
            else:
                self._jobs.fail(job.id, said[1], {"told": said[2]})
                return True

    def _died(self, job: Job) -> None:
        logger.error("the process of job %d ended without a word", job.id)
        failed = KnowledgeBaseError(because("child-died"))
        self._jobs.fail(job.id, str(failed), {"told": in_each(failed)})


def _end(process: BaseProcess, leaves_s: float) -> None:
    """See to it that it is gone: by itself within a time, else asked to, else made to."""
    process.join(leaves_s)
    for end in (process.terminate, process.kill):
        if process.is_alive():
            end()
            process.join(_LEAVE_S)
    process.close()
