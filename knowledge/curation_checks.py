"""What a change of a source must fulfil, checked within its transaction."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, Literal, get_args

from sqlalchemy import Connection, RowMapping, select, update

from knowledge import curation_rows, publishing, source_rows
from knowledge.errors import NotAllowed, NotFound, SettingsError, WrongState
from knowledge.models import Viewer
from knowledge.publishing import Change
from knowledge.refusals import because
from knowledge.refusals.reason import Reason
from knowledge.schema import sections, sources, versions
from knowledge.sections import heading_names, section_spans

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

    def given(self) -> list[str]:
        """Names of the fields that are to change."""
        return [name for name, value in vars(self).items() if value is not None]


def seen(connection: Connection, name: str, viewer: Viewer) -> RowMapping:
    """The row of a source.

    Raises:
        NotFound: there is none that the viewer may see.
    """
    row = connection.execute(select(sources).where(sources.c.name == name)).mappings().one_or_none()
    if row is None or not curation_rows.may_manage(row["audience"], viewer):
        raise NotFound(because("source-unknown", name=name))
    return row


def require(row: RowMapping, name: str, *states: str) -> None:
    """See to it that a version is in one of these states.

    Raises:
        WrongState: it is in another.
    """
    if row["state"] not in states:
        raise WrongState(
            because(
                "version-state",
                number=row["number"],
                name=name,
                state=_state(row["state"]),
                expected=_either(states),
            )
        )


def _either(states: Sequence[str]) -> Reason:
    first, *others = (_state(one) for one in states)
    return reduce(lambda one, other: because("either", first=one, second=other), others, first)


def _state(state: str) -> Reason:
    return because(f"state-{state}")


def set_state(
    connection: Connection,
    row: RowMapping,
    state: source_rows.State,
    change: Change,
    **values: str,
) -> None:
    """Let a version be in another state from now on."""
    changed: dict[str, Any] = {"state": state, "changed_at": change.at} | values
    connection.execute(update(versions).where(versions.c.id == row["id"]).values(changed))


def checked_note(note: str) -> str:
    """A note that is short enough.

    Raises:
        SettingsError: it is not.
    """
    if len(note) > MAX_NOTE_CHARS:
        raise SettingsError(because("note-long", count=len(note), limit=MAX_NOTE_CHARS))
    return note


def check_heading(
    connection: Connection, source: RowMapping, name: str, heading: str, viewer: Viewer
) -> None:
    """See to it that there is a part of that name which the viewer may see.

    Raises:
        SettingsError: no version has one, nor is one restricted that some version had; some that
            the newest one has are named.
    """
    same = sections.c.source_id == source["id"], sections.c.heading == heading
    part = connection.execute(select(sections.c.audience).where(*same)).one_or_none()
    if part is not None and source_rows.is_seen(
        connection, viewer, source["audience"], part.audience or source["audience"]
    ):
        return
    query = select(versions.c.id).where(versions.c.source_id == source["id"])
    numbers = connection.execute(query.order_by(versions.c.number.desc())).scalars().all()
    every = [source_rows.version_as_seen(connection, number, viewer) for number in numbers]
    if not any(section_spans(document, heading) for document in every):
        known = heading_names(every[0])[:8] if every else []
        raise SettingsError(
            because(
                "heading-unknown",
                name=name,
                heading=heading,
                known=tuple(map(repr, known)) or because("none"),
            )
        )


def check_parts(connection: Connection, row: RowMapping, name: str, gone: Collection[str]) -> None:
    """See to it that a version has every restricted part of its source.

    Args:
        connection: reading.
        row: of the version.
        name: of its source.
        gone: headings of those that it need not have.

    Raises:
        NotAllowed: it lacks another.
    """
    document = source_rows.version_document(connection, row["id"])
    lacking = publishing.parts_lacking(connection, row["source_id"], document)
    missed = [heading for heading in lacking if heading not in gone]
    if missed:
        raise NotAllowed(
            because("part-missing", number=row["number"], name=name, heading=missed[0])
        )


def checked_details(
    connection: Connection, source: RowMapping, details: Details, viewer: Viewer
) -> dict[str, Any]:
    """The columns that change.

    Raises:
        SettingsError: a value cannot be used.
    """
    values: dict[str, Any] = {}
    if details.title is not None:
        values["title"] = " ".join(details.title.split()) or None
    if details.kind is not None:
        if details.kind not in KINDS:
            raise SettingsError(because("kind-unknown", kind=details.kind, known=KINDS))
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
            raise SettingsError(because("review-days", days=details.review_days))
        values["review_days"] = details.review_days or None
    return values


def _original(connection: Connection, source: RowMapping, name: str, viewer: Viewer) -> int | None:
    if not name:
        return None
    original = seen(connection, name, viewer)
    if original["id"] == source["id"]:
        raise SettingsError(because("translation-of-itself", name=name))
    number: int = original["id"]
    return number


def _checked_tags(tags: Mapping[str, str]) -> str:
    clean = {k.strip(): v.strip() for k, v in tags.items() if k.strip() and v.strip()}
    if len(clean) > MAX_TAGS or any(len(text) > 80 for pair in clean.items() for text in pair):
        raise SettingsError(because("tags", limit=MAX_TAGS))
    return json.dumps(clean, ensure_ascii=False, sort_keys=True)
