"""Find a quotation in the characters of a PDF page.

A quotation was cut out of text that ingest cleaned: lines joined, hyphens at line ends removed,
ligatures and accents composed. On the page it stands as it was typeset, so the two are compared
by their letters and digits alone, and each match is given back as positions on the page.
"""

from __future__ import annotations

import re
import unicodedata

_MIN_PIECE = 12
"""Letters a piece of a quotation needs to be looked for by itself; fewer occur by chance."""

_MIN_COVERED = 0.6
"""Share of the quotation's letters that its pieces must cover to count as found."""


def locate(characters: str, quote: str, before: str = "") -> list[tuple[int, int]]:
    """Where a quotation stands, as ranges ``[start, end)`` of characters; empty when nowhere.

    Args:
        characters: the page, one character per position.
        quote: the words to find.
        before: what precedes the quotation in its document; tells repeated passages apart.

    >>> locate("El pla-\\nzo es de 14 días.", "plazo es de 14 dias")
    [(3, 24)]
    """
    page, positions = fold(characters)
    wanted, _ = fold(quote)
    if not wanted:
        return []
    lead, _ = fold(before[-80:])
    at = page.find(lead + wanted)
    found = at + len(lead) if at >= 0 else page.find(wanted)
    if found < 0:
        wanted, _ = fold(row_values(quote))
        found = page.find(wanted) if len(wanted) >= _MIN_PIECE else -1
    if found >= 0:
        return [(positions[found], positions[found + len(wanted) - 1] + 1)]
    return _locate_pieces(page, positions, quote)


def row_values(quote: str) -> str:
    """The cells of a table row as the page has them, without the names of their columns.

    >>> row_values("Sofás — Plazo: 14 días; Coste: 29 €")
    'Sofás — 14 días; 29 €'
    """
    return re.sub(r"(^|[;|—–]\s*)[^:;|—–]+:\s+", r"\1", quote)


def fold(text: str) -> tuple[str, list[int]]:
    """The letters and digits of a text, without case and accents, and where each one stands.

    >>> fold("Ofi­cina")[0]
    'oficina'
    """
    letters: list[str] = []
    positions: list[int] = []
    for position, character in enumerate(text):
        for letter in unicodedata.normalize("NFKD", character).casefold():
            if letter.isalnum():
                letters.append(letter)
                positions.append(position)
    return "".join(letters), positions


def _locate_pieces(page: str, positions: list[int], quote: str) -> list[tuple[int, int]]:
    """Lines, cells and clauses one by one: columns and tables are read in another order."""
    ranges: list[tuple[int, int]] = []
    covered = 0
    for piece in re.split(r"[\n|;:,.]+", quote):
        letters, _ = fold(piece)
        found = page.find(letters) if len(letters) >= _MIN_PIECE else -1
        if found >= 0:
            ranges.append((positions[found], positions[found + len(letters) - 1] + 1))
            covered += len(letters)
    return sorted(ranges) if covered >= _MIN_COVERED * len(fold(quote)[0]) else []
