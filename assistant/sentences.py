"""Which sentence of the passages found answers: candidates, their features, their scores.

Before it comes retrieval; after it `assistant.compose` shows the best ones. A sentence's score is a
weighted sum of features that need no model beyond the vectors stored at ingest, so that a hundred
candidates cost about a millisecond.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from knowledge.imprint import asked_by, is_imprint
from knowledge.models import Chunk, Language, ScoredChunk, Vector
from knowledge.search.lexical import Term, token_set
from knowledge.search.retrieval import Found
from knowledge.text import fold

FEATURES = (
    "similarity",
    "chunk_similarity",
    "chunk_score",
    "coverage",
    "context_coverage",
    "chunk_coverage",
    "neighbour_coverage",
    "expected",
    "number_expected",
    "date_expected",
    "person_expected",
    "reason_expected",
    "new_words",
    "short",
    "long",
    "first",
    "question",
    "row",
)
"""What is known of a candidate, in the order of `Candidate.features`."""

_NUMBER = re.compile(
    r"\d|\b(?:uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|cien|mil|medi[oa]|mitad|doble|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|hundred|thousand|half|twice|gratis|free)\b"
)
_DATE = re.compile(
    r"\b(?:1\d|20)\d\d\b|\b(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|"
    r"noviembre|diciembre|january|february|march|april|may|june|july|august|september|october|"
    r"november|december|lunes|martes|miercoles|jueves|viernes|sabado|domingo|monday|tuesday|"
    r"wednesday|thursday|friday|saturday|sunday|dias?|semanas?|mes(?:es)?|anos?|horas?|minutos?|"
    r"days?|weeks?|months?|years?|hours?|minutes?|siglo|century)\b"
)
_REASON = re.compile(
    r"\b(?:porque|debido|ya que|puesto que|para que|a causa|por lo que|motivo|razon|because|due to|"
    r"since|so that|in order|reason|therefore)\b"
)
_NAME = re.compile(r"(?<=[\w,;:)] )[A-ZÁÉÍÓÚÑ][\w'’-]+")

_ASKS_NUMBER = re.compile(
    r"\b(?:[ckq]u?ant[oa]s?|how (?:many|much|long|far|old|big|fast)|"
    r"que (?:porcentaje|precio|importe|cantidad|numero|plazo)|"
    r"what (?:percent\w*|price|amount|number|fee|limit)|maximo|max|limite|fee|precio|coste?|cost)\b"
)
_ASKS_DATE = re.compile(
    r"\b(?:cuando|en que (?:ano|fecha|siglo|mes|dia)|que (?:ano|dia|fecha)|when|"
    r"what (?:year|date|day|month|time)|how (?:long|soon|fast|often)|"
    r"cuanto (?:tiempo|tarda\w*|espera|dura)|plazo|hasta cuando|deadline)\b"
)
_ASKS_PERSON = re.compile(
    r"\b(?:quien(?:es)?|who|whom|whose|cual|que|which|what|donde|where|a que)\b"
)
_ASKS_REASON = re.compile(r"\b(?:por ?que|why|motivo|razon|reason)\b")


@dataclass(frozen=True)
class Candidate:
    """A sentence that may be shown.

    Attributes:
        chunk: the passage it stands in.
        index: its number among the chunk's sentences.
        start: offset in the document's text.
        end: offset after it.
        text: the sentence.
        features: ``(len(FEATURES),)`` float32.
    """

    chunk: ScoredChunk
    index: int
    start: int
    end: int
    text: str
    features: Vector

    @property
    def document(self) -> str:
        """Name of the document it stands in."""
        return self.chunk.stored.chunk.document

    @property
    def language(self) -> Language:
        """Language of its passage."""
        return self.chunk.stored.chunk.language

    def feature(self, name: str) -> float:
        """One of the features by name."""
        return float(self.features[FEATURES.index(name)])


@dataclass(frozen=True)
class Asked:
    """A question as sentences are compared with it.

    Attributes:
        text: the question, folded.
        vectors: its embeddings for sentences of either language, ``(n_parts, dimension)``.
        usual: mean similarity of passages of each language.
        groups: its words with their alternatives, as searched.
        idf: weight of each group, 0 or more.
    """

    text: str
    vectors: Mapping[Language, Vector]
    usual: Mapping[Language, float]
    groups: Sequence[Sequence[Term]]
    idf: Sequence[float]


def asked(question: str, found: Found) -> Asked:
    """A question as retrieval read it."""
    own = found.reading.language
    other: Language = "en" if own == "es" else "es"
    return Asked(
        text=fold(question),
        vectors={own: found.vectors, other: found.other_vectors},
        usual=found.usual,
        groups=found.reading.groups,
        idf=found.idf,
    )


def candidates(question: Asked, chunks: Sequence[ScoredChunk]) -> list[Candidate]:
    """Every sentence of the chunks with its features, in the chunks' order."""
    if not chunks:
        return []
    best = chunks[0].score
    found: list[Candidate] = []
    for place, scored in enumerate(chunks):
        found.extend(_of_chunk(question, scored, best, place))
    return found


def score(found: Sequence[Candidate], weights: Vector) -> Vector:
    """``(n,)`` scores of the candidates, higher is better."""
    if not found:
        return np.zeros(0, dtype=np.float32)
    return np.stack([c.features for c in found]) @ weights


def probabilities(scores: Vector) -> Vector:
    """``(n,)`` probability that each candidate is the one that answers, given that one does.

    The softmax that the weights were fitted with; measured to be calibrated.
    """
    if not len(scores):
        return scores
    shares: Vector = np.exp(scores - scores.max())
    shares /= shares.sum()
    return shares


def _of_chunk(question: Asked, scored: ScoredChunk, best: float, place: int) -> list[Candidate]:
    chunk = scored.stored.chunk
    texts = [chunk.text[a:b] for a, b in chunk.sentences]
    token_sets = [token_set(text, chunk.language) for text in texts]
    context = token_set(chunk.context, chunk.language)
    covered = [_coverage(question, tokens) for tokens in token_sets]
    covered_with_context = [_coverage(question, tokens | context) for tokens in token_sets]
    whole = _coverage(question, context.union(*token_sets))
    vectors = question.vectors[chunk.language]
    similarities = (scored.stored.sentence_vectors.astype(np.float32) @ vectors.T).max(axis=1)
    usual = question.usual[chunk.language]
    best_similarity = float(similarities.max(initial=usual))
    result: list[Candidate] = []
    for i, ((a, b), text) in enumerate(zip(chunk.sentences, texts, strict=True)):
        if not _tells(question, text, chunk.language):
            continue
        around = max([covered[j] for j in (i - 1, i + 1) if 0 <= j < len(texts)], default=0.0)
        features = [
            10 * (float(similarities[i]) - usual),
            10 * (best_similarity - usual),
            10 * (scored.score - best),
            covered[i],
            covered_with_context[i],
            whole,
            around,
            *_expectations(question.text, text),
            min(len(token_sets[i]) / 20, 1.5),
            float(len(text) < 30),
            float(len(text) > 300),
            float(place == 0),
            float("?" in text),
            float(chunk.row is not None or text.startswith(("-", "•", "*"))),
        ]
        result.append(
            Candidate(
                scored,
                i,
                chunk.start + a,
                chunk.start + b,
                text,
                np.asarray(features, dtype=np.float32),
            )
        )
    return result


def telling(question: Asked, found: Found) -> Found:
    """What was found, without passages that only say what a document is, unless that is asked."""
    kept = [i for i, c in enumerate(found.chunks) if _any_tells(question, c.stored.chunk)]
    if len(kept) == len(found.chunks):
        return found
    chunks, deviations = found.chunks, found.deviations
    return replace(
        found, chunks=[chunks[i] for i in kept], deviations=[deviations[i] for i in kept]
    )


def _any_tells(question: Asked, chunk: Chunk) -> bool:
    return any(_tells(question, chunk.text[a:b], chunk.language) for a, b in chunk.sentences)


def _tells(question: Asked, sentence: str, language: Language) -> bool:
    """Whether a sentence may answer: what a document says of itself only by its own words."""
    if not is_imprint(sentence):
        return True
    asked_for = asked_by(sentence, language)
    return any(term in asked_for for group in question.groups for term, _ in group)


def _coverage(question: Asked, tokens: frozenset[str]) -> float:
    """Share of the question's idf that the tokens match, 0 to 1."""
    total = sum(question.idf)
    if total == 0:
        return 0.0
    matched = sum(
        idf * max((weight for term, weight in group if term in tokens), default=0.0)
        for group, idf in zip(question.groups, question.idf, strict=True)
    )
    return matched / total


def _expectations(question: str, sentence: str) -> list[float]:
    """Whether the sentence has what the question asks for: any, number, date, name, reason."""
    folded = fold(sentence)
    checks: list[tuple[re.Pattern[str], Callable[[], bool]]] = [
        (_ASKS_NUMBER, lambda: _new(_NUMBER, folded, question)),
        (_ASKS_DATE, lambda: _new(_DATE, folded, question)),
        (_ASKS_PERSON, lambda: _new_name(sentence, question)),
        (_ASKS_REASON, lambda: bool(_REASON.search(folded))),
    ]
    results = [(1.0 if met() else -1.0) if asks.search(question) else 0.0 for asks, met in checks]
    specific = [results[0], results[1], results[3]]
    expected = float(any(r > 0 for r in specific)) - float(any(r < 0 for r in specific))
    return [expected, *results]


def _new(pattern: re.Pattern[str], sentence: str, question: str) -> bool:
    """Whether the sentence matches somewhere with a word that the question does not have."""
    return any(match.group() not in question for match in pattern.finditer(sentence))


def _new_name(sentence: str, question: str) -> bool:
    return any(fold(match.group()) not in question for match in _NAME.finditer(sentence))
