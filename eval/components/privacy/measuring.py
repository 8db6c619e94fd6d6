"""`voz eval privacy`: is personal data found, and are orders, prices and dates left alone?

On utterances that are made from a seed (`cases`). One counts as found when all its letters and
digits are within what is found, as redacted when nothing of it is kept; a finding counts as right
when it is of the kind that stands there. What is typed and what a speech recogniser writes down
are counted apart. Utterances made of one sentence hang together.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from eval.components.privacy.cases import AboutCustomer, Utterance, about_customers, utterances
from eval.scores import Measured, Values, times_of, values_of
from eval.work import Work
from knowledge.privacy.models import KINDS, PersonalData
from knowledge.privacy.personal import personal_data
from knowledge.privacy.redaction import redactions

Span = tuple[int, int]


@dataclass(frozen=True)
class Searched:
    """An utterance and what is found in it.

    Attributes:
        said: the utterance.
        found: in it, of whatever kind.
        milliseconds: of the processor, to find it.
    """

    said: Utterance
    found: tuple[PersonalData, ...]
    milliseconds: float

    @property
    def covered(self) -> bool:
        """Whether all that is labelled is within what is found."""
        return covers(_spans(self.found), self.said.text, self.said.span)

    @property
    def redacted(self) -> bool:
        """Whether nothing of what is labelled is kept."""
        return covers(redactions(self.said.text), self.said.text, self.said.span)

    def right(self, finding: PersonalData) -> bool:
        """Whether it is of the kind that is labelled where it stands."""
        start, end = self.said.span
        return finding.kind == self.said.kind and finding.start < end and start < finding.end


def measure(work: Work) -> Iterator[Measured]:
    """Recall and precision by kind, false hits, what is known of a customer, and time."""
    made = utterances(work.half)
    groups: dict[str, list[Searched]] = defaultdict(list)
    for one in made:
        groups[f"{one.form} {one.language}"].append(_searched(one))
    for name, some in groups.items():
        yield from _shares(name, some)
    yield from _known(about_customers(work.half), [one for one in made if one.kind is None])
    taken = [one.milliseconds for some in groups.values() for one in some]
    yield from times_of("time", "processor milliseconds", taken, (50, 95, 99))


def covers(found: Iterable[Span], text: str, span: Span) -> bool:
    """Whether all letters and digits of a part of a text are within some of others."""
    within = {at for start, end in found for at in range(start, end)}
    return all(at in within for at in range(*span) if text[at].isalnum())


def _searched(said: Utterance) -> Searched:
    began = time.process_time()
    found = personal_data(said.text)
    return Searched(said, tuple(found), (time.process_time() - began) * 1000)


def _shares(name: str, some: Sequence[Searched]) -> Iterator[Values]:
    labelled = [one for one in some if one.said.kind is not None]
    findings = [(one, finding) for one in some for finding in one.found]

    def recall(measure: str, chosen: Iterable[Searched]) -> Values:
        return values_of(name, measure, ((one.covered, one.said.sentence) for one in chosen))

    def precision(measure: str, chosen: Iterable[tuple[Searched, PersonalData]]) -> Values:
        return values_of(name, measure, ((o.right(f), o.said.sentence) for o, f in chosen))

    for kind in KINDS:
        of_kind = [one for one in labelled if one.said.kind == kind]
        if of_kind:
            yield recall(f"recall {kind}", of_kind)
    for kind in KINDS:
        found = [(one, finding) for one, finding in findings if finding.kind == kind]
        if found:
            yield precision(f"precision {kind}", found)
    yield recall("recall", labelled)
    yield precision("precision", findings)
    yield values_of(name, "redacted", ((one.redacted, one.said.sentence) for one in labelled))
    others = [one for one in some if one.said.kind is None]
    alarms = ((bool(one.found), one.said.sentence) for one in others)
    yield values_of(name, "false hits", alarms, higher_is_better=False)


def _known(sayings: Sequence[AboutCustomer], others: Sequence[Utterance]) -> Iterator[Values]:
    """Of what is known: how much is found, and how much is found where none of it is said."""
    covered: list[tuple[bool, str]] = []
    for one in sayings:
        found = _spans(personal_data(one.text, known=one.known))
        covered += [(covers(found, one.text, span), one.sentence) for span in one.spans]
    yield values_of("known customer", "recall", covered)
    customers = list(dict.fromkeys(one.known for one in sayings))
    alarms = [
        (any(f.kind == "known" for f in personal_data(one.text, known=customer)), one.sentence)
        for one in others
        for customer in customers
    ]
    yield values_of("known customer", "false hits", alarms, higher_is_better=False)


def _spans(found: Iterable[PersonalData]) -> list[Span]:
    return [(one.start, one.end) for one in found]
