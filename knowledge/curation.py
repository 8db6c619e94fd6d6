"""What knowledge managers do with sources: review, publish, date, retire, restore, restrict.

Every change is one transaction: in every answer whole, or not at all. Who may do what is decided
before (`knowledge.access`); what holds for everybody is decided here: nothing unreviewed is
published, nobody approves their own version, and nothing is overwritten.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal, get_args

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from knowledge import (
    audience_rows,
    chunk_rows,
    curation_rows,
    publishing,
    source_rows,
)
from knowledge.connection import Database
from knowledge.curation_rows import SourceInfo, VersionInfo
from knowledge.errors import NotAllowed, SettingsError
from knowledge.models import Document, Viewer
from knowledge.publishing import Change
from knowledge.schema import sections, sources, versions
from knowledge.sections import heading_names, section_spans
from knowledge.validity import NEVER, Validity, moment, today

Kind = Literal["document", "policy", "procedure", "product", "faq", "circular", "card"]
KINDS: tuple[str, ...] = get_args(Kind)
MAX_NOTE_CHARS = 500
MAX_TAGS = 20


@dataclass(frozen=True)
class Details:
    """What is known of a source beside its text; `None` leaves a field as it is.

    Attributes:
        title: what people read; empty: what its file says.
        kind: one of `KINDS`.
        owner: account that is told what is wrong with it; empty: nobody.
        internal: for the staff's eyes, not to be told to customers.
        translation_of: name of the source it translates; empty: of none.
        tags: product, region, channel and others, all of them.
        review_days: days after which it must be looked at again; 0: never.
    """

    title: str | None = None
    kind: str | None = None
    owner: str | None = None
    internal: bool | None = None
    translation_of: str | None = None
    tags: Mapping[str, str] | None = None
    review_days: int | None = None


class Curation:
    """The managers' side of one register.

    Args:
        database: the register's, able to write.
        time_zone: where the company's days begin.
    """

    def __init__(self, database: Database, time_zone: str) -> None:
        self._database = database
        self._time_zone = time_zone

    # Looking

    def sources(self, viewer: Viewer) -> list[SourceInfo]:
        """Every source the viewer may see, drafts and retired ones included, by name."""
        with self._database.read() as connection:
            return curation_rows.infos(connection, viewer, today(self._time_zone))

    def versions(self, name: str, viewer: Viewer) -> list[VersionInfo]:
        """All versions of a source, newest first.

        Raises:
            SettingsError: there is no such source that the viewer may see.
        """
        with self._database.read() as connection:
            source = _seen(connection, name, viewer)
            return curation_rows.version_infos(connection, source["id"])

    def text(self, name: str, number: int, viewer: Viewer) -> Document:
        """A version's whole text, whatever its state.

        Raises:
            SettingsError: there is no such version that the viewer may see.
        """
        with self._database.read() as connection:
            source = _seen(connection, name, viewer)
            row = curation_rows.version_row(connection, source["id"], name, number)
            return source_rows.version_document(connection, row["id"])

    # A version's way

    def submit(self, name: str, number: int, viewer: Viewer) -> None:
        """Hand a draft in for review.

        Raises:
            NotAllowed: it is no draft.
            SettingsError: there is no such version that the viewer may see.
        """
        with self._version(name, number, viewer) as (connection, _, row, change):
            _require(row, name, "draft")
            _set_state(connection, row, "in_review", change)

    def send_back(self, name: str, number: int, viewer: Viewer, *, note: str = "") -> None:
        """Give a version in review back to its author, or withdraw it.

        Raises:
            NotAllowed: it is not in review.
            SettingsError: there is no such version that the viewer may see.
        """
        with self._version(name, number, viewer) as (connection, _, row, change):
            _require(row, name, "in_review")
            added = f"{row['note']}\n{viewer.name}: {note}".strip() if note else row["note"]
            _set_state(connection, row, "draft", change, note=_checked_note(added))

    def publish(
        self, name: str, number: int, viewer: Viewer, *, validity: Validity | None = None
    ) -> None:
        """Put a version in force, in place of whatever was on those days.

        Also restores a version that was retired or replaced.

        Args:
            name: of the source.
            number: of the version.
            viewer: who approves; not its author.
            validity: from which day to which; `None`: as its author asked, but not for days past
                where it is restored.

        Raises:
            NotAllowed: it is a draft, or the viewer wrote it.
            SettingsError: there is no such version that the viewer may see.
        """
        with self._version(name, number, viewer) as (connection, source, row, change):
            _require(row, name, "in_review", "published", "retired")
            if row["author"] == viewer.name:
                raise NotAllowed(
                    f"version {number} of {name!r} is by {viewer.name!r}: somebody else must "
                    "approve it"
                )
            days = validity or self._asked_for(row)
            publishing.publish(connection, source["id"], row["id"], days, change)
            _set_state(connection, row, "published", change, approver=viewer.name)
            self._settle(connection, source["id"], change)

    def retire(self, name: str, viewer: Viewer, *, from_day: date | None = None) -> None:
        """Leave a source with nothing in force from a day on; what was before stays citable.

        Raises:
            NotAllowed: nothing is in force from then on.
            SettingsError: there is no such source that the viewer may see.
        """
        first = from_day or today(self._time_zone)
        with self._source(name, viewer) as (connection, source, change):
            said = publishing.standing(connection, source["id"])
            if all(publication.validity.end <= first for publication in said):
                raise NotAllowed(
                    f"{name!r} has nothing in force from {first} on: nothing to retire"
                )
            publishing.withdraw(connection, source["id"], Validity(first, NEVER), change)
            self._settle(connection, source["id"], change)

    def erase(self, name: str, viewer: Viewer) -> None:
        """Delete a source with every version; nothing of it can be shown again.

        Its vectors and originals go with the next `Register.prune`.

        Raises:
            SettingsError: there is no such source that the viewer may see.
        """
        with self._source(name, viewer) as (connection, source, change):
            chunk_rows.unplace_source(connection, source["id"], change.revision)
            connection.execute(delete(sources).where(sources.c.id == source["id"]))

    # Who may see it, and what is known of it

    def set_audience(self, name: str, labels: Iterable[str], viewer: Viewer) -> None:
        """Say who may see a source: whoever stands at one of the labels or below; none: managers.

        Raises:
            SettingsError: a label is no audience, or there is no such source for the viewer.
        """
        with self._source(name, viewer) as (connection, source, change):
            key = audience_rows.known_key(connection, labels)
            source_rows.set_audience(connection, source["id"], key)
            publishing.renew(connection, source["id"], change)

    def restrict(
        self,
        name: str,
        heading: str,
        viewer: Viewer,
        *,
        audience: Iterable[str] | None = None,
        internal: bool = False,
    ) -> None:
        """Keep a part of a source to fewer people, or within the staff; without either, lift that.

        Args:
            name: of the source.
            heading: of the part, as it stands in the newest version.
            viewer: who does it.
            audience: labels; only who may see the source and stands at one of them sees the part.
            internal: not to be told to customers.

        Raises:
            SettingsError: a label is no audience, no version has such a heading, or there is no
                such source for the viewer.
        """
        with self._source(name, viewer) as (connection, source, change):
            same = sections.c.source_id == source["id"], sections.c.heading == heading
            connection.execute(delete(sections).where(*same))
            if audience is not None or internal:
                _check_heading(connection, source, name, heading)
                key = None if audience is None else audience_rows.known_key(connection, audience)
                values = {"source_id": source["id"], "heading": heading}
                connection.execute(
                    insert(sections).values(values | {"audience": key, "internal": internal})
                )
            publishing.renew(connection, source["id"], change)

    def describe(self, name: str, details: Details, viewer: Viewer) -> None:
        """Change what is known of a source beside its text.

        Raises:
            SettingsError: a value cannot be used, or there is no such source for the viewer.
        """
        with self._source(name, viewer) as (connection, source, change):
            values = _checked_details(connection, source, details, viewer)
            if values:
                connection.execute(
                    update(sources).where(sources.c.id == source["id"]).values(values)
                )
            if details.internal is not None and details.internal != source["internal"]:
                publishing.renew(connection, source["id"], change)

    def reviewed(self, name: str, viewer: Viewer) -> None:
        """Note that somebody looked at a source today and found it right.

        Raises:
            SettingsError: there is no such source that the viewer may see.
        """
        with self._source(name, viewer) as (connection, source, _):
            day = today(self._time_zone).isoformat()
            connection.execute(
                update(sources).where(sources.c.id == source["id"]).values(reviewed_on=day)
            )

    # Audiences

    def add_audience(self, label: str, title: str, *, parent: str) -> None:
        """Make an audience below another.

        Raises:
            SettingsError: the label cannot be used or is taken, or there is no such parent.
        """
        with self._database.write() as connection:
            audience_rows.add(connection, label, title, parent)

    def rename_audience(self, label: str, title: str) -> None:
        """Change what people read.

        Raises:
            SettingsError: there is no such audience, or the title is empty.
        """
        with self._database.write() as connection:
            audience_rows.rename(connection, label, title)

    def remove_audience(self, label: str) -> None:
        """Delete an audience that nothing refers to.

        Raises:
            SettingsError: there is none, or it is in use.
        """
        with self._database.write() as connection:
            audience_rows.remove(connection, label)

    # Within a transaction

    @contextmanager
    def _source(self, name: str, viewer: Viewer) -> Iterator[tuple[Connection, RowMapping, Change]]:
        with self._database.write() as connection:
            source = _seen(connection, name, viewer)
            at = moment(datetime.now(UTC))
            yield connection, source, Change(at, chunk_rows.next_revision(connection))

    @contextmanager
    def _version(
        self, name: str, number: int, viewer: Viewer
    ) -> Iterator[tuple[Connection, RowMapping, RowMapping, Change]]:
        with self._source(name, viewer) as (connection, source, change):
            row = curation_rows.version_row(connection, source["id"], name, number)
            yield connection, source, row, change

    def _asked_for(self, row: RowMapping) -> Validity:
        """The days a version was written for; restored, only those from today on."""
        days = [date.fromisoformat(row[name]) for name in ("valid_from", "valid_to")]
        if row["state"] != "in_review":
            return Validity(max(days[0], today(self._time_zone)), NEVER)
        return Validity(*days)

    def _settle(self, connection: Connection, source: int, change: Change) -> None:
        """Versions of which nothing is in force today or later are retired."""
        day = today(self._time_zone)
        said = publishing.standing(connection, source)
        alive = {p.version_id for p in said if p.validity.end > day}
        query = select(versions).where(
            versions.c.source_id == source, versions.c.state.in_(("published", "retired"))
        )
        for row in connection.execute(query).mappings().all():
            state: source_rows.State = "published" if row["id"] in alive else "retired"
            if row["state"] != state:
                _set_state(connection, row, state, change)


def _seen(connection: Connection, name: str, viewer: Viewer) -> RowMapping:
    row = connection.execute(select(sources).where(sources.c.name == name)).mappings().one_or_none()
    if row is None or not curation_rows.may_manage(row["audience"], viewer):
        raise SettingsError(
            f"there is no source {name!r}: `voz sources list` shows those there are"
        )
    return row


def _require(row: RowMapping, name: str, *states: str) -> None:
    if row["state"] not in states:
        raise NotAllowed(
            f"version {row['number']} of {name!r} is {row['state'].replace('_', ' ')}, not "
            f"{' or '.join(states).replace('_', ' ')}"
        )


def _set_state(
    connection: Connection,
    row: RowMapping,
    state: source_rows.State,
    change: Change,
    **values: str,
) -> None:
    changed: dict[str, Any] = {"state": state, "changed_at": change.at} | values
    connection.execute(update(versions).where(versions.c.id == row["id"]).values(changed))


def _checked_note(note: str) -> str:
    if len(note) > MAX_NOTE_CHARS:
        raise SettingsError(
            f"the note has {len(note)} characters, at most {MAX_NOTE_CHARS} are kept: shorten it"
        )
    return note


def _check_heading(connection: Connection, source: RowMapping, name: str, heading: str) -> None:
    stored = source_rows.newest(connection, source["id"], drafts=True)
    document = source_rows.version_document(connection, stored["id"]) if stored else None
    if document is None or not section_spans(document, heading):
        known = heading_names(document)[:8] if document else []
        raise SettingsError(
            f"{name!r} has no heading {heading!r}: it has {', '.join(map(repr, known)) or 'none'}"
        )


def _checked_details(
    connection: Connection, source: RowMapping, details: Details, viewer: Viewer
) -> dict[str, Any]:
    """The columns that change."""
    values: dict[str, Any] = {}
    if details.title is not None:
        values["title"] = " ".join(details.title.split()) or None
    if details.kind is not None:
        if details.kind not in KINDS:
            raise SettingsError(f"kind {details.kind!r} is none of {', '.join(KINDS)}")
        values["kind"] = details.kind
    if details.owner is not None:
        values["owner"] = details.owner.strip() or None
    if details.internal is not None:
        values["internal"] = details.internal
    if details.translation_of is not None:
        values["translation_of"] = _original(connection, source, details.translation_of, viewer)
    if details.tags is not None:
        values["tags"] = _checked_tags(details.tags)
    if details.review_days is not None:
        if details.review_days < 0:
            raise SettingsError(f"review_days must be 0 (never) or more, got {details.review_days}")
        values["review_days"] = details.review_days or None
    return values


def _original(connection: Connection, source: RowMapping, name: str, viewer: Viewer) -> int | None:
    if not name:
        return None
    original = _seen(connection, name, viewer)
    if original["id"] == source["id"]:
        raise SettingsError(f"{name!r} cannot be a translation of itself")
    number: int = original["id"]
    return number


def _checked_tags(tags: Mapping[str, str]) -> str:
    clean = {k.strip(): v.strip() for k, v in tags.items() if k.strip() and v.strip()}
    if len(clean) > MAX_TAGS or any(len(text) > 80 for pair in clean.items() for text in pair):
        raise SettingsError(f"a source has at most {MAX_TAGS} tags of up to 80 characters")
    return json.dumps(clean, ensure_ascii=False, sort_keys=True)
