"""What knowledge managers do with sources: review, publish, date, retire, restore, restrict.

Every change is one transaction: in every answer whole, or not at all. Who may do what is decided
before (`knowledge.identity.access`); what holds for everybody is decided here: nothing unreviewed
is published, nobody approves their own version, and nothing is overwritten.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from knowledge import audience_rows, chunk_rows, curation_rows, publishing, source_rows
from knowledge.audit import Action, Event, append, audited, views
from knowledge.audit.event import Detail
from knowledge.audit.views import View
from knowledge.curation_checks import (
    Details,
    check_heading,
    check_parts,
    checked_details,
    checked_note,
    require,
    seen,
    set_state,
)
from knowledge.curation_rows import SourceInfo, VersionInfo
from knowledge.database.connection import Database
from knowledge.errors import NotAllowed, NotFound, WrongState
from knowledge.evaluations.publication_rows import require_checked
from knowledge.models import EVERYONE, Chunk, Document, Viewer
from knowledge.publishing import Change
from knowledge.refusals import because
from knowledge.schema import sections, sources, versions
from knowledge.validity import ALWAYS, NEVER, Validity, moment, now, today


@dataclass(frozen=True)
class _Edit:
    """A change of a source under way.

    Attributes:
        connection: in the transaction that makes it.
        source: the source's row as it was before.
        change: its moment.
    """

    connection: Connection
    source: RowMapping
    change: Change

    @property
    def source_id(self) -> int:
        number: int = self.source["id"]
        return number


@dataclass(frozen=True)
class _VersionEdit(_Edit):
    """A change of a version under way; ``row`` is the version's as it was before."""

    row: RowMapping


class Curation:
    """The managers' side of one register.

    Args:
        database: the register's, able to write.
        time_zone: where the company's days begin.
        audit_head: the audit trail's head file.
    """

    def __init__(self, database: Database, time_zone: str, audit_head: Path) -> None:
        self._database = database
        self._time_zone = time_zone
        self._audit_head = audit_head

    # Looking

    def sources(self, viewer: Viewer) -> list[SourceInfo]:
        """Every source the viewer may see, drafts and retired ones included, by name."""
        with self._database.read() as connection:
            return curation_rows.infos(connection, viewer, now(self._time_zone))

    def source(self, number: int, viewer: Viewer) -> SourceInfo:
        """A source by the register's number for it.

        Raises:
            NotFound: there is none that the viewer may see.
        """
        with self._database.read() as connection:
            found = curation_rows.infos(connection, viewer, now(self._time_zone), number)
        if not found:
            raise NotFound(because("source-number-unknown", number=number))
        return found[0]

    def number_of(self, name: str) -> int | None:
        """Number of the source of that name, whoever may see it; for filing, not for showing."""
        with self._database.read() as connection:
            return source_rows.source_id(connection, name)

    def last_version(self, name: str) -> int:
        """Number of the newest version of a source, 0 without; for filing, not for showing."""
        with self._database.read() as connection:
            source = source_rows.source_id(connection, name)
            return source_rows.last_number(connection, source) if source is not None else 0

    def versions(self, name: str, viewer: Viewer) -> list[VersionInfo]:
        """All versions of a source, newest first.

        Raises:
            NotFound: there is no such source that the viewer may see.
        """
        with self._database.read() as connection:
            source = seen(connection, name, viewer)
            return curation_rows.version_infos(connection, source["id"])

    def text(self, name: str, number: int, viewer: Viewer) -> Document:
        """A version's text, whatever its state, parts that the viewer may not see blanked out.

        Raises:
            NotFound: there is no such version that the viewer may see.
        """
        with self._database.read() as connection:
            source = seen(connection, name, viewer)
            row = curation_rows.version_row(connection, source["id"], name, number)
            return source_rows.version_as_seen(connection, row["id"], viewer)

    def chunks(self, name: str, number: int, viewer: Viewer) -> list[Chunk]:
        """How a version was cut, in order, whatever its state.

        Raises:
            NotFound: there is no such version that the viewer may see.
        """
        with self._database.read() as connection:
            source = seen(connection, name, viewer)
            row = curation_rows.version_row(connection, source["id"], name, number)
            return chunk_rows.of_version(connection, row["id"])

    def viewed(self, view: View) -> None:
        """Enter in the audit trail that somebody reads a version, before it returns.

        For commands; what is served has a `knowledge.audit.views.ViewLog`.

        Raises:
            NotFound: there is no such source.
            RegisterLocked: another process is writing for too long.
        """
        with audited(self._database, self._audit_head) as connection:
            if not views.enter(connection, view):
                raise NotFound(because("source-unknown", name=view.source))

    # A version's way

    def submit(self, name: str, number: int, viewer: Viewer) -> None:
        """Hand a draft in for review.

        Raises:
            WrongState: it is no draft.
            NotFound: there is no such version that the viewer may see.
        """
        with self._version(name, number, viewer, "source.submitted") as edit:
            require(edit.row, name, "draft")
            set_state(edit.connection, edit.row, "in_review", edit.change)

    def send_back(self, name: str, number: int, viewer: Viewer, *, note: str = "") -> None:
        """Give a version in review back to its author, or withdraw it.

        Raises:
            WrongState: it is not in review.
            NotFound: there is no such version that the viewer may see.
        """
        with self._version(name, number, viewer, "source.rejected") as edit:
            require(edit.row, name, "in_review")
            before: str = edit.row["note"]
            added = f"{before}\n{viewer.name}: {note}".strip() if note else before
            set_state(edit.connection, edit.row, "draft", edit.change, note=checked_note(added))

    def publish(
        self,
        name: str,
        number: int,
        viewer: Viewer,
        *,
        validity: Validity | None = None,
        gone: Collection[str] = (),
        waiver: str | None = None,
    ) -> None:
        """Put a version in force, in place of whatever was on those days.

        Also restores a version that was retired or replaced.

        Args:
            name: of the source.
            number: of the version.
            viewer: who approves; not its author.
            validity: from which day to which; `None`: as its author asked, but not for days past
                where it is restored.
            gone: headings of restricted parts that this version rightly does not have.
            waiver: why it is published though a gate stopped it.

        Raises:
            WrongState: it is a draft, or was not checked with a golden set that gates.
            NotAllowed: the viewer wrote it, it lacks a restricted part, or a gate stopped it.
            NotFound: there is no such version that the viewer may see.
        """
        with self._version(name, number, viewer, "source.published") as edit:
            require(edit.row, name, "in_review", "published", "retired")
            if edit.row["author"] == viewer.name:
                raise NotAllowed(
                    because("version-own", number=number, name=name, author=viewer.name)
                )
            check_parts(edit.connection, edit.row, name, gone)
            require_checked(edit.connection, edit.row, name, viewer, edit.change.at, waiver)
            days = validity or self._asked_for(edit)
            publishing.publish(edit.connection, edit.source_id, edit.row["id"], days, edit.change)
            set_state(edit.connection, edit.row, "published", edit.change, approver=viewer.name)
            self._settle(edit.connection, edit.source_id, edit.change)

    def retire(self, name: str, viewer: Viewer, *, from_day: date | None = None) -> None:
        """Leave a source with nothing in force from a day on; what was before stays citable.

        Raises:
            WrongState: nothing is in force from then on.
            NotFound: there is no such source that the viewer may see.
        """
        first = from_day or today(self._time_zone)
        with self._source(name, viewer, "source.retired", from_day=first.isoformat()) as edit:
            said = publishing.standing(edit.connection, edit.source_id)
            if all(publication.validity.end <= first for publication in said):
                raise WrongState(because("retire-nothing", name=name, day=first))
            rest = Validity(first, NEVER)
            publishing.withdraw(edit.connection, edit.source_id, rest, edit.change)
            self._settle(edit.connection, edit.source_id, edit.change)

    def erase(self, name: str, viewer: Viewer) -> None:
        """Delete a source with every version; nothing of it can be shown again.

        Its vectors and originals go with the next `Register.prune`.

        Raises:
            NotFound: there is no such source that the viewer may see.
        """
        with self._source(name, viewer, "source.removed") as edit:
            chunk_rows.unplace_source(edit.connection, edit.source_id, edit.change.revision)
            edit.connection.execute(delete(sources).where(sources.c.id == edit.source_id))

    # Who may see it, and what is known of it

    def set_audience(self, name: str, labels: Collection[str], viewer: Viewer) -> None:
        """Say who may see a source: whoever stands at one of the labels or below; none: managers.

        Raises:
            SettingsError: a label is no audience, or there is no such source for the viewer.
        """
        labels = sorted(set(labels))
        with self._source(name, viewer, "source.changed", audience=tuple(labels)) as edit:
            key = audience_rows.known_key(edit.connection, labels)
            source_rows.set_audience(edit.connection, edit.source_id, key)
            publishing.renew(edit.connection, edit.source_id, edit.change)

    def restrict(
        self,
        name: str,
        heading: str,
        viewer: Viewer,
        *,
        audience: Collection[str] | None = None,
        internal: bool = False,
    ) -> None:
        """Keep a part of a source to fewer people, or within the staff; without either, lift that.

        Args:
            name: of the source.
            heading: of the part, as it stands in one of the versions.
            viewer: who does it.
            audience: labels; only who may see the source and stands at one of them sees the part.
            internal: not to be told to customers.

        Raises:
            SettingsError: a label is no audience, no version has such a heading, or there is no
                such source for the viewer.
        """
        what: dict[str, Detail] = {"part": True, "internal": internal}
        if audience is not None:
            what["audience"] = tuple(sorted(audience))
        with self._source(name, viewer, "source.changed", **what) as edit:
            check_heading(edit.connection, edit.source, name, heading, viewer)
            same = sections.c.source_id == edit.source_id, sections.c.heading == heading
            edit.connection.execute(delete(sections).where(*same))
            if audience is not None or internal:
                values = {
                    "source_id": edit.source_id,
                    "heading": heading,
                    "audience": audience_rows.known_key(edit.connection, audience)
                    if audience is not None
                    else None,
                    "internal": internal,
                }
                edit.connection.execute(insert(sections).values(values))
            publishing.renew(edit.connection, edit.source_id, edit.change)

    def describe(self, name: str, details: Details, viewer: Viewer) -> None:
        """Change what is known of a source beside its text.

        Raises:
            SettingsError: a value cannot be used, or there is no such source for the viewer.
        """
        with self._source(name, viewer, "source.changed", fields=tuple(details.given())) as edit:
            values = checked_details(edit.connection, edit.source, details, viewer)
            if values:
                edit.connection.execute(
                    update(sources).where(sources.c.id == edit.source_id).values(values)
                )
            if details.internal is not None and details.internal != edit.source["internal"]:
                publishing.renew(edit.connection, edit.source_id, edit.change)

    def reviewed(self, name: str, viewer: Viewer) -> None:
        """Note that somebody looked at a source today and found it right.

        Raises:
            NotFound: there is no such source that the viewer may see.
        """
        with self._source(name, viewer, "source.changed", reviewed=True) as edit:
            day = today(self._time_zone).isoformat()
            edit.connection.execute(
                update(sources).where(sources.c.id == edit.source_id).values(reviewed_on=day)
            )

    # Audiences

    def add_audience(
        self, label: str, title: str, viewer: Viewer, *, parent: str = EVERYONE
    ) -> None:
        """Make an audience below another.

        Raises:
            SettingsError: the label cannot be used or is taken, or there is no such parent.
        """
        with self._audience(label, viewer, "audience.added") as connection:
            audience_rows.add(connection, label, title, parent)

    def rename_audience(self, label: str, title: str, viewer: Viewer) -> None:
        """Change what people read.

        Raises:
            SettingsError: there is no such audience, or the title is empty.
        """
        with self._audience(label, viewer, "audience.changed") as connection:
            audience_rows.rename(connection, label, title)

    def remove_audience(self, label: str, viewer: Viewer) -> None:
        """Delete an audience that nothing refers to.

        Raises:
            SettingsError: there is none, or it is in use.
        """
        with self._audience(label, viewer, "audience.removed") as connection:
            audience_rows.remove(connection, label)

    # Within a transaction

    @contextmanager
    def _source(
        self, name: str, viewer: Viewer, action: Action, **details: Detail
    ) -> Iterator[_Edit]:
        with audited(self._database, self._audit_head) as connection:
            source = seen(connection, name, viewer)
            change = Change(moment(datetime.now(UTC)), chunk_rows.next_revision(connection))
            yield _Edit(connection, source, change)
            append(connection, Event(viewer.name, action, f"source:{source['id']}", details))

    @contextmanager
    def _version(
        self, name: str, number: int, viewer: Viewer, action: Action
    ) -> Iterator[_VersionEdit]:
        with self._source(name, viewer, action, version=number) as edit:
            row = curation_rows.version_row(edit.connection, edit.source_id, name, number)
            yield _VersionEdit(edit.connection, edit.source, edit.change, row)

    @contextmanager
    def _audience(self, label: str, viewer: Viewer, action: Action) -> Iterator[Connection]:
        with audited(self._database, self._audit_head) as connection:
            yield connection
            append(connection, Event(viewer.name, action, f"audience:{label}"))

    def _asked_for(self, edit: _VersionEdit) -> Validity:
        """The days a version was written for; without a first one, from today in place of others.

        Restored, it is never in force for days past.
        """
        start, end = (date.fromisoformat(edit.row[name]) for name in ("valid_from", "valid_to"))
        day = today(self._time_zone)
        if edit.row["state"] != "in_review":
            return Validity(max(start, day), NEVER)
        if start == ALWAYS and publishing.standing(edit.connection, edit.source_id):
            return Validity(day, end)
        return Validity(start, end)

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
                set_state(connection, row, state, change)
