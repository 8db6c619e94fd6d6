"""What a judge has to agree with: statements and answers whose labels people gave.

``support``: over the example company, paraphrases (``eval/sets/support.jsonl``), and the words of a
source put together to another sense, without a condition, or denied (``support_twisted.jsonl``);
statements that break off are left out, for they state nothing. ``answer``: questions of its golden
set with the reference answer, and with that to another question on the same topic that lacks what
was asked (``answers_judged.jsonl``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from eval.corpora.reading import by_hand
from eval.judge.prompts import Kind
from knowledge.models import Language

_SUPPORT = (("support.jsonl", True), ("support_twisted.jsonl", False))
_ANSWERS = "answers_judged.jsonl"
_NO_STATEMENT = "fragment"


@dataclass(frozen=True)
class Labelled:
    """Something whose truth is known.

    Attributes:
        kind: what is judged.
        id: unique.
        language: of the statement, or of the question.
        statement: a statement, or an answer.
        source: the quote that it cites, in Spanish or English; the question.
        holds: whether the quote says it, or it answers the question.
    """

    kind: Kind
    id: str
    language: Language
    statement: str
    source: str
    holds: bool


@cache
def labelled() -> tuple[Labelled, ...]:
    """All of them, in order of kinds and ids."""
    return tuple(sorted((*_supported(), *_answered()), key=lambda one: (one.kind, one.id)))


def digest(found: tuple[Labelled, ...]) -> str:
    """Of all that was judged: an admission holds for one set."""
    return hashlib.sha256(repr(found).encode()).hexdigest()


def _supported() -> Iterator[Labelled]:
    for name, holds in _SUPPORT:
        for row in by_hand(name):
            if row.get("kind") != _NO_STATEMENT:
                yield Labelled(
                    "support", row["id"], row["lang"], row["statement"], row["quote"], holds
                )


def _answered() -> Iterator[Labelled]:
    for row in by_hand(_ANSWERS):
        yield Labelled(
            "answer", row["id"], row["lang"], row["answer"], row["question"], row["answers"]
        )
