"""A question in, a cited answer out: the stages in order, or an abstention.

rewrite -> retrieve -> rank sentences -> decide -> compose. Each stage is a function of its own
module; this one only calls them.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from assistant import compose, confidence, missing, rewrite, sentences, twins
from assistant.background import Background, Backgrounds
from assistant.models import Answer, ChangedSince, Statement, Turn, Verdict
from assistant.refusals import because
from assistant.weights import Weights
from knowledge.audience import AudienceTree
from knowledge.errors import SettingsError
from knowledge.language import question_language
from knowledge.models import Document, StoredChunk, Viewer
from knowledge.ports import FigureEncoder, ReadableRegister, SearchedIndexes, TextClassifier
from knowledge.search.retrieval import NO_CONTEXT, Context, Found, Retriever
from knowledge.search.rows import DocumentInfo
from knowledge.search.snapshot import Snapshot

logger = logging.getLogger(__name__)

MAX_QUESTION_CHARS = 4_000
LIKELY_ENOUGH = 0.8
"""Probability of three sentences from which they are shown alone, else with those around them."""
TOP_K = 20
"""Chunks whose sentences are looked at."""


@dataclass(frozen=True)
class Evidence:
    """What was found for a question.

    Attributes:
        question: as asked, white space around it gone.
        found: what retrieval returned.
        ranked: sentences of the chunks found, best first.
        likely: probability that one of the first three answers, if any sentence does.
        background: what unrelated questions find in the same collection.
    """

    question: str
    found: Found
    ranked: Sequence[sentences.Candidate]
    likely: float
    background: Background


Listener = Callable[[Answer, Evidence, Viewer], None]
"""Told of an answer, what it was made of and who asked; it must not keep the answer waiting."""


class Assistant:
    """Answers questions from one register.

    Attributes:
        classifier: tells what sentences promise and rule out; `None` where another model embeds
            than the bundled one.
        figures: tells what figures are said of; `None` likewise.
    """

    def __init__(
        self,
        register: ReadableRegister,
        indexes: SearchedIndexes,
        retriever: Retriever,
        weights: Weights,
        classifier: TextClassifier | None = None,
        figures: FigureEncoder | None = None,
    ) -> None:
        self.classifier = classifier
        self.figures = figures
        self._register = register
        self._indexes = indexes
        self._retriever = retriever
        self._weights = weights
        self._listener: Listener | None = None
        self._backgrounds = Backgrounds(
            lambda question, who, language: retriever.search(
                question, who, language=language, top_k=TOP_K
            )
        )
        self._sentence_weights = np.asarray(
            [weights.sentence[name] for name in sentences.FEATURES], dtype=np.float32
        )

    def ask(self, question: str, viewer: Viewer, history: Sequence[Turn] = ()) -> Answer:
        """What to say, why it is true, and how sure that is.

        Args:
            question: as typed, 1 to `MAX_QUESTION_CHARS` characters.
            viewer: who asks; decides what is searched.
            history: earlier turns of the conversation, oldest first.

        Raises:
            SettingsError: the question is empty or too long.
        """
        return self.ask_with_evidence(question, viewer, history)[0]

    def ask_with_evidence(
        self, question: str, viewer: Viewer, history: Sequence[Turn] = ()
    ) -> tuple[Answer, Evidence]:
        """As `ask`, with what the answer was made of.

        Raises:
            SettingsError: the question is empty or too long.
        """
        began = time.perf_counter()
        evidence = self.look(question, viewer, history)
        looked_ms = (time.perf_counter() - began) * 1000
        answer = self.answer(evidence, viewer)
        total_ms = (time.perf_counter() - began) * 1000
        searched = evidence.found.timings_ms
        answer = _timed(
            answer,
            {
                **searched,
                "rank": looked_ms - sum(searched.values()),
                "compose": total_ms - looked_ms,
                "total": total_ms,
            },
        )
        _log(answer, evidence.found)
        self._tell(answer, evidence, viewer)
        return answer, evidence

    def sources(self, answer: Answer, evidence: Evidence, viewer: Viewer) -> tuple[Statement, ...]:
        """Passages of what an answer cites, for a chat model to compose from; best first.

        Of no version that the answer does not cite: who was shown what is known from the answer.
        """
        cited = {(c.document, c.version) for s in answer.statements for c in s.citations}
        return tuple(
            passage
            for passage in compose.passages(evidence.ranked, self._document_of(viewer))
            if all((c.document, c.version) in cited for c in passage.citations)
        )

    def listen(self, listener: Listener) -> None:
        """Have every answer of `ask` told from now on; whatever the listener raises is logged."""
        self._listener = listener

    def look(self, question: str, viewer: Viewer, history: Sequence[Turn] = ()) -> Evidence:
        """What an answer would be made of: the first half of `ask`.

        Raises:
            SettingsError: the question is empty or too long.
        """
        return self.weigh(checked(question), self.search(question, viewer, history), viewer)

    def weigh(self, question: str, found: Found, viewer: Viewer) -> Evidence:
        """The sentences of what was found for a question, ranked."""
        asked = sentences.asked(question, found)
        found = sentences.telling(asked, found)
        candidates = sentences.candidates(asked, found.chunks)
        scores = sentences.score(candidates, self._sentence_weights)
        order = np.argsort(-scores, kind="stable")
        first = order[: compose.MAX_STATEMENTS]
        likely = float(sentences.probabilities(scores)[first].sum())
        ranked = twins.in_language([candidates[i] for i in order], found.reading.language)
        ranked = compose.approved_first(ranked, found.chunks)
        background = self._backgrounds.of(viewer, found.reading.language, found.n_chunks)
        return Evidence(question, found, ranked, likely, background)

    def search(
        self,
        question: str,
        viewer: Viewer,
        history: Sequence[Turn] = (),
        *,
        context: Context | None = None,
        top_k: int = TOP_K,
    ) -> Found:
        """The passages found for a question, best first.

        Args:
            question: as typed.
            viewer: who asks.
            history: earlier turns, oldest first.
            context: what the question refers to, where it is known; `None`: `history` tells.
            top_k: how many at most.

        Raises:
            SettingsError: the question is empty or too long.
        """
        question = checked(question)
        language = question_language(question, [turn.text for turn in history])
        known = context is not None
        context = context or rewrite.context_of(question, history, language)

        def search(said: Context) -> Found:
            return self._retriever.search(
                question, viewer, language=language, context=said, top_k=top_k
            )

        found = search(context)
        if known or rewrite.refers_back(question) or confidence.names_what_was_found(found):
            return found
        # Nothing it names is where the conversation led: another subject, asked in a few words.
        return search(NO_CONTEXT) if 0 < found.reading.share < 1 else found

    def documents(self, viewer: Viewer) -> list[DocumentInfo]:
        """The sources that the viewer may see."""
        return self._register.documents(viewer)

    def document(self, name: str, viewer: Viewer, version: int | None = None) -> Document | None:
        """A source's extracted text; `None` where there is none that the viewer may see.

        Args:
            name: of the source.
            viewer: who asks, about which day.
            version: number of the one that was cited; `None`: the one in force.
        """
        return self._register.document(name, viewer, version)

    def chunks(self, keys: Sequence[int], viewer: Viewer) -> list[StoredChunk]:
        """Passages by their keys, those that the viewer may see, in no set order."""
        return self._register.chunks(keys, viewer)

    def original(self, name: str, viewer: Viewer, version: int | None = None) -> Path | None:
        """The file a source was made from.

        `None` as for `document`, and where parts are withheld: they are in the file.
        """
        document = self._register.document(name, viewer, version)
        if document is None or document.withheld:
            return None
        return self._register.original_path(document.sha256)

    def audiences(self) -> AudienceTree:
        """All audiences."""
        return self._register.audiences()

    def is_empty(self, viewer: Viewer) -> bool:
        """Whether there is nothing that the viewer could be answered from."""
        return len(self.snapshot(viewer)) == 0

    def snapshot(self, viewer: Viewer) -> Snapshot:
        """What the viewer may search now; another object when that has changed."""
        self._indexes.refresh()
        return self._indexes.snapshot(viewer)

    @property
    def weights(self) -> Weights:
        """What was learned for it."""
        return self._weights

    @property
    def notice(self) -> str | None:
        """One line when something is degraded, else `None`."""
        return self._indexes.degraded

    def settle(self) -> None:
        """Wait until the indexes that are opened beside the answering are open."""
        self._indexes.settle()

    def close(self) -> None:
        """Let go of the indexes and the register."""
        self._indexes.close()
        self._register.close()

    def _tell(self, answer: Answer, evidence: Evidence, viewer: Viewer) -> None:
        if self._listener is None:
            return
        try:
            self._listener(answer, evidence, viewer)
        except Exception:
            logger.exception("an answer could not be told")

    def answer(self, evidence: Evidence, viewer: Viewer) -> Answer:
        """What to say of what was found: the second half of `ask`; nobody is told of it."""
        found, ranked = evidence.found, evidence.ranked
        sure = 0.0
        verdict: Verdict = "not_found"
        if ranked:
            features = confidence.features(found, evidence.background)
            sure = confidence.confidence(features, self._weights.confidence)
            verdict = self._verdict(sure)
        statements = self._statements(evidence, verdict, viewer)
        absent = missing.missing(evidence.question, found, statements)
        if verdict == "answered" and absent.all:
            verdict = "partly"  # with the same words: more of them are none that were asked for
        if absent.codes:
            verdict, statements = "not_found", ()
        says_nothing = verdict == "not_found"
        return Answer(
            question=evidence.question,
            query=found.reading.text,
            verdict=verdict,
            statements=statements,
            nearest=compose.nearest(ranked) if says_nothing else (),
            confidence=round(sure, 4),
            language=found.reading.language,
            timings_ms={},
            notice=self.notice,
            on=viewer.on,
            told=viewer.told,
            changed=self._changed_since(statements, viewer),
            missing=absent.all,
        )

    def _changed_since(
        self, statements: Sequence[Statement], viewer: Viewer
    ) -> tuple[ChangedSince, ...]:
        """What of the sources cited is different today, for a question about another time."""
        if viewer.on is None and viewer.told is None:
            return ()
        today = replace(viewer, on=None, told=None)
        cited = {c.document: c for statement in statements for c in statement.citations}
        now = self._register.current_versions(list(cited), today)
        return tuple(
            ChangedSince(name, citation.title, citation.version, now.get(name))
            for name, citation in cited.items()
            if now.get(name) != citation.version
        )

    def _statements(
        self, evidence: Evidence, verdict: Verdict, viewer: Viewer
    ) -> tuple[Statement, ...]:
        """A few sentences where they are likely to answer, else passages; none of no answer."""
        if verdict == "not_found":
            return ()
        if verdict == "answered" and evidence.likely >= LIKELY_ENOUGH:
            return compose.statements(evidence.ranked)
        return compose.passages(evidence.ranked, self._document_of(viewer))

    def _document_of(self, viewer: Viewer) -> compose.DocumentOf:
        def document_of(name: str, version: int) -> Document | None:
            return self._register.document(name, viewer, version)

        return document_of

    def _verdict(self, sure: float) -> Verdict:
        if sure >= self._weights.answered_from:
            return "answered"
        return "partly" if sure >= self._weights.partly_from else "not_found"


def checked(question: str) -> str:
    """The question without white space around it.

    Raises:
        SettingsError: it is empty or too long.
    """
    stripped = question.strip()
    if len(stripped) > MAX_QUESTION_CHARS:
        raise SettingsError(because("question-long", count=len(stripped), limit=MAX_QUESTION_CHARS))
    if not any(c.isalnum() for c in stripped):
        raise SettingsError(because("question-empty", question=stripped[:40]))
    return stripped


def _timed(answer: Answer, timings: dict[str, float]) -> Answer:
    return replace(answer, timings_ms={name: round(ms, 2) for name, ms in timings.items()})


def _log(answer: Answer, found: Found) -> None:
    logger.info(
        "verdict=%s confidence=%.2f chunks=%s best=%.3f ms=%s",
        answer.verdict,
        answer.confidence,
        [c.stored.key for c in found.chunks],
        found.chunks[0].score if found.chunks else 0.0,
        dict(answer.timings_ms),
    )
