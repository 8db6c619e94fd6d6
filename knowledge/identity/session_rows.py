"""Sessions and one-time links, as rows: opened by a sign-in, looked at on every request.

A token has 256 bits from the system's generator; only its SHA-256 is kept, so that a copy of the
register signs nobody in.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Connection, delete, insert, select, update

from knowledge.identity import account_rows
from knowledge.identity.access import Principal
from knowledge.identity.account_rows import Account
from knowledge.identity.accounts_schema import sessions, sign_in_links, users
from knowledge.times import stamp

Method = Literal["password", "link", "provider"]

LINK_LIFE = timedelta(minutes=15)
SEEN_EVERY = timedelta(seconds=60)
"""How often it is written down that a session or key is in use: not with every request."""


@dataclass(frozen=True)
class Session:
    """Somebody who is signed in.

    Attributes:
        account: whose session it is, as it is now.
        method: how it was opened.
        seen_at: when it was last noted to be in use, ISO 8601, UTC.
    """

    account: Account
    method: Method
    seen_at: str

    @property
    def principal(self) -> Principal:
        """Who makes the requests of this session."""
        return Principal(self.account.number, self.account.name, self.account.grants, "session")

    @property
    def must_change_password(self) -> bool:
        """Whether nothing else is possible before the one-time password is changed.

        Whoever came by a link has not used the password, and is not held up by it.
        """
        return self.method == "password" and self.account.must_change_password


def new_secret() -> str:
    """A token that cannot be guessed: 256 bits, URL-safe."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is kept of a token or key. It has no structure to guess, so a plain hash is enough."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def start(
    connection: Connection, number: int, method: Method, now: datetime, life: timedelta
) -> str:
    """Open a session; its token, which is told once. Expired ones are cleared away."""
    connection.execute(delete(sessions).where(sessions.c.expires_at <= stamp(now)))
    token = new_secret()
    connection.execute(
        insert(sessions).values(
            token_hash=digest(token),
            user_id=number,
            method=method,
            created_at=stamp(now),
            seen_at=stamp(now),
            expires_at=stamp(now + life),
        )
    )
    return token


def find(connection: Connection, token: str, now: datetime, idle: timedelta) -> Session | None:
    """The session of a token, if it is still good and its account may be signed in."""
    columns = sessions.c
    row = connection.execute(
        select(users, columns.method, columns.seen_at)
        .select_from(sessions.join(users))
        .where(
            columns.token_hash == digest(token),
            columns.expires_at > stamp(now),
            columns.seen_at > stamp(now - idle),
            ~users.c.disabled,
        )
    ).one_or_none()
    if row is None:
        return None
    return Session(account_rows.account_of(connection, row), row.method, row.seen_at)


def touch(connection: Connection, token: str, now: datetime) -> None:
    """Note that a session is in use."""
    own = sessions.c.token_hash == digest(token)
    connection.execute(update(sessions).where(own).values(seen_at=stamp(now)))


def end(connection: Connection, token: str) -> None:
    """End one session; nothing happens where there is none."""
    connection.execute(delete(sessions).where(sessions.c.token_hash == digest(token)))


def make_link(connection: Connection, number: int, now: datetime) -> str:
    """The code of a link that signs an account in once, within `LINK_LIFE`."""
    connection.execute(delete(sign_in_links).where(sign_in_links.c.expires_at <= stamp(now)))
    code = new_secret()
    row = {"code_hash": digest(code), "user_id": number, "expires_at": stamp(now + LINK_LIFE)}
    connection.execute(insert(sign_in_links).values(**row))
    return code


def use_link(connection: Connection, code: str, now: datetime) -> int | None:
    """The account of a link, which is used up by this; `None` if it is not good (any more)."""
    columns = sign_in_links.c
    good = (columns.code_hash == digest(code)) & (columns.expires_at > stamp(now))
    number: int | None = connection.scalar(select(columns.user_id).where(good))
    if number is None or connection.execute(delete(sign_in_links).where(good)).rowcount != 1:
        return None  # another request was first
    return number
