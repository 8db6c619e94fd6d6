"""A register of as many chunks as a bench asks for, kept between runs.

The example company's documents are brought in for real, then varied copies of them are stored
through the register as any other document. Killed while at it, the next run goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.bootstrap import LOCAL_VIEWER
from eval.bench.variation import Original, Variation
from ingest.pipeline import ingest
from knowledge.errors import SettingsError
from knowledge.models import Embedded
from knowledge.ports import Embedder
from knowledge.register import Register
from knowledge.settings import Settings

EXAMPLE_DOCUMENTS = Path(__file__).parents[2] / "examples" / "almendro" / "documents"

Progress = Callable[[str], None]
"""Told, in one line, of work that takes seconds."""


def ignore(_: str) -> None:
    """Progress that nobody watches."""


def corpus_settings(settings: Settings, chunks: int) -> Settings:
    """The settings of the register that holds so many chunks."""
    return settings.model_copy(update={"data_dir": settings.data_dir / "bench" / str(chunks)})


def ensure_corpus(
    settings: Settings,
    embedder: Embedder,
    chunks: int,
    *,
    documents: Path = EXAMPLE_DOCUMENTS,
    progress: Progress = ignore,
) -> Settings:
    """A register of at least ``chunks`` chunks, made or completed if it is not there.

    Args:
        settings: the data folder's; the register goes to ``bench/<chunks>`` below it.
        embedder: the model of the vectors.
        chunks: how many there must be; the last document may bring a few more.
        documents: folder of what is copied.
        progress: told how far it is.

    Returns:
        The settings of that register.

    Raises:
        SettingsError: there is nothing to copy.
    """
    own = corpus_settings(settings, chunks)
    with Register.open(own, write=True) as register:
        if register.stats().chunks >= chunks:
            return own
        if not documents.is_dir():
            raise SettingsError(
                f"the example documents are not in {documents}: run this from the repository"
            )
        ingest([documents], register, embedder, own)
        _fill(register, originals(register, documents), chunks, progress)
    return own


def originals(register: Register, documents: Path) -> list[Original]:
    """The documents that came from the folder's files, as the register holds them."""
    names = {path.relative_to(documents).as_posix() for path in documents.rglob("*")}
    vectors = {row.key: row.vector for row in register.index_rows()}
    by_document: dict[str, list[int]] = {name: [] for name in sorted(names)}
    for key, chunk in register.chunk_page(0, len(vectors)).items():
        if chunk.document in by_document:
            by_document[chunk.document].append(key)
    found: list[Original] = []
    for name, keys in by_document.items():
        document = register.document(name, LOCAL_VIEWER)
        if document is None or not keys:
            continue
        stored = sorted(register.chunks(keys, LOCAL_VIEWER), key=lambda s: s.chunk.ordinal)
        embedded = tuple(Embedded(vectors[s.key], s.sentence_vectors) for s in stored)
        found.append((document, tuple(s.chunk for s in stored), embedded))
    if not found:
        raise SettingsError(f"{documents} holds no document with text to copy")
    return found


def _fill(register: Register, copied: Sequence[Original], chunks: int, progress: Progress) -> None:
    """Add copies until there are enough chunks."""
    stored = set(register.document_names())
    n_chunks, number = register.stats().chunks, 0
    while n_chunks < chunks:
        number += 1
        for original in copied:
            if n_chunks >= chunks:
                return
            document, cut, vectors = Variation(number).apply(original)
            if document.name in stored:
                continue
            hashes = [chunk.content_hash for chunk in cut]
            register.store_embeddings(dict(zip(hashes, vectors, strict=True)))
            register.put_document(document, cut, document.text.encode())
            n_chunks += len(cut)
        progress(f"{n_chunks:,} of {chunks:,} chunks stored")
