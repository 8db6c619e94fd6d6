"""SQuAD-es: Spanish questions over passages, half of which the nearest passage does not answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from eval.benchmarks import answering
from eval.benchmarks.models import Benchmark, Published
from eval.benchmarks.ranking import chosen, measured, systems_of
from eval.corpora.public import squad_es
from eval.scores import Measured
from eval.work import Work

MEASURES = ("Success@1", "Success@5", "nDCG@10", "RR@10")
_PARSED = "NoMIRACL (arXiv 2312.11361), released outputs for Spanish, parsed by us"
_OTHER = "other questions and passages; a chat model answers"


def _measure(work: Work) -> Iterator[Measured]:
    yes, no = (replace(s, cases=chosen(s.cases, work)) for s in squad_es(work.data))
    if not yes.cases:
        return
    with systems_of([yes], work) as systems:
        yield from measured(yes, systems.ranks, MEASURES, work)
        work.progress(f"squad_es: answers to {len(yes.cases)} and {len(no.cases)} questions")
        told, told_no = (answering.answers(systems, one.cases) for one in (yes, no))
        yield from answering.facts(yes, told)
        yield from answering.lengths(yes, told)
        yield from answering.abstention("squad_es near", yes.cases, told, no.cases, told_no)


SQUAD_ES = Benchmark(
    name="squad_es",
    about="Spanish passages, and questions that the nearest passage does not answer",
    files=("squad_es/passages.jsonl", "squad_es/questions.jsonl"),
    measure=_measure,
    published=tuple(
        Published(
            system, "squad_es near", "balanced_abstention_error", value, _PARSED, _OTHER, read="own"
        )
        for system, value in (("GPT-4", 0.168), ("Mixtral-8x7B", 0.140), ("GPT-3.5-turbo", 0.220))
    ),
    not_comparable=(
        "No published figure for retrieval over these passages was found; F1 and exact match of "
        "models that cut out the shortest answer are another task.",
        "Questions and answers are machine translated, and an unanswerable one is so from its own "
        "passage only: another of the 1,192 may answer it.",
        "fact said first sets our first statement, mostly a sentence, beside a whole first piece "
        "of up to 1,000 characters.",
        "NoMIRACL's error is the same formula over other questions, whose passages were found by a "
        "search and are mostly far; here they are near.",
    ),
)
