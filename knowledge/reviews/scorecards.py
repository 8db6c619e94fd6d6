"""Scorecards: named, each with versions that are never changed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import RowMapping, Select, select

from knowledge import audience_rows
from knowledge.audit import Event, append
from knowledge.errors import AccessRefused, NotFound
from knowledge.refusals import because
from knowledge.reviews.models import ScorecardVersion
from knowledge.reviews.reach import ReviewReach
from knowledge.reviews.review_schema import scorecard_versions, scorecards
from knowledge.work.named_versions import MAX_NAME_CHARS, NamedVersions
from knowledge.work.work_store import WorkStore

_KEPT = NamedVersions(
    scorecards, scorecard_versions, "scorecard_id", "scorecard-name", "scorecard-other"
)


class Scorecards:
    """The scorecards of one register.

    What a scorecard says is checked by whoever reads it (`eval.scorecards.reading`); here it is a
    text.
    """

    def __init__(self, store: WorkStore) -> None:
        self._store = store

    def all(self, reach: ReviewReach) -> list[ScorecardVersion]:
        """The newest version of every scorecard that may be used, by name."""
        query = (
            _versions()
            .where(
                scorecards.c.removed_at.is_(None), scorecards.c.audience.in_(sorted(reach.judged))
            )
            .order_by(scorecards.c.name, scorecard_versions.c.number.desc())
        )
        with self._store.read() as connection:
            found = [_version(row) for row in connection.execute(query).mappings()]
        return list({one.name: one for one in reversed(found)}.values())[::-1]

    def newest(self, name: str, reach: ReviewReach) -> ScorecardVersion:
        """The newest version of a scorecard.

        Raises:
            NotFound: there is none of that name within reach.
        """
        there = self.all(reach)
        found = next((one for one in there if one.name == name), None)
        if found is None:
            known = ", ".join(one.name for one in there[:10]) or "–"
            raise NotFound(because("scorecard-unknown", name=name[:MAX_NAME_CHARS], known=known))
        return found

    def content(self, name: str, number: int) -> str:
        """What a version says, also of a scorecard that was removed since.

        Raises:
            NotFound: there is no such version.
        """
        with self._store.read() as connection:
            query = (
                select(scorecard_versions.c.content)
                .join_from(scorecards, scorecard_versions)
                .where(scorecards.c.name == name, scorecard_versions.c.number == number)
            )
            found = connection.execute(query).scalar_one_or_none()
        if found is None:
            raise NotFound(because("scorecard-unknown", name=name[:MAX_NAME_CHARS], known="–"))
        return str(found)

    def save(
        self, name: str, content: str, sha256: str, items: int, audience: str, reach: ReviewReach
    ) -> ScorecardVersion:
        """A new version of a scorecard, made if there is none; the newest if nothing changed.

        Args:
            name: lower-case letters and digits, with hyphens and dots between.
            content: checked before.
            sha256: of what it says.
            items: how many things it looks at.
            audience: label of those whose reviews it is for.
            reach: of who brings it in.

        Raises:
            SettingsError: the name cannot be used, there is no such audience, or the scorecard is
                another audience's.
            AccessRefused: they do not evaluate for that audience.
        """
        said = {"item_count": items, "content": content, "made_by": reach.name}
        _KEPT.usable(name)
        with self._store.change() as connection:
            audience_rows.tree(connection).above(audience)
            if audience not in reach.judged:
                raise AccessRefused(because("review-reach", name=reach.name, audience=audience))
            scorecard_id = _KEPT.id_of(connection, name, audience)
            now = self._store.now()
            number = _KEPT.add(connection, scorecard_id, sha256, made_at=now, **said)
            if number is not None:
                about = {"version": number, "items": items}
                event = Event(reach.name, "scorecard.saved", f"scorecard:{scorecard_id}", about)
                append(connection, event)
        return self.newest(name, reach)

    def remove(self, name: str, reach: ReviewReach) -> None:
        """Takes a scorecard out of the lists; its versions and reviews stay.

        Raises:
            NotFound: there is none of that name within reach.
        """
        scorecard_id = self.newest(name, reach).scorecard_id
        with self._store.change() as connection:
            _KEPT.mark(connection, scorecard_id, removed_at=self._store.now())
            append(connection, Event(reach.name, "scorecard.removed", f"scorecard:{scorecard_id}"))


def _versions() -> Select[tuple[Any, ...]]:
    versions = scorecard_versions.c
    return select(
        scorecards.c.id.label("scorecard_id"),
        scorecards.c.name,
        scorecards.c.audience,
        versions.number,
        versions.sha256,
        versions.item_count.label("items"),
        versions.made_by,
        versions.made_at,
    ).join_from(scorecards, scorecard_versions)


def _version(row: RowMapping) -> ScorecardVersion:
    return ScorecardVersion(**row)
