"""`voz eval themes`: are rising themes marked, and does what only varies stay without a mark?

By simulation: registers of 100 themes whose weekly counts vary as chance does, or come in bursts of
three. In some registers five themes rise fourfold in the last week, in others none does.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from assistant.themes.rising import Counted, rising
from eval.scores import Measured, values_of
from eval.work import Work

THEMES = 100
RISEN = 5
RISE = 4
LEAST_RISEN_RATE = 6
"""A week's contacts of a theme that rises, before it does: a handful is never marked."""
WEEKS_BEFORE = 4
KINDS = {1: "counts vary as chance does", 3: "counts come in threes"}
"""What is drawn, by how many contacts come together."""
REGISTERS = 500
"""With risen themes, where no fewer are asked for; twice as many are drawn without."""
SEED = 2026


def measure(work: Work) -> Iterator[Measured]:
    """Of marks the wrong ones, of risen themes the marked ones, of steady registers the alarmed."""
    registers = work.limit or REGISTERS
    for bursts, name in KINDS.items():
        work.progress(f"{name}: {registers} registers with risen themes, {2 * registers} without")
        dice = np.random.default_rng(SEED)
        drawn = [_marks(dice, bursts) for _ in range(registers)]
        wrong = ((_share(marked - risen, marked), n) for n, (marked, risen) in enumerate(drawn))
        yield values_of(name, "wrong marks among marks", wrong, higher_is_better=False)
        found = ((one in marked, n) for n, (marked, risen) in enumerate(drawn) for one in risen)
        yield values_of(name, "risen themes marked", found)
        alarms = (
            (any(rising(_weeks(dice, _rates(dice), bursts))), n) for n in range(2 * registers)
        )
        yield values_of(name, "registers alarmed for nothing", alarms, higher_is_better=False)


def _marks(dice: np.random.Generator, bursts: int) -> tuple[set[int], set[int]]:
    """The marked and the risen themes of a register."""
    rates = _rates(dice)
    themes = _weeks(dice, rates, bursts)
    risen = {int(one) for one in dice.choice(THEMES, RISEN, replace=False)}
    for one in risen:
        rate = RISE * max(rates[one], LEAST_RISEN_RATE)
        themes[one] = Counted(int(bursts * dice.poisson(rate / bursts)), themes[one].before)
    return {i for i, rise in enumerate(rising(themes)) if rise is not None}, risen


def _rates(dice: np.random.Generator) -> NDArray[np.float64]:
    """``(100,)``: contacts of each theme a week, few themes having most of them."""
    return 2 + 8 * dice.pareto(1.5, THEMES).clip(max=5)


def _weeks(dice: np.random.Generator, rates: NDArray[np.float64], bursts: int) -> list[Counted]:
    drawn = bursts * dice.poisson(rates[:, None] / bursts, (len(rates), WEEKS_BEFORE + 1))
    return [Counted(int(row[-1]), tuple(map(int, row[:-1]))) for row in drawn]


def _share(some: set[int], of: set[int]) -> float:
    return len(some) / max(1, len(of))
