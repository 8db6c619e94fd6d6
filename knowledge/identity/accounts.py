"""Accounts and API keys of one data folder: who there is and what they hold.

Every change is on disk when its method returns and counts from the next request on, since nothing
of it is kept in memory. Whether the caller may make it is `knowledge.identity.access`'s question;
how one gets in is `knowledge.identity.sign_in`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Self

from sqlalchemy import Connection

from knowledge.audience import AudienceTree
from knowledge.audit import Action, Event, append, audited, local_actor
from knowledge.audit.event import Detail
from knowledge.database.closable import Closable
from knowledge.database.connection import Database
from knowledge.errors import SettingsError
from knowledge.identity import account_rows, api_keys, passwords, session_rows
from knowledge.identity.access import ROLES, Grant, told_grants
from knowledge.identity.account_rows import Account
from knowledge.identity.api_keys import ApiKey
from knowledge.models import EVERYONE, Language
from knowledge.refusals import because
from knowledge.register import Register
from knowledge.settings import Settings
from knowledge.times import utc_now
from knowledge.validity import day_at

__all__ = ["Account", "Accounts", "ApiKey", "NewAdministrator"]

FIRST_NAME = "admin"


@dataclass(frozen=True)
class NewAdministrator:
    """The first account of an installation; told once, kept nowhere.

    Attributes:
        name: of the account.
        password: one-time; the first sign-in with it asks for another.
        code: of a link that signs in once, within `session_rows.LINK_LIFE`.
    """

    name: str
    password: str
    code: str


class Accounts(Closable):
    """The accounts of a register. Made by `open`; threads may share it.

    Args:
        database: the register's. Transactions are short and wait for one another, so the one
            writer's place is not needed: documents can be taken in meanwhile.
        audit_head: the audit trail's head file.
        actor: who makes the changes; `None`: whoever runs the command.
        clock: the time now, UTC.
        time_zone: where the company's days begin.
    """

    def __init__(
        self,
        database: Database,
        audit_head: Path,
        *,
        actor: str | None = None,
        clock: Callable[[], datetime] = utc_now,
        time_zone: str = "UTC",
    ) -> None:
        self._database = database
        self._audit_head = audit_head
        self._actor = actor or local_actor()
        self._now = clock
        self._time_zone = time_zone

    @classmethod
    def open(cls, settings: Settings, *, actor: str | None = None) -> Self:
        """The accounts of a data folder; the register is made when there is none.

        Args:
            settings: of the data folder.
            actor: account that makes the changes; `None`: whoever runs the command.

        Raises:
            RegisterError: it cannot be made, opened or brought up to date.
        """
        return cls(
            open_database(settings),
            settings.audit_head_path,
            actor=actor,
            time_zone=settings.time_zone,
        )

    def acting(self, actor: str) -> Self:
        """The same accounts, changed in somebody's name."""
        return type(self)(
            self._database,
            self._audit_head,
            actor=actor,
            clock=self._now,
            time_zone=self._time_zone,
        )

    def close(self) -> None:
        """Close the connections."""
        self._database.close()

    # Who there is

    def all(self) -> list[Account]:
        """Every account, by name."""
        with self._database.read() as connection:
            return account_rows.everybody(connection)

    def get(self, name: str) -> Account:
        """The account of a name.

        Raises:
            SettingsError: there is none.
        """
        with self._database.read() as connection:
            return account_rows.get(connection, name)

    def add(
        self,
        name: str,
        password: str | None = None,
        *,
        display_name: str = "",
        language: Language | None = None,
    ) -> str | None:
        """A new account that may do nothing yet.

        Returns:
            Its one-time password if none was given, which is told here only.

        Raises:
            SettingsError: the name is taken or cannot be used, or the password is refused.
        """
        name = account_rows.checked_name(name)
        given = passwords.check(password, name) if password is not None else passwords.one_time()
        with self._entering("account.added") as (connection, done):
            done.object = account_rows.add(
                connection,
                name,
                display_name=display_name,
                now=self._now(),
                password_hash=passwords.hashed(given),
                must_change_password=password is None,
                language=language,
            )
        return given if password is None else None

    def first_administrator(self) -> NewAdministrator | None:
        """The account to begin with, holding every role for everybody; `None` if there are any."""
        with self._database.read() as connection:
            if not account_rows.is_empty(connection):
                return None
        password = passwords.one_time()
        stored = passwords.hashed(password)
        now = self._now()
        with audited(self._database, self._audit_head) as connection:
            if not account_rows.is_empty(connection):
                return None
            number = account_rows.add(
                connection,
                FIRST_NAME,
                display_name="",
                now=now,
                password_hash=stored,
                must_change_password=True,
            )
            for role in ROLES:
                grant = Grant(role, EVERYONE)
                account_rows.add_grant(connection, number, grant, from_provider=False)
            code = session_rows.make_link(connection, number, now)
            append(connection, Event(self._actor, "account.added", f"account:{number}"))
        return NewAdministrator(FIRST_NAME, password, code)

    def disable(self, name: str) -> None:
        """Keep an account out, and end its sessions.

        Raises:
            SettingsError: there is none, or nobody would be left to administer accounts.
        """
        with self._entering("account.disabled") as (connection, done):
            account = account_rows.get(connection, name)
            done.object = account.number
            account_rows.change(connection, account.number, disabled=True)
            account_rows.end_sessions(connection, account.number)
            if account_rows.FULL_ADMINISTRATOR in account.grants:
                account_rows.keep_an_administrator(connection)

    def enable(self, name: str) -> None:
        """Let an account in again.

        Raises:
            SettingsError: there is none.
        """
        with self._entering("account.enabled") as (connection, done):
            account = account_rows.get(connection, name)
            done.object = account.number
            account_rows.change(connection, account.number, disabled=False)

    def set_began(self, name: str, day: date) -> None:
        """Note the day on which a person began to work there, which tells their tenure.

        Raises:
            SettingsError: there is no such account, or the day is still to come.
        """
        if day > day_at(self._now(), self._time_zone):
            raise SettingsError(because("account-began", day=day))
        with self._entering("account.dated") as (connection, done):
            account = account_rows.get(connection, name)
            done.object = account.number
            account_rows.change(connection, account.number, began_on=day.isoformat())

    def grant(self, name: str, grant: Grant, tree: AudienceTree) -> None:
        """Give an account a role at an audience.

        Raises:
            SettingsError: there is no such account or audience.
        """
        tree.above(grant.audience)
        with self._entering("account.roles_changed", given=str(grant)) as (connection, done):
            account = account_rows.get(connection, name)
            done.object = account.number
            account_rows.add_grant(connection, account.number, grant, from_provider=False)

    def revoke(self, name: str, grant: Grant) -> None:
        """Take a role at an audience away.

        Raises:
            SettingsError: the account does not hold it, or nobody would be left to administer.
        """
        with self._entering("account.roles_changed", taken=str(grant)) as (connection, done):
            account = account_rows.get(connection, name)
            done.object = account.number
            if not account_rows.remove_grant(connection, account.number, grant):
                held = told_grants(account.grants)
                raise SettingsError(
                    because("grant-not-held", name=account.name, grant=grant.told, held=held)
                )
            if grant == account_rows.FULL_ADMINISTRATOR:
                account_rows.keep_an_administrator(connection)

    # Passwords

    def set_password(self, name: str, password: str | None = None) -> str | None:
        """Give an account a new password and end its sessions.

        Returns:
            The one-time password if none was given, which is told here only.

        Raises:
            SettingsError: there is no such account, or the password is refused.
        """
        account = self.get(name)
        account_rows.refuse_foreign(account)
        given = password if password is not None else passwords.one_time()
        stored = passwords.hashed(passwords.check(given, account.name))
        with self._entering("account.password_reset") as (connection, done):
            done.object = account.number
            account_rows.store_password(
                connection, account.number, stored, one_time=password is None
            )
        return given if password is None else None

    # Keys of programs

    def add_key(
        self,
        name: str,
        grant: Grant,
        tree: AudienceTree,
        *,
        life: timedelta | None = None,
        owner: str | None = None,
    ) -> str:
        """Make an API key; it is told here only.

        Args:
            name: what people know it by.
            grant: what it may do.
            tree: all audiences.
            life: how long it is good; `None` for ever.
            owner: the account that it never can do more than; `None` binds it to nobody.

        Raises:
            SettingsError: the name is taken or cannot be used, there is no such audience or
                owner, or the owner may not do as much.
        """
        now = self._now()
        with self._entering("key.added", grant=str(grant)) as (connection, done):
            done.object = name
            return api_keys.add(connection, name, grant, tree=tree, now=now, life=life, owner=owner)

    def keys(self) -> list[ApiKey]:
        """Every key, revoked ones too, by name."""
        with self._database.read() as connection:
            return api_keys.all_keys(connection)

    def revoke_key(self, name: str) -> None:
        """Refuse a key from now on.

        Raises:
            SettingsError: there is no such key in use.
        """
        with self._entering("key.revoked") as (connection, done):
            done.object = name
            api_keys.revoke(connection, name, self._now())

    @contextmanager
    def _entering(self, action: Action, **details: Detail) -> Iterator[tuple[Connection, _Done]]:
        """A change and its entry in the audit trail; the block says what it was done to."""
        done = _Done()
        with audited(self._database, self._audit_head) as connection:
            yield connection, done
            kind = action.partition(".")[0]
            append(connection, Event(self._actor, action, f"{kind}:{done.object}", details))


@dataclass
class _Done:
    """What a change was done to: an account's number or a key's name."""

    object: int | str = ""


def open_database(settings: Settings) -> Database:
    """The register's database for what needs no lock, at the newest schema.

    Raises:
        RegisterError: it cannot be made, opened or brought up to date.
    """
    database = Database(settings.register_address, write=False)
    try:
        # Makes it, or else brings an older schema up to date
        Register.open(settings, write=not database.exists()).close()
    except BaseException:
        database.close()
        raise
    return database
