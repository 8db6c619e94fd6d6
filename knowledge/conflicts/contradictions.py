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
from typing import NamedTuple

from knowledge.conflicts.disagreement import Aspect, Disagreement, agree, disagreement
from knowledge.conflicts.likeness import Likeness, comparable, likeness, score
from knowledge.conflicts.pairing import near_pairs
from knowledge.conflicts.reasons import KINDS, REASONS
from knowledge.conflicts.statements import Collection, Sentence
from knowledge.conflicts.surroundings import density
from knowledge.conflicts.wording import overlap
from knowledge.models import LANGUAGES, Language

MIN_COMMON = 0.1
"""Statements that share less of their words are not about one thing."""
TWIN_MARGIN = 0.05
TWIN_COMMON = 0.5
"""A sentence has a twin in a document if one there agrees with it and is nearer than the one that
disagrees, or shares at least so many words, and hardly fewer: then that one is about something
else."""
REPORTED_FROM = 0.5
FAR_SURER = 7.4
SURE_ENOUGH = 4.5
"""A sentence that stands in a finding whose odds are so many times as great is reported again only
when the odds are so many times those of the bar: mostly it is just like something else as well.
Both chosen on half ``fit``."""
Progress = Callable[[int, int], None]
"""Told how many of how many steps are done."""
_HALF = 20
"""Steps that are told of finding the pairs, and of comparing them."""


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
        return REASONS[language][self.aspect].format(*self.said, kind=KINDS[language][self.kind])


def _ignore(done: int, total: int) -> None: ...


def contradictions(
    collection: Collection,
    *,
    reported_from: float = REPORTED_FROM,
    progress: Progress = _ignore,
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
    best = list(_best_counterparts(found))
    return list(_without_echoes(best, SURE_ENOUGH * _odds(reported_from)))


def _without_echoes(best: Iterable[Contradiction], enough: float) -> Iterator[Contradiction]:
    """Those of enough odds, and those of which neither sentence stands in a far surer one."""
    surest: dict[tuple[str, int], float] = {}
    for contradiction in best:  # the surest come first
        odds = _odds(contradiction.score)
        sides = (contradiction.first, contradiction.second)
        beside = max(surest.setdefault((s.document, s.start), odds) for s in sides)
        if odds >= enough or beside < FAR_SURER * odds:
            yield contradiction


def _odds(score: float) -> float:
    return score / max(1 - score, 1e-4)


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
        self.pairs = dict(
            near_pairs(one, other, lambda share: progress(int(share * _HALF), 2 * _HALF))
        )
        self.conflicts: dict[tuple[int, int], _Conflict] = {}
        every = max(1, len(self.pairs) // _HALF)
        for number, pair in enumerate(self.pairs):
            if number % every == 0:
                progress(_HALF + min(number // every, _HALF), 2 * _HALF)
            found = self._conflict(*pair)
            if found and found.common >= MIN_COMMON and self._comparable(*pair):
                self.conflicts[pair] = found
        self._agreeing: dict[int, list[int]] = defaultdict(list)
        self._agreeing_with: dict[int, list[int]] = defaultdict(list)
        self._note_agreeing()

    def judged(self) -> Iterator[Contradiction]:
        """Every contradiction, however unsure."""
        kept = {
            pair: conflict.found
            for pair, conflict in self.conflicts.items()
            if not self._has_twin(*pair, conflict.common)
        }
        left, right = ([pair[side] for pair in kept] for side in (0, 1))
        first = {lang: density(self.one, left, self.other, lang) for lang in LANGUAGES}
        second = {lang: density(self.other, right, self.other, lang) for lang in LANGUAGES}
        for (i, j), found in kept.items():
            languages = self.one.languages[i], self.other.languages[j]
            around = first[languages[1]][i] + second[languages[0]][j]
            yield self._judged(i, j, found, 2 * self.pairs[i, j] - around)

    def _comparable(self, i: int, j: int) -> bool:
        return comparable(self.one.statements[i], self.other.statements[j], self.one.names)

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
            and (
                self._nearer(i, twin, than=(i, j))
                or overlap(first.words, self.other.statements[twin].words).common >= least
            )
            for twin in self._agreeing[i]
        ) or any(
            first.sentence.document in self.one.homes[twin]
            and (
                self._nearer(twin, j, than=(i, j))
                or overlap(self.one.statements[twin].words, second.words).common >= least
            )
            for twin in self._agreeing_with[j]
        )

    def _nearer(self, i: int, j: int, *, than: tuple[int, int]) -> bool:
        """Whether one of the pairs is nearer than another of the same languages."""
        if self.one is self.other:
            i, j = min(i, j), max(i, j)
        languages, others = (
            {self.one.languages[a], self.other.languages[b]} for a, b in ((i, j), than)
        )
        return len(languages) == len(others) and self.pairs[i, j] > self.pairs[than]

    def _judged(self, i: int, j: int, found: Disagreement, margin: float) -> Contradiction:
        first, second = self.one.statements[i], self.other.statements[j]
        alike = likeness(first, second, found, margin=margin)
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
