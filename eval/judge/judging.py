"""A judge's verdicts on what an outcome says, beside those of the support check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from eval.golden.models import GoldenCase
from eval.judge.admission import Judge
from eval.outcome import Judged, Outcome, Said
from knowledge.language import detect_language


def also_judged(
    answer: Callable[[GoldenCase], Outcome], judge: Judge
) -> Callable[[GoldenCase], Outcome]:
    """What answers cases, with a judge's verdict on every statement."""

    def answered(case: GoldenCase) -> Outcome:
        outcome = answer(case)
        if outcome.error is not None:
            return outcome
        said = tuple(replace(one, judged=_supported(one, judge)) for one in outcome.said)
        whole = _answered(case, outcome, judge) if said else None
        return replace(outcome, said=said, judge=judge.id, judged=whole)

    return answered


def _answered(case: GoldenCase, outcome: Outcome, judge: Judge) -> Judged:
    """Whether what was shown answers the question, the conversation before it taken in."""
    asked = case.standalone_question or "\n".join(turn.text for turn in case.turns)
    return _told(judge.finds("answer", outcome.text, [asked], case.lang))


def _supported(said: Said, judge: Judge) -> Judged:
    """A statement that is its quote, word for word, needs no opinion, and one without none has."""
    quotes = [one.quote for one in said.citations]
    if said.text in quotes:
        return "holds"
    if not quotes:
        return "fails"
    return _told(judge.finds("support", said.text, quotes, detect_language(said.text)))


def _told(found: bool | None) -> Judged:
    return "unread" if found is None else "holds" if found else "fails"
