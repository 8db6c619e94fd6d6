"""What draft cases were made, and what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from eval.golden.drafts import Draft
from knowledge.text import fold, words

Left = Literal["words_gone", "said_twice", "declined", "there_already", "too_long"]
"""Why nothing was made of something: its words are no longer kept; the same question was asked
before; whoever keeps the source found it right; the set has it; its words are
more than a case can hold."""


@dataclass(frozen=True)
class Made:
    """Draft cases, and what no case was made of.

    Attributes:
        drafts: in order of their origins, the oldest first.
        left_out: how many for each reason.
    """

    drafts: tuple[Draft, ...]
    left_out: Mapping[Left, int] = field(default_factory=dict)


def gathered(found: Iterable[Draft | Left], known: Iterable[str] = ()) -> Made:
    """Each question once for each audience, the first that says what to expect before the others.

    Args:
        found: drafts, and why there is none.
        known: ids of cases that a set has already.
    """
    left: Counter[Left] = Counter()
    there = frozenset(known)
    kept: dict[tuple[str, ...], Draft] = {}
    for one in found:
        if isinstance(one, str):
            left[one] += 1
        elif one.id in there:
            left["there_already"] += 1
        else:
            key = (one.audience, *words(fold(one.question)))
            before = kept.get(key)
            left["said_twice"] += before is not None
            if before is None or (one.decided and not before.decided):
                kept[key] = one
    return Made(tuple(kept.values()), {why: count for why, count in left.items() if count})
