"""``voz sources duplicates`` and ``contradictions``, as they are typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from assistant.shell.cli import app
from knowledge.errors import SettingsError
from knowledge.models import Viewer
from knowledge.register import Register
from knowledge.settings import load
from tests.fakes import HashingEmbedder, document_of, store

Voz = Callable[..., str]
RULE = (
    "Puede solicitar la devolución del producto comprado en la tienda en un plazo de {} días, y "
    "tiene que traer la factura y el embalaje en el que se le entregó."
)
OTHERS = (
    "Los paquetes grandes se envían desde el almacén central.",
    "La contraseña se cambia en los ajustes de la cuenta.",
)


@pytest.fixture
def voz(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Voz:
    """Run a command; what it printed on standard output."""
    monkeypatch.setenv("VOZ_DATA_DIR", str(tmp_path / "data"))
    command = typer.main.get_command(app)

    def run(*arguments: str) -> str:
        command.main(["sources", *arguments], prog_name="voz", standalone_mode=False)
        return capsys.readouterr().out

    embedder = HashingEmbedder(256)
    with Register.open(load(), write=True) as register:
        register.curation.add_audience("contractor-a", "A", Viewer("admin", frozenset()))
        store(register, embedder, document_of("otros.md", OTHERS))
        store(register, embedder, document_of("a.md", [RULE.format(14), OTHERS[0]]))
        narrow = document_of("b.md", [RULE.format(30), OTHERS[1]], audience="contractor-a")
        store(register, embedder, narrow)
    return run


def test_a_contradiction_is_told_with_both_sentences(voz: Voz) -> None:
    lines = voz("contradictions").splitlines()
    assert lines[0].startswith("plazo: «14 días» frente a «30 días» · certeza ")
    assert lines[1] == f"   a.md › Capítulo: «{RULE.format(14)}»"
    assert lines[2] == f"   b.md › Capítulo: «{RULE.format(30)}»"
    assert len(lines) == 3


def test_as_json_it_has_its_reason_in_both_languages_and_where_it_is_said(voz: Voz) -> None:
    (found,) = json.loads(voz("contradictions", "--json"))
    assert found["reason"]["en"] == "period: “14 días” against “30 días”"
    assert [one["source"] for one in found["sentences"]] == ["a.md", "b.md"]
    said = [one["text"][slice(*one["said"])] for one in found["sentences"]]
    assert said == ["14 días", "30 días"]


def test_a_repeated_passage_is_told_with_both_texts(voz: Voz) -> None:
    lines = voz("duplicates").splitlines()
    assert lines[0].startswith("pasaje de ")
    assert {lines[1], lines[2]} == {f"   «{RULE.format(n)}»" for n in (14, 30)}
    (found,) = json.loads(voz("duplicates", "--json"))
    assert found["kind"] == "passage"
    assert {found["place"]["source"], found["of"]["source"]} == {"a.md", "b.md"}


@pytest.mark.parametrize(
    ("what", "nothing"),
    [
        ("duplicates", "Ninguna fuente repite otra.\n"),
        ("contradictions", "Ninguna frase contradice a otra.\n"),
    ],
)
def test_an_audience_is_told_of_nothing_that_its_agents_do_not_see(
    voz: Voz, what: str, nothing: str
) -> None:
    assert voz(what, "--audience", "staff") == nothing
    assert json.loads(voz(what, "--audience", "staff", "--json")) == []
    assert "b.md" in voz(what, "--audience", "contractor-a")
    with pytest.raises(SettingsError, match="there is no audience 'nadie'"):
        voz(what, "--audience", "nadie")


def test_a_score_that_nothing_reaches_shows_nothing(
    voz: Voz, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOZ_LANGUAGE", "en")
    assert voz("contradictions", "--score", "1") == "No sentence contradicts another.\n"


def test_what_is_left_off_is_counted(voz: Voz) -> None:
    embedder = HashingEmbedder(256)
    with Register.open(load(), write=True) as register:
        store(register, embedder, document_of("c.md", [RULE.format(14), "Se paga en la caja."]))
    lines = voz("duplicates", "--limit", "1").splitlines()
    assert lines[-1] == "y 1 más: pida más con --limit"
