"""How far graders agree with people about whole answers; their thresholds are taught on ``fit``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from assistant.support.check import SupportCheck
from eval.components.support.answers import Answer, in_half, k_precision, supported
from eval.scores import VOZ, Measured, Score, values_of
from eval.statistics.means import mean
from eval.statistics.resampling import Places, bootstrap_error
from eval.statistics.telling import auroc

Array = NDArray[np.float64]
Grader = Callable[[Answer], float]
"""How far an answer is supported; higher is more."""

SETS = ("begin", "faithbench", "mtrag human")
RESAMPLES = 300


def chosen(name: str, every: Sequence[Answer], which: str) -> tuple[list[Answer], list[Answer]]:
    """The answers of a half, and those that a threshold is taught with.

    Args:
        name: of `SETS`.
        every: the judged answers of all sets.
        which: ``fit``, ``report`` or ``all``.
    """
    own = [one for one in every if one.set == name and in_half(one, which)]
    taught_by = "begin" if name == "faithbench" else name
    return own, [one for one in every if one.set == taught_by and in_half(one, "fit")]


def agreement(
    name: str,
    every: Sequence[Answer],
    which: str,
    others: Mapping[str, Grader] = MappingProxyType({}),
) -> Iterator[Measured]:
    """Our check, the lexical baseline and other graders on one set.

    Args:
        name: of `SETS`.
        every: the judged answers of all sets.
        which: ``fit``, ``report`` or ``all``.
        others: further graders by name.
    """
    own, taught = chosen(name, every, which)
    check = SupportCheck()
    graders: dict[str, Grader] = {
        VOZ: lambda answer: supported(answer, check),
        "k-precision": k_precision,
        **others,
    }
    for system, grade in graders.items():
        bar = _threshold([grade(one) for one in taught], [one.good for one in taught])
        yield from _scores(name, system, own, np.array([grade(one) for one in own]), bar)


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
