"""An ingest of real files through real parser processes into a real register."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import pipeline, sandbox
from ingest.pipeline import carry_out, ingest
from ingest.report import Progress
from ingest.survey import survey
from knowledge.errors import ModelError, SettingsError
from knowledge.models import Document
from knowledge.register import Register
from knowledge.settings import Settings, load
from tests.fakes import STAFF, HashingEmbedder

RETURNS = """# Devoluciones

## Plazo

El cliente puede devolver el producto en 30 días desde la entrega, con su embalaje.

## Colchones

Los colchones abiertos no se devuelven por higiene, salvo que tengan un defecto de fábrica.
"""
WARRANTY = "# Garantía\n\nLa garantía de los electrodomésticos es de tres años desde la entrega.\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load(data_dir=tmp_path / "data")


@pytest.fixture
def register(settings: Settings) -> Iterator[Register]:
    with Register.open(settings, write=True) as opened:
        yield opened


@pytest.fixture
def embedder() -> HashingEmbedder:
    return HashingEmbedder()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "docs"
    (root / "ventas").mkdir(parents=True)
    (root / "devoluciones.md").write_text(RETURNS)
    (root / "ventas" / "garantia.md").write_text(WARRANTY)
    return root


def test_a_folder_is_stored_with_its_names_chunks_and_originals(
    folder: Path, register: Register, embedder: HashingEmbedder, settings: Settings
) -> None:
    report = ingest([folder], register, embedder, settings)
    assert report.added == ("devoluciones.md", "ventas/garantia.md")
    assert report.exit_code == 0
    assert report.chunks_embedded == register.stats().chunks == len(set(embedder.embedded))
    document = register.document("devoluciones.md", STAFF)
    assert document
    assert register.original_path(document.sha256).read_text() == RETURNS


def test_unchanged_files_are_not_parsed_again(
    folder: Path,
    register: Register,
    embedder: HashingEmbedder,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ingest([folder], register, embedder, settings)
    revision = register.revision()

    def parse(*_: object) -> Document:
        raise AssertionError("parsed again")

    monkeypatch.setattr(sandbox, "parse", parse)
    report = ingest([folder], register, embedder, settings)
    assert report.unchanged == ("devoluciones.md", "ventas/garantia.md")
    assert (report.chunks_embedded, report.exit_code) == (0, 0)
    assert register.revision() == revision


def test_an_edited_file_embeds_only_the_chunks_that_changed(
    folder: Path, register: Register, embedder: HashingEmbedder, settings: Settings
) -> None:
    ingest([folder], register, embedder, settings)
    before = set(embedder.embedded)
    (folder / "devoluciones.md").write_text(RETURNS.replace("defecto", "fallo"))
    report = ingest([folder], register, embedder, settings)
    assert report.changed == ("devoluciones.md",)
    assert report.chunks_embedded == 1
    assert len(set(embedder.embedded) - before) == 1
    assert report.chunks_reused >= 1


def test_the_same_content_under_another_name_embeds_nothing(
    folder: Path, register: Register, embedder: HashingEmbedder, settings: Settings
) -> None:
    ingest([folder], register, embedder, settings)
    (folder / "copia.md").write_text(RETURNS)
    report = ingest([folder], register, embedder, settings)
    assert report.added == ("copia.md",)
    assert report.chunks_embedded == 0
    assert "copia.md" in register.document_names()
    assert "devoluciones.md" in register.document_names()


def test_a_new_recipe_reads_every_file_again_but_embeds_nothing(
    folder: Path,
    register: Register,
    embedder: HashingEmbedder,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ingest([folder], register, embedder, settings)
    revision = register.revision()
    monkeypatch.setattr("ingest.survey.RECIPE", "next")
    monkeypatch.setattr("ingest.pipeline.RECIPE", "next")
    assert len(survey([folder], register).todo) == 2
    report = ingest([folder], register, embedder, settings)
    assert sorted(report.unchanged) == ["devoluciones.md", "ventas/garantia.md"]
    assert (report.chunks_embedded, register.revision()) == (0, revision)
    assert survey([folder], register).todo == ()


def test_two_files_of_one_name_in_one_run_are_not_mixed_up(
    folder: Path,
    tmp_path: Path,
    register: Register,
    embedder: HashingEmbedder,
    settings: Settings,
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "devoluciones.md").write_text(WARRANTY)
    report = ingest([folder, other], register, embedder, settings)
    (refusal,) = report.refused
    assert (refusal.name, refusal.code) == ("devoluciones.md", "duplicate-name")
    assert str(other) in refusal.reason
    assert str(folder) in refusal.reason
    assert report.exit_code == 3
    document = register.document("devoluciones.md", STAFF)
    assert document
    assert "30 días" in document.text


def test_a_file_given_twice_is_taken_once(
    folder: Path, register: Register, embedder: HashingEmbedder, settings: Settings
) -> None:
    report = ingest([folder, folder / "devoluciones.md"], register, embedder, settings)
    assert report.refused == ()
    assert len(report.added) == 2


def test_the_data_folder_is_not_taken_for_documents(
    folder: Path, embedder: HashingEmbedder
) -> None:
    settings = load(data_dir=folder / "data")
    with Register.open(settings, write=True) as register:
        ingest([folder], register, embedder, settings)
        report = ingest([folder], register, embedder, settings)
    assert report.refused == ()
    assert len(report.unchanged) == 2


def test_members_of_a_zip_are_documents(
    tmp_path: Path, register: Register, embedder: HashingEmbedder, settings: Settings
) -> None:
    archive = tmp_path / "todo.zip"
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("a/devoluciones.md", RETURNS)
        opened.writestr("garantia.md", WARRANTY)
    report = ingest([archive], register, embedder, settings)
    assert sorted(report.added) == ["a/devoluciones.md", "garantia.md"]
    assert survey([archive], register).todo == ()


def test_files_that_give_no_document_are_refused_with_a_reason_and_the_rest_is_stored(
    folder: Path, register: Register, embedder: HashingEmbedder, settings: Settings
) -> None:
    (folder / "foto.xyz").write_bytes(b"\x00\x01\x02")
    (folder / "roto.pdf").write_bytes(b"%PDF-1.7 broken")
    (folder / "vacio.md").write_text("   \n")
    report = ingest([folder], register, embedder, settings)
    assert len(report.added) == 2
    assert {refusal.name for refusal in report.refused} == {"foto.xyz", "roto.pdf", "vacio.md"}
    for refusal in report.refused:
        assert refusal.name in refusal.reason
        assert "\n" not in refusal.reason
    assert report.exit_code == 3
    assert len(register.document_names()) == 2


def test_a_file_that_cannot_be_opened_is_refused(
    folder: Path,
    register: Register,
    embedder: HashingEmbedder,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read_bytes = Path.read_bytes

    def deny(path: Path) -> bytes:
        if path.name == "devoluciones.md":
            raise PermissionError(13, "Permission denied", str(path))
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", deny)
    report = ingest([folder], register, embedder, settings)
    assert [refusal.code for refusal in report.refused] == ["unreadable"]
    assert report.added == ("ventas/garantia.md",)


def test_text_that_no_database_takes_is_refused(
    folder: Path,
    register: Register,
    embedder: HashingEmbedder,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parse = sandbox.parse

    def spoil(data: bytes, name: str, limits: sandbox.Limits) -> Document:
        document = parse(data, name, limits)
        odd = "\ud800" if name == "devoluciones.md" else "\x00"
        object.__setattr__(document, "text", document.text + odd)
        return document

    monkeypatch.setattr(sandbox, "parse", spoil)
    report = ingest([folder], register, embedder, settings)
    assert [refusal.code for refusal in report.refused] == ["damaged", "damaged"]
    assert report.exit_code == 1


def test_a_missing_path_is_an_error_before_anything_is_done(
    folder: Path, register: Register, embedder: HashingEmbedder, settings: Settings
) -> None:
    with pytest.raises(SettingsError, match="no-such-folder"):
        ingest([folder, folder / "no-such-folder"], register, embedder, settings)
    assert register.document_names() == []


def test_documents_that_left_their_folder_stay(
    folder: Path, register: Register, embedder: HashingEmbedder, settings: Settings
) -> None:
    ingest([folder], register, embedder, settings)
    (folder / "devoluciones.md").unlink()
    report = ingest([folder], register, embedder, settings)
    assert report.unchanged == ("ventas/garantia.md",)
    assert "devoluciones.md" in register.document_names()


def test_another_model_is_refused_before_anything_is_parsed(
    folder: Path, register: Register, embedder: HashingEmbedder, settings: Settings
) -> None:
    ingest([folder], register, embedder, settings)
    (folder / "nuevo.md").write_text("# Nuevo\n\nTexto nuevo.\n")
    with pytest.raises(ModelError, match="--re-embed"):
        ingest([folder], register, HashingEmbedder(32), settings)
    assert "nuevo.md" not in register.document_names()


def test_progress_only_grows_and_ends_at_all_files(
    folder: Path, register: Register, embedder: HashingEmbedder, settings: Settings
) -> None:
    (folder / "foto.xyz").write_bytes(b"\x00")
    told: list[Progress] = []
    report = ingest([folder], register, embedder, settings, told.append)
    done = [progress.files_done for progress in told]
    assert done == sorted(done)
    assert done[-1] == told[-1].files == 3
    assert told[-1].chunks_done == told[-1].chunks_expected == report.chunks_embedded


def test_long_documents_are_embedded_in_several_calls(
    folder: Path,
    register: Register,
    embedder: HashingEmbedder,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pipeline, "EMBED_CHUNKS", 2)
    monkeypatch.setattr(pipeline, "GATHER_CHUNKS", 3)
    sections = "\n\n".join(f"## Parte {n}\n\nTexto de la parte {n}." for n in range(11))
    (folder / "largo.md").write_text(f"# Largo\n\n{sections}\n")
    report = ingest([folder], register, embedder, settings)
    assert len(report.added) == 3
    assert report.chunks_embedded == register.stats().chunks == len(embedder.embedded)


def test_a_stop_stores_what_is_complete_and_the_next_run_goes_on(
    folder: Path,
    register: Register,
    embedder: HashingEmbedder,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pipeline, "EMBED_CHUNKS", 1)
    asked = False

    class Stopping(HashingEmbedder):
        def embed_chunks(self, chunks):  # type: ignore[no-untyped-def]
            nonlocal asked
            asked = True
            return super().embed_chunks(chunks)

    plan = survey([folder], register)
    report = carry_out(plan, register, Stopping(), settings, should_stop=lambda: asked)
    assert report.interrupted
    assert report.exit_code == 130
    assert report.chunks_embedded == 1
    assert len(report.added) < 2
    rest = ingest([folder], register, embedder, settings)
    assert not rest.interrupted
    assert sorted(register.document_names()) == ["devoluciones.md", "ventas/garantia.md"]
    assert rest.chunks_embedded + 1 == register.stats().chunks
