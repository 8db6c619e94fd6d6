"""Getting in: passwords, one-time links and identity providers; then sessions and keys.

Whoever is let in is looked up anew for every request, so that what an account loses is lost at
once. What an account is and holds is kept by `knowledge.identity.accounts`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

from sqlalchemy import Connection

from knowledge.audit import Event, append, audited
from knowledge.database.closable import Closable
from knowledge.database.connection import Database
from knowledge.errors import AccessRefused, RegisterLocked, SettingsError, TooManyTries
from knowledge.identity import account_rows, api_keys, passwords, session_rows, throttle
from knowledge.identity.access import Grant, Principal
from knowledge.identity.account_rows import Account
from knowledge.identity.accounts import open_database
from knowledge.identity.session_rows import SEEN_EVERY, Method, Session
from knowledge.identity.throttle import ADDRESS, NAME, subject_of
from knowledge.refusals import because
from knowledge.settings import Settings
from knowledge.times import stamp, utc_now

__all__ = ["Identity", "Session", "SignIn"]

_PARALLEL_HASHES = 2
"""Each takes 19 MiB and a core for 25 ms."""
_HASH_WAIT_S = 10


@dataclass(frozen=True)
class Identity:
    """Somebody whom an identity provider vouches for.

    Attributes:
        issuer: the provider.
        subject: the provider's own name for the person, which never changes.
        name: what the account is called, if that is free.
        display_name: what people read.
        grants: what the person's groups give.
    """

    issuer: str
    subject: str
    name: str
    display_name: str
    grants: frozenset[Grant]


class SignIn(Closable):
    """The ways in. Made by `open`; threads may share it.

    Args:
        database: open for writing.
        audit_head: the audit trail's head file.
        life: from sign-in to the end of a session.
        idle: without a request for so long, a session ends.
        clock: the time now, UTC.
    """

    def __init__(
        self,
        database: Database,
        audit_head: Path,
        *,
        life: timedelta = timedelta(hours=12),
        idle: timedelta = timedelta(minutes=60),
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._database = database
        self._audit_head = audit_head
        self._life = life
        self._idle = idle
        self._now = clock
        self._hashing = threading.BoundedSemaphore(_PARALLEL_HASHES)

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """The ways into a data folder; the register is made when there is none.

        Raises:
            RegisterError: it cannot be made, opened or brought up to date.
        """
        return cls(
            open_database(settings),
            settings.audit_head_path,
            life=timedelta(hours=settings.session_hours),
            idle=timedelta(minutes=settings.session_idle_minutes),
        )

    def close(self) -> None:
        """Close the connections."""
        self._database.close()

    def sign_in(self, name: str, password: str, address: str) -> str:
        """Open a session; its token.

        Unknown names take as long as known ones and are refused in the same words.

        Args:
            name: as typed.
            password: as typed.
            address: where the request comes from, for counting failures.

        Raises:
            TooManyTries: this name or address has to wait.
            AccessRefused: the name or the password is not right.
        """
        account, stored = self._verify(name, password, address)
        with audited(self._database, self._audit_head) as connection:
            if account_rows.password_hash(connection, account.number) != stored:
                raise AccessRefused(because("sign-in-wrong"))  # changed while it was looked at
            if passwords.is_outdated(stored):
                fresh = passwords.hashed(password)
                account_rows.change(connection, account.number, password_hash=fresh)
            return self._start(connection, account, "password")

    def sign_in_by_link(self, code: str) -> str | None:
        """Open a session with a one-time link; `None` if it is not good (any more)."""
        with audited(self._database, self._audit_head) as connection:
            number = session_rows.use_link(connection, code, self._now())
            account = account_rows.numbered(connection, number) if number else None
            if account is None or account.disabled:
                return None
            return self._start(connection, account, "link")

    def sign_in_identity(self, identity: Identity) -> str:
        """Open a session for somebody whom the identity provider vouches for.

        The account is made at the first sign-in. Accounts are never joined by name: who is whom
        the provider's subject alone says.

        Raises:
            AccessRefused: the account is disabled, or there is nothing that it may do.
        """
        with audited(self._database, self._audit_head) as connection:
            number = self._number_of(connection, identity)
            account = account_rows.numbered(connection, number) if number is not None else None
            if account is not None:
                return self._start(connection, account, "provider")
        raise AccessRefused(because("sign-in-nothing", name=identity.name))

    def session(self, token: str) -> Session | None:
        """Who is signed in with a token, as things are now; `None` if nobody is."""
        now = self._now()
        with self._database.read() as connection:
            session = session_rows.find(connection, token, now, self._idle)
        if session is not None and session.seen_at <= stamp(now - SEEN_EVERY):
            self._note(lambda connection: session_rows.touch(connection, token, now))
        return session

    def sign_out(self, token: str) -> None:
        """End a session."""
        with self._database.write() as connection:
            session_rows.end(connection, token)

    def change_password(self, token: str, current: str, new: str, address: str) -> str:
        """Change the password of whoever is signed in; the token of their new session.

        All other sessions end. A wrong current password counts as a failed sign-in.

        Raises:
            AccessRefused: the session or the current password is not good.
            SettingsError: the new password is refused, or is the current one.
        """
        session = self.session(token)
        if session is None:
            raise AccessRefused(because("session-ended"))
        account = session.account
        account_rows.refuse_foreign(account)
        self._verify(account.name, current, address)
        if passwords.normal(new) == passwords.normal(current):
            raise SettingsError(because("password-same"))
        stored = passwords.hashed(passwords.check(new, account.name))
        with audited(self._database, self._audit_head) as connection:
            account_rows.store_password(connection, account.number, stored, one_time=False)
            changed = Event(account.name, "account.password_changed", f"account:{account.number}")
            append(connection, changed)
            return self._start(connection, account, "password")

    def key(self, key: str) -> Principal | None:
        """Who shows an API key; `None` if it is not good."""
        now = self._now()
        with self._database.read() as connection:
            found = api_keys.find(connection, key, now)
        if found is None:
            return None
        principal, unnoted = found
        if unnoted:
            self._note(lambda connection: api_keys.touch(connection, key, now))
        return principal

    def _start(self, connection: Connection, account: Account, way: Method) -> str:
        """A new session's token, entered in the audit trail."""
        event = Event(account.name, "account.signed_in", f"account:{account.number}", {"way": way})
        append(connection, event)
        return session_rows.start(connection, account.number, way, self._now(), self._life)

    def _verify(self, name: str, password: str, address: str) -> tuple[Account, str]:
        """The account that the name and password are of, and what is stored of the password.

        A failure is counted.
        """
        if not self._hashing.acquire(timeout=_HASH_WAIT_S):
            raise TooManyTries(int(_HASH_WAIT_S))
        try:
            return self._verified(name, password, address)
        finally:
            self._hashing.release()

    def _verified(self, name: str, password: str, address: str) -> tuple[Account, str]:
        own = subject_of("name", account_rows.folded_name(name))
        place = subject_of("address", address)
        with self._database.write() as connection:
            throttle.check(connection, own, self._now())
            throttle.check(connection, place, self._now())
            # Counted before it is known: tries at the same moment would all be free otherwise.
            throttle.count(connection, own, NAME, self._now())
            account = account_rows.find(connection, name)
            stored = account_rows.password_hash(connection, account.number) if account else None
        kept_out = account is None or account.disabled
        right = passwords.matches(None if kept_out else stored, password)
        with self._database.write() as connection:
            if account is None or stored is None or not right:
                throttle.count(connection, place, ADDRESS, self._now())
            else:
                throttle.forget(connection, own, self._now())
                return account, stored
        raise AccessRefused(because("sign-in-wrong"))

    def _number_of(self, connection: Connection, identity: Identity) -> int | None:
        """The account of an identity, its grants brought up to date; `None` if it may not in."""
        account = account_rows.of_identity(connection, identity.issuer, identity.subject)
        if account is None:
            if not identity.grants:  # nobody's account is made who may do nothing
                return None
            number = account_rows.add(
                connection,
                account_rows.free_name(connection, identity.name),
                display_name=identity.display_name,
                now=self._now(),
                identity=(identity.issuer, identity.subject),
            )
        else:
            number = account.number
        account_rows.set_provider_grants(connection, number, identity.grants)
        if account is not None and account.disabled:
            return None
        return number if account_rows.held_by(connection, number) else None

    def _note(self, write: Callable[[Connection], None]) -> None:
        """Write what can as well be written with the next request."""
        with suppress(RegisterLocked), self._database.write() as connection:
            write(connection)
