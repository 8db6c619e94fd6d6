"""Are a draft's figures those of the sources in force? A sentence and passages -> what differs.

A figure is held against the sources' figures of its kind, each with the words that it is said of
(`slots`): one that says another in the same place, and one that says the same. How sure it is that
the sources say otherwise is weighed in `weighing`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from assistant.drafting.lines import (
    NONE,
    Apart,
    Line,
    Talk,
    lines_of,
    of_earlier_days,
    older_titles,
)
from assistant.drafting.own_figures import is_checked
from assistant.drafting.slots import About, Slot, around
from assistant.drafting.weighing import MARKED_FROM, Features, probability
from assistant.support.figures import meets
from assistant.support.reading import Read
from knowledge.conflicts.wording import Rarity
from knowledge.models import StoredChunk
from knowledge.quantities.models import Quantity

IN_ONE = 0.25
"""How much more of what another figure of one sentence is said of has to be spoken of."""
NEAR = 0.15
"""How much less alike a figure of a source may be to stand beside the one that is most alike."""
_TO = re.compile(r"\W*(?:a|hasta|to|and|y|-|–)\W*")
Look = Callable[[str, str], Sequence[StoredChunk]]
"""Passages with a figure, from the figure and the words around it."""


class Weighed(NamedTuple):
    """A figure of a draft that a source says otherwise, with what tells how sure that is."""

    figure: Quantity
    features: Features
    apart: Apart


def figures_apart(said: Read, lines: Sequence[Line], talk: Talk, look: Look) -> Iterator[Apart]:
    """The figures of a sentence that the sources say otherwise.

    Args:
        said: the sentence.
        lines: of the passages that may speak of the same.
        talk: what the sentence is said in.
        look: finds passages with a figure, before it is said that no source has it there.
    """
    for one in weighed(said, lines, talk):
        if probability(one.features) < MARKED_FROM:
            continue
        again = looked_again(one, said, lines, talk, look)
        if again is not None and probability(again.features) >= MARKED_FROM:
            yield again.apart


def weighed(said: Read, lines: Sequence[Line], talk: Talk) -> Iterator[Weighed]:
    """The figures of a sentence that a source says otherwise, sure or not; see `figures_apart`."""
    checked = [one for one in said.figures if is_checked(one, said, talk)]
    if not checked:
        return
    rarity = Rarity(line.read.text for line in lines)
    for one in checked:
        found = _weighed(one, said, lines, talk, rarity)
        if found is not None:
            yield found


def looked_again(
    one: Weighed, said: Read, lines: Sequence[Line], talk: Talk, look: Look
) -> Weighed | None:
    """The same beside passages that have the figure itself."""
    figure = one.figure
    beside = " ".join(w.text for w in around(figure, said))
    known = {line.passage.key for line in lines}
    more = lines_of([p for p in look(said.text[figure.start : figure.end], beside)
                     if p.key not in known])  # fmt: skip
    if not more:
        return one
    every = [*lines, *more]
    return _weighed(figure, said, every, talk, Rarity(line.read.text for line in every))


def _weighed(
    one: Quantity, said: Read, lines: Sequence[Line], talk: Talk, rarity: Rarity
) -> Weighed | None:
    about = About.of(one, said, talk, rarity)
    older = older_titles(talk.titles) if not about.dated else NONE
    same: list[Slot] = []
    rivals: list[Slot] = []
    for line in lines:
        met, others = _told_apart(one, said, line)
        if not met and not others:
            continue
        forth = about.forth(line)
        met_here, rivals_here = (
            [about.slot(forth, line, at, older) for at in places] for places in (met, others)
        )
        same += met_here
        least = max((slot.back + IN_ONE for slot in met_here), default=-1.0)
        rivals += [slot for slot in rivals_here if slot.back > least]
    if not rivals:
        return None
    rival = max(rivals, key=lambda slot: slot.score)
    if of_earlier_days((said, *talk.given), rival.line.passage.valid_from):
        return None
    nearest = max(same, key=lambda slot: slot.score, default=None)
    beside = {
        (*slot.line.span, slot.line.passage.key)
        for slot in rivals
        if slot.score >= rival.score - NEAR
        and meets(rival.figure, rival.line.read, slot.figure, slot.line.read)
    }
    words = rival.line.read.text[rival.figure.start : rival.figure.end]
    features = Features(
        forth=rival.forth,
        back=rival.back,
        key=rival.key,
        above=about.above(rival.line),
        ahead=rival.score - (nearest.score if nearest else 0.0),
        same=nearest.score if nearest else 0.0,
        same_back=nearest.back if nearest else 0.0,
        agreeing=min(len(beside), 3) / 3,
        across=float(rival.line.read.language != said.language),
        worded=min(len(about.own), 5) / 5,
        unit=float(rival.figure.unit == one.unit),
        money=float(one.kind == "money"),
        duration=float(one.kind == "duration"),
        time=float(one.kind == "time"),
        free=float(one.kind == "money" and not one.values[0][0]),
    )
    return Weighed(
        one,
        features,
        Apart(one.start, one.end, words, rival.line.passage, rival.line.span),
    )


def _told_apart(one: Quantity, said: Read, line: Line) -> tuple[list[int], list[int]]:
    """Places of a sentence's figures that say the same, and of those that may say another."""
    met: list[int] = []
    others: list[int] = []
    for at, figure in enumerate(line.read.figures):
        if meets(one, said, figure, line.read) or _is_end(one, figure):
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
    if one.kind != other.kind:
        return False
    if any(meets(q, said, other, found) for q in said.figures if q is not one):
        return False
    if _within(one, other, found):
        return False
    if one.kind == "count":
        return bool(set(one.unit.split()) & set(other.unit.split()))
    return one.kind != "measure" or one.unit == other.unit


def _within(one: Quantity, other: Quantity, found: Read) -> bool:
    """Whether the other is an end of a range that a figure lies in: "de 12 a 36 meses"."""
    for low, high in itertools.pairwise(found.figures):
        between = found.folded[low.end : high.start]
        if other in (low, high) and low.kind == high.kind and _TO.fullmatch(between):
            return low.values[0][0] <= one.values[0][0] <= high.values[0][0]
    return False
