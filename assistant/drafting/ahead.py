"""What the figures of the sources in force are said of, found before any draft asks for it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import islice
from threading import Event

from assistant.drafting.lines import lines_of
from assistant.drafting.meant import standing_in
from assistant.pipeline import Assistant
from knowledge.models import Viewer
from knowledge.ports import Figured, FigureEncoder

PASSAGES = 16
"""Fetched at once."""
TEXTS = 8
"""Read before others have the processor."""
MOST = 15_000
"""Texts: fewer than an encoder remembers, so that drafts find a place too."""
REST = 1.0
"""How long others have the processor, against the time that was taken."""


def read_ahead(
    assistant: Assistant,
    viewer: Viewer,
    figures: FigureEncoder,
    stopping: Event | None = None,
    rest: float = REST,
) -> int:
    """Have an encoder remember the figures of all documents in force; how many texts it read.

    Args:
        assistant: has the documents.
        viewer: whose sources are read.
        figures: remembers what it was asked.
        stopping: once set, no more is read.
        rest: as `REST`.
    """
    stopping = stopping or Event()
    every = islice(_texts(assistant, viewer), MOST)
    count = 0
    while not stopping.is_set() and (texts := list(islice(every, TEXTS))):
        began = time.perf_counter()
        figures.said_of(texts)
        stopping.wait(rest * (time.perf_counter() - began))
        count += len(texts)
    return count


def _texts(assistant: Assistant, viewer: Viewer) -> Iterator[Figured]:
    keys = [int(key) for key in assistant.snapshot(viewer).keys]
    for first in range(0, len(keys), PASSAGES):
        for line in lines_of(assistant.chunks(keys[first : first + PASSAGES], viewer)):
            text = standing_in(line)
            if text.figures:
                yield text
