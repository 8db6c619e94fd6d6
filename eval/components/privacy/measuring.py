"""`voz eval privacy`: is personal data found, and are orders, prices and dates left alone?

On utterances that are made from a seed (`cases`). One counts as found when all its letters and
digits are within what is found, as redacted when nothing of it is kept; a finding counts as right
when it is of the kind that stands there. What is typed and what a speech recogniser writes down
are counted apart.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from eval.components.privacy.cases import AboutCustomer, Utterance, about_customers, utterances
from eval.scores import Score
from knowledge.privacy.models import KINDS, PersonalData
from knowledge.privacy.personal import personal_data
from knowledge.privacy.redaction import redactions

Span = tuple[int, int]


@dataclass
class Counts:
    """What was found in utterances of one form and language, by kind."""

    labelled: Counter[str] = field(default_factory=Counter)
    covered: Counter[str] = field(default_factory=Counter)
    redacted: int = 0
    found: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    negatives: int = 0
    false_hits: int = 0
    seconds: list[float] = field(default_factory=list)

    def add(self, one: Utterance) -> None:
        """Count one more."""
        began = time.process_time()
        found = personal_data(one.text)
        self.seconds.append(time.process_time() - began)
        if one.kind is None:
            self.negatives += 1
            self.false_hits += bool(found)
        else:
            self.labelled[one.kind] += 1
            self.covered[one.kind] += covers(_spans(found), one.text, one.span)
            self.redacted += covers(redactions(one.text), one.text, one.span)
        for finding in found:
            self.found[finding.kind] += 1
            self.right[finding.kind] += finding.kind == one.kind and _meet(finding, one.span)


def evaluate(half: str) -> Iterator[Score]:
    """Recall and precision by kind, false hits, what is known of a customer, and time.

    Args:
        half: ``fit``, ``report`` or ``all``.
    """
    made = utterances(half)
    groups: dict[tuple[str, str], Counts] = {}
    for one in made:
        groups.setdefault((one.form, one.language), Counts()).add(one)
    for (form, language), counts in groups.items():
        yield from _scores(f"{form} {language}", counts)
    yield from _known(about_customers(half), [one for one in made if one.kind is None])
    seconds = [one for counts in groups.values() for one in counts.seconds]
    for share in (50, 95, 99):
        value = float(np.percentile(seconds, share)) * 1000
        yield Score("time", "voz", f"processor milliseconds p{share}", len(seconds), value, None)


def covers(found: Iterable[Span], text: str, span: Span) -> bool:
    """Whether all letters and digits of a part of a text are within some of others."""
    within = {at for start, end in found for at in range(start, end)}
    return all(at in within for at in range(*span) if text[at].isalnum())


def _scores(name: str, counts: Counts) -> Iterator[Score]:
    for kind in KINDS:
        if counts.labelled[kind]:
            yield _share(name, f"recall {kind}", counts.covered[kind], counts.labelled[kind])
    for kind in KINDS:
        if counts.found[kind]:
            yield _share(name, f"precision {kind}", counts.right[kind], counts.found[kind])
    yield _share(name, "recall", counts.covered.total(), counts.labelled.total())
    yield _share(name, "precision", counts.right.total(), counts.found.total())
    yield _share(name, "redacted", counts.redacted, counts.labelled.total())
    yield _share(name, "false hits", counts.false_hits, counts.negatives)


def _known(sayings: Sequence[AboutCustomer], others: Sequence[Utterance]) -> Iterator[Score]:
    """Of what is known: how much is found, and how much is found where none of it is said."""
    covered = labelled = 0
    for one in sayings:
        found = _spans(personal_data(one.text, known=one.known))
        labelled += len(one.spans)
        covered += sum(covers(found, one.text, span) for span in one.spans)
    yield _share("known customer", "recall", covered, labelled)
    customers = list(dict.fromkeys(one.known for one in sayings))
    alarms = sum(
        any(found.kind == "known" for found in personal_data(one.text, known=customer))
        for one in others
        for customer in customers
    )
    yield _share("known customer", "false hits", alarms, len(others) * len(customers))


def _share(name: str, measure: str, part: int, whole: int) -> Score:
    return Score(name, "voz", measure, whole, part / whole if whole else None, None)


def _spans(found: Iterable[PersonalData]) -> list[Span]:
    return [(one.start, one.end) for one in found]


def _meet(finding: PersonalData, span: tuple[int, int]) -> bool:
    return finding.start < span[1] and span[0] < finding.end
