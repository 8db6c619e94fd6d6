"""One golden case asked of the assistant -> what it did."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date
from functools import lru_cache, partial

from assistant.models import Answer, Citation, Turn
from assistant.pipeline import Assistant
from eval.golden.models import GoldenCase
from eval.outcome import Cited, Did, Outcome, Retrieved, Said
from knowledge.errors import KnowledgeBaseError
from knowledge.models import Document, Viewer
from knowledge.search.retrieval import Found

logger = logging.getLogger(__name__)

MOST_RETRIEVED = 20
"""Passages that are kept of a search; measures look at the first ten."""

ViewerOf = Callable[[GoldenCase], Viewer]
"""Who asks a case: of its audience, about its day."""


def ask(case: GoldenCase, assistant: Assistant, viewer_of: ViewerOf, today: date) -> Outcome:
    """What the assistant does with a case; an error is an outcome too.

    Args:
        case: what is asked.
        assistant: over the register that is evaluated.
        viewer_of: see `ViewerOf`.
        today: day asked about where the case names none.
    """
    history = [Turn(turn.role, turn.text) for turn in case.turns[:-1]]
    try:
        viewer = viewer_of(case)
        answer, evidence = assistant.ask_with_evidence(case.question, viewer, history)
        read = lru_cache(partial(assistant.document, viewer=viewer))
        said = tuple(
            Said(s.text, tuple(_cited(c, read) for c in s.citations)) for s in answer.statements
        )
    except KnowledgeBaseError as error:
        return Outcome(case.id, "abstain", error=str(error))
    except Exception as error:
        logger.exception("case %s failed", case.id)
        return Outcome(case.id, "abstain", error=f"{type(error).__name__}, see the log")
    return Outcome(
        case=case.id,
        did=did(answer),
        confidence=answer.confidence,
        said=said,
        retrieved=_retrieved(evidence.found),
        timings_ms=dict(answer.timings_ms),
        asked_on=viewer.on or today,
    )


def did(answer: Answer) -> Did:
    """What it looks like to whoever asked."""
    return "abstain" if answer.verdict == "not_found" else "answer"


def _cited(citation: Citation, read: Callable[..., Document | None]) -> Cited:
    document = read(citation.document, version=citation.version)
    there = document is not None and document.text[citation.start : citation.end]
    return Cited(
        document=citation.document,
        version=citation.version,
        quote=citation.quote,
        exact=there == citation.quote,
        valid_to=citation.valid_to,
    )


def _retrieved(found: Found) -> tuple[Retrieved, ...]:
    return tuple(
        Retrieved(
            document=scored.stored.chunk.document,
            version=scored.stored.version,
            text=scored.stored.chunk.text,
            language=scored.stored.chunk.language,
            score=float(scored.score),
        )
        for scored in found.chunks[:MOST_RETRIEVED]
    )
