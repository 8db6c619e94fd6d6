"""Groundedness: is an answer supported by its source? Beside what people judged.

BEGIN and FaithBench (``groundedness``) and the rated answers of MTRAG. The twenty lines have no
check; what they have is the cosine similarity of an answer and its source, by the same model.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from eval.benchmarks.models import TWENTY_LINES, Benchmark, Published
from eval.benchmarks.systems import AsEmbeddings
from eval.components.support.agreement import SETS, Grader, agreement, chosen
from eval.components.support.answers import Answer, answers
from eval.scores import Measured
from eval.work import Work
from knowledge.ports import Embedder

_FILE = "MTRAG, released file of ratings, 300 answers of two models"
_FEWER = "other answers of the same kind: 300 of two models, with their reference passages"


def _measure(work: Work) -> Iterator[Measured]:
    every = list(answers(work.data))
    for name in SETS:
        work.progress(f"{name}: judged answers")
        own, taught = chosen(name, every, work.half)
        cosine = _cosine([*own, *taught], work.embedder)
        yield from agreement(name, every, work.half, {TWENTY_LINES: cosine})


def _cosine(some: Sequence[Answer], embedder: Embedder) -> Grader:
    """Cosine similarity of an answer and the nearest of its passages."""
    texts = sorted({t for a in some for t in (a.text, *(one.text for one in a.evidence))})
    vectors = np.array(AsEmbeddings(embedder).embed_documents(texts))
    of = dict(zip(texts, vectors, strict=True))
    return lambda answer: max(float(of[answer.text] @ of[one.text]) for one in answer.evidence)


def _published() -> Iterator[Published]:
    own = "k-precision against all reference passages"
    figures: tuple[tuple[str, float, float | None, str], ...] = (
        ("k-precision", 0.71, 0.885, own),
        ("RAGAS faithfulness, GPT-4o-mini", 0.637, 0.890, _FILE),
        ("BERT K-Prec", 0.641, None, _FILE),
        ("ROUGE-L with the reference", 0.505, None, _FILE),
    )
    for system, spearman, area, source in figures:
        yield Published(system, "mtrag human", "Spearman", spearman, source, _FEWER, "own")
        if area is not None:
            yield Published(system, "mtrag human", "AUROC", area, source, _FEWER, "own")


GROUNDEDNESS = Benchmark(
    name="groundedness",
    about="is an answer supported by its source, as people judged it",
    files=(
        "groundedness/begin.jsonl",
        "groundedness/faithbench.jsonl",
        "mtrag/corpus.jsonl",
        "mtrag/human_eval.jsonl",
    ),
    measure=_measure,
    published=tuple(_published()),
    not_comparable=(
        "No published figure was found for BEGIN or FaithBench under these labels. Of FaithBench "
        "the answers are taken whose worst label is consistent or unwanted; detectors disagreed on "
        "every one of its items.",
        "AUROC, example F1, span F1 and balanced accuracy of other sets (RAGTruth, AggreFact, "
        "MEMERAG) are not on one scale with these and are left out.",
        "Thresholds of precision, recall and balanced accuracy are chosen on half fit of the same "
        "set (of FaithBench, on BEGIN's), so --half fit or all flatters them. --limit does not "
        "apply: the answers are few and quickly judged.",
    ),
)
