"""Customers and passages beside a contact: for whom, what is refused, and what is entered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.shell.access import COOKIE
from knowledge.audit import events as audit_events
from tests.e2e.contact_double import RULE, ContactHouse
from tests.e2e.page_double import LEVANTE_PDF, RETURNS_PDF

BASE = "http://127.0.0.1:7860"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ContactHouse]:
    house = ContactHouse(tmp_path_factory.mktemp("house"))
    yield house
    house.close()


@pytest.fixture(scope="module")
def client(house: ContactHouse) -> Iterator[TestClient]:
    with TestClient(house.app, base_url=BASE) as client:
        yield client


@pytest.fixture(scope="module")
def people(house: ContactHouse) -> dict[str, dict[str, str]]:
    names = ("ana", "olga", "marta", "quim", "adela")
    signed_in = {
        name: {"cookie": f"{COOKIE}={house.people.token(name)}", "origin": BASE} for name in names
    }
    return {**signed_in, "channel": {"authorization": f"Bearer {house.people.channel}"}}


@pytest.fixture
def at(client: TestClient, people: Any, request: pytest.FixtureRequest) -> str:
    given = {"channel": "call", "reference": request.node.name, "agent": "ana"}
    key = client.post("/v1/contacts", json=given, headers=people["channel"]).json()["key"]
    return f"/v1/contacts/{key}"


def says(client: TestClient, people: Any, at: str, utterance: str, text: str) -> None:
    turn = {"utterance": utterance, "speaker": "customer", "text": text}
    client.post(f"{at}/turns", json={"turns": [turn]}, headers=people["channel"])


def test_a_customer_is_found_in_what_is_said_once(client: TestClient, people: Any, at: str) -> None:
    found = client.get(f"{at}/customer", headers=people["ana"]).json()
    assert found == {"said": "", "found": None, "orders": [], "linked": None}
    says(client, people, at, "1", "mi pedido es el ALM-26-0000001")
    found = client.get(f"{at}/customer", headers=people["ana"]).json()
    assert [one["key"] for one in found["found"]["matches"]] == ["C-1"]
    assert found["found"]["matches"][0]["phone"] == ""
    assert found["orders"] == ["ALM-26-0000001"]
    again = client.get(f"{at}/customer?said={found['said']}", headers=people["ana"]).json()
    assert (again["found"], again["said"]) == (None, found["said"])


def test_whose_contact_it_is_is_kept_and_what_they_come_back_for_counted(
    client: TestClient, people: Any, at: str
) -> None:
    says(client, people, at, "1", "Llamo otra vez por el colchón que llegó roto la semana pasada")
    linked = client.post(f"{at}/customer", json={"customer": "C-1"}, headers=people["ana"])
    assert linked.json() == {"linked": "C-1"}
    assert client.get(at, headers=people["ana"]).json()["contact"]["customer"] == "C-1"
    repeats = client.get(f"{at}/repeats?customer=C-1", headers=people["ana"]).json()
    assert (repeats["count"], repeats["days"]) == (3, 9)


def test_who_may_not_see_customers_or_the_contact_finds_nobody(
    client: TestClient, people: Any, at: str
) -> None:
    says(client, people, at, "1", "mi pedido es el ALM-26-0000001")
    for who, status in (("olga", 404), ("quim", 403), ("adela", 403), ("channel", 403)):
        for path in ("customer", "repeats?customer=C-1"):
            assert client.get(f"{at}/{path}", headers=people[who]).status_code == status, who
        link = client.post(f"{at}/customer", json={"customer": "C-1"}, headers=people[who])
        assert link.status_code == status
    assert client.get(f"{at}/customer", headers=people["marta"]).status_code == 200
    link = client.post(f"{at}/customer", json={"customer": "C-1"}, headers=people["marta"])
    assert link.status_code == 403
    assert client.get(at, headers=people["ana"]).json()["contact"]["customer"] is None


def test_a_customer_system_that_is_down_is_a_state(
    client: TestClient, people: Any, at: str, house: ContactHouse
) -> None:
    says(client, people, at, "1", "mi pedido es el ALM-26-0000001")
    says(client, people, at, "2", "Llamo otra vez por el colchón que llegó roto la semana pasada")
    house.directory.down = True
    try:
        found = client.get(f"{at}/customer", headers=people["ana"]).json()["found"]
        repeats = client.get(f"{at}/repeats?customer=C-1", headers=people["ana"]).json()
    finally:
        house.directory.down = False
    assert found["state"] == "unavailable"
    assert {"es", "en"} <= found["reason"].keys()
    assert repeats == {"count": 1, "days": 0, "repeats": []}


def passage(client: TestClient, headers: Any, **more: Any) -> Any:
    given = {"document": RETURNS_PDF, "version": 1, "start": 0, "end": 10, **more}
    return client.get("/v1/passage", params=given, headers=headers)


def test_a_passage_is_read_where_it_stands_and_that_is_in_the_trail(
    client: TestClient, people: Any, house: ContactHouse
) -> None:
    text = house.double.documents[RETURNS_PDF].text
    start = text.index(RULE)
    read = passage(client, people["olga"], start=start, end=start + len(RULE), page=1).json()
    assert [block["marked"] for block in read["blocks"] if block["marked"]] == [RULE]
    assert "".join(b["before"] + b["marked"] + b["after"] for b in read["blocks"]) == text.replace(
        "\n", ""
    )
    assert read["page_image"].startswith("/v1/page.png?document=")
    house.views.close()
    with house.office.work.read() as connection:  # type: ignore[union-attr]
        trail = audit_events(connection, limit=50, action="source.viewed")
    assert [entry.actor for entry in trail] == ["olga"]


def test_a_passage_of_others_or_outside_is_refused(client: TestClient, people: Any) -> None:
    assert passage(client, people["ana"], document=LEVANTE_PDF).status_code == 200
    theirs = passage(client, people["olga"], document=LEVANTE_PDF)
    gone = passage(client, people["olga"], document="none.md")
    assert (theirs.status_code, gone.status_code) == (404, 404)
    assert theirs.json()["error"].replace(LEVANTE_PDF, "X") == gone.json()["error"].replace(
        "none.md", "X"
    )
    assert passage(client, people["ana"], end=10_000_000).status_code == 422
    assert passage(client, people["ana"], start=20, end=10).status_code == 422
    assert passage(client, people["adela"]).status_code == 403
