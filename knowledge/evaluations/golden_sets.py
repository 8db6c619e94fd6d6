"""Golden sets: named, each with versions that are never changed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, Select, func, select

from knowledge import audience_rows
from knowledge.audit import Event, append
from knowledge.errors import NotFound
from knowledge.evaluations.evaluation_schema import golden_sets, golden_versions
from knowledge.models import EVERYONE
from knowledge.refusals import because
from knowledge.work.named_versions import MAX_NAME_CHARS, NamedVersions
from knowledge.work.work_store import WorkStore

_KEPT = NamedVersions(golden_sets, golden_versions, "set_id", "golden-set-name", "golden-set-other")


@dataclass(frozen=True)
class GoldenVersion:
    """One version of a set.

    Attributes:
        set_id: the register's number for the set.
        name: of the set.
        audience: label of those whose evaluations it is for.
        gates: whether versions of sources have to pass it to be published.
        number: of the version, from 1.
        sha256: of its cases.
        cases: how many there are.
        made_by: who brought it in.
        made_at: when, ISO 8601 in UTC.
    """

    set_id: int
    name: str
    audience: str
    gates: bool
    number: int
    sha256: str
    cases: int
    made_by: str
    made_at: str


class GoldenSets:
    """The golden sets of one register.

    What a set holds is checked by whoever reads it (`eval.golden.reading`); here it is a text.
    """

    def __init__(self, store: WorkStore) -> None:
        self._store = store

    def all(self, reach: Collection[str]) -> list[GoldenVersion]:
        """The newest version of every set, by name.

        Args:
            reach: labels for which somebody evaluates.
        """
        newest = (
            select(golden_versions.c.set_id, func.max(golden_versions.c.number).label("number"))
            .group_by(golden_versions.c.set_id)
            .subquery()
        )
        query = (
            _versions()
            .join(
                newest,
                (newest.c.set_id == golden_versions.c.set_id)
                & (newest.c.number == golden_versions.c.number),
            )
            .where(golden_sets.c.removed_at.is_(None), golden_sets.c.audience.in_(list(reach)))
            .order_by(golden_sets.c.name)
        )
        with self._store.read() as connection:
            return [_version(row) for row in connection.execute(query).mappings()]

    def versions(self, name: str, reach: Collection[str]) -> list[GoldenVersion]:
        """All versions of a set, the newest first.

        Raises:
            NotFound: there is none of that name within reach.
        """
        query = (
            _versions()
            .where(
                golden_sets.c.name == name,
                golden_sets.c.removed_at.is_(None),
                golden_sets.c.audience.in_(list(reach)),
            )
            .order_by(golden_versions.c.number.desc())
        )
        with self._store.read() as connection:
            found = [_version(row) for row in connection.execute(query).mappings()]
        if not found:
            known = ", ".join(one.name for one in self.all(reach)[:10]) or "–"
            raise NotFound(because("golden-set-unknown", name=name[:MAX_NAME_CHARS], known=known))
        return found

    def content(
        self, name: str, reach: Collection[str], number: int | None = None
    ) -> tuple[GoldenVersion, str]:
        """A version, the newest if none is named, and its cases as they were brought in.

        Raises:
            NotFound: there is no such set or version within reach.
        """
        versions = self.versions(name, reach)
        version = next((v for v in versions if number in (None, v.number)), None)
        if version is None:
            raise NotFound(
                because("golden-version-unknown", name=name, number=number, last=versions[0].number)
            )
        query = select(golden_versions.c.content).where(
            golden_versions.c.set_id == version.set_id,
            golden_versions.c.number == version.number,
        )
        with self._store.read() as connection:
            return version, str(connection.execute(query).scalar_one())

    def save(
        self, name: str, content: str, sha256: str, cases: int, by: str, audience: str = EVERYONE
    ) -> GoldenVersion:
        """A new version of a set, which is made if there is none; the newest if nothing changed.

        Args:
            name: lower-case letters and digits, with hyphens and dots between.
            content: cases as JSON lines, checked before.
            sha256: of the cases.
            cases: how many there are.
            by: who brings it in.
            audience: label of those whose evaluations it is for.

        Raises:
            SettingsError: the name cannot be used, there is no such audience, or the set is
                another audience's.
        """
        said = {"cases": cases, "content": content, "made_by": by, "made_at": self._store.now()}
        _KEPT.usable(name)
        with self._store.change() as connection:
            audience_rows.tree(connection).above(audience)
            set_id = _KEPT.id_of(connection, name, audience, gates=False)
            number = _KEPT.add(connection, set_id, sha256, **said)
            if number is not None:
                about = {"version": number, "cases": cases}
                append(connection, Event(by, "golden.saved", f"golden:{set_id}", about))
        return self.versions(name, [audience])[0]

    def gate(self, name: str, by: str, reach: Collection[str], *, on: bool) -> None:
        """Have versions pass this set before they are published, or no longer.

        Raises:
            NotFound: there is none of that name within reach.
        """
        set_id = self.versions(name, reach)[0].set_id
        with self._store.change() as connection:
            _KEPT.mark(connection, set_id, gates=on)
            append(connection, Event(by, "golden.gates", f"golden:{set_id}", {"on": on}))

    def gating(self) -> list[GoldenVersion]:
        """The newest version of every set that versions have to pass, whoever's it is."""
        with self._store.read() as connection:
            labels = audience_rows.tree(connection).audiences
        return [one for one in self.all(list(labels)) if one.gates]

    def remove(self, name: str, by: str, reach: Collection[str]) -> None:
        """Takes a set out of the lists; its runs and versions stay.

        Raises:
            NotFound: there is none of that name within reach.
        """
        set_id = self.versions(name, reach)[0].set_id
        with self._store.change() as connection:
            _KEPT.mark(connection, set_id, removed_at=self._store.now())
            append(connection, Event(by, "golden.removed", f"golden:{set_id}"))


def _versions() -> Select[tuple[Any, ...]]:
    versions = golden_versions.c
    return select(
        golden_sets.c.id.label("set_id"),
        golden_sets.c.name,
        golden_sets.c.audience,
        golden_sets.c.gates,
        versions.number,
        versions.sha256,
        versions.cases,
        versions.made_by,
        versions.made_at,
    ).join_from(golden_sets, golden_versions)


def _version(row: RowMapping) -> GoldenVersion:
    return GoldenVersion(**row)
