"""`voz eval retrieval`: is the right document found? Ours, each of its parts, and the baselines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval import datasets
from eval.baselines import Rank, TwentyLines, assistant_rank, dense_only, plain_bm25
from eval.cases import Case, LabelledSet
from eval.metrics import mean, recall_at_k, standard_error, success_at_k
from eval.stores import assistant_over
from knowledge.ports import Embedder
from knowledge.register import Register
from knowledge.search.indexes import Indexes
from knowledge.settings import Settings

Measure = Callable[[Sequence[str], frozenset[str]], float | None]
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Score:
    """One measure of one system on one set.

    Attributes:
        value: mean over the cases, 0 to 1; `None` when it applies to none.
        error: its standard error.
    """

    set: str
    system: str
    measure: str
    n: int
    value: float | None
    error: float | None


MEASURES: dict[str, dict[str, Measure]] = {
    "xquad": {"success@1": lambda r, g: success_at_k(r, g, 1)},
    "squad_es": {"success@5": lambda r, g: success_at_k(r, g, 5)},
    "faq_tax": {"success@3": lambda r, g: success_at_k(r, g, 3)},
    "mtrag": {"recall@5": lambda r, g: recall_at_k(r, g, 5)},
    "tau_banking": {"recall@10": lambda r, g: recall_at_k(r, g, 10)},
}
DEPTH = 10


def evaluate(
    names: Sequence[str],
    data: Path,
    embedder: Embedder,
    settings: Settings,
    *,
    limit: int | None = None,
    twenty_lines: bool = True,
    progress: Progress = lambda line: None,
) -> Iterator[Score]:
    """Scores of every system on each slice of the named sets, as they come."""
    for labelled in datasets.load(list(names), data, limit=limit):
        if labelled.name.endswith("unanswerable"):
            continue
        measures = MEASURES[labelled.name.split()[0]]
        yield from _evaluate_set(
            labelled, measures, embedder, settings, twenty_lines=twenty_lines, progress=progress
        )


def _evaluate_set(
    labelled: LabelledSet,
    measures: dict[str, Measure],
    embedder: Embedder,
    settings: Settings,
    *,
    twenty_lines: bool,
    progress: Progress,
) -> Iterator[Score]:
    own = settings.apart("eval", labelled.corpus)
    with assistant_over(labelled.corpus, labelled.documents, embedder, settings) as assistant:
        register = Register.open(own)
        try:
            systems: dict[str, Rank] = {
                "voz": assistant_rank(assistant),
                "dense only": dense_only(register, Indexes(register, own), embedder),
                "plain bm25": plain_bm25(labelled.documents),
            }
            if twenty_lines:
                baseline = TwentyLines(labelled.documents, embedder, own.data_dir / "twenty-lines")
                systems["twenty lines"] = baseline.rank
            for system, rank in systems.items():
                progress(f"{labelled.name}: {system}, {len(labelled.cases)} questions")
                yield from _measured(labelled.name, system, rank, labelled.cases, measures)
        finally:
            register.close()


def _measured(
    name: str, system: str, rank: Rank, cases: Sequence[Case], measures: dict[str, Measure]
) -> Iterator[Score]:
    ranked = [(rank(case, DEPTH), case.relevant) for case in cases]
    for measure, function in measures.items():
        values = [function(found, relevant) for found, relevant in ranked]
        yield Score(name, system, measure, len(values), mean(values), standard_error(values))
