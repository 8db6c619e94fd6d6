"""Groundedness: is an answer supported by its source? Beside what people judged.

BEGIN and FaithBench (``groundedness``) and the rated answers of MTRAG. The twenty lines have no
check; what they have is the cosine similarity of an answer and its source, by the same model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.support.check import SupportCheck
from eval.benchmarks.models import TWENTY_LINES, Benchmark, Published
from eval.benchmarks.systems import AsEmbeddings
from eval.scores import VOZ, Measured, Score, values_of
from eval.statistics.means import mean
from eval.statistics.resampling import Places, bootstrap_error
from eval.statistics.telling import auroc
from eval.support_answers import Answer, answers, in_half, k_precision, supported
from eval.work import Work
from knowledge.ports import Embedder

Array = NDArray[np.float64]

SETS = ("begin", "faithbench", "mtrag human")
RESAMPLES = 300
_FILE = "MTRAG, released file of ratings, 300 answers of two models"
_FEWER = "other answers of the same kind: 300 of two models, with their reference passages"


def _measure(work: Work) -> Iterator[Measured]:
    every = list(answers(work.data))
    for name in SETS:
        work.progress(f"{name}: judged answers")
        yield from agreement(name, every, work.half, work.embedder)


def agreement(
    name: str, every: Sequence[Answer], which: str, embedder: Embedder | None = None
) -> Iterator[Measured]:
    """Each system on one set; what it flags is decided by a threshold chosen on half ``fit``.

    Args:
        name: of `SETS`.
        every: the judged answers of all sets.
        which: ``fit``, ``report`` or ``all``.
        embedder: of the twenty lines, which are left out without it.
    """
    own = [one for one in every if one.set == name and in_half(one, which)]
    taught_by = "begin" if name == "faithbench" else name
    taught = [one for one in every if one.set == taught_by and in_half(one, "fit")]
    check = SupportCheck()
    systems: dict[str, Callable[[Answer], float]] = {
        VOZ: lambda answer: supported(answer, check),
        "k-precision": k_precision,
    }
    if embedder is not None:
        systems[TWENTY_LINES] = _cosine([*own, *taught], embedder)
    for system, score in systems.items():
        bar = _threshold([score(one) for one in taught], [one.good for one in taught])
        yield from _scores(name, system, own, np.array([score(one) for one in own]), bar)


def _cosine(some: Sequence[Answer], embedder: Embedder) -> Callable[[Answer], float]:
    """Cosine similarity of an answer and the nearest of its passages."""
    texts = sorted({t for a in some for t in (a.text, *(one.text for one in a.evidence))})
    vectors = np.array(AsEmbeddings(embedder).embed_documents(texts))
    of = dict(zip(texts, vectors, strict=True))
    return lambda answer: max(float(of[answer.text] @ of[one.text]) for one in answer.evidence)


def _scores(
    name: str, system: str, own: Sequence[Answer], values: Array, bar: float
) -> Iterator[Measured]:
    good = np.array([one.good for one in own])
    rated = np.array([one.faithful for one in own])
    keys = [one.key for one in own]
    yield _resampled(name, system, "AUROC", lambda i: _auroc(values[i], good[i]), keys)
    yield _resampled(name, system, "Spearman", lambda i: _spearman(values[i], rated[i]), keys)
    judged = list(zip((values < bar).tolist(), good.tolist(), keys, strict=True))
    hits = ((not ok, key) for flagged, ok, key in judged if flagged)
    yield values_of(name, "precision", hits, system=system)
    caught = [(flagged, key) for flagged, ok, key in judged if not ok]
    yield values_of(name, "recall", caught, system=system)
    passed = [float(not flagged) for flagged, ok, _ in judged if ok]
    sides = mean([float(flagged) for flagged, _ in caught]), mean(passed)
    balanced = None if None in sides else mean(sides)
    yield Score(name, system, "balanced accuracy", len(own), balanced, None)


def _threshold(values: Sequence[float], good: Sequence[bool]) -> float:
    """The bar of the best balanced accuracy."""
    scores, labels = np.array(values), np.array(good)

    def balanced(bar: float) -> float:
        return float(((scores >= bar)[labels]).mean() + ((scores < bar)[~labels]).mean())

    return max(sorted(set(values)), key=balanced)


def _auroc(values: Array, good: NDArray[np.bool_]) -> float | None:
    return auroc(values[good].tolist(), values[~good].tolist())


def _spearman(values: Array, rated: Array) -> float | None:
    from scipy.stats import spearmanr

    if len(set(values.tolist())) < 2 or len(set(rated.tolist())) < 2:
        return None
    return float(spearmanr(values, rated).statistic)


def _resampled(
    name: str, system: str, measure: str, of: Callable[[Places], float | None], keys: Sequence[str]
) -> Score:
    """A measure with its bootstrap standard error; answers to one source hang together."""
    error = bootstrap_error(of, keys, times=RESAMPLES)
    return Score(name, system, measure, len(keys), of(np.arange(len(keys))), error)


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
