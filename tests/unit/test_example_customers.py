"""The example company's customers: invented, whole, and the same at every build."""

from __future__ import annotations

import csv
import re
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.customer_systems import CRM, example_module

BUILD = example_module("build")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("crm") / "crm.sqlite"
    BUILD.build(path)
    return path


def read(path: Path, sql: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def texts(name: str) -> list[dict[str, str]]:
    with (CRM / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_two_builds_are_the_same(built: Path, tmp_path: Path) -> None:
    BUILD.build(tmp_path / "again.sqlite")
    BUILD.build(tmp_path / "again.sqlite")  # in place of the one before
    assert dump(tmp_path / "again.sqlite") == dump(built)


def test_days_count_back_from_the_day_that_is_named(tmp_path: Path) -> None:
    today = date(2027, 3, 5)
    BUILD.build(tmp_path / "crm.sqlite", today)
    ((delivered,),) = read(
        tmp_path / "crm.sqlite", "SELECT entrega FROM pedido WHERE numero = 'ALM-26-0458213'"
    )
    assert delivered == str(today - timedelta(days=12))


def test_no_telephone_or_address_can_be_anybodys(built: Path) -> None:
    numbers = [number for (number,) in read(built, "SELECT numero FROM telefono")]
    mails = [mail for (mail,) in read(built, "SELECT correo FROM cliente")]
    assert all(re.fullmatch(r"(600|960) 000 \d{3}", number) for number in numbers)
    assert all(re.fullmatch(r"[a-z.]+@example\.(com|es)", mail) for mail in mails)
    assert len(set(mails)) == len(mails) == 40
    assert len(set(numbers)) == len(numbers)


def test_every_row_belongs_to_something_and_days_are_in_order(built: Path) -> None:
    with closing(sqlite3.connect(built)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert read(built, "SELECT numero FROM pedido WHERE entrega < fecha") == []
    assert (
        read(built, "SELECT numero FROM pedido JOIN cliente ON codigo = cliente WHERE fecha < alta")
        == []
    )
    orders = {row["number"]: row for row in texts("orders")}
    for contact in texts("contacts"):
        order = orders[contact["order"]]
        assert order["customer"] == contact["customer"]
        assert int(contact["days_ago"]) <= int(order["ordered_days"])


def test_states_and_deliveries_fit(built: Path) -> None:
    for state, delivered in read(built, "SELECT estado, entrega FROM pedido"):
        has_come = state in ("entregado", "recogida pedida", "devuelto")
        assert (delivered is not None) == has_come


def test_one_mattress_came_damaged_and_was_called_about_three_times(built: Path) -> None:
    calls = read(
        built,
        "SELECT julianday('2026-11-22') - julianday(fecha) FROM contacto JOIN linea USING (pedido) "
        "WHERE pedido = 'ALM-26-0458213' AND articulo = 'COL-VISCO-150' ORDER BY fecha",
    )
    assert [int(days) for (days,) in calls] == [9, 6, 2]


def test_a_day_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["build.py", "--day", "tomorrow"])
        with pytest.raises(SystemExit):
            BUILD.main()
    assert "invalid fromisoformat value" in capsys.readouterr().err
