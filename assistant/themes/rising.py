"""Which themes are rising: more in the last week than in the four before, and not by chance.

Of each theme the last 7 days are compared with the 28 before them by the conditional test of two
Poisson rates: if nothing has changed, the recent count is binomial, given the sum of both
(J. Przyborowski and H. Wilenski, *Biometrika* 31, 1940, 313-323). Two things make it careful:

- The share that is expected is the larger of what the days make it (7 of 35) and of what all
  themes together make it, so that a busy week lifts no theme that only goes along with it.
- Real themes vary more than chance does, since one defect makes several calls. How much more is
  measured over the four weeks before (Pearson's X² by its degrees of freedom, McCullagh and Nelder,
  *Generalized Linear Models*, 1989, 4.5), and counts are divided by it.

Over all themes at once the false discovery rate is bounded by the step-up procedure of
Y. Benjamini and Y. Hochberg (*J. Royal Statistical Society B* 57, 1995, 289-300).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

Key = TypeVar("Key", int, tuple[int, int])

RECENT_DAYS = 7
BEFORE_WEEKS = 4
FALSE_DISCOVERIES = 0.05
"""Share of wrong marks among all marks that is accepted."""
MIN_RECENT = 5
"""In the last week; fewer are never rising, whatever there was before."""
MIN_RATIO = 1.5
"""Of the weekly rates: what is certain but slight needs nobody's attention."""
_MIN_BEFORE = 8
_MIN_MEASURED = 5
"""Themes of at least `_MIN_BEFORE`, over which the variation is measured; of fewer it is 1."""


@dataclass(frozen=True)
class Counted:
    """How often a theme came up.

    Attributes:
        recent: in the last 7 days.
        before: in each of the four weeks before those, oldest first.
    """

    recent: int
    before: tuple[int, ...]


@dataclass(frozen=True)
class Rise:
    """Why a theme is marked.

    Attributes:
        recent: in the last 7 days.
        before: in a week, on average of the four before.
        ratio: of the two; `None` where there was nothing before.
        p: probability of as many or more if nothing had changed.
    """

    recent: int
    before: float
    ratio: float | None
    p: float


def rising(themes: Sequence[Counted]) -> list[Rise | None]:
    """For each theme why it is marked, or `None`."""
    return rising_each([themes])[0]


def rising_each(weeks: Sequence[Sequence[Counted]]) -> list[list[Rise | None]]:
    """The same for the themes of several weeks, which share one bound on false discoveries.

    Args:
        weeks: for each the themes, counted back from its end; what is expected and how much counts
            vary is of that week alone.
    """
    chances: dict[tuple[int, int], float] = {}
    for week, themes in enumerate(weeks):
        varied, expected = variation(themes), _expected_share(themes)
        for i, one in enumerate(themes):
            if one.recent + sum(one.before) >= MIN_RECENT:
                chances[week, i] = chance(one, expected, varied)
    found: list[list[Rise | None]] = [[None] * len(themes) for themes in weeks]
    for week, i in _discoveries(chances):
        found[week][i] = _rise(weeks[week][i], chances[week, i])
    return found


def _rise(one: Counted, p: float) -> Rise | None:
    weekly = sum(one.before) / BEFORE_WEEKS
    if one.recent < MIN_RECENT or one.recent < MIN_RATIO * weekly:
        return None
    return Rise(one.recent, weekly, round(one.recent / weekly, 2) if weekly else None, p)


def chance(one: Counted, expected: float, varied: float) -> float:
    """Probability of as many in the last week, or more, if its share is the expected one.

    Args:
        one: the theme.
        expected: share of the last week in all five, 0 to 1.
        varied: by how much counts vary more than chance does, at least 1.
    """
    from scipy.special import betainc  # takes 0.1 s to load

    recent, before = one.recent / varied, sum(one.before) / varied
    if not recent:
        return 1.0
    return float(betainc(recent, before + 1, expected))


def variation(themes: Sequence[Counted]) -> float:
    """By how much the weeks before vary more than chance does, at least 1."""
    measured = [one.before for one in themes if sum(one.before) >= _MIN_BEFORE]
    if len(measured) < _MIN_MEASURED:
        return 1.0
    totals = [sum(one.before[week] for one in themes) for week in range(BEFORE_WEEKS)]
    every = sum(totals)
    squares = 0.0
    for counts in measured:
        for count, total in zip(counts, totals, strict=True):
            due = sum(counts) * total / every
            squares += (count - due) ** 2 / due if due else 0.0
    freedom = len(measured) * (BEFORE_WEEKS - 1)
    return max(1.0, squares / freedom)


def _expected_share(themes: Sequence[Counted]) -> float:
    recent = sum(one.recent for one in themes)
    every = recent + sum(sum(one.before) for one in themes)
    return max(1 / (1 + BEFORE_WEEKS), recent / every if every else 0.0)


def _discoveries(chances: Mapping[Key, float]) -> list[Key]:
    """Those that the step-up procedure finds, surest first."""
    order = sorted(chances, key=lambda i: chances[i])
    found = 0
    for place, i in enumerate(order, 1):
        if chances[i] <= FALSE_DISCOVERIES * place / len(order):
            found = place
    return order[:found]
