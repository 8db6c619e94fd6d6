"""Figures, dates and periods of a sentence as typed facts, each true of the sentence itself."""

from __future__ import annotations

from eval.golden.models import Fact, FactKind
from eval.measures.matching import figures, measures
from knowledge.quantities.models import Kind, Quantity
from knowledge.text import STOP_WORDS, fold

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
_MODALS = frozenset("must may shall should debe deben puede pueden".split())
_ROUNDING = 1e-6
MOST_FACTS = 6


def facts_in(text: str) -> tuple[Fact, ...]:
    """What a sentence says in figures, in its order, each once; at most `MOST_FACTS`.

    A value and its unit are given where the measures of evaluations find them in the sentence
    again; otherwise the words alone.
    """
    found: dict[str, Fact] = {}
    for one in figures(text):
        words = _words(one, text)
        if one.kind in _KINDS and words and words.casefold() not in found:
            found[words.casefold()] = _fact(f"f{len(found) + 1}", one, words, text)
    return tuple(found.values())[:MOST_FACTS]


def _words(found: Quantity, text: str) -> str:
    """As it is said; of what is counted with its noun, without which it is nothing."""
    said = text[found.start : found.end].strip()
    if found.kind != "count":
        return said
    nouns = found.unit.split()
    after = text[found.end :].split()[: len(nouns)]
    noun = " ".join(after).rstrip(".,;:)")
    if fold(noun) != found.unit or nouns[0] in STOP_WORDS | _MODALS:
        return ""
    return f"{said} {noun}"


def _fact(name: str, found: Quantity, words: str, text: str) -> Fact:
    kind = _KINDS[found.kind]
    bare = Fact(id=name, kind=kind, must=True, aliases=(words,))
    value, unit = _measured(found)
    if value is None or found.kind not in ("duration", "money", "percent"):
        return bare
    whole = bare.model_copy(update={"value": value, "unit": unit})
    return whole if measures(text, whole) else bare


def _measured(found: Quantity) -> tuple[float | None, str]:
    """Value and unit; hours or minutes where a day would be broken. No value for a range."""
    low, high = found.values[0]
    if low != high:
        return None, ""
    if found.kind == "duration" and found.unit == "days" and low < 1:
        for of_day, unit in ((24, "hours"), (1_440, "minutes")):
            if abs(low * of_day - round(low * of_day)) < _ROUNDING:
                return float(round(low * of_day)), unit
    unit = "percent" if found.kind == "percent" else found.unit
    return low, unit
