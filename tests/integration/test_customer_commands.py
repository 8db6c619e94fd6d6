"""``voz customers``: a mapping is tried, and a customer found, from a terminal."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from assistant.shell.cli import app
from assistant.shell.failures import exit_code_of
from knowledge.audit import events
from knowledge.register import Register
from knowledge.settings import load
from knowledge.work.work_store import WorkStore
from tests.customer_systems import TOKEN, example_rest, example_sql

Voz = Callable[..., tuple[int, str, str]]


@pytest.fixture
def voz(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Voz:
    """Run a command: exit code, what it printed, what it told."""
    import typer

    monkeypatch.setenv("VOZ_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("VOZ_CUSTOMERS_TIMEOUT_S", "10")
    command = typer.main.get_command(app)

    def run(*arguments: str) -> tuple[int, str, str]:
        code = exit_code_of(
            lambda: command.main(["customers", *arguments], "voz", standalone_mode=False)
        )
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


@pytest.fixture
def mapping(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = example_sql(tmp_path / "crm")
    monkeypatch.setenv("VOZ_CUSTOMERS", str(made))
    return made


def test_a_mapping_that_works_is_told_query_by_query(voz: Voz, mapping: Path) -> None:
    code, out, err = voz("check")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        f"{what}: ok" for what in ("find.phone", "find.mail", "find.order", "find.name", "customer")
    ]
    assert voz("check", "600 000 101")[0] == 0


def test_a_query_that_fails_is_told_and_the_others_are_tried(voz: Voz, mapping: Path) -> None:
    text = mapping.read_text("utf-8")
    mapping.write_text(text.replace("lower(correo) = :mail", "lower(email) = :mail"), "utf-8")
    code, out, _ = voz("check", "--json")
    told = json.loads(out)
    assert (code, told["ok"]) == (1, False)
    assert [row["tried"] for row in told["tried"] if not row["ok"]] == ["find.mail"]


def test_a_column_that_is_missing_is_told_although_nobody_is_found(voz: Voz, mapping: Path) -> None:
    text = mapping.read_text("utf-8")
    mapping.write_text(text.replace("numero AS number, estado", "numero, estado"), "utf-8")
    code, out, _ = voz("check")
    assert code == 1
    assert "customer.orders: number" in out


def test_fields_that_cannot_be_read_are_told_of_a_customer(voz: Voz, mapping: Path) -> None:
    text = mapping.read_text("utf-8")
    text = text.replace('"entregado" = "delivered"\n', "").replace(
        "alta AS since", "trato AS since"
    )
    mapping.write_text(text, "utf-8")
    code, out, _ = voz("check", "600 000 101")
    assert code == 1
    assert "since no es una fecha" in out
    assert "orders.0.state tiene una palabra que el archivo" in out


def test_the_only_one_found_is_shown_and_is_in_the_trail(voz: Voz, mapping: Path) -> None:
    with Register.open(load(), write=True):
        pass
    code, out, err = voz("find", "600 000 101")
    assert (code, err) == (0, "")
    assert "Carmen Robledo Vidal" in out
    assert "order  ALM-26-0458213  entregado  ordered 2026-11-03  delivered 2026-11-10" in out
    assert "Tercera llamada por el colchón dañado" in out
    with closing(WorkStore.open(load())) as store, store.read() as connection:
        entered = [(one.action, one.object) for one in events(connection, limit=9)]
    assert ("customer.viewed", "customer:C-10001") in entered
    assert ("customer.searched", "search:phone") in entered


def test_several_are_listed(voz: Voz, mapping: Path) -> None:
    _, out, err = voz("find", "garcia lopez", "--json")
    found = json.loads(out)
    assert [one["key"] for one in found["matches"]] == ["C-10057", "C-10064"]
    assert found["customer"] is None
    assert "not in the audit trail" in err  # there is no register yet, and it says so
    assert voz("find", "nadie así")[1] == "nobody is found\n"


def test_a_system_that_is_down_is_one_line(voz: Voz, mapping: Path) -> None:
    (mapping.parent / "crm.sqlite").unlink()
    code, out, err = voz("find", "600 000 101")
    assert (code, out) == (1, "")
    assert err.startswith("the customer system cannot be reached")
    assert err.count("\n") == 1


def test_without_a_mapping_that_is_said(voz: Voz) -> None:
    assert voz("check")[0] == 1
    assert "docs/customers.md says how" in voz("find", "Carmen")[2]


def test_the_same_behind_the_api(voz: Voz, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_TOKEN", TOKEN)
    with example_rest(tmp_path / "rest") as mapping:
        monkeypatch.setenv("VOZ_CUSTOMERS", str(mapping))
        assert voz("check")[0] == 0
        there = json.loads(voz("find", "jimenez nuñes", "--json")[1])["customer"]
        monkeypatch.setenv("CRM_TOKEN", "wrong")
        code, out, _ = voz("check")
        assert code == 1
        assert out.count("no nos deja entrar (estado 401)") == 5
    monkeypatch.setenv("VOZ_CUSTOMERS", str(example_sql(tmp_path / "sql")))
    assert json.loads(voz("find", "jimenez nuñes", "--json")[1])["customer"] == there
