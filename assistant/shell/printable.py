"""What documents say, as it may be written to a terminal."""

from __future__ import annotations


def printable(text: str) -> str:
    """Text from documents without what a terminal would obey."""
    return "".join(c if c.isprintable() or c == "\n" else " " for c in text)
