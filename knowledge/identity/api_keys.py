"""API keys: what programs show instead of a session. Kept as a hash, bounded by their owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from knowledge.audience import AudienceTree
from knowledge.errors import SettingsError
from knowledge.identity import account_rows
from knowledge.identity.access import ACTIONS, Grant, Principal, reach
from knowledge.identity.accounts_schema import api_keys, users
from knowledge.identity.session_rows import SEEN_EVERY, digest, new_secret
from knowledge.times import stamp

PREFIX = "voz_"
"""Before every key, so that whoever finds one in a file knows what it is."""

MAX_NAME_CHARS = 64


@dataclass(frozen=True)
class ApiKey:
    """What is kept of a key; times are ISO 8601 in UTC.

    Attributes:
        name: what people know it by.
        grant: what it may do.
        owner: the account it never can do more than; `None` for one of the command line's.
        created_at: when it was made.
        expires_at: from when it is refused; `None` for never.
        revoked_at: since when it is refused; `None` while it is not.
        used_at: last use, to the minute; `None` before the first.
    """

    name: str
    grant: Grant
    owner: str | None
    created_at: str
    expires_at: str | None
    revoked_at: str | None
    used_at: str | None


def add(
    connection: Connection,
    name: str,
    grant: Grant,
    *,
    tree: AudienceTree,
    now: datetime,
    life: timedelta | None,
    owner: str | None,
) -> str:
    """Make a key; it is told here and never again.

    Raises:
        SettingsError: the name is taken or empty, there is no such audience or owner, or the
            owner may not do what the key should.
    """
    account = account_rows.get(connection, owner) if owner is not None else None
    bound = account.grants if account else None
    principal = _principal(checked_name(connection, name), grant, None, bound)
    tree.above(grant.audience)  # raises for an audience that is not there
    _refuse_more_than_owner(principal, tree, owner)
    key = PREFIX + new_secret()
    connection.execute(
        insert(api_keys).values(
            key_hash=digest(key),
            name=name,
            role=grant.role,
            audience=grant.audience,
            created_by=account.number if account else None,
            created_at=stamp(now),
            expires_at=stamp(now + life) if life else None,
        )
    )
    return key


def checked_name(connection: Connection, name: str) -> str:
    """The name, if a new key may have it.

    Raises:
        SettingsError: it may not.
    """
    visible = name.isprintable() and not any(character.isspace() for character in name)
    if not 0 < len(name) <= MAX_NAME_CHARS or not visible:
        raise SettingsError(
            f"the key name {name!r} cannot be used: use 1 to {MAX_NAME_CHARS} visible characters, "
            "without spaces"
        )
    if connection.scalar(select(api_keys.c.id).where(api_keys.c.name == name)) is not None:
        raise SettingsError(
            f"there is, or was, a key {name!r}: choose another name, so that the records stay clear"
        )
    return name


def all_keys(connection: Connection) -> list[ApiKey]:
    """Every key, revoked ones too, by name."""
    joined = select(api_keys, users.c.name.label("owner")).outerjoin(users)
    return [_api_key(row) for row in connection.execute(joined.order_by(api_keys.c.name))]


def revoke(connection: Connection, name: str, now: datetime) -> None:
    """Refuse a key from now on.

    Raises:
        SettingsError: there is no such key in use.
    """
    in_use = (api_keys.c.name == name) & api_keys.c.revoked_at.is_(None)
    if not connection.execute(
        update(api_keys).where(in_use).values(revoked_at=stamp(now))
    ).rowcount:
        raise SettingsError(f"there is no key {name!r} in use: `voz keys list` shows all")


def find(connection: Connection, key: str, now: datetime) -> tuple[Principal, bool] | None:
    """Who shows a key, and whether its use is to be noted; `None` if it is not good."""
    columns = api_keys.c
    row = connection.execute(
        select(api_keys).where(columns.key_hash == digest(key), columns.revoked_at.is_(None))
    ).one_or_none()
    if row is None or (row.expires_at is not None and row.expires_at <= stamp(now)):
        return None
    bound = None
    if row.created_by is not None:
        owner = account_rows.numbered(connection, row.created_by)
        bound = owner.grants if owner and not owner.disabled else frozenset()
    unnoted = row.used_at is None or row.used_at <= stamp(now - SEEN_EVERY)
    grant = Grant(row.role, row.audience)
    return _principal(row.name, grant, row.created_by, bound), unnoted


def touch(connection: Connection, key: str, now: datetime) -> None:
    """Note that a key is in use."""
    own = api_keys.c.key_hash == digest(key)
    connection.execute(update(api_keys).where(own).values(used_at=stamp(now)))


def _principal(
    name: str, grant: Grant, account: int | None, bound: frozenset[Grant] | None
) -> Principal:
    # As the audit trail takes it, and as no account is called
    return Principal(account, f"key:{name}", frozenset({grant}), "key", within=bound)


def _refuse_more_than_owner(principal: Principal, tree: AudienceTree, owner: str | None) -> None:
    free = Principal(None, principal.name, principal.grants, "key")
    beyond = [a for a in ACTIONS if reach(free, a, tree) - reach(principal, a, tree)]
    if beyond:
        granted = ", ".join(map(str, principal.grants))
        raise SettingsError(
            f"a key of {owner!r} cannot be {granted}: the account itself may not "
            f"{', '.join(beyond)} so far; grant it that first, or make a smaller key"
        )


def _api_key(row: Row[Any]) -> ApiKey:
    return ApiKey(
        name=row.name,
        grant=Grant(row.role, row.audience),
        owner=row.owner,
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        used_at=row.used_at,
    )
