"""Which cases pass, and which of them flipped from one run to the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from eval.golden.models import GoldenCase
from eval.measures.catalogue import MUST_HOLD
from eval.runs.scoring import Scored

Flip = Literal["broken", "mended"]


@dataclass(frozen=True)
class Flipped:
    """A case that passes in one of two runs.

    Attributes:
        case: the case.
        flip: ``broken``: it passed before; ``mended``: it passes now.
        measures: names of the measures that are not at their best where it fails.
    """

    case: GoldenCase
    flip: Flip
    measures: tuple[str, ...]


def failing(scored: Iterable[Scored]) -> dict[str, tuple[str, ...]]:
    """Of every case, the measures that are not at their best; a case that failed has ``failed``."""
    best = {m.name: 1.0 if m.higher_is_better else 0.0 for m in MUST_HOLD}
    found: dict[str, list[str]] = defaultdict(list)
    for one in scored:
        below = found[one.case]
        if one.why_none == "failed":
            below[:] = ["failed"]
        elif one.value is not None and one.value != best.get(one.measure, one.value):
            below.append(one.measure)
    return {case: tuple(names) for case, names in found.items()}


def flips(
    cases: Sequence[GoldenCase],
    before: Mapping[str, tuple[str, ...]],
    after: Mapping[str, tuple[str, ...]],
) -> list[Flipped]:
    """The cases that flipped: broken ones first, and critical ones first among those.

    Args:
        cases: that both runs were asked.
        before: as `failing` gives it, of the first run.
        after: of the second; a case that is not there failed.
    """
    found = []
    for case in cases:
        was, now = before.get(case.id, ("missing",)), after.get(case.id, ("missing",))
        if bool(was) != bool(now):
            flip: Flip = "broken" if now else "mended"
            found.append(Flipped(case, flip, now or was))
    return sorted(found, key=lambda f: (f.flip != "broken", not f.case.critical))
