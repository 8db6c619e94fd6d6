"""Which sentences of a chat model may be shown: those that the sources they name support. Pure.

Nothing passes that was not checked, whatever the model was told by what it read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from assistant.chat.customer import NOBODY, CustomerFacts
from assistant.chat.drafted import Draft
from assistant.models import Citation, LeftOut, Statement
from knowledge.models import Language
from knowledge.text import words

Verdict = Literal["supported", "contradicted", "unsupported", "uncheckable"]

_LINK = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+", re.IGNORECASE)


@dataclass(frozen=True)
class Passage:
    """What a sentence is checked against.

    Attributes:
        text: exact words of a document.
        language: of it.
        above: title and headings, one a line.
    """

    text: str
    language: Language
    above: str = ""


class Place(Protocol):
    """Where in the passages a sentence is."""

    @property
    def passage(self) -> int:
        """Which of them, from 0."""

    @property
    def start(self) -> int:
        """Offset in the passage's text."""

    @property
    def end(self) -> int:
        """Offset after it."""


class Support(Protocol):
    """How far passages support a statement."""

    @property
    def verdict(self) -> Verdict:
        """Only what is ``supported`` is shown."""

    @property
    def evidence(self) -> Place | None:
        """The sentence that comes nearest."""


class SupportCheck(Protocol):
    """Whether passages support a statement; must not be swayed by what either says."""

    def __call__(self, statement: str, language: Language, passages: Sequence[Passage]) -> Support:
        """How far they do."""


@dataclass(frozen=True)
class Passed:
    """What may be shown of what was written.

    Attributes:
        statements: the sentences that are supported, in their order.
        left_out: how many are not shown, by the reason.
        to_the_point: whether any rests on what answers best in a source, its `focus`: true
            sentences about something else are no answer.
    """

    statements: tuple[Statement, ...]
    left_out: LeftOut
    to_the_point: bool = False


def passed(
    written: Sequence[Draft],
    sources: Sequence[Statement],
    language: Language,
    check: SupportCheck,
    customer: CustomerFacts = NOBODY,
) -> Passed:
    """What may be shown of what was written.

    Args:
        written: the sentences, with the numbers that they name.
        sources: the passages that were given, in the order of their numbers from 1.
        language: of the sentences.
        check: tells whether what a sentence names supports it.
        customer: whose name and orders are put back into what is shown.
    """
    shown: list[Statement] = []
    to_the_point = False
    left: Counter[str] = Counter()
    for draft in written:
        if not draft.sources or not all(1 <= n <= len(sources) for n in draft.sources):
            left["uncited"] += 1
            continue
        cited = [(c, sources[n - 1].focus) for n in draft.sources for c in sources[n - 1].citations]
        said = customer.without_names(draft.text)
        verdict, place = _judged(said, language, [c for c, _ in cited], check)
        if verdict == "supported":
            citations = _citations([c for c, _ in cited], place)
            text = customer.put_back(draft.text)
            shown.append(Statement(text, citations, text))
            to_the_point = to_the_point or place is None or _at(place, *cited[place.passage])
        else:
            left[verdict] += 1
    return Passed(tuple(shown), LeftOut(**left), to_the_point)


def _judged(
    text: str, language: Language, cited: Sequence[Citation], check: SupportCheck
) -> tuple[Verdict, Place | None]:
    if not all(any(link in c.quote for c in cited) for link in _LINK.findall(text)):
        return "unsupported", None
    support = check(text, language, [_passage(citation) for citation in cited])
    return support.verdict, support.evidence


def _citations(cited: Sequence[Citation], place: Place | None) -> tuple[Citation, ...]:
    """Those of a sentence, the one where it says so in front and narrowed to that."""
    if place is None:
        return tuple(cited)
    others = [citation for i, citation in enumerate(cited) if i != place.passage]
    return (_narrowed(cited[place.passage], place), *others)


def _at(place: Place, citation: Citation, focus: str) -> bool:
    """Whether a place in a citation is what answers best in it."""
    found, best = _words(citation.quote[place.start : place.end]), _words(focus or citation.quote)
    return found in best or best in found


def _words(text: str) -> str:
    return " ".join(words(text))


def _passage(citation: Citation) -> Passage:
    above = "\n".join(dict.fromkeys((citation.title, *citation.headings)))
    return Passage(citation.quote, citation.language, above)


def _narrowed(citation: Citation, place: Place) -> Citation:
    """The citation of the one sentence; of a row all of it, since it is one thing."""
    if citation.row is not None:
        return citation
    quote = citation.quote[place.start : place.end]
    start = citation.start + place.start
    return replace(citation, quote=quote, start=start, end=start + len(quote))
