"""What is asked and what counts as right: one frozen case per labelled question."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.models import Turn
from knowledge.models import Document, Language


@dataclass(frozen=True)
class Case:
    """A labelled question.

    Attributes:
        id: unique in its set.
        question: as typed.
        language: of the question.
        relevant: names of the documents that answer; empty when none does.
        facts: strings of which any, standing in what is shown, shows the fact.
        history: earlier turns, oldest first.
        kind: slice of the set it is reported in.
        group: what it belongs to with others, such as a conversation: one draw, in one half.
    """

    id: str
    question: str
    language: Language
    relevant: frozenset[str]
    facts: tuple[str, ...] = ()
    history: tuple[Turn, ...] = ()
    kind: str = "same"
    group: str = ""

    @property
    def key(self) -> str:
        """Its group, else its id without its language: twins belong to the same half."""
        if self.group:
            return self.group
        for suffix in ("-es", "-en", ".es", ".en"):
            if self.id.endswith(suffix):
                return self.id.removesuffix(suffix)
        return self.id


@dataclass(frozen=True)
class LabelledSet:
    """Documents and the questions asked of them.

    Attributes:
        name: of the set and slice, e.g. ``xquad es->en``.
        corpus: name of the documents; sets of one corpus share a register.
        documents: what is searched.
        cases: what is asked.
    """

    name: str
    corpus: str
    documents: tuple[Document, ...]
    cases: tuple[Case, ...]
