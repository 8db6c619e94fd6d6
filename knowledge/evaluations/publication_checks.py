"""What a gate said of a version, and whether it may be published.

While any golden set gates, a version is published that passed the newest version of each, or was
let through with a reason (`knowledge.evaluations.publication_rows.require_checked`). What decides
is in `eval.gate`; here it is kept.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert

from knowledge import curation_rows
from knowledge.audit import Event, append
from knowledge.curation_checks import seen
from knowledge.evaluations.evaluation_schema import publication_checks
from knowledge.evaluations.publication_rows import Checked, Verdict, checked_of, last_checks
from knowledge.models import Language, Viewer
from knowledge.work.work_store import WorkStore


class PublicationChecks:
    """What gates said, of one register."""

    def __init__(self, store: WorkStore) -> None:
        self._store = store

    def enter(
        self,
        name: str,
        version: int,
        set_id: int,
        number: int,
        verdict: Verdict,
        says: Mapping[Language, str],
        evidence: Mapping[str, Any],
        viewer: Viewer,
    ) -> None:
        """Keeps what a gate said.

        Args:
            name: of the source.
            version: number of its version.
            set_id: number of the golden set in the register.
            number: version of it.
            verdict: see `Verdict`.
            says: the sentence in each language.
            evidence: findings and flipped cases.
            viewer: who had it checked.

        Raises:
            NotFound: there is no such version that the viewer may see.
        """
        with self._store.change() as connection:
            source = seen(connection, name, viewer)
            row = curation_rows.version_row(connection, source["id"], name, version)
            connection.execute(
                insert(publication_checks).values(
                    version_id=row["id"],
                    set_id=set_id,
                    number=number,
                    verdict=verdict,
                    says=json.dumps(dict(says), ensure_ascii=False),
                    evidence=json.dumps(dict(evidence), ensure_ascii=False),
                    checked_by=viewer.name,
                    checked_at=self._store.now(),
                )
            )
            about = {"version": version, "golden": set_id, "verdict": verdict}
            append(
                connection, Event(viewer.name, "source.checked", f"source:{source['id']}", about)
            )

    def of(self, name: str, version: int, viewer: Viewer) -> list[Checked]:
        """The last check of a version with each golden set, by the set's name.

        Raises:
            NotFound: there is no such version that the viewer may see.
        """
        with self._store.read() as connection:
            source = seen(connection, name, viewer)
            row = curation_rows.version_row(connection, source["id"], name, version)
            return [checked_of(one) for one in last_checks(connection, row["id"])]
