"""All measures of a whole run, in the order of reports."""

from __future__ import annotations

from eval.measures.whole.abstention import BALANCED_ABSTENTION
from eval.measures.whole.accents import ACCENT_DROP
from eval.measures.whole.calibration import BRIER, ECE
from eval.measures.whole.gaps import FOLLOW_UP_GAP, LANGUAGE_GAP
from eval.measures.whole.models import WholeMeasure
from eval.measures.whole.ranking import CONFIDENCE_AUROC
from eval.measures.whole.selection import AURC, COVERAGE_AT_RISK, EXCESS_AURC, RISK_AT_COVERAGE
from eval.measures.whole.speech import SPEECH_DROP
from eval.measures.whole.times import LATENCY_P50, LATENCY_P95
from eval.measures.whole.typos import TYPO_DROP

WHOLE: tuple[WholeMeasure, ...] = (
    BALANCED_ABSTENTION,
    AURC,
    EXCESS_AURC,
    *COVERAGE_AT_RISK,
    *RISK_AT_COVERAGE,
    CONFIDENCE_AUROC,
    ECE,
    BRIER,
    FOLLOW_UP_GAP,
    LANGUAGE_GAP,
    *TYPO_DROP,
    ACCENT_DROP,
    *SPEECH_DROP,
    LATENCY_P50,
    LATENCY_P95,
)
"""In the order of reports."""
