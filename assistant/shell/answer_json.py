"""Answers and search results as JSON: the format of ``docs/answer-format.md``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from assistant.shell.case_lines import case_json

if TYPE_CHECKING:
    from assistant.models import Answer, Citation, Composed, Statement
    from assistant.voice.phrasing import Phrased
    from knowledge.models import ScoredChunk
    from knowledge.search.retrieval import Found

HEADING_SEPARATOR = " > "

Json = dict[str, Any]


def answer_json(answer: Answer, voiced: Sequence[Phrased] = ()) -> Json:
    """An answer as ``voz ask --json`` prints it.

    Args:
        answer: with its quotations.
        voiced: the answer in the company's voice, for each channel that was asked for.
    """
    return {
        "question": answer.question,
        "query": answer.query,
        "verdict": answer.verdict,
        "confidence": answer.confidence,
        "language": answer.language,
        "statements": [statement_json(s) for s in answer.statements],
        "nearest": [citation_json(c) for c in answer.nearest],
        "missing": list(answer.missing),
        "on": answer.on.isoformat() if answer.on else None,
        "told": answer.told.isoformat() if answer.told else None,
        "changed": [vars(change) for change in answer.changed],
        "case_facts": case_json(answer),
        "composed": None if answer.composed is None else composed_json(answer.composed),
        "voice": [_voiced(one) for one in voiced],
        "notice": answer.notice,
        "timings_ms": dict(answer.timings_ms),
    }


def statement_json(statement: Statement) -> Json:
    """A statement with what it rests on."""
    return {
        "text": statement.text,
        "focus": statement.focus,
        "internal": statement.internal,
        "approved": statement.approved,
        "citations": [citation_json(c) for c in statement.citations],
    }


def composed_json(composed: Composed) -> Json:
    """What a chat model composed, or why there is nothing."""
    return {
        "model": composed.model,
        "prompt": composed.prompt,
        "statements": [statement_json(s) for s in composed.statements],
        "left_out": vars(composed.left_out),
        "why": composed.why,
        "timings_ms": dict(composed.timings_ms),
    }


def _voiced(found: Phrased) -> Json:
    return {
        "channel": found.channel,
        "greeting": found.greeting,
        "closing": found.closing,
        "text": found.text,
        "statements": [
            {
                "text": one.text,
                "changed": one.changed,
                "citations": [citation_json(c) for c in one.statement.citations],
            }
            for one in found.said
        ],
        "ms": found.ms,
    }


def search_json(question: str, found: Found, notice: str | None) -> Json:
    """What was found as ``voz search --json`` prints it, best first.

    Args:
        question: as asked.
        found: what retrieval returned.
        notice: one line when something is degraded.
    """
    return {
        "question": question,
        "query": found.reading.text,
        "language": found.reading.language,
        "results": [_result(rank, scored) for rank, scored in enumerate(found.chunks, start=1)],
        "notice": notice,
        "timings_ms": {name: round(ms, 2) for name, ms in found.timings_ms.items()},
    }


def citation_json(citation: Citation) -> Json:
    """Where something stands."""
    return {
        "document": citation.document,
        "title": citation.title,
        "page": citation.page,
        "row": citation.row,
        "heading": HEADING_SEPARATOR.join(citation.headings),
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "language": citation.language,
        "version": citation.version,
        "valid_from": _day(citation.valid_from),
        "valid_to": _day(citation.valid_to),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _result(rank: int, scored: ScoredChunk) -> Json:
    chunk = scored.stored.chunk
    return {
        "rank": rank,
        "score": round(scored.score, 4),
        "dense": round(scored.dense, 4),
        "lexical": round(scored.lexical, 4),
        "document": chunk.document,
        "title": scored.stored.title,
        "page": chunk.page,
        "row": chunk.row,
        "heading": HEADING_SEPARATOR.join(chunk.headings),
        "text": chunk.text,
        "start": chunk.start,
        "end": chunk.end,
        "language": chunk.language,
        "version": scored.stored.version,
    }
