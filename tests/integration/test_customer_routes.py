"""``/v1/customers``: who sees what of a customer, and that it is in the trail by key alone."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from assistant.breaker import Breaker
from assistant.customers.opening import open_customers
from assistant.customers.service import Customers
from assistant.shell.access import COOKIE
from assistant.shell.customers.bodies import FoundOut, LookOut
from assistant.shell.web import create_app
from knowledge.audit import events
from knowledge.audit.views import ViewLog
from knowledge.settings import Settings
from tests.customer_systems import example_sql
from tests.e2e.page_double import PageDouble
from tests.people import People

BASE = "http://127.0.0.1:7860"
HERO = "C-10001"


class House:
    """The application over the example's customers, or others."""

    def __init__(self, folder: Path, customers: Customers) -> None:
        self.people = People(folder / "people")
        office = self.people.office()
        assert office.work is not None
        self.store = office.work
        self.views = ViewLog(self.store.database, self.store.audit_head)
        app = create_app(
            PageDouble(folder),  # type: ignore[arg-type]
            self.people.access,
            self.people.settings,
            views=self.views,
            customers=customers,
        )
        self.client = TestClient(app, base_url=BASE)

    def get(self, who: str, path: str, **params: str) -> httpx.Response:
        headers = {"authorization": f"Bearer {self.people.key}"}
        if who != "key":
            headers = {"cookie": f"{COOKIE}={self.people.token(who)}"}
        return self.client.get(f"/v1/customers{path}", params=params, headers=headers)

    def found(self, who: str, **params: str) -> Any:
        reply = self.get(who, "", **params)
        assert reply.status_code == 200, reply.text
        FoundOut.model_validate(reply.json())
        return reply.json()

    def look(self, who: str, key: str = HERO) -> Any:
        reply = self.get(who, f"/{key}")
        assert reply.status_code == 200, reply.text
        LookOut.model_validate(reply.json())
        return reply.json()

    def entered(self) -> list[tuple[str, str, str, dict[str, Any]]]:
        self.views.close()
        with self.store.read() as connection:
            found = [one for one in events(connection, limit=99) if "customer" in one.action]
        return [(one.actor, one.action, one.object, dict(one.details)) for one in found]

    def close(self) -> None:
        self.views.close()
        self.client.close()
        self.people.close()


@contextmanager
def example_house(folder: Path) -> Iterator[House]:
    settings = Settings(customers=example_sql(folder / "crm"), customers_timeout_s=10)
    with (
        closing(open_customers(settings, Breaker(1_000))) as customers,
        closing(House(folder, customers)) as made,
    ):
        yield made


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with example_house(tmp_path_factory.mktemp("house")) as made:
        yield made


@pytest.fixture
def new_house(tmp_path: Path) -> Iterator[House]:
    """With nothing in its trail yet."""
    with example_house(tmp_path) as made:
        yield made


@pytest.mark.parametrize("who", ["ana", "key"])
def test_an_agent_and_their_program_see_the_ends_alone(house: House, who: str) -> None:
    found = house.found(who, phone="600 000 101")
    assert found["state"] == "found"
    assert found["matches"] == [
        {
            "key": HERO,
            "name": "Carmen Robledo Vidal",
            "phone": "•••101",
            "mail": "•••do@example.es",
        }
    ]
    carmen = house.look(who)["customer"]
    assert (carmen["phones"], carmen["mails"]) == (["•••101"], ["•••do@example.es"])
    whole = json.dumps([found, carmen])
    assert "600000101" not in whole.replace(" ", "")
    assert "carmen.robledo" not in whole
    assert carmen["orders"][0]["lines"][0]["code"] == "COL-VISCO-150"
    assert (carmen["orders"][0]["total"], carmen["orders"][0]["state"]) == ("428.90", "delivered")
    assert len(carmen["contacts"]) == 4


def test_a_manager_sees_how_to_reach_them(house: House) -> None:
    assert house.found("marta", q="carmen robledo")["matches"][0]["mail"] == (
        "carmen.robledo@example.es"
    )
    carmen = house.look("marta")["customer"]
    assert (carmen["phones"], carmen["mails"]) == (["600 000 101"], ["carmen.robledo@example.es"])


@pytest.mark.parametrize("who", ["pablo", "quim", "adela"])
def test_others_see_nobody(house: House, who: str) -> None:
    for path, params in [("", {"phone": "600 000 101"}), (f"/{HERO}", {}), ("", {})]:
        reply = house.get(who, path, **params)
        assert reply.status_code == 403
        assert "Carmen" not in reply.text


def test_who_was_seen_is_in_the_trail_by_key_and_nothing_else(
    new_house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    new_house.found("ana", name="jimenez")
    new_house.look("ana", "C-10015")
    new_house.look("ana", "C-10015")  # still the same view
    new_house.look("olga", "C-10015")
    new_house.found("ana", phone="699 99 99 99")  # nobody was seen
    assert new_house.get("ana", "/C-1").status_code == 404
    assert new_house.get("quim", "/C-10015").status_code == 403
    assert new_house.entered() == [
        ("ana", "customer.searched", "search:name", {"customers": ["C-10015"]}),
        ("ana", "customer.viewed", "customer:C-10015", {}),
        ("olga", "customer.viewed", "customer:C-10015", {}),
    ]
    ours = [one.getMessage() for one in caplog.records if one.name.startswith(("assis", "knowl"))]
    assert not any(
        word in line for line in ours for word in ("Jim", "jim", "69999", "699 99", "C-100")
    )


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({}, "customers-one-of"),
        ({"phone": "600000101", "name": "Carmen"}, "customers-one-of"),
        ({"phone": "12"}, "customers-no-phone"),
        ({"mail": "carmen"}, "customers-no-mail"),
        ({"order": "sofá"}, "customers-no-order"),
        ({"name": "a"}, "customers-no-name"),
        ({"q": "?"}, "customers-no-name"),
        ({"name": "x" * 200}, "field-long"),
    ],
)
def test_what_cannot_be_looked_for_is_refused(
    house: House, params: dict[str, str], code: str
) -> None:
    reply = house.get("ana", "", **params)
    assert (reply.status_code, reply.json()["code"]) == (422, code)


@pytest.mark.parametrize(
    "text", ["+34 600 000 101", "ALM-26-0458213", "alm260458213", "Carmen.Robledo@example.es"]
)
def test_any_text_is_looked_for_as_what_it_is(house: House, text: str) -> None:
    assert [one["key"] for one in house.found("ana", q=text)["matches"]] == [HERO]


def test_a_customer_that_is_none_is_not_found(house: House) -> None:
    for key in ("C-1", "a/b", "<b>", "ñ" * 100):
        reply = house.get("ana", f"/{key}")
        assert (reply.status_code, reply.json()["code"]) == (404, "customer-unknown")


def test_without_a_directory_that_is_said(tmp_path: Path) -> None:
    with closing(Customers()) as nobody, closing(House(tmp_path, nobody)) as house:
        found, look = house.found("ana", name="Carmen"), house.look("ana")
    assert (found["state"], look["state"]) == ("unconfigured", "unconfigured")
    assert found["matches"] == []
    assert look["customer"] is None
    assert found["reason"]["code"] == look["reason"]["code"] == "customers-none"


def test_a_directory_that_is_down_is_a_state_in_both_languages(tmp_path: Path) -> None:
    mapping = example_sql(tmp_path / "crm")
    (tmp_path / "crm" / "crm.sqlite").unlink()
    with (
        closing(open_customers(Settings(customers=mapping))) as customers,
        closing(House(tmp_path, customers)) as house,
    ):
        found, look = house.found("ana", name="Carmen"), house.look("ana")
    assert (found["state"], look["state"]) == ("unavailable", "unavailable")
    assert "no se llega al sistema de clientes" in found["reason"]["es"]
    assert "the customer system cannot be reached" in found["reason"]["en"]


def test_what_it_can_be_found_by_is_said(tmp_path: Path) -> None:
    mapping = example_sql(tmp_path / "crm")
    text = mapping.read_text("utf-8")
    start, end = text.index('mail = """'), text.index("# :order is")
    mapping.write_text(text[:start] + text[end:], "utf-8")
    with (
        closing(open_customers(Settings(customers=mapping))) as customers,
        closing(House(tmp_path, customers)) as house,
    ):
        found = house.found("ana", mail="carmen.robledo@example.es")
    assert found["searchable"] == ["phone", "order", "name"]
    assert (found["state"], found["reason"]["code"]) == ("unavailable", "customers-not-by")
    assert "use teléfono, número de pedido, nombre" in found["reason"]["es"]


def test_the_routes_are_described(house: House) -> None:
    headers = {"authorization": f"Bearer {house.people.key}"}
    paths = house.client.get("/v1/openapi.json", headers=headers).json()["paths"]
    assert {"/v1/customers", "/v1/customers/{key}"} <= paths.keys()
    search = paths["/v1/customers"]["get"]
    assert {one["name"] for one in search["parameters"]} == {"phone", "mail", "order", "name", "q"}
    assert "401" in search["responses"]
