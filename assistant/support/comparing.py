"""A statement beside the passages that it cites: the nearest sentence, and what differs from it.

The passages are read once for all statements. `assistant.support.check` comes before and after:
it gives the vectors and judges what was found.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from assistant.support.conditions import conditions_apart
from assistant.support.counted import counted_apart
from assistant.support.denials import denials_apart, obligations_apart
from assistant.support.figures import Difference, figures_apart, meets
from assistant.support.fragments import has_verb, is_fragment
from assistant.support.models import Evidence, Place, Reason, Span
from assistant.support.names import SameName, names_apart
from assistant.support.order import Order, order_of
from assistant.support.reading import Read, read
from assistant.support.scoring import Features
from knowledge.conflicts.wording import Word, Words, share
from knowledge.models import Language, Vector
from knowledge.quantities.numerals import tokens_of
from knowledge.text import STOP_WORDS, stem, words

JOINED = 0.2
"""Share of the statement's words that a neighbouring sentence has to add to be read with it."""
TWICE = 1.3
JOINED_LONG = 0.12
"""The same of a statement that is so many times as long as the sentence nearest to it."""
LONGER = 1.6
"""How much longer than a sentence of another language a statement is that may be two of it."""
CLOSE = 0.1
CLOSE_COSINE = 0.012
"""How far below the nearest sentence another is looked at, if it has more of the figures."""
CONSIDERED = 4
ANSWER = 2
"""Sentences behind a question that are read with it."""
WHOLE = 0.8
WHOLE_ACROSS = 0.6
"""Share of the words of a sentence without a verb, and of its length across languages, that a
statement has to repeat to be as much of a sentence as that."""
LONG = 14
"""Words of a sentence from which a verb that was not seen is likelier than none."""
LIKELY = 3
"""Sentences by shared words whose names are embedded with a statement of another language."""

_QUESTION = re.compile(r"[^.?!]+\?$")
_TITLE = re.compile(r"(?:^|\n)([^\n]*[^\s.!?:;,…»”\"|)])[ \t]*(?=\n\n|$)")


@dataclass(frozen=True)
class _Stretch:
    """One or two sentences of a passage, read together.

    Attributes:
        passage: which, from 0.
        sentence: the nearest of its sentences.
        span: in the passage's text.
        read: what it says.
        nearest: what that sentence says.
        cosine: of the sentence and the statement; 0 without vectors.
    """

    passage: int
    sentence: int
    span: Span
    read: Read
    nearest: Read
    cosine: float


@dataclass(frozen=True)
class Compared:
    """A statement beside the stretch of evidence that comes nearest.

    Attributes:
        features: what was found, in numbers.
        place: the nearest sentence.
        across: whether the two are of two languages.
        reasons: what differs.
        fragment: whether the statement is no whole sentence.
        looked_again: whether the vectors were compared too, in one language.
        stretch: the words of it.
        scattered: whether it has several figures, of which no single sentence has all.
    """

    features: Features
    place: Place
    across: bool
    reasons: tuple[Reason, ...]
    fragment: bool = False
    looked_again: bool = False
    stretch: str = ""
    scattered: bool = False

    def again(self, cosine: float) -> Compared:
        """With the likeness of the vectors of the statement and of the stretch, by themselves."""
        return replace(self, features=replace(self.features, cosine=cosine), looked_again=True)


class Body:
    """The passages that statements are checked against, read once."""

    def __init__(
        self,
        evidence: Sequence[Evidence],
        vectors_of: Callable[[Sequence[Evidence]], list[Vector]],
        same_name: SameName,
    ) -> None:
        self._evidence = evidence
        self._vectors_of = vectors_of
        self._same_name = same_name
        self._stems: dict[Language, frozenset[str]] = {}

    def foreign(self, language: Language) -> bool:
        """Whether any passage is of another language."""
        return any(one.language != language for one in self._evidence)

    @cached_property
    def sentences(self) -> list[tuple[int, int, Read]]:
        """Passage, sentence and what it says, in order."""
        return [
            (p, s, read(one.text[start:end], one.language))
            for p, one in enumerate(self._evidence)
            for s, (start, end) in enumerate(one.sentences)
        ]

    @cached_property
    def words(self) -> frozenset[str]:
        """The folded words of all passages and of what stands above them."""
        above = (token.text for one in self._evidence for token in tokens_of(one.above))
        return frozenset(above).union(*(found.tokens for _, _, found in self.sentences))

    @cached_property
    def keys(self) -> frozenset[str]:
        """What the content words of all passages, and above them, may be met by."""
        above = (read(one.above, one.language).words.keys for one in self._evidence if one.above)
        return frozenset[str]().union(*above, *(r.words.keys for _, _, r in self.sentences))

    def stems(self, language: Language) -> frozenset[str]:
        """The words of all passages and above them, stemmed as a language's."""
        if language not in self._stems:
            self._stems[language] = frozenset(stem(w, language) for w in self.words)
        return self._stems[language]

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Pairs of neighbouring content words, as stems or concepts."""
        return frozenset(pair for _, _, found in self.sentences for pair in _pairs(found.words))

    @cached_property
    def vectors(self) -> Vector:
        """``(n_sentences, dimension)`` in the order of `sentences`."""
        return np.concatenate(self._vectors_of([one for one in self._evidence if one.sentences]))

    @cached_property
    def titles(self) -> frozenset[str]:
        """Words of what stands above the passages, and of lines that end without a sign."""
        lines = (
            line
            for one in self._evidence
            for line in (*one.above.split("\n"), *_TITLE.findall(one.text))
        )
        return frozenset(" ".join(words(line)) for line in lines)

    def names_to_compare(self, said: Read) -> set[str]:
        """Names that a model has to compare: of a statement and of the likeliest sentences."""
        asked: set[str] = set()

        def note(one: str, other: str) -> bool:
            asked.update((one, other))
            return False

        others = [found for _, _, found in self.sentences if found.language != said.language]
        likely = sorted(others, key=lambda found: -share(said.words, found.words))[:LIKELY]
        for found in likely if said.names else ():
            names_apart(said, found, self.words, note)
        return asked

    def language(self, found: Compared) -> Language:
        """Of the passage that comes nearest."""
        return self._evidence[found.place.passage].language

    def compared(self, said: Read, vector: Vector | None) -> Compared:
        """A statement beside the nearest sentence.

        Args:
            said: the statement.
            vector: of it; `None` to go by words alone.
        """
        cosines = (
            [0.0] * len(self.sentences) if vector is None else (self.vectors @ vector).tolist()
        )
        scores = [
            _nearness(said, found, cosine)
            for (_, _, found), cosine in zip(self.sentences, cosines, strict=True)
        ]
        order = sorted(range(len(scores)), key=lambda i: -scores[i])
        best = self._best(said, order, scores, cosines)
        stretch = self._stretch(said, best, cosines[best])
        others = [self.sentences[i][2] for i in order if i != best]
        return self._described(said, stretch, others)

    def _best(
        self, said: Read, order: Sequence[int], scores: Sequence[float], cosines: Sequence[float]
    ) -> int:
        """The nearest sentence, or one hardly further that has more of the figures."""
        top = order[0]
        close = CLOSE_COSINE * 10 if self.sentences[top][2].language != said.language else CLOSE
        near = [i for i in order[:CONSIDERED] if scores[i] >= scores[top] - close]
        return max(near, key=lambda i: (_met(said, self.sentences[i][2]), scores[i]))

    def _stretch(self, said: Read, best: int, cosine: float) -> _Stretch:
        """The nearest sentence with the neighbour that the statement is also about, if any."""
        passage, sentence, found = self.sentences[best]
        own = self._evidence[passage]
        first, last = sentence, sentence
        gain = JOINED if len(said.text) < TWICE * len(found.text) else JOINED_LONG
        # A name that only a neighbour has may be the one that was put in the wrong place
        named = {name.start for name in said.names}
        words = Words(word for word in said.words if word.start not in named)
        base = share(words, found.words)
        across = found.language != said.language
        longer = not across and len(said.text) > TWICE * len(found.text)
        if (across and len(said.text) > LONGER * len(found.text)) or not across:
            for beside in (sentence - 1, sentence + 1):
                if not 0 <= beside < len(own.sentences):
                    continue
                a, b = min(beside, sentence), max(beside, sentence)
                both = read(own.text[own.sentences[a][0] : own.sentences[b][1]], own.language)
                more = share(words, both.words) - base
                if more >= gain or (longer and _met(said, both) > _met(said, found)):
                    first, last, gain = a, b, max(gain, more)
        if found.text.endswith("?"):  # a question says nothing; what follows answers it
            last = max(last, self._answer(passage, sentence))
        span = (own.sentences[first][0], own.sentences[last][1])
        joined = found if first == last else read(own.text[slice(*span)], own.language)
        return _Stretch(passage, sentence, span, joined, found, cosine)

    def _answer(self, passage: int, question: int) -> int:
        """The last sentence of what answers a question: at most `ANSWER` that ask nothing."""
        own = self._evidence[passage]
        last = question
        for at in range(question + 1, min(question + 1 + ANSWER, len(own.sentences))):
            if own.text[slice(*own.sentences[at])].endswith("?"):
                break
            last = at
        return last

    def _described(self, said: Read, best: _Stretch, others: Sequence[Read]) -> Compared:
        across = said.language != best.read.language
        figures = [*figures_apart(said, best.read, others), *counted_apart(said, best.read, others)]
        denials = denials_apart(said, best.read, best.nearest)
        obligations = obligations_apart(said, best.read)
        conditions = conditions_apart(said, best.read)
        order = Order() if across else order_of(said, best.read, self.stems(said.language))
        names = names_apart(said, best.read, self.words, self._same_name)
        moved = [one for one in order.apart if not _told(one, (*figures, *names))]
        pairs = _pairs(said.words)
        coverage = share(said.words, best.read.words)
        features = Features(
            coverage=coverage,
            covered=_covered(said.words, self.keys),
            stems=_stemmed_share(said, self.stems(said.language)),
            pairs=sum(p in self.pairs for p in pairs) / len(pairs) if pairs else 0.0,
            cosine=best.cosine,
            other_figures=_count(figures, "other_"),
            missing_figures=_count(figures, "missing_"),
            denial=float(bool(denials)),
            obligation=float(bool(obligations)),
            condition=float(bool(conditions)),
            rearranged=float(len(moved)),
            broken=order.broken * coverage,
            other_names=_count(names, "other_"),
            missing_names=_count(names, "missing_"),
        )
        own = self._evidence[best.passage]
        start, end = own.sentences[best.sentence]
        apart = [*figures, *denials, *obligations, *conditions, *moved, *names]
        return Compared(
            features,
            Place(best.passage, best.sentence, start, end),
            across,
            tuple(_reason(one, said, best) for one in apart),
            fragment=self._is_fragment(said, best.nearest),
            stretch=self._asked(best) + best.read.text,
            scattered=len(said.figures) + len(said.days) > 1 and not self._together(said),
        )

    def _together(self, said: Read) -> bool:
        """Whether one sentence has all figures and days of a statement."""
        days = {day.value for day in said.days}
        return any(
            days <= {day.value for day in one.days} and _met(said, one) == 1.0
            for _, _, one in self.sentences
        )

    def _asked(self, best: _Stretch) -> str:
        """The question that a stretch answers, which says what it is about."""
        own = self._evidence[best.passage]
        before = own.text[: best.span[0]].rstrip().rpartition("\n")[2]
        if before:
            asked = _QUESTION.search(before)
            return f"{asked[0]} " if asked else ""
        above = own.above.rpartition("\n")[2]
        return f"{above} " if above.endswith("?") else ""

    def _is_fragment(self, said: Read, nearest: Read) -> bool:
        """Whether a statement breaks off, is a title or has no verb where the source has one."""
        if is_fragment(said) or " ".join(words(said.text)) in self.titles:
            return True
        if len(said.order) > LONG or has_verb(said):
            return False
        if said.language == nearest.language:
            return share(nearest.words, said.words) < WHOLE
        return has_verb(nearest) or len(said.text) < WHOLE_ACROSS * len(nearest.text)


def _told(one: Difference, others: Sequence[Difference]) -> bool:
    """Whether what differs is already told of as a figure or a name."""
    return any(
        (other.said[0] < one.said[1] and one.said[0] < other.said[1])
        or (other.found[0] < one.found[1] and one.found[0] < other.found[1])
        for other in others
    )


def _nearness(said: Read, found: Read, cosine: float) -> float:
    common = share(said.words, found.words)
    if cosine and said.language != found.language:
        return 10 * cosine + 0.3 * common
    return common + 0.1 * share(found.words, said.words)


def _met(said: Read, found: Read) -> float:
    """Share of the statement's figures that a sentence has; 1 where it has none."""
    if not said.figures:
        return 1.0
    met = sum(any(meets(q, said, other, found) for other in found.figures) for q in said.figures)
    return met / len(said.figures)


def _stemmed_share(said: Read, there: frozenset[str]) -> float:
    own = [t.text for t in said.order if t.text not in STOP_WORDS]
    return sum(stem(w, said.language) in there for w in own) / len(own) if own else 0.0


def _covered(words: Sequence[Word], keys: frozenset[str]) -> float:
    return sum(not keys.isdisjoint(w.keys) for w in words) / len(words) if words else 0.0


def _pairs(words: Sequence[Word]) -> list[tuple[str, str]]:
    keys = [min(word.keys) for word in words]
    return list(itertools.pairwise(keys))


def _count(apart: Sequence[Difference], beginning: str) -> float:
    return float(min(2, sum(one.cause.startswith(beginning) for one in apart)))


def _reason(one: Difference, said: Read, best: _Stretch) -> Reason:
    (a, b), (c, d) = one.said, one.found
    offset = best.span[0] if d else 0
    return Reason(
        one.cause, said.text[a:b], best.read.text[c:d], one.said, (c + offset, d + offset)
    )
