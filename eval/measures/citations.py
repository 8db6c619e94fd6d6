"""How well answers are cited: ALCE's recall and precision, quotes, and the sources themselves."""

from __future__ import annotations

from eval.measures.models import Asked, Measure, NotApplicable, Score
from eval.measures.relevance import grades, required
from eval.outcome import Cited
from eval.statistics.means import mean


def _citations(asked: Asked) -> list[Cited]:
    return [citation for said in asked.outcome.said for citation in said.citations]


def _recall(asked: Asked) -> Score:
    checkable = [s for s in asked.outcome.said if s.support != "uncheckable"]
    if not checkable:
        return _none(asked)
    return sum(bool(s.citations) and s.support == "supported" for s in checkable) / len(checkable)


def _precision(asked: Asked) -> Score:
    counted = [
        float(said.support == "supported" and (citation.alone or citation.needed))
        for said in asked.outcome.said
        if said.support != "uncheckable"
        for citation in said.citations
    ]
    precision = mean(counted)
    return _none(asked) if precision is None else precision


def _exact(asked: Asked) -> Score:
    exact = mean([float(citation.exact) for citation in _citations(asked)])
    return _none(asked) if exact is None else exact


def _right_sources(asked: Asked) -> Score:
    if not asked.case.gold:
        return NotApplicable("no_gold")
    if not asked.outcome.cited:
        return _none(asked)
    wanted = grades(asked)
    return sum(name in wanted for name in asked.outcome.cited) / len(asked.outcome.cited)


def _sources_cited(asked: Asked) -> Score:
    wanted = required(asked)
    if not wanted:
        return NotApplicable("no_gold")
    return len(wanted & set(asked.outcome.cited)) / len(wanted)


def _stale(asked: Asked) -> Score:
    found, day = _citations(asked), asked.outcome.asked_on
    if not found or day is None:
        return _none(asked)
    return float(any(c.valid_to is not None and c.valid_to <= day for c in found))


def _none(asked: Asked) -> NotApplicable:
    return NotApplicable("abstained" if asked.outcome.did == "abstain" else "no_citations")


CITATION_RECALL = Measure(
    name="citation_recall",
    formula="statements that their citations together support / statements that can be checked",
    source="ALCE (arXiv 2305.14627), with the support check of this project",
    score=_recall,
)
CITATION_PRECISION = Measure(
    name="citation_precision",
    formula="citations of supported statements that support alone or are needed / citations",
    source="ALCE (arXiv 2305.14627), with the support check of this project",
    score=_precision,
)
QUOTE_EXACTNESS = Measure(
    name="quote_exactness",
    formula="quotes that stand word for word at their place / quotes",
    source="quoted spans of ragas",
    score=_exact,
)
CITED_RIGHT = Measure(
    name="cited_right",
    formula="cited sources that answer / cited sources",
    source="own",
    score=_right_sources,
)
REQUIRED_CITED = Measure(
    name="required_cited",
    formula="required sources that are cited / required sources; 0 for an abstention",
    source="own",
    score=_sources_cited,
)
STALE = Measure(
    name="stale_sources",
    formula="1 if a version is cited that no longer applied on the day asked about, else 0",
    source="own",
    score=_stale,
    higher_is_better=False,
)
