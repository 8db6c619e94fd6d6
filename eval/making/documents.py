"""A published source -> draft cases: a question for each figure, date, period and obligation. Pure.

Questions are put together from words of the source: its headings, rows and sentences. They are
nearer to the source than what people ask, so that whoever accepts one words it anew where they can.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from eval.golden.drafts import Draft
from eval.golden.models import Fact, Forbidden, Gold
from eval.making import wordings
from eval.making.facts import facts_in
from knowledge.conflicts.modality import marks_of
from knowledge.differences.compare import compare
from knowledge.differences.passages import Passage, passages
from knowledge.models import Document
from knowledge.text import STOP_WORDS, fold, words

MAX_QUOTE_CHARS = 600
MIN_WORDS = 2
"""Content words of what is asked about."""
_CELL = re.compile(r"(?:^|; )(?P<name>[^:;]{1,60}): (?P<value>.*?)(?=; [^:;]{1,60}: |$)")
_UNNAMED = re.compile(r"^(?P<label>[^:;]{1,80}) — ")
"""The first cell of a table whose first column has no name."""
_CURRENCY = re.compile(r"\s*\((?:€|EUR|\$|USD|£|GBP)\)$")
_AMOUNT = re.compile(r"\d[\d.,]*")
MAX_SENTENCE_CHARS = 160
"""Of what is asked with yes or no."""
_LABEL = re.compile(r"^(?P<label>[^:.?]{3,80}): (?P<rest>.+)$")


@dataclass(frozen=True)
class Proposal:
    """A question that a passage answers.

    Attributes:
        question: in the source's words.
        facts: what an answer has to say; those of the question must be said.
    """

    question: str
    facts: tuple[Fact, ...]


def propose(
    document: Document, audience: str, day: date, *, before: Document | None = None
) -> Iterator[Draft]:
    """A draft for each passage that states something, in reading order.

    What is not to be told to customers is left out, and so is what the viewer may not see.

    Args:
        document: the version in force, as whoever proposes sees it.
        audience: label of who asks.
        day: today.
        before: the version before it; its figures that changed are forbidden.
    """
    was = _outdated(before, document) if before is not None else {}
    asked: set[str] = set()
    for passage in passages(document):
        quote = passage.key
        if passage.internal or passage.kind in ("heading", "table") or len(quote) > MAX_QUOTE_CHARS:
            continue
        for found in _of(passage, document):
            if found.question.casefold() in asked or not _says_something(found.question, MIN_WORDS):
                continue
            asked.add(found.question.casefold())
            yield Draft(
                id=f"doc-{_digest(document.name, found.question)}",
                language=document.language,
                question=found.question,
                source=f"document:{document.name[:100]}:{document.version}",
                created=day,
                answerability="answerable",
                behaviour="answer",
                audience=audience,
                gold=(Gold(document=document.name, quote=quote),),
                facts=found.facts,
                forbidden=was.get(passage.start, ()),
                tags=(("style", "proposed"),),
            )


def spread(drafts: list[Draft], most: int) -> list[Draft]:
    """At most so many, from all over the source."""
    if len(drafts) <= most:
        return drafts
    return [drafts[at * len(drafts) // most] for at in range(most)]


def _of(passage: Passage, document: Document) -> Iterator[Proposal]:
    if passage.kind == "row":
        yield from _of_row(passage)
        return
    topic = passage.headings[-1] if passage.headings else document.title
    facts = facts_in(passage.text)
    if topic.rstrip().endswith("?"):  # a question that the source asks itself
        if facts:
            yield Proposal(topic.strip(), (facts[0], *_optional(facts[1:])))
        return
    if facts:
        yield from _of_figure(passage, topic, facts)
        return
    yield from _of_obligation(passage)


def _of_figure(passage: Passage, topic: str, facts: tuple[Fact, ...]) -> Iterator[Proposal]:
    """The first figure is asked for; what stands before it says of what."""
    first, language = facts[0], passage.language
    text = " ".join(passage.text.split())
    labelled = _LABEL.match(text)
    if labelled is not None and first.aliases[0] in labelled["rest"]:
        said = labelled["label"]
    else:
        said = wordings.lead(text[: text.find(first.aliases[0])], language)
    if _says_something(said):
        question = wordings.about(topic, said, wordings.asks(first, language))
        yield Proposal(question, (first, *_optional(facts[1:])))


def _of_obligation(passage: Passage) -> Iterator[Proposal]:
    text = " ".join(passage.text.split())
    marks = [
        mark
        for mark in marks_of(text, passage.language)
        if mark.mode in ("must", "may not") and not mark.conditional
    ]
    plain = text.endswith(".") and len(text) <= MAX_SENTENCE_CHARS and ":" not in text
    if len(marks) != 1 or not plain or "," in text[: marks[0].start]:
        return
    question = wordings.whether(text, marks[0].start, passage.language)
    if question is not None:
        kind = "negative" if marks[0].mode == "may not" else "condition"
        said = text[marks[0].start :].rstrip(".")
        fact = Fact(id="f1", kind="negative", must=True, aliases=(said,))
        yield Proposal(question, (fact.model_copy(update={"kind": kind}),))


def _of_row(passage: Passage) -> Iterator[Proposal]:
    """A row that holds a question and its answer is that; of others each cell with a figure."""
    text = " ".join(passage.text.split())
    unnamed = _UNNAMED.match(text)
    rest = text if unnamed is None else text[unnamed.end() :]
    cells = [(cell["name"].strip(), cell["value"].strip()) for cell in _CELL.finditer(rest)]
    if unnamed is not None:
        cells.insert(0, ("", unnamed["label"]))
    question = next((value for _, value in cells if value.endswith("?")), None)
    if question is not None:
        rest = " ".join(value for _, value in cells if value != question)
        if facts := facts_in(rest):
            yield Proposal(question, (facts[0], *_optional(facts[1:])))
        return
    if not cells or not _says_something(cells[0][1]):
        return
    for column, value in cells[1:]:
        if facts := _in_cell(column, value):
            name = _CURRENCY.sub("", column)
            yield Proposal(wordings.of_cell(cells[0][1], name, passage.language), facts)


def _in_cell(column: str, value: str) -> tuple[Fact, ...]:
    """Facts of a cell; a size within a description is none, and an amount below its currency is."""
    if _CURRENCY.search(column) and _AMOUNT.fullmatch(value):
        return (Fact(id="f1", kind="number", must=True, aliases=(value,)),)
    facts = facts_in(value)
    if facts and facts[0].kind == "number" and facts[0].unit is None:
        return facts if value.startswith(facts[0].aliases[0]) else ()
    return facts


def _optional(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    return tuple(fact.model_copy(update={"must": False}) for fact in facts)


def _outdated(before: Document, now: Document) -> Mapping[int, tuple[Forbidden, ...]]:
    """Figures that the version before had in place of others, by where the passage is now."""
    found: dict[int, tuple[Forbidden, ...]] = {}
    for one in compare(before, now).items:
        if one.kind != "changed" or one.old is None or one.new is None:
            continue
        still = {fact.aliases[0].casefold() for fact in facts_in(one.new.passage.text)}
        gone = [
            fact.aliases[0]
            for fact in facts_in(one.old.passage.text)
            if fact.aliases[0].casefold() not in still
        ]
        found[one.new.passage.start] = tuple(
            Forbidden(id=f"v{at}", phrase=said, severity="low", why=f"version {before.version}")
            for at, said in enumerate(gone, 1)
        )
    return found


def _says_something(text: str, least: int = 1) -> bool:
    return sum(word not in STOP_WORDS for word in words(fold(text))) >= least


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]
