"""Is the right thing shown? What the agent reads of ours, and the pieces of the twenty lines.

The twenty lines show their four nearest pieces whatever is asked: they refuse nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.bootstrap import LOCAL_VIEWER
from assistant.models import Answer
from eval.benchmarks.models import TWENTY_LINES
from eval.benchmarks.systems import Systems
from eval.cases import Case, LabelledSet
from eval.measures.behaviour import HALLUCINATION, OVER_REFUSAL, hallucinated, over_refused
from eval.measures.matching import fact_shown
from eval.measures.whole.abstention import BALANCED_ABSTENTION
from eval.outcome import Did
from eval.scores import VOZ, Measured, Score, Values
from eval.statistics.means import mean
from eval.statistics.telling import auroc, risk_coverage, selective_risk

SHOWN = 4
"""Pieces that the twenty lines show: the default of LangChain's `similarity_search`."""
COVERAGES = (0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True)
class Shown:
    """What is on screen after a question.

    Attributes:
        first: what is said first.
        text: all of it.
        refused: whether nothing is answered.
        confidence: higher is surer.
    """

    first: str
    text: str
    refused: bool
    confidence: float

    @property
    def did(self) -> Did:
        """What it looks like to whoever asked."""
        return "abstain" if self.refused else "answer"


def shown(answer: Answer) -> str:
    """Everything that the agent sees of an answer."""
    return " ".join(s.text for s in answer.statements)


def answers(systems: Systems, cases: Sequence[Case]) -> dict[str, list[Shown]]:
    """What each of the two systems shows, in the order of the questions."""
    return {
        VOZ: [_ours(systems, case) for case in cases],
        TWENTY_LINES: [_theirs(systems, case) for case in cases],
    }


def facts(labelled: LabelledSet, told: dict[str, list[Shown]]) -> Iterator[Values]:
    """The labelled answer in what is said first and in all that is shown; what is refused."""
    keys = tuple(case.key for case in labelled.cases)
    for system, all_shown in told.items():
        pairs = list(zip(labelled.cases, all_shown, strict=True))
        first = tuple(fact_shown(one.first, case.facts) for case, one in pairs)
        whole = tuple(fact_shown(one.text, case.facts) for case, one in pairs)
        refused = tuple(over_refused(one.did) for one in all_shown)
        yield Values(labelled.name, system, "fact said first", first, keys)
        yield Values(labelled.name, system, "fact shown", whole, keys)
        better = OVER_REFUSAL.higher_is_better
        yield Values(labelled.name, system, OVER_REFUSAL.name, refused, keys, better)


def lengths(labelled: LabelledSet, told: dict[str, list[Shown]]) -> Iterator[Score]:
    """How much is shown: whoever shows more has the fact in it more easily."""
    for system, all_shown in told.items():
        chars = mean([float(len(one.text)) for one in all_shown])
        yield Score(labelled.name, system, "characters shown", len(all_shown), chars, None)


def abstention(
    name: str,
    yes: Sequence[Case],
    told_yes: dict[str, list[Shown]],
    no: Sequence[Case],
    told_no: dict[str, list[Shown]],
) -> Iterator[Measured]:
    """Questions that the sources answer and that they do not: are these told apart?

    Args:
        name: of the slice.
        yes: what the sources answer.
        told_yes: what is shown to them.
        no: what the sources do not answer.
        told_no: what is shown to them.
    """
    for system in told_yes:
        here, away = told_yes[system], told_no[system]
        made_up = tuple(hallucinated(one.did) for one in away)
        keys = tuple(case.key for case in no)
        better = HALLUCINATION.higher_is_better
        yield Values(name, system, HALLUCINATION.name, made_up, keys, better)
        n = len(here) + len(away)
        rates = (mean([over_refused(one.did) for one in here]), mean(made_up))
        balanced = None if None in rates else mean(rates)
        yield Score(name, system, BALANCED_ABSTENTION.name, n, balanced, None)
        sure = [one.confidence for one in here], [one.confidence for one in away]
        yield Score(name, system, "confidence AUROC", n, auroc(*sure), None)
        if n and any(case.facts for case in yes):
            right = [bool(fact_shown(o.text, c.facts)) for c, o in zip(yes, here, strict=True)]
            yield from _risks(name, system, [*sure[0], *sure[1]], [*right, *[False] * len(away)])


def _risks(
    name: str, system: str, confidence: Sequence[float], correct: Sequence[bool]
) -> Iterator[Score]:
    """How wrong the surest are; to answer what the sources do not is always wrong."""
    aurc = float(selective_risk(confidence, correct).mean())
    yield Score(name, system, "AURC", len(correct), aurc, None)
    for coverage, risk in risk_coverage(confidence, correct, COVERAGES):
        yield Score(name, system, f"risk@coverage{coverage:.0%}", len(correct), risk, None)


def _ours(systems: Systems, case: Case) -> Shown:
    answer = systems.assistant.ask(case.question, LOCAL_VIEWER, case.history)
    first = answer.statements[0].text if answer.statements else ""
    return Shown(first, shown(answer), answer.verdict == "not_found", answer.confidence)


def _theirs(systems: Systems, case: Case) -> Shown:
    found = systems.nearest(case.question, SHOWN)
    texts = [text for _, text, _ in found]
    nearness = found[0][2] if found else 0.0
    return Shown("".join(texts[:1]), " ".join(texts), not found, nearness)
