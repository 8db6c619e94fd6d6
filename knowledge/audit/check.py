"""Whether the audit trail is the one that was written; if not, where it was damaged and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Connection, select

from knowledge.audit import head as audit_head
from knowledge.audit import rows as audit_rows
from knowledge.audit.rows import GENESIS, Head, digest
from knowledge.audit.schema import audit
from knowledge.database.storage_errors import storage_errors

if TYPE_CHECKING:
    from knowledge.database.connection import Database

Kind = Literal["changed", "missing", "inserted", "reordered", "cut-off", "rewritten", "head"]

_ROWS_PER_FETCH = 2000


@dataclass(frozen=True)
class Damage:
    """The first thing that is wrong.

    Attributes:
        kind: ``changed``: other content; ``missing``: taken out; ``inserted``: put in between;
            ``reordered``: in another's place; ``cut-off``: entries at the end are gone;
            ``rewritten``: the chain holds but is another one than the head tells of; ``head``:
            the head file is missing or unreadable.
        entry: its place, from 1. For ``missing`` and ``cut-off`` where the first one gone was, for
            ``rewritten`` the place up to which something was changed; `None` for ``head``. Where
            an entry was hashed anew, its own place or the next one may be named.
        message: one line for a person.
    """

    kind: Kind
    entry: int | None
    message: str


@dataclass(frozen=True)
class AuditReport:
    """What `verify` found.

    Attributes:
        entries: number of rows in the table.
        last: hex SHA-256 of the last row up to which the chain holds; `GENESIS` when there is none.
        head: what the head file says; `None` when it is missing or unreadable.
        damage: the first damage; `None` for a sound trail.
    """

    entries: int
    last: str
    head: Head | None
    damage: Damage | None

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return self.damage is None


@dataclass
class _Walk:
    """What reading the table in order has shown so far; `broken` is the first unfit row."""

    entries: int = 0
    last: str = GENESIS
    broken: Mapping[str, Any] | None = None
    hashes: dict[int, str] = field(default_factory=dict)


def verify(database: Database, head_path: Path, *, noted: Head | None = None) -> AuditReport:
    """Read the whole trail and compare it with its head.

    100,000 entries take a second or two. Writers go on meanwhile.

    Args:
        database: the register, for reading.
        head_path: the head file.
        noted: a head that somebody noted earlier and kept elsewhere.

    Raises:
        RegisterError: the register or the head file cannot be read at all.
    """
    with storage_errors(head_path):
        # Before the table: a head read later could be ahead of the state that is read here.
        head, head_damage = _read_head(head_path)
    with database.read() as connection:
        walk = _walk(connection, {h.count for h in (head, noted) if h})
        damage = _chain_damage(connection, walk, head) or head_damage
    if damage is None and head is None and walk.entries:
        damage = Damage(
            "head",
            None,
            f"{head_path} is missing though there are {walk.entries} audit entries: put it back "
            "from where it was copied to; until then entries cut off at the end are not noticed",
        )
    damage = damage or _head_damage(walk, head, f"{head_path} tells of")
    damage = damage or _head_damage(walk, noted, "the noted head tells of")
    return AuditReport(walk.entries, walk.last, head, damage)


def _read_head(path: Path) -> tuple[Head | None, Damage | None]:
    try:
        return audit_head.read(path), None
    except ValueError as error:
        message = f"{path} cannot be read ({error}): put it back from where it was copied to"
        return None, Damage("head", None, message)


def _walk(connection: Connection, wanted: set[int]) -> _Walk:
    """Follow the chain to its end or the first row that does not fit, and count all rows."""
    walk = _Walk(hashes={0: GENESIS} if 0 in wanted else {})
    if not audit_rows.exists(connection):
        return walk
    options = {"yield_per": _ROWS_PER_FETCH}
    rows = connection.execute(select(audit).order_by(audit.c.id), execution_options=options)
    for row in map(dict, rows.mappings()):
        walk.entries += 1
        if walk.broken is not None:
            continue
        fits = row["id"] == walk.entries and row["previous"] == walk.last
        if not fits or row["hash"] != digest(row):
            walk.broken = row | {"place": walk.entries}
            continue
        walk.last = row["hash"]
        if walk.entries in wanted:
            walk.hashes[walk.entries] = walk.last
    return walk


def _chain_damage(connection: Connection, walk: _Walk, head: Head | None) -> Damage | None:
    if walk.broken is None:
        return None
    kind, entry = _diagnosis(connection, walk, walk.broken, head)
    what = {
        "changed": "was changed after it was written",
        "missing": "is missing",
        "inserted": "was put in between afterwards",
        "reordered": "is not in the place it was written in",
    }[kind]
    return Damage(
        kind,
        entry,
        f"the audit trail is damaged: entry {entry} {what}; the chain holds up to there",
    )


def _diagnosis(
    connection: Connection, walk: _Walk, row: Mapping[str, Any], head: Head | None
) -> tuple[Kind, int]:
    """What happened at the first row that does not fit.

    The clues: is the row whole (its hash is its own), does it follow the last sound row, where is
    the row that does, and where is the one that it follows.
    """
    place: int = row["place"]
    whole = row["hash"] == digest(row)
    heirs = _places(connection, "previous", walk.last, row)
    if row["previous"] == walk.last:
        return ("inserted" if heirs else "changed"), place
    parents = _places(connection, "hash", row["previous"], row)
    if row["previous"] == GENESIS:
        parents = [0]
    twins = _places(connection, "hash", row["hash"], row)
    if heirs:
        return ("reordered" if whole and parents and not twins else "inserted"), place
    if whole and parents and parents[0] < place:
        return "inserted", parents[0] + 1
    if row["id"] > place or (whole and head and walk.entries < head.count):
        return "missing", place
    # A whole row whose parent is nowhere: the parent has been given another hash.
    return "changed", max(place - 1, 1) if whole else place


def _places(connection: Connection, column: str, value: Any, row: Mapping[str, Any]) -> list[int]:
    """Ids of the other rows with this hash, in order."""
    query = select(audit.c.id).where(audit.c[column] == value, audit.c.id != row["id"])
    return list(connection.execute(query.order_by(audit.c.id)).scalars())


def _head_damage(walk: _Walk, head: Head | None, who: str) -> Damage | None:
    if head is None or walk.hashes.get(head.count) == head.hash:
        return None
    if walk.entries < head.count:
        return Damage(
            "cut-off",
            walk.entries + 1,
            f"the audit trail is damaged: it ends after entry {walk.entries}, but {who} "
            f"{head.count} entries; those from {walk.entries + 1} on were cut off, or an older "
            "register was put back without its head file",
        )
    return Damage(
        "rewritten",
        head.count,
        f"the audit trail is damaged: {who} another entry {head.count} than the one there is; "
        "entries up to it were changed and the chain computed anew",
    )
