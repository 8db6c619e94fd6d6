"""What every customer directory must do: in a database, and behind a REST API.

The same customers are in both. One that knows nobody has only to say so.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.customers.mapping import load_mapping
from assistant.customers.models import Kind, Sought
from assistant.customers.none import NoDirectory
from assistant.customers.opening import directory_of
from assistant.customers.ports import CustomerDirectory, DirectoryUnavailable
from knowledge.settings import Settings
from tests.customer_systems import TOKEN, example_rest, example_sql

HERO = "C-10001"
FOUND: list[tuple[Kind, str, str]] = [
    ("phone", "+34600000101", HERO),
    ("mail", "carmen.robledo@example.es", HERO),
    ("order", "ALM260458213", HERO),
    ("name", "carmen robledo", HERO),
    ("name", "Jiménez", "C-10015"),
    ("phone", "+34960000503", "C-10015"),
]


@pytest.fixture(scope="module", params=["sqlite", "rest"])
def directory(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[CustomerDirectory]:
    folder = tmp_path_factory.mktemp("crm")
    settings = Settings(customers_timeout_s=10)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CRM_TOKEN", TOKEN)
        if request.param == "sqlite":
            with closing(directory_of(load_mapping(example_sql(folder)), settings)) as made:
                yield made
        else:
            with (
                example_rest(folder) as mapping,
                closing(directory_of(load_mapping(mapping), settings)) as made,
            ):
                yield made


@pytest.mark.parametrize(("kind", "value", "key"), FOUND)
def test_a_customer_is_found_by_each_kind(
    directory: CustomerDirectory, kind: Kind, value: str, key: str
) -> None:
    assert directory.configured
    assert key in [match.key for match in directory.find(Sought(kind, value)).matches]


@pytest.mark.parametrize("kind", ["phone", "mail", "order", "name"])
def test_nobody_is_found_by_what_nobody_has(directory: CustomerDirectory, kind: Kind) -> None:
    nowhere = {"phone": "+34699999999", "mail": "x@example.com", "order": "X1", "name": "Zzyzx Qq"}
    assert directory.find(Sought(kind, nowhere[kind])).matches == ()


def test_a_customer_comes_with_orders_lines_and_contacts(directory: CustomerDirectory) -> None:
    carmen = directory.customer(HERO)
    assert carmen is not None
    assert (carmen.name, carmen.language, carmen.address_form) == (
        "Carmen Robledo Vidal",
        "es",
        "usted",
    )
    assert carmen.phones == ("600 000 101",)
    assert carmen.mails == ("carmen.robledo@example.es",)
    assert carmen.since == date(2023, 8, 10)
    mattress, chairs = carmen.orders
    assert (mattress.number, mattress.state) == ("ALM-26-0458213", "delivered")
    assert (mattress.ordered, mattress.delivered) == (date(2026, 11, 3), date(2026, 11, 10))
    assert (mattress.total, mattress.currency) == (Decimal("428.90"), "EUR")
    assert [(line.code, line.quantity) for line in mattress.lines] == [
        ("COL-VISCO-150", 1),
        ("COL-PROT-150", 1),
    ]
    assert mattress.shipment_state == "entregado con daños anotados"
    assert (mattress.payment_method, mattress.payment_state) == ("tarjeta", "pagado")
    assert chairs.number == "ALM-25-0211874"
    assert [contact.on for contact in carmen.contacts] == [
        date(2026, 11, 20),
        date(2026, 11, 16),
        date(2026, 11, 13),
        date(2025, 11, 16),
    ]
    assert carmen.problems == ()
    assert not carmen.cut


@pytest.mark.parametrize("key", ["C-1", "' OR '1'='1", "../clientes", "%", "C-10001/pedidos", "ñ"])
def test_a_key_that_is_none_opens_nobody(directory: CustomerDirectory, key: str) -> None:
    assert directory.customer(key) is None


@pytest.mark.parametrize("value", ["x' OR 1=1 --", "%", "_", "&clientes=1", "{key}", ":key"])
def test_what_is_looked_for_is_a_value_and_nothing_else(
    directory: CustomerDirectory, value: str
) -> None:
    assert directory.find(Sought("mail", value)).matches == ()


def test_who_has_no_directory_finds_nobody() -> None:
    with closing(NoDirectory()) as none:
        assert not none.configured
        assert none.find(Sought("name", "Carmen")).matches == ()
        assert none.customer(HERO) is None


def test_a_sqlite_file_is_opened_for_reading_only(tmp_path: Path) -> None:
    mapping = example_sql(tmp_path)
    text = mapping.read_text("utf-8")
    start = text.index("customer = ")
    writing = "WITH x AS (SELECT 1) DELETE FROM cliente WHERE codigo = :key RETURNING codigo AS key"
    text = (
        text[:start] + f'customer = "{writing}, nombre AS name"\n' + text[text.index("phones =") :]
    )
    mapping.write_text(text, "utf-8")
    with (
        closing(directory_of(load_mapping(mapping), Settings())) as directory,
        pytest.raises(DirectoryUnavailable, match=r"customer\.customer"),
    ):
        directory.customer(HERO)
    with closing(sqlite3.connect(tmp_path / "crm.sqlite")) as connection:
        assert connection.execute("SELECT count(*) FROM cliente").fetchone() == (40,)
