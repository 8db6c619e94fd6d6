"""Statements of an answer -> the rules they cite -> facts of a case."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from assistant.cases.conditions import day_conditions, moved, scope_of, settled
from assistant.cases.facts import Reckoning, fact_of
from assistant.cases.models import Case, CaseFact, Condition, Rule
from assistant.cases.rules import rules_of
from knowledge.models import Document
from knowledge.text import sentence_spans

if TYPE_CHECKING:
    from assistant.models import Citation, Statement

DocumentOf = Callable[[str, int], Document | None]
"""A document by its name and the number of its version; `None` where it is gone."""

AROUND_CHARS = 1_000
"""Of a paragraph, read before and after the words cited."""
OPENING_CHARS = 800
"""Of a document: where it says to which purchases it applies."""


def facts_of(
    statements: Sequence[Statement], case: Case, by: Reckoning, document_of: DocumentOf
) -> tuple[CaseFact, ...]:
    """What the statements mean for a case, in their order; each rule once.

    Args:
        statements: of an answer.
        case: what is known of the customer's case.
        by: the moment and the working days.
        document_of: the document that is cited, as the viewer may see it.
    """
    found: dict[tuple[str, int, int], CaseFact] = {}
    for place, statement in enumerate(statements):
        for citation in statement.citations:
            document = document_of(citation.document, citation.version)
            for rule in cited_rules(citation, document, case):
                key = rule.document, rule.version, rule.amount_start
                found.setdefault(key, fact_of(place, rule, case, by))
    return tuple(found.values())


def cited_rules(citation: Citation, document: Document | None, case: Case) -> Iterator[Rule]:
    """The rules in the words cited; the paragraph around them tells what they count from.

    Args:
        citation: where the words stand.
        document: the document; `None` where it is gone.
        case: decides whether the version's own days have to be asked about.
    """
    if document and document.text[citation.start : citation.end] == citation.quote:
        start, end = _paragraph(citation, document)
        paragraph, around = document.text[start:end], tuple(_around(citation, document))
    else:
        start, paragraph, around = citation.start, citation.quote, ()
    around += tuple(_version_days(citation, case))
    for rule in rules_of(paragraph, citation.language):
        if not citation.start <= start + rule.amount_start < citation.end:
            continue
        conditions = [moved(condition, start) for condition in rule.conditions]
        yield replace(
            rule,
            start=start + rule.start,
            end=start + rule.end,
            amount_start=start + rule.amount_start,
            amount_end=start + rule.amount_end,
            conditions=settled(conditions, around),
            document=citation.document,
            version=citation.version,
        )


def _paragraph(citation: Citation, document: Document) -> tuple[int, int]:
    """The blocks that the words lie in, as far as they are near."""
    blocks = [b for b in document.blocks if b.start < citation.end and citation.start < b.end]
    start = min([citation.start, *(b.start for b in blocks)])
    end = max([citation.end, *(b.end for b in blocks)])
    return max(start, citation.start - AROUND_CHARS), min(end, citation.end + AROUND_CHARS)


def _around(citation: Citation, document: Document) -> Iterator[Condition]:
    """To which days of purchase or delivery a heading limits the words, else the document."""
    limited = False
    for heading in reversed(citation.headings):
        at = document.text.rfind(heading, 0, citation.start)
        if at < 0:
            continue
        for condition in day_conditions(heading, citation.language):
            limited = True
            yield moved(condition, at)
    if not limited:
        opening = document.text[:OPENING_CHARS]
        yield from scope_of(opening, document.language, sentence_spans(opening))


def _version_days(citation: Citation, case: Case) -> Iterator[Condition]:
    """Of a version in force for some days only: the day of the purchase, which decides."""
    first, end = citation.valid_from, citation.valid_to
    if "purchased" in case.dates or (first is None and end is None):
        return
    last = end - timedelta(days=1) if end else None
    yield Condition(
        "days", "", citation.start, citation.start, event="purchased", first=first, last=last
    )
