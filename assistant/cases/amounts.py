"""The amounts of time in a sentence: how many of which unit, and up to which day or from which.

Sentence -> `Amount`; `rules` finds out what each counts from. Numbers and units are
read by `knowledge.quantities`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.cases.models import Direction, Unit
from knowledge.models import Language
from knowledge.quantities.extract import quantities_of
from knowledge.quantities.models import Quantity
from knowledge.quantities.numerals import tokens_of
from knowledge.quantities.units import DURATIONS, NATURAL

_WORDS_OF: dict[str, tuple[Unit, int]] = {}
"""Unit word -> unit, and how many of it."""
for _unit, _times, _words in (
    ("hours", 1, "hora horas h hs hr hrs hour hours"),
    ("days", 1, "dia dias d day days"),
    ("weeks", 1, "semana semanas week weeks"),
    ("days", 14, "fortnight fortnights"),
    ("days", 15, "quincena quincenas"),
    ("months", 1, "mes meses month months"),
    ("months", 3, "trimestre trimestres"),
    ("months", 6, "semestre semestres"),
    ("years", 1, "ano anos year years"),
):
    _WORDS_OF |= dict.fromkeys(_words.split(), (_unit, _times))  # type: ignore[arg-type]

_NIGHT = re.compile(r"\b(?:noches?|nights?)\b")
_NIGHT_BEFORE = re.compile(r"\b(?:noche|night)\s*$")
_NO_PERIOD_AFTER = re.compile(
    r"\s*(?:de retraso|de demora|de edad|late\b|ago\b|old\b|al dia|a day)"
)
_RATE_BEFORE = re.compile(r"(?:\b(?:cada|each|every|per|hace|alguno de los)\s*|/\s*)$")
_CHANGE_BEFORE = re.compile(
    r"\b(?:pasa\w*|baja\w*|sube\w*|aument\w*|reduc\w*|ampli\w*|cambi\w*|goes|went|chang\w*|"
    r"rises?|rose|drop\w*|increas\w*|decreas\w*|extended) (?:de|from) (?:\w+ (?:\w+ )?(?:a|to) )?$"
)
"""``pasa de 30 a 45 días`` tells of a change, and no range."""
_LATER_BEFORE = re.compile(
    r"(?:\b(?:pasad[oa]s?|transcurrid[oa]s?|tras|despues de|after|once)\s*(?:l[oa]s?\s*|the\s*)?)$"
)
_FROM_BEFORE = re.compile(
    r"\b(?:a partir de(?:l| los| las)?|desde(?: los| las)?|from)\s*(?:day\s*)?$"
)
_MORE_BEFORE = re.compile(
    r"\b(?:mas de|pas(?:a|an|e|en|ado) de|super(?:a|an|e|en)|superior(?:es)? a|"
    r"mayor(?:es)? de|more than|over|longer than|greater than|exceed(?:s|ing)?)"
    r"(?: l[oa]s| the)?\s*$"
)
_NEGATED = re.compile(
    r"\b(?:no|not|never|nunca|jamas|sin|without|ningun)\s+(?:\w+\s+){0,2}$|"
    r"\b(?:in no (?:event|case)|en ningun caso)\b"
)
_NOT_UNTIL = re.compile(
    r"\b(?:no|not|cannot|can't|nunca|never)\b[^.;,]{0,60}\b(?:hasta|antes de|until|before)"
    r"(?: l[oa]s| the| pasad[oa]s| transcurrid[oa]s)*\s*$"
)
_LESS_BEFORE = re.compile(
    r"(?<!no )\b(?:menos de|inferior(?:es)? a|menor(?:es)? de|less than|fewer than|under)"
    r"(?: l[oa]s| the)?\s*$"
)

_TO = (" a ", " to ")
_BOUND_CHARS = 120
"""How far before an amount is looked for what bounds it."""


@dataclass(frozen=True)
class Amount:
    """An amount of time in a sentence, as a rule counts it; see `Rule` for what each part means."""

    start: int
    end: int
    low: int
    high: int
    unit: Unit
    direction: Direction
    strict: bool
    said_calendar: bool


def amounts_of(text: str, folded: str, language: Language) -> Iterator[Amount]:
    """The amounts of a sentence, in order; rates, ages and changes are none.

    Args:
        text: the sentence.
        folded: the same, folded, every character where it was.
        language: of it.
    """
    for quantity in _quantities(text, folded, language):
        sized = _sized(quantity, folded)
        before = folded[max(0, quantity.start - _BOUND_CHARS) : quantity.start]
        if sized is None or _RATE_BEFORE.search(before):
            continue
        if _CHANGE_BEFORE.search(before) and (sized[0] < sized[1] or before.endswith(_TO)):
            continue
        if _NO_PERIOD_AFTER.match(folded, quantity.end):
            continue
        low, high, unit = sized
        direction, strict = _direction(quantity, before, low < high)
        words = folded[quantity.start : quantity.end].split()
        said = any(word in NATURAL for word in words)
        yield Amount(
            quantity.start, quantity.end, low, high, unit, direction, strict, said_calendar=said
        )


def _quantities(text: str, folded: str, language: Language) -> list[Quantity]:
    """Durations, nights counted ("100 noches") and nights numbered ("la noche 100")."""
    return [
        q
        for q in quantities_of(text, language)
        if q.kind == "duration"
        or (q.kind == "count" and _NIGHT.search(q.unit))
        or _NIGHT_BEFORE.search(folded[max(0, q.start - _BOUND_CHARS) : q.start])
    ]


def _sized(quantity: Quantity, folded: str) -> tuple[int, int, Unit] | None:
    """How many of which unit; `None` where it is a choice, a fraction or minutes."""
    if len(quantity.values) != 1:
        return None
    low, high = quantity.values[0]
    if quantity.kind != "duration":
        return _whole(low, high, "nights")
    words = [t.text for t in tokens_of(folded[quantity.start : quantity.end])]
    word = next((w for w in reversed(words) if w in DURATIONS), "")
    if word not in _WORDS_OF:
        return None
    unit, times = _WORDS_OF[word]
    working = quantity.unit.startswith("working")
    if working and unit != "days":
        return None  # nobody says what a working hour is
    size = DURATIONS[word][1] / times
    low, high = low / size, high / size
    if unit == "years" and (low % 1 or high % 1):
        low, high, unit = low * 12, high * 12, "months"
    return _whole(low, high, "working_days" if working else unit)


def _whole(low: float, high: float, unit: Unit) -> tuple[int, int, Unit] | None:
    if abs(low - round(low)) > 1e-6 or abs(high - round(high)) > 1e-6 or low < 1:
        return None
    return round(low), round(high), unit


def _direction(quantity: Quantity, before: str, ranged: bool) -> tuple[Direction, bool]:
    """Up to a last day or from a first one, and whether the amount itself is excluded."""
    if ranged:
        return "range", False
    if _LATER_BEFORE.search(before):
        return "at_least", True
    if _NOT_UNTIL.search(before) and not _NIGHT_BEFORE.search(before):
        return "at_least", False
    if _FROM_BEFORE.search(before):
        return "at_least", False
    more = _MORE_BEFORE.search(before)
    if more:
        negated = _NEGATED.search(before[: more.start()])
        return ("within", False) if negated else ("at_least", True)
    if quantity.bound == "min":
        return "at_least", False
    return "within", bool(_LESS_BEFORE.search(before))
