"""Tables of accounts: who may sign in, what for, and what is remembered of it.

Times are ISO 8601 in UTC to the second, so that they sort as text. No password, session token or
API key is stored, only what one can be checked against.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from knowledge.schema import metadata

users = Table(
    "users",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("display_name", Text, nullable=False),
    Column("password_hash", Text),
    Column("disabled", Boolean, nullable=False),
    Column("must_change_password", Boolean, nullable=False),
    Column("issuer", Text),
    Column("subject", Text),
    Column("language", Text),
    Column("created_at", Text, nullable=False),
    Column("began_on", Text),
    UniqueConstraint("issuer", "subject"),
    sqlite_autoincrement=True,
)
"""``issuer`` and ``subject``: who it is at the identity provider; such an account has no password.
``began_on``: the day a person began to work there, where that is known; it tells agents' tenure.
Ids are never used again: what somebody did keeps pointing at nobody else."""

grants = Table(
    "grants",
    metadata,
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("role", Text, primary_key=True),
    Column("audience", Text, primary_key=True),
    Column("from_provider", Boolean, nullable=False),
)
"""``from_provider``: follows the groups that the identity provider tells at each sign-in."""

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("method", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("seen_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False, index=True),
)
"""``method``: how it was opened, ``password``, ``link`` or ``provider``."""

sign_in_links = Table(
    "sign_in_links",
    metadata,
    Column("code_hash", Text, primary_key=True),
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("expires_at", Text, nullable=False),
)
"""One-time links; a row is deleted when its link is used."""

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key_hash", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("audience", Text, nullable=False),
    Column("created_by", ForeignKey("users.id", ondelete="CASCADE"), index=True),
    Column("created_at", Text, nullable=False),
    Column("expires_at", Text),
    Column("revoked_at", Text),
    Column("used_at", Text),
    sqlite_autoincrement=True,
)
"""``created_by``: the account that it never can do more than; empty when made at the command line.
Revoked keys stay, so that a name in the records keeps its meaning."""

sign_in_failures = Table(
    "sign_in_failures",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", Text, nullable=False),
    Column("blocked_until", Text, nullable=False),
    Index("ix_sign_in_failures_last_at", "last_at"),
)
"""``subject``: hash of a name or an address; people type passwords into the wrong field."""
