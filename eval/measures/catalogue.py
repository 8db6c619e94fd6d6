"""The catalogue of measures, in the order of reports, and which of them a gate compares.

Nothing here asks a language model for its opinion: equal answers have equal numbers. What a judge
said when the run was asked (`eval.judge`) is measured under names that begin with ``judge_``.
"""

from __future__ import annotations

from eval.measures.behaviour import BEHAVIOUR, HALLUCINATION, OVER_REFUSAL
from eval.measures.citations import (
    CITATION_PRECISION,
    CITATION_RECALL,
    CITED_RIGHT,
    QUOTE_EXACTNESS,
    REQUIRED_CITED,
    STALE,
)
from eval.measures.consistency import CONSISTENCY
from eval.measures.evidence import EVIDENCE_COVERAGE
from eval.measures.facts import CONTRADICTED_FACTS, FACT_COVERAGE, MUST_FACTS
from eval.measures.judged import JUDGE_ANSWERED, JUDGE_SUPPORTED
from eval.measures.language import LANGUAGE_MATCH
from eval.measures.latency import LATENCY
from eval.measures.models import Measure
from eval.measures.ndcg import NDCG
from eval.measures.numbers import NUMBER_FIDELITY
from eval.measures.recall import RECALL
from eval.measures.reciprocal_rank import RECIPROCAL_RANK
from eval.measures.steps import STEP_COVERAGE, STEP_ORDER
from eval.measures.strict_recall import STRICT_RECALL
from eval.measures.success import SUCCESS
from eval.measures.support import SUPPORTED_STATEMENTS
from eval.measures.wordings import FORBIDDEN, REQUIRED_STATEMENTS

MEASURES: tuple[Measure, ...] = (
    BEHAVIOUR,
    MUST_FACTS,
    FACT_COVERAGE,
    CONTRADICTED_FACTS,
    STEP_COVERAGE,
    STEP_ORDER,
    SUPPORTED_STATEMENTS,
    NUMBER_FIDELITY,
    CITATION_RECALL,
    CITATION_PRECISION,
    QUOTE_EXACTNESS,
    CITED_RIGHT,
    REQUIRED_CITED,
    STALE,
    HALLUCINATION,
    OVER_REFUSAL,
    CONSISTENCY,
    LANGUAGE_MATCH,
    FORBIDDEN,
    REQUIRED_STATEMENTS,
    SUCCESS,
    STRICT_RECALL,
    RECALL,
    NDCG,
    RECIPROCAL_RANK,
    EVIDENCE_COVERAGE,
    JUDGE_SUPPORTED,
    JUDGE_ANSWERED,
    LATENCY,
)
"""In the order of reports."""
GATED = (
    MUST_FACTS,
    SUPPORTED_STATEMENTS,
    NUMBER_FIDELITY,
    CITATION_PRECISION,
    STRICT_RECALL,
    HALLUCINATION,
    OVER_REFUSAL,
    CONSISTENCY,
)
"""What a gate compares unless a policy says otherwise; each one more costs power."""
MUST_HOLD = (
    BEHAVIOUR,
    MUST_FACTS,
    CONTRADICTED_FACTS,
    SUPPORTED_STATEMENTS,
    NUMBER_FIDELITY,
    QUOTE_EXACTNESS,
    STALE,
    FORBIDDEN,
    REQUIRED_STATEMENTS,
)
"""A case passes if each of these is at its best, or does not apply."""
CRITICAL = (*MUST_HOLD, STEP_COVERAGE, STEP_ORDER, LANGUAGE_MATCH)
"""What a critical case may not lose anything in."""
