"""CLAPnq: long answers, the sentences of a passage that they rest on, and questions without one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from eval.benchmarks import answering
from eval.benchmarks.models import Benchmark
from eval.benchmarks.ranking import chosen, measured, systems_of
from eval.cases import Case, LabelledSet
from eval.corpora.reading import plain_document, rows, whole
from eval.measures.matching import normalised
from eval.scores import Measured, Values
from eval.work import Work

MEASURES = ("Success@1", "Success@5", "nDCG@10", "RR@10")
NAME = "clapnq"


@dataclass(frozen=True)
class Asked:
    """Questions, and of each answerable one the sentences that its answers rest on."""

    answerable: LabelledSet
    unanswerable: LabelledSet
    sentences: dict[str, frozenset[str]]


def clapnq(data: Path) -> Asked:
    """The set; an unanswerable question is unanswerable from its own passage."""
    path = data / "clapnq" / "passages.jsonl"
    documents = tuple(
        plain_document(p["id"], p["title"], p["text"], "en")
        for p in rows(path, "id", "title", "text")
    )
    asked = rows(
        data / "clapnq" / "questions.jsonl",
        *("id", "question", "passage_id", "answerable", "answers[].selected_sentences"),
    )

    def of(answerable: bool, name: str) -> LabelledSet:
        cases = tuple(
            Case(q["id"], q["question"], "en", frozenset({q["passage_id"]}))
            for q in asked
            if q["answerable"] == answerable
        )
        return whole(LabelledSet(name, NAME, documents, cases), path)

    sentences = {
        q["id"]: frozenset(one for a in q["answers"] for one in a["selected_sentences"])
        for q in asked
    }
    return Asked(of(True, NAME), of(False, f"{NAME} unanswerable"), sentences)


def _measure(work: Work) -> Iterator[Measured]:
    asked = clapnq(work.data)
    yes, no = (
        replace(one, cases=chosen(one.cases, work))
        for one in (asked.answerable, asked.unanswerable)
    )
    if not yes.cases:
        return
    with systems_of([yes], work) as systems:
        yield from measured(yes, systems.ranks, MEASURES, work)
        work.progress(f"clapnq: answers to {len(yes.cases)} and {len(no.cases)} questions")
        told, told_no = (answering.answers(systems, one.cases) for one in (yes, no))
        keys = tuple(case.key for case in yes.cases)
        for system, all_shown in told.items():
            pairs = [
                (share(one.text, asked.sentences[c.id]), density(one.text, asked.sentences[c.id]))
                for c, one in zip(yes.cases, all_shown, strict=True)
            ]
            found, dense = (tuple(one[i] for one in pairs) for i in (0, 1))
            yield Values(NAME, system, "gold sentences shown", found, keys)
            yield Values(NAME, system, "gold share of what is shown", dense, keys)
            refused = tuple(float(one.refused) for one in all_shown)
            yield Values(NAME, system, "over_refusal", refused, keys, higher_is_better=False)
        yield from answering.lengths(yes, told)
        yield from answering.abstention(NAME, yes.cases, told, no.cases, told_no)


def share(shown: str, sentences: frozenset[str]) -> float | None:
    """Which share of the sentences is in what is shown; `None` without any."""
    if not sentences:
        return None
    text = normalised(shown)
    return sum(normalised(one) in text for one in sentences) / len(sentences)


def density(shown: str, sentences: frozenset[str]) -> float | None:
    """Which share of the characters shown is of such sentences; `None` where nothing is shown."""
    text = normalised(shown)
    if not text or not sentences:
        return None
    inside = [one for s in sentences if (one := normalised(s)) in text]
    return min(1.0, sum(map(len, inside)) / len(text))


CLAPNQ = Benchmark(
    name=NAME,
    about="find the passage of a long answer and the sentences it rests on; refuse the others",
    files=("clapnq/passages.jsonl", "clapnq/questions.jsonl"),
    measure=_measure,
    not_comparable=(
        "No published figure was read where it was published, so none is shown. Published "
        "retrieval is over a far larger collection, and published answers are written by models "
        "and scored against references; ours quotes, over 597 passages.",
        "An unanswerable question is unanswerable from its own passage; another of the 597 may "
        "answer it.",
    ),
)
