"""A clause of a draft beside each source sentence that may speak of the same, in numbers.

Of each pair `assistant.drafting.claims` tells how likely the source says otherwise, and how likely
it says so too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.drafting.clauses import SAID_AS, Span, clauses, said_as
from assistant.drafting.denying import FOR_AGENTS, LEFT_OUT
from assistant.drafting.facts import told_apart
from assistant.drafting.lines import Line, Talk, older_titles, sums_up
from assistant.support.figures import meets
from assistant.support.reading import Read
from knowledge.conflicts.wording import Rarity, Words, share, shared
from knowledge.text import fold

Array = NDArray[np.float64]

NEAREST = 6
"""Sentences of sources that a clause is held against."""
ABOVE = 0.5
SENTENCE = 0.6
BACK = 0.5
"""How much it counts for a source's sentence being near that its headings have a word of the
clause, that it has those of the whole sentence, and that its own are spoken of in the draft,
against a word of the clause that it has."""
UNKNOWN_KEY = 0.5
MOST_LENGTH = 40
PAIR_FEATURES = (
    "own",
    "with headings",
    "rest",
    "sentence",
    "topic",
    "back",
    "back of clause",
    "rank",
    "across",
    "names",
    "figures met",
    "figures otherwise",
    "figures",
    "words",
    "length",
    "unmet",
    "unmet weight",
    "key",
    "sums up",
    "behind",
    "older",
    "asks",
    "left out",
    "for agents",
    "answers",
    "said answers",
    *(f"said {kind}" for kind in SAID_AS),
    *(f"found {kind}" for kind in SAID_AS),
)
"""``own``: share of the clause's words, by how rare they are, that the source's sentence has;
``with headings``; ``rest``: of the sentence's other words; ``topic``: of what was said before and
asked.
``back``: share of its words that the draft speaks of; ``of clause``. ``rank``: among the nearest.
``unmet``: share of the clause's words that neither it nor its headings have, and their weight.
``key``: share of the thing of its row that the draft speaks of. ``left out``, ``for agents``: it
stands below a heading over what is left out, or over what agents say. ``answers``: 1 where it
begins with yes, -1 with no; ``said answers``: the draft's sentence."""


_YES = re.compile(r"\W*(?:si|yes|claro|por supuesto|of course|sure|desde luego)\b(?=[,.;: ]|$)")
_NO = re.compile(r"\W*no\b(?=[,.;:]|$)")


class Paired(NamedTuple):
    """A clause beside the sources.

    Attributes:
        span: in the sentence.
        lines: the nearest sentences of sources, nearest first.
        rows: ``(n_lines, len(PAIR_FEATURES))``.
    """

    span: Span
    lines: tuple[Line, ...]
    rows: Array


def paired(said: Read, lines: Sequence[Line], talk: Talk, rarity: Rarity) -> Iterator[Paired]:
    """The clauses of a sentence beside the sentences of sources nearest to each.

    Args:
        said: the sentence.
        lines: of the passages that may speak of the same.
        talk: what the sentence is said in.
        rarity: of the words of the lines.
    """
    spans = clauses(said) if lines else []
    if not spans:
        return
    beside = _Beside(said, lines, talk, rarity)
    for span in spans:
        yield beside.paired(span)


class _Beside:
    """A sentence beside all sentences of sources: which of its words each of them has."""

    def __init__(self, said: Read, lines: Sequence[Line], talk: Talk, rarity: Rarity) -> None:
        self._said = said
        self._lines = lines
        self._talk = talk
        self._older = older_titles(talk.titles)
        self._words = rarity.weigh(said.words)
        self._topic = rarity.weigh(talk.words)
        self._every = Words((*said.words, *talk.words))
        self._starts = np.array([word.start for word in self._words])
        self._weights = np.array([word.weight for word in self._words])
        self._met = np.array([self._having(line.read.words) for line in lines])
        known: dict[int, Array] = {}
        for line in lines:
            if id(line.above) not in known:
                known[id(line.above)] = self._having(line.above)
        self._above = np.array([known[id(line.above)] for line in lines])
        self._back = np.array(
            [
                share(line.read.words, self._every) if met.any() else 0.0
                for line, met in zip(lines, self._met, strict=True)
            ]
        )
        self._sentence = self._share(np.ones(len(self._words)))

    def _having(self, words: Words) -> Array:
        """``(n_words,)`` of 0 and 1: which words of the sentence others have."""
        met = {word.start for word in shared(self._words, words)}
        return np.array([float(word.start in met) for word in self._words])

    def _share(self, chosen: Array, *, above: float = ABOVE) -> Array:
        """``(n_lines,)``: share of chosen words that each line has, its headings' for less."""
        weights = self._weights * chosen
        having = np.maximum(self._met, above * self._above)
        total = weights.sum()
        found: Array = having @ weights / total if total else np.full(len(having), 0.5)
        return found

    def paired(self, span: Span) -> Paired:
        """A clause beside the sentences nearest to it."""
        inside = ((self._starts >= span[0]) & (self._starts < span[1])).astype(np.float64)
        near = self._share(inside) + SENTENCE * self._sentence + BACK * self._back
        nearest = np.argsort(-near, kind="stable")[:NEAREST]
        own, headed = self._share(inside, above=0.0), self._share(inside, above=1.0)
        rest = self._share(1 - inside, above=0.0)
        weight = float((self._weights * inside).sum())
        clause = Words(w for w, here in zip(self._words, inside, strict=True) if here)
        figures = [q for q in self._said.figures if span[0] <= q.start < span[1]]
        names = [n.text for n in self._said.names if span[0] <= n.start < span[1]]
        told = said_as(self._said.folded[slice(*span)])
        rows = []
        for rank, at in enumerate(nearest):
            line = self._lines[at]
            read = line.read
            topic = share(self._topic, line.every) if self._topic else 0.0
            there = {n.text for n in (*read.names, *line.titled.names)}
            met = [
                any(meets(q, self._said, other, read) for other in read.figures) for q in figures
            ]
            otherwise = [
                not is_met and bool(told_apart(q, self._said, line)[1])
                for q, is_met in zip(figures, met, strict=True)
            ]
            key = max((share(one, self._every) for one in line.keys), default=UNKNOWN_KEY)
            numbers = (
                own[at],
                headed[at],
                rest[at],
                self._sentence[at],
                topic,
                self._back[at],
                share(read.words, clause),
                rank,
                read.language != self._said.language,
                sum(name not in there for name in names),
                sum(met),
                sum(otherwise),
                len(figures),
                len(clause),
                min(len(read.words), MOST_LENGTH),
                1 - headed[at],
                weight * (1 - headed[at]),
                key,
                sums_up(line.passage),
                line.passage.chunk.document in self._talk.behind,
                line.passage.title in self._older,
                read.text.rstrip().endswith("?"),
                *_below(line.passage.chunk.headings[-1:]),
                _answers(read.folded),
                _answers(self._said.folded),
            )
            rows.append(np.concatenate([np.array(numbers, np.float64), told, said_as(read.folded)]))
        return Paired(span, tuple(self._lines[at] for at in nearest), np.array(rows))


@lru_cache(maxsize=5_000)
def _below(headings: tuple[str, ...]) -> tuple[bool, bool]:
    """Whether the last heading is over what is left out, and whether over what agents say."""
    folded = fold(headings[0]) if headings else ""
    return bool(LEFT_OUT.search(folded)), bool(FOR_AGENTS.search(folded))


def _answers(folded: str) -> int:
    """1 where a sentence begins with yes, -1 where with no."""
    return int(bool(_YES.match(folded))) - int(bool(_NO.match(folded)))
