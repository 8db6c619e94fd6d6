"""Asks a golden set and keeps what becomes of it: beside live answers, resumable, with progress."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from assistant.pipeline import Assistant
from assistant.support.check import SupportCheck
from eval.golden.models import GoldenCase
from eval.golden.reading import GoldenSet
from eval.measures.catalogue import MEASURES
from eval.outcome import Outcome
from eval.refusals import because
from eval.runs.asking import ViewerOf, ask
from eval.runs.at_once import at_once
from eval.runs.folder import RunFolder
from eval.runs.judging import judged
from eval.runs.scoring import Scored, Summary, asked_of, score, summarise
from eval.runs.whole import summarise_whole
from knowledge.errors import WrongState

Progress = Callable[[int, int], None]
"""Told how many cases are done, of how many."""
System = Callable[[GoldenCase], Outcome]
"""Whatever is evaluated: a case in, what it does out."""


def system(assistant: Assistant, check: SupportCheck, viewer_of: ViewerOf, today: date) -> System:
    """The assistant as it is evaluated; may be called by several threads at once."""

    def answer(case: GoldenCase) -> Outcome:
        return judged(ask(case, assistant, viewer_of, today), check)

    return answer


def holding(golden: GoldenSet, today: date) -> tuple[GoldenCase, ...]:
    """The cases whose expectations hold on a day.

    Raises:
        WrongState: none does.
    """
    kept = tuple(case for case in golden.cases if not case.expired(case.on or today))
    if not kept:
        raise WrongState(because("run-all-expired", day=today))
    return kept


def run(
    folder: RunFolder,
    answer: System,
    today: date,
    *,
    jobs: int = 1,
    seed: int = 0,
    progress: Progress = lambda done, of: None,
) -> list[Summary]:
    """Asks what is not asked yet, scores all of it and closes the run.

    Args:
        folder: of the run; what is in it already is not asked again.
        answer: what is evaluated.
        today: see `holding`.
        jobs: questions asked at once.
        seed: of the resampling.
        progress: see `Progress`.

    Raises:
        WrongState: the run is finished, or no case holds today.
    """
    cases = holding(folder.golden(), today)
    outcomes = folder.outcomes()
    with folder.adding() as adding:
        left = [case for case in cases if case.id not in outcomes]
        progress(len(cases) - len(left), len(cases))
        for outcome in at_once(left, answer, jobs):
            adding.add(outcome)
            outcomes[outcome.case] = outcome
            progress(len(outcomes), len(cases))
    scored, summaries = measured(cases, outcomes, seed=seed)
    folder.finish(scored, summaries)
    return summaries


def measured(
    cases: Sequence[GoldenCase], outcomes: dict[str, Outcome], *, seed: int = 0
) -> tuple[list[Scored], list[Summary]]:
    """Every measure of every case, and what they and those of the whole run come to."""
    scored = score(cases, outcomes, MEASURES)
    clusters = {case.id: case.cluster for case in cases}
    whole = summarise_whole(asked_of(cases, outcomes), seed=seed)
    return scored, [*summarise(scored, clusters, seed=seed), *whole]
