"""A sentence -> its clauses, by what is written between them."""

from __future__ import annotations

import re

_BETWEEN = re.compile(
    r"(?:(?<!\d)[.,:]|[.,:](?!\d)|[;!?¿¡()\n])+\s*|\s[-–—]\s*|"
    r"\s(?:y|e|and|but|pero)\s+(?=(?:además |también |also )?(?:l[eoa]s?|se|te|nos|yo|we|i|you)\b)",
    re.IGNORECASE,
)
"""Signs, and "and" before whom something is done to, or who does it."""
LEAST_WORDS = 2


def clauses(text: str) -> list[tuple[int, int]]:
    """Where each clause begins and ends, in order; "Sí" goes with what follows.

    Args:
        text: one sentence.
    """
    cuts = [(match.start(), match.end()) for match in _BETWEEN.finditer(text)]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(text)]
    parts = [(a, b) for a, b in zip(starts, ends, strict=True) if text[a:b].strip()]
    found: list[tuple[int, int]] = []
    waiting: int | None = None
    for start, end in parts:
        first = start if waiting is None else waiting
        waiting = first if len(text[first:end].split()) < LEAST_WORDS else None
        if waiting is None:
            found.append((first, end))
    if waiting is not None:  # a last word goes with what is before it
        begin = found.pop()[0] if found else waiting
        found.append((begin, parts[-1][1]))
    return found
