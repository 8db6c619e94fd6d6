"""Our own questions, as agents type them, over public documents and over the example company's.

These are no sets of the world: nobody else has been measured on them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.bootstrap import LOCAL_VIEWER
from assistant.pipeline import Assistant
from eval.benchmarks.answering import SHOWN, shown
from eval.benchmarks.models import TWENTY_LINES, Benchmark
from eval.benchmarks.systems import Nearest, twenty_lines
from eval.cases import Case
from eval.corpora.desks import ALMENDRO, PUBLIC, Desk
from eval.corpora.reading import sampled
from eval.measures.matching import fact_shown
from eval.measures.rankings import distinct, success
from eval.scores import VOZ, Measured, Values
from eval.work import Work

FOUND = 40
"""Passages among which the first `SHOWN` documents are looked for."""

Outcome = tuple[float | None, float | None, float | None]
"""Right file first, right file in the first four, fact in what is shown."""
MEASURES = ("Success@1", f"Success@{SHOWN}", "fact shown")


def _measure(desk: Desk, work: Work) -> Iterator[Measured]:
    work.progress(f"{desk.name}: reading the documents (minutes the first time)")
    with desk.assistant(work) as assistant:
        cases = sampled(tuple(desk.cases(work.half, assistant)), work.limit)
        work.progress(f"{desk.name} ({work.half}): {len(cases)} questions")
        ours = [_ours(assistant, case) for case in cases]
        infos = assistant.documents(LOCAL_VIEWER)
        documents = [d for i in infos if (d := assistant.document(i.name, LOCAL_VIEWER))]
    work.progress(f"{desk.name}: the pipeline in twenty lines")
    nearest = twenty_lines(desk.name, documents, work)
    theirs = [_theirs(nearest, case) for case in cases]
    for kind in ("all", *sorted({case.kind for case in cases})):
        for system, outcomes in ((VOZ, ours), (TWENTY_LINES, theirs)):
            yield from _values(f"{desk.name} {kind}", system, _of_kind(kind, cases, outcomes))


def _of_kind(
    kind: str, cases: Sequence[Case], outcomes: Sequence[Outcome]
) -> list[tuple[Case, Outcome]]:
    pairs = zip(cases, outcomes, strict=True)
    return [(case, outcome) for case, outcome in pairs if kind in ("all", case.kind)]


def _values(name: str, system: str, chosen: Sequence[tuple[Case, Outcome]]) -> Iterator[Values]:
    keys = tuple(case.key for case, _ in chosen)
    for place, measure in enumerate(MEASURES):
        yield Values(name, system, measure, tuple(one[place] for _, one in chosen), keys)


def _ours(assistant: Assistant, case: Case) -> Outcome:
    answer = assistant.ask(case.question, LOCAL_VIEWER, case.history)
    found = assistant.search(case.question, LOCAL_VIEWER, case.history, top_k=FOUND)
    ranked = distinct([c.stored.chunk.document for c in found.chunks], SHOWN)
    cited = [s.citations[0].document for s in answer.statements]
    ranked = distinct([*cited[:1], *ranked], SHOWN)
    return _outcome(case, ranked, shown(answer))


def _theirs(nearest: Nearest, case: Case) -> Outcome:
    found = nearest(case.question, 5 * SHOWN)
    ranked = distinct([name for name, _, _ in found], SHOWN)
    return _outcome(case, ranked, " ".join(text for _, text, _ in found[:SHOWN]))


def _outcome(case: Case, ranked: Sequence[str], text: str) -> Outcome:
    grades = dict.fromkeys(case.relevant, 1)
    return (
        success(ranked, grades, 1),
        success(ranked, grades, SHOWN),
        fact_shown(text, case.facts),
    )


_OWN = (
    "The questions are ours, written by people who know the project: no published figure exists, "
    "and other companies' questions may be harder.",
    "fact shown counts everything on screen: on average 2,500 characters of ours, and the four "
    "pieces of at most 1,000 characters of the twenty lines, which are asked the last question "
    "alone, as a tutorial does.",
)
AGENTS = Benchmark(
    name="agents",
    about="our own questions, as agents type them, over 899 public documents in two languages",
    files=(
        "policies/manifest.jsonl",
        "tau_banking/documents.jsonl",
        "tau_retail/policy.md",
        "tau_airline/policy.md",
    ),
    measure=lambda work: _measure(PUBLIC, work),
    not_comparable=_OWN,
)
EXAMPLE = Benchmark(
    name="example",
    about="our own questions, as agents type them, over the example company's documents",
    files=(),
    measure=lambda work: _measure(ALMENDRO, work),
    not_comparable=_OWN,
)
