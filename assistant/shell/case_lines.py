"""What an answer means for a customer's case, as JSON and as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

import typer

from assistant.cases.wording import amount, further, told
from assistant.shell.printable import printable
from assistant.shell.texts import say

if TYPE_CHECKING:
    from assistant.cases.models import CaseFact, Decided, When
    from assistant.models import Answer
    from knowledge.models import Language

Json = dict[str, Any]

MAX_QUOTE_CHARS = 160

_COLOURS = {"computed": "green", "question": "yellow", "not_applicable": "red"}


def case_json(answer: Answer) -> list[Json] | None:
    """The facts of an answer as in ``docs/answer-format.md``; `None` without a case."""
    if answer.case_facts is None:
        return None
    return facts_json(answer.case_facts, answer.language)


def facts_json(facts: Iterable[CaseFact], language: Language) -> list[Json]:
    """Facts, with their texts in a language."""
    return [_fact(fact, language) for fact in facts]


def case_lines(answer: Answer, language: Language) -> list[str]:
    """A heading and a line for each fact, with what to check and to ask; none without a case."""
    if answer.case_facts is None:
        return []
    lines = ["", typer.style(say(language, "case_facts"), bold=True)]
    if not answer.case_facts:
        return [*lines, f"   {say(language, 'case_facts_none')}"]
    said: dict[tuple[str, ...], list[CaseFact]] = {}
    for fact in answer.case_facts:
        if not _is_open(fact):
            key = (fact.status, told(fact, language), *further(fact, language))
            said.setdefault(key, []).append(fact)
    for (status, text, *rest), facts in said.items():
        label = typer.style(say(language, f"case_{status}"), fg=_COLOURS[status], bold=True)
        places = "".join(f"[{n}]" for n in sorted({fact.statement + 1 for fact in facts}))
        lines.append(f"   {places} {label} {_safe(text)}")
        lines += [f"       {_safe(line)}" for line in rest]
        quote = facts[0].rule.quote
        if quote != answer.statements[facts[0].statement].text:
            lines.append(typer.style(f"       «{_safe(_shortened(quote))}»", dim=True))
    return lines + _open_line(answer.case_facts, language)


def _is_open(fact: CaseFact) -> bool:
    """Whether the source leaves open what a period counts from."""
    return fact.status == "question" and fact.questions[0].code == "unknown_event"


def _open_line(facts: Iterable[CaseFact], language: Language) -> list[str]:
    """All periods of which the source leaves it open, in one line."""
    amounts = [f"{amount(f.rule, language)} [{f.statement + 1}]" for f in facts if _is_open(f)]
    listed = ", ".join(dict.fromkeys(amounts))
    return [f"   {say(language, 'case_open', amounts=listed)}"] if listed else []


def _shortened(quote: str) -> str:
    """A quote of one line, cut between words."""
    line = " ".join(quote.split())
    return line if len(line) <= MAX_QUOTE_CHARS else line[:MAX_QUOTE_CHARS].rsplit(" ", 1)[0] + " …"


def _safe(text: str) -> str:
    """Words of documents, in one line."""
    return printable(text).replace("\n", " ")


def _fact(fact: CaseFact, language: Language) -> Json:
    rule, span = fact.rule, fact.span
    return {
        "statement": fact.statement + 1,
        "status": fact.status,
        "text": told(fact, language),
        "ask": further(fact, language),
        "event": rule.event,
        "event_date": _when(fact.when),
        "first_day": _day(span.first),
        "last_day": _day(span.last),
        "due": span.due.isoformat() if span.due else None,
        "days_left": fact.days_left,
        "holidays": [f"{holiday.day} {holiday.name}" for holiday in span.skipped],
        "rule": {
            "low": rule.low,
            "high": rule.high,
            "unit": rule.unit,
            "direction": rule.direction,
            "strict": rule.strict,
            "document": rule.document,
            "version": rule.version,
            "quote": rule.quote,
            "start": rule.start,
            "end": rule.end,
        },
        "conditions": [_condition(decided) for decided in fact.conditions],
    }


def _condition(decided: Decided) -> Json:
    condition = decided.condition
    return {
        "state": decided.state,
        "kind": condition.kind,
        "text": condition.text,
        "start": condition.start,
        "end": condition.end,
    }


def _when(when: When | None) -> str | None:
    if when is None:
        return None
    return f"{when.day}T{when.clock:%H:%M}" if when.clock else when.day.isoformat()


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
