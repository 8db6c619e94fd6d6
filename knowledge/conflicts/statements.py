"""Sentences as they are compared: what they measure, demand and deny, and of what they speak.

The register's chunks come before; `knowledge.conflicts.contradictions` compares the statements of a
`Collection`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from knowledge.conflicts.centring import Centres
from knowledge.conflicts.modality import Mark, Mode, marks_of, sounds_negative
from knowledge.conflicts.naming import Names
from knowledge.conflicts.wording import Rarity, Word, Words, words_of
from knowledge.models import Language, StoredChunk
from knowledge.quantities.extract import quantities_of
from knowledge.quantities.models import Quantity
from knowledge.quantities.numerals import tokens_of
from knowledge.text import STOP_WORDS

# How long, how often and until when, but not of what: what is compared as a quantity or a mark is
# no likeness of subject.
_OF_MEASURE = STOP_WORDS | frozenset(
    (
        "plazo plazos periodo maximo maxima minimo minima tras durante cada vez veces antes "
        "despues partir siguiente siguientes posterior posteriores primer primero primeros "
        "dentro unos como aproximadamente tan pronto tarde debe deben debera deberan puede "
        "pueden podra podran tendra tendran necesita hace falta dia dias hora horas mes meses "
        "ano anos semana semanas mucho lunes martes miercoles jueves viernes sabado domingo "
        "after before during each time times within next first following later early earlier "
        "once maximum minimum approximately around about must shall may can cannot need needs "
        "required day days hour hours month months year years week weeks total least most up to "
        "period due long longer short monday tuesday wednesday thursday friday saturday sunday "
    ).split()
)

_END = re.compile(r"[.!?…][\"'»”’)\]*_]*\s*$")

DENYING: frozenset[Mode] = frozenset(("not", "may not", "need not"))
DENIED = 3
"""Content words behind a denial that tell what is denied."""
MIN_CHARS = 25
"""Shorter sentences demand and deny nothing by themselves."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in its place.

    Attributes:
        document: name of its document.
        title: of the document.
        headings: above it, outermost first.
        text: as it stands.
        start: offset in the document's text.
        end: offset after it.
        language: of its passage.
        row: number in its table or sheet; `None` outside of tables.
        version: number of the version that says it.
        passage: the register's key of its passage; 0 for one that is not in it.
    """

    document: str
    title: str
    headings: tuple[str, ...]
    text: str
    start: int
    end: int
    language: Language
    row: int | None = None
    version: int = 1
    passage: int = 0


@dataclass(frozen=True)
class Statement:
    """A sentence with what is compared; its words are read when they are first asked for.

    Attributes:
        sentence: where it stands.
        quantities: what it measures, in order; numbers without a unit are left out.
        marks: what it demands, allows and denies, in order.
        rarity: weights of words.
    """

    sentence: Sentence
    quantities: tuple[Quantity, ...]
    marks: tuple[Mark, ...]
    rarity: Rarity = field(repr=False, compare=False)

    @classmethod
    def read(cls, sentence: Sentence, rarity: Rarity) -> Statement:
        """A sentence as it is compared."""
        measured = quantities_of(sentence.text, sentence.language)
        return cls(
            sentence,
            tuple(q for q in measured if q.kind != "number"),
            tuple(marks_of(sentence.text, sentence.language)),
            rarity,
        )

    @cached_property
    def modes(self) -> frozenset[Mode]:
        """All that it demands, allows and denies, in conditions too."""
        return frozenset(mark.mode for mark in self.marks)

    @cached_property
    def claims(self) -> tuple[Mark, ...]:
        """The marks that stand in no condition."""
        return tuple(mark for mark in self.marks if not mark.conditional)

    @cached_property
    def ended(self) -> bool:
        """Whether it is a whole sentence and no item of a list."""
        return _END.search(self.sentence.text) is not None

    @cached_property
    def listed(self) -> bool:
        """Whether it ends as an item within a list."""
        return self.sentence.text.rstrip().endswith((",", ";"))

    @cached_property
    def denial(self) -> Mark | None:
        """The first claim that denies, forbids or frees, unless it only sets a limit.

        "No conservamos los datos más de 25 meses" sets one.
        """
        mark = next((m for m in self.claims if m.mode in DENYING), None)
        limits = (q.bound == "min" and mark and q.start >= mark.start for q in self.quantities)
        return None if any(limits) else mark

    @cached_property
    def denied(self) -> Words:
        """The first words behind its denial; none where it has none."""
        if self.denial is None:
            return Words()
        start = self.denial.start
        return Words([word for word in self.words if word.start >= start][:DENIED])

    @cached_property
    def negative(self) -> bool:
        """Whether any of its words may deny something."""
        return sounds_negative(self.sentence.text)

    @cached_property
    def words(self) -> Words:
        """Its content words, weighted, without those of quantities and marks."""
        taken = [(q.start, q.end) for q in self.quantities]
        taken += [(m.start, m.end) for m in self.marks]
        found = words_of(tokens_of(self.sentence.text), self.sentence.language)
        return self.rarity.weigh(
            word
            for word in found
            if word.text not in _OF_MEASURE and not any(a <= word.start < b for a, b in taken)
        )

    @cached_property
    def context(self) -> Words:
        """The words of title and headings, weighted."""
        sentence = self.sentence
        return self.rarity.weigh(_above(sentence.title, sentence.headings, sentence.language))


@lru_cache(maxsize=10_000)
def _above(title: str, headings: tuple[str, ...], language: Language) -> list[Word]:
    """The words of title and headings; most sentences share them with others."""
    above = " . ".join(dict.fromkeys((title, *headings)))
    return words_of(tokens_of(above), language)


@dataclass(frozen=True)
class Collection:
    """Statements that may be compared with each other.

    Attributes:
        statements: of all sentences.
        vectors: ``(n, dimension)`` float32, unit length, in their order.
        names: what the documents speak of.
        rarity: weights of words.
        centres: where the vectors of each language lie.
    """

    statements: Sequence[Statement]
    vectors: NDArray[np.float32]
    names: Names
    rarity: Rarity
    centres: Centres

    @classmethod
    def of(
        cls,
        sentences: Sequence[Sentence],
        vectors: NDArray[np.float16],
        like: Collection | None = None,
    ) -> Collection:
        """The statements of sentences.

        Args:
            sentences: with their places.
            vectors: ``(n, dimension)``, unit length, in the same order.
            like: a larger collection whose weights of words, names and centres are used, with the
                names of these sentences' documents; `None` learns all from the sentences.
        """
        rarity = like.rarity if like else Rarity(sentence.text for sentence in sentences)
        named = [(s.language, s.document, s.text) for s in sentences]
        names = like.names.extended(named) if like else Names(named)
        statements = [Statement.read(sentence, rarity) for sentence in sentences]
        plain = vectors.astype(np.float32)
        centres = like.centres if like else Centres.of(plain, [s.language for s in sentences])
        return cls(statements, plain, names, rarity, centres)

    def __len__(self) -> int:
        return len(self.statements)

    @cached_property
    def homes(self) -> Mapping[int, frozenset[str]]:
        """Position of the first of equal statements -> names of the documents that have them."""
        first: dict[tuple[Language, str], int] = {}
        homes: dict[int, set[str]] = defaultdict(set)
        for position, statement in enumerate(self.statements):
            sentence = statement.sentence
            wording = " ".join(sentence.text.lower().split())
            chosen = first.setdefault((sentence.language, wording), position)
            homes[chosen].add(sentence.document)
        return {position: frozenset(found) for position, found in homes.items()}

    @cached_property
    def measuring(self) -> NDArray[np.intp]:
        """Where the statements are that measure something, copies left out."""
        return self._rows(lambda statement: bool(statement.quantities))

    @cached_property
    def long(self) -> NDArray[np.intp]:
        """Where those are that are long enough to demand or deny, copies left out."""
        return self._rows(lambda statement: len(statement.sentence.text) >= MIN_CHARS)

    @cached_property
    def marked(self) -> NDArray[np.intp]:
        """Where those of them are that demand, allow or deny something."""
        marked = [row for row in self.long.tolist() if self.statements[row].marks]
        return np.array(marked, dtype=np.intp)

    def _rows(self, chosen: Callable[[Statement], bool]) -> NDArray[np.intp]:
        rows = [row for row in self.homes if chosen(self.statements[row])]
        return np.array(rows, dtype=np.intp)

    @cached_property
    def languages(self) -> NDArray[np.str_]:
        """``(n,)`` language of each statement."""
        return np.array([s.sentence.language for s in self.statements], dtype="U2")

    @cached_property
    def rows_of(self) -> Mapping[str, NDArray[np.intp]]:
        """Where each document's statements are."""
        rows: dict[str, list[int]] = defaultdict(list)
        for row, statement in enumerate(self.statements):
            rows[statement.sentence.document].append(row)
        return {document: np.array(found, dtype=np.intp) for document, found in rows.items()}

    def where(self, keep: Callable[[str], bool]) -> Collection:
        """The statements of some documents.

        Args:
            keep: tells by name whether a document is kept.
        """
        rows = [i for i, s in enumerate(self.statements) if keep(s.sentence.document)]
        kept = [self.statements[i] for i in rows]
        return replace(self, statements=kept, vectors=self.vectors[rows])


def sentences_of(chunks: Iterable[StoredChunk]) -> tuple[list[Sentence], NDArray[np.float16]]:
    """The sentences of chunks and their vectors, ``(n, dimension)`` float16."""
    found: list[Sentence] = []
    vectors: list[NDArray[np.float16]] = []
    for stored in chunks:
        chunk = stored.chunk
        vectors.append(stored.sentence_vectors)
        found.extend(
            Sentence(
                document=chunk.document,
                title=stored.title,
                headings=chunk.headings,
                text=chunk.text[start:end],
                start=chunk.start + start,
                end=chunk.start + end,
                language=chunk.language,
                row=chunk.row,
                version=stored.version,
                passage=stored.key,
            )
            for start, end in chunk.sentences
        )
    if not vectors:
        return [], np.zeros((0, 0), dtype=np.float16)
    return found, np.concatenate(vectors)
