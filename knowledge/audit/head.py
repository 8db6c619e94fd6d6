"""The head file: how far the audit trail went, kept outside the table.

A chain alone does not show that its end was cut off, nor that somebody computed it anew. One line,
``COUNT:HASH``, written after each commit, does: a trail that no longer has that hash at that place
is not the one that was written. The file may be behind the table, when the process ended between
the commit and the file, but never ahead of it. Copying the line to where nobody who can write
here can reach, as the log may be, guards against changing both.
"""

from __future__ import annotations

import fcntl
import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from knowledge.audit import rows as audit_rows
from knowledge.audit.rows import GENESIS, Head
from knowledge.database.storage_errors import storage_errors
from knowledge.errors import RegisterError

if TYPE_CHECKING:
    from knowledge.database.connection import Database

logger = logging.getLogger(__name__)

_LINE = re.compile(r"(0|[1-9][0-9]{0,17}):([0-9a-f]{64})\s*", re.ASCII)


def parse(line: str) -> Head:
    """The head that a line ``COUNT:HASH`` names.

    Raises:
        ValueError: it is no such line.
    """
    match = _LINE.fullmatch(line)
    if match is None:
        raise ValueError(
            "a head is COUNT:HASH, a number and 64 lower-case hex digits, "
            f"got {line[:80].strip()!r}"
        )
    return Head(int(match[1]), match[2])


def line(head: Head) -> str:
    """A head as `parse` reads it."""
    return f"{head.count}:{head.hash}"


def read(path: Path) -> Head | None:
    """What the head file says; `None` when there is none.

    Raises:
        ValueError: it holds something else.
        OSError: it cannot be read.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    return parse(data[:200].decode("ascii", "replace"))


def begin(connection: Connection, path: Path) -> None:
    """Make the head file before there is any entry, so that its absence later means something.

    Args:
        connection: in a write transaction, in which nothing was entered yet.
        path: the head file.

    Raises:
        StorageFull: it cannot be written.
    """
    if path.exists():
        return
    with storage_errors(path), _locked(path.parent) as folder:
        if not path.exists() and audit_rows.head(connection).count == 0:
            _replace(path, Head(0, GENESIS), folder)


def keep(database: Database, path: Path) -> None:
    """Bring the head file up to what is committed.

    A file that the table contradicts, or that is gone, is evidence and is left as it is. Nothing
    is raised: the entry is committed, whoever made it must not be told otherwise. An ERROR in the
    log says what is wrong, again with every entry.
    """
    try:
        with storage_errors(path), _locked(path.parent) as folder:
            known = read(path)
            with database.read() as connection:
                newest = audit_rows.head(connection)
                trouble = _trouble(connection, known)
            if trouble or known is None:
                logger.error("%s %s: run `voz audit verify`", path, trouble)
            elif newest.count > known.count:
                _replace(path, newest, folder)
                logger.info("audit head %s", line(newest))
    except (RegisterError, ValueError):
        logger.exception("the head of the audit trail is not kept")


def _trouble(connection: Connection, known: Head | None) -> str:
    if known is None:
        return "is missing though there are audit entries"
    if audit_rows.hash_at(connection, known.count) != known.hash:
        return "does not fit the audit trail"
    return ""


@contextmanager
def _locked(folder: Path) -> Iterator[int]:
    """The folder, open and locked: of two that keep the head, the later sees the other's."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)


def _replace(path: Path, head: Head, folder: int) -> None:
    temporary = path.with_name(f"{path.name}.tmp")
    with temporary.open("w", encoding="ascii") as file:
        file.write(f"{line(head)}\n")
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    os.fsync(folder)
