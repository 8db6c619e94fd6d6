"""The passages that statements are made from and held against: policies, sets and the example."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.support.models import Evidence
from eval.components.contradictions.measuring import Bench
from eval.corpora.desks import DOCUMENTS
from eval.corpora.reading import plain_document, rows
from eval.planting.copies import parallel_sentences
from eval.planting.planted import family
from ingest import sandbox
from ingest.chunk import chunk_document
from knowledge.models import Chunk, Document, Language, StoredChunk
from knowledge.ports import Embedder


@dataclass(frozen=True)
class Passage:
    """A passage that pairs are made from.

    Attributes:
        set: name of the set.
        key: of its document.
        language: of the statements made from its sentences.
        text: what the sentences are taken from.
        evidence: what the statements cite: the same text, or its translation.
        sentences: whole sentences of ``text``; all of them by default.
    """

    set: str
    key: str
    language: Language
    text: str
    evidence: tuple[Evidence, ...]
    sentences: tuple[str, ...] = ()

    @property
    def across(self) -> bool:
        """Whether the evidence is a translation."""
        return self.evidence[0].language != self.language


def policies(bench: Bench) -> Iterator[Passage]:
    """Passages of the public policies over themselves, and sentences over their translations."""
    for name in sorted(bench.corpus.documents):
        if name.endswith(".md"):
            for stored in bench.corpus.chunks[name]:
                if stored.chunk.row is None:
                    chunk = stored.chunk
                    yield Passage(
                        "policies", family(name), chunk.language, chunk.text, (Evidence.of(stored),)
                    )
    beside = {
        stored.chunk.content_hash: stored
        for chunks in bench.corpus.chunks.values()
        for stored in chunks
    }
    for (chunk, sentence), (theirs, _) in parallel_sentences(bench.corpus):
        evidence = Evidence.of(beside[theirs.content_hash])
        yield Passage(
            "policies", family(chunk.document), chunk.language, chunk.text, (evidence,), (sentence,)
        )


def parallel(data: Path, name: str, embedder: Embedder) -> Iterator[Passage]:
    """Passages in two languages: sentences of each over itself and over the other."""
    file = "passages.jsonl" if name == "xquad" else "documents.jsonl"
    found = rows(data / name / file, "id", "title", "text", "lang", "parallel_id")
    made = _evidence([(p["id"], p["title"], p["text"], p["lang"]) for p in found], embedder)
    by_parallel: dict[str, list[int]] = {}
    for at, row in enumerate(found):
        by_parallel.setdefault(row["parallel_id"], []).append(at)
    for key, places in by_parallel.items():
        for own in places:
            for other in places:
                # All passages of one article in one half
                document = key.split("-")[0] if name == "xquad" else key
                row = found[own]
                yield Passage(name, f"{name}/{document}", row["lang"], row["text"], made[other])


def plain(data: Path, name: str, language: Language) -> Iterator[Passage]:
    """Passages of one language over themselves."""
    file = "corpus.jsonl" if name == "mtrag" else "passages.jsonl"
    for row in rows(data / name / file, "id", "text"):
        above = row.get("title") or ""
        yield Passage(
            name,
            f"{name}/{above or row['id']}",
            language,
            row["text"],
            (Evidence(row["text"], language, above),),
        )


def of_example(example: Mapping[str, Sequence[StoredChunk]]) -> Iterator[Passage]:
    """Passages of the example company over themselves."""
    for name, chunks in example.items():
        for stored in chunks:
            chunk = stored.chunk
            yield Passage(
                "example", f"example/{name}", chunk.language, chunk.text, (Evidence.of(stored),)
            )


def example_chunks(embedder: Embedder) -> dict[str, list[StoredChunk]]:
    """The example company's passages with their vectors, by document."""
    found: dict[str, list[StoredChunk]] = {}
    for path in sorted(DOCUMENTS.iterdir()):
        if path.is_file():
            document = sandbox.parse(path.read_bytes(), path.name)
            found[path.name] = _stored(document, embedder)
    return found


def _stored(document: Document, embedder: Embedder) -> list[StoredChunk]:
    chunks = chunk_document(document, embedder.count_tokens)
    embedded = embedder.embed_chunks(chunks)
    return [
        StoredChunk(0, chunk, document.title, vectors.sentences)
        for chunk, vectors in zip(chunks, embedded, strict=True)
    ]


def _evidence(
    found: Sequence[tuple[str, str, str, Language]], embedder: Embedder
) -> list[tuple[Evidence, ...]]:
    """The passages of each plain text with their vectors, embedded together."""
    documents = [plain_document(*one) for one in found]
    cut = [chunk_document(document, embedder.count_tokens) for document in documents]
    every: list[Chunk] = [chunk for chunks in cut for chunk in chunks]
    vectors = iter(embedder.embed_chunks(every))
    return [
        tuple(
            Evidence.of(StoredChunk(0, chunk, document.title, next(vectors).sentences))
            for chunk in chunks
        )
        for document, chunks in zip(documents, cut, strict=True)
    ]
