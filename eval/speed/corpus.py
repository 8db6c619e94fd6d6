"""A register of as many chunks as a bench asks for, kept between runs.

The example company's documents are brought in for real, into a register of their own; varied copies
of them are stored as any other document. Killed while at it, the next run goes on from there.

The originals stay out: no collection holds a chunk that hundreds of others lie around at the same
distance, and a graph index cannot be searched there (36 of 200 vectors found themselves).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from assistant.bootstrap import LOCAL_VIEWER
from eval.corpora.desks import DOCUMENTS
from eval.speed.variation import Original, Variation
from ingest.pipeline import ingest
from knowledge.errors import SettingsError
from knowledge.models import Embedded
from knowledge.ports import Embedder
from knowledge.register import Register
from knowledge.settings import Settings

Progress = Callable[[str], None]
"""Told, in one line, of work that takes seconds."""


def ignore(_: str) -> None:
    """Progress that nobody watches."""


def corpus_settings(settings: Settings, chunks: int) -> Settings:
    """The settings of the register that holds so many chunks."""
    return settings.apart("bench", str(chunks))


def ensure_corpus(
    settings: Settings,
    embedder: Embedder,
    chunks: int,
    *,
    documents: Path = DOCUMENTS,
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
        register.bind_model(embedder.fingerprint)
        _fill(register, originals(settings, embedder, documents), chunks, progress)
    return own


def originals(settings: Settings, embedder: Embedder, documents: Path) -> list[Original]:
    """The documents of a folder, through the whole ingest.

    Raises:
        SettingsError: the folder is not there, or no file in it has text.
    """
    if not documents.is_dir():
        raise SettingsError(
            f"the example documents are not in {documents}: run this from the repository"
        )
    own = settings.apart("bench", "originals")
    with Register.open(own, write=True) as register:
        ingest([documents], register, embedder, own)
        found = list(_read(register))
    if not found:
        raise SettingsError(f"{documents} holds no document with text to copy")
    return found


def _read(register: Register) -> Iterator[Original]:
    vectors = {row.key: row.vector for row in register.index_rows()}
    keys: dict[str, list[int]] = {name: [] for name in register.document_names()}
    for key, chunk in register.chunk_page(0, len(vectors)).items():
        keys[chunk.document].append(key)
    for name, own in keys.items():
        document = register.document(name, LOCAL_VIEWER)
        stored = sorted(register.chunks(own, LOCAL_VIEWER), key=lambda s: s.chunk.ordinal)
        if document is not None and stored:
            embedded = tuple(Embedded(vectors[s.key], s.sentence_vectors) for s in stored)
            yield document, tuple(s.chunk for s in stored), embedded


def _fill(register: Register, copied: Sequence[Original], chunks: int, progress: Progress) -> None:
    """Add copies until there are enough chunks."""
    stored = set(register.document_names())
    n_chunks, number = register.stats().chunks, 0
    while n_chunks < chunks:
        number += 1
        variation = Variation(number)
        for original in copied:
            if n_chunks >= chunks:
                return
            if variation.name_of(original[0]) in stored:
                continue
            document, cut, vectors = variation.apply(original)
            hashes = [chunk.content_hash for chunk in cut]
            register.store_embeddings(dict(zip(hashes, vectors, strict=True)))
            register.put_document(document, cut, document.text.encode())
            n_chunks += len(cut)
        progress(f"{n_chunks:,} of {chunks:,} chunks stored")
