"""The measures of the contacts that somebody sees, from whoever knows each; see `knowing`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import Connection

from assistant.shell.themes.sight import Sight, title_of, widest
from assistant.themes import measures
from assistant.themes.measures import Measure, Value
from assistant.themes.ports import Known
from assistant.themes.weeks import Period
from knowledge.audience import AudienceTree
from knowledge.identity import account_rows
from knowledge.themes import measure_rows
from knowledge.themes.measure_rows import ContactRow
from knowledge.themes.scope import Scope
from knowledge.work.work_store import WorkStore


@dataclass(frozen=True)
class Measured:
    """The measures of a group of contacts.

    Attributes:
        audience: its label.
        title: for people.
        contacts: opened in the period.
        values: by measure, in the order in which they count.
    """

    audience: str
    title: str
    contacts: int
    values: Mapping[Measure, Value]


def opened(
    connection: Connection, store: WorkStore, scope: Scope, *, before: int = 0
) -> list[ContactRow]:
    """Contacts that were opened in the days of a scope, or in so many days before them."""
    first = scope.first - timedelta(days=before)
    last = scope.first - timedelta(days=1) if before else scope.last
    zone = store.time_zone
    return measure_rows.opened(connection, first, last, scope.labels, zone)


def measured(
    connection: Connection,
    store: WorkStore,
    known: Known,
    sight: Sight,
    scope: Scope,
    audience: str | None,
) -> Measured:
    """The measures of what is in scope.

    Args:
        connection: in any transaction.
        store: the register's work.
        known: where outcomes, promises and others are known from.
        sight: of whoever asks.
        scope: which contacts.
        audience: label that was asked for; `None`: all that they see.
    """
    period, labels = Period(scope.first, scope.last), scope.labels
    back = measures.REPEATED_DAYS
    wider = Period(period.first - timedelta(days=back), period.last)
    contacts = opened(connection, store, scope)
    verdicts: Counter[str] = Counter()
    for counts in measure_rows.verdicts(connection, scope).values():
        verdicts.update(counts)
    customers = known.customers.customers(wider, labels) if known.customers else None
    earlier = opened(connection, store, scope, before=back) if customers else []
    topics = (
        measure_rows.topics_of(connection, replace(scope, first=wider.first)) if customers else {}
    )
    outcomes = known.outcomes.outcomes(period, labels) if known.outcomes else None
    asked = known.escalated.escalated(period, labels) if known.escalated else None
    promised = known.promised.promises(period, labels) if known.promised else None
    complained = known.complained.complaints(period, labels) if known.complained else None
    values: dict[Measure, Value] = {
        "resolved": measures.resolved(contacts, outcomes),
        "repeated": measures.repeated(contacts, earlier, customers, topics),
        "escalated": measures.escalated(contacts, asked),
        "promises": measures.promises(promised),
        "complaints": measures.complaints(complained),
        "answered": measures.answered(verdicts),
        "handle_time": measures.handle_time(contacts),
    }
    tops = [audience] if audience is not None else widest(labels, sight.tree)
    titles = ", ".join(title_of(label, sight.tree) for label in tops)
    return Measured(" ".join(tops), titles, len(contacts), values)


def sizes_of(connection: Connection, tree: AudienceTree) -> dict[str, int]:
    """How many accounts talk with customers for each audience or one below it."""
    sizes: Counter[str] = Counter()
    for account in account_rows.everybody(connection):
        if account.disabled:
            continue
        held = {g.audience for g in account.grants if g.role == "agent"} & tree.audiences.keys()
        sizes.update({above for label in held for above in tree.above(label)})
    return dict(sizes)
