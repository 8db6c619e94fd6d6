"""MTRAG: questions inside conversations, as asked and as people rewrote them to stand alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from assistant.bootstrap import LOCAL_VIEWER
from assistant.contact.listening import Listener
from assistant.models import Turn
from eval.benchmarks import answering
from eval.benchmarks.models import Benchmark, Published
from eval.benchmarks.ranking import by_corpus, chosen, measured, systems_of
from eval.benchmarks.systems import Rank, Systems
from eval.cases import Case, LabelledSet
from eval.components.contacts.measuring import ranked
from eval.corpora.public import TURNS, mtrag, mtrag_last_turns, turns_of
from eval.corpora.reading import rows
from eval.scores import Measured
from eval.work import Work

MEASURES = ("R@5", "nDCG@5", "R@10")
HEARD = "voz, listening"
"""Ours as it follows a contact: what the conversation is about is taken from its turns."""
_PAPER = "MTRAG (TACL 2025, doi 10.1162/TACL.a.19)"
_CORPUS = "366,000 passages to search; ours are the 1,712 that some question refers to"


def _measure(work: Work) -> Iterator[Measured]:
    sets = chain(mtrag(work.data), mtrag_last_turns(work.data))
    for _, slices in by_corpus(sets, work):
        if not slices:
            continue
        with systems_of(slices, work) as systems:
            for labelled in slices:
                ranks = dict(systems.ranks)
                if labelled.name.endswith("conversation"):
                    ranks[HEARD] = _heard(Listener(systems.assistant))
                yield from measured(labelled, ranks, MEASURES, work)
            yield from _abstention(systems, work)


def _heard(listener: Listener) -> Rank:
    def rank(case: Case, k: int) -> list[str]:
        turns = (*case.history, Turn("customer", case.question))
        return ranked(listener.look(turns, LOCAL_VIEWER))[:k]

    return rank


def _abstention(systems: Systems, work: Work) -> Iterator[Measured]:
    every = {kind: chosen(tasks(work.data, kind), work) for kind in ("answerable", "unanswerable")}
    yes, no = every["answerable"], every["unanswerable"]
    if not yes or not no:
        return
    name = "mtrag answerability"
    work.progress(f"{name}: {len(yes)} and {len(no)} questions")
    told, told_no = (answering.answers(systems, cases) for cases in (yes, no))
    labelled = LabelledSet(name, "mtrag", (), yes)
    yield from (one for one in answering.facts(labelled, told) if one.measure == "over_refusal")
    yield from answering.abstention(name, yes, told, no, told_no)


def tasks(data: Path, answerability: str) -> tuple[Case, ...]:
    """The questions of conversations that the whole collection answers, or does not.

    Of the answerable ones those whose passages are all there.
    """
    found = rows(
        data / "mtrag" / "tasks.jsonl",
        *("id", "conversation_id", "answerability", "relevant_in_corpus", "relevant_ids", *TURNS),
    )
    return tuple(
        Case(
            id=row["id"],
            question=turns[-1].text,
            language="en",
            relevant=frozenset(row["relevant_ids"]),
            history=turns[:-1],
            group=row["conversation_id"],
        )
        for row in found
        if row["answerability"] == answerability
        and (answerability == "unanswerable" or row["relevant_in_corpus"])
        and (turns := turns_of(row["turns"]))
    )


def _published() -> Iterator[Published]:
    for system, last, rewrite in (
        ("BM25", (0.20, 0.18), (0.25, 0.22)),
        ("BGE-base 1.5", (0.30, 0.27), (0.37, 0.34)),
        ("Elser", (0.49, 0.45), (0.52, 0.48)),
    ):
        for name, (recall, ndcg) in (("last turn", last), ("rewrite", rewrite)):
            yield Published(system, f"mtrag {name}", "R@5", recall, _PAPER, _CORPUS)
            yield Published(system, f"mtrag {name}", "nDCG@5", ndcg, _PAPER, _CORPUS)


MTRAG = Benchmark(
    name="mtrag",
    about="questions inside conversations: alone, behind them, rewritten; and when not to answer",
    files=("mtrag/corpus.jsonl", "mtrag/retrieval.jsonl", "mtrag/tasks.jsonl"),
    measure=_measure,
    published=tuple(_published()),
    not_comparable=(
        "The collection here is 1,712 passages of the original 366,000, so every system finds far "
        "more: only differences within this run mean anything, such as last turn against rewrite.",
        "Unanswerable questions were unanswerable from the original collection; here, where most "
        "of it is missing, they still are. The benchmark's answer scores (RB_alg, RL_F) judge what "
        "a chat model writes and are not measured.",
        "Not every relevant passage was labelled, so all numbers are a little too low.",
    ),
)
