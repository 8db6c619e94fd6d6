"""Draft cases: proposed by the program, and no cases before a person has accepted them.

A draft is written as a case is, with ``draft`` and with `TO_BE_DECIDED` where nobody knows yet what
to expect. `eval.golden.reading` refuses both, so that no draft is ever asked or counted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from eval.golden.models import (
    SCHEMA,
    Answerability,
    Behaviour,
    Fact,
    Forbidden,
    Gold,
    RequiredStatement,
)
from knowledge.models import EVERYONE, Language

TO_BE_DECIDED = "to be decided"
"""Where a person has to say what to expect."""


@dataclass(frozen=True)
class Draft:
    """A case as it is proposed.

    Attributes:
        id: of the case; made of where it comes from, so that it is proposed once.
        language: of the question.
        question: without personal data.
        source: where it comes from, such as ``saved:12``; never words of customers.
        created: on which day it was proposed.
        answerability: `None`: to be decided.
        behaviour: what the assistant has to do; `None`: to be decided.
        audience: label of who asks.
        gold: passages that answer.
        reference_answer: an answer as a person wrote it, without personal data.
        facts: what an answer has to say.
        forbidden: what it may not say.
        required_statements: what has to be said to the customer.
        tags: slices.
        notes: for whoever decides.
    """

    id: str
    language: Language
    question: str
    source: str
    created: date
    answerability: Answerability | None = None
    behaviour: Behaviour | None = None
    audience: str = EVERYONE
    gold: tuple[Gold, ...] = ()
    reference_answer: str | None = None
    facts: tuple[Fact, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()
    required_statements: tuple[RequiredStatement, ...] = ()
    tags: tuple[tuple[str, str], ...] = ()
    notes: str = ""

    @property
    def decided(self) -> bool:
        """Whether it says what to expect."""
        return self.answerability is not None and self.behaviour is not None

    def row(self) -> dict[str, Any]:
        """As it is written down; what is at its default is left out."""
        row: dict[str, Any] = {
            "id": self.id,
            "schema_version": SCHEMA,
            "draft": True,
            "lang": self.language,
            "turns": [{"role": "agent", "text": self.question}],
            "answerability": self.answerability or TO_BE_DECIDED,
            "expected_behaviour": self.behaviour or TO_BE_DECIDED,
        }
        for name in ("gold", "facts", "forbidden", "required_statements"):
            parts = getattr(self, name)
            if parts:
                row[name] = [one.model_dump(mode="json", exclude_defaults=True) for one in parts]
        if self.reference_answer:
            row["reference_answer"] = self.reference_answer
        if self.audience != EVERYONE:
            row["audience"] = self.audience
        if self.tags:
            row["tags"] = dict(self.tags)
        row["provenance"] = {"source": self.source, "created": self.created.isoformat()}
        if self.notes:
            row["notes"] = self.notes
        return row


def written_drafts(drafts: Iterable[Draft]) -> str:
    """As JSON lines, for a person to go through."""
    return "".join(f"{json.dumps(one.row(), ensure_ascii=False)}\n" for one in drafts)
