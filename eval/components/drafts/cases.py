"""The labelled drafts (``eval/sets/drafts.jsonl``), and what they are checked with.

They are of the example company, written apart from the rules, in two halves: ``fit`` may be looked
at to make rules better, ``report`` is only measured.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from assistant.bootstrap import operator
from assistant.drafting.ahead import read_ahead
from assistant.drafting.check import DraftChecker
from assistant.drafting.models import Setting
from assistant.drafting.sources import DocumentsInForce
from assistant.voice.in_force import guides_in_force
from assistant.voice.models import Channel, VoiceGuide
from eval.corpora.reading import by_hand
from eval.corpora.registers import DAY, assistant_over_example
from eval.work import Work
from knowledge.models import Language


@dataclass(frozen=True)
class Labelled:
    """Something that is labelled in a draft: its kind and place; nowhere for what is missing.

    Where the set says that other kinds are equally right for the same words, they stand in `also`.
    `why` names the source that says so.
    """

    kind: str
    start: int
    end: int
    text: str
    also: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True)
class Case:
    """A draft of the set."""

    key: str
    language: Language
    channel: Channel
    about: str
    draft: str
    labels: tuple[Labelled, ...]
    half: str

    @property
    def scenario(self) -> str:
        """Near twins share one: they are one draw."""
        return self.key.rpartition("-")[0]


def cases(half: str) -> list[Case]:
    """The drafts of a half, ``fit`` or ``report``, or of ``all``."""
    return [_case(row) for row in by_hand("drafts.jsonl") if half in (row["half"], "all")]


@contextmanager
def checker(
    work: Work, *, ahead: bool = False
) -> Iterator[tuple[DraftChecker, tuple[VoiceGuide, ...]]]:
    """What checks a draft over the example company's documents in force, and its voice guides.

    Args:
        work: what the evaluation is run with.
        ahead: whether figures of the documents are read before, as a server does.
    """
    with assistant_over_example("drafts-filed", work.embedder, work.settings) as assistant:
        viewer = operator(assistant.audiences(), on=DAY)
        guides = guides_in_force(assistant, viewer)
        sources = DocumentsInForce(assistant, viewer)
        classifier, figures = assistant.classifier, assistant.figures
        if ahead and figures is not None:
            read_ahead(assistant, viewer, figures, rest=0)
        yield DraftChecker(sources, classifier=classifier, figures=figures), guides


def setting_of(case: Case, guides: tuple[VoiceGuide, ...]) -> Setting:
    """What a draft of the set is checked beside."""
    return Setting(case.language, "en", case.channel, case.about, guides=guides)


def _case(row: dict[str, Any]) -> Case:
    draft = row["draft"]
    labels = []
    for found in row["findings"]:
        start = draft.find(found["text"]) if found["text"] else len(draft)
        text, also = found["text"], tuple(found.get("also", ()))
        labels.append(Labelled(found["kind"], start, start + len(text), text, also, found["why"]))
    return Case(
        row["id"], row["language"], row["channel"], row["about"], draft, tuple(labels), row["half"]
    )
