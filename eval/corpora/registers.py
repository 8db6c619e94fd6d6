"""One register per corpus, kept between runs: documents -> a wired assistant."""

from __future__ import annotations

import hashlib
import logging
import runpy
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from assistant.bootstrap import LOCAL_VIEWER, operator, wire
from assistant.pipeline import Assistant
from ingest.chunk import chunk_document
from ingest.pipeline import ingest
from knowledge.errors import SettingsError
from knowledge.models import Chunk, Document
from knowledge.ports import Embedder
from knowledge.register import Register
from knowledge.settings import Settings

logger = logging.getLogger(__name__)

EMBED_AT_ONCE = 512
_DIGEST_CHARS = 10
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "almendro"
"""The example company, in a checkout of the project."""
DAY = date(2026, 11, 29)
"""On which sets about the example company ask."""


@contextmanager
def assistant_over(
    corpus: str, documents: Sequence[Document], embedder: Embedder, settings: Settings
) -> Iterator[Assistant]:
    """An assistant over given documents; their vectors are kept for the next run.

    Args:
        corpus: names the register's folder below the data folder.
        documents: all that is in it.
        embedder: the model.
        settings: the data folder's.
    """
    own = apart(corpus, documents, settings)
    with Register.open(own, write=True) as register:
        register.bind_model(embedder.fingerprint)
        stored = {s.name for s in register.documents(LOCAL_VIEWER)}
        new = [d for d in documents if d.name not in stored]
        _put(register, new, embedder)
    yield from _opened(own, embedder)


def apart(corpus: str, documents: Sequence[Document], settings: Settings) -> Settings:
    """The settings of a corpus's own register; other documents have another one."""
    held = hashlib.sha256()
    for document in documents:
        held.update(f"{document.name}\0{document.title}\0{document.sha256}\n".encode())
    return settings.apart("eval", f"{corpus}-{held.hexdigest()[:_DIGEST_CHARS]}")


@contextmanager
def assistant_over_files(
    corpus: str, folder: Path, embedder: Embedder, settings: Settings
) -> Iterator[Assistant]:
    """An assistant over the files of a folder, through the whole ingest."""
    own = settings.apart("eval", corpus)
    with Register.open(own, write=True) as register:
        report = ingest([folder], register, embedder, own)
        for refusal in report.refused:
            logger.warning("%s", refusal)
    yield from _opened(own, embedder)


@contextmanager
def assistant_over_example(
    corpus: str, embedder: Embedder, settings: Settings
) -> Iterator[Assistant]:
    """An assistant over the example company's documents as they are filed: days, audiences, parts.

    Raises:
        SettingsError: there is no example beside the package.
    """
    own = settings.apart("eval", corpus)
    script = EXAMPLE / "load.py"
    if not script.is_file():
        raise SettingsError(f"{script} is not there: run this from a checkout of the project")
    loader = runpy.run_path(str(script))
    filing = loader["read_filing"](EXAMPLE / "filing.csv")
    with Register.open(own, write=True) as register:
        stored = {one.name for one in register.documents(operator(register.audiences(), on=DAY))}
    if not {one.name for one in filing if one.first <= DAY < (one.end or date.max)} <= stored:
        loader["load"](filing, own, embedder)
    yield from _opened(own, embedder)


def _opened(settings: Settings, embedder: Embedder) -> Iterator[Assistant]:
    assistant = wire(Register.open(settings), embedder, settings)
    try:
        yield assistant
    finally:
        assistant.close()


def _put(register: Register, documents: Sequence[Document], embedder: Embedder) -> None:
    cut = [(d, chunk_document(d, embedder.count_tokens)) for d in documents]
    chunks = [c for _, found in cut for c in found]
    known = register.known_embeddings([c.content_hash for c in chunks])
    missing = {c.content_hash: c for c in chunks if c.content_hash not in known}
    todo: list[Chunk] = sorted(missing.values(), key=lambda c: len(c.embedded_text))
    for start in range(0, len(todo), EMBED_AT_ONCE):
        batch = todo[start : start + EMBED_AT_ONCE]
        embedded = embedder.embed_chunks(batch)
        register.store_embeddings({c.content_hash: e for c, e in zip(batch, embedded, strict=True)})
    for document, found in cut:
        register.put_document(document, found, document.text.encode())
