"""200 customers of a shop with their orders, in a database and behind an API: all are found."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from assistant.breaker import Breaker
from assistant.customers.mentions import mentions
from assistant.customers.models import Customer, Sought
from assistant.customers.opening import open_customers
from assistant.customers.service import Customers
from assistant.customers.sought import sought_by
from knowledge.settings import Settings
from tests.customer_systems import reply, serving

SHARED = Path(os.environ.get("SHARED_DIR", Path(__file__).resolve().parents[2].parent / "shared"))
FOLDER = SHARED / "data" / "tau_retail"

pytestmark = pytest.mark.skipif(
    not (FOLDER / "users.jsonl").exists(), reason=f"no test data in {FOLDER}; set SHARED_DIR"
)

STATES = """
[order_states]
"pending" = "pending"
"processed" = "shipped"
"delivered" = "delivered"
"cancelled" = "cancelled"
"pending (item modified)" = "pending"
"pending (items modified)" = "pending"
"return requested" = "returning"
"exchange requested" = "returning"
"""
SQL = """
kind = "sql"
url = "sqlite:///tau.sqlite"
country = "US"
[find]
mail = "SELECT id AS key, first || ' ' || last AS name, mail FROM user WHERE lower(mail) = :mail"
order = '''SELECT id AS key, first || ' ' || last AS name FROM user JOIN purchase ON user = id
           WHERE replace(number, '#', '') = :order_plain'''
name = '''SELECT id AS key, first || ' ' || last AS name FROM user
          WHERE near(first || ' ' || last, :name) >= 60'''
[customer]
customer = "SELECT id AS key, first || ' ' || last AS name, mail FROM user WHERE id = :key"
orders = "SELECT number, state, total FROM purchase WHERE user = :key"
lines = '''SELECT number AS order_number, item AS code, name, price FROM line
           JOIN purchase USING (number) WHERE user = :key ORDER BY line.rowid'''
"""
REST = """
kind = "rest"
url = "{url}"
country = "US"
[find]
mail = "users?mail={{mail}}"
fields = {{ key = "user_id", name = ["name.first_name", "name.last_name"], mail = "email" }}
[customer]
path = "users/{{key}}"
fields = {{ key = "user_id", name = ["name.first_name", "name.last_name"], mail = "email" }}
[orders]
path = "users/{{key}}/orders"
fields = {{ number = "order_id", state = "status", total = "payment_history.0.amount" }}
[lines]
items = "items"
fields = {{ code = "item_id", name = "name", price = "price" }}
"""


def rows(name: str) -> list[dict[str, Any]]:
    lines = (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


USERS = rows("users") if FOLDER.exists() else []
ORDERS = {order["order_id"]: order for order in rows("orders")} if FOLDER.exists() else {}


def held(user: dict[str, Any]) -> list[dict[str, Any]]:
    return [ORDERS[number] for number in user["orders"] if number in ORDERS]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Customers]:
    folder = tmp_path_factory.mktemp("tau")
    with closing(sqlite3.connect(folder / "tau.sqlite")) as made, made:
        made.executescript(
            "CREATE TABLE user (id, first, last, mail); CREATE TABLE purchase (number, user, state,"
            " total); CREATE TABLE line (number, item, name, price)"
        )
        for user in USERS:
            name = user["name"]
            values = (user["user_id"], name["first_name"], name["last_name"], user["email"])
            made.execute("INSERT INTO user VALUES (?, ?, ?, ?)", values)
        for number, order in ORDERS.items():
            total = order["payment_history"][0]["amount"]
            values = (number, order["user_id"], order["status"], total)
            made.execute("INSERT INTO purchase VALUES (?, ?, ?, ?)", values)
            for item in order["items"]:
                values = (number, item["item_id"], item["name"], item["price"])
                made.execute("INSERT INTO line VALUES (?, ?, ?, ?)", values)
    mapping = folder / "tau.toml"
    mapping.write_text(SQL + STATES, "utf-8")
    settings = Settings(customers=mapping, customers_timeout_s=20)
    with closing(open_customers(settings, Breaker(1_000))) as customers:
        yield customers


def test_every_customer_has_all_orders_and_lines(database: Customers) -> None:
    for user in USERS:
        customer = database.customer(user["user_id"]).customer
        assert customer is not None
        assert customer.mails == (user["email"],)
        assert customer.problems == ()
        orders = {order.number: order for order in customer.orders}
        assert orders.keys() == {order["order_id"] for order in held(user)}
        for order in held(user):
            found = orders[order["order_id"]]
            assert found.state is not None
            assert [line.code for line in found.lines] == [one["item_id"] for one in order["items"]]
            prices = sum(line.price for line in found.lines if line.price is not None)
            assert prices == sum(Decimal(str(one["price"])) for one in order["items"])


def test_every_customer_is_found_by_mail_and_by_each_order(database: Customers) -> None:
    for user in USERS:
        (one,) = database.find(sought_by("mail", user["email"].upper(), "US")).matches
        assert one.key == user["user_id"]
    for number, order in ORDERS.items():
        (one,) = database.find(sought_by("order", number.lower(), "US")).matches
        assert one.key == order["user_id"]


def test_every_customer_is_found_by_name_with_a_letter_wrong(database: Customers) -> None:
    missed = []
    for user in USERS:
        first, last = user["name"]["first_name"], user["name"]["last_name"]
        for typed in (f"{first} {last}", f"{last}, {first}".lower(), f"{first} {last[:-1]}x"):
            keys = [match.key for match in database.find(Sought("name", typed)).matches]
            if user["user_id"] not in keys:
                missed.append((typed, len(keys)))
    assert missed == []


def sorted_orders(customers: Customers, key: str) -> Customer:
    customer = customers.customer(key).customer
    assert customer is not None
    orders = sorted(customer.orders, key=lambda order: order.number)
    return replace(customer, orders=tuple(orders))


def test_behind_an_api_they_are_the_same(database: Customers, tmp_path: Path) -> None:
    by_key = {user["user_id"]: user for user in USERS}

    def answer(handler: BaseHTTPRequestHandler) -> None:
        path, _, query = handler.path.partition("?")
        parts = path.strip("/").split("/")
        if query:
            mail = unquote(query.removeprefix("mail="))
            reply(handler, [user for user in USERS if user["email"] == mail])
        elif parts[-1] == "orders":
            reply(handler, held(by_key[parts[1]]))
        else:
            reply(handler, by_key[parts[1]])

    with serving(answer) as url:
        mapping = tmp_path / "rest.toml"
        mapping.write_text(REST.format(url=url) + STATES, "utf-8")
        settings = Settings(customers=mapping, customers_timeout_s=20)
        with closing(open_customers(settings, Breaker(1_000))) as there:
            for user in USERS[::5]:
                (match,) = there.find(Sought("mail", user["email"])).matches
                assert sorted_orders(there, match.key) == sorted_orders(database, user["user_id"])


def test_every_order_that_a_customer_speaks_of_is_found_in_what_they_say() -> None:
    spoken = ("reason_for_call", "known_info", "unknown_info", "task_instructions")
    said = [" ".join(str(task.get(part) or "") for part in spoken) for task in rows("tasks")]
    wanted = [set(re.findall(r"#(W\d{7})\b", text)) for text in said]
    assert sum(map(len, wanted)) >= 10
    for text, numbers in zip(said, wanted, strict=True):
        found = {one.sought.value for one in mentions(text, "US") if one.sought.kind == "order"}
        assert numbers <= found
