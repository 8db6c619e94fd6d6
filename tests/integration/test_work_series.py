"""The managers' work day by day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from knowledge.models import EVERYONE
from knowledge.register import Register
from knowledge.settings import load
from knowledge.work.feedback import Feedback, Remark
from knowledge.work.gaps import CLOSED_AGAIN, Gaps
from knowledge.work.questions import Questions
from knowledge.work.receipts import Receipts
from knowledge.work.work_series import (
    DayShare,
    DayVerdicts,
    coverage_per_day,
    feedback_open,
    gaps_open,
    questions_per_day,
    receipts_outstanding,
)
from tests.integration.work_made import DAY, Company


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    settings = load(data_dir=tmp_path / "data")
    with Register.open(settings, write=True) as register:
        made = Company(settings, register)
        yield made
        made.close()


@pytest.fixture
def first(company: Company) -> date:
    return company.today


def test_questions_are_counted_by_day_and_verdict_with_the_days_between(
    company: Company, first: date
) -> None:
    agent = company.agent("contractor-a")
    company.ask("uno", agent, "answered")
    company.ask("dos", agent, "not_found")
    company.ask("tres", company.agent("contractor-b"), "partly")
    company.ask("tres", company.agent("contractor-b"), "conflict")
    company.now += 2 * DAY
    company.ask("cuatro", agent, "answered")
    span = (first, first + 2 * DAY)
    assert questions_per_day(company.store, company.manager(), *span) == [
        DayVerdicts(first, 4, answered=1, partly=1, not_found=1),
        DayVerdicts(first + DAY),
        DayVerdicts(first + 2 * DAY, 1, answered=1),
    ]
    assert coverage_per_day(company.store, company.manager("contractor-a"), *span) == [
        DayShare(first, 0.5),
        DayShare(first + DAY, None),
        DayShare(first + 2 * DAY, 1.0),
    ]
    assert questions_per_day(company.store, company.manager("company"), first, first)[0].asked == 0


def test_gaps_are_open_from_when_they_are_missed_until_settled_and_again_when_back(
    company: Company, first: date
) -> None:
    agent, manager, gaps = company.agent(), company.manager(), Gaps(company.store)
    company.ask("¿montaje?", agent, matter="montaje")
    company.now += DAY
    company.ask("¿horario?", agent, matter="horario")
    company.now += DAY
    (montaje,) = [g.number for g in gaps.all(manager) if g.question == "¿montaje?"]
    gaps.close(montaje, manager)
    company.now += 2 * DAY
    for _ in range(CLOSED_AGAIN):
        company.ask("¿montaje?", agent, matter="montaje")
    rows = gaps_open(company.store, manager, first - DAY, first + 5 * DAY)
    assert [row.count for row in rows] == [0, 1, 2, 1, 1, 2, 2]


def test_feedback_is_open_until_it_is_settled(company: Company, first: date) -> None:
    company.bring("a.md", "Uno.")
    feedback = Feedback(company.store)
    number = feedback.give(Remark("wrong", source="a.md"), company.agent())
    feedback.give(Remark("useful", source="a.md"), company.agent())
    company.now += DAY
    feedback.give(Remark("missing", source="a.md"), company.agent())
    company.now += DAY
    feedback.resolve(number, "Hecho.", company.manager())
    rows = feedback_open(company.store, company.manager(), first, first + 2 * DAY)
    assert [row.count for row in rows] == [1, 2, 1]
    rows = feedback_open(company.store, company.manager("company"), first, first + 2 * DAY)
    assert [row.count for row in rows] == [0, 0, 0]


def test_readings_are_outstanding_for_each_person_until_confirmed(
    company: Company, first: date
) -> None:
    company.bring("a.md", "Uno.")
    for label, name in (("company", "leo"), ("contractor-a", "ana"), ("contractor-a", "eva")):
        company.ask("hola", company.agent(label, name))
    receipts, manager = Receipts(company.store), company.manager()
    receipts.require("a.md", 1, [EVERYONE], first + 5 * DAY, manager)
    company.now += DAY
    receipts.acknowledge("a.md", 1, company.agent("contractor-a", "eva"))
    people = Questions(company.store).people(manager)
    rows = receipts_outstanding(company.store, manager, people, first - DAY, first + DAY)
    assert [row.count for row in rows] == [0, 3, 2]
    own = company.manager("contractor-a")
    rows = receipts_outstanding(company.store, own, people, first, first + DAY)
    assert [row.count for row in rows] == [2, 1]
