"""Learn what `assistant.support.scoring` weighs, from half ``fit``.

From `pairs`, and within one language from the `answers` of BEGIN too. FaithBench and the other half
teach nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from assistant.support import scoring
from assistant.support.check import Compared, SupportCheck
from assistant.support.scoring import FEATURES
from eval.components.support.answers import answers, in_half
from eval.components.support.pairs import pairs
from eval.fitting.logistic import Array, balanced, fitted
from eval.work import Work
from knowledge.text import sentence_spans

AGAINST = frozenset((*scoring.AGAINST, "broken"))
"""Features that can only speak against support; the others only for it."""
FIRM: Mapping[str, Mapping[str, float]] = {
    "within": {"missing_figures": -4.0, "missing_names": -4.0},
    "again": {"missing_figures": -4.0, "missing_names": -4.0},
    "across": {"missing_figures": -4.0, "missing_names": -2.6},
}
"""Not learned: what no source has is not supported, however much else is. Few pairs add a figure or
a name, and people's chats are full of names that nobody minded."""
BEGIN = "begin"
BEGIN_WEIGHT = 2.0
"""How often an answer of people's chats counts, beside its equal share among the ways of making
pairs."""
_L2 = 1e-3


SAME_WAY: Mapping[str, str] = {
    "recombined": "twisted",
    "condition dropped": "twisted",
    "denied": "contrary by hand",
}
"""Ways of making pairs by hand that are few and count as one."""
UNTAUGHT = frozenset(("fragment", "counted alike", "counted otherwise"))
FEWEST = 5
"""Pairs of a kind that teach how much vectors weigh."""

_Taught = tuple[Compared, bool, str]


def learn(work: Work) -> dict[str, dict[str, float]]:
    """Weights within one language, again with vectors, and across, by `scoring.Features`.

    What vectors weigh within one language is learned from what words alone cannot tell; not from
    what is twisted or obliges otherwise, which vectors do not see.
    """
    found = [*_of_pairs(work), *_of_answers(work.data)]
    within = [(_by_words(c), good, kind) for c, good, kind in found if not c.across]
    again = [
        (c, good, kind)
        for c, good, kind in found
        if c.looked_again and kind not in ("twisted", "obligation")
    ]
    many = Counter(kind for _, _, kind in again)
    sets: dict[str, list[_Taught]] = {
        "within": within,
        "again": [one for one in again if many[one[2]] >= FEWEST],
        "across": [one for one in found if one[0].across],
    }
    learned = {}
    for name, chosen in sets.items():
        work.progress(f"{name}: {len(chosen)} statements")
        rows = np.array([[getattr(c.features, f) for f in FEATURES] for c, _, _ in chosen])
        faithful = np.array([good for _, good, _ in chosen], dtype=np.bool_)
        learned[name] = weights_of(rows, faithful, [k for _, _, k in chosen], FIRM[name])
    return learned


def _of_pairs(work: Work) -> Iterator[_Taught]:
    check = SupportCheck(work.embedder)
    for pair in pairs(work):
        if pair.half == "fit" and pair.kind not in UNTAUGHT:
            (one,) = check.compare_all([pair.statement], pair.evidence, pair.language)
            if isinstance(one, Compared):
                yield one, pair.faithful, SAME_WAY.get(pair.kind, pair.kind)


def _of_answers(data: Path) -> Iterator[_Taught]:
    check = SupportCheck()
    for answer in answers(data):
        if answer.set == BEGIN and in_half(answer, "fit"):
            texts = [answer.text[a:b] for a, b in sentence_spans(answer.text)]
            for one in check.compare_all(texts, answer.evidence, "en"):
                if isinstance(one, Compared):
                    yield one, answer.good, BEGIN


def _by_words(one: Compared) -> Compared:
    return replace(one, features=replace(one.features, cosine=0.0), looked_again=False)


def weights_of(
    rows: Array,
    faithful: NDArray[np.bool_],
    kinds: Sequence[str],
    firm: Mapping[str, float] = MappingProxyType({}),
) -> dict[str, float]:
    """Logistic regression in which no feature may speak against its own meaning.

    Args:
        rows: ``(n, len(FEATURES))``.
        faithful: ``(n,)``.
        kinds: how each was made; on either side, all kinds weigh the same.
        firm: greatest weights of some features, below 0.
    """
    scale = rows.std(axis=0) + 1e-6
    weight = balanced(faithful, kinds)
    weight[np.array(kinds) == BEGIN] *= BEGIN_WEIGHT
    bounds = [
        (None, firm.get(name, 0.0) * size) if name in AGAINST else (0, None)
        for name, size in zip(FEATURES, scale.tolist(), strict=True)
    ]
    best, bias = fitted(rows / scale, faithful, weight, l2=_L2, bounds=bounds)
    found = dict(zip(FEATURES, (best / scale).round(3).tolist(), strict=True))
    return {**found, "bias": round(bias, 3)}
