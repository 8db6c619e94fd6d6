"""Voice guides over a real register: who sees what of them, written, tried, and used in answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.shell.voice import bodies
from assistant.shell.voice_commands import check_command, example_command, show_command
from assistant.shell.voicing import voice_of_office
from assistant.shell.web import create_app
from knowledge.errors import SettingsError
from knowledge.identity.access import Grant
from knowledge.models import Viewer
from tests.e2e.page_double import PageDouble
from tests.integration.test_manage_api import BASE, House, checked
from tests.people import TREE

GUIDE = """# Guía de voz

## Tratamiento

Siempre de usted.

## Saludos

| Canal | Saludo | Despedida |
|---|---|---|
| Chat | Hola, soy [nombre]. | Gracias. |
| Fax | Hola | Adiós |

## Palabras

| Decimos | No decimos |
|---|---|
| avería | incidencia |
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("voice"))
    begun = house.upload("marta", "guia-de-voz.md", GUIDE)
    number = house.done("marta", begun)["result"]["source"]
    house.publish(number)
    yield house
    house.close()


def guides(house: House, who: str) -> list[dict[str, Any]]:
    found = checked(bodies.GuideList, house.ask(who, "GET", "/voice").json())
    listed: list[dict[str, Any]] = found["guides"]
    return listed


def test_a_manager_sees_the_rules_and_what_gave_none(house: House) -> None:
    (one,) = guides(house, "marta")
    assert (one["version"], one["state"], one["text"]) == (1, "published", GUIDE)
    assert [rule["kind"] for rule in one["guide"]["rules"]] == [
        "address", "greeting", "closing", "words",
    ]  # fmt: skip
    assert [(u["why"], "no channel" in u["text"]) for u in one["guide"]["unread"]] == [
        ("unknown_channel", True)
    ]
    assert guides(house, "leo") == []  # a manager of a narrower audience is not responsible for it


def test_a_guide_is_read_while_it_is_written_and_not_stored(house: House) -> None:
    sent = {"text": GUIDE.replace("usted", "tú")}
    read = checked(bodies.GuideOut, house.ask("marta", "POST", "/voice/read", json=sent).json())
    assert read["rules"][0]["text"] == "tú (on all channels)"
    assert guides(house, "marta")[0]["guide"]["rules"][0]["text"].startswith("usted")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# Precios\n\nNada.\n", "'Precios' is no voice guide"),
        ("", "is no voice guide"),
        ("# Guía de voz\n\n" + "x" * 60_000, "at most 60,000"),
    ],
)
def test_what_is_no_guide_is_refused_in_one_line(house: House, text: str, told: str) -> None:
    refused = house.ask("marta", "POST", "/voice/read", json={"text": text})
    assert refused.status_code == 422
    assert told in refused.json()["error"]


def tried(house: House, sentence: str, **more: Any) -> dict[str, Any]:
    sent = {"sentence": sentence, "channel": "chat", **more}
    return checked(bodies.Tried, house.ask("marta", "POST", "/voice/try", json=sent).json())


def test_a_sentence_is_tried_with_the_guide_in_force(house: House) -> None:
    found = tried(house, "El cliente puede devolver la incidencia en 30 días naturales.")
    assert found["text"] == "Usted puede devolver la incidencia en 30 días naturales."
    assert (found["changed"], found["greeting"]) == (True, "Hola, soy [nombre].")
    (noticed,) = found["noticed"]
    assert (noticed["words"], noticed["instead"]) == ("incidencia", ["avería"])
    assert noticed["rule"]["document"] == "guia-de-voz.md"


def test_a_sentence_is_tried_with_the_guide_that_is_written(house: House) -> None:
    found = tried(
        house,
        "El cliente puede devolver el colchón en 30 días naturales.",
        text=GUIDE.replace("de usted", "de tú"),
    )
    assert found["text"] == "Puedes devolver el colchón en 30 días naturales."


def test_without_a_guide_in_the_language_that_is_told(house: House) -> None:
    sent = {"sentence": "The customer may return it.", "channel": "chat", "language": "en"}
    refused = house.ask("marta", "POST", "/voice/try", json=sent)
    assert refused.status_code == 422
    assert "no voice guide in English" in refused.json()["error"]


def test_answers_are_given_in_the_voice_where_a_channel_is_asked_for(
    house: House, tmp_path: Path
) -> None:
    people = house.people
    office = people.office()
    app = create_app(
        PageDouble(tmp_path),  # type: ignore[arg-type]
        people.access,
        people.settings,
        office,
        voice=voice_of_office(office),
    )
    key = people.accounts.add_key("voz-crm", Grant.parse("agent@staff"), TREE)
    headers = {"authorization": f"Bearer {key}"}
    with TestClient(app, base_url=BASE, headers=headers) as client:
        asked = {"question": "¿plazo de devolución?", "channels": ["phone", "chat"]}
        phone, chat = client.post("/v1/ask", json=asked).json()["voice"]
        assert phone["statements"][0]["text"].startswith("Usted puede devolver cualquier mueble")
        assert phone["statements"][0]["changed"] is True
        assert phone["greeting"] is None
        assert chat["text"].startswith("Hola, soy [nombre].\nUsted puede")
        assert client.post("/v1/ask", json={"question": "¿plazo?"}).json()["voice"] == []
        wrong = client.post("/v1/ask", json={**asked, "channels": ["fax"]})
        assert wrong.status_code == 422


def test_the_command_line_tells_what_is_read(
    house: House,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("VOZ_DATA_DIR", str(house.people.settings.data_dir))
    file = tmp_path / "guia.md"
    assert example_command("es") == 0
    file.write_text(capsys.readouterr().out, "utf-8")
    assert check_command(file, as_json=False) == 0
    assert "decimos «avería», «fallo»; no decimos «incidencia»" in capsys.readouterr().out
    file.write_text(GUIDE, "utf-8")
    assert check_command(file, as_json=True) == 1  # a channel that is none
    (read,) = json.loads(capsys.readouterr().out)["guides"]
    assert [one["why"] for one in read["unread"]] == ["unknown_channel"]
    assert show_command(audience="staff", on=None, as_json=False) == 0
    assert "Guía de voz (guia-de-voz.md, version 1; es)" in capsys.readouterr().out
    with pytest.raises(SettingsError, match="cannot be read"):
        check_command(tmp_path / "none.md")


def test_a_new_version_is_used_as_soon_as_it_is_in_force(house: House) -> None:
    voice = voice_of_office(house.people.office())
    viewer = Viewer("ana", TREE.above("staff"))
    assert voice.of(viewer)["es"].address == "usted"
    (one,) = guides(house, "marta")
    source = str(one["source"]["id"])
    begun = house.upload(
        "marta", "guia-de-voz.md", GUIDE.replace("de usted", "de tú"), source=source
    )
    house.done("marta", begun)
    assert voice.of(viewer)["es"].address == "usted"
    house.publish(one["source"]["id"], 2)
    assert voice.of(viewer)["es"].address == "tu"
    assert voice.of(viewer)["es"].documents == (("guia-de-voz.md", 2),)
