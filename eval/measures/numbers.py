"""number_fidelity: do the figures that are said stand in the words that are cited?"""

from __future__ import annotations

import re

from eval.measures.models import Asked, Measure, NotApplicable, Score
from eval.outcome import Said

_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")


def _score(asked: Asked) -> Score:
    if asked.outcome.did == "abstain":
        return NotApplicable("abstained")
    said = right = 0
    for statement in asked.outcome.said:
        cited = {one for c in statement.citations for one in _figures(c.quote)}
        figures = _figures(statement.text)
        said += len(figures)
        right += len(figures & cited)
    return right / said if said else NotApplicable("no_figures")


def unquoted(said: Said) -> list[str]:
    """Figures of a statement that no quote of it has, as they are written."""
    cited = {one for c in said.citations for one in _figures(c.quote)}
    written = (match[0] for match in _FIGURE.finditer(said.text))
    return [one for one in written if not _figures(one) <= cited]


def _figures(text: str) -> set[str]:
    """Digits alone: 1.234,56 and 1,234.56 are one figure."""
    return {re.sub(r"\D", "", match[0]) for match in _FIGURE.finditer(text)}


NUMBER_FIDELITY = Measure(
    name="number_fidelity",
    formula="distinct figures of the statements that stand in their quotes / distinct figures",
    source="own",
    score=_score,
)
