"""Ranked sentences -> what is shown: a few statements, each with the exact words it rests on."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.citing import quotation
from assistant.models import Citation, Statement
from assistant.sentences import Candidate
from assistant.surroundings import around
from assistant.twins import alike
from knowledge.models import Document, ScoredChunk

MAX_STATEMENTS = 3
MAX_PASSAGES = 5
MAX_LIST_CHARS = 420
"""A line that introduces a list is shown with its items up to this length."""
MAX_PASSAGE_CHARS = 700
NEAREST = 3
SNIPPET_CHARS = 400

SpanOf = Callable[[Candidate], tuple[int, int]]
DocumentOf = Callable[[str, int], Document | None]

_MARKER = re.compile(r"^(?:[-•*·▪–—]\s+|\[\s?[xX]?\]\s+)")


def approved_first(ranked: Sequence[Candidate], chunks: Sequence[ScoredChunk]) -> list[Candidate]:
    """The candidates, with approved wording in front where retrieval found it first.

    Args:
        ranked: candidates, best first.
        chunks: what retrieval found, best first.
    """
    if not chunks or not chunks[0].stored.approved:
        return list(ranked)
    key = chunks[0].stored.key
    return sorted(ranked, key=lambda candidate: candidate.chunk.stored.key != key)


def statements(ranked: Sequence[Candidate]) -> tuple[Statement, ...]:
    """The best sentences that differ, best first, at most `MAX_STATEMENTS`.

    Args:
        ranked: candidates, best first.
    """
    return tuple(
        _statement(candidate, _quoted(candidate, *span), span[0])
        for candidate, span in _chosen(ranked, _span, MAX_STATEMENTS)
    )


def passages(ranked: Sequence[Candidate], document_of: DocumentOf) -> tuple[Statement, ...]:
    """The best sentences with what stands around them, at most `MAX_PASSAGES`.

    For a question whose answer may be next to the best sentences rather than in them.

    Args:
        ranked: candidates, best first.
        document_of: a document by its name and the number of its version, the one that was
            searched, though another may be in force by now; `None` when it is gone.
    """
    documents: dict[tuple[str, int], Document | None] = {}

    def document(candidate: Candidate) -> Document | None:
        version = candidate.document, candidate.chunk.stored.version
        if version not in documents:
            documents[version] = document_of(*version)
        found = documents[version]
        # Part of it was kept to fewer people since it was searched.
        gone = found is None or found.text[candidate.start : candidate.end] != candidate.text
        return None if gone else found

    def span_of(candidate: Candidate) -> tuple[int, int]:
        found, span = document(candidate), _wide_span(candidate, MAX_PASSAGE_CHARS)
        if found is None or candidate.chunk.stored.approved:
            return span
        wide = around(*span, found.blocks, max_chars=MAX_PASSAGE_CHARS)
        return _within_part(candidate, wide, (*found.withheld, *found.internal))

    def quote(candidate: Candidate, start: int, end: int) -> str:
        found = document(candidate)
        return found.text[start:end] if found else _quoted(candidate, start, end)

    return tuple(
        _statement(candidate, quote(candidate, *span), span[0])
        for candidate, span in _chosen(ranked, span_of, MAX_PASSAGES)
    )


def _chosen(
    ranked: Sequence[Candidate], span_of: SpanOf, at_most: int
) -> list[tuple[Candidate, tuple[int, int]]]:
    """The best candidates that say different things, with what is shown of each."""
    chosen: list[tuple[Candidate, tuple[int, int]]] = []
    for candidate in ranked:
        if len(chosen) == at_most:
            break
        taken = [span for other, span in chosen if other.document == candidate.document]
        if any(candidate.start < end and start < candidate.end for start, end in taken):
            continue
        if not any(alike(candidate, other) for other, _ in chosen):
            chosen.append((candidate, _free(candidate, span_of(candidate), taken)))
    return chosen


def _within_part(
    candidate: Candidate, span: tuple[int, int], parts: Sequence[tuple[int, int]]
) -> tuple[int, int]:
    """A span that stays in, or out of, the restricted parts of a document as its sentence does."""
    start, end = span
    for first, last in parts:
        if first <= candidate.start < last:
            start, end = max(start, first), min(end, last)
        elif candidate.end <= first:
            end = min(end, first)
        elif candidate.start >= last:
            start = max(start, last)
    return start, end


def _free(
    candidate: Candidate, span: tuple[int, int], taken: Sequence[tuple[int, int]]
) -> tuple[int, int]:
    """The part of a span around its sentence that is not shown already."""
    start = max([span[0], *(end for _, end in taken if end <= candidate.start)])
    end = min([span[1], *(start for start, _ in taken if start >= candidate.end)])
    return start, end


def nearest(ranked: Sequence[Candidate]) -> tuple[Citation, ...]:
    """The best sentence of each of the nearest documents with those around it, best first.

    Args:
        ranked: candidates, best first.
    """
    found: dict[str, Citation] = {}
    for candidate in ranked:
        if candidate.document not in found and len(found) < NEAREST:
            start, end = _wide_span(candidate, SNIPPET_CHARS)
            quote = _shortened(_quoted(candidate, start, end))
            found[candidate.document] = _citation(candidate.chunk, quote, start, candidate.start)
    return tuple(found.values())


def _shortened(quote: str) -> str:
    """At most `SNIPPET_CHARS` of a quote, cut between words."""
    if len(quote) <= SNIPPET_CHARS:
        return quote
    return quote[: max(quote.rfind(" ", 0, SNIPPET_CHARS), 0) or SNIPPET_CHARS]


def _citation(scored: ScoredChunk, quote: str, start: int, at: int) -> Citation:
    """Where a quote that begins at ``start`` stands, with the row of what is at ``at``."""
    begins = scored.stored.chunk.start
    return quotation(scored.stored, quote, start - begins, at - begins)


def _statement(candidate: Candidate, quote: str, start: int) -> Statement:
    """A quote that may have white space at its ends, where it was parted from another."""
    inner = quote.strip()
    start += len(quote) - len(quote.lstrip())
    cited = _citation(candidate.chunk, inner, start, candidate.start)
    text, focus = _readable(inner), _readable(_quoted(candidate, *_span(candidate)))
    return Statement(text, (cited,), focus if focus in text else _readable(candidate.text))


def _quoted(candidate: Candidate, start: int, end: int) -> str:
    """``document text[start:end]``, which lies in the candidate's chunk."""
    chunk = candidate.chunk.stored.chunk
    return chunk.text[start - chunk.start : end - chunk.start]


def _span(candidate: Candidate) -> tuple[int, int]:
    """The sentence; of a list all of it with the line above it; of approved wording every word."""
    chunk = candidate.chunk.stored.chunk
    if candidate.chunk.stored.approved:
        return chunk.start, chunk.end
    lines = [(chunk.start + a, chunk.start + b) for a, b in chunk.sentences]
    first = _introduction(candidate, lines)
    if first is None:
        return candidate.start, candidate.end
    last = first
    while last + 1 < len(lines) and lines[last + 1][1] - lines[first][0] <= MAX_LIST_CHARS:
        last += 1
        if _introduces(candidate, lines[last]):
            break
    if last < candidate.index:
        return candidate.start, candidate.end
    return lines[first][0], lines[last][1]


def _wide_span(candidate: Candidate, max_chars: int) -> tuple[int, int]:
    """The sentence with those after and before it in its chunk, if they fit."""
    chunk = candidate.chunk.stored.chunk
    start, end = _span(candidate)
    lines = [(chunk.start + a, chunk.start + b) for a, b in chunk.sentences]
    for line in lines:
        if line[0] >= end and line[1] - start <= max_chars:
            end = line[1]
    for line in reversed(lines):
        if line[1] <= start and end - line[0] <= max_chars:
            start = line[0]
    return start, end


def _introduction(candidate: Candidate, lines: Sequence[tuple[int, int]]) -> int | None:
    """Index of the line that introduces the list which the candidate belongs to."""
    if _introduces(candidate, lines[candidate.index]):
        return candidate.index
    for index in range(candidate.index, -1, -1):
        if _introduces(candidate, lines[index]):
            return index
        if not _is_item(candidate, lines[index]):
            return None
    return None


def _introduces(candidate: Candidate, line: tuple[int, int]) -> bool:
    return _quoted(candidate, *line).rstrip().endswith(":")


def _is_item(candidate: Candidate, line: tuple[int, int]) -> bool:
    """Whether a sentence is the whole of a line of its own, as items are."""
    chunk = candidate.chunk.stored.chunk
    before = chunk.text[: line[0] - chunk.start].rstrip(" ")
    after = chunk.text[line[1] - chunk.start :].lstrip(" ")
    return before.endswith("\n") and (not after or after.startswith("\n"))


def _readable(quote: str) -> str:
    """The quote as one says it: without list markers, one line per item."""
    lines = (_MARKER.sub("", " ".join(line.split())) for line in quote.splitlines())
    return "\n".join(line for line in lines if line)
