"""What a sentence measures: durations, dates, amounts, percentages, counts, with their units.

Text -> `Quantity`, in Spanish and English alike, so that "treinta días", "30 days" and "un mes"
can be compared. `knowledge.quantities.numerals` reads the numbers before it;
`knowledge.conflicts.disagreement` compares what was read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.models import Language
from knowledge.quantities import units
from knowledge.quantities.models import Bound, Quantity, Text
from knowledge.quantities.numerals import same_length_fold, tokens_of
from knowledge.quantities.reader import read_at


def quantities_of(text: str, language: Language) -> list[Quantity]:
    """Everything the text measures, in order, without overlap.

    Numbers of list items, sections, versions and codes are names, not quantities.

    >>> found = quantities_of("Pague 1.000,50 € en dos semanas", "es")
    >>> [(q.kind, q.values[0][0], q.unit) for q in found]
    [('money', 1000.5, 'EUR'), ('duration', 14.0, 'days')]
    """
    if not units.MAY_MEASURE.search(text):
        return []
    source = Text(text, same_length_fold(text), tokens_of(text), language)
    found: list[Quantity] = []
    index = 0
    while index < len(source.tokens):
        quantity, index = read_at(source, index)
        if quantity:
            found.append(_described(source, quantity))
    return sorted([*found, *_free_of_charge(source.folded, found)], key=lambda q: q.start)


def _described(source: Text, quantity: Quantity) -> Quantity:
    """The quantity with its bound, and with what it is counted from or the period it is for."""
    before = source.folded[max(0, quantity.start - units.BOUND_CHARS) : quantity.start]
    after = source.folded[quantity.end : quantity.end + units.BOUND_CHARS]
    bound: Bound = ""
    least, most = (
        units.AT_LEAST_BEFORE.search(before),
        units.AT_MOST_BEFORE.search(before),
    )
    if least and most:  # one ends in the other: "no more than", "no less than"
        bound = "min" if least.start() < most.start() else "max"
    elif least or units.AT_LEAST_AFTER.match(after):
        bound = "min"
    elif most or units.AT_MOST_AFTER.match(after):
        bound = "max"
    anchor = ""
    if quantity.kind == "duration":
        anchor = _anchor(source.folded, quantity.end)
    elif quantity.kind in ("money", "count", "percent"):
        period = units.PERIOD.match(after)
        anchor = units.PERIOD_OF[period.group(1)] if period else ""
    return replace(quantity, bound=bound, anchor=anchor)


def _anchor(folded: str, end: int) -> str:
    """The first event named behind "from", "after" and the like; empty when there is none."""
    link = units.ANCHOR_LINK.match(folded, end)
    if link is None:
        return ""
    window = folded[link.end() : link.end() + units.ANCHOR_CHARS]
    found = [(m.start(), name) for name, event in units.EVENTS if (m := event.search(window))]
    return min(found)[1] if found else ""


def _free_of_charge(folded: str, found: Sequence[Quantity]) -> Iterator[Quantity]:
    """Amounts of nothing: "gratis", "free of charge"."""
    for match in units.FREE.finditer(folded):
        if not any(q.start < match.end() and match.start() < q.end for q in found):
            yield Quantity("money", ((0.0, 0.0),), "", match.start(), match.end())
