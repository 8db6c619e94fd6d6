"""`voz eval contradictions`: are contradictions found, harmless look-alikes left alone?

Planted ones (`eval.planting`) are counted by the program. What is flagged in the documents as they
are was judged by hand (``eval/sets/contradictions_judged.jsonl``).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.bootstrap import LOCAL_VIEWER
from eval.corpora.reading import by_hand
from eval.planting.copies import copied, translated
from eval.planting.planted import Corpus, Planted, family, reworded
from eval.scores import Measured, Values, values_of
from eval.work import Work
from ingest.chunk import chunk_document
from ingest.pipeline import ingest
from knowledge.conflicts.contradictions import (
    REPORTED_FROM,
    Contradiction,
    contradictions,
    contradictions_of,
)
from knowledge.conflicts.disagreement import agree
from knowledge.conflicts.statements import Collection, Sentence, Statement, sentences_of
from knowledge.models import Chunk, Language, StoredChunk
from knowledge.ports import Embedder
from knowledge.register import Register
from knowledge.text import fold

SEED = 1
PER_WAY = 30
"""Contradictions, and as many look-alikes, for each way of copying and each language."""
LANGUAGES = ("es-es", "en-en", "es-en", "en-es")
NOT_DOCUMENTS = frozenset(("SOURCES.md",))


@dataclass(frozen=True)
class Outcome:
    """What was found for a planted sentence.

    Attributes:
        planted: the case.
        against: findings against the sentence that it was made from, or one of the same publisher
            that says the same, the surest first.
        elsewhere: other findings.
    """

    planted: Planted
    against: tuple[Contradiction, ...]
    elsewhere: tuple[Contradiction, ...]

    @property
    def family(self) -> Hashable:
        """The document that it was made from, as `families` of findings: one draw."""
        return frozenset([family(self.planted.original)])

    @property
    def found(self) -> bool:
        """Whether it is reported against what it was made from."""
        return _reported(self.against)

    @property
    def alarm(self) -> bool:
        """Whether it is reported where it should not be."""
        return _reported(self.elsewhere) or (not self.planted.contradicts and self.found)


@dataclass(frozen=True)
class Bench:
    """The real documents, as they are planted in and as they are compared.

    Attributes:
        corpus: documents and chunks.
        collection: their statements.
    """

    corpus: Corpus
    collection: Collection

    @classmethod
    def open(cls, work: Work) -> Bench:
        """The documents below ``policies``, read by the whole ingest (minutes the first time)."""
        own = work.settings.apart("eval", "policies")
        with Register.open(own, write=True) as register:
            ingest([work.data / "policies"], register, work.embedder, own)
            keys = [row.key for row in register.index_rows()]
            stored = register.chunks(keys, LOCAL_VIEWER)
            names = sorted({s.chunk.document for s in stored} - NOT_DOCUMENTS)
            documents = {name: register.document(name, LOCAL_VIEWER) for name in names}
        chunks: dict[str, list[StoredChunk]] = defaultdict(list)
        for one in sorted(stored, key=lambda s: (s.chunk.document, s.chunk.ordinal)):
            if one.chunk.document in documents:
                chunks[one.chunk.document].append(one)
        corpus = Corpus({n: d for n, d in documents.items() if d is not None}, chunks)
        ordered = chain.from_iterable(chunks[name] for name in names)
        return cls(corpus, Collection.of(*sentences_of(ordered)))

    def planted(self) -> list[Planted]:
        """All cases, the same each time."""
        return [
            *reworded(self.corpus, seed=SEED),
            *copied(self.corpus, seed=SEED, count=PER_WAY),
            *translated(self.corpus, seed=SEED, count=PER_WAY),
        ]

    def outcomes(
        self, cases: Sequence[Planted], embedder: Embedder, *, reported_from: float = REPORTED_FROM
    ) -> Iterator[Outcome]:
        """What is found for each case, put beside the documents by itself."""
        known = {
            s.chunk.content_hash: s.sentence_vectors
            for s in chain.from_iterable(self.corpus.chunks.values())
        }
        cut = [chunk_document(case.document, embedder.count_tokens) for case in cases]
        new = {c.content_hash: c for c in chain.from_iterable(cut) if c.content_hash not in known}
        embedded = embedder.embed_chunks(list(new.values()))
        known |= {key: e.sentences for key, e in zip(new, embedded, strict=True)}
        beside: dict[str, Collection] = {"": self.collection}
        for case, chunks in zip(cases, cut, strict=True):
            if case.hidden not in beside:
                beside[case.hidden] = self.collection.where(case.sees)
            yield _outcome(case, chunks, known, beside[case.hidden], reported_from)


def measure(work: Work) -> Iterator[Measured]:
    """Recall, precision and false alarms by language pair and way, then the documents as they are.

    Cases of one document, and findings between the same two, hang together.
    """
    work.progress("policies: reading the documents (minutes the first time)")
    bench = Bench.open(work)
    cases = [case for case in bench.planted() if work.half in ("all", case.half)]
    work.progress(f"planted ({work.half}): {len(cases)} documents")
    outcomes = list(bench.outcomes(cases, work.embedder))
    yield from _scores("planted all", outcomes)
    for languages in LANGUAGES:
        yield from _scores(
            f"planted {languages}", [o for o in outcomes if o.planted.languages == languages]
        )
    for how in ("reworded", "copied", "translated"):
        yield from _scores(f"planted {how}", [o for o in outcomes if o.planted.how == how])
    work.progress(f"as they are: {len(bench.collection)} sentences")
    flagged = contradictions(bench.collection)
    known = verdicts()
    judged = [(known.get(key_of(c)), families(c)) for c in flagged]
    unjudged = sum(verdict is None for verdict, _ in judged)
    if unjudged:
        work.progress(f"{unjudged} findings were not judged by hand: see --list")
    yield values_of("as they are", "flagged that are real", judged)
    yield values_of("everything", "precision", [*_hits(outcomes), *judged])


def surest(work: Work) -> Iterator[dict[str, Any]]:
    """The surest findings in the documents as they are, reported or not, for judging by hand."""
    found = contradictions(Bench.open(work).collection, reported_from=0.0)
    judged = verdicts()
    for one in found[: work.limit]:
        yield {
            "score": one.score,
            "reason": one.reason("en"),
            "first_document": one.first.document,
            "first": one.first.text,
            "second_document": one.second.document,
            "second": one.second.text,
            "real": judged.get(key_of(one)),
        }


def verdicts() -> dict[str, bool]:
    """Whether a finding in the documents as they are is real, by `key_of`, as judged by hand."""
    judged = by_hand("contradictions_judged.jsonl")
    return {_key(row["first"], row["second"]): row["real"] for row in judged}


def families(found: Contradiction) -> frozenset[str]:
    """The documents that a finding is between, whatever their language and format."""
    return frozenset(family(one.document) for one in (found.first, found.second))


def key_of(found: Contradiction) -> str:
    """What a finding is known by: its two texts, whichever is first."""
    return _key(found.first.text, found.second.text)


def _key(one: str, other: str) -> str:
    texts = sorted(" ".join(fold(text).split()) for text in (one, other))
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]


def _outcome(
    case: Planted,
    chunks: Sequence[Chunk],
    vectors: Mapping[str, NDArray[np.float16]],
    collection: Collection,
    reported_from: float,
) -> Outcome:
    stored = [
        StoredChunk(0, chunk, case.document.title, vectors[chunk.content_hash]) for chunk in chunks
    ]
    new = Collection.of(*sentences_of(stored), like=collection)
    found = [
        contradiction
        for contradiction in contradictions_of(new, collection, reported_from=reported_from)
        if _planted(contradiction.first.text, case.sentence)
    ]
    original = _statement(case.replaced, case, collection)
    against = tuple(c for c in found if _says_the_same(c.second, original))
    return Outcome(case, against, tuple(c for c in found if c not in against))


def _statement(text: str, case: Planted, collection: Collection) -> Statement:
    """The sentence that was replaced, as a statement."""
    language: Language = "es" if case.languages.startswith("es") else "en"
    sentence = Sentence(case.original, "", (), text, 0, len(text), language)
    return Statement.read(sentence, collection.rarity)


def _says_the_same(sentence: Sentence, original: Statement) -> bool:
    """Whether a sentence is the one replaced, or one of its publisher that agrees with it."""
    document = original.sentence.document
    if family(sentence.document) == family(document):
        return True
    same_publisher = sentence.document.split("/")[0] == document.split("/")[0]
    return same_publisher and agree(Statement.read(sentence, original.rarity), original)


def _planted(text: str, sentence: str) -> bool:
    """Whether a sentence of the document is the planted one, or a part of it."""
    return sentence in text or (len(text) > len(sentence) / 2 and text in sentence)


def _reported(found: Iterable[Contradiction]) -> bool:
    return any(contradiction.score >= REPORTED_FROM for contradiction in found)


def _scores(name: str, outcomes: Sequence[Outcome]) -> Iterator[Values]:
    contradicting = [o for o in outcomes if o.planted.contradicts]
    harmless = [o for o in outcomes if not o.planted.contradicts]
    yield values_of(name, "recall", ((o.found, o.family) for o in contradicting))
    alarms = ((o.alarm, o.family) for o in harmless)
    yield values_of(name, "harmless flagged", alarms, higher_is_better=False)
    yield values_of(name, "precision", _hits(outcomes))


def _hits(outcomes: Sequence[Outcome]) -> list[tuple[bool, Hashable]]:
    """True for each planted contradiction that is found, false for each false alarm."""
    hits = [(True, o.family) for o in outcomes if o.planted.contradicts and o.found]
    return [*hits, *((False, o.family) for o in outcomes if o.alarm)]
