"""What has a name, an audience and versions that are never changed: golden sets and scorecards."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Connection, Table, insert, select, update

from knowledge.errors import SettingsError
from knowledge.refusals import because

_NAME = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
MAX_NAME_CHARS = 60


@dataclass(frozen=True)
class NamedVersions:
    """The tables of one kind, within the caller's transaction.

    Attributes:
        things: with ``id``, ``name``, ``audience`` and ``removed_at``.
        versions: with ``number`` and ``sha256``.
        owner: name of the versions' column that says whose they are.
        unusable: code of the refusal of a name that cannot be used.
        taken: code of the refusal of a name that is another audience's.
    """

    things: Table
    versions: Table
    owner: str
    unusable: str
    taken: str

    def usable(self, name: str) -> None:
        """Refuse a name that cannot be used.

        Raises:
            SettingsError: it is too long, or has other characters.
        """
        if len(name) > MAX_NAME_CHARS or not _NAME.fullmatch(name):
            raise SettingsError(
                because(self.unusable, name=name[:MAX_NAME_CHARS], limit=MAX_NAME_CHARS)
            )

    def id_of(self, connection: Connection, name: str, audience: str, **new: Any) -> int:
        """The number of what has a name: there already, there again, or new.

        Args:
            connection: in a write transaction.
            name: see `usable`.
            audience: label of whose it is.
            new: what else is noted of a new one.

        Raises:
            SettingsError: the name is another audience's.
        """
        row = connection.execute(select(self.things).where(self.things.c.name == name)).first()
        if row is None:
            made = connection.execute(
                insert(self.things).values(name=name, audience=audience, **new)
            )
            return cast("int", made.inserted_primary_key[0])  # type: ignore[index]
        if row.audience != audience:
            raise SettingsError(because(self.taken, name=name, audience=row.audience))
        self.mark(connection, row.id, removed_at=None)
        return int(row.id)

    def add(self, connection: Connection, number: int, sha256: str, **said: Any) -> int | None:
        """The number of the version that was added; `None` where the newest says the same.

        Args:
            connection: in a write transaction.
            number: of the thing.
            sha256: of what the version says.
            said: its other columns.
        """
        query = (
            select(self.versions.c.number, self.versions.c.sha256)
            .where(self.versions.c[self.owner] == number)
            .order_by(self.versions.c.number.desc())
            .limit(1)
        )
        newest = connection.execute(query).first()
        if newest is not None and newest.sha256 == sha256:
            return None
        version = newest.number + 1 if newest else 1
        own = {self.owner: number, "number": version, "sha256": sha256}
        connection.execute(insert(self.versions).values(**own, **said))
        return int(version)

    def mark(self, connection: Connection, number: int, **changed: Any) -> None:
        """Change what is noted of the thing itself, such as that it is removed."""
        connection.execute(update(self.things).where(self.things.c.id == number).values(**changed))
