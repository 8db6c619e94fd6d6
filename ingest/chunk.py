"""Document -> chunks: stretches that one answer can rest on, in the embedder's tokens.

A chunk never crosses a heading. Paragraphs, list items and rows are kept whole while they fit and
packed together up to `TARGET_TOKENS`; a longer paragraph is cut between sentences. Pure: the same
document gives the same chunks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.language import detect_language
from knowledge.models import Block, Chunk, Document, Language
from knowledge.text import sentence_spans

TARGET_TOKENS = 160
"""A chunk grows until the next piece would take it past this."""
MAX_TOKENS = 384
"""No piece is longer; the model reads 512, context line included."""
MIN_CUT_CHARS = 200
"""Nothing shorter is cut within a sentence."""
CONTEXT_CHARS = 200
"""Longest context line put before the text."""

CountTokens = Callable[[Sequence[str]], list[int]]


@dataclass(frozen=True)
class _Piece:
    """An unsplittable stretch: a sentence, list item, row or short paragraph.

    Attributes:
        header: the header row of its table; empty for what is no row.
    """

    start: int
    end: int
    tokens: int
    page: int | None
    row: int | None
    header: str


@dataclass(frozen=True)
class _Section:
    """The blocks under one heading path."""

    headings: tuple[str, ...]
    blocks: tuple[Block, ...]


def chunk_document(document: Document, count_tokens: CountTokens) -> list[Chunk]:
    """The document's chunks, in reading order; together they hold all its text but headings.

    Args:
        document: with blocks in reading order.
        count_tokens: number of model tokens of each text.
    """
    chunks: list[Chunk] = []
    for section in _sections(document):
        for pieces in _pack(_pieces(document, section, count_tokens)):
            chunks.append(_chunk(document, section, pieces, ordinal=len(chunks)))
    return chunks


def _sections(document: Document) -> Iterator[_Section]:
    """Runs of blocks under the same headings; a heading with nothing under it is kept as text."""
    path: list[tuple[int, str]] = []
    blocks: list[Block] = []
    pending: Block | None = None
    for block in document.blocks:
        if block.kind != "heading":
            blocks.append(block)
            pending = None
            continue
        if blocks:
            yield _Section(_titles(path), tuple(blocks))
            blocks = []
        elif pending is not None and block.level <= pending.level:
            yield _Section(_titles(path[:-1]), (pending,))
        title = " ".join(document.text[block.start : block.end].split())
        path = [(level, name) for level, name in path if level < block.level]
        path.append((block.level, title))
        pending = block
    if blocks:
        yield _Section(_titles(path), tuple(blocks))
    elif pending is not None:
        yield _Section(_titles(path[:-1]), (pending,))


def _titles(path: list[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(name for _, name in path)


def _pieces(document: Document, section: _Section, count_tokens: CountTokens) -> list[_Piece]:
    """The section's blocks, those longer than a chunk cut between sentences."""
    texts = [document.text[b.start : b.end] for b in section.blocks]
    pieces: list[_Piece] = []
    header = ""
    for block, text, tokens in zip(section.blocks, texts, count_tokens(texts), strict=True):
        header = text if block.kind == "table" else header
        spans = (
            [(0, len(text), tokens)]
            if tokens <= TARGET_TOKENS
            else _short_spans(text, tokens, count_tokens)
        )
        of_table = header if block.kind == "row" else ""
        pieces.extend(
            _Piece(block.start + a, block.start + b, n, block.page, block.row, of_table)
            for a, b, n in spans
        )
    return pieces


def _short_spans(text: str, tokens: int, count_tokens: CountTokens) -> list[tuple[int, int, int]]:
    """``(start, end, tokens)`` of sentences, those too long for the model cut between words."""
    longest = max(MIN_CUT_CHARS, int(MAX_TOKENS * len(text) / tokens))
    todo: list[tuple[int, int]] = []
    # From sentence to sentence: what stands between ("-----") goes with the one before.
    starts = [0, *(start for start, _ in sentence_spans(text)[1:]), len(text)]
    for start, end in pairwise(starts):
        while end - start > longest:
            cut = _cut(text, start + longest // 2, start + longest)
            todo.append((start, cut))
            start = cut
        todo.append((start, end))
    done: list[tuple[int, int, int]] = []
    while todo:
        counts = count_tokens([text[a:b] for a, b in todo])
        longer: list[tuple[int, int]] = []
        for (a, b), n in zip(todo, counts, strict=True):
            if n > MAX_TOKENS and b - a > MIN_CUT_CHARS:
                cut = _cut(text, a + (b - a) // 4, a + (b - a) // 2)
                longer += [(a, cut), (cut, b)]
            elif text[a:b].strip():
                done.append((a, a + len(text[a:b].rstrip()), n))
        todo = longer
    return sorted(done)


def _cut(text: str, first: int, last: int) -> int:
    """Where to cut: after the last space from ``first`` to ``last``, else at ``last``."""
    return (text.rfind(" ", first, last) + 1) or last


def _pack(pieces: list[_Piece]) -> Iterator[list[_Piece]]:
    """Neighbouring pieces together, up to the target.

    A chunk stays on one page and holds either consecutive rows or none, so that the page and the
    row of every sentence in it are known.
    """
    group: list[_Piece] = []
    total = 0
    for piece in pieces:
        if group and (total + piece.tokens > TARGET_TOKENS or not _continues(group[-1], piece)):
            yield group
            group, total = [], 0
        group.append(piece)
        total += piece.tokens
    if group:
        yield group


def _continues(before: _Piece, piece: _Piece) -> bool:
    if before.page != piece.page or (before.row is None) != (piece.row is None):
        return False
    return before.row is None or piece.row is None or 0 <= piece.row - before.row <= 1


def _chunk(document: Document, section: _Section, pieces: list[_Piece], *, ordinal: int) -> Chunk:
    start, end = pieces[0].start, pieces[-1].end
    text = document.text[start:end]
    header = next((piece.header for piece in pieces if piece.header), "")
    return Chunk(
        document=document.name,
        ordinal=ordinal,
        text=text,
        start=start,
        end=end,
        headings=section.headings,
        context=_context(document, section.headings, "" if header in text else header),
        page=pieces[0].page,
        row=pieces[0].row,
        language=_language(document, text),
        sentences=tuple(sentence_spans(text)) or ((0, len(text)),),
    )


def _context(document: Document, headings: tuple[str, ...], header: str) -> str:
    """``title > headings``, without repeating a title, and the table's header."""
    parts: list[str] = []
    for part in (document.title, *headings):
        if part and part not in parts:
            parts.append(part)
    line = " > ".join(parts)
    if len(line) > CONTEXT_CHARS:
        line = line[: CONTEXT_CHARS // 2] + " … " + line[-CONTEXT_CHARS // 2 :]
    return f"{line}\n{header[:CONTEXT_CHARS]}" if header else line


def _language(document: Document, text: str) -> Language:
    """The chunk's own language; short texts and tables take the document's."""
    return detect_language(text) if len(text) >= 80 else document.language
