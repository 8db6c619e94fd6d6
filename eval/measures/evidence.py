"""evidence_coverage: does what was found hold the facts, whatever was then said?"""

from __future__ import annotations

from eval.measures.matching import measures, says_any
from eval.measures.models import Asked, Measure, NotApplicable, Score

K = 10


def _score(asked: Asked) -> Score:
    facts = asked.case.facts
    if not facts:
        return NotApplicable("no_facts")
    found = "\n".join(passage.text for passage in asked.outcome.retrieved[:K])
    return sum(says_any(found, f.aliases) or measures(found, f) for f in facts) / len(facts)


EVIDENCE_COVERAGE = Measure(
    name="evidence_coverage",
    formula="facts that stand in the first ten passages found / facts",
    source="claim recall of RAGChecker (arXiv 2408.08067), without a judge",
    score=_score,
)
