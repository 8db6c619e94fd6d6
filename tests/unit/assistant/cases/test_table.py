"""A sentence and a customer's dates give the day, or the question, that was worked out by hand."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from assistant.cases.facts import Reckoning, fact_of
from assistant.cases.given import case_of, pairs
from assistant.cases.models import CaseFact
from assistant.cases.rules import rules_of
from assistant.cases.wording import further, told
from assistant.cases.working_days import WorkingDays, holidays_of, week
from knowledge.models import Language
from tests.unit.assistant.cases.table import ENGLISH, SPANISH

NOW = datetime(2026, 11, 28, 12, tzinfo=ZoneInfo("Europe/Madrid"))
_LINE = re.compile(
    r"(?P<case>\S+)(?: \[(?P<setting>[\w-]+)\])? -> (?P<result>[^|]+?) \| (?P<said>.+)"
)


def rows() -> Iterator[tuple[Language, str, str, str, str]]:
    for language, table in (("es", SPANISH), ("en", ENGLISH)):
        for line in table.strip().splitlines():
            match = _LINE.fullmatch(line)
            assert match, line
            yield language, match["said"], match["case"], match["setting"] or "", match["result"]  # type: ignore[misc]


ROWS = list(rows())


@cache
def working_days(setting: str) -> WorkingDays:
    place = setting if setting.startswith("ES") else "ES"
    return WorkingDays(week(saturdays=setting == "sat"), holidays_of(place), complete=True)


def result_of(fact: CaseFact) -> str:
    span = fact.span
    if fact.status == "not_applicable":
        return "x"
    if fact.status == "question":
        return f"?{fact.questions[0].code}"
    if span.first and span.last:
        result = f"{span.first}..{span.last}"
    else:
        result = f">{span.first}" if span.first else str(span.last)
    return " ".join([result, *(f"+{question.code}" for question in fact.questions)])


def test_a_heap_of_words_is_read_in_little_time() -> None:
    heaps = (
        "si algo, 30 días desde la entrega, ",
        "30 días desde la ",
        "en tienda si ",
        "no hasta ",
    )
    began = time.process_time()
    for heap in heaps:
        rules_of(heap * 2_000 + "14 días desde la entrega", "es")
    assert time.process_time() - began < 20


def test_there_are_enough_of_them_in_both_languages() -> None:
    assert len(ROWS) >= 120
    assert min(sum(row[0] == language for row in ROWS) for language in ("es", "en")) >= 60


@pytest.mark.parametrize(("language", "said", "given", "setting", "expected"), ROWS)
def test_it_gives_what_was_worked_out_by_hand(
    language: Language, said: str, given: str, setting: str, expected: str
) -> None:
    parts = [] if given == "none" else given.replace("D", "delivered=2026-11-16").split(",")
    by = Reckoning(NOW, working_days(setting))
    facts = [fact_of(0, rule, case_of(pairs(parts)), by) for rule in rules_of(said, language)]
    assert (result_of(facts[0]) if facts else "-") == expected
    for fact in facts:
        assert fact.rule.quote == said[fact.rule.start : fact.rule.end]
        for tongue in ("es", "en"):
            for line in (told(fact, tongue), *further(fact, tongue)):  # type: ignore[arg-type]
                assert line
                assert "{" not in line
