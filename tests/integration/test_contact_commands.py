"""``voz contact``: list, show, erase, and a conversation played into a real server."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import typer

from assistant.shell.cli import app
from knowledge.audit import events as audit_events
from knowledge.errors import NotFound, SettingsError
from tests.integration.contact_house import ContactHouse, served

EXAMPLE = Path(__file__).parents[2] / "examples/almendro/conversations/llamada-colchon-danado.txt"
CLIENT = Path(__file__).parents[2] / "examples/contact_client.py"
Voz = Callable[..., str]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[ContactHouse]:
    house = ContactHouse(tmp_path)
    yield house
    house.close()


@pytest.fixture
def voz(
    house: ContactHouse, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Voz:
    """Run a command; what it printed on standard output."""
    monkeypatch.setenv("VOZ_DATA_DIR", str(house.people.settings.data_dir))
    command = typer.main.get_command(app)

    def run(*arguments: str, typed: str = "") -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        command.main(list(arguments), prog_name="voz", standalone_mode=False)
        return capsys.readouterr().out

    return run


@pytest.fixture
def address(house: ContactHouse) -> Iterator[str]:
    with served(house.app) as address:
        yield f"http://{address}"


def test_a_conversation_is_played_and_what_comes_back_is_printed(
    house: ContactHouse, voz: Voz, address: str
) -> None:
    playing = ("contact", "replay", str(EXAMPLE), "--agent", "ana", "--speed", "max")
    shown = voz(*playing, "--url", address, "--key", "-", typed=house.people.channel)
    lines = shown.splitlines()
    written = [one for one in EXAMPLE.read_text("utf-8").splitlines() if not one.startswith("#")]
    assert [one[5:] for one in lines[:-1]] == written
    assert "23 intervenciones; cada una volvió en" in lines[-1]
    (listed,) = json.loads(voz("contact", "list", "--state", "ended", "--json"))
    assert (listed["turns"], listed["agent"], listed["audience"]) == (23, "ana", "levante")
    assert voz("contact", "list", "--state", "open") == "No hay contactos.\n"
    assert listed["key"] in voz("contact", "list")
    assert voz("contact", "show", listed["key"]).splitlines()[1].endswith(written[1])


def test_partial_texts_are_shown_as_such(
    house: ContactHouse, voz: Voz, address: str, tmp_path: Path
) -> None:
    rows = [
        {"speaker": "customer", "text": "el col", "utterance": "a", "final": False},
        {"speaker": "customer", "text": "el colchón", "utterance": "a"},
    ]
    file = tmp_path / "llamada.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    playing = ("contact", "replay", str(file), "--agent", "ana", "--speed", "10", "--json")
    shown = voz(*playing, "--url", address, "--key", house.people.channel)
    told = [json.loads(one) for one in shown.replace("}\n{", "}\0{").split("\0")]
    assert [one["kind"] for one in told][-1] == "ended"
    assert told[-2]["turn"]["text"] == "el colchón"
    assert told[-2]["event"] == 2


def test_the_example_client_brings_a_call_in(house: ContactHouse, address: str) -> None:
    command = [sys.executable, str(CLIENT), address, house.people.channel, "ana"]
    done = subprocess.run(
        command, input="hola\n¿y mi colchón?\n\n", capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    told = done.stdout.splitlines()
    assert [one.split()[:2] for one in told] == [["1", "turn"], ["2", "turn"], ["3", "ended"]]
    assert "¿y mi colchón?" in told[1]
    command[-1] = "nadie"
    refused = subprocess.run(command, input="", capture_output=True, text=True, timeout=60)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "there is no account 'nadie'" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_what_cannot_be_played_is_told_in_one_line(
    house: ContactHouse, voz: Voz, address: str, tmp_path: Path
) -> None:
    playing = ("contact", "replay", str(EXAMPLE), "--speed", "max")
    ana, key = ("--agent", "ana"), ("--key", house.people.channel)
    for more, line in (
        ((*ana, *key, "--url", "http://127.0.0.1:9"), "does not answer"),
        ((*ana, *key, "--url", "voz"), "is no address"),
        ((*ana, "--key", "voz_no", "--url", address), "the server refused it: sign in first"),
        ((*ana, "--key", " ", "--url", address), "--key is empty or has characters"),
        (("--agent", "nadie", *key, "--url", address), "there is no account 'nadie'"),
    ):
        with pytest.raises(SettingsError, match=line):
            voz(*playing, *more)
    with pytest.raises(SettingsError, match="cannot be read"):
        voz("contact", "replay", str(tmp_path / "no.txt"), *ana, *key)
    with pytest.raises(typer.BadParameter):
        voz("contact", "replay", str(EXAMPLE), *ana, *key, "--speed", "7")


def test_who_shows_or_erases_a_contact_is_entered(house: ContactHouse, voz: Voz) -> None:
    key = house.open("ana", "1")
    assert voz("contact", "show", key, "--by", "leo") == "Todavía no se ha dicho nada.\n"
    assert key in voz("contact", "erase", key, "--by", "leo")
    (listed,) = json.loads(voz("contact", "list", "--json"))
    assert listed["erased_at"] is not None
    with pytest.raises(NotFound, match="there is no contact 'nada'"):
        voz("contact", "show", "nada")
    with house.store.read() as connection:
        trail = audit_events(connection, limit=1_000)
    done = [(one.actor, one.action) for one in trail if one.object == f"contact:{key}"]
    assert done == [
        ("key:centralita", "contact.opened"),
        ("leo", "contact.viewed"),
        ("leo", "contact.erased"),
    ]
