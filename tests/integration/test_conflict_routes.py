"""Contradictions and near-copies over REST: a job looks, its owner reads what still stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.shell.manage.conflict_bodies import ContradictionList, DuplicateList
from assistant.shell.manage.work_bodies import WorkCounts
from assistant.shell.manage.worker import Worker
from ingest.chunk import chunk_document
from knowledge.identity.access import Grant
from knowledge.intake import take_in
from knowledge.models import Filing
from knowledge.register import Register
from tests.e2e.page_double import make_document
from tests.integration.test_manage_api import House, checked
from tests.people import TREE

RULE = (
    "Puede solicitar la devolución del producto comprado en la tienda en un plazo de {} días, y "
    "tiene que traer la factura y el embalaje en el que se le entregó. Los muebles que ya se han "
    "montado se desmontan antes en casa del cliente, y quien los recoge apunta en el parte cada "
    "golpe, cada arañazo y cada pieza que falta, con una fotografía de todo ello."
)
OTHERS = (
    "Los paquetes grandes se envían desde el almacén central.",
    "La contraseña se cambia en los ajustes de la cuenta.",
    "Las facturas se guardan en el área de clientes.",
)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path / "house")
    put(house, "otros.md", *OTHERS)
    put(house, "a.md", RULE.format(14), "Se paga en la caja.")
    put(house, "b.md", RULE.format(30), "Se recoge en el mostrador.", audience="levante")
    yield house
    house.close()


def put(house: House, name: str, *paragraphs: str, audience: str = "staff") -> None:
    """A source in force, filed without the parser's child process."""
    parts = [("heading", "Normas"), *(("paragraph", text) for text in paragraphs)]
    document = make_document(name, parts, audience=audience)
    chunks = chunk_document(document, house.embedder.count_tokens)
    with Register.open(house.people.settings, write=True) as register:
        made = (document, chunks, document.text.encode())
        take_in(register, house.embedder, made, filing=Filing(author="rosa"))


def searched(house: House, who: str, what: str) -> list[dict[str, Any]]:
    """What somebody finds by looking anew."""
    job = house.done(who, house.ask(who, "POST", f"/{what}"))
    assert job["state"] == "done", job
    assert "findings" not in job["result"]
    return listed(house, who, what)


def listed(house: House, who: str, what: str) -> list[dict[str, Any]]:
    model = ContradictionList if what == "contradictions" else DuplicateList
    found: list[dict[str, Any]] = checked(model, house.ask(who, "GET", f"/{what}").json())[
        "findings"
    ]
    return found


def test_a_contradiction_is_found_in_the_background_and_listed(house: House) -> None:
    nothing = house.ask("marta", "GET", "/contradictions").json()
    assert nothing == {"job": None, "findings": []}
    (found,) = searched(house, "marta", "contradictions")
    assert found["reason"]["es"] == "plazo: «14 días» frente a «30 días»"
    assert [one["source"] for one in found["sentences"]] == ["a.md", "b.md"]
    assert house.ask("marta", "GET", "/contradictions").json()["job"]["result"] == {"found": 1}


def test_what_the_last_search_found_is_counted_beside_the_other_work(house: House) -> None:
    counts = house.ask("marta", "GET", "/work").json()
    assert (counts["contradictions"], counts["duplicates"]) == (None, None)
    searched(house, "marta", "contradictions")
    job = house.ask("marta", "GET", "/contradictions").json()["job"]
    counts = checked(WorkCounts, house.ask("marta", "GET", "/work").json())
    assert counts["contradictions"]["count"] == 1
    assert counts["contradictions"]["ended_at"] == job["ended_at"]
    assert counts["duplicates"] is None
    number = house.register.curation.number_of("b.md")
    assert house.ask("pablo", "POST", f"/sources/{number}/retire", json={}).status_code == 200
    assert house.ask("marta", "GET", "/work").json()["contradictions"]["count"] == 0
    for other in ("quim", "pablo"):
        assert house.ask(other, "GET", "/work").json()["contradictions"] is None


def test_near_copies_are_found_and_listed(house: House) -> None:
    put(house, "c.md", RULE.format(14), "Se llama antes de venir.")
    found = searched(house, "marta", "duplicates")
    assert len(found) == 2
    sides = [(one["place"]["source"], one["of"]["source"]) for one in found]
    assert {name for pair in sides for name in pair} == {"a.md", "b.md", "c.md"}
    assert all(one["contained"] > 0.8 for one in found)


@pytest.mark.parametrize("what", ["contradictions", "duplicates"])
def test_what_one_finds_nobody_else_is_shown(house: House, what: str) -> None:
    assert len(searched(house, "marta", what)) == 1
    assert listed(house, "pablo", what) == []
    number = house.ask("marta", "GET", f"/{what}").json()["job"]["id"]
    assert house.ask("leo", "GET", f"/jobs/{number}").status_code == 404
    assert "factura" not in house.ask("pablo", "GET", "/jobs").text
    (one,) = house.register.jobs.latest()
    assert (one.id, one.state, one.result) == (number, "done", {})


@pytest.mark.parametrize("what", ["contradictions", "duplicates"])
def test_whoever_does_not_see_a_source_finds_nothing_in_it(house: House, what: str) -> None:
    house.people.accounts.grant("leo", Grant.parse("manager@meridiano"), TREE)
    house.people.accounts.revoke("leo", Grant.parse("manager@levante"))
    assert searched(house, "leo", what) == []


@pytest.mark.parametrize("what", ["contradictions", "duplicates"])
def test_what_one_may_no_longer_see_is_shown_no_more(house: House, what: str) -> None:
    assert len(searched(house, "leo", what)) == 1
    house.people.accounts.grant("leo", Grant.parse("manager@meridiano"), TREE)
    house.people.accounts.revoke("leo", Grant.parse("manager@levante"))
    assert listed(house, "leo", what) == []


@pytest.mark.parametrize("what", ["contradictions", "duplicates"])
def test_what_is_mended_is_shown_no_more(house: House, what: str) -> None:
    assert len(searched(house, "marta", what)) == 1
    number = house.register.curation.number_of("b.md")
    assert house.ask("pablo", "POST", f"/sources/{number}/retire", json={}).status_code == 200
    assert listed(house, "marta", what) == []


def test_one_search_at_a_time_is_enough(house: House) -> None:
    house.worker.stop()
    first, again = (house.ask("marta", "POST", "/contradictions").json() for _ in range(2))
    assert first["id"] == again["id"]
    assert first["state"] == "queued"
    other = house.ask("pablo", "POST", "/contradictions").json()
    assert other["id"] != first["id"]


def test_a_search_that_the_servers_end_stops_waits_for_the_next_start(house: House) -> None:
    house.worker.stop()
    number = house.ask("marta", "POST", "/contradictions").json()["id"]
    ended = Worker(house.register, house.embedder, house.people.settings, keep_indexes=False)
    ended._stopping.set()
    job = house.register.jobs.take()
    assert job is not None
    assert not ended._carry_out(job)
    waiting = house.register.jobs.get(number)
    assert (waiting.state, waiting.attempts) == ("queued", 0)
