"""Refusal: questions that the documents do not answer, and those that they do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.bootstrap import LOCAL_VIEWER
from eval.benchmarks.models import TWENTY_LINES, Benchmark
from eval.benchmarks.systems import Nearest, twenty_lines
from eval.cases import Case
from eval.components import refusal
from eval.components.catalogue import COMPONENTS
from eval.outcome import Did
from eval.scores import VOZ, Measured
from eval.work import Work


def _measure(work: Work) -> Iterator[Measured]:
    for corpus, assistant, groups in refusal.far(work):
        infos = assistant.documents(LOCAL_VIEWER)
        documents = [d for i in infos if (d := assistant.document(i.name, LOCAL_VIEWER))]
        work.progress(f"{corpus}: the pipeline in twenty lines")
        nearest = twenty_lines(corpus, documents, work)
        for group in groups:
            if not group.cases:
                continue
            work.progress(f"{group.name} over {corpus}: {len(group.cases)} questions")
            yield refusal.rates(corpus, group, VOZ, refusal.answered(assistant, group.cases))
            yield refusal.rates(corpus, group, TWENTY_LINES, _theirs(nearest, group.cases))


def _theirs(nearest: Nearest, cases: Sequence[Case]) -> list[Did]:
    """They answer with whatever piece is nearest."""
    return ["answer" if nearest(case.question, 1) else "abstain" for case in cases]


REFUSAL = Benchmark(
    name="refusal",
    about="questions about something else are refused, and those that the documents answer are not",
    files=COMPONENTS["refusal"].files,
    measure=_measure,
    not_comparable=(
        "The pairs of documents and questions are ours: no published figure is of them. NoMIRACL's "
        "error is printed beside squad_es, whose questions are near and harder to refuse.",
        "The twenty lines show their nearest pieces whatever is asked: they have no way to refuse.",
    ),
)
