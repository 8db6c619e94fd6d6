"""``voz sources``, ``voz audiences`` and ``voz cards`` as a manager types them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer

from assistant.shell.cli import app
from knowledge.audit import local_actor
from knowledge.curation import Curation
from knowledge.encoders import embedding
from knowledge.errors import KnowledgeBaseError, NotAllowed, RegisterLocked, SettingsError
from tests.fakes import HashingEmbedder

Voz = Callable[..., str]


class Embedders:
    """Stands where `SentenceTransformerEmbedder` is looked up."""

    @classmethod
    def open(cls, *_: object) -> HashingEmbedder:
        return HashingEmbedder()


@pytest.fixture
def voz(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Voz:
    """Run a command; what it printed on standard output."""
    monkeypatch.setenv("VOZ_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(embedding, "SentenceTransformerEmbedder", Embedders)
    command = typer.main.get_command(app)

    def run(*arguments: str, stdin: str = "") -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        try:
            command.main(list(arguments), prog_name="voz", standalone_mode=False)
        except typer.Exit as done:
            if done.exit_code:
                pytest.fail(capsys.readouterr().err)
        return capsys.readouterr().out

    return run


@pytest.fixture
def policy(tmp_path: Path, voz: Voz) -> Path:
    path = tmp_path / "devoluciones.md"
    path.write_text("# Devoluciones\n\nEl plazo es de 30 días.\n\n## Pagos\n\nHasta 40 €.\n")
    voz("ingest", str(path), "--by", "rosa")
    return path


def shown(voz: Voz, *arguments: str) -> Any:
    return json.loads(voz(*arguments, "--json"))


def test_a_version_goes_its_way_from_draft_to_in_force(voz: Voz, policy: Path) -> None:
    policy.write_text(policy.read_text().replace("30", "45"))
    voz(
        "ingest",
        str(policy),
        "--draft",
        "--from",
        "1/3/2027",
        "--note",
        "quince más",
        "--by",
        "rosa",
    )
    (listed,) = shown(voz, "sources", "list", "--waiting")
    assert (listed["current"], listed["waiting"], listed["next_change"]) == (1, 2, None)
    assert "version 2 of devoluciones.md is in review" in voz(
        "sources", "submit", "devoluciones.md", "2", "--by", "rosa"
    )
    with pytest.raises(NotAllowed, match="somebody else"):
        voz("sources", "publish", "devoluciones.md", "2", "--by", "rosa")
    voz("sources", "publish", "devoluciones.md", "2", "--by", "hugo")
    source = shown(voz, "sources", "show", "devoluciones.md")
    assert source["next_change"] == "2027-03-01"
    newest, oldest = source["history"]
    assert newest["in_force"] == [{"from": "2027-03-01", "to": None}]
    assert oldest["in_force"] == [{"from": None, "to": "2027-03-01"}]
    assert (newest["note"], newest["approver"]) == ("quince más", "hugo")
    assert "45 días" in voz("sources", "text", "devoluciones.md")
    assert "30 días" in voz("sources", "text", "devoluciones.md", "--version", "1")
    assert "2. published · 2027-03-01 to no end · by rosa, approved by hugo · quince más" in voz(
        "sources", "show", "devoluciones.md"
    )


def test_a_version_is_sent_back_retired_restored_and_erased(voz: Voz, policy: Path) -> None:
    policy.write_text(policy.read_text().replace("30", "45"))
    voz("ingest", str(policy), "--draft", "--by", "rosa")
    voz("sources", "submit", "devoluciones.md", "2")
    voz("sources", "send-back", "devoluciones.md", "2", "--note", "falta la fecha", "--by", "hugo")
    newest = shown(voz, "sources", "show", "devoluciones.md")["history"][0]
    assert (newest["state"], newest["note"]) == ("draft", "hugo: falta la fecha")
    voz("sources", "retire", "devoluciones.md", "--by", "hugo")
    assert shown(voz, "sources", "list", "--state", "draft")[0]["current"] is None
    assert shown(voz, "sources", "list", "--state", "retired") == []
    voz("sources", "publish", "devoluciones.md", "1", "--by", "hugo")
    assert shown(voz, "sources", "list")[0]["current"] == 1
    with pytest.raises(typer.Abort):
        voz("sources", "erase", "devoluciones.md", stdin="n\n")
    voz("sources", "erase", "devoluciones.md", "--yes")
    assert voz("sources", "list") == "no sources\n"


def test_audiences_are_made_named_used_and_removed(voz: Voz, policy: Path) -> None:
    voz("audiences", "add", "contratas", "--title", "Contratas")
    voz("audiences", "add", "levante", "--parent", "contratas")
    voz("audiences", "rename", "levante", "Contacta Levante")
    assert voz("audiences", "list").splitlines() == [
        "staff  Todo el personal / All staff",
        "  contratas  Contratas",
        "    levante  Contacta Levante",
    ]
    voz("sources", "audience", "devoluciones.md", "levante")
    assert shown(voz, "sources", "list")[0]["audience"] == ["levante"]
    with pytest.raises(SettingsError, match=r"devoluciones\.md"):
        voz("audiences", "remove", "levante")
    assert "its managers only" in voz("sources", "audience", "devoluciones.md")
    voz("audiences", "remove", "levante")
    assert [one["label"] for one in shown(voz, "audiences", "list")] == ["staff", "contratas"]


def test_an_audience_is_given_with_the_documents_and_kept_by_the_next_version(
    voz: Voz, policy: Path
) -> None:
    voz("audiences", "add", "levante")
    voz("ingest", str(policy), "--audience", "levante")
    policy.write_text("# Devoluciones\n\nEl plazo es de 60 días.\n")
    voz("ingest", str(policy))
    (source,) = shown(voz, "sources", "list")
    assert (source["audience"], source["versions"]) == (["levante"], 2)
    with pytest.raises(SettingsError, match="no audience 'poniente'"):
        voz("ingest", str(policy), "--audience", "poniente")


def test_a_part_and_the_rest_of_what_is_known_are_changed(voz: Voz, policy: Path) -> None:
    voz("audiences", "add", "levante")
    restricted = voz(
        "sources", "restrict", "devoluciones.md", "Pagos", "--audience", "levante", "--internal"
    )
    assert restricted == "devoluciones.md, 'Pagos': restricted\n"
    voz(
        *("sources", "describe", "devoluciones.md", "--title", "Devolver", "--kind", "policy"),
        *("--owner", "rosa", "--tag", "producto=sofás", "--review-days", "90"),
    )
    voz("sources", "reviewed", "devoluciones.md")
    (source,) = shown(voz, "sources", "list")
    assert source["sections"] == [{"heading": "Pagos", "audience": ["levante"], "internal": True}]
    assert (source["title"], source["kind"], source["owner"]) == ("Devolver", "policy", "rosa")
    assert source["tags"] == {"producto": "sofás"}
    assert source["review_due"] is not None
    assert "as the rest" in voz("sources", "restrict", "devoluciones.md", "Pagos")
    with pytest.raises(typer.BadParameter):
        voz("sources", "describe", "devoluciones.md", "--tag", "sin signo")


def test_a_file_of_another_name_becomes_a_version_of_its_source(
    voz: Voz, policy: Path, tmp_path: Path
) -> None:
    other = tmp_path / "devoluciones-2027.md"
    other.write_text("# Devoluciones\n\nEl plazo es de 60 días.\n")
    voz("ingest", str(other), "--name", "devoluciones.md", "--from", "2027-01-01")
    (source,) = shown(voz, "sources", "list")
    assert (source["name"], source["versions"]) == ("devoluciones.md", 2)
    with pytest.raises(SettingsError, match="is for one file"):
        voz("ingest", str(tmp_path), "--name", "devoluciones.md")
    with pytest.raises(KnowledgeBaseError, match="is no day"):
        voz("ingest", str(other), "--from", "ayer")


def test_a_card_is_written_found_and_written_anew(voz: Voz, policy: Path) -> None:
    said = voz(
        *("cards", "add", "¿Cuánto tarda el reembolso?", "--answer", "Entre 3 y 5 días."),
        *("--variant", "cuando me devuelven el dinero", "--conditions", "Pago con tarjeta"),
    )
    name = "tarjetas/cuanto-tarda-el-reembolso.card"
    assert said == f"{name}: added\n"
    assert shown(voz, "cards", "list")[0]["title"] == "¿Cuánto tarda el reembolso?"
    answer = "cards", "add", "¿Cuánto tarda el reembolso?", "--answer", "-", "--name", name
    assert "changed, waits" in voz(*answer, "--draft", stdin="Hasta 7 días.")
    source = shown(voz, "sources", "show", name)
    assert [one["state"] for one in source["history"]] == ["draft", "published"]
    with pytest.raises(typer.BadParameter):
        voz("cards", "add", "q", "--answer", "a", "--language", "fr")


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "no-existe.md"),
        ("submit", "no-existe.md", "1"),
        ("submit", "devoluciones.md", "9"),
        ("publish", "devoluciones.md", "1", "--from", "2027-01-01", "--to", "2026-01-01"),
        ("retire", "devoluciones.md", "--from", "31/2/2026"),
        ("restrict", "devoluciones.md", "No la hay", "--internal"),
        ("describe", "devoluciones.md", "--kind", "poema"),
        ("audience", "devoluciones.md", "nadie"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_changes_nothing(
    voz: Voz, policy: Path, arguments: tuple[str, ...]
) -> None:
    before = shown(voz, "sources", "show", "devoluciones.md")
    with pytest.raises(KnowledgeBaseError) as caught:
        voz("sources", *arguments)
    assert len(str(caught.value).splitlines()) == 1
    assert shown(voz, "sources", "show", "devoluciones.md") == before


def test_reading_a_version_in_the_terminal_is_in_the_audit_trail(voz: Voz, policy: Path) -> None:
    policy.write_text(policy.read_text().replace("30", "45"))
    voz("ingest", str(policy), "--by", "rosa")
    for _ in range(2):
        assert "45 días" in voz("sources", "text", "devoluciones.md")
    voz("sources", "diff", "devoluciones.md", "1", "2")
    voz("sources", "show", "devoluciones.md")
    viewed = shown(voz, "audit", "list", "--action", "source.viewed")
    assert {one["object"] for one in viewed} == {"source:1"}
    assert {one["actor"] for one in viewed} == {local_actor()}
    details = [one["details"] for one in viewed]
    assert details == [{"version": 2}, {"version": 2}, {"version": 2, "compared": 1}]


def test_a_version_is_shown_even_where_it_cannot_be_entered(
    voz: Voz,
    policy: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def busy(*_: object) -> None:
        raise RegisterLocked("another process is writing")

    monkeypatch.setattr(Curation, "viewed", busy)
    assert "30 días" in voz("sources", "text", "devoluciones.md")
    assert "not in the audit trail: another process is writing" in caplog.text
