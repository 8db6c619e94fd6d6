"""Which sentences of a chat model may be shown: those that the sources they name support. Pure.

Nothing passes that was not checked, whatever the model was told by what it read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, Protocol

from assistant.chat.customer import NOBODY, CustomerFacts
from assistant.chat.drafted import Draft
from assistant.chat.orders import gives_orders
from assistant.models import Citation, LeftOut, Statement
from knowledge.language import detect_language, question_language
from knowledge.models import Language
from knowledge.text import content_words, stem, words

Verdict = Literal["supported", "contradicted", "unsupported", "uncheckable"]
Judged = Verdict | Literal["beside"]

_LEAST_LETTERS = 3
"""Of a word that can show that two sentences are about the same."""

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


Claim = tuple[str, Sequence[Passage]]
"""A sentence, and the passages that it names."""


class SupportCheck(Protocol):
    """Whether passages support a sentence; must not be swayed by what either says."""

    def __call__(self, claims: Sequence[Claim], language: Language) -> Sequence[Support]:
        """How far they do, for each: the sentences of an answer are checked together."""


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
    question: str,
    written: Sequence[Draft],
    sources: Sequence[Statement],
    language: Language,
    check: SupportCheck,
    customer: CustomerFacts = NOBODY,
) -> Passed:
    """What may be shown of what was written.

    Args:
        question: as asked.
        written: the sentences, with the numbers that they name.
        sources: the passages that were given, in the order of their numbers from 1.
        language: of the sentences.
        check: tells whether what a sentence names supports it.
        customer: whose name and orders are put back into what is shown.
    """
    shown: list[Statement] = []
    to_the_point = False
    left: Counter[str] = Counter()
    drawn = [_drawn(draft, sources, customer) for draft in written]
    judged = _judged([one for one in drawn if one is not None], language, check)
    for draft, one in zip(written, drawn, strict=True):
        if one is None:
            left["uncited"] += 1
            continue
        verdict, place = next(judged)
        answers = verdict == "supported" and (
            place is None or _at(place, *one.cited[place.passage])
        )
        if verdict == "supported" and _is_foreign(one.said, language):
            verdict = "beside"
        if verdict == "supported":
            verdict = _trusted(one.said, question, one.cited, place, answers=answers)
        if verdict != "supported":
            left[verdict] += 1
            continue
        text = customer.put_back(draft.text)
        shown.append(Statement(text, _citations([c for c, _ in one.cited], place), text))
        to_the_point = to_the_point or answers
    return Passed(tuple(shown), LeftOut(**left), to_the_point)


class _Drawn(NamedTuple):
    """A sentence of a model, as it is checked.

    Attributes:
        said: without the customer's names.
        cited: the citations that it names, each with what answers best there.
    """

    said: str
    cited: list[tuple[Citation, str]]


def _drawn(draft: Draft, sources: Sequence[Statement], customer: CustomerFacts) -> _Drawn | None:
    """`None` of a sentence that names no source, or one that was not given."""
    if not draft.sources or not all(1 <= n <= len(sources) for n in draft.sources):
        return None
    cited = [(c, sources[n - 1].focus) for n in draft.sources for c in sources[n - 1].citations]
    return _Drawn(customer.without_names(draft.text), cited)


def _trusted(
    said: str,
    question: str,
    cited: Sequence[tuple[Citation, str]],
    place: Place | None,
    *,
    answers: bool,
) -> Judged:
    """Whether what supports a sentence may: it is no order, and says something to the question.

    A document is data: where one orders a machine about, only what answers the question counts.
    """
    citation, focus = cited[place.passage if place else 0]
    evidence = citation.quote[place.start : place.end] if place else citation.quote
    if gives_orders(said) or gives_orders(evidence if answers else citation.quote):
        return "unsupported"
    return "supported" if answers or _related(evidence, question, citation, focus) else "beside"


def _is_foreign(said: str, language: Language) -> bool:
    """Whether a sentence is in the other language than was asked for; both ways to tell agree."""
    return detect_language(said) != language and question_language(said) != language


def _related(evidence: str, question: str, citation: Citation, focus: str) -> bool:
    """Whether evidence shares a telling word with the question, with what is above it, or answers.

    Measured on what a small model wrote (`eval/sets/composed.jsonl`): of its supported sentences
    without such a word nearly all are about something else.
    """
    about = " ".join((question, citation.title, *citation.headings, focus))
    return not _stems(evidence, citation.language).isdisjoint(_stems(about, citation.language))


def _stems(text: str, language: Language) -> frozenset[str]:
    return frozenset(
        stem(word, language)
        for word in content_words(text)
        if len(word) >= _LEAST_LETTERS and any(map(str.isalpha, word))
    )


def _judged(
    drawn: Sequence[_Drawn], language: Language, check: SupportCheck
) -> Iterator[tuple[Judged, Place | None]]:
    """Of each in order; an address that its source does not have needs no look."""
    linked = [
        all(any(link in c.quote for c, _ in one.cited) for link in _LINK.findall(one.said))
        for one in drawn
    ]
    asked = [one for one, ok in zip(drawn, linked, strict=True) if ok]
    claims = [(one.said, [_passage(citation) for citation, _ in one.cited]) for one in asked]
    found = iter(check(claims, language) if claims else ())
    for ok in linked:
        support = next(found) if ok else None
        yield (support.verdict, support.evidence) if support else ("unsupported", None)


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
