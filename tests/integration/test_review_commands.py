"""``voz reviews``: a scorecard brought in, a sample drawn, reviewed, and what it comes to."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import typer

from assistant.shell.cli import app
from assistant.shell.reviews.command_texts import CATALOGUE
from knowledge.errors import SettingsError
from tests.integration.review_house import EXAMPLE, ReviewHouse

Voz = Callable[..., str]


@pytest.fixture(scope="module")
def _house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReviewHouse]:
    house = ReviewHouse(tmp_path_factory.mktemp("house"))
    yield house
    house.close()


@pytest.fixture
def house(_house: ReviewHouse) -> ReviewHouse:
    _house.clear()
    for agent in ("ana", "ana", "olga"):
        _house.talk(agent)
    return _house


@pytest.fixture
def voz(
    house: ReviewHouse, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Voz:
    """Run a command; what it printed on standard output."""
    monkeypatch.setenv("VOZ_DATA_DIR", str(house.settings.data_dir))
    command = typer.main.get_command(app)

    def run(*arguments: str) -> str:
        command.main(["reviews", *arguments], prog_name="voz", standalone_mode=False)
        return capsys.readouterr().out

    return run


def test_from_a_scorecard_to_results(house: ReviewHouse, voz: Voz, tmp_path: Path) -> None:
    assert "14 preguntas en 4 secciones" in voz("check", str(EXAMPLE))
    assert "pauta, versión 1" in voz("import", str(EXAMPLE), "--name", "pauta")
    assert [one["name"] for one in json.loads(voz("scorecards", "--json"))] == ["atencion", "pauta"]
    day = house.store.today().isoformat()
    drawing = ("draw", "--scorecard", "pauta", "--from", day, "--to", day, "--double", "1")
    who = ("--reviewer", "quim", "--reviewer", "qara")
    assert "3 contactos de 3, 6 revisiones" in voz(*drawing, *who, "--seed", "s")
    answers = tmp_path / "answers.json"
    for name in ("quim", "qara"):
        for task in json.loads(voz("tasks", "--by", name, "--json")):
            bad = "no" if (name, task["agent"]) == ("qara", "olga") else "yes"
            answers.write_text(json.dumps({"answers": house.answers(promesas=bad)}))
            told = voz("give", str(task["number"]), "--file", str(answers), "--by", name)
            assert ("100,0 %" in told) == (bad == "yes")
    shown = voz("results")
    assert "pauta, versión 1: 3 contactos, 3 revisados por dos" in shown
    assert "  promesas: " in shown
    assert "iguales 2 de 3" in shown
    found = json.loads(voz("results", "--json", "--scorecard", "pauta"))
    assert [one["name"] for one in found["audiences"]] == ["levante", "meridiano"]
    assert found["whole"]["total"]["mean"] < 1
    assert "6 de 6" in voz("samples")
    number = str(house.tasks("quim")[0].number)
    assert voz("show", number, "--by", "quim").count("versión 1: ") == 2


def test_what_cannot_be_given_is_refused(house: ReviewHouse, voz: Voz, tmp_path: Path) -> None:
    house.draw("quim", house.wanted())
    answers = tmp_path / "answers.json"
    number = str(house.tasks("quim")[0].number)
    give = ("give", number, "--by", "quim", "--file", str(answers))
    for text, line in (
        (None, "cannot be read as JSON"),
        ("{", "cannot be read as JSON"),
        ("[]", "is no review"),
        ('{"answers": {"registro": 1}}', "is no review"),
        ('{"answers": {"registro": "no"}}', "has no answer"),
    ):
        if text is not None:
            answers.write_text(text)
        with pytest.raises(SettingsError, match=line):
            voz(*give)


def test_mistakes_of_a_scorecard_are_told_by_line(
    voz: Voz, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "mala.yaml"
    bad.write_text(EXAMPLE.read_text("utf-8").replace("weight: 35", "weight: -1"))
    assert json.loads(voz("check", str(bad), "--json"))["faults"]
    voz("import", str(bad), "--name", "mala")
    capsys.readouterr()
    assert "mala" not in voz("scorecards")


def test_both_languages_say_the_same() -> None:
    import re

    spanish, english = CATALOGUE["es"], CATALOGUE["en"]
    assert spanish.keys() == english.keys()
    for key, text in spanish.items():
        assert set(re.findall(r"\{(\w+)", text)) == set(re.findall(r"\{(\w+)", english[key])), key
