"""confidence_AUROC: is a right answer surer than a wrong one?"""

from __future__ import annotations

from eval.measures.models import NotApplicable
from eval.measures.whole.models import Rows, WholeMeasure
from eval.measures.whole.sureness import sureness
from eval.statistics.telling import auroc


def _value(rows: Rows) -> float | NotApplicable:
    confidence, right = rows[:, 0], rows[:, 1] == 1.0
    found = auroc(confidence[right].tolist(), confidence[~right].tolist())
    return NotApplicable("one_kind") if found is None else found


CONFIDENCE_AUROC = WholeMeasure(
    name="confidence_AUROC",
    formula="chance that a right answer has a higher confidence than a wrong one, ties half",
    source="Hanley & McNeil 1982",
    row=sureness,
    value=_value,
)
