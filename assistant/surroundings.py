"""What stands around a sentence in its document, for reading it in its context."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from knowledge.models import Block


def around(start: int, end: int, blocks: Sequence[Block], *, max_chars: int) -> tuple[int, int]:
    """A span grown by whole blocks of its page, after and before it in turn, while they fit.

    A heading is taken in with what stands below it, never as the last thing.

    Args:
        start: offset of the span in the document's text.
        end: offset after it.
        blocks: of the document, in order; the span lies in them.
        max_chars: longest span; one that is longer already stays as it is.

    Returns:
        Offsets of the grown span.
    """
    first = bisect_right(blocks, start, key=lambda b: b.start) - 1
    last = own = bisect_left(blocks, end, key=lambda b: b.start) - 1
    page = blocks[first].page
    grown = True
    while grown:
        grown = False
        if _fits(blocks, last + 1, page) and blocks[last + 1].end - start <= max_chars:
            last, grown = last + 1, True
            end = max(end, blocks[last].end)
        if _fits(blocks, first - 1, page) and end - blocks[first - 1].start <= max_chars:
            first, grown = first - 1, True
            start = blocks[first].start
    while last > own and blocks[last].kind == "heading":
        last -= 1
        end = blocks[last].end
    return start, end


def _fits(blocks: Sequence[Block], index: int, page: int | None) -> bool:
    return 0 <= index < len(blocks) and blocks[index].page == page
