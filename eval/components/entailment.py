"""`voz eval entailment`: is it told whether a rule says, denies or leaves open what is said?

Groups of two rules about the same matter and statements of agents, each judged against both
(``eval/sets/rules.jsonl``). A statement that one rule makes true and the other false tells nothing
by its own words. Beside the model's head for it, which nothing asks yet, the support check, whose
rules look for figures, names and denials, is asked the same.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.support.check import SupportCheck
from assistant.support.models import Evidence
from eval.corpora.reading import by_hand
from eval.scores import Measured, Score, times_of, values_of
from eval.statistics.telling import auroc
from eval.work import Work
from knowledge.encoders.adapted import AdaptedEncoder
from knowledge.errors import SettingsError
from knowledge.models import Language
from knowledge.ports import ENTAILS

YES, NO, OPEN = LABELS = ("yes", "no", "open")
MODEL, CHECK = "model", "support check"
VERDICTS = {"supported": YES, "contradicted": NO}
TIMED = 60
"""Pairs that are timed, one at a time."""


@dataclass(frozen=True)
class Pair:
    """A rule and a statement.

    Attributes:
        group: whose rule it is.
        half: ``fit``, which was learned from, or ``report``.
        passage: whether the rule is a passage, not a sentence or some.
        rule: what is given.
        said: what is said.
        languages: of both, ``es-en``: the statement's first.
        label: `YES`, `NO` or `OPEN`.
    """

    group: str
    half: str
    passage: bool
    rule: str
    said: str
    languages: str
    label: str


def measure(work: Work) -> Iterator[Measured]:
    """Accuracy and what is told rightly of each label, by the languages of statement and rule."""
    encoder = AdaptedEncoder.open(work.embedder)
    if encoder is None:
        raise SettingsError(
            "entailment is told by the bundled model alone, where oneDNN is: unset VOZ_MODEL"
        )
    chosen = [one for one in pairs() if work.half in ("all", one.half)]
    work.progress(f"{len(chosen)} pairs of half {work.half}")
    told = encoder.told(ENTAILS, [(one.rule, one.said) for one in chosen])
    labels = encoder.labels(ENTAILS)
    checked = _checked(chosen, SupportCheck(work.embedder))
    seen = list(zip(chosen, told.tolist(), checked, strict=True))
    for passage, kind in ((False, "rules"), (True, "passages")):
        for languages in sorted({one.languages for one in chosen}):
            of = [x for x in seen if (x[0].passage, x[0].languages) == (passage, languages)]
            yield from _scores(f"{kind} {languages}", of, labels)
    pair = chosen[:TIMED]
    yield from times_of("one pair", "ms", [_milliseconds(encoder, one) for one in pair])


def pairs() -> list[Pair]:
    """Each statement with each rule of its group."""
    return [pair for row in by_hand("rules.jsonl") for pair in _pairs(row)]


def _pairs(row: dict[str, Any]) -> Iterator[Pair]:
    for language, said, *labels in row["said"]:
        for rule, label in zip((row["a"], row["b"]), labels, strict=True):
            languages = f"{language}-{row['language']}"
            passage = row["passage"]
            yield Pair(row["id"], row["half"], passage, rule, said, languages, label)


def _checked(chosen: Sequence[Pair], check: SupportCheck) -> list[tuple[str, float]]:
    """What the support check says of each pair, and how sure it is that the rule supports it."""
    found = []
    for one in chosen:
        language: Language = "es" if one.languages.endswith("es") else "en"
        said = check.check(one.said, [Evidence(one.rule, language)])
        found.append((VERDICTS.get(said.verdict, OPEN), said.probability or 0.0))
    return found


def _scores(
    name: str,
    seen: Sequence[tuple[Pair, list[float], tuple[str, float]]],
    labels: Sequence[str],
) -> Iterator[Measured]:
    yes, no = labels.index(YES), labels.index(NO)
    pairs = [one for one, _, _ in seen]
    by_model = [labels[max(range(len(row)), key=row.__getitem__)] for _, row, _ in seen]
    ahead = [row[yes] - row[no] for _, row, _ in seen]
    yield from _of_system(name, MODEL, list(zip(pairs, by_model, ahead, strict=True)))
    by_check = [(one, verdict, sure) for one, _, (verdict, sure) in seen]
    yield from _of_system(name, CHECK, by_check)


def _of_system(
    name: str, system: str, told: Sequence[tuple[Pair, str, float]]
) -> Iterator[Measured]:
    accurate = ((label == one.label, one.group) for one, label, _ in told)
    yield values_of(name, "accuracy", accurate, system=system)
    for label in LABELS:
        right = ((one.label == label, one.group) for one, said, _ in told if said == label)
        yield values_of(name, f"precision {label}", right, system=system)
        reached = ((said == label, one.group) for one, said, _ in told if one.label == label)
        yield values_of(name, f"recall {label}", reached, system=system)
    ahead = {label: [sure for one, _, sure in told if one.label == label] for label in (YES, NO)}
    n = sum(map(len, ahead.values()))
    yield Score(name, system, "AUROC yes against no", n, auroc(ahead[YES], ahead[NO]), None)


def _milliseconds(encoder: AdaptedEncoder, one: Pair) -> float:
    began = time.perf_counter()
    encoder.told(ENTAILS, [(one.rule, f"{one.said} ")])  # another text: others are remembered
    return (time.perf_counter() - began) * 1000
