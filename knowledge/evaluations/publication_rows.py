"""What gates said of versions, in the register's tables, within the caller's transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, RowMapping, Select, func, select, update

from knowledge.audit import Event, append
from knowledge.errors import NotAllowed, SettingsError, WrongState
from knowledge.evaluations.evaluation_schema import (
    golden_sets,
    golden_versions,
    publication_checks,
)
from knowledge.models import Language, Viewer
from knowledge.refusals import because
from knowledge.refusals.reason import Reason, Wording

Verdict = Literal["pass", "block", "inconclusive", "invalid"]
LETS_THROUGH: tuple[Verdict, ...] = ("pass", "inconclusive")
MIN_WAIVER_CHARS = 10
MAX_WAIVER_CHARS = 500


@dataclass(frozen=True)
class Checked:
    """What a gate said of a version.

    Attributes:
        golden: name of the golden set.
        number: version of it.
        verdict: see `Verdict`.
        says: the sentence in each language.
        evidence: findings and flipped cases, for pages and programs.
        checked_by: who had it checked.
        checked_at: when, ISO 8601 in UTC.
        waived_by: who let it through all the same; `None`: nobody.
        waiver: why.
    """

    golden: str
    number: int
    verdict: Verdict
    says: Mapping[Language, str]
    evidence: Mapping[str, Any]
    checked_by: str
    checked_at: str
    waived_by: str | None = None
    waiver: str | None = None

    @property
    def lets_through(self) -> bool:
        """Whether it may be published without a reason."""
        return self.verdict in LETS_THROUGH


def require_checked(
    connection: Connection,
    row: RowMapping,
    name: str,
    viewer: Viewer,
    now: str,
    waiver: str | None,
) -> None:
    """Lets a version through the gates, within the transaction that publishes it.

    Args:
        connection: of that transaction.
        row: of the version.
        name: of the source.
        viewer: who publishes.
        now: the moment, as the register keeps it.
        waiver: why it is published whatever the gates say; `None`: it has to pass.

    Raises:
        WrongState: it was not checked with a set that gates, or with an older version of it.
        NotAllowed: a gate stopped it, and no reason is given.
        SettingsError: the reason is too short or too long.
    """
    said = {one["set_id"]: one for one in last_checks(connection, row["id"])}
    stopped = []
    for gate in connection.execute(_gates()).mappings():
        check = said.get(gate["id"])
        if check is None or check["number"] < gate["number"]:
            raise WrongState(
                because("version-unchecked", number=row["number"], name=name, golden=gate["name"])
            )
        if check["verdict"] not in LETS_THROUGH:
            stopped.append(check)
    if not stopped:
        return
    if waiver is None:
        first = checked_of(stopped[0])
        raise NotAllowed(
            because(
                "version-stopped",
                number=row["number"],
                name=name,
                golden=first.golden,
                says=_as_told(first.says),
            )
        )
    reason = waiver.strip()
    if not MIN_WAIVER_CHARS <= len(reason) <= MAX_WAIVER_CHARS:
        raise SettingsError(
            because("waiver-length", least=MIN_WAIVER_CHARS, most=MAX_WAIVER_CHARS, n=len(reason))
        )
    connection.execute(
        update(publication_checks)
        .where(publication_checks.c.id.in_([one["id"] for one in stopped]))
        .values(waived_by=viewer.name, waived_at=now, waiver=reason)
    )
    about = {"version": row["number"], "golden": [one["set_id"] for one in stopped]}
    append(connection, Event(viewer.name, "source.waived", f"source:{row['source_id']}", about))


def _as_told(says: Mapping[Language, str]) -> Reason:
    """A sentence that was kept, within another."""
    en, es = (says[one].replace("{", "{{").replace("}", "}}") for one in ("en", "es"))
    return Reason("kept", Wording(en, es))


def _gates() -> Select[tuple[Any, ...]]:
    """Sets that gate, each with the number of its newest version."""
    newest = func.max(golden_versions.c.number).label("number")
    return (
        select(golden_sets.c.id, golden_sets.c.name, newest)
        .join_from(golden_sets, golden_versions)
        .where(golden_sets.c.gates, golden_sets.c.removed_at.is_(None))
        .group_by(golden_sets.c.id, golden_sets.c.name)
        .order_by(golden_sets.c.name)
    )


def last_checks(connection: Connection, version_id: int) -> list[RowMapping]:
    """The last row of a version with each golden set, by the set's name."""
    newest = (
        select(func.max(publication_checks.c.id))
        .where(publication_checks.c.version_id == version_id)
        .group_by(publication_checks.c.set_id)
    )
    query = (
        select(publication_checks, golden_sets.c.name.label("golden"))
        .join_from(publication_checks, golden_sets)
        .where(publication_checks.c.id.in_(newest))
        .order_by(golden_sets.c.name)
    )
    return list(connection.execute(query).mappings())


def checked_of(row: RowMapping) -> Checked:
    """A row as it is told."""
    return Checked(
        golden=row["golden"],
        number=row["number"],
        verdict=row["verdict"],
        says=json.loads(row["says"]),
        evidence=json.loads(row["evidence"]),
        checked_by=row["checked_by"],
        checked_at=row["checked_at"],
        waived_by=row["waived_by"],
        waiver=row["waiver"],
    )
