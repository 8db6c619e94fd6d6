"""``voz users`` and ``voz keys`` as an administrator types them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer

from assistant.shell.cli import app
from knowledge.errors import AccessRefused, KnowledgeBaseError, SettingsError
from knowledge.identity.accounts import Accounts
from knowledge.identity.sign_in import SignIn
from knowledge.settings import Settings

PASSWORD = "mesa lluvia tren botella"
Voz = Callable[..., str]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("VOZ_DATA_DIR", str(tmp_path / "data"))
    return Settings(data_dir=tmp_path / "data")


@pytest.fixture
def voz(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Voz:
    """Run a command; what it printed on standard output."""
    command = typer.main.get_command(app)

    def run(*arguments: str, stdin: str = "") -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        command.main(list(arguments), prog_name="voz", standalone_mode=False)
        return capsys.readouterr().out

    return run


def loaded(text: str) -> Any:
    return json.loads(text)


def test_an_account_is_made_with_a_password_from_standard_input(
    voz: Voz, settings: Settings
) -> None:
    made = voz("users", "add", "Ana", "--grant", "agent@staff", stdin=PASSWORD + "\n")
    assert made == "ana: agent@staff\n"
    assert voz("users", "since", "ana", "2019-01-07") == "ana: agent@staff; since 2019-01-07\n"
    with pytest.raises(SettingsError, match="2999-01-01 is still to come"):
        voz("users", "since", "ana", "2999-01-01")
    with SignIn.open(settings) as doors:
        assert doors.session(doors.sign_in("ana", PASSWORD, "here"))


def test_a_one_time_password_is_printed_once(voz: Voz, settings: Settings) -> None:
    made = loaded(voz("users", "add", "ana", "--display-name", "Ana Ruiz", "--one-time", "--json"))
    assert made["display_name"] == "Ana Ruiz"
    listed = voz("users", "list")
    assert listed == "ana (Ana Ruiz): nothing; one-time password\n"
    assert made["one_time_password"] not in listed + voz("users", "list", "--json")
    fresh = voz("users", "password", "ana", "--one-time").strip()
    with SignIn.open(settings) as doors:
        with pytest.raises(AccessRefused):
            doors.sign_in("ana", made["one_time_password"], "here")
        session = doors.session(doors.sign_in("ana", fresh, "here"))
        assert session is not None
        assert session.must_change_password


def test_no_command_takes_a_password_as_an_argument() -> None:
    group: Any = typer.main.get_command(app)
    for name in ("users", "keys"):
        for command in group.commands[name].commands.values():
            taken = [o for p in command.params for o in p.opts]
            assert not [o for o in taken if "password" in o or "secret" in o or o == "--key"]


def test_grants_are_given_and_taken(voz: Voz) -> None:
    voz("users", "add", "ana", "--one-time")
    assert loaded(voz("users", "grant", "ana", "qa@staff", "--json"))["grants"] == ["qa@staff"]
    assert loaded(voz("users", "revoke", "ana", "qa@staff", "--json"))["grants"] == []


def test_who_is_disabled_is_listed_as_such_and_can_come_back(voz: Voz) -> None:
    voz("users", "add", "ana", "--one-time")
    assert "; disabled" in voz("users", "disable", "ana")
    assert [u["disabled"] for u in loaded(voz("users", "list", "--json"))] == [True]
    assert "disabled" not in voz("users", "enable", "ana")


def test_a_key_is_printed_once_and_can_be_revoked(voz: Voz, settings: Settings) -> None:
    key = voz("keys", "add", "crm", "agent@staff", "--days", "30").strip()
    with SignIn.open(settings) as doors:
        assert doors.key(key)
        listed = loaded(voz("keys", "list", "--json"))
        assert [(k["name"], k["grant"], k["revoked_at"]) for k in listed] == [
            ("crm", "agent@staff", None)
        ]
        assert key not in voz("keys", "list")
        voz("keys", "revoke", "crm")
        assert doors.key(key) is None
    assert "revoked" in voz("keys", "list")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["users", "add", "a b", "--one-time"], "account name"),
        (["users", "add", "ana", "--grant", "boss@staff", "--one-time"], "no grant"),
        (["users", "add", "ana", "--grant", "agent@marte", "--one-time"], "no audience 'marte'"),
        (["users", "add", "ana"], "has 0 characters"),
        (["users", "password", "eva", "--one-time"], "no account 'eva'"),
        (["users", "grant", "eva", "agent@staff"], "no account 'eva'"),
        (["keys", "add", "crm", "agent@marte"], "no audience 'marte'"),
        (["keys", "add", "crm", "agent@staff", "--owner", "eva"], "no account 'eva'"),
        (["keys", "revoke", "crm"], "no key 'crm'"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_changes_nothing(
    voz: Voz, settings: Settings, arguments: list[str], line: str
) -> None:
    with pytest.raises(SettingsError, match=line):
        voz(*arguments)
    with Accounts.open(settings) as accounts:
        assert accounts.all() == []
        assert accounts.keys() == []


def test_lists_of_nothing_are_empty(voz: Voz) -> None:
    assert voz("users", "list") == ""
    assert loaded(voz("keys", "list", "--json")) == []


def test_a_folder_that_cannot_be_made_is_one_line(
    voz: Voz, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("VOZ_DATA_DIR", str(tmp_path / "file" / "data"))
    with pytest.raises(KnowledgeBaseError):
        voz("users", "list")
