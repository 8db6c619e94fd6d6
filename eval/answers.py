"""`voz eval answers`: is the right thing shown? On extractive sets and on agents' own questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.bootstrap import LOCAL_VIEWER
from assistant.models import Answer
from assistant.pipeline import Assistant
from eval import datasets
from eval.agents import Desk
from eval.baselines import TwentyLines, distinct
from eval.cases import Case, in_half
from eval.metrics import fact_shown, mean, standard_error, success_at_k
from eval.retrieval import Progress, Score
from eval.stores import assistant_over
from knowledge.ports import Embedder
from knowledge.settings import Settings

SHOWN = 4
"""Files and passages that the twenty-line pipeline shows (k = 4), and ours is compared at."""


def evaluate_extractive(
    data: Path,
    embedder: Embedder,
    settings: Settings,
    *,
    which: str = "report",
    limit: int | None = None,
    progress: Progress = lambda line: None,
) -> Iterator[Score]:
    """The gold answer inside the first statement, and in what is shown, on XQuAD and SQuAD-es."""
    for labelled in datasets.load(["xquad", "squad_es"], data):
        chosen = tuple(c for c in labelled.cases if c.facts and in_half(c.key, which))
        cases = datasets.sampled(chosen, limit)
        if not cases or labelled.name.endswith("unanswerable"):
            continue
        progress(f"{labelled.name}: {len(cases)} questions")
        with assistant_over(labelled.corpus, labelled.documents, embedder, settings) as assistant:
            answers = [assistant.ask(c.question, LOCAL_VIEWER, c.history) for c in cases]
        pairs = list(zip(cases, answers, strict=True))
        yield _score(labelled.name, "in first statement", [_in_first(c, a) for c, a in pairs])
        yield _score(labelled.name, "in what is shown", [_in_shown(c, a) for c, a in pairs])
        refused = [float(a.verdict == "not_found") for a in answers]
        yield _score(labelled.name, "answerable refused", refused)


def evaluate_agents(
    desk: Desk,
    data: Path,
    embedder: Embedder,
    settings: Settings,
    *,
    which: str = "report",
    progress: Progress = lambda line: None,
) -> Iterator[Score]:
    """Right file first, in the first four, and the fact in what is shown, by kind of question."""
    progress(f"{desk.name}: reading the documents (minutes the first time)")
    with desk.assistant(data, embedder, settings) as assistant:
        cases = desk.cases(which, assistant)
        progress(f"{desk.name} ({which}): {len(cases)} questions")
        yield from _agents_scores(desk.name, "voz", cases, [_ours(assistant, c) for c in cases])
        infos = assistant.documents(LOCAL_VIEWER)
        documents = [d for i in infos if (d := assistant.document(i.name, LOCAL_VIEWER))]
    progress(f"{desk.name}: the pipeline in twenty lines")
    folder = settings.data_dir / "eval" / desk.name / "twenty-lines"
    store = TwentyLines(documents, embedder, folder)
    theirs = [_theirs(store.passages(c.question, 5 * SHOWN), c) for c in cases]
    yield from _agents_scores(desk.name, "twenty lines", cases, theirs)


Outcome = tuple[float | None, float | None, float | None]
"""Right file first, right file in the first four, fact in what is shown."""


def _ours(assistant: Assistant, case: Case) -> Outcome:
    answer = assistant.ask(case.question, LOCAL_VIEWER, case.history)
    found = assistant.search(case.question, LOCAL_VIEWER, case.history, top_k=40)
    ranked = distinct([c.stored.chunk.document for c in found.chunks], SHOWN)
    cited = [s.citations[0].document for s in answer.statements]
    ranked = distinct([*cited[:1], *ranked], SHOWN)
    return (
        success_at_k(ranked, case.relevant, 1),
        success_at_k(ranked, case.relevant, SHOWN),
        fact_shown(shown(answer), case.facts),
    )


def _theirs(found: Sequence[tuple[str, str]], case: Case) -> Outcome:
    ranked = distinct([name for name, _ in found], SHOWN)
    text = " ".join(text for _, text in found[:SHOWN])
    return (
        success_at_k(ranked, case.relevant, 1),
        success_at_k(ranked, case.relevant, SHOWN),
        fact_shown(text, case.facts),
    )


def _agents_scores(
    name: str, system: str, cases: Sequence[Case], outcomes: Sequence[Outcome]
) -> Iterator[Score]:
    kinds = ["all", *sorted({c.kind for c in cases})]
    for kind in kinds:
        chosen = [o for c, o in zip(cases, outcomes, strict=True) if kind in ("all", c.kind)]
        for i, measure in enumerate(("file first", "file in first 4", "fact shown")):
            yield _score(f"{name} {kind}", measure, [o[i] for o in chosen], system=system)


def shown(answer: Answer) -> str:
    """Everything that the agent sees of an answer."""
    return " ".join(s.text for s in answer.statements)


def _in_first(case: Case, answer: Answer) -> float | None:
    return fact_shown(answer.statements[0].text if answer.statements else "", case.facts)


def _in_shown(case: Case, answer: Answer) -> float | None:
    return fact_shown(shown(answer), case.facts)


def _score(
    name: str, measure: str, values: Sequence[float | None], *, system: str = "voz"
) -> Score:
    return Score(name, system, measure, len(values), mean(values), standard_error(values))
