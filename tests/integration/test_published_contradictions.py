"""Contradictions among what is in force, for who asks: never a word of what they may not see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.conflicts.published import published, published_contradictions
from knowledge.models import Viewer
from knowledge.register import Register
from knowledge.settings import load
from knowledge.validity import NEVER, Validity
from tests.integration.work_made import DAY, Company

RULE = "Puede solicitar la devolución del producto comprado en la tienda en un plazo de {} días."
OTHERS = (
    "Los paquetes grandes se envían desde el almacén central.",
    "La contraseña se cambia en los ajustes de la cuenta.",
    "Las facturas se guardan en el área de clientes.",
)


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    with Register.open(load(data_dir=tmp_path / "data"), write=True) as register:
        made = Company(load(data_dir=tmp_path / "data"), register)
        made.bring("otros.md", *OTHERS)
        yield made
        made.close()


def found(company: Company, viewer: Viewer | None = None) -> list[tuple[str, ...]]:
    viewer = viewer or company.manager()
    every = published_contradictions(company.store, viewer)
    return [tuple(sorted((one.first.document, one.second.document))) for one in every]


def test_two_sources_in_force_contradict_each_other(company: Company) -> None:
    company.bring("a.md", RULE.format(14))
    company.bring("b.md", RULE.format(30))
    assert found(company) == [("a.md", "b.md")]


def test_nothing_is_found_where_nothing_is_seen(company: Company) -> None:
    company.bring("a.md", RULE.format(14))
    company.bring("b.md", RULE.format(30))
    nobody = Viewer("nadie", frozenset())
    assert published(company.store, nobody).chunks == []
    assert found(company, nobody) == []


def test_only_whoever_sees_both_is_told(company: Company) -> None:
    company.bring("a.md", RULE.format(14))
    company.bring("b.md", RULE.format(30), audience="contractor-a")
    assert found(company) == [("a.md", "b.md")]
    assert found(company, company.manager("contractor-a")) == [("a.md", "b.md")]
    assert found(company, company.agent("contractor-a")) == [("a.md", "b.md")]
    assert found(company, company.manager("contractor-b")) == []
    seen = published(company.store, company.manager("contractor-b")).chunks
    assert {one.chunk.document for one in seen} == {"a.md", "otros.md"}


def test_rules_for_two_circles_that_nobody_is_in_at_once_may_differ(company: Company) -> None:
    company.bring("a.md", RULE.format(14), audience="contractor-a")
    company.bring("b.md", RULE.format(30), audience="contractor-b")
    assert found(company) == []
    company.bring("c.md", RULE.format(60), audience="staff")
    assert {pair for pair in found(company) if "c.md" in pair} == set(found(company)) != set()


def test_what_is_mended_retired_or_not_yet_in_force_is_not_compared(company: Company) -> None:
    company.bring("a.md", RULE.format(14))
    company.bring("b.md", RULE.format(30))
    manager = company.manager(name="pablo")
    company.curation.retire("b.md", manager)
    assert found(company) == []
    later = Validity(company.today + 10 * DAY, NEVER)
    company.curation.publish("b.md", 1, manager, validity=later)
    assert found(company) == []
    assert found(company, replace(manager, on=company.today + 11 * DAY)) == [("a.md", "b.md")]
    company.bring("b.md", RULE.format("catorce"))
    assert found(company, replace(manager, on=company.today + 11 * DAY)) == []


def test_how_far_it_is_is_told(company: Company) -> None:
    company.bring("a.md", RULE.format(14))
    company.bring("b.md", RULE.format(30))
    stages: list[str] = []

    def told(stage: str, done: int, total: int) -> None:
        assert 0 <= done <= total
        stages.append(stage)

    published_contradictions(company.store, company.manager(), progress=told)
    assert list(dict.fromkeys(stages)) == ["reading", "comparing"]
