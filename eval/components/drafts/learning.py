"""Learn what `assistant.drafting.claims` tells, from half ``fit`` of the labelled drafts.

How sure it is to be about drafts of other scenarios is found by leaving scenarios out in turn: what
is told of their pairs and clauses comes from trees that saw none of them. All is learned twice,
with and without what the bundled model tells of figures: another may embed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.drafting.claims import FIGURE_FEATURES, Learned, Way, described
from assistant.drafting.facts import MEANINGS, UNTOLD
from assistant.drafting.trees import Trees
from eval.components.drafts.clauses import LATER
from eval.components.drafts.examples import Example, examples
from eval.fitting.boosted import Boosting, boosted
from eval.fitting.logistic import Array
from eval.work import Work
from knowledge.models import LANGUAGES

FOLDS = 6
ROUNDS = 2
HOW = Boosting()
PRECISION = 0.85
CLEAN_MARKED = 0.05
"""Least precision of marks, and greatest share of clean drafts marked, in scenarios left out: of
drafts that were written when what is told of a clause was there (`LATER`)."""


def learn(work: Work) -> dict[str, Any]:
    """What is shipped in ``assistant/drafting/claims.json``."""
    found = list(examples(work))
    wrong = np.array([one.wrong for one in found])
    later = np.array([one.case.scenario.endswith(LATER) for one in found])
    rounds = [_folds([one.case.scenario for one in found], seed) for seed in range(ROUNDS)]
    every = [_left_out_rows(found, folds) for folds in rounds]
    ways = []
    for name, rows in (("words", [*map(_by_words, every)]), ("meaning", every)):
        pairs = zip(rows, rounds, strict=True)
        sure = np.mean([_left_out(own, wrong, folds) for own, folds in pairs], axis=0)
        bar = threshold([one for one, late in zip(found, later, strict=True) if late], sure[later])
        for language in (None, *LANGUAGES):
            line = told(found, sure, bar, language)
            work.progress(f"scenarios left out, by {name}, {language or 'all'}: {line}")
        ways.append(Way(boosted(rows[0], wrong, HOW), round(bar, 3)))
    otherwise, likewise = (_pair_trees(found, kind) for kind in (True, False))
    return Learned(otherwise, likewise, *ways).to_json()


def _left_out(rows: Array, wrong: NDArray[np.bool_], folds: NDArray[np.int64]) -> Array:
    """``(n,)`` that each clause is wrong, by trees that saw nothing of its scenario."""
    sure = np.zeros(len(rows))
    for fold in range(FOLDS):
        out = folds == fold
        sure[out] = boosted(rows[~out], wrong[~out], HOW).probabilities(rows[out])
    return sure


def _left_out_rows(found: Sequence[Example], folds: NDArray[np.int64]) -> Array:
    """``(n, k)`` clauses in numbers, by trees of pairs that saw nothing of their scenarios."""
    pairs: list[list[Array]] = []
    for kind in (True, False):
        told_of: list[Array] = [np.empty(0)] * len(found)
        for fold in range(FOLDS):
            trees = _pair_trees([found[at] for at in np.flatnonzero(folds != fold).tolist()], kind)
            for at in np.flatnonzero(folds == fold).tolist():
                told_of[at] = trees.probabilities(found[at].claim.paired.rows)
        pairs.append(told_of)
    return np.array([described(one.claim, *each) for one, *each in zip(found, *pairs, strict=True)])


def _by_words(rows: Array) -> Array:
    """Clauses in numbers without what figures mean."""
    first = rows.shape[1] - len(FIGURE_FEATURES)
    without = rows.copy()
    without[:, [first + FIGURE_FEATURES.index(name) for name in MEANINGS]] = UNTOLD
    return without


def _folds(scenarios: Sequence[str], seed: int) -> NDArray[np.int64]:
    names = sorted(set(scenarios))
    order = np.random.default_rng(seed).permutation(len(names))
    fold_of = {name: int(place) % FOLDS for name, place in zip(names, order, strict=True)}
    return np.array([fold_of[name] for name in scenarios])


def _pair_trees(found: Sequence[Example], wrong: bool) -> Trees:
    """Of pairs: that the line is behind a clause that is wrong, or one that is right.

    Of which line a clause is the contrary is not told of all; those teach nothing of pairs. Nor do
    right clauses teach what says so too, where no line is told to.
    """
    taught = [one for one in found if one.behind.any() or (wrong and not one.wrong)]
    rows = np.concatenate([one.claim.paired.rows for one in taught])
    right = np.concatenate([one.behind & (one.wrong == wrong) for one in taught])
    return boosted(rows, right, HOW)


def threshold(found: Sequence[Example], sure: Array) -> float:
    """The lowest probability from which marks are as precise, and clean drafts as rarely marked."""
    wrong = np.array([one.wrong for one in found])
    clean = np.array([not one.case.labels for one in found])
    keys = np.array([one.case.key for one in found])
    drafts = len(set(keys[clean]))
    best = 1.0
    for bar in np.unique(sure)[::-1]:
        marked = sure >= bar
        few = len(set(keys[marked & clean])) <= CLEAN_MARKED * drafts
        if few and wrong[marked].mean() >= PRECISION:
            best = float(bar)
    return best


def told(found: Sequence[Example], sure: Array, bar: float, language: str | None) -> str:
    """Precision, recall and clean drafts marked at a bar, of a language."""
    labels: dict[tuple[str, int], bool] = {}
    marks: list[bool] = []
    clean: dict[str, bool] = {}
    for one, at in _of(found, sure, language):
        for label in one.case.labels:
            if label.kind == "fact":
                met = at >= bar and one.span[0] < label.end and label.start < one.span[1]
                key = one.case.key, label.start
                labels[key] = labels.get(key, False) or met
        if at >= bar:
            marks.append(one.wrong)
        if not one.case.labels:
            clean[one.case.key] = clean.get(one.case.key, False) or at >= bar
    return (
        f"precision {np.mean(marks):.3f} of {len(marks)} marks, recall "
        f"{np.mean(list(labels.values())):.3f} of {len(labels)} labels, "
        f"{sum(clean.values())} of {len(clean)} clean drafts marked"
    )


def _of(
    found: Sequence[Example], sure: Array, language: str | None
) -> Iterator[tuple[Example, float]]:
    for one, at in zip(found, sure, strict=True):
        if language in (None, one.case.language):
            yield one, float(at)
