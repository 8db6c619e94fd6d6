"""Who there is to read: the accounts that answer customers, and where each of them stands."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge import audience_rows
from knowledge.audience import AudienceTree
from knowledge.identity import account_rows
from knowledge.identity.access import ALLOWED, Grant
from knowledge.identity.account_rows import Account
from knowledge.models import Viewer
from knowledge.work.questions import Person, Questions
from knowledge.work.work_store import WorkStore


def roster(store: WorkStore, viewer: Viewer) -> list[Person]:
    """Everybody with an account that may ask, by name.

    Where there are no accounts yet, those who asked or confirmed a reading.
    """
    with store.read() as connection:
        tree = audience_rows.tree(connection)
        accounts = account_rows.everybody(connection)
    if not accounts:
        return Questions(store).people(viewer)
    everybody = [
        Person(account.name, standing_at(account.grants, tree))
        for account in accounts
        if not account.disabled
    ]
    return [person for person in everybody if person.audiences]


def reader(account: Account, tree: AudienceTree) -> Viewer:
    """An account as a reader: what it must read is of where it stands, not of what it manages."""
    return Viewer(account.name, standing_at(account.grants, tree))


def standing_at(grants: Iterable[Grant], tree: AudienceTree) -> frozenset[str]:
    """The labels at and above the audiences of the grants that let somebody ask."""
    labels: set[str] = set()
    for grant in grants:
        if "ask" in ALLOWED[grant.role] and grant.audience in tree.audiences:
            labels |= tree.above(grant.audience)
    return frozenset(labels)
