"""Figures, dates and periods of a sentence as typed facts, each true of the sentence itself."""

from __future__ import annotations

from eval.golden.models import Fact, FactKind
from eval.measures.matching import figures, measures
from knowledge.quantities.models import Kind, Quantity

_KINDS: dict[Kind, FactKind] = {
    "duration": "duration",
    "money": "money",
    "percent": "number",
    "measure": "number",
    "count": "number",
    "date": "date",
    "time": "text",
    "phone": "entity",
}
"""A number by itself is no fact: it numbers a section as often as it says something."""
_HOURS = 24
MOST_FACTS = 6


def facts_in(text: str) -> tuple[Fact, ...]:
    """What a sentence says in figures, in its order, each once; at most `MOST_FACTS`.

    A value and its unit are given where the measures of evaluations find them in the sentence
    again; otherwise the words alone.
    """
    found: dict[str, Fact] = {}
    for one in figures(text):
        words = text[one.start : one.end].strip()
        if one.kind in _KINDS and words and words.casefold() not in found:
            found[words.casefold()] = _fact(f"f{len(found) + 1}", one, words, text)
    return tuple(found.values())[:MOST_FACTS]


def _fact(name: str, found: Quantity, words: str, text: str) -> Fact:
    kind = _KINDS[found.kind]
    bare = Fact(id=name, kind=kind, must=True, aliases=(words,))
    value, unit = _measured(found)
    if value is None or kind not in ("duration", "money", "number"):
        return bare
    whole = bare.model_copy(update={"value": value, "unit": unit})
    return whole if measures(text, whole) else bare


def _measured(found: Quantity) -> tuple[float | None, str]:
    """Value and unit; hours where a day would be broken. No value for a range."""
    low, high = found.values[0]
    if low != high:
        return None, ""
    hours = low * _HOURS
    if found.kind == "duration" and found.unit == "days" and low < 1 and hours == round(hours):
        return hours, "hours"
    unit = "percent" if found.kind == "percent" else found.unit
    return low, unit
