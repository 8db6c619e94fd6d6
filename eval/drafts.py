"""`voz eval drafts`: is what should not be sent marked in drafts, and the rest left alone?

``eval/sets/drafts.jsonl``: drafts of the example company, written apart from the rules, in two
halves: ``fit`` may be looked at to make rules better, ``report`` is only measured. A finding is
right when one of its kind, or of a kind that is equally right (``also``), is labelled where it
stands; what is missing (``required``) when the draft lacks one.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

import numpy as np

from assistant.bootstrap import operator
from assistant.drafting.check import DraftChecker
from assistant.drafting.models import KINDS, Finding, Setting
from assistant.drafting.sources import DocumentsInForce
from assistant.voice.in_force import guides_in_force
from assistant.voice.models import Channel, VoiceGuide
from eval.corpora.registers import DAY, assistant_over_example
from eval.scores import Score
from eval.work import Work
from knowledge.models import LANGUAGES, Language

LONG_WORDS = (80, 130)
"""Drafts of about a hundred words, for the time that one takes."""


@dataclass(frozen=True)
class Labelled:
    """Something that is labelled in a draft: its kind and place; nowhere for what is missing.

    Where the set says that other kinds are equally right for the same words, they stand in `also`.
    """

    kind: str
    start: int
    end: int
    text: str
    also: tuple[str, ...] = ()


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


@dataclass
class Counts:
    """What was found and labelled, by kind, in drafts of one language."""

    found: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    labelled: Counter[str] = field(default_factory=Counter)
    met: Counter[str] = field(default_factory=Counter)
    clean: int = 0
    clean_marked: int = 0

    def add(self, case: Case, findings: Sequence[Finding]) -> None:
        """Count one more draft."""
        for one in findings:
            self.found[one.kind] += 1
            self.right[one.kind] += any(_meet(one, label) for label in case.labels)
        for label in case.labels:
            self.labelled[label.kind] += 1
            self.met[label.kind] += any(_meet(one, label) for one in findings)
        if not case.labels:
            self.clean += 1
            self.clean_marked += bool(findings)


def cases(half: str) -> list[Case]:
    """The drafts of a half, ``fit`` or ``report``, or of ``all``."""
    lines = (files("eval") / "sets" / "drafts.jsonl").read_text("utf-8").splitlines()
    rows = map(json.loads, lines)
    return [_case(row) for row in rows if half in (row["half"], "all")]


def measure(work: Work) -> Iterator[Score]:
    """Precision and recall by kind and language, and what a check takes."""
    groups = {language: Counts() for language in LANGUAGES}
    every = Counts()
    for case, findings in checked(work):
        groups[case.language].add(case, findings)
        every.add(case, findings)
    for name, counts in (*groups.items(), ("all", every)):
        yield from _scores(f"drafts {name}", counts)
    work.progress("drafts of about a hundred words: how long a check takes")
    yield from _times(work)


def failing(work: Work) -> Iterator[dict[str, Any]]:
    """The drafts with a wrong finding or a missed label."""
    for case, findings in checked(work):
        wrong = [
            {"kind": f.kind, "text": case.draft[f.start : f.end], "reason": f.reason("en")}
            for f in findings
            if not any(_meet(f, label) for label in case.labels)
        ]
        missed = [
            {"kind": label.kind, "text": label.text}
            for label in case.labels
            if not any(_meet(f, label) for f in findings)
        ]
        if wrong or missed:
            yield {"id": case.key, "draft": case.draft, "wrong": wrong, "missed": missed}


def checked(work: Work) -> Iterator[tuple[Case, tuple[Finding, ...]]]:
    """Each draft of a half with what is found in it."""
    work.progress("drafts: reading the example company's documents")
    with assistant_over_example("drafts-filed", work.embedder, work.settings) as assistant:
        viewer = operator(assistant.audiences(), on=DAY)
        guides = guides_in_force(assistant, viewer)
        checker = DraftChecker(DocumentsInForce(assistant, viewer))
        for case in cases(work.half):
            yield case, checker.check(case.draft, setting_of(case, guides)).findings


def _times(work: Work) -> Iterator[Score]:
    """Of whole drafts that nobody has checked before, and of the same with one word more."""
    taken: dict[str, list[float]] = {}
    with assistant_over_example("drafts-filed", work.embedder, work.settings) as assistant:
        viewer = operator(assistant.audiences(), on=DAY)
        guides = guides_in_force(assistant, viewer)
        sources = DocumentsInForce(assistant, viewer)
        checker = DraftChecker(sources)
        for case in cases("all")[:20]:  # what loads at its first use is loaded
            checker.check(case.draft, setting_of(case, guides))
        for number, (draft, case) in enumerate(_long_drafts()):
            setting = setting_of(case, guides)
            longer = f"{draft} Queda anotado, gracias." if number % 2 else f"{draft} Anotado."
            for name, text in (("whole", draft), ("typed on", longer)):
                began = time.process_time()
                check = checker.check(text, setting)
                spent = (time.process_time() - began) * 1000
                taken.setdefault(f"{name}: milliseconds", []).append(check.timings_ms["total"])
                taken.setdefault(f"{name}: processor milliseconds", []).append(spent)
    for name, values in taken.items():
        for share in (50, 95):
            value = float(np.percentile(values, share))
            yield Score("time", "voz", f"{name} p{share}", len(values), value, None)


def _long_drafts() -> Iterator[tuple[str, Case]]:
    """Drafts of the set, put together to about a hundred words."""
    for language in LANGUAGES:
        text = ""
        for case in cases("all"):
            if case.language != language:
                continue
            text = f"{text} {case.draft}".strip()
            count = len(text.split())
            if count >= LONG_WORDS[0]:
                if count <= LONG_WORDS[1]:
                    yield text, case
                text = ""


def setting_of(case: Case, guides: tuple[VoiceGuide, ...]) -> Setting:
    """What a draft of the set is checked beside."""
    return Setting(case.language, "en", case.channel, case.about, guides=guides)


def _scores(name: str, counts: Counts) -> Iterator[Score]:
    for kind in KINDS:
        yield _share(name, f"precision {kind}", counts.right[kind], counts.found[kind])
    for kind in KINDS:
        yield _share(name, f"recall {kind}", counts.met[kind], counts.labelled[kind])
    yield _share(name, "precision", counts.right.total(), counts.found.total())
    yield _share(name, "recall", counts.met.total(), counts.labelled.total())
    yield _share(name, "clean drafts marked", counts.clean_marked, counts.clean)


def _share(name: str, measure: str, part: int, whole: int) -> Score:
    return Score(name, "voz", measure, whole, part / whole if whole else None, None)


def _meet(one: Finding, label: Labelled) -> bool:
    if one.kind not in (label.kind, *label.also):
        return False
    return one.kind == "required" or (one.start < label.end and label.start < one.end)


def _case(row: dict[str, Any]) -> Case:
    draft = row["draft"]
    labels = []
    for found in row["findings"]:
        start = draft.find(found["text"]) if found["text"] else len(draft)
        text, also = found["text"], tuple(found.get("also", ()))
        labels.append(Labelled(found["kind"], start, start + len(text), text, also))
    return Case(
        row["id"], row["language"], row["channel"], row["about"], draft, tuple(labels), row["half"]
    )
