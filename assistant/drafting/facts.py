"""A draft's figures beside those of the sources in force: which says another in the same place?

A figure is held against the sources' figures of its kind, each with the words that it is said of
(`slots`): one that says another in the same place, and one that says the same. Whether the draft is
wrong is told from both, and from what else a clause says, in `claims`.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import NamedTuple

from assistant.drafting.lines import (
    NONE,
    Apart,
    Line,
    Talk,
    lines_of,
    of_earlier_days,
    of_named,
    older_titles,
    sums_up,
)
from assistant.drafting.meant import Meant
from assistant.drafting.own_figures import ends_something, is_checked
from assistant.drafting.reading import RANGE
from assistant.drafting.slots import About, Slot, around
from assistant.support.figures import meets, numbers_in
from assistant.support.reading import Read
from knowledge.conflicts.wording import Rarity
from knowledge.models import StoredChunk
from knowledge.quantities.models import Quantity

IN_ONE = 0.25
"""How much more of what another figure of one sentence is said of has to be spoken of."""
VOICED = 0.6
"""How much less alike a figure may be in another document that says so too."""
RATIO_WEIGHT = 0.3
"""What a source's figure loses that is a thousand times the draft's: mistakes are nearer."""
DAYS_IN_MONTH = 30
UNTOLD = -3.0
"""In place of what no model tells."""
NONE_SAME = -1.0
"""In place of a cosine, where no source says the same figure."""
_ADDED = re.compile(r" (?:mas|more|extra|adicional(?:es)?)\b(?! de\b| than\b)")
_SUPPLEMENT = re.compile(r"\b(?:suplemento|recargo|supplement|surcharge) (?:de|of) $")
Look = Callable[[str, str], Sequence[StoredChunk]]
"""Passages with a figure, from the figure and the words around it."""


@dataclass(frozen=True, slots=True)
class Features:
    """What tells whether a source says another figure of the same.

    Attributes:
        forth: share of what the figure is said of that the source's sentence has.
        key: share of the thing that a row or item of the source is of that the draft or question
            speaks of; a half without one.
        above: the same of the title and headings.
        ahead: how much more alike it is than the source that says the same figure.
        same: how alike that one is; 0 where there is none.
        worded: words around the figure, at most 5, by 5.
        free: 1 for what costs nothing.
        ratio: how far the two values are apart: tenfold is a third, from a thousandfold on 1.
        voices: documents that say the source's figure nearly as much alike, at most 3, by 3.
        newer: 1 where the source holds since a later day than that one, -1 since an earlier one.
        ranks: 1 where the source is a rule and that one sums rules up or teaches them, -1 the
            other way round.
        meant: how alike what both figures are said of is by its meaning, -1 to 1. `UNTOLD` for it
            and what follows where that is not told.
        meant_same: the same of the figure of any source that says so too, most alike; -1 where
            none does.
        meant_best: the same of any figure that says another.
        meant_ahead: how much more alike that is than what says so too.
        meant_first: 1 where no other figure that says another is more alike.
    """

    forth: float
    key: float
    above: float
    ahead: float
    same: float
    worded: float
    free: float
    ratio: float
    voices: float
    newer: float
    ranks: float
    meant: float
    meant_same: float
    meant_best: float
    meant_ahead: float
    meant_first: float


FEATURES = tuple(field.name for field in fields(Features))
MEANINGS = tuple(name for name in FEATURES if name.startswith("meant"))


class Weighed(NamedTuple):
    """A figure of a draft that a source says otherwise, with what tells how sure that is."""

    figure: Quantity
    features: Features
    apart: Apart


def weighed(
    said: Read,
    lines: Sequence[Line],
    talk: Talk,
    rarity: Rarity,
    meant: Meant | None = None,
) -> Iterator[Weighed]:
    """The figures of a sentence that a source says otherwise, sure or not.

    Args:
        said: the sentence.
        lines: of the passages that may speak of the same.
        talk: what the sentence is said in.
        rarity: of the words of the lines.
        meant: tells what figures are said of; `None`: their words alone do.
    """
    checked = [one for one in said.figures if is_checked(one, said, talk)]
    for one in checked:
        found = _weighed(one, said, lines, talk, rarity, meant)
        if found is not None:
            yield found


def looked_up(
    one: Quantity, said: Read, lines: Sequence[Line], talk: Talk, look: Look
) -> list[Line]:
    """Sentences of more passages, which have a figure itself, in digits or as it is written."""
    beside = " ".join(w.text for w in (*around(one, said), *said.words, *talk.words))
    written = said.text[one.start : one.end]
    if not any(c.isdigit() for c in written):
        written = " ".join(f"{number:g}" for number in sorted(numbers_in(one, said)))
    known = {line.passage.key for line in lines}
    more = [passage for passage in look(written, beside) if passage.key not in known]
    return of_named(lines_of(more), said, talk)


def _weighed(
    one: Quantity,
    said: Read,
    lines: Sequence[Line],
    talk: Talk,
    rarity: Rarity,
    meant: Meant | None,
) -> Weighed | None:
    """One figure that a source says otherwise; `None` where none does."""
    about = About.of(one, said, talk, rarity, meant)
    older = older_titles(talk.titles) if not about.dated else NONE
    same: list[Slot] = []
    rivals: list[Slot] = []
    for line in lines:
        met, others = told_apart(one, said, line)
        if not met and not others:
            continue
        forth = about.forth(line)
        met_here, rivals_here = (
            [about.slot(forth, line, at, older) for at in places] for places in (met, others)
        )
        spoken_of = max((slot.back for slot in met_here), default=-1.0)
        rivals_here = [s for s in rivals_here if not met_here or s.back > spoken_of + IN_ONE]
        rivals += rivals_here
        same += met_here if not rivals_here else []  # else it is the figure of another column
    if not rivals:
        return None
    rival = max(rivals, key=lambda slot: slot.score - RATIO_WEIGHT * _ratio(one, slot.figure))
    if of_earlier_days((said, *talk.given), rival.line.passage.valid_from):
        return None
    same = _standing(same, rival)
    nearest = max(same, key=lambda slot: slot.score, default=None)
    alike = [s for s in rivals if meets(rival.figure, rival.line.read, s.figure, s.line.read)]
    features = Features(
        forth=rival.forth,
        key=rival.key,
        above=about.above(rival.line),
        ahead=rival.score - (nearest.score if nearest else 0.0),
        same=nearest.score if nearest else 0.0,
        worded=min(len(about.own), 5) / 5,
        free=float(one.kind == "money" and not one.values[0][0]),
        ratio=_ratio(one, rival.figure),
        voices=_voices(rival, alike),
        newer=_newer(rival, nearest) if nearest else 0.0,
        ranks=float(_lesser(nearest) - _lesser(rival)) if nearest else 0.0,
        **_meanings(rival, rivals, same),
    )
    return Weighed(one, features, _told(one, rival, alike, said))


def _meanings(rival: Slot, rivals: Sequence[Slot], same: Sequence[Slot]) -> dict[str, float]:
    """Those of `Features` that tell what figures are said of by its meaning."""
    if rival.meant is None:
        return dict.fromkeys(MEANINGS, UNTOLD)
    nearest = max((s.meant for s in same if s.meant is not None), default=NONE_SAME)
    best = max(s.meant for s in rivals if s.meant is not None)
    numbers = (rival.meant, nearest, best, best - nearest, float(rival.meant >= best))
    return dict(zip(MEANINGS, numbers, strict=True))


def _told(one: Quantity, rival: Slot, alike: Sequence[Slot], said: Read) -> Apart:
    """Where the other figure stands, in the draft's own language if it stands there too."""
    own = [slot for slot in alike if slot.line.read.language == said.language]
    shown = max([rival] if rival in own or not own else own, key=lambda slot: slot.score)
    words = shown.line.read.text[shown.figure.start : shown.figure.end]
    return Apart(one.start, one.end, words, shown.line.passage, shown.line.span)


def _ratio(one: Quantity, other: Quantity) -> float:
    """How far two values are apart: 0 for equal ones, 1 for a thousandfold."""
    first, second = (
        abs(q.values[0][0]) * (DAYS_IN_MONTH if q.unit == "months" else 1) for q in (one, other)
    )
    if not first or not second:
        return 0.0
    return min(abs(math.log10(first / second)), 3.0) / 3


def _voices(best: Slot, alike: Sequence[Slot]) -> float:
    """Documents that say a figure nearly as much alike as the best does, at most 3, by 3."""
    documents = {s.line.passage.chunk.document for s in alike if s.score >= best.score - VOICED}
    return min(len(documents), 3) / 3


def _newer(one: Slot, other: Slot) -> float:
    """1 where the first holds since a later day than the second, -1 since an earlier one."""
    first, second = one.line.passage.valid_from, other.line.passage.valid_from
    return float((first > second) - (first < second)) if first and second else 0.0


def _standing(same: Sequence[Slot], rival: Slot) -> list[Slot]:
    """Without what the passage of another figure calls the earlier one, and says so later."""
    passage = rival.line.passage
    if not any(slot.earlier and slot.line.passage.key == passage.key for slot in same):
        return list(same)
    since = passage.valid_from or date.min
    return [s for s in same if not s.earlier and (s.line.passage.valid_from or date.max) >= since]


def _lesser(slot: Slot) -> bool:
    """Whether rules prevail over a source: it says so, or sums them up by its title."""
    return slot.behind or sums_up(slot.line.passage)


def told_apart(one: Quantity, said: Read, line: Line) -> tuple[list[int], list[int]]:
    """Places of a sentence's figures that say the same, and of those that may say another."""
    met: list[int] = []
    others: list[int] = []
    for at, figure in enumerate(line.read.figures):
        if _says_the_same(one, said, figure, line.read) or _is_end(one, figure):
            met.append(at)
        elif _rival(one, figure, said, line.read):
            others.append(at)
    return met, others


def _is_end(one: Quantity, other: Quantity) -> bool:
    """Whether a time of day is one end of hours: 8:00 of "8:00 to 12:00"."""
    if one.kind != "time" or other.kind != "time":
        return False
    (low, high), (first, last) = one.values[0], other.values[0]
    return low == high and low in (first, last)


def _rival(one: Quantity, other: Quantity, said: Read, found: Read) -> bool:
    """Whether a figure of a source is said of what another would be said of."""
    if one.kind != other.kind or _is_added(one, said) != _is_added(other, found):
        return False
    if any(_says_the_same(q, said, other, found) for q in said.figures if q is not one):
        return False
    if _range_of(one, said) is None and _within(one, other, found):
        return False
    if one.kind == "date":
        return ends_something(other, found)
    if one.kind == "count":
        return bool(set(one.unit.split()) & set(other.unit.split()))
    return one.kind != "measure" or one.unit == other.unit


def _is_added(one: Quantity, said: Read) -> bool:
    """Whether an amount comes on top of another: "20 € más en Baleares"."""
    if one.kind != "money" or not one.values[0][0]:
        return False
    before, after = said.folded[: one.start], said.folded[one.end :]
    return bool(_ADDED.match(after) or _SUPPLEMENT.search(before))


def _says_the_same(one: Quantity, said: Read, other: Quantity, found: Read) -> bool:
    """Whether two figures are alike; of two ranges, both ends."""
    if not meets(one, said, other, found):
        return False
    own, theirs = _range_of(one, said), _range_of(other, found)
    if own is None or theirs is None:
        return True
    return all(numbers_in(a, said) & numbers_in(b, found) for a, b in zip(own, theirs, strict=True))


def _within(one: Quantity, other: Quantity, found: Read) -> bool:
    """Whether the other is an end of a range that a figure lies in: "de 12 a 36 meses"."""
    ends = _range_of(other, found)
    return ends is not None and ends[0].values[0][0] <= one.values[0][0] <= ends[1].values[0][0]


def _range_of(one: Quantity, said: Read) -> tuple[Quantity, Quantity] | None:
    """The ends of the range that a figure is one end of."""
    for low, high in itertools.pairwise(said.figures):
        between = said.folded[low.end : high.start]
        alike = len({low.kind, high.kind} - {"number"}) < 2
        if one in (low, high) and alike and RANGE.fullmatch(between):
            return low, high
    return None
