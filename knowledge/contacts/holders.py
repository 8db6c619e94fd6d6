"""Accounts that may hold contacts, and for which audiences."""

from __future__ import annotations

from collections.abc import Set

from sqlalchemy import Connection

from knowledge.audience import AudienceTree
from knowledge.errors import SettingsError
from knowledge.identity import account_rows
from knowledge.identity.access import Principal, contact_reach
from knowledge.refusals import because
from knowledge.work.circles import places


def person(connection: Connection, name: str) -> Principal | None:
    """Who somebody is when signed in; `None`: there is nobody of that name who may."""
    account = account_rows.find(connection, name)
    return None if account is None or account.disabled else _signed_in(account)


def held_by(connection: Connection, name: str, tree: AudienceTree) -> frozenset[str]:
    """The audiences whose contacts somebody may hold; none where there is no such account."""
    principal = person(connection, name)
    return contact_reach(principal, tree).held if principal is not None else frozenset()


def holders(connection: Connection, audience: str, tree: AudienceTree) -> list[str]:
    """Accounts that may hold contacts of an audience, by name."""
    people = [_signed_in(one) for one in account_rows.everybody(connection) if not one.disabled]
    return [one.name for one in people if audience in contact_reach(one, tree).held]


def audience_of(held: Set[str], tree: AudienceTree) -> str | None:
    """The narrowest of some audiences; `None`: there is none.

    Raises:
        SettingsError: there are several, so it has to be named.
    """
    narrowest = sorted(places(held, tree) & tree.audiences.keys() & held)
    if len(narrowest) > 1:
        raise SettingsError(because("contact-audience-needed", known=tuple(narrowest)))
    return narrowest[0] if narrowest else None


def _signed_in(account: account_rows.Account) -> Principal:
    return Principal(account.number, account.name, account.grants, "session")
