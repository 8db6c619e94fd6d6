"""`voz eval drafts`: is what should not be sent marked in drafts, and the rest left alone?

A finding is right when one of its kind, or of a kind that is equally right (``also``), is labelled
where it stands; what is missing (``required``) when the draft lacks one. Drafts of one scenario
hang together.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from assistant.drafting.models import KINDS, Finding
from eval.components.drafts import sentences
from eval.components.drafts.cases import Case, Labelled, cases, checker, setting_of
from eval.scores import Measured, Values, times_of, values_of
from eval.work import Work
from knowledge.models import LANGUAGES

LONG_WORDS = (80, 130)
"""Drafts of about a hundred words, for the time that one takes."""
FIRST = 20
"""Drafts that are checked before the time is taken: what loads at its first use is loaded."""


class Checked(NamedTuple):
    """A draft of the set with what is found in it."""

    case: Case
    findings: tuple[Finding, ...]


def measure(work: Work) -> Iterator[Measured]:
    """Precision and recall by kind and language, what the model tells, and what a check takes."""
    every = list(checked(work))
    for language in LANGUAGES:
        yield from _shares(f"drafts {language}", [o for o in every if o.case.language == language])
    yield from _shares("drafts all", every)
    yield from sentences.measure(work)
    work.progress("drafts of about a hundred words: how long a check takes")
    yield from _times(work)


def failing(work: Work) -> Iterator[dict[str, Any]]:
    """The drafts with a wrong finding or a missed label."""
    for case, findings in checked(work):
        wrong = [
            {"kind": f.kind, "text": case.draft[f.start : f.end], "reason": f.reason("en")}
            for f in findings
            if not _right(f, case)
        ]
        missed = [
            {"kind": label.kind, "text": label.text}
            for label in case.labels
            if not _found(label, findings)
        ]
        if wrong or missed:
            yield {"id": case.key, "draft": case.draft, "wrong": wrong, "missed": missed}


def checked(work: Work) -> Iterator[Checked]:
    """Each draft of a half with what is found in it."""
    work.progress("drafts: reading the example company's documents")
    with checker(work) as (check, guides):
        for case in cases(work.half):
            yield Checked(case, check.check(case.draft, setting_of(case, guides)).findings)


def _shares(name: str, every: Sequence[Checked]) -> Iterator[Values]:
    marks = [(f.kind, _right(f, o.case), o.case.scenario) for o in every for f in o.findings]
    labels = [
        (label.kind, _found(label, o.findings), o.case.scenario)
        for o in every
        for label in o.case.labels
    ]
    for measure, found in (("precision", marks), ("recall", labels)):
        for kind in KINDS:
            yield values_of(
                name, f"{measure} {kind}", ((ok, key) for own, ok, key in found if own == kind)
            )
    for measure, found in (("precision", marks), ("recall", labels)):
        yield values_of(name, measure, ((ok, key) for _, ok, key in found))
    clean = ((bool(o.findings), o.case.scenario) for o in every if not o.case.labels)
    yield values_of(name, "clean drafts marked", clean, higher_is_better=False)


def _right(one: Finding, case: Case) -> bool:
    return any(_meet(one, label) for label in case.labels)


def _found(label: Labelled, findings: Sequence[Finding]) -> bool:
    return any(_meet(one, label) for one in findings)


def _meet(one: Finding, label: Labelled) -> bool:
    if one.kind not in (label.kind, *label.also):
        return False
    return one.kind == "required" or (one.start < label.end and label.start < one.end)


def _times(work: Work) -> Iterator[Measured]:
    """Of whole drafts that nobody has checked before, and of the same with one word more."""
    taken: dict[str, list[float]] = {}
    with checker(work, ahead=True) as (check, guides):
        for case in cases("all")[:FIRST]:
            check.check(case.draft, setting_of(case, guides))
        for number, (draft, case) in enumerate(_long_drafts()):
            setting = setting_of(case, guides)
            longer = f"{draft} Queda anotado, gracias." if number % 2 else f"{draft} Anotado."
            for name, text in (("whole", draft), ("typed on", longer)):
                began = time.process_time()
                found = check.check(text, setting)
                spent = (time.process_time() - began) * 1000
                taken.setdefault(f"{name}: milliseconds", []).append(found.timings_ms["total"])
                taken.setdefault(f"{name}: processor milliseconds", []).append(spent)
    for name, values in taken.items():
        yield from times_of("time", name, values)


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
