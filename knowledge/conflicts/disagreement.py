"""What two statements say differently, if both were about one thing: a typed comparison.

Cheap and without a model: quantities of one kind with different values, deadlines counted from
different events, an obligation in one where the other frees or forbids. Whether both are about one
thing is decided by `knowledge.conflicts.contradictions`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import isclose
from typing import Literal, NamedTuple

from knowledge.conflicts.modality import Mark, Mode
from knowledge.conflicts.statements import Statement
from knowledge.conflicts.wording import Words, overlap, same_word, share, shared
from knowledge.models import Language
from knowledge.quantities.models import Quantity, Span

Aspect = Literal["value", "days", "anchor", "obligation", "denial"]

DAYS_OF_MONTH = (28.0, 31.0)
CALENDAR_DAYS_OF_WORKING = 7 / 5
"""Calendar days for each working day in a week of five."""
AROUND = 4
"""Words on each side of a quantity or mark that tell what it is of."""
CLEARLY = 0.1
"""How much more alike the words around two opposed marks have to be than around equal ones."""
DENIED_SHARE = 0.6
DENIED_SHARE_ACROSS = 0.4
"""Share of them that the other statement must have, by weight; fewer words are known to mean the
same across languages."""
_TOLERANCE = 1e-6

OPPOSED: frozenset[frozenset[Mode]] = frozenset(
    (
        frozenset(("must", "need not")),
        frozenset(("must", "may not")),
        frozenset(("may", "may not")),
    )
)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What two statements say differently.

    Attributes:
        aspect: ``value`` of a quantity; ``days``, working or natural ones; ``anchor``, what a
            duration is counted from; ``obligation``; ``denial``, yes or no.
        kind: of the quantity (``duration``); empty for obligations and denials.
        first: span in the first statement's sentence.
        second: span in the second's.
        around: likeness of the words around both spans, 0 to 1; 0 for quantities.
        agreeing: how many other quantities agree.
    """

    aspect: Aspect
    kind: str
    first: tuple[int, int]
    second: tuple[int, int]
    around: float = 0.0

    @property
    def of_obligation(self) -> bool:
        """Whether it is no quantity that differs."""
        return self.aspect in ("obligation", "denial")


def disagreement(one: Statement, other: Statement) -> Disagreement | None:
    """What two statements say differently, quantities before obligations; `None` for nothing."""
    return _of_quantities(one, other) or _of_marks(one, other)


def agree(one: Statement, other: Statement) -> bool:
    """Whether two statements measure something, or demand it, and both the same."""
    if len(one.quantities) != len(other.quantities):
        return False
    met = len(_compared(one, other).met)
    if met != len(one.quantities):
        return False
    if _of_marks(one, other):
        return False
    return bool(met) or bool({m.mode for m in one.claims} & {m.mode for m in other.claims})


class _Compared(NamedTuple):
    """Quantities of two statements, compared.

    Attributes:
        met: positions of the first statement's that the second agrees with.
        open: pairs of positions that nothing agrees with, and how they differ.
    """

    met: frozenset[int]
    open: list[tuple[int, int, Aspect]]


_NOTHING = _Compared(frozenset(), [])


def _compared(one: Statement, other: Statement) -> _Compared:
    if not (one.quantities and other.quantities):
        return _NOTHING
    languages = (one.sentence.language, other.sentence.language)
    results = [
        (i, j, compare(a, b, languages))
        for i, a in enumerate(one.quantities)
        for j, b in enumerate(other.quantities)
    ]
    met = frozenset(i for i, _, result in results if result == "same")
    met_second = {j for _, j, result in results if result == "same"}
    return _Compared(
        met,
        [
            (i, j, result)
            for i, j, result in results
            if result is not None and result != "same" and i not in met and j not in met_second
        ],
    )


def _of_quantities(one: Statement, other: Statement) -> Disagreement | None:
    """Of the quantities that nothing in the other statement meets, the pair most alike around."""
    left = _compared(one, other).open
    if not left:
        return None
    first, second = one.quantities, other.quantities
    i, j, aspect = left[0]
    if len(left) > 1:
        i, j, aspect = max(
            left,
            key=lambda pair: _likeness(one, first[pair[0]].start, other, second[pair[1]].start),
        )
    return Disagreement(
        aspect,
        first[i].kind,
        (first[i].start, first[i].end),
        (second[j].start, second[j].end),
    )


Comparison = Literal["same", "value", "days", "anchor"]


def compare(
    one: Quantity, other: Quantity, languages: tuple[Language, Language]
) -> Comparison | None:
    """How two quantities relate; `None` when they measure different things."""
    if one.kind != other.kind:
        return None
    if one.kind == "duration":
        return _durations(one, other)
    if one.kind == "date":
        return _dates(one, other)
    if one.kind == "money":
        return _amounts(one, other)
    if one.kind == "phone":
        return _phones(one, other)
    if one.kind == "measure" and one.unit != other.unit:
        return None
    if one.kind == "count" and not _same_noun(one.unit, other.unit, languages):
        return None
    if one.anchor and other.anchor and one.anchor != other.anchor:
        return None
    return "same" if _meet(one.values, other.values) else "value"


def _durations(one: Quantity, other: Quantity) -> Comparison | None:
    first, second = one.values[0], other.values[0]
    units = {one.unit, other.unit}
    equal = False
    if one.unit == other.unit:
        equal = _meet(one.values, other.values)
    elif units == {"days", "months"}:
        days, months = (first, second) if one.unit == "days" else (second, first)
        least, most = DAYS_OF_MONTH
        equal = months[0] * least <= days[0] and days[1] <= months[1] * most
    elif units == {"days", "working days"}:
        if _meet(one.values, other.values):
            return "days"
        days, working = (first, second) if one.unit == "days" else (second, first)
        equal = _near((working[0] * CALENDAR_DAYS_OF_WORKING,) * 2, (days[0],) * 2)
    if not equal:
        return None if _within(first, second) and one.unit == other.unit else "value"
    return "anchor" if one.anchor and other.anchor and one.anchor != other.anchor else "same"


def _dates(one: Quantity, other: Quantity) -> Comparison | None:
    """By the parts that both say: a year alone agrees with any day of it."""
    differs = False
    for first, _ in one.values:
        for second, _ in other.values:
            parts = [(a, b) for a, b in zip(_parts(first), _parts(second), strict=True) if a and b]
            if parts and all(a == b for a, b in parts):
                return "same"
            differs = differs or bool(parts)
    return "value" if differs else None


def _parts(date: float) -> tuple[int, int, int]:
    whole = int(date)
    return whole // 10_000, whole // 100 % 100, whole % 100


def _phones(one: Quantity, other: Quantity) -> Comparison:
    """By their digits; one may have the country's before them."""
    first, second = (f"{q.values[0][0]:.0f}" for q in (one, other))
    return "same" if first.endswith(second) or second.endswith(first) else "value"


def _amounts(one: Quantity, other: Quantity) -> Comparison | None:
    free = [q.values[0] == (0.0, 0.0) for q in (one, other)]
    if any(free):
        return "same" if all(free) else "value"
    if one.unit != other.unit:
        return "value"
    if one.anchor and other.anchor and one.anchor != other.anchor:
        return None
    return "same" if _meet(one.values, other.values) else "value"


def _same_noun(one: str, other: str, languages: tuple[Language, Language]) -> bool:
    return any(
        same_word(a, languages[0], b, languages[1]) for a in one.split() for b in other.split()
    )


def _meet(one: Sequence[Span], other: Sequence[Span]) -> bool:
    return any(_near(a, b) for a in one for b in other)


def _near(one: Span, other: Span) -> bool:
    return isclose(one[0], other[0], rel_tol=_TOLERANCE) and isclose(
        one[1], other[1], rel_tol=_TOLERANCE
    )


def _within(one: Span, other: Span) -> bool:
    """Whether one is a single value inside the other's range: "5-10 days", "10 days"."""
    for single, ranged in ((one, other), (other, one)):
        if single[0] == single[1] and ranged[0] <= single[0] <= ranged[1]:
            return True
    return False


def _of_marks(one: Statement, other: Statement) -> Disagreement | None:
    """An obligation against a freedom or ban, else a denial that the other does not have.

    What ends in a comma is an item of a list whose beginning says whether it is allowed.
    """
    if one.listed or other.listed:
        return None
    opposed = [
        (alike, i, a, b)
        for i, (a, b) in enumerate(product(one.claims, other.claims))
        if frozenset((a.mode, b.mode)) in OPPOSED
        and (alike := _likeness(one, a.start, other, b.start)) > _echoed(one, a, other) + CLEARLY
        and alike > _echoed(other, b, one) + CLEARLY
    ]
    if opposed:
        around, _, a, b = max(opposed, key=lambda found: (found[0], -found[1]))
        return Disagreement("obligation", "", (a.start, a.end), (b.start, b.end), around)
    return _denial(one, other) or _reversed(_denial(other, one))


def _echoed(statement: Statement, mark: Mark, other: Statement) -> float:
    """How alike the words are around a mark and one of the same mode in the other, conditions too.

    Below 0 where the other has none: "you may, but you must not" obliges and allows, each for its
    own thing.
    """
    same = (m for m in other.marks if m.mode == mark.mode)
    return max((_likeness(statement, mark.start, other, m.start) for m in same), default=-1.0)


def _denial(denying: Statement, counterpart: Statement) -> Disagreement | None:
    """A denial of what the counterpart says and denies in no way."""
    mark = denying.denial
    if mark is None or counterpart.negative or mark.mode in counterpart.modes:
        return None  # "optional" sounds like no denial
    if not (denying.ended and counterpart.ended):
        return None  # items of a list: what introduces them may deny them all
    denied = denying.denied
    across = denying.sentence.language != counterpart.sentence.language
    around = share(denied, counterpart.words)
    if around < (DENIED_SHARE_ACROSS if across else DENIED_SHARE):
        return None
    span = (mark.start, mark.end)
    return Disagreement("denial", "", span, _affirmed(denied, counterpart), around)


def _reversed(found: Disagreement | None) -> Disagreement | None:
    return found and replace(found, first=found.second, second=found.first)


def _affirmed(denied: Words, statement: Statement) -> tuple[int, int]:
    """Where a statement says what the other denies; its start when that is said in other words."""
    said = shared(statement.words, denied) if denied else []
    return (said[0].start, said[0].start + len(said[0].text)) if said else (0, 0)


def _likeness(one: Statement, start: int, other: Statement, second: int) -> float:
    """How alike the words are around two places."""
    return overlap(words_around(one.words, start), words_around(other.words, second)).common


def words_around(words: Words, start: int) -> Words:
    """The `AROUND` words on each side of a place."""
    before = [word for word in words if word.start < start]
    after = [word for word in words if word.start >= start]
    return Words([*before[-AROUND:], *after[:AROUND]])
