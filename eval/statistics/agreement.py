"""How far two people judge the same things alike, beyond what chance would do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from eval.statistics.rates import wilson

WhyNone = Literal["none_judged", "one_answer"]
"""Why there is no number: nothing was judged by two; both gave the same one answer throughout, so
chance would have done as well."""


@dataclass(frozen=True)
class Agreement:
    """How far two people agree.

    Attributes:
        n: things judged by both.
        alike: of those, judged alike.
        observed: share judged alike; `None` for none.
        observed_low: its 95 % interval (Wilson), lower end.
        observed_high: upper end.
        kappa: Cohen's; 0: as by chance, 1: always alike; `None`: see `why_none`.
        low: its 95 % interval, lower end.
        high: upper end.
        ac1: Gwet's AC1, which stays meaningful where nearly all answers are the same.
        why_none: why there is no kappa.
    """

    n: int
    alike: int
    observed: float | None = None
    observed_low: float | None = None
    observed_high: float | None = None
    kappa: float | None = None
    low: float | None = None
    high: float | None = None
    ac1: float | None = None
    why_none: WhyNone | None = None


def agreement(
    first: Sequence[Hashable], second: Sequence[Hashable], *, possible: int = 2
) -> Agreement:
    """How far two people agree on the same things, answers without an order.

    Kappa is ``(observed - chance) / (1 - chance)``, chance from how often each gives each answer
    (Cohen 1960). Its interval takes chance as given, as Cohen's standard error does, which makes
    kappa a straight line in the observed share; the ends are those of Wilson's interval of that
    share, so that few things judged all alike do not look certain. AC1 has another chance,
    ``sum(p * (1 - p)) / (possible - 1)`` with p an answer's share among both (Gwet 2008).

    Args:
        first: answers of one, in order of the things.
        second: of the other, as many.
        possible: answers that could have been given, at least 2.

    Raises:
        ValueError: there are not as many of both.
    """
    if len(first) != len(second):
        raise ValueError(f"{len(first)} and {len(second)} answers: give two for each thing")
    n = len(first)
    if not n:
        return Agreement(0, 0, why_none="none_judged")
    alike = sum(a == b for a, b in zip(first, second, strict=True))
    low, high = wilson(alike, n)
    one, other = Counter(first), Counter(second)
    shares = [(one[answer] + other[answer]) / (2 * n) for answer in one | other]
    gwet = sum(share * (1 - share) for share in shares) / (max(possible, len(shares), 2) - 1)
    found = Agreement(n, alike, alike / n, low, high, ac1=(alike / n - gwet) / (1 - gwet))
    if len(shares) == 1:
        return replace(found, why_none="one_answer")
    chance = sum(one[answer] * other[answer] for answer in one) / n**2

    def beyond(share: float) -> float:
        return max(-1.0, (share - chance) / (1 - chance))

    return replace(found, kappa=beyond(alike / n), low=beyond(low), high=beyond(high))
