"""A paragraph that counts in words: "First … Then … Finally …"."""

from __future__ import annotations

import re

from assistant.steps.instructions import instructs
from assistant.steps.reading import sentences_at
from assistant.steps.runs import Item, Run
from knowledge.models import Block, Document
from knowledge.text import fold

MIN_SENTENCES = 3
_FIRST = re.compile(r"(?:primero|en primer lugar|lo primero|para empezar|first|firstly|to begin)\b")
_NEXT = re.compile(
    r"(?:luego|despues|a continuacion|entonces|en segundo lugar|segundo|por ultimo|finalmente|"
    r"acto seguido|then|next|after that|second|secondly|third|finally|lastly|afterwards)\b"
)


def prose_run(block: Block, document: Document) -> Run | None:
    """The sentences of a paragraph as entries; `None` where they do not count.

    The first entry begins with "first"; at least one more begins with "then" or the like, and most
    are instructions.
    """
    text = document.text[block.start : block.end]
    if not _FIRST.search(fold(text)):
        return None
    spans = sentences_at(document, block.start, block.end)
    told = [fold(document.text[a:b]) for a, b in spans]
    first = next((n for n, said in enumerate(told) if _FIRST.match(said)), None)
    if first is None or len(spans) - first < MIN_SENTENCES:
        return None
    spans, told = spans[first:], told[first:]
    if not any(_NEXT.match(said) for said in told[1:]):
        return None
    telling = sum(instructs(document.text[a:b], document.language) for a, b in spans)
    if telling < max(2, 0.75 * len(spans)):
        return None
    items = [
        Item(Block("paragraph", a, b, page=block.page), a, n + 1) for n, (a, b) in enumerate(spans)
    ]
    return Run(numbered=True, items=tuple(items))
