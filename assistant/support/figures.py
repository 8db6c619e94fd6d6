"""Are a statement's figures and days those of the evidence? `Read` and `Read` -> differences.

How two quantities relate is said by `knowledge.conflicts.disagreement`. A statement is held to
more: every figure of it must stand in the evidence, in the place that speaks of the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.support.models import Cause, Span
from assistant.support.reading import Day, Read, numerals_in
from knowledge.conflicts.disagreement import compare, words_around
from knowledge.conflicts.wording import share
from knowledge.models import Language
from knowledge.quantities.models import Quantity

_COUNTED = frozenset(("count", "number"))
ELSEWHERE = 0.1
"""How much more of the words around a figure another sentence has to share to be the one meant."""
NEARBY = 0.15
"""Share of the words around a figure that a sentence must have to give a figure that the nearest
has none of."""


class Difference(NamedTuple):
    """Something that a statement says differently from a stretch of evidence.

    Attributes:
        cause: of what kind.
        said: where in the statement; ``(0, 0)`` for nowhere.
        found: where in the stretch; ``(0, 0)`` for nowhere.
    """

    cause: Cause
    said: Span
    found: Span


def figures_apart(said: Read, best: Read, others: Sequence[Read]) -> list[Difference]:
    """The figures and days of a statement that the evidence says otherwise, or not at all.

    Args:
        said: the statement.
        best: the stretch of evidence that comes nearest to it.
        others: the other sentences of the evidence, the nearest first.
    """
    apart = [
        *(one for one in _figures(said, best) if not _in_words(one, said, best)),
        *_days(said, best),
    ]
    return [one for one in apart if not _said_elsewhere(one, said, best, others)]


def _figures(said: Read, best: Read) -> list[Difference]:
    languages = (said.language, best.language)
    free = list(range(len(best.figures)))
    unmet: list[Quantity] = []
    again: list[tuple[Quantity, Quantity]] = []
    for one in said.figures:
        meeting = [i for i, q in enumerate(best.figures) if meets(one, said, q, best)]
        unused = [i for i in meeting if i in free]
        if not meeting and _nothing(one) and _FREE.search(best.folded):
            continue
        if unused:
            free.remove(min(unused, key=lambda i: abs(_at(one, said) - _at(best.figures[i], best))))
        elif meeting:
            again.append((one, best.figures[meeting[0]]))
        elif (elided := _without_its_unit(one, said, best, free)) is not None:
            free.remove(elided)
        else:
            unmet.append(one)
    # A figure said twice where the evidence has another one besides: one of the two is that one's
    unmet += [one for one, met in again if _of_kind(met, best.figures, free)]
    apart: list[Difference] = []
    for one in unmet:
        left = [i for i in free if comparable(one, best.figures[i], languages)]
        if not left:
            apart.append(Difference(_missing(one), (one.start, one.end), (0, 0)))
            continue
        at = min(left, key=lambda i: abs(_at(one, said) - _at(best.figures[i], best)))
        other = best.figures[at]
        free.remove(at)
        apart.append(
            Difference(
                _other(one, said, other, best), (one.start, one.end), (other.start, other.end)
            )
        )
    return apart


def _without_its_unit(one: Quantity, said: Read, best: Read, free: Sequence[int]) -> int | None:
    """The figure of the evidence whose unit another one of the statement says for both.

    "Era de 30 días y ahora es de 45."
    """
    if one.kind != "number":
        return None
    for i in free:
        other = best.figures[i]
        alike = numbers_in(one, said) & numbers_in(other, best)
        if alike and any((q.kind, q.unit) == (other.kind, other.unit) for q in said.figures):
            return i
    return None


def _in_words(one: Difference, said: Read, best: Read) -> bool:
    """Whether a small count is said in words that measure nothing: "the two most prominent"."""
    figure = next(q for q in said.figures if q.start == one.said[0])
    return figure.kind in _COUNTED and bool(numbers_in(figure, said) & best.unmeasured)


def _of_kind(met: Quantity, figures: Sequence[Quantity], free: Sequence[int]) -> bool:
    return any(figures[i].kind == met.kind and figures[i].unit == met.unit for i in free)


def _at(one: Quantity, within: Read) -> float:
    """How far into its sentence a quantity stands, 0 to 1."""
    return one.start / max(len(within.text), 1)


def meets(one: Quantity, said: Read, other: Quantity, found: Read) -> bool:
    """Whether a quantity of the evidence says what one of the statement says."""
    first, second = numbers_in(one, said), numbers_in(other, found)
    alike = bool(first & second)
    if compare(one, other, (said.language, found.language)) in ("same", "anchor"):
        # "1.320 m" and "1.320 km" are alike if one is read in another way
        return not alike or one.kind not in _MEASURED or one.values[0] == other.values[0]
    kinds = {one.kind, other.kind}
    if kinds <= _COUNTED:
        return alike
    if kinds & _COUNTED and "date" in kinds:
        return alike or _same_year(one, other)
    if "number" in kinds:
        measured = one if other.kind == "number" else other
        within = said if measured is one else found
        bare = found if within is said else said
        aged = measured.kind != "duration" or (
            _YEARS_OLD.search(within.folded, measured.start) or _FIRST_YEARS.search(bare.folded)
        )
        return alike and bool(aged)
    return False


def _nothing(one: Quantity) -> bool:
    return one.kind == "money" and all(high == 0 for _, high in one.values)


_FREE = re.compile(
    r"\b(?:grat\w+|sin (?:ningun )?(?:coste|cargo)|no (?:tiene|supone) (?:ningun )?(?:coste|cargo)|"
    r"no (?:se (?:le )?(?:cobra|paga)|cuesta)|free|(?:no|without) (?:charge|cost|fee)|nothing)\b"
)
_MEASURED = frozenset(("measure", "money"))
_YEARS_OLD = re.compile(r"\d+\W{1,2}(?:a[nñ]os?|years?)\b")
"""What a bare number may stand for: "over 18"."""


_FIRST_YEARS = re.compile(r"\d+ (?:primer|ultim|siguient)\w+ (?:anos?)\b")


def _same_year(one: Quantity, other: Quantity) -> bool:
    date, number = (one, other) if one.kind == "date" else (other, one)
    return any(a // 10_000 == b for a, _ in date.values for b, _ in number.values)


def comparable(one: Quantity, other: Quantity, languages: tuple[Language, Language]) -> bool:
    """Whether two quantities that do not meet may stand for one another."""
    if one.kind == other.kind:
        return True
    if {one.kind, other.kind} <= _COUNTED | {"money", "percent", "measure", "duration", "time"}:
        return True
    return {one.kind, other.kind} in ({"date", "number"}, {"phone", "number"}, {"time", "number"})


def numbers_in(one: Quantity, within: Read) -> frozenset[float]:
    """The plain numbers that a quantity is written with."""
    placed = numerals_in(within.text[one.start : one.end], within.language)
    found = frozenset(value for numeral in placed for value in numeral.readings)
    return found or frozenset(end for span in one.values for end in span)


def _missing(one: Quantity) -> Cause:
    return "missing_date" if one.kind == "date" else "missing_number"


def _other(one: Quantity, said: Read, other: Quantity, best: Read) -> Cause:
    if "date" in (one.kind, other.kind):
        return "other_date"
    same = numbers_in(one, said) & numbers_in(other, best)
    return "other_unit" if same else "other_number"


def _days(said: Read, best: Read) -> list[Difference]:
    """Days of the week and months; a month in the evidence's dates counts."""
    dated = {
        100 + int(low) // 100 % 100 for q in best.figures if q.kind == "date" for low, _ in q.values
    }
    there = {day.value for day in best.days} | dated
    own_dated = {
        100 + int(low) // 100 % 100 for q in said.figures if q.kind == "date" for low, _ in q.values
    }
    own = {day.value for day in said.days} | own_dated
    left = [day for day in best.days if day.value not in own]
    apart: list[Difference] = []
    for day in said.days:
        if day.value in there:
            continue
        other = next((d for d in left if _same_kind(d, day)), None)
        if other:
            apart.append(Difference("other_date", (day.start, day.end), (other.start, other.end)))
        else:
            apart.append(Difference("missing_date", (day.start, day.end), (0, 0)))
    return apart


def _same_kind(one: Day, other: Day) -> bool:
    return (one.value < 100) == (other.value < 100)


def _said_elsewhere(one: Difference, said: Read, best: Read, others: Sequence[Read]) -> bool:
    """Whether another sentence says it, where it speaks of the same."""
    around = words_around(said.words, one.said[0])
    opposed = one.found != (0, 0)
    least = share(around, best.words) + ELSEWHERE if opposed else NEARBY
    figure = next((q for q in said.figures if q.start == one.said[0]), None)
    day = next((d.value for d in said.days if d.start == one.said[0]), None)
    for other in others:
        if other.language != said.language and opposed:
            continue
        if figure is not None:
            has = any(meets(figure, said, q, other) for q in other.figures)
        else:
            has = any(d.value == day for d in other.days)
        if has and (share(around, other.words) >= least):
            return True
    return False
