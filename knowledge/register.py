"""The register: what is true about documents, chunks and vectors; every index is derived from it.

One writer at a time (`Register.open` with ``write=True``), any number of readers that are never
blocked. A change is on disk, whole, when its method returns; before that nothing of it is visible.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Self

from sqlalchemy import func, select, update

from knowledge import audience_rows, chunk_rows, embedding_rows, filing_rows, source_rows
from knowledge.audience import AudienceTree
from knowledge.audit import audited
from knowledge.curation import Curation
from knowledge.data_folder import check_folder, mark_folder
from knowledge.database.closable import Closable
from knowledge.database.connection import Database, storage_errors
from knowledge.database.lock import WriterLock
from knowledge.errors import ModelError, SettingsError
from knowledge.files import OriginalFiles
from knowledge.filing_rows import Outcome
from knowledge.jobs import Jobs
from knowledge.models import Chunk, Document, Embedded, Filing, StoredChunk, Viewer
from knowledge.schema import collection, embeddings, placements, sources
from knowledge.search.rows import (
    DocumentInfo,
    IndexRow,
    RegisterStats,
    Source,
    check_chunks,
)
from knowledge.settings import Settings
from knowledge.validity import today

__all__ = ["DocumentInfo", "IndexRow", "Outcome", "Register", "RegisterStats", "Source"]

FILED = Filing()
"""In force at once, brought by nobody in particular."""


class Register(Closable):
    """Documents, chunks and vectors of one data folder. Made by `open`; threads may share it.

    Keys of chunks grow and are never used again. `revision` grows by one with every committed
    change of what can be found.
    """

    def __init__(
        self, database: Database, files: OriginalFiles, lock: WriterLock | None, settings: Settings
    ) -> None:
        self._database = database
        self._files = files
        self._lock = lock
        self._settings = settings

    @classmethod
    def open(cls, settings: Settings, *, write: bool = False) -> Self:
        """The register of a data folder; a writer makes it when there is none.

        Raises:
            RegisterLocked: ``write``, and another process is writing; after about a second.
            StorageFull: the data folder cannot be made or written.
            RegisterError: there is no register to read, it is damaged, or a newer version of
                the product wrote it.
        """
        return cls._open_writer(settings) if write else cls._open_reader(settings)

    @classmethod
    def _open_writer(cls, settings: Settings) -> Self:
        with storage_errors(settings.data_dir):
            settings.data_dir.mkdir(parents=True, exist_ok=True)
            lock = WriterLock(settings.data_dir / "writer.lock")
        database: Database | None = None
        files = OriginalFiles(settings.files_dir)
        try:
            database = Database(settings.register_address, write=True)
            check_folder(settings, database)
            database.migrate()
            mark_folder(settings, database)
            files.clean()
        except BaseException:
            if database:
                database.close()
            lock.release()
            raise
        return cls(database, files, lock, settings)

    @classmethod
    def _open_reader(cls, settings: Settings) -> Self:
        database = Database(settings.register_address, write=False)
        try:
            check_folder(settings, database)
            database.require()
            mark_folder(settings, database)
            if not database.schema_is_current():
                cls._open_writer(settings).close()
        except BaseException:
            database.close()
            raise
        return cls(database, OriginalFiles(settings.files_dir), None, settings)

    def close(self) -> None:
        """Close the connections and let the next writer in."""
        self._database.close()
        if self._lock:
            self._lock.release()

    def _require_writer(self) -> None:
        """Refuse what is for the one writer: it relies on nobody deleting what it prepared."""
        if self._lock is None:
            raise ValueError("this register was opened for reading; open it with write=True")

    # Vectors and their model

    def fingerprint(self) -> str | None:
        """The model that every searched vector is of; `None` before the first."""
        with self._database.read() as connection:
            bound = embedding_rows.bound_model(connection)
        return bound.fingerprint if bound else None

    def bind_model(self, fingerprint: str) -> None:
        """Say which model the vectors to come are of; the first one stays.

        Raises:
            ModelError: the collection's vectors are of another model.
        """
        self._require_writer()
        with self._database.write() as connection:
            bound = embedding_rows.bound_model(connection)
            if bound is None:
                model = embedding_rows.add_model(connection, fingerprint)
                connection.execute(update(collection).values(model_id=model))
            elif bound.fingerprint != fingerprint:
                raise ModelError(
                    f"the collection was built with model {bound.fingerprint!r} but settings "
                    f"name {fingerprint!r}: set VOZ_MODEL back, or run `voz rebuild --re-embed`"
                )

    def rebind_model(self, fingerprint: str) -> None:
        """Change the collection over to another model, whose vectors are all stored by now.

        Every chunk counts as added anew, so that no index goes on with the old vectors.

        Raises:
            ModelError: a chunk has no vector of that model; nothing is changed.
        """
        self._require_writer()
        with self._database.write() as connection:
            model = embedding_rows.add_model(connection, fingerprint)
            missing = embedding_rows.point_chunks_to(connection, model)
            if missing:
                raise ModelError(
                    f"{missing} chunks have no vector of model {fingerprint!r} yet: "
                    "run `voz rebuild --re-embed`"
                )
            revision = chunk_rows.next_revision(connection)
            connection.execute(update(placements).values(revision_added=revision))
            connection.execute(update(collection).values(model_id=model))

    def known_embeddings(
        self, hashes: Sequence[str], *, fingerprint: str | None = None
    ) -> set[str]:
        """Which of these content hashes have a vector, of the collection's model or another."""
        with self._database.read() as connection:
            model = embedding_rows.find_model(connection, fingerprint)
            return set(embedding_rows.ids(connection, model, hashes)) if model else set()

    def store_embeddings(
        self, items: Mapping[str, Embedded], *, fingerprint: str | None = None
    ) -> None:
        """Keep vectors by content hash; nobody sees them until a document's chunks use them.

        Args:
            items: vectors by `Chunk.content_hash`.
            fingerprint: their model; `None` means the collection's, see `bind_model`.
        """
        self._require_writer()
        with self._database.write() as connection:
            if fingerprint is None:
                model = embedding_rows.require_model(connection)
            else:
                model = embedding_rows.add_model(connection, fingerprint)
            embedding_rows.store(connection, model, items)

    # Documents

    def _keep(self, document: Document, chunks: Sequence[Chunk], original: bytes) -> None:
        """Check that a document is whole, and keep its original."""
        check_chunks(document, chunks)
        if self._files.store(original) != document.sha256:
            raise ValueError(f"{document.name}: sha256 is not that of the original bytes")

    def put_document(
        self,
        document: Document,
        chunks: Sequence[Chunk],
        original: bytes,
        *,
        recipe: str = "",
        filing: Filing = FILED,
    ) -> Outcome:
        """Store a document as the newest version of its source, all or nothing.

        Unless it is filed as a draft it is in force at once: a new source without limits, a new
        version of one from today on, in place of what was; read anew from the same bytes, for as
        long as that was. A version that lacks a restricted part of its source waits as a draft:
        the part may have got another name.

        Args:
            document: the document; its audience becomes the source's.
            chunks: all its chunks, in order; a vector of each is stored already.
            original: the bytes it was read from.
            recipe: version of what read it, see `Source`.
            filing: who brought it, and how it is filed; its audience and name are the document's.

        Raises:
            ValueError: a chunk has no vector or is not the document's text, or the bytes are
                not those of ``document.sha256``.
            SettingsError: the document's audience is none.
            StorageFull: no space; what was there before stays.
        """
        self._require_writer()
        self._keep(document, chunks, original)
        with audited(self._database, self._settings.audit_head_path) as connection:
            wanted = filing_rows.wanted_rows(connection, document, chunks)
            return filing_rows.put(connection, document, wanted, recipe, filing, self.today())

    def remove_document(self, name: str, viewer: Viewer) -> bool:
        """Delete a source that the viewer may see with all its versions, vectors and originals.

        Returns:
            Whether there was one.
        """
        self._require_writer()
        try:
            self.curation.erase(name, viewer)
        except SettingsError:
            return False
        self.prune()
        return True

    def prune(self) -> int:
        """Delete vectors and originals that no version uses; return how many vectors."""
        self._require_writer()
        with self._database.write() as connection:
            pruned = embedding_rows.prune(connection)
            used = source_rows.used_files(connection)
        self._files.prune(used)
        return pruned

    def document_names(self) -> list[str]:
        """Every source's name, in order; for ingest and maintenance, not for showing."""
        return sorted(self.sources())

    def sources(self) -> dict[str, Source]:
        """What every source's newest version was made of, by name; for ingest, not for showing."""
        with self._database.read() as connection:
            return source_rows.made_of(connection)

    def documents(self, viewer: Viewer) -> list[DocumentInfo]:
        """The sources the viewer may see, each as the version in force, by name."""
        with self._database.read() as connection:
            return source_rows.infos(connection, viewer, self.today())

    def document(self, name: str, viewer: Viewer, version: int | None = None) -> Document | None:
        """A source as text, parts that the viewer may not see blanked out.

        Args:
            name: of the source.
            viewer: who asks, about which day.
            version: number of one that was published at any time; `None`: the one in force.

        Returns:
            `None` when there is none that the viewer may see.
        """
        with self._database.read() as connection:
            return source_rows.get(connection, name, viewer, self.today(), version)

    def current_versions(self, names: Sequence[str], viewer: Viewer) -> dict[str, int]:
        """Number of the version in force of each of these sources that the viewer may see."""
        with self._database.read() as connection:
            return source_rows.numbers_in_force(connection, names, viewer, self.today())

    def original_path(self, sha256: str) -> Path:
        """Where a document's original bytes are; ask `document` first whether it may be seen.

        Raises:
            ValueError: not a hex SHA-256.
        """
        return self._files.path(sha256)

    @property
    def curation(self) -> Curation:
        """What managers do with sources."""
        return Curation(self._database, self._settings.time_zone, self._settings.audit_head_path)

    @property
    def jobs(self) -> Jobs:
        """What was asked of the server and takes longer than an answer."""
        return Jobs(self._database, self._settings.uploads_dir)

    # Audiences and time

    def audiences(self) -> AudienceTree:
        """All audiences."""
        with self._database.read() as connection:
            return audience_rows.tree(connection)

    def today(self) -> date:
        """The day it is at the company."""
        return today(self._settings.time_zone)

    # Chunks

    def chunks(self, keys: Sequence[int], viewer: Viewer) -> list[StoredChunk]:
        """Those that exist now and the viewer may see, in the order asked: the last word."""
        wanted = [int(key) for key in keys]
        with self._database.read() as connection:
            found = {
                stored.key: stored
                for stored in chunk_rows.stored_chunks(connection, wanted, viewer, self.today())
            }
        return [found[key] for key in wanted if key in found]

    def chunk_page(self, after_id: int, limit: int) -> dict[int, Chunk]:
        """The chunks of every version that follow one, by number; for re-embedding."""
        with self._database.read() as connection:
            return chunk_rows.page(connection, after_id, limit)

    def index_rows(self, after_revision: int = 0) -> Iterator[IndexRow]:
        """What indexes are made of, by key: the chunks added after a revision.

        All rows are of one committed state, taken when the first is asked for; it may be newer
        than a `revision` read before. Exhaust or close the iterator: it holds a transaction.
        """
        with self._database.read() as connection:
            yield from chunk_rows.index_rows(connection, after_revision)

    def removed_keys(self, after_revision: int) -> list[int]:
        """Keys of the chunks that were removed after a revision, in order."""
        with self._database.read() as connection:
            return chunk_rows.keys_removed(connection, after_revision)

    def count_changes(self, after_revision: int) -> int:
        """Number of chunks added or removed after a revision; cheap."""
        with self._database.read() as connection:
            return chunk_rows.count_changes(connection, after_revision)

    # The whole

    def revision(self) -> int:
        """Number of committed changes so far; well under a millisecond."""
        with self._database.read() as connection:
            return chunk_rows.current_revision(connection)

    def stats(self) -> RegisterStats:
        """Sizes, of one committed state."""
        with self._database.read() as connection:
            bound = embedding_rows.bound_model(connection)
            languages = chunk_rows.count_by_language(connection, self.today())
            count = {
                table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
                for table in (sources, embeddings)
            }
            return RegisterStats(
                documents=count["sources"],
                chunks=sum(languages.values()),
                embeddings=count["embeddings"],
                revision=chunk_rows.current_revision(connection),
                fingerprint=bound.fingerprint if bound else None,
                languages=languages,
            )
