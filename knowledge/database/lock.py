"""The register's one writer: a lock on a file, let go by the system when its process dies."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

from knowledge.errors import RegisterLocked

_RETRY_EVERY_S = 0.05


class WriterLock:
    """Held from construction until `release` or the end of the process, however it ends.

    Args:
        path: lock file; made when missing, never deleted (a deleted one could be held twice).
        timeout_s: how long to wait for another writer.

    Raises:
        RegisterLocked: another writer holds it after ``timeout_s``; the message names its pid.
        OSError: the file cannot be made or opened.
    """

    def __init__(self, path: Path, *, timeout_s: float = 1.0) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            self._acquire(path, time.monotonic() + timeout_s)
            os.ftruncate(self._file, 0)
            os.pwrite(self._file, str(os.getpid()).encode(), 0)
        except BaseException:
            os.close(self._file)
            raise

    def _acquire(self, path: Path, deadline: float) -> None:
        while True:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                if time.monotonic() >= deadline:
                    holder = os.pread(self._file, 20, 0).decode(errors="replace") or "unknown"
                    raise RegisterLocked(
                        f"another process (pid {holder}) is writing to {path.parent}: "
                        "wait until it has finished and try again"
                    ) from error
                time.sleep(_RETRY_EVERY_S)
            else:
                return

    def release(self) -> None:
        """Let the next writer in; does nothing the second time."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
