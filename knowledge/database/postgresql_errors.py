"""What PostgreSQL or its driver says -> one line of the register's own, without the password."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from knowledge.errors import RegisterError, RegisterLocked, StorageFull

# https://www.postgresql.org/docs/current/errcodes-appendix.html
_NO_SPACE = "53100"
_ONLY_READ = "25006"
_NO_PERMISSION = "42501"
_TOO_SLOW = {"57014", "25P03", "25P04"}
_BUSY = {"40001", "40P01", "55P03", "53300", "57P03"}
_DAMAGED = {"XX001", "XX002"}
_GONE = {"57P01", "57P02", "57P05"}

# Before there is a connection the driver gives no codes, only the server's words, in its language;
# where these do not match, the general line says all there is to check.
_BUSY_AT_FIRST = re.compile(r"too many c|remaining connection slots|is (starting|shutting)")
_NO_DATABASE = re.compile(r'database "(?P<name>.*)" does not exist')
_REFUSED = re.compile(r"authentication failed|no password supplied|pg_hba|role .* does not exist")


@contextmanager
def postgresql_errors(location: str) -> Iterator[None]:
    """Translate whatever SQLAlchemy and the driver raise into errors of the register.

    Args:
        location: the database, for the message.

    Raises:
        StorageFull: the server's disk is full, or it may not be written.
        RegisterLocked: it stayed busy beyond a time-out.
        RegisterError: it cannot be reached or used, is damaged, or anything else.
    """
    try:
        yield
    except PoolTimeout as error:
        raise RegisterLocked(
            f"the register {location} is busy (no connection was free in time): try again"
        ) from error
    except DBAPIError as error:
        raise register_error(error.orig or error, location) from error
    except psycopg.Error as error:
        raise register_error(error, location) from error


def register_error(error: BaseException, location: str) -> RegisterError:
    """The error of the register for one of the driver's."""
    code = getattr(error, "sqlstate", None) or ""
    reason = _reason(error)
    if code == _NO_SPACE:
        return StorageFull(
            f"no space left on the server of the register {location} ({reason}): free some there "
            "and run the same command again; what was already stored is kept"
        )
    if code == _ONLY_READ:
        return StorageFull(
            f"the register {location} may only be read ({reason}): let VOZ_DATABASE_URL name the "
            "server that is written to, or make it writable"
        )
    if code == _NO_PERMISSION:
        return StorageFull(
            f"the register {location} may not be used for this ({reason}): let the user that "
            "VOZ_DATABASE_URL names own the database, or grant it the right"
        )
    if code in _TOO_SLOW:
        return RegisterError(
            f"the register {location} stopped what took too long ({reason}): try again, or raise "
            "that limit on the server"
        )
    if code in _BUSY or (not code and _BUSY_AT_FIRST.search(reason)):
        return RegisterLocked(f"the register {location} is busy ({reason}): try again")
    if code in _DAMAGED:
        return RegisterError(
            f"the register {location} is damaged ({reason}): restore the database from a backup"
        )
    if not code or code in _GONE or code.startswith("08"):
        return _unreachable(error, reason, location)
    return RegisterError(f"the register {location} cannot be read or written: {reason}")


def _unreachable(error: BaseException, reason: str, location: str) -> RegisterError:
    if not isinstance(error, psycopg.OperationalError):
        return RegisterError(f"the register {location} cannot be read or written: {reason}")
    missing = _NO_DATABASE.search(reason)
    if missing:
        return RegisterError(
            f"there is no database for the register {location} ({reason}): create it with "
            f"`createdb {missing['name']}`, or let VOZ_DATABASE_URL name another"
        )
    if _REFUSED.search(reason):
        return RegisterError(
            f"the server of the register {location} refuses the user ({reason}): check the user "
            "and the password in VOZ_DATABASE_URL"
        )
    return RegisterError(
        f"the register {location} cannot be reached ({reason}): see that the server runs and that "
        "VOZ_DATABASE_URL names it, with the right user and password, then try again"
    )


def _reason(error: BaseException) -> str:
    """What the server said, or the driver's last words, in one line.

    libpq tells every address that it tried, and on further lines what may be the matter.
    """
    said = error.diag.message_primary if isinstance(error, psycopg.Error) else None
    tried = re.findall(r"(?:failed|is bad): (?!connection to)(.+)", str(error))
    return " ".join((said or (tried[-1] if tried else str(error))).split())
