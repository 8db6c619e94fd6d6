"""Whatever SQLite or the system raises -> one line of the register's own."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from knowledge.errors import RegisterError, RegisterLocked, StorageFull

_NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NOT_WRITABLE = {errno.EACCES, errno.EPERM, errno.EROFS}

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_READ_ONLY = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}


@contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Translate whatever SQLAlchemy, SQLite or the system raises into errors of the register.

    Args:
        path: file or folder that is being worked on, for the message.

    Raises:
        StorageFull: no space, or no permission to write.
        RegisterLocked: SQLite stayed busy beyond its time-out.
        RegisterError: damage, or anything else that storage can raise.
    """
    try:
        yield
    except DBAPIError as error:
        raise _from_sqlite(error.orig or error, path) from error
    except sqlite3.Error as error:
        raise _from_sqlite(error, path) from error
    except OSError as error:
        raise _from_system(error, path) from error


def _from_sqlite(error: BaseException, path: Path) -> RegisterError:
    # The low byte is the primary code: https://www.sqlite.org/rescode.html
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return StorageFull(_no_space(path, error))
    if code in _READ_ONLY:
        return StorageFull(
            f"the register {path} cannot be opened for this ({error}): give this account "
            "permission for the data folder, or set VOZ_DATA_DIR to another one"
        )
    if code in _BUSY:
        return RegisterLocked(f"the register {path} is busy ({error}): try again")
    if code in _DAMAGED:
        return RegisterError(
            f"the register {path} is damaged ({error}): move {path.name}, {path.name}-wal and "
            f"{path.name}-shm out of {path.parent}, then ingest the documents again; "
            "the original files are unharmed"
        )
    return RegisterError(f"the register {path} cannot be read or written: {error}")


def _from_system(error: OSError, path: Path) -> RegisterError:
    where = error.filename or path
    if error.errno in _NO_SPACE:
        return StorageFull(_no_space(Path(str(where)), error))
    if error.errno in _NOT_WRITABLE:
        return StorageFull(
            f"{where} may not be written ({error.strerror}): give this account permission, or "
            "set VOZ_DATA_DIR to a folder of its own"
        )
    return RegisterError(
        f"{where} cannot be used for the data folder ({error.strerror or error}): "
        "check it, or set VOZ_DATA_DIR to another one"
    )


def _no_space(path: Path, error: BaseException) -> str:
    return (
        f"no space left for {path} ({error}): free some and run the same command again; "
        "what was already stored is kept"
    )
