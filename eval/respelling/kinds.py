"""The ways in which questions are spelt otherwise, and which cases are asked so.

Everything is drawn from a seed and the case, so that two runs ask the same.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterable
from dataclasses import replace

from eval.golden.models import GoldenCase
from eval.outcome import Outcome, Respelling, Respelt
from eval.respelling.accents import without_accents
from eval.respelling.speech import as_recognised
from eval.respelling.typos import mistyped
from knowledge.models import LANGUAGES, Language

VERSION = 1
"""Raised whenever an unchanged question may be spelt otherwise than before."""
SAMPLE = 40
"""Cases of each language that are asked so unless it is said otherwise."""
Respell = Callable[[str, Language, random.Random], str]
RESPELLINGS: dict[Respelling, Respell] = {
    "typos": mistyped,
    "accents": without_accents,
    "speech": as_recognised,
}


def sampled(cases: Iterable[GoldenCase], most: int, seed: int) -> frozenset[str]:
    """Ids of at most so many cases of each language; a set that grows keeps most of its sample."""
    by_draw = sorted(cases, key=lambda case: _digest(f"{seed} {case.id}"))
    return frozenset(
        case.id
        for language in LANGUAGES
        for case in [one for one in by_draw if one.lang == language][:most]
    )


def respelt(case: GoldenCase, kind: Respelling, seed: int) -> GoldenCase | None:
    """The case with its question spelt otherwise; `None` where nothing changes."""
    draw = random.Random(_digest(f"{seed} {case.id} {kind}"))
    text = RESPELLINGS[kind](case.question, case.lang, draw)
    if text == case.question:
        return None
    last = case.turns[-1].model_copy(update={"text": text})
    return case.model_copy(update={"turns": (*case.turns[:-1], last)})


def also_respelt(
    answer: Callable[[GoldenCase], Outcome], chosen: frozenset[str], seed: int
) -> Callable[[GoldenCase], Outcome]:
    """What answers cases, asking the chosen ones spelt otherwise too.

    Passages that were found are not kept of those: a run would be as large again.
    """

    def answered(case: GoldenCase) -> Outcome:
        outcome = answer(case)
        if case.id not in chosen or outcome.error is not None:
            return outcome
        others = ((kind, respelt(case, kind, seed)) for kind in RESPELLINGS)
        return replace(
            outcome,
            respelt=tuple(
                Respelt(kind, other.question, replace(answer(other), retrieved=()))
                for kind, other in others
                if other is not None
            ),
        )

    return answered


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
