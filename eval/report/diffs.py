"""Texts as markup: the words that differ between two answers, and quotes where they were found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape

from knowledge.differences.words import Mark, changed_words
from knowledge.models import Language

EXCERPT = 320
"""Characters of a passage that are shown; a quote in it is always among them."""


@lru_cache(maxsize=1024)
def word_diff(old: str, new: str, language: Language) -> tuple[str, str]:
    """Both texts with what only one of them has in ``del`` and ``ins``."""
    gone, come = changed_words(old, new, old_language=language, new_language=language)
    return _marked(old, gone, "del"), _marked(new, come, "ins")


def lines(text: str) -> str:
    """A text, its line ends kept."""
    return escape(text).replace("\n", "<br>")


@lru_cache(maxsize=4096)
def excerpt(text: str, quotes: tuple[str, ...]) -> str:
    """The part of a passage around what is quoted, the quotes in ``mark``; else its beginning."""
    places = sorted(place for quote in quotes if (place := _place(text, quote)) is not None)
    first = max(0, places[0][0] - EXCERPT // 4) if places else 0
    last = min(len(text), max([first + EXCERPT, *(end for _, end in places)]))
    inside = [Mark("words", start - first, end - first) for start, end in _apart(places)]
    shown = _marked(text[first:last], inside, "mark")
    return f"{'… ' if first else ''}{shown}{' …' if last < len(text) else ''}"


def _place(text: str, quote: str) -> tuple[int, int] | None:
    """Where a quote is, however the white space of it is set."""
    if quote and (start := text.find(quote)) >= 0:
        return start, start + len(quote)
    pattern = r"\s+".join(map(re.escape, quote.split()))
    match = re.search(pattern, text) if pattern else None
    return match.span() if match else None


def _apart(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Without those that begin within another."""
    found: list[tuple[int, int]] = []
    for start, end in places:
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return found


def _marked(text: str, marks: Sequence[Mark], element: str) -> str:
    parts, done = [], 0
    for mark in marks:
        inside = lines(text[mark.start : mark.end])
        parts += [lines(text[done : mark.start]), f"<{element}>{inside}</{element}>"]
        done = mark.end
    return "".join([*parts, lines(text[done:])])
