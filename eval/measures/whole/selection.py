"""AURC, E-AURC, coverage at a risk, risk at a coverage: are the surest answers the right ones?"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from eval.measures.models import NotApplicable
from eval.measures.whole.models import Rows, WholeMeasure
from eval.measures.whole.sureness import sureness
from eval.statistics.telling import selective_risk

RISKS = (0.02, 0.05)
COVERAGES = (0.8, 0.9)
_ROUNDING = 1e-12


def curve(rows: Rows) -> list[tuple[float, float]]:
    """``(coverage, risk)`` after each of the answers, surest first.

    Args:
        rows: ``(confidence, right)`` of each answer.
    """
    risk = selective_risk(rows[:, 0], rows[:, 1])
    return [(at / len(risk), float(one)) for at, one in enumerate(risk, 1)]


def _aurc(rows: Rows) -> float:
    return float(selective_risk(rows[:, 0], rows[:, 1]).mean())


def _excess(rows: Rows) -> float:
    """Against the order that has all right answers first; never below 0."""
    return max(0.0, _aurc(rows) - float(selective_risk(rows[:, 1], rows[:, 1]).mean()))


def _coverage_at(limit: float) -> Callable[[Rows], float]:
    def value(rows: Rows) -> float:
        """Only between two confidences: equal ones are kept or left together."""
        risk = selective_risk(rows[:, 0], rows[:, 1])
        sorted_down = np.sort(rows[:, 0])[::-1]
        ends = np.append(sorted_down[1:] < sorted_down[:-1], True)
        kept = np.flatnonzero(ends & (risk <= limit + _ROUNDING))
        return float((kept[-1] + 1) / len(risk)) if len(kept) else 0.0

    return value


def _risk_at(coverage: float) -> Callable[[Rows], float | NotApplicable]:
    def value(rows: Rows) -> float | NotApplicable:
        risk = selective_risk(rows[:, 0], rows[:, 1])
        return float(risk[math.ceil(coverage * len(risk) - _ROUNDING) - 1])

    return value


AURC = WholeMeasure(
    name="AURC",
    formula="mean, over n = 1, 2, … of the answers given, of the share of wrong ones among the n "
    "surest",
    source="Geifman, Uziel & El-Yaniv 2019 (arXiv 1805.08206)",
    row=sureness,
    value=_aurc,
    best="low",
)
EXCESS_AURC = WholeMeasure(
    name="E-AURC",
    formula="AURC - AURC with all right answers first",
    source="Geifman, Uziel & El-Yaniv 2019 (arXiv 1805.08206)",
    row=sureness,
    value=_excess,
    best="low",
)
COVERAGE_AT_RISK = tuple(
    WholeMeasure(
        name=f"coverage@risk{limit * 100:.0f}%",
        formula=f"largest share of the answers given, surest first, of which at most "
        f"{limit * 100:.0f} % are wrong",
        source="selective prediction, Geifman & El-Yaniv 2017 (arXiv 1705.08500)",
        row=sureness,
        value=_coverage_at(limit),
    )
    for limit in RISKS
)
RISK_AT_COVERAGE = tuple(
    WholeMeasure(
        name=f"risk@coverage{coverage * 100:.0f}%",
        formula=f"wrong ones among the surest {coverage * 100:.0f} % of the answers given / those",
        source="selective prediction, Geifman & El-Yaniv 2017 (arXiv 1705.08500)",
        row=sureness,
        value=_risk_at(coverage),
        best="low",
    )
    for coverage in COVERAGES
)
