"""Is a statement supported by the passages it cites? Offline, without a chat model.

The sentence of the evidence that comes nearest is found by shared words, across languages by
vectors. What the statement says differently from it is found in `assistant.support.comparing`;
`scoring` weighs it. Every verdict names the sentence and its reasons.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.support.attributions import without_attribution
from assistant.support.comparing import Body, Compared
from assistant.support.judging import JUDGED_FROM, Judge
from assistant.support.models import Evidence, Reason, Support, Verdict
from assistant.support.reading import Read, read
from assistant.support.scoring import (
    AGAINST,
    CONTRADICTED_COSINE,
    CONTRADICTED_LIKENESS,
    OF_WORDING,
    REWORDED,
    SUPPORTED_FROM,
    SUPPORTED_FROM_ACROSS,
    UNSURE,
    probability,
)
from knowledge.language import question_language
from knowledge.models import Language, Vector
from knowledge.ports import Embedder

__all__ = ["Compared", "SupportCheck"]

LEAST_WORDS = 2
"""Content words, figures and names of a statement that can be checked."""
KEPT = 256
"""Passages whose vectors are kept."""
KEPT_TEXTS = 4096
"""Names, and sentences of evidence that were compared by themselves, whose vectors are kept."""
SAME_NAME = 0.82
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


Claim = tuple[str, Sequence[Evidence]]
"""A statement, one sentence, and the passages that it cites."""


class _Asked(NamedTuple):
    """A statement that can be checked.

    Attributes:
        at: its place among those that were given.
        text: without what attributes it.
        language: of it.
        body: the passages that it cites.
    """

    at: int
    text: str
    language: Language
    body: Body

    @property
    def read(self) -> Read:
        return read(self.text, self.language)


class SupportCheck:
    """Checks statements; may be shared by threads.

    Args:
        embedder: finds the nearest sentence across languages; without it, words and names that
            both languages share have to do.
        judge: a model's opinion, asked where the rules find no other figure, date, name or denial.
    """

    def __init__(self, embedder: Embedder | None = None, judge: Judge | None = None) -> None:
        self._embedder = embedder
        self._judge = judge
        self._kept: dict[Evidence, NDArray[np.float16]] = {}
        self._texts: dict[str, Vector] = {}
        self._lock = threading.Lock()

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
        return self.check_each([(text, evidence) for text in statements], language)

    def check_each(
        self,
        claims: Sequence[Claim],
        language: Language | None = None,
    ) -> list[Support]:
        """As `check`, of several statements, each with the passages that it cites."""
        return [
            self._verdict(text, one, evidence) if isinstance(one, Compared) else one
            for (text, evidence), one in zip(
                claims, self.compare_each(claims, language), strict=True
            )
        ]

    def _verdict(self, text: str, found: Compared, evidence: Sequence[Evidence]) -> Support:
        certain = any(reason.cause in _CERTAIN for reason in found.reasons)
        if self._judge is None or certain or found.fragment:
            return _judged(found)
        return _judged(found, max(self._judge.support(text, [_whole(one) for one in evidence])))

    def compare_all(
        self,
        statements: Sequence[str],
        evidence: Sequence[Evidence],
        language: Language | None = None,
    ) -> list[Compared | Support]:
        """What each verdict rests on; of what cannot be checked, that verdict."""
        return self.compare_each([(text, evidence) for text in statements], language)

    def compare_each(
        self, claims: Sequence[Claim], language: Language | None = None
    ) -> list[Compared | Support]:
        """As `compare_all`, each with the passages that it cites; all are embedded together."""
        found: list[Compared | Support | None] = []
        asked: list[_Asked] = []
        bodies: dict[tuple[int, ...], Body] = {}
        for at, (text, evidence) in enumerate(claims):
            own = language or question_language(text)
            stated = without_attribution(text, own)
            unchecked = _unchecked(stated, own, evidence)
            found.append(unchecked)
            if unchecked is None:
                key = tuple(id(one) for one in evidence)
                if key not in bodies:
                    bodies[key] = Body(evidence, self._vectors_of, self._same_name)
                asked.append(_Asked(at, stated, own, bodies[key]))
        foreign = [one for one in asked if one.body.foreign(one.language)]
        names = {name for one in foreign for name in one.body.names_to_compare(one.read)}
        vectors = self._vectors([(one.text, one.language) for one in foreign], names)
        compared = [one.body.compared(one.read, vectors.get(one.text)) for one in asked]
        for one, seen in zip(asked, self._looked_again(asked, compared, vectors), strict=True):
            found[one.at] = seen
        return [one for one in found if one is not None]

    def _looked_again(
        self, asked: Sequence[_Asked], compared: Sequence[Compared], vectors: Mapping[str, Vector]
    ) -> list[Compared]:
        """Those that words alone cannot tell, with the likeness of their vectors.

        The evidence is embedded by itself, as the statement is: beside the vector that it has
        within its passage, a third of the false alarms is left.
        """
        if self._embedder is None:
            return list(compared)
        unsure = [_unsure(seen) for seen in compared]
        missing = {
            (one.text, one.language): None
            for one, again in zip(asked, unsure, strict=True)
            if again and one.text not in vectors
        }
        stretches = {seen.stretch for seen, again in zip(compared, unsure, strict=True) if again}
        known = {**vectors, **self._vectors(list(missing), stretches)}
        return [
            seen.again(float(known[seen.stretch] @ known[one.text])) if again else seen
            for one, seen, again in zip(asked, compared, unsure, strict=True)
        ]

    def _same_name(self, one: str, other: str) -> bool:
        if self._embedder is None:
            return True
        vectors = self._vectors((), {one, other})
        return float(vectors[one] @ vectors[other]) >= SAME_NAME

    def _vectors_of(self, evidence: Sequence[Evidence]) -> list[Vector]:
        """Of each passage's sentences; those of passages that have none are kept."""
        missing = [one for one in evidence if one.vectors is None and one not in self._kept]
        if missing:
            chunks = [one.chunk() for one in missing]
            made = self._embedder.embed_chunks(chunks) if self._embedder else ()
            with self._lock:
                self._kept |= {e: v.sentences for e, v in zip(missing, made, strict=True)}
        found = [self._kept[one] if one.vectors is None else one.vectors for one in evidence]
        with self._lock:
            while len(self._kept) > KEPT:
                self._kept.pop(next(iter(self._kept)), None)
        return [vectors.astype(np.float32) for vectors in found]

    def _vectors(
        self, asked: Sequence[tuple[str, Language]], kept: Iterable[str] = ()
    ) -> dict[str, Vector]:
        """Of statements, and of names and stretches of evidence, which are kept; in one pass."""
        chosen = set(kept)
        known = {text: self._texts[text] for text in chosen if text in self._texts}
        new = sorted(chosen - known.keys())
        if self._embedder is None or not (asked or new):
            return known
        texts = [*asked, *((text, question_language(text)) for text in new)]
        chunks = [
            Evidence(text, language, sentences=((0, len(text)),)).chunk()
            for text, language in texts
        ]
        made = self._embedder.embed_chunks(chunks)
        vectors = [one.sentences[0].astype(np.float32) for one in made]
        with self._lock:
            if len(self._texts) > KEPT_TEXTS:
                self._texts = {}
            self._texts = {**self._texts, **dict(zip(new, vectors[len(asked) :], strict=True))}
        return known | {text: one for (text, _), one in zip(texts, vectors, strict=True)}


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


def _sure(found: Compared) -> float:
    return probability(found.features, across=found.across, looked_again=found.looked_again)


def _unsure(found: Compared) -> bool:
    """Whether only the words, or their order, are too different or hardly alike enough to tell."""
    features = found.features
    reworded = features.coverage < REWORDED
    differs = any(
        getattr(features, name) for name in AGAINST if not (reworded and name in OF_WORDING)
    )
    return not found.across and not differs and UNSURE[0] <= _sure(found) <= UNSURE[1]


def _whole(one: Evidence) -> str:
    return f"{one.above}\n{one.text}" if one.above else one.text


def _judged(found: Compared, opinion: float | None = None) -> Support:
    """The verdict by the rules, or by the opinion of a model."""
    sure = _sure(found) if opinion is None else opinion
    least = SUPPORTED_FROM_ACROSS if found.across else SUPPORTED_FROM
    if sure >= (least if opinion is None else JUDGED_FROM):
        if found.fragment:
            return Support(
                "uncheckable",
                sure,
                found.place,
                (Reason("fragment"),),
                found.across,
                found.features.stems,
            )
        return Support(
            "supported",
            sure,
            found.place,
            across=found.across,
            common=found.features.stems,
            doubts=found.reasons,
            broken=found.features.broken,
            scattered=found.scattered,
        )
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


_CERTAIN = frozenset(
    (
        "other_number",
        "missing_number",
        "other_unit",
        "other_date",
        "missing_date",
        "negation",
        "other_name",
        "missing_name",
    )
)
"""What no model's opinion outweighs."""
_OPPOSED = frozenset(
    (
        "other_number",
        "other_unit",
        "other_date",
        "other_event",
        "negation",
        "obligation",
        "other_name",
    )
)
