"""What a version's note says to its readers, without what reviewers told its author.

A version that is sent back keeps the reviewer's reason in its note, on a line of its own after
their name (`Curation.send_back`). That is between the two of them; who sent back what is in the
audit trail.
"""

from __future__ import annotations

from sqlalchemy import Connection, select

from knowledge.audit.schema import audit


def without_remarks(connection: Connection, source_id: int, note: str) -> str:
    """The note without the lines that reviewers of the source added.

    Args:
        connection: in any transaction.
        source_id: row of the source.
        note: of one of its versions.
    """
    if ": " not in note:
        return note
    query = (
        select(audit.c.actor)
        .where(audit.c.action == "source.rejected", audit.c.object == f"source:{source_id}")
        .distinct()
    )
    reviewers = tuple(f"{name}: " for name in connection.execute(query).scalars())
    return "\n".join(line for line in note.split("\n") if not line.startswith(reviewers)).strip()
