"""Whether two statements that say different things say them of one thing, as a score from 0 to 1.

A weighted sum of a few likenesses that a person can check, one set of weights for quantities and
one for obligations. Learned by ``voz eval contradictions --learn`` on half ``fit`` of what
`eval.planting.planted` plants, the natural pairs of the same documents taken for harmless.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.conflicts.disagreement import Disagreement
from knowledge.conflicts.naming import Names
from knowledge.conflicts.statements import Sentence, Statement
from knowledge.conflicts.wording import overlap

QUANTITY_WEIGHTS: Mapping[str, float] = {
    "common": 4.38,
    "contained": 2.46,
    "context": 3.97,
    "margin": 0.4,
    "same_document": -2.47,
    "across": 0.07,
    "common_across": 2.98,
    "row": -2.39,
    "bias": -6.0,
}
OBLIGATION_WEIGHTS: Mapping[str, float] = {
    "common": 4.67,
    "contained": 1.61,
    "around": 1.51,
    "context": 0.97,
    "margin": 0.41,
    "same_document": -2.17,
    "across": -0.6,
    "common_across": 2.3,
    "row": -0.26,
    "denial": -1.11,
    "bias": -5.14,
}

MIN_WORDS = 3
"""Statements of fewer content words say nothing without what stands above them."""
SAME_CONTEXT = 0.9
"""Likeness of titles and headings from which they may be compared all the same."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two statements are in what they speak of.

    Attributes:
        common: shared words over all words, by weight, 0 to 1.
        contained: share of the one's words that the other has, the greater of both ways.
        around: the same as ``common``, of the words around what differs; 0 for quantities.
        context: the same of titles and headings.
        margin: how much nearer they are to each other than either is to its nearest
            (`knowledge.conflicts.surroundings`), in tenths of a cosine.
        same_document: 1 or 0.
        across: 1 where the languages differ: fewer words are known to mean the same.
        common_across: ``common`` there, else 0.
        row: 1 where either is a row of a table.
        denial: 1 for a denial, 0 for an obligation.
    """

    common: float
    contained: float
    around: float
    context: float
    margin: float
    same_document: float
    across: float
    common_across: float
    row: float
    denial: float

    def sum(self, weights: Mapping[str, float]) -> float:
        """The weighted sum, above 0 for about one thing."""
        return weights["bias"] + sum(
            weight * float(getattr(self, name))
            for name, weight in weights.items()
            if name != "bias"
        )


def likeness(one: Statement, other: Statement, found: Disagreement, *, margin: float) -> Likeness:
    """How alike two statements are.

    Args:
        one: a statement.
        other: another.
        found: what they say differently.
        margin: their cosine twice, less the mean of each one's nearest.
    """
    first, second = one.sentence, other.sentence
    words = overlap(one.words, other.words)
    across = first.language != second.language
    return Likeness(
        common=words.common,
        contained=max(words.first, words.second),
        around=found.around,
        context=overlap(one.context, other.context).common,
        margin=10 * margin,
        same_document=float(first.document == second.document),
        across=float(across),
        common_across=words.common if across else 0.0,
        row=float(first.row is not None or second.row is not None),
        denial=float(found.aspect == "denial"),
    )


def score(alike: Likeness, *, of_obligation: bool) -> float:
    """How surely two statements contradict each other, 0 to 1."""
    weights = OBLIGATION_WEIGHTS if of_obligation else QUANTITY_WEIGHTS
    return 1 / (1 + math.exp(-alike.sum(weights)))


def comparable(one: Statement, other: Statement, names: Names) -> bool:
    """Whether two statements can be about one thing at all."""
    first, second = one.sentence, other.sentence
    if first.document == second.document and (
        first.version != second.version
        or first.headings == second.headings
        or (first.row is not None and second.row is not None)
        or not (one.ended or other.ended)
    ):
        return False  # versions, neighbours, rows of a table, items of lists
    short = min(len(one.words), len(other.words)) < MIN_WORDS
    if short and overlap(one.context, other.context).common < SAME_CONTEXT:
        return False
    return not _apart(first, second, names)


def _apart(one: Sentence, other: Sentence, names: Names) -> bool:
    """Whether each speaks of something that the other's document never names.

    Names of places and people are translated, so across languages only those of titles, headings
    and whole documents count.
    """
    across = one.language != other.language
    first, second = (_names(s, names, text=not across) for s in (one, other))
    known_first, known_second = (
        names.known_to(s.document) | _names(s, names, text=True) for s in (one, other)
    )
    return bool(first - known_second) and bool(second - known_first)


def _names(sentence: Sentence, names: Names, *, text: bool) -> frozenset[str]:
    """What a sentence speaks of: names above it, its document's first, and those in it."""
    found = names.spoken_of(sentence.document)
    for above in (sentence.title, *sentence.headings):
        found |= names.of(above, sentence.language)
    return found | names.of(sentence.text, sentence.language) if text else found
