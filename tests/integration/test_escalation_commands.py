"""``voz escalations``: what was asked, its steps, and who is on duty."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from assistant.shell.cli import app
from knowledge.errors import NotFound
from knowledge.escalations.models import Duty, NewTopic
from tests.integration.escalation_house import EscalationHouse, reach_of


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[EscalationHouse]:
    house = EscalationHouse(tmp_path)
    monkeypatch.setenv("VOZ_DATA_DIR", str(tmp_path))
    yield house
    house.close()


def voz(*arguments: str) -> Any:
    command = typer.main.get_command(app)
    return command.main(["escalations", *arguments], prog_name="voz", standalone_mode=False)


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert voz(*arguments) == 0
    return capsys.readouterr().out


def test_nothing_is_told_as_nothing(
    house: EscalationHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(capsys, "list") == "No hay consultas a la casa.\n"
    assert told(capsys, "topics").startswith("No hay temas")
    assert told(capsys, "list", "--json") == "[]\n"


def test_a_question_is_listed_and_shown_with_every_step(
    house: EscalationHouse, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = house.ask(house.topic(), question="¿cubre\x1b[31m la funda?", need="la funda")
    house.kept.answer(asked.key, "Sí, dos años.", "expert", reach_of("eva"))
    line = told(capsys, "list", "--state", "answered")
    assert line.startswith(asked.key)
    assert "Garantías, respondida" in line
    assert "\x1b" not in line
    assert told(capsys, "list", "--state", "waiting") == "No hay consultas a la casa.\n"
    shown = told(capsys, "show", asked.key)
    for part in ("Ana pregunta", "se envía a Eva", "Eva responde", "una persona y no una fuente"):
        assert part in shown
    content = json.loads(told(capsys, "show", asked.key, "--json"))
    assert [step["kind"] for step in content["steps"]] == ["asked", "sent", "answered"]
    monkeypatch.setenv("VOZ_LANGUAGE", "en")
    assert "a person and not a source" in told(capsys, "show", asked.key)
    with pytest.raises(NotFound):
        voz("show", "nada")


def test_topics_are_listed_with_who_is_on_duty(
    house: EscalationHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    duties = (Duty("eva"), Duty("edu", "12345", "09:00", "18:00"))
    house.topics.add(NewTopic("Pagos", "staff", fallback=True, duties=duties), reach_of("marta"))
    house.topics.add(NewTopic("Envíos", "staff"), reach_of("marta"))
    house.topics.switch(reach_of("eva"), on=False)
    lines = told(capsys, "topics").splitlines()
    assert lines[0].endswith("Envíos (staff)")
    assert "nadie de guardia" in lines[1]
    assert lines[2].endswith("Pagos (staff), recibe lo demás")
    assert "fuera de guardia" in lines[3]
    assert "edu  12345  09:00-18:00" in lines[4]
    content = json.loads(told(capsys, "topics", "--json"))
    assert [duty["off"] for duty in content[1]["duties"]] == [True, False]
