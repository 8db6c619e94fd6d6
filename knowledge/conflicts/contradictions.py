"""Sentences of a collection that say different things of one thing, before a customer finds them.

Nearest sentences by their vectors -> a typed comparison of what they measure and demand
(`knowledge.conflicts.disagreement`) -> how alike they are in what they speak of
(`knowledge.conflicts.likeness`). Explainable and offline: every finding names the two sentences,
what differs and a score.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.conflicts.disagreement import Aspect, Disagreement, agree, disagreement
from knowledge.conflicts.likeness import Likeness, comparable, likeness, score
from knowledge.conflicts.nearest import nearest_pairs
from knowledge.conflicts.statements import Collection, Sentence
from knowledge.conflicts.wording import overlap
from knowledge.models import Language

FLOOR = 0.84
FLOOR_ACROSS = 0.79
"""Least cosine, in one language and across the two: below the lowest of what was planted on half
``fit`` (0.86 and 0.81)."""
NEAREST = 12
NEAREST_ACROSS = 8
NEAREST_OF_MARKS = 10
"""How many of a sentence's nearest are compared with it. Of what was planted, all on half ``fit``
were among the 9 nearest."""
MIN_COMMON = 0.2
"""Statements that share less of their words are not about one thing."""
TWIN_MARGIN = 0.05
TWIN_COMMON = 0.5
"""A sentence has a twin in a document if one there agrees with it and shares at least so many
words, and hardly fewer than the one that disagrees: then that one is about something else."""
REPORTED_FROM = 0.5
Progress = Callable[[int, int], None]
"""Told how many of how many steps are done."""
_STEPS = 20
LANGUAGES: tuple[Language, ...] = ("es", "en")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two sentences that say different things of one thing.

    Attributes:
        first: a sentence in its place.
        second: another, in another document or another place of the same.
        aspect: what differs: see `Disagreement`.
        kind: of the quantity that differs; empty for obligations and denials.
        first_span: where ``first.text`` says it; empty where it says so by all of it.
        second_span: where ``second.text`` says it.
        score: how sure it is, 0 to 1.
        alike: what the score was made of.
    """

    first: Sentence
    second: Sentence
    aspect: Aspect
    kind: str
    first_span: tuple[int, int]
    second_span: tuple[int, int]
    score: float
    alike: Likeness = field(repr=False)

    @property
    def of_obligation(self) -> bool:
        """Whether it is no quantity that differs."""
        return self.aspect in ("obligation", "denial")

    @property
    def said(self) -> tuple[str, str]:
        """The words that differ."""
        (a, b), (c, d) = self.first_span, self.second_span
        return self.first.text[a:b], self.second.text[c:d]

    def reason(self, language: Language) -> str:
        """What differs, in one line."""
        return _REASONS[language][self.aspect].format(*self.said, kind=_KINDS[language][self.kind])


def _ignore(done: int, total: int) -> None: ...


def contradictions(
    collection: Collection, *, reported_from: float = REPORTED_FROM, progress: Progress = _ignore
) -> list[Contradiction]:
    """Contradictions within a collection, the surest first.

    Args:
        collection: statements of any number of documents.
        reported_from: least score.
        progress: told how far it is.
    """
    return _found(collection, collection, reported_from, progress)


def contradictions_of(
    new: Collection, collection: Collection, *, reported_from: float = REPORTED_FROM
) -> list[Contradiction]:
    """Contradictions between what is new and what there is, the surest first.

    Args:
        new: statements of documents that are not in the collection, made ``like`` it.
        collection: what there is.
        reported_from: least score.

    Returns:
        Findings whose ``first`` is new and whose ``second`` is not.
    """
    return _found(new, collection, reported_from)


def _found(
    one: Collection, other: Collection, reported_from: float, progress: Progress = _ignore
) -> list[Contradiction]:
    judged = _Compared(one, other, progress).judged()
    found = sorted((c for c in judged if c.score >= reported_from), key=_order)
    return list(_best_counterparts(found))


def _best_counterparts(found: Iterable[Contradiction]) -> Iterator[Contradiction]:
    """The surest for each sentence and document: one row of a table stands against one."""
    taken: set[tuple[str, int, str]] = set()
    for contradiction in found:
        first, second = contradiction.first, contradiction.second
        places = {
            (first.document, first.start, second.document),
            (second.document, second.start, first.document),
        }
        if not places & taken:
            yield contradiction
        taken |= places


def _order(found: Contradiction) -> tuple[float, str, int, str, int]:
    first, second = found.first, found.second
    return (-found.score, first.document, first.start, second.document, second.start)


class _Conflict(NamedTuple):
    """What two statements say differently, and the share of their words that is common."""

    found: Disagreement
    common: float


class _Compared:
    """Two collections compared, or one with itself."""

    def __init__(self, one: Collection, other: Collection, progress: Progress) -> None:
        self.one, self.other = one, other
        self.pairs = dict(_pairs(one, other))
        self.conflicts: dict[tuple[int, int], _Conflict] = {}
        every = max(1, len(self.pairs) // _STEPS)
        for number, pair in enumerate(self.pairs):
            if number % every == 0:
                progress(number, len(self.pairs))
            found = self._conflict(*pair)
            if found and found.common >= MIN_COMMON:
                self.conflicts[pair] = found
        self._agreeing: dict[int, list[int]] = defaultdict(list)
        self._agreeing_with: dict[int, list[int]] = defaultdict(list)
        self._note_agreeing()

    def judged(self) -> Iterator[Contradiction]:
        """Every contradiction, however unsure."""
        for (i, j), conflict in self.conflicts.items():
            first, second = self.one.statements[i], self.other.statements[j]
            if self._has_twin(i, j, conflict.common):
                continue
            if comparable(first, second, self.one.names):
                yield self._judged(i, j, conflict.found)

    def _conflict(self, i: int, j: int) -> _Conflict | None:
        first, second = self.one.statements[i], self.other.statements[j]
        found = disagreement(first, second)
        if found is None:
            return None
        return _Conflict(found, overlap(first.words, second.words).common)

    def _note_agreeing(self) -> None:
        """Remember what agrees with the statements that are in conflict with something."""
        left = {i for i, _ in self.conflicts}
        right = {j for _, j in self.conflicts}
        if self.one is self.other:
            left = right = left | right
        for i, j in self.pairs:
            if (i in left or j in right) and agree(
                self.one.statements[i], self.other.statements[j]
            ):
                self._agreeing[i].append(j)
                self._agreeing_with[j].append(i)
                if self.one is self.other:
                    self._agreeing[j].append(i)
                    self._agreeing_with[i].append(j)

    def _has_twin(self, i: int, j: int, common: float) -> bool:
        """Whether either has a statement that agrees with it in the other's document."""
        first, second = self.one.statements[i], self.other.statements[j]
        least = max(TWIN_COMMON, common - TWIN_MARGIN)
        return any(
            second.sentence.document in self.other.homes[twin]
            and overlap(first.words, self.other.statements[twin].words).common >= least
            for twin in self._agreeing[i]
        ) or any(
            first.sentence.document in self.one.homes[twin]
            and overlap(self.one.statements[twin].words, second.words).common >= least
            for twin in self._agreeing_with[j]
        )

    def _judged(self, i: int, j: int, found: Disagreement) -> Contradiction:
        first, second = self.one.statements[i], self.other.statements[j]
        cosine = self.pairs[i, j]
        nearer = max(
            _nearer(self.one.vectors[i], self.other, second.sentence.document, cosine),
            _nearer(self.other.vectors[j], self.one, first.sentence.document, cosine),
        )
        alike = likeness(first, second, found, cosine=cosine, nearer=nearer)
        return Contradiction(
            first.sentence,
            second.sentence,
            found.aspect,
            found.kind,
            found.first,
            found.second,
            round(score(alike, of_obligation=found.of_obligation), 4),
            alike,
        )


def _nearer(
    vector: NDArray[np.float32], collection: Collection, document: str, cosine: float
) -> int:
    """How many statements of a document are nearer to a vector than so."""
    similar = collection.vectors_of(document) @ vector
    return int((similar > cosine + 1e-5).sum())


def _pairs(one: Collection, other: Collection) -> Iterator[tuple[tuple[int, int], float]]:
    """Statements that are near each other and of which something can be compared."""
    measured = (NEAREST, NEAREST_ACROSS)
    demanded = (NEAREST_OF_MARKS, NEAREST_OF_MARKS)
    yield from _nearest(one, other, one.measuring, other.measuring, top_k=measured)
    yield from _nearest(one, other, one.marked, other.long, top_k=demanded)
    if one is not other:
        yield from _nearest(one, other, one.long, other.marked, top_k=demanded)


def _nearest(
    one: Collection,
    other: Collection,
    rows: NDArray[np.intp],
    columns: NDArray[np.intp],
    *,
    top_k: tuple[int, int],
) -> Iterator[tuple[tuple[int, int], float]]:
    """Pairs of rows, within and across languages; each once where a collection meets itself."""
    for language, against in product(LANGUAGES, LANGUAGES):
        left = rows[one.languages[rows] == language]
        right = columns[other.languages[columns] == against]
        floor, nearest = (FLOOR, top_k[0]) if language == against else (FLOOR_ACROSS, top_k[1])
        vectors = (one.vectors[left], other.vectors[right])
        for first, second, similar in nearest_pairs(*vectors, floor=floor, top_k=nearest):
            found = zip(left[first].tolist(), right[second].tolist(), similar.tolist(), strict=True)
            for i, j, cosine in found:
                if one is not other:
                    yield (i, j), cosine
                elif i != j:
                    yield (min(i, j), max(i, j)), cosine


_REASONS: dict[Language, dict[Aspect, str]] = {
    "es": {
        "value": "{kind}: «{0}» frente a «{1}»",
        "days": "días hábiles o naturales: «{0}» frente a «{1}»",
        "anchor": "«{0}» y «{1}» se cuentan desde momentos distintos",
        "obligation": "obligación: «{0}» frente a «{1}»",
        "denial": "una lo niega («{0}») y la otra no («{1}»)",
    },
    "en": {
        "value": "{kind}: “{0}” against “{1}”",
        "days": "working or calendar days: “{0}” against “{1}”",
        "anchor": "“{0}” and “{1}” are counted from different moments",
        "obligation": "obligation: “{0}” against “{1}”",
        "denial": "one denies it (“{0}”), the other does not (“{1}”)",
    },
}
_KINDS: dict[Language, dict[str, str]] = {
    "es": {
        "": "",
        "duration": "plazo",
        "date": "fecha",
        "time": "hora",
        "money": "importe",
        "percent": "porcentaje",
        "measure": "medida",
        "count": "cantidad",
        "phone": "teléfono",
    },
    "en": {
        "": "",
        "duration": "period",
        "date": "date",
        "time": "time",
        "money": "amount",
        "percent": "percentage",
        "measure": "measure",
        "count": "number",
        "phone": "telephone",
    },
}
