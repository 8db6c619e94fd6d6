"""``voz gaps``, ``feedback``, ``receipts``, ``changes``, ``questions``; stale sources, previews."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import typer

from assistant.shell.cli import app
from knowledge.encoders import embedding
from knowledge.errors import NotAllowed, SettingsError
from knowledge.models import Viewer
from knowledge.register import Register
from knowledge.settings import load
from tests.fakes import HashingEmbedder, document_of, store

NAME = "devoluciones.md"
Voz = Callable[..., str]
QUESTION = "¿montan el armario ropero en casa del cliente?"


class Embedders:
    """Stands where `SentenceTransformerEmbedder` is looked up."""

    @classmethod
    def open(cls, *_: object) -> HashingEmbedder:
        return HashingEmbedder(256)


@pytest.fixture
def voz(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Voz:
    """Run a command; what it printed on standard output."""
    monkeypatch.setenv("VOZ_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(embedding, "SentenceTransformerEmbedder", Embedders)
    command = typer.main.get_command(app)

    def run(*arguments: str) -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO(""))
        try:
            command.main(list(arguments), prog_name="voz", standalone_mode=False)
        except typer.Exit as done:
            if done.exit_code:
                pytest.fail(capsys.readouterr().err)
        return capsys.readouterr().out

    with Register.open(load(), write=True) as register:
        texts = ["El plazo es de 30 días.", "Los pagos son de hasta 40 €."]
        store(register, Embedders.open(), document_of(NAME, texts, title="Devoluciones"))
        register.curation.add_audience("contractor-a", "A", Viewer("admin", frozenset()))
    return run


def shown(voz: Voz, *arguments: str) -> Any:
    return json.loads(voz(*arguments, "--json"))


def test_a_question_without_an_answer_is_a_gap_and_becomes_a_card(voz: Voz) -> None:
    assert voz("gaps") == "No hay vacíos: todo lo que se ha preguntado se ha respondido.\n"
    voz("ask", QUESTION)
    voz("ask", f"{QUESTION} ")
    (gap,) = shown(voz, "gaps")
    assert (gap["asked"], gap["state"], gap["audience"]) == (2, "open", "staff")
    number = str(gap["number"])
    assert f"{number}. {gap['examples'][0]['query']}" in voz("gaps")
    voz("gaps", "assign", number, "hugo", "--by", "rosa")
    assert "lo lleva hugo" in voz("gaps")
    answer = "El montaje a domicilio va incluido."
    card = shown(voz, "gaps", "card", number, "--answer", answer, "--by", "rosa")
    assert card["name"].startswith("tarjetas/montan-el-armario")
    (saved,) = shown(voz, "questions")
    assert (saved["expected"], saved["proposed"]) == (card["name"], True)
    preview = shown(voz, "sources", "preview", card["name"])
    assert (preview["version"], preview["changed"] > 0, preview["worse"]) == (1, True, 0)
    after = preview["outcomes"][0]["after"]  # by weights learned for the real model
    shown_first = [*(s["citations"][0] for s in after["statements"]), *after["nearest"]][0]
    assert (shown_first["document"], shown_first["quote"]) == (card["name"], answer)
    voz("sources", "submit", card["name"], "1", "--by", "rosa")
    with pytest.raises(NotAllowed):
        voz("sources", "publish", card["name"], "1", "--by", "rosa")
    voz("sources", "publish", card["name"], "1", "--by", "hugo")
    assert "No hay vacíos" in voz("gaps")
    assert shown(voz, "gaps", "--settled")[0]["state"] == "closed"


def test_a_card_takes_the_words_of_the_nearest_sources(voz: Voz) -> None:
    voz("ask", "¿y el plazo de los lunes?")
    (gap,) = shown(voz, "gaps")
    told = voz("gaps", "card", str(gap["number"]), "--by", "rosa")
    name = told.split(":")[0]
    assert "borrador para el vacío" in told
    (version,) = shown(voz, "sources", "show", name)["history"]
    assert version["state"] == "draft"
    assert "a partir de: Devoluciones (devoluciones.md)" in version["note"]
    assert "El plazo es de 30 días." in voz("sources", "text", name, "--version", "1")


def test_a_gap_is_dismissed_closed_and_opened_again(voz: Voz) -> None:
    voz("ask", QUESTION)
    number = str(shown(voz, "gaps")[0]["number"])
    assert "descartado" in voz("gaps", "dismiss", number, "--reason", "no lo hacemos")
    assert "motivo: no lo hacemos" in voz("gaps", "--settled")
    assert "abierto de nuevo" in voz("gaps", "reopen", number)
    assert "cerrado" in voz("gaps", "close", number)
    with pytest.raises(SettingsError, match="no gap 99"):
        voz("gaps", "close", "99")


def test_feedback_goes_its_way(voz: Voz) -> None:
    assert voz("feedback") == "No hay avisos pendientes.\n"
    voz("sources", "describe", "devoluciones.md", "--owner", "hugo")
    about = ("devoluciones.md", "--kind", "wrong", "--version", "1")
    assert voz("feedback", "give", *about, "--comment", "son 15", "--by", "ana") == (
        "Aviso 1 anotado.\n"
    )
    assert "1. mal: devoluciones.md, versión 1 · de ana el" in voz("feedback")
    assert "«son 15»" in voz("feedback", "--owner", "hugo")
    assert shown(voz, "feedback", "--owner", "rosa") == []
    voz("feedback", "assign", "1", "pablo")
    voz("feedback", "take", "1", "--by", "rosa")
    assert shown(voz, "feedback")[0]["owner"] == "rosa"
    voz("feedback", "resolve", "1", "--answer", "Hecho.", "--version", "1", "--by", "rosa")
    assert shown(voz, "feedback") == []
    assert "respuesta: Hecho." in voz("feedback", "--all")
    voz("feedback", "give", "devoluciones.md", "--kind", "outdated", "--by", "ana")
    voz("feedback", "decline", "2", "--answer", "Sigue igual.")
    assert voz("feedback", "suspects") == "Ninguna fuente muy citada tiene quejas.\n"
    with pytest.raises(SettingsError, match="none of useful, wrong"):
        voz("feedback", "give", "devoluciones.md", "--kind", "bad")


def test_readings_are_required_listed_and_taken_back(voz: Voz, tmp_path: Path) -> None:
    assert voz("receipts") == "No hay lecturas exigidas.\n"
    voz("ask", "¿plazo?")
    told = voz(
        "receipts", "require", "devoluciones.md", "1", "--audience", "staff", "--due", "31/12/2099"
    )
    assert told == "Lectura 1 exigida hasta el 2099-12-31.\n"
    (reading,) = shown(voz, "receipts")
    assert (reading["requirement"]["source"], reading["place"]) == (NAME, "staff")
    assert (reading["read"], len(reading["waiting"])) == ([], 1)
    assert "1. devoluciones.md, versión 1" in voz("receipts")
    voz("receipts", "withdraw", "1")
    assert shown(voz, "receipts") == []


def test_what_changed_since_a_moment_is_told(voz: Voz) -> None:
    before = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    assert "nueva: Devoluciones (versión 1)" in voz("changes", "--since", before)
    told = shown(voz, "changes", "--since", before, "--audience", "contractor-a")
    assert [(one["kind"], one["version"]) for one in told] == [("new", 1)]
    with pytest.raises(SettingsError, match="no audience"):
        voz("changes", "--since", before, "--audience", "contractor-z")


def test_stale_sources_are_told_with_advice_in_both_languages(voz: Voz) -> None:
    assert voz("sources", "stale") == "Nada parece anticuado.\n"
    last = (datetime.now(UTC).date() + timedelta(days=9)).isoformat()
    voz("sources", "retire", "devoluciones.md", "--from", last, "--by", "hugo")
    (finding,) = shown(voz, "sources", "stale")
    assert (finding["kind"], finding["since"]) == ("expires", last)
    assert finding["reason"]["en"].startswith(f"It ends on {last}")
    assert finding["advice"]["es"].startswith("Publique la que sigue")
    assert "Deja de estar en vigor" in voz("sources", "stale")


def test_a_preview_shows_old_beside_new(voz: Voz) -> None:
    assert "No hay preguntas con las que probar" in voz(
        "sources", "preview", "devoluciones.md", "1", "--asked", "0"
    )
    voz("questions", "add", "¿plazo de devoluciones?", "--expect", "devoluciones.md")
    assert "debe citar devoluciones.md" in voz("questions")
    told = voz("sources", "preview", "devoluciones.md", "--retire", "--all")
    assert told.startswith("devoluciones.md retirada desde el ")
    assert "antes: " in told
    assert "después: " in told
    with pytest.raises(SettingsError, match=r"no version of 'devoluciones\.md' waits"):
        voz("sources", "preview", "devoluciones.md")
    voz("questions", "remove", "1")
    assert shown(voz, "questions") == []


def test_words_are_erased_on_demand(voz: Voz) -> None:
    voz("ask", "llama Matilde Orejudo por su sofá")
    assert voz("questions", "erase", "--containing", "orejudo").strip().endswith(": 1.")
    assert "No hay vacíos" in voz("gaps")
    with pytest.raises(SettingsError, match="either a text or an account"):
        voz("questions", "erase")
