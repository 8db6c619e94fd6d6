"""tau-Banking: the documents that a bank's customer case needs, from the brief of the case."""

from __future__ import annotations

from collections.abc import Iterator

from eval.benchmarks.models import Benchmark, Published
from eval.benchmarks.ranking import evaluate
from eval.corpora.public import tau_banking
from eval.scores import Measured
from eval.work import Work

MEASURES = ("R@10", "Success@5", "nDCG@10")
_PAPER = "tau-Knowledge (arXiv 2603.04370)"
_BOARD = "tau-Banking leaderboard, August 2026"
_AGENT = "share of cases that an agent with a chat model finishes, not of documents found"


def _measure(work: Work) -> Iterator[Measured]:
    yield from evaluate(tau_banking(work.data), MEASURES, work)


TAU_BANKING = Benchmark(
    name="tau_banking",
    about="find the documents that a bank's customer case needs, from its brief",
    files=("tau_banking/documents.jsonl", "tau_banking/tasks.jsonl"),
    measure=_measure,
    published=(
        Published("best of the paper", "", "pass^1", 0.255, _PAPER, _AGENT, read="secondary"),
        Published(
            "the same, given the right documents",
            "",
            "pass^1",
            0.397,
            _PAPER,
            _AGENT,
            read="secondary",
        ),
        Published("best, BM25 + dense + shell", "", "pass^1", 0.552, _BOARD, _AGENT),
        Published("best with embeddings alone", "", "pass^1", 0.312, _BOARD, _AGENT),
        Published("worst with embeddings alone", "", "pass^1", 0.098, _BOARD, _AGENT),
    ),
    not_comparable=(
        "No published figure counts the documents found. pass^1 is whether an agent finished the "
        "case with tools and a simulated customer; ours only searches, once, with the whole brief "
        "as the question. An agent searches as it goes on, with what it learns.",
        "The required documents of a case are those needed to finish it, not all that are "
        "relevant: precision is not measured.",
        "Weights of the search were chosen looking at all 53 cases.",
    ),
)
