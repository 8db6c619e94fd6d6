"""Our own questions, as agents type them, over public documents and over the example company's.

These are no sets of the world: nobody else has been measured on them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.bootstrap import LOCAL_VIEWER
from assistant.pipeline import Assistant
from eval.benchmarks.answering import SHOWN, shown
from eval.benchmarks.conversations import as_on_the_page, new_subjects
from eval.benchmarks.models import TWENTY_LINES, Benchmark
from eval.benchmarks.systems import Nearest, twenty_lines
from eval.cases import Case
from eval.corpora.desks import ALMENDRO, PUBLIC, Desk
from eval.corpora.reading import sampled
from eval.measures.behaviour import OVER_REFUSAL, over_refused
from eval.measures.matching import fact_shown
from eval.measures.rankings import distinct, success
from eval.outcome import Did
from eval.runs.asking import did
from eval.scores import VOZ, Measured, Values
from eval.work import Work

FOUND = 40
"""Passages among which the first `SHOWN` documents are looked for."""

Outcome = tuple[float | None, float | None, float | None, float | None]
"""Right file first, right file in the first four, fact in what is shown, refused."""
MEASURES = ("Success@1", f"Success@{SHOWN}", "fact shown", OVER_REFUSAL.name)


def _measure(desk: Desk, work: Work) -> Iterator[Measured]:
    work.progress(f"{desk.name}: reading the documents (minutes the first time)")
    with desk.assistant(work) as assistant:
        cases = sampled(tuple(desk.cases(work.half, assistant)), work.limit)
        work.progress(f"{desk.name} ({work.half}): {len(cases)} questions")
        asked = (*cases, *as_on_the_page(assistant, cases), *new_subjects(cases))
        ours = [_ours(assistant, case) for case in asked]
        infos = assistant.documents(LOCAL_VIEWER)
        documents = [d for i in infos if (d := assistant.document(i.name, LOCAL_VIEWER))]
    work.progress(f"{desk.name}: the pipeline in twenty lines")
    nearest = twenty_lines(desk.name, documents, work)
    theirs = [_theirs(nearest, case) for case in asked]
    slices = {"all": list(range(len(cases)))}
    for place, case in enumerate(asked):
        slices.setdefault(case.kind, []).append(place)
    for kind, places in slices.items():
        keys = tuple(asked[place].key for place in places)
        for system, outcomes in ((VOZ, ours), (TWENTY_LINES, theirs)):
            chosen = [outcomes[place] for place in places]
            yield from _values(f"{desk.name} {kind}", system, keys, chosen)


def _values(
    name: str, system: str, keys: tuple[str, ...], chosen: Sequence[Outcome]
) -> Iterator[Values]:
    for place, measure in enumerate(MEASURES):
        better = measure != OVER_REFUSAL.name
        yield Values(name, system, measure, tuple(one[place] for one in chosen), keys, better)


def _ours(assistant: Assistant, case: Case) -> Outcome:
    answer = assistant.ask(case.question, LOCAL_VIEWER, case.history)
    found = assistant.search(case.question, LOCAL_VIEWER, case.history, top_k=FOUND)
    ranked = distinct([c.stored.chunk.document for c in found.chunks], SHOWN)
    cited = [s.citations[0].document for s in answer.statements]
    ranked = distinct([*cited[:1], *ranked], SHOWN)
    return _outcome(case, ranked, shown(answer), did(answer))


def _theirs(nearest: Nearest, case: Case) -> Outcome:
    found = nearest(case.question, 5 * SHOWN)
    ranked = distinct([name for name, _, _ in found], SHOWN)
    return _outcome(case, ranked, " ".join(text for _, text, _ in found[:SHOWN]), "answer")


def _outcome(case: Case, ranked: Sequence[str], text: str, done: Did) -> Outcome:
    grades = dict.fromkeys(case.relevant, 1)
    return (
        success(ranked, grades, 1),
        success(ranked, grades, SHOWN),
        fact_shown(text, case.facts),
        over_refused(done),
    )


_OWN = (
    "The questions are ours, written by people who know the project: no published figure exists, "
    "and other companies' questions may be harder.",
    "fact shown counts everything on screen: on average 2,500 characters of ours, and the four "
    "pieces of at most 1,000 characters of the twenty lines, which are asked the last question "
    "alone, as a tutorial does.",
    "follow-up, as on the page: with our own answers before it, as agents have them. new subject: "
    "a question that needs no conversation, behind one about something else; alone: without it.",
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
