"""Is a statement supported by the passages it cites? Offline, without a chat model.

The sentence of the evidence that comes nearest is found by shared words, across languages by
vectors. What the statement says differently from it is found by `figures`, `denials` and `names`;
`scoring` weighs it. Every verdict names the sentence and its reasons.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from assistant.support.denials import denials_apart, obligations_apart
from assistant.support.figures import Difference, figures_apart, meets
from assistant.support.models import Evidence, Place, Reason, Span, Support, Verdict
from assistant.support.names import names_apart
from assistant.support.reading import Read, read
from assistant.support.scoring import (
    CONTRADICTED_COSINE,
    CONTRADICTED_LIKENESS,
    SUPPORTED_FROM,
    SUPPORTED_FROM_ACROSS,
    Features,
    probability,
)
from knowledge.conflicts.wording import Word, Words, share
from knowledge.language import question_language
from knowledge.models import Chunk, Language, Vector
from knowledge.ports import Embedder
from knowledge.quantities.numerals import tokens_of
from knowledge.text import STOP_WORDS, stem

LEAST_WORDS = 2
"""Content words, figures and names of a statement that can be checked."""
JOINED = 0.2
"""Share of the statement's words that a neighbouring sentence has to add to be read with it."""
LONGER = 1.6
"""How much longer than a sentence of another language a statement is that may be two of it."""
CLOSE = 0.1
CLOSE_COSINE = 0.012
"""How far below the nearest sentence another is looked at, if it has more of the figures."""
CONSIDERED = 4
SAME_NAME = 0.87
"""Cosine from which two names of two languages may stand for one."""

_GREETING = re.compile(
    r"hola|buen[oa]s (?:dias|tardes|noches)|(?:muchas )?gracias\b.*|(?:un )?saludos?|de nada|"
    r"(?:estoy|estamos|quedo|quedamos) (?:aqui|a su disposicion)\b.*|encantad[oa]\b.*|claro|"
    r"por supuesto|espero que\b.*|hello|hi|good (?:morning|afternoon|evening)|thanks\b.*|"
    r"thank you\b.*|you['’]?re welcome|(?:kind |best )?regards|is there anything else\b.*|"
    r"(?:i|we) hope\b.*|i(?: a|['’])m happy to help\b.*|sure|of course"
)
"""A part of a sentence that states nothing."""
_PART = re.compile(r"\s*+[.,;:!¡?¿…\n][\s.,;:!¡?¿…]*+")


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
    """

    features: Features
    place: Place
    across: bool
    reasons: tuple[Reason, ...]


class SupportCheck:
    """Checks statements; may be shared by threads.

    Args:
        embedder: finds the nearest sentence across languages; without it, words and names that
            both languages share have to do.
    """

    def __init__(self, embedder: Embedder | None = None) -> None:
        self._embedder = embedder

    def check(
        self, statement: str, evidence: Sequence[Evidence], language: Language | None = None
    ) -> Support:
        """How far the passages support a statement.

        Args:
            statement: one sentence.
            evidence: the passages that it cites.
            language: of the statement; `None` to find out.
        """
        return self.check_all([statement], evidence, language)[0]

    def check_all(
        self,
        statements: Sequence[str],
        evidence: Sequence[Evidence],
        language: Language | None = None,
    ) -> list[Support]:
        """As `check`, of several statements over the same passages: quicker than one by one."""
        return [
            _judged(found) if isinstance(found, Compared) else found
            for found in self.compare_all(statements, evidence, language)
        ]

    def compare_all(
        self,
        statements: Sequence[str],
        evidence: Sequence[Evidence],
        language: Language | None = None,
    ) -> list[Compared | Support]:
        """What each verdict rests on; of what cannot be checked, that verdict."""
        found: list[Compared | Support | None] = []
        asked: list[tuple[int, str, Language]] = []
        for at, text in enumerate(statements):
            own = language or question_language(text)
            unchecked = _unchecked(text, own, evidence)
            found.append(unchecked)
            if unchecked is None:
                asked.append((at, text, own))
        body = _Body(evidence, self._embedder)
        vectors = self._vectors([(text, own) for _, text, own in asked if body.foreign(own)])
        for at, text, own in asked:
            found[at] = body.compared(read(text, own), vectors.get(text))
        return [one for one in found if one is not None]

    def _vectors(self, asked: Sequence[tuple[str, Language]]) -> dict[str, Vector]:
        """Of statements as of passages: in bulk, twice as quick as questions are embedded."""
        if self._embedder is None or not asked:
            return {}
        chunks = [_chunk(text, language, ((0, len(text)),)) for text, language in asked]
        embedded = self._embedder.embed_chunks(chunks)
        return {
            text: one.sentences[0].astype(np.float32)
            for (text, _), one in zip(asked, embedded, strict=True)
        }


def _chunk(text: str, language: Language, sentences: tuple[Span, ...], context: str = "") -> Chunk:
    """A text as it is embedded."""
    return Chunk("", 0, text, 0, len(text), (), context, None, None, language, sentences)


def _unchecked(text: str, language: Language, evidence: Sequence[Evidence]) -> Support | None:
    own = read(text, language)
    said = len({w.text for w in own.words}) + len(own.figures)
    if said < LEAST_WORDS or text.rstrip().endswith("?") or _only_greets(own.folded):
        return Support("uncheckable", None, None, (Reason("no_statement"),))
    if not any(one.sentences for one in evidence):
        return Support("uncheckable", None, None, (Reason("no_evidence"),))
    return None


def _only_greets(folded: str) -> bool:
    return all(_GREETING.fullmatch(part) for part in _PART.split(folded.strip()) if part)


def _judged(found: Compared) -> Support:
    sure = probability(found.features, across=found.across)
    if sure >= (SUPPORTED_FROM_ACROSS if found.across else SUPPORTED_FROM):
        return Support("supported", sure, found.place, (), found.across, found.features.stems)
    features = found.features
    alike = (
        features.cosine >= CONTRADICTED_COSINE
        if found.across
        else features.coverage >= CONTRADICTED_LIKENESS
    )
    opposed = any(reason.cause in _OPPOSED for reason in found.reasons)
    verdict: Verdict = "contradicted" if alike and opposed else "unsupported"
    reasons = found.reasons or (Reason("little_in_common"),)
    return Support(verdict, sure, found.place, reasons, found.across, features.stems)


_OPPOSED = frozenset(
    ("other_number", "other_unit", "other_date", "negation", "obligation", "other_name")
)


class _Body:
    """The passages that statements are checked against, read once."""

    def __init__(self, evidence: Sequence[Evidence], embedder: Embedder | None) -> None:
        self._evidence = evidence
        self._embedder = embedder
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
        missing = [one for one in self._evidence if one.vectors is None and one.sentences]
        chunks = [
            _chunk(one.text, one.language, one.sentences, one.above.replace("\n", " > "))
            for one in missing
        ]
        made = iter(self._embedder.embed_chunks(chunks) if self._embedder and chunks else ())
        rows = [
            (next(made).sentences if one.vectors is None else one.vectors).astype(np.float32)
            for one in self._evidence
            if one.sentences
        ]
        return np.concatenate(rows)

    def compared(self, said: Read, vector: Vector | None) -> Compared:
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
        gain = JOINED
        # A name that only a neighbour has may be the one that was put in the wrong place
        named = {name.start for name in said.names}
        words = Words(word for word in said.words if word.start not in named)
        base = share(words, found.words)
        across = found.language != said.language
        if (across and len(said.text) > LONGER * len(found.text)) or not across:
            for beside in (sentence - 1, sentence + 1):
                if not 0 <= beside < len(own.sentences):
                    continue
                a, b = min(beside, sentence), max(beside, sentence)
                both = read(own.text[own.sentences[a][0] : own.sentences[b][1]], own.language)
                more = share(words, both.words) - base
                if more >= gain:
                    first, last, gain = a, b, more
        span = (own.sentences[first][0], own.sentences[last][1])
        joined = found if first == last else read(own.text[slice(*span)], own.language)
        return _Stretch(passage, sentence, span, joined, found, cosine)

    def _described(self, said: Read, best: _Stretch, others: Sequence[Read]) -> Compared:
        across = said.language != best.read.language
        figures = figures_apart(said, best.read, others)
        denials = denials_apart(said, best.read, best.nearest)
        obligations = obligations_apart(said, best.read)
        names = names_apart(said, best.read, self.words, self._same_name)
        pairs = _pairs(said.words)
        features = Features(
            coverage=share(said.words, best.read.words),
            covered=_covered(said.words, self.keys),
            stems=_stemmed_share(said, self.stems(said.language)),
            pairs=sum(p in self.pairs for p in pairs) / len(pairs) if pairs else 0.0,
            cosine=best.cosine,
            other_figures=_count(figures, "other_"),
            missing_figures=_count(figures, "missing_"),
            denial=float(bool(denials)),
            obligation=float(bool(obligations)),
            other_names=_count(names, "other_"),
            missing_names=_count(names, "missing_"),
        )
        own = self._evidence[best.passage]
        start, end = own.sentences[best.sentence]
        apart = [*figures, *denials, *obligations, *names]
        return Compared(
            features,
            Place(best.passage, best.sentence, start, end),
            across,
            tuple(_reason(one, said, best) for one in apart),
        )

    def _same_name(self, one: str, other: str) -> bool:
        if self._embedder is None:
            return True
        first, second = self._embedder.embed_queries([one, other])
        return float(first @ second) >= SAME_NAME


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
