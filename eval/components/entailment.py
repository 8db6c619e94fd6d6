"""`voz eval entailment`: is it told whether a rule says, denies or leaves open what is said?

Groups of two rules about the same matter and statements of agents, each judged against both
(``eval/sets/rules.jsonl``), and clauses of replies to what a customer asked, in the same way
(``replies.jsonl``): some of these are understood only with what was asked, which the support check
is not given. A statement that one rule makes true and the other false tells nothing by its own
words. The support check looks for figures, names and denials: how far that goes where neither
differs is what is measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.support.check import SupportCheck
from assistant.support.models import Evidence
from eval.corpora.reading import by_hand
from eval.scores import Measured, Score, values_of
from eval.statistics.telling import auroc
from eval.work import Work
from knowledge.models import Language

YES, NO, OPEN = LABELS = ("yes", "no", "open")
KINDS = ("rules", "passages", "replies")
VERDICTS = {"supported": YES, "contradicted": NO}


@dataclass(frozen=True)
class Pair:
    """A rule and a statement.

    Attributes:
        group: whose rule it is.
        half: ``fit``, which may be learned from, or ``report``.
        kind: ``rules``, of some sentences, ``passages``, or ``replies``.
        rule: what is given.
        said: what is said.
        languages: of both, ``es-en``: the statement's first.
        label: `YES`, `NO` or `OPEN`.
    """

    group: str
    half: str
    kind: str
    rule: str
    said: str
    languages: str
    label: str


def measure(work: Work) -> Iterator[Measured]:
    """Accuracy and what is told rightly of each label, by the languages of statement and rule."""
    chosen = [one for one in pairs() if work.half in ("all", one.half)]
    work.progress(f"{len(chosen)} pairs of half {work.half}")
    told = _checked(chosen, SupportCheck(work.embedder))
    seen = list(zip(chosen, told, strict=True))
    for kind in KINDS:
        for languages in sorted({one.languages for one in chosen}):
            of = [x for x in seen if (x[0].kind, x[0].languages) == (kind, languages)]
            yield from _scores(f"{kind} {languages}", [(one, *what) for one, what in of])


def pairs() -> list[Pair]:
    """Each statement with each rule of its group."""
    found = []
    for row in by_hand("rules.jsonl"):
        kind = "passages" if row["passage"] else "rules"
        found += [pair for said in row["said"] for pair in _pairs(row, kind, *said)]
    for row in by_hand("replies.jsonl"):
        for talk in row["talks"]:
            for said in talk["said"]:
                found += _pairs(row, "replies", talk["language"], *said)
    return found


def _pairs(
    row: dict[str, Any], kind: str, language: str, said: str, *labels: str
) -> Iterator[Pair]:
    languages = f"{language}-{row['language']}"
    for rule, label in zip((row["a"], row["b"]), labels, strict=True):
        yield Pair(row["id"], row["half"], kind, rule, said, languages, label)


def _checked(chosen: Sequence[Pair], check: SupportCheck) -> list[tuple[str, float]]:
    """What the support check says of each pair, and how sure it is that the rule supports it."""
    found = []
    for one in chosen:
        language: Language = "es" if one.languages.endswith("es") else "en"
        said = check.check(one.said, [Evidence(one.rule, language)])
        found.append((VERDICTS.get(said.verdict, OPEN), said.probability or 0.0))
    return found


def _scores(name: str, told: Sequence[tuple[Pair, str, float]]) -> Iterator[Measured]:
    accurate = ((label == one.label, one.group) for one, label, _ in told)
    yield values_of(name, "accuracy", accurate)
    for label in LABELS:
        right = ((one.label == label, one.group) for one, said, _ in told if said == label)
        yield values_of(name, f"precision {label}", right)
        reached = ((said == label, one.group) for one, said, _ in told if one.label == label)
        yield values_of(name, f"recall {label}", reached)
    ahead = {label: [sure for one, _, sure in told if one.label == label] for label in (YES, NO)}
    n = sum(map(len, ahead.values()))
    yield Score(name, "voz", "AUROC yes against no", n, auroc(ahead[YES], ahead[NO]), None)
