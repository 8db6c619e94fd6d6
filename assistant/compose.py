"""Ranked sentences -> what is shown: a few statements, each with the exact words it rests on."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.models import Citation, Statement
from assistant.sentences import Candidate
from knowledge.models import Chunk, ScoredChunk
from knowledge.text import content_words

MAX_STATEMENTS = 3
MAX_PASSAGES = 4
MAX_LIST_CHARS = 420
"""A line that introduces a list is shown with its items up to this length."""
MAX_PASSAGE_CHARS = 500
SENTENCES_BEFORE = 1
SENTENCES_AFTER = 2
TOO_ALIKE = 0.8
"""Jaccard similarity of words from which two sentences say the same."""
NEAREST = 3
SNIPPET_CHARS = 240

SpanOf = Callable[[Candidate], tuple[int, int]]

_MARKER = re.compile(r"^(?:[-•*·▪–—]\s+|\[\s?[xX]?\]\s+)")


def statements(ranked: Sequence[Candidate]) -> tuple[Statement, ...]:
    """The best sentences that differ, best first, at most `MAX_STATEMENTS`.

    Args:
        ranked: candidates, best first.
    """
    return _statements(ranked, _span, MAX_STATEMENTS)


def passages(ranked: Sequence[Candidate]) -> tuple[Statement, ...]:
    """The best sentences with those around them, at most `MAX_PASSAGES`.

    For a question whose answer may be next to the best sentences rather than in them.

    Args:
        ranked: candidates, best first.
    """
    return _statements(ranked, _wide_span, MAX_PASSAGES)


def _statements(
    ranked: Sequence[Candidate], span_of: SpanOf, at_most: int
) -> tuple[Statement, ...]:
    chosen: list[Candidate] = []
    spans: list[tuple[int, int]] = []
    for candidate in ranked:
        if len(chosen) == at_most:
            break
        span = _free_span(candidate, chosen, spans, span_of)
        if span is not None and not any(_alike(candidate, other) for other in chosen):
            chosen.append(candidate)
            spans.append(span)
    return tuple(_statement(c, span) for c, span in zip(chosen, spans, strict=True))


def _free_span(
    candidate: Candidate,
    chosen: Sequence[Candidate],
    spans: Sequence[tuple[int, int]],
    span_of: SpanOf,
) -> tuple[int, int] | None:
    """What to show of a candidate that is not shown already; `None` when all of it is."""
    document = candidate.chunk.stored.chunk.document
    taken = [
        span
        for other, span in zip(chosen, spans, strict=True)
        if other.chunk.stored.chunk.document == document
    ]
    for span in (span_of(candidate), (candidate.start, candidate.end)):
        if all(span[1] <= start or end <= span[0] for start, end in taken):
            return span
    return None


def nearest(chunks: Sequence[ScoredChunk]) -> tuple[Citation, ...]:
    """The best passage of each of the nearest documents, best first."""
    found: dict[str, Citation] = {}
    for scored in chunks:
        chunk = scored.stored.chunk
        if chunk.document not in found and len(found) < NEAREST:
            end = min(len(chunk.text), SNIPPET_CHARS)
            if end < len(chunk.text):
                end = max(chunk.text.rfind(" ", 0, end), 1)
            found[chunk.document] = citation(scored, chunk.start, chunk.start + end)
    return tuple(found.values())


def citation(scored: ScoredChunk, start: int, end: int) -> Citation:
    """Where ``document text[start:end]`` of the chunk stands."""
    chunk = scored.stored.chunk
    return Citation(
        document=chunk.document,
        title=scored.stored.title,
        page=chunk.page,
        row=_row(chunk, start - chunk.start),
        headings=chunk.headings,
        quote=chunk.text[start - chunk.start : end - chunk.start],
        start=start,
        end=end,
        language=chunk.language,
    )


def _row(chunk: Chunk, offset: int) -> int | None:
    """The row that an offset of the chunk's text is in: its rows are consecutive, a line each."""
    if chunk.row is None:
        return None
    return chunk.row + sum(bool(line.strip()) for line in chunk.text[:offset].split("\n")[:-1])


def _statement(candidate: Candidate, span: tuple[int, int]) -> Statement:
    cited = citation(candidate.chunk, *span)
    return Statement(_readable(cited.quote), (cited,), focus=_readable(candidate.text))


def _span(candidate: Candidate) -> tuple[int, int]:
    """The sentence; a line that introduces a list, and an item of one, with the whole list."""
    chunk = candidate.chunk.stored.chunk
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


def _wide_span(candidate: Candidate) -> tuple[int, int]:
    """The sentence, one before and up to two after it, within `MAX_PASSAGE_CHARS`."""
    chunk = candidate.chunk.stored.chunk
    start, end = _span(candidate)
    lines = [(chunk.start + a, chunk.start + b) for a, b in chunk.sentences]
    after = [line for line in lines if line[0] >= end][:SENTENCES_AFTER]
    before = [line for line in lines if line[1] <= start][-SENTENCES_BEFORE:]
    for line in after:
        if line[1] - start <= MAX_PASSAGE_CHARS:
            end = line[1]
    for line in reversed(before):
        if end - line[0] <= MAX_PASSAGE_CHARS:
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
    return _text(candidate, line).rstrip().endswith(":")


def _is_item(candidate: Candidate, line: tuple[int, int]) -> bool:
    """Whether a sentence is the whole of a line of its own, as items are."""
    chunk = candidate.chunk.stored.chunk
    before = chunk.text[: line[0] - chunk.start].rstrip(" ")
    after = chunk.text[line[1] - chunk.start :].lstrip(" ")
    return before.endswith("\n") and (not after or after.startswith("\n"))


def _text(candidate: Candidate, line: tuple[int, int]) -> str:
    chunk = candidate.chunk.stored.chunk
    return chunk.text[line[0] - chunk.start : line[1] - chunk.start]


def _readable(quote: str) -> str:
    """The quote as one says it: without list markers, one line per item."""
    lines = (_MARKER.sub("", " ".join(line.split())) for line in quote.splitlines())
    return "\n".join(line for line in lines if line)


def _alike(candidate: Candidate, chosen: Candidate) -> bool:
    """Whether two sentences say the same."""
    a, b = set(content_words(candidate.text)), set(content_words(chosen.text))
    return len(a & b) >= TOO_ALIKE * len(a | b)
