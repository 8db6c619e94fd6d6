"""Promises and complaints over time: what has come to be late."""

from __future__ import annotations

from sqlalchemy import and_, or_

from knowledge.audit import append
from knowledge.commitments import commitment_rows as rows
from knowledge.commitments.commitment_schema import commitments
from knowledge.commitments.rights import entry
from knowledge.work import notice_rows
from knowledge.work.work_store import WorkStore

PROGRAM = "voz"
"""Who a step and the audit trail say it was when the program did it by itself."""


def tell_overdue(store: WorkStore) -> int:
    """Tell those responsible of what has come to be overdue; how many there were."""
    untold = and_(
        rows.overdue(store.today(), store.now()),
        or_(
            commitments.c.overdue_told.is_(None),
            commitments.c.overdue_told != commitments.c.due,
        ),
    )
    with store.read() as connection:
        if not rows.found(connection, untold, limit=1):
            return 0
    with store.change() as connection:
        found = rows.found(connection, untold)
        now = store.now()
        for one in found:
            due = one.due.isoformat() if one.due else None
            rows.change(connection, one.number, {"overdue_told": due}, now)
            rows.add_step(connection, one.number, "overdue", PROGRAM, now, due=one.due)
            if one.responsible:
                notice_rows.add(
                    connection,
                    one.responsible,
                    "commitment_overdue",
                    now,
                    commitment=one.number,
                )
            append(connection, entry(PROGRAM, "commitment.overdue", one))
    return len(found)
