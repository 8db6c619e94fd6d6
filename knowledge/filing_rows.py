"""A document that comes in becomes a version of its source, within the caller's transaction."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Literal

from sqlalchemy import Connection, RowMapping

from knowledge import audience_rows, chunk_rows, embedding_rows, publishing, source_rows
from knowledge.audience import labels_of
from knowledge.audit import Action, Event, append, local_actor
from knowledge.errors import SettingsError
from knowledge.models import Chunk, Document, Filing
from knowledge.publishing import Change
from knowledge.refusals import because
from knowledge.search.rows import Row, chunk_values
from knowledge.source_rows import NewVersion
from knowledge.validity import ALWAYS, NEVER, Validity, moment

logger = logging.getLogger(__name__)

Outcome = Literal["added", "changed", "unchanged"]


def wanted_rows(connection: Connection, document: Document, chunks: Sequence[Chunk]) -> list[Row]:
    """The columns of a document's chunks.

    Raises:
        ValueError: a chunk has no vector yet.
    """
    hashes = [chunk.content_hash for chunk in chunks]
    ids = embedding_rows.ids(connection, embedding_rows.require_model(connection), hashes)
    missing = [hash_ for hash_ in hashes if hash_ not in ids]
    if missing:
        raise ValueError(f"{document.name}: {len(missing)} chunks have no vector yet")
    return [chunk_values(chunk, ids[hash_]) for chunk, hash_ in zip(chunks, hashes, strict=True)]


def put(
    connection: Connection,
    document: Document,
    wanted: Sequence[Row],
    recipe: str,
    filing: Filing,
    today: date,
) -> Outcome:
    """Store a document as `Register.put_document` says.

    Raises:
        SettingsError: its audience is none or cannot be changed by a draft, or it would be in
            force on no day.
    """
    at = moment(datetime.now(UTC))
    audience = audience_rows.known_key(connection, labels_of(document.audience))
    source = source_rows.source_id(connection, document.name)
    lacking = publishing.parts_lacking(connection, source, document) if source else []
    if lacking and not filing.draft:
        logger.warning(
            "%s waits as a draft: it lacks the restricted part %r", document.name, lacking[0]
        )
        filing = replace(filing, draft=True)
    moved = source is not None and source_rows.audience_of(connection, source) != audience
    if moved and filing.draft:
        raise SettingsError(because("version-moved", name=document.name, audience=audience))
    stored = source_rows.newest(connection, source, drafts=filing.draft) if source else None
    same = stored is not None and source_rows.is_same(connection, stored, document, wanted)
    if stored is not None and same and not moved:
        source_rows.set_recipe(connection, stored, recipe)
        return "unchanged"
    outcome: Outcome = "changed" if source is not None else "added"
    if source is None:
        source = source_rows.add_source(connection, document.name, audience, at)
    change = Change(at, chunk_rows.next_revision(connection))
    if moved:
        source_rows.set_audience(connection, source, audience)
        publishing.renew(connection, source, change)
    if not same:
        validity = _validity(connection, source, stored, document, filing, today)
        new = NewVersion(document, wanted, recipe, filing.author, filing.note, validity, at)
        state: source_rows.State = "draft" if filing.draft else "published"
        version = source_rows.add_version(connection, source, new, state)
        if not filing.draft:
            publishing.publish(connection, source, version, validity, change)
    _note(connection, source, outcome, filing)
    return outcome


def _note(connection: Connection, source: int, outcome: Outcome, filing: Filing) -> None:
    action: Action = "source.added" if outcome == "added" else "source.changed"
    details = {"draft": filing.draft, "version": source_rows.last_number(connection, source)}
    actor = filing.author or local_actor()
    append(connection, Event(actor, action, f"source:{source}", details))


def _validity(
    connection: Connection,
    source: int,
    stored: RowMapping | None,
    document: Document,
    filing: Filing,
    today: date,
) -> Validity:
    """As filed; else from today on, or as before where only the reading of the bytes changed."""
    end = filing.valid_to or NEVER
    if filing.valid_from is not None:
        return Validity(filing.valid_from, end)
    if stored is None or filing.draft:  # a draft without a day begins when it is approved
        return Validity(ALWAYS, end)
    if stored["sha256"] == document.sha256 and filing.valid_to is None:
        said = [p for p in publishing.standing(connection, source) if p.version_id == stored["id"]]
        if said:
            return said[-1].validity
    return Validity(today, end)
