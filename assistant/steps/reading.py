"""One entry of a list -> a step with its conditions, warnings, periods and what stands under it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.cases.conditions import conditions_of
from assistant.steps.instructions import forbids, instructs, warns
from assistant.steps.models import Condition, ConditionKind, Note, Quote, Step
from assistant.steps.runs import Item
from knowledge.models import Document
from knowledge.quantities.extract import quantities_of
from knowledge.text import fold, sentence_spans

MAX_NOTES = 6
"""Beside one step; the rest is a key away in the passage."""

_UNLESS = re.compile(r"(?:salvo|excepto|a menos que|unless|except)\b")
_WHEN = re.compile(r"(?:cuando|when)\b")
_NIGHTS = re.compile(r"(?:noche|night)s?\b")
_EVEN = re.compile(r"\b(?:even|as|incluso|como|aun|only) $")
_NO_CONDITION = re.compile(r"si bien\b")
_CONDITIONAL = re.compile(r"(?:si|en caso de|salvo|a menos que|if|in case|unless|cuando|when)\b")
_WHETHER = re.compile(
    r"\b(?:comprueb\w*|compruebe|pregunt\w*|confirm\w*|verifi\w*|vea|ver|mire|revis\w*|consult\w*|"
    r"saber|indique|diga|evalu\w*|indicando|diciendo|check|ask|see|confirm|verify|determine|"
    r"decide|know|find out|tell(?:ing)? \w+|saying|see|"
    r"whether)(?: \w+){0,3} $"
)


@dataclass(frozen=True)
class Place:
    """Where an entry is read.

    Attributes:
        document: the version.
        key: of the step that is made.
        depth: 0, or 1 for one under another.
    """

    document: Document
    key: str
    depth: int = 0


def steps_of(item: Item, place: Place) -> list[Step]:
    """The step of an entry and those under it; empty where nothing is said.

    Its first sentence, and the instructions that follow at once, are the step. "If …, do …" after
    that is a step of its own under it; what must not be done, and anything else, stands beside it.
    """
    document = place.document
    spans = list(_sentences(item, document))
    if not spans:
        return []
    first, rest = _split(spans, document)
    conditions = conditions_at(document, *first, place.key, page=item.block.page)
    notes, below = _beside(rest, item, place)
    for entry in item.under:
        more, steps = _under(entry, place, len(below))
        notes += more
        below += steps
    head = Step(
        key=place.key,
        label=item.label,
        quote=_quote(document, *first, item.block.page),
        depth=place.depth,
        conditions=conditions,
        notes=tuple(notes[:MAX_NOTES]),
        deadlines=periods(document, *first, item.block.page),
    )
    return [head, *below]


def conditions_at(
    document: Document, start: int, end: int, key: str, *, page: int | None
) -> tuple[Condition, ...]:
    """The conditions within a stretch of text, numbered after the step they belong to."""
    text = document.text[start:end]
    found: list[Condition] = []
    for one in conditions_of(text, document.language):
        folded = fold(text[one.start : one.end])
        before = fold(text[: one.start])[-60:]
        if not one.text or _WHETHER.search(before) or _EVEN.search(before):
            continue
        if len(folded.split()) < 2 or _NO_CONDITION.match(folded):
            continue
        quote = Quote(one.text, start + one.start, start + one.end, page)
        found.append(Condition(f"{key}?{len(found) + 1}", _kind(folded), quote))
    return tuple(found)


def periods(document: Document, start: int, end: int, page: int | None) -> tuple[Quote, ...]:
    """The periods that a stretch of text names, such as "24 horas"."""
    text = document.text[start:end]
    if not any(c.isdigit() for c in text) and len(text) > 400:
        return ()
    return tuple(
        Quote(text[q.start : q.end], start + q.start, start + q.end, page)
        for q in quantities_of(text, document.language)
        if q.kind == "duration" or (q.kind == "count" and _NIGHTS.match(fold(q.unit)))
    )


def notes_of(spans: Sequence[tuple[int, int]], document: Document, page: int | None) -> list[Note]:
    """Sentences that stand beside a step."""
    return [
        Note(
            "warning" if warns(document.text[a:b]) else "detail",
            _quote(document, a, b, page),
        )
        for a, b in spans
    ]


def sentences_at(document: Document, start: int, end: int) -> list[tuple[int, int]]:
    """Start and end of each sentence of a stretch, as offsets in the document."""
    return [(start + a, start + b) for a, b in sentence_spans(document.text[start:end])]


def _beside(
    rest: Sequence[tuple[int, int]], item: Item, place: Place
) -> tuple[list[Note], list[Step]]:
    document, page = place.document, item.block.page
    notes: list[Note] = []
    below: list[Step] = []
    for a, b in rest:
        text = document.text[a:b]
        key = f"{place.key}.{len(below) + 1}"
        conditions = (
            conditions_at(document, a, b, key, page=page)
            if place.depth == 0 and _CONDITIONAL.match(fold(text))
            else ()
        )
        if conditions and not forbids(text) and b > conditions[0].quote.end + 3:
            quote, due = _quote(document, a, b, page), periods(document, a, b, page)
            below.append(Step(key, "", quote, 1, conditions, (), due))
        else:
            notes += notes_of([(a, b)], document, page)
    return notes, below


def _under(entry: Item, place: Place, already: int) -> tuple[list[Note], list[Step]]:
    """What an entry below a step is: a step under it, or something beside it."""
    document = place.document
    spans = list(_sentences(entry, document))
    if not spans:
        return [], []
    text = document.text[spans[0][0] : spans[0][1]]
    is_entry = entry.block.kind == "list" and place.depth == 0
    if is_entry and not forbids(text) and instructs(text, document.language):
        below = Place(document, f"{place.key}.{already + 1}", 1)
        return [], steps_of(entry, below)
    return notes_of(spans, document, entry.block.page), []


def _split(
    spans: Sequence[tuple[int, int]], document: Document
) -> tuple[tuple[int, int], list[tuple[int, int]]]:
    """The sentences that are the step, as one stretch, and the others."""
    start, end = spans[0]
    rest = list(spans[1:])
    while rest:
        text = document.text[rest[0][0] : rest[0][1]]
        conditional = _CONDITIONAL.match(fold(text))
        if conditional or forbids(text) or not instructs(text, document.language):
            break
        end = rest.pop(0)[1]
    return (start, end), rest


def _sentences(item: Item, document: Document) -> Iterator[tuple[int, int]]:
    yield from sentences_at(document, item.start, item.block.end)


def _quote(document: Document, start: int, end: int, page: int | None) -> Quote:
    return Quote(document.text[start:end], start, end, page)


def _kind(folded: str) -> ConditionKind:
    if _UNLESS.match(folded):
        return "unless"
    return "when" if _WHEN.match(folded) else "if"
