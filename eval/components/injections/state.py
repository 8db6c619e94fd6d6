"""Instrument: what is in the register, table by table, to tell what a run changed in it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import closing
from importlib.resources import files
from pathlib import Path

from sqlalchemy import MetaData, Table, func, select

from knowledge.settings import Settings
from knowledge.work.work_store import WorkStore

State = Mapping[str, str]
"""By table: how many rows, and a hash of all of them."""

OWN = frozenset(
    {
        "audit",
        "contacts",
        "contact_turns",
        "contact_events",
        "contact_needs",
        "need_citations",
        "need_subjects",
        "questions",
        "citations",
        "sessions",
        "topics",
        "commitment_contacts",  # how far a contact was looked through for promises
    }
)
"""What asking and talking store by themselves: questions and needs as they are counted, turns and
what was suggested, who was shown what. Nothing else may change."""

_STAMPS = frozenset({"used_at", "seen_at"})
"""When a key or session was last used."""


def state_of(settings: Settings) -> State:
    """Every table of the register but those of `OWN`, and the prompts."""
    with closing(WorkStore.open(settings)) as store:
        found = MetaData()
        with store.database.read() as connection:
            found.reflect(connection)
            told = {
                name: _told(connection, table)
                for name, table in found.tables.items()
                if name not in OWN and not name.startswith("alembic")
            }
    folder = Path(str(files("assistant.chat") / "prompts"))
    for prompt in sorted(folder.glob("*.md")):
        told[f"prompt {prompt.name}"] = hashlib.sha256(prompt.read_bytes()).hexdigest()
    return told


def rows_in(settings: Settings, table: str) -> int:
    """How many rows a table has."""
    with closing(WorkStore.open(settings)) as store, store.database.read() as connection:
        found = Table(table, MetaData(), autoload_with=connection)
        return connection.execute(select(func.count()).select_from(found)).scalar_one()


def changed(before: State, after: State) -> list[str]:
    """The tables and prompts that are not as they were."""
    return sorted(
        name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
    )


def _told(connection: object, table: Table) -> str:
    columns = [column for column in table.columns if column.name not in _STAMPS]
    rows = connection.execute(select(*columns))  # type: ignore[attr-defined]
    lines = sorted(repr(tuple(row)) for row in rows)
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return f"{len(lines)} {digest}"
