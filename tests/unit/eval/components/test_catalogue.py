"""Each component is what it declares, its command too, and all are measured in a row."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
import typer

from eval.commands import components as commands
from eval.commands.cli import app
from eval.components import running
from eval.components.catalogue import COMPONENTS
from eval.components.models import Component, Listing
from eval.components.running import measure_all, read, scores
from eval.scores import Measured, values_of
from eval.work import Work, entry
from knowledge.errors import SettingsError
from knowledge.settings import Settings
from tests.fakes import HashingEmbedder

HERE = "tests.unit.eval.components.test_catalogue"
CODE = {"version": "1", "commit": "abc", "changed": False}
asked: list[str] = []


def measure(work: Work) -> Iterator[Measured]:
    """One that tells one thing while it is measured."""
    asked.append(f"{work.half} {work.limit}")
    work.tell("seen")
    yield values_of("s", "found", [(True, "a"), (False, "a"), (None, "b"), (True, "c")])


def learn(work: Work) -> dict[str, float]:
    return {"weight": 1.0 if work.half == "report" else 0.0}


def rows(work: Work) -> Iterator[dict[str, int]]:
    yield from ({"n": n} for n in range(work.limit or 3))


QUICK = Component(
    name="quick",
    question="Is it quick?",
    module=HERE,
    halves=("fit", "report"),
    learns=HERE,
    listings=(
        Listing("--top", "The first N.", f"{HERE}.rows", counted=True),
        Listing("--every", "All.", f"{HERE}.rows"),
        Listing("--seen", "What is seen."),
    ),
)
LACKING = Component("lacking", "Is it there?", HERE, files=("sets/one.jsonl",))


@pytest.fixture
def work(tmp_path: Path) -> Work:
    asked.clear()
    return Work(tmp_path, Settings(data_dir=tmp_path / "data"), HashingEmbedder)


@pytest.mark.parametrize("component", COMPONENTS.values(), ids=list(COMPONENTS))
def test_what_is_declared_is_there(component: Component) -> None:
    assert component.question.endswith("?")
    assert callable(import_module(component.module).measure)
    if component.learns:
        assert callable(import_module(component.learns).learn)
    for listing in component.listings:
        if listing.function:
            module, _, function = listing.function.rpartition(".")
            assert callable(getattr(import_module(module), function))
    if component.files:
        with pytest.raises(SettingsError, match=f"there is no {component.files[0]}"):
            list(scores(component, Work(Path("/nowhere"), Settings(), HashingEmbedder)))


def test_a_command_is_made_of_what_a_component_declares(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("VOZ_DATA_DIR", str(tmp_path))
    own = typer.Typer()
    own.command(QUICK.name, help=QUICK.question)(commands.command_of(QUICK))

    def told(*arguments: str) -> tuple[str, str]:
        own(list(arguments), standalone_mode=False)
        out, err = capsys.readouterr()
        return out, err

    (row,) = json.loads(told("--json")[0])
    assert (row["n"], row["value"]) == (3, pytest.approx(2 / 3))
    # Two clusters, of 2 and 1: sqrt((1/9 + 1/9) * 2) / 3
    assert row["error"] == pytest.approx(2 / 9)
    assert told("--seen", "--json")[1] == "seen\n"
    assert json.loads(told("--top", "2")[0]) == [{"n": 0}, {"n": 1}]
    assert told("--every")[0].splitlines() == ['{"n": 0}', '{"n": 1}', '{"n": 2}']
    assert json.loads(told("--learn")[0]) == {"weight": 1.0}
    with pytest.raises(typer.BadParameter, match="--learn and --every"):
        told("--learn", "--every")
    with pytest.raises(typer.BadParameter, match="all"):
        told("--half", "all")


def test_one_that_fails_does_not_keep_the_others_from_being_measured(work: Work) -> None:
    found = list(measure_all([LACKING, QUICK], work))
    assert [one.component for one in found] == ["lacking", "quick"]
    assert found[0].error is not None
    assert "sets/one.jsonl" in found[0].error
    assert (found[1].error, len(found[1].scores)) == (None, 1)


def test_what_is_measured_with_the_same_code_is_kept(
    work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "code_state", lambda: CODE)
    kept = tmp_path / "all.json"
    (first,) = measure_all([QUICK], work, kept)
    (again,) = measure_all([QUICK], work, kept)
    assert again == first == read(kept)["quick"]
    assert asked == ["report None"]
    assert len(first.load) == 2
    assert first.environment["cores"]
    monkeypatch.setattr(running, "code_state", lambda: CODE | {"commit": "def"})
    (anew,) = measure_all([QUICK], work, kept)
    assert anew.code["commit"] == "def"
    assert len(asked) == 2
    list(measure_all([LACKING, QUICK], work, kept))
    assert set(read(kept)) == {"lacking", "quick"}
    assert len(asked) == 2


@pytest.mark.parametrize("content", ["[]", "{}", "no JSON", '{"schema": "run/1", "results": []}'])
def test_a_file_of_something_else_is_not_replaced(work: Work, tmp_path: Path, content: str) -> None:
    kept = tmp_path / "notes.json"
    kept.write_text(content, "utf-8")
    with pytest.raises(SettingsError, match="holds no results of components"):
        list(measure_all([QUICK], work, kept))
    assert kept.read_text("utf-8") == content
    with pytest.raises(SettingsError, match="cannot be written"):
        list(measure_all([QUICK], work, tmp_path / "nowhere" / "all.json"))


def test_all_that_are_named_are_measured_and_what_cannot_be_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("VOZ_DATA_DIR", str(tmp_path))
    monkeypatch.setitem(COMPONENTS, "quick", QUICK)
    monkeypatch.setitem(COMPONENTS, "lacking", LACKING)
    kept = tmp_path / "all.json"
    given = ["all", "lacking", "quick", "--data", str(tmp_path), "--json", str(kept)]
    assert app(given, standalone_mode=False) == 1
    out, err = capsys.readouterr()
    assert "found" in out
    assert "lacking could not be measured: lacking: below --data" in err
    held = {one["component"]: one for one in json.loads(kept.read_text("utf-8"))["results"]}
    assert held["quick"]["scores"][0]["n"] == 3
    assert set(held["quick"]) >= {"measured_at", "code", "load", "environment", "seconds"}
    with pytest.raises(SettingsError, match="'nothing' is not known"):
        app(["all", "nothing"], standalone_mode=False)


def test_components_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    app(["components", "--json"], standalone_mode=False)
    told = {one["name"]: one for one in json.loads(capsys.readouterr().out)}
    assert list(told) == list(COMPONENTS)
    assert told["contradictions"]["lists"] == ["--list", "--missed"]
    app(["components"], standalone_mode=False)
    assert "personal data" in capsys.readouterr().out
    with pytest.raises(SettingsError, match="'privcy' is not known: expected one of privacy"):
        entry("component", COMPONENTS, "privcy")
