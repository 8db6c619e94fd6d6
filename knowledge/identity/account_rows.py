"""Accounts and what they hold, as rows: read and written within a transaction of `accounts`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from knowledge.errors import SettingsError
from knowledge.identity.access import Grant, Role
from knowledge.identity.accounts_schema import grants, sessions, sign_in_links, users
from knowledge.models import EVERYONE, Language
from knowledge.refusals import because
from knowledge.times import stamp

_NAME = re.compile(r"[a-z0-9][a-z0-9._@+-]{0,63}")
FULL_ADMINISTRATOR = Grant("admin", EVERYONE)


@dataclass(frozen=True)
class Account:
    """Somebody who may sign in.

    Attributes:
        number: the register's number for it, never reused.
        name: what it signs in with; lower case.
        display_name: what people read.
        grants: what it holds.
        disabled: whether it is kept out.
        must_change_password: whether its password is a one-time one.
        provider: the identity provider that vouches for it; `None` for a password of our own.
        language: of the interface; `None` follows the browser.
        created_at: ISO 8601, UTC.
        began_on: the day the person began to work there, ISO 8601; `None`: not known.
    """

    number: int
    name: str
    display_name: str
    grants: frozenset[Grant]
    disabled: bool
    must_change_password: bool
    provider: str | None
    language: Language | None
    created_at: str
    began_on: str | None = None


def checked_name(name: str) -> str:
    """An account's name in the form in which it is kept.

    Raises:
        SettingsError: it cannot be one.
    """
    folded = folded_name(name)
    if not _NAME.fullmatch(folded):
        raise SettingsError(because("account-name", name=name))
    return folded


def folded_name(name: str) -> str:
    """A name as typed in the form in which it would be kept."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def free_name(connection: Connection, wanted: str) -> str:
    """A name that is not taken yet, made of what an identity provider calls somebody."""
    letters = unicodedata.normalize("NFKD", folded_name(wanted)).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9._@+-]+", "-", letters).strip("-._@+")[:56] or "person"
    taken = set(connection.scalars(select(users.c.name).where(users.c.name.startswith(base))))
    number = 1
    while (name := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return name


def find(connection: Connection, name: str) -> Account | None:
    """The account of a name, however it is capitalised."""
    folded = folded_name(name)
    if not _NAME.fullmatch(folded):  # nor could every database take it as a parameter
        return None
    row = connection.execute(select(users).where(users.c.name == folded)).one_or_none()
    return account_of(connection, row) if row else None


def get(connection: Connection, name: str) -> Account:
    """The account of a name.

    Raises:
        SettingsError: there is none.
    """
    account = find(connection, name)
    if account is None:
        raise SettingsError(because("account-unknown", name=name))
    return account


def account_of(connection: Connection, row: Row[Any]) -> Account:
    """The account of a row of ``users``, with what it holds."""
    return _made(row, held_by(connection, row.id))


def numbered(connection: Connection, number: int) -> Account | None:
    """The account of a number."""
    row = connection.execute(select(users).where(users.c.id == number)).one_or_none()
    return account_of(connection, row) if row else None


def everybody(connection: Connection) -> list[Account]:
    """Every account, by name."""
    held: dict[int, set[Grant]] = {}
    for row in connection.execute(select(grants)):
        held.setdefault(row.user_id, set()).add(_grant(row))
    rows = connection.execute(select(users).order_by(users.c.name))
    return [_made(row, frozenset(held.get(row.id, ()))) for row in rows]


def is_empty(connection: Connection) -> bool:
    """Whether there is no account at all."""
    return connection.scalar(select(func.count()).select_from(users)) == 0


def password_hash(connection: Connection, number: int) -> str | None:
    """What a password is checked against; `None` where there is none."""
    return connection.scalar(select(users.c.password_hash).where(users.c.id == number))


def add(
    connection: Connection,
    name: str,
    *,
    display_name: str,
    now: datetime,
    password_hash: str | None = None,
    must_change_password: bool = False,
    language: Language | None = None,
    identity: tuple[str, str] | None = None,
) -> int:
    """A new account without grants; its number.

    Raises:
        SettingsError: the name is taken.
    """
    if find(connection, name) is not None:
        raise SettingsError(because("account-taken", name=name))
    issuer, subject = identity or (None, None)
    added = connection.execute(
        insert(users).values(
            name=name,
            display_name=display_name.strip() or name,
            password_hash=password_hash,
            disabled=False,
            must_change_password=must_change_password,
            issuer=issuer,
            subject=subject,
            language=language,
            created_at=stamp(now),
        )
    )
    return cast("int", added.inserted_primary_key[0])  # type: ignore[index]


def of_identity(connection: Connection, issuer: str, subject: str) -> Account | None:
    """The account of somebody whom an identity provider vouches for."""
    known = (users.c.issuer == issuer) & (users.c.subject == subject)
    row = connection.execute(select(users).where(known)).one_or_none()
    return account_of(connection, row) if row else None


def change(connection: Connection, number: int, **values: Any) -> None:
    """Set columns of an account."""
    connection.execute(update(users).where(users.c.id == number).values(**values))


def store_password(connection: Connection, number: int, stored: str, *, one_time: bool) -> None:
    """Give an account a new password, and sign it out everywhere."""
    change(connection, number, password_hash=stored, must_change_password=one_time)
    end_sessions(connection, number)


def refuse_foreign(account: Account) -> None:
    """Check that an account has a password of its own.

    Raises:
        SettingsError: it signs in with an identity provider.
    """
    if account.provider is not None:
        raise SettingsError(
            because("account-elsewhere", name=account.name, provider=account.provider)
        )


def add_grant(connection: Connection, number: int, grant: Grant, *, from_provider: bool) -> None:
    """Give a role at an audience; one given by a person stays when the provider gives it too."""
    row = {"user_id": number, "role": grant.role, "audience": grant.audience}
    known = _same(number, grant)
    held = connection.execute(select(grants.c.from_provider).where(known)).one_or_none()
    if held is None:
        connection.execute(insert(grants).values(**row, from_provider=from_provider))
    elif held.from_provider and not from_provider:
        connection.execute(update(grants).where(known).values(from_provider=False))


def remove_grant(connection: Connection, number: int, grant: Grant) -> bool:
    """Take a role at an audience away; whether it was held."""
    return connection.execute(delete(grants).where(_same(number, grant))).rowcount > 0


def set_provider_grants(connection: Connection, number: int, told: Iterable[Grant]) -> None:
    """Let what came from the identity provider be exactly this."""
    connection.execute(delete(grants).where(grants.c.user_id == number, grants.c.from_provider))
    for grant in told:
        add_grant(connection, number, grant, from_provider=True)


def held_by(connection: Connection, number: int) -> frozenset[Grant]:
    """What an account holds."""
    rows = connection.execute(select(grants).where(grants.c.user_id == number))
    return frozenset(_grant(row) for row in rows)


def end_sessions(connection: Connection, number: int) -> None:
    """Sign an account out everywhere, unused links included."""
    connection.execute(delete(sessions).where(sessions.c.user_id == number))
    connection.execute(delete(sign_in_links).where(sign_in_links.c.user_id == number))


def keep_an_administrator(connection: Connection) -> None:
    """Check that somebody is left who may do everything to accounts.

    Raises:
        SettingsError: nobody is; the transaction is to be undone.
    """
    if not any(FULL_ADMINISTRATOR in a.grants and not a.disabled for a in everybody(connection)):
        raise SettingsError(because("account-last-admin", grant=FULL_ADMINISTRATOR.told))


def _same(number: int, grant: Grant) -> Any:
    columns = grants.c
    return (
        (columns.user_id == number)
        & (columns.role == grant.role)
        & (columns.audience == grant.audience)
    )


def _made(row: Row[Any], held: frozenset[Grant]) -> Account:
    return Account(
        number=row.id,
        name=row.name,
        display_name=row.display_name,
        grants=held,
        disabled=row.disabled,
        must_change_password=row.must_change_password,
        provider=row.issuer,
        language=row.language,
        created_at=row.created_at,
        began_on=row.began_on,
    )


def _grant(row: Row[Any]) -> Grant:
    return Grant(cast("Role", row.role), row.audience)
