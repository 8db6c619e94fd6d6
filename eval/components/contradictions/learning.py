"""Learn what `knowledge.conflicts.likeness` weighs, from half ``fit`` of what is planted.

Two logistic models, one of quantities and one of obligations. Harmless are the look-alikes and,
until somebody says otherwise, what differs in the documents as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.components.contradictions.measuring import Bench, Outcome, key_of, verdicts
from eval.fitting.logistic import fitted
from eval.halves import half
from eval.planting.planted import Planted, family
from eval.work import Work
from knowledge.conflicts.contradictions import Contradiction, contradictions
from knowledge.conflicts.likeness import OBLIGATION_WEIGHTS, QUANTITY_WEIGHTS

POSITIVE_SHARE = 0.35
"""Weight of all contradictions together, that of all harmless pairs being 1."""
ACROSS = 2.0
"""How often a contradiction across languages counts: of those, fewer were found at one bar, and
what is reported was right more often. This share, the one above and the penalty were chosen by
cross-validation over five parts of half ``fit``, by document: precision had to stay above 0.85."""
_L2 = 4.0


def learn(work: Work) -> dict[str, dict[str, float]]:
    """Weights of quantities and of obligations, by the names of `knowledge.conflicts.likeness`."""
    bench, found_in = _taught(work)
    outcomes = list(found_in)
    work.progress(f"as they are: {len(bench.collection)} sentences")
    natural = [c for c in contradictions(bench.collection, reported_from=0.0) if _of_fit(c)]
    learned = {}
    for name, weights, of_obligation in (
        ("quantity", QUANTITY_WEIGHTS, False),
        ("obligation", OBLIGATION_WEIGHTS, True),
    ):
        found, real = _labelled(outcomes, natural, of_obligation=of_obligation)
        n_real, n_harmless = int(real.sum()), int((~real).sum())
        work.progress(f"{name}: {n_real} contradictions, {n_harmless} harmless pairs")
        learned[name] = _logistic(found, real, [n for n in weights if n != "bias"])
    return learned


def missed(work: Work) -> Iterator[dict[str, Any]]:
    """What goes wrong on half ``fit``: contradictions that are not found, and false alarms.

    The other half is never listed, so that nothing is tuned on it.
    """
    yield from wrong(_taught(work)[1])


def _taught(work: Work) -> tuple[Bench, Iterator[Outcome]]:
    """The documents, and what is found for the cases of half ``fit``, however unsure."""
    bench = Bench.open(work)
    cases = [case for case in bench.planted() if case.half == "fit"]
    work.progress(f"planted (fit): {len(cases)} documents")
    return bench, bench.outcomes(cases, work.embedder, reported_from=0.0)


def wrong(outcomes: Iterable[Outcome]) -> Iterator[dict[str, Any]]:
    """What goes wrong among outcomes, each with the surest finding, however unsure."""
    for outcome in outcomes:
        planted = outcome.planted
        if planted.contradicts and not outcome.found:
            yield _described("missed", planted, outcome.against)
        elif outcome.alarm:
            yield _described("false alarm", planted, outcome.elsewhere or outcome.against)


def _described(how: str, planted: Planted, found: Sequence[Contradiction]) -> dict[str, Any]:
    """A planted sentence, and the surest of what it was found to differ from, if anything."""
    surest = max(found, key=lambda c: c.score, default=None)
    return {
        "wrong": how,
        "id": planted.id,
        "how": planted.how,
        "what": planted.what,
        "languages": planted.languages,
        "planted": planted.sentence,
        "original": planted.replaced,
        "surest": surest and surest.second.text,
        "reason": surest and surest.reason("en"),
        "score": surest and surest.score,
        "alike": surest and asdict(surest.alike),
    }


def _of_fit(found: Contradiction) -> bool:
    documents = (found.first.document, found.second.document)
    return all(half(family(document)) == "fit" for document in documents)


def _labelled(
    outcomes: Iterable[Outcome], natural: Iterable[Contradiction], *, of_obligation: bool
) -> tuple[list[Contradiction], NDArray[np.bool_]]:
    """Findings of one kind, and which of them are real.

    What else a planted contradiction is reported against in its own document may be real too, so
    it is left out.
    """
    judged = verdicts()
    labelled: list[tuple[Contradiction, bool]] = []
    for outcome in outcomes:
        contradicts = outcome.planted.contradicts
        against = [c for c in outcome.against if c.of_obligation == of_obligation]
        wanted = outcome.planted.what == ("obligation" if of_obligation else "quantity")
        if not contradicts:
            labelled += [(c, False) for c in against]
        elif wanted and against:
            labelled.append((max(against, key=_nearest), True))
        labelled += [(c, False) for c in outcome.elsewhere if c.of_obligation == of_obligation]
    labelled += [
        (c, judged.get(key_of(c), False)) for c in natural if c.of_obligation == of_obligation
    ]
    return [c for c, _ in labelled], np.array([real for _, real in labelled], dtype=np.bool_)


def _nearest(found: Contradiction) -> float:
    """The original among what a planted sentence is reported against, whatever the weights."""
    return found.alike.common + found.alike.margin / 10


def _logistic(
    found: Sequence[Contradiction], real: NDArray[np.bool_], names: Sequence[str]
) -> dict[str, float]:
    """Weights of standardised likenesses with a small L2 penalty, given back for the plain ones."""
    x = np.array([[float(getattr(c.alike, name)) for name in names] for c in found])
    middle, spread = x.mean(axis=0), x.std(axis=0) + 1e-9
    counts = np.where(real, POSITIVE_SHARE * (~real).sum() / max(real.sum(), 1), 1.0)
    counts[real & np.array([c.alike.across > 0 for c in found])] *= ACROSS
    best, bias = fitted((x - middle) / spread, real, counts, l2=_L2)
    weights = best / spread
    return {
        **dict(zip(names, weights.round(2).tolist(), strict=True)),
        "bias": round(float(bias - weights @ middle), 2),
    }
