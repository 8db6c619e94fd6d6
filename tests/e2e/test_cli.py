"""The command ``voz`` as its users meet it: results, one line for an error, the exit code."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from knowledge.register import Register
from knowledge.settings import Settings
from tests.fakes import STAFF, HashingEmbedder, document_of, store

COMMAND = [sys.executable, "-m", "assistant.shell.cli"]
EXAMPLE = Path(__file__).parents[2] / "examples" / "almendro" / "documents"
HEAVY = "torch numpy sqlalchemy pydantic_settings rich gradio chromadb httpcore2".split()


def environment(data_dir: Path, **variables: str) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("VOZ_")}
    return own | {"VOZ_DATA_DIR": str(data_dir), "OMP_NUM_THREADS": "1"} | variables


def voz(
    data_dir: Path, *arguments: object, stdin: str = "", **variables: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        env=environment(data_dir, **variables),
        input=stdin,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )


def refused(result: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    """One line on stderr that has the words, nothing on stdout, this exit code."""
    assert result.stderr.count("\n") == 1, result.stderr
    for word in words:
        assert word in result.stderr
    assert result.stdout == ""
    assert result.returncode == code


@pytest.fixture
def nothing(tmp_path: Path) -> Path:
    """A data folder that does not exist yet."""
    return tmp_path / "data"


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with two documents, whose vectors are of no model that the product has."""
    data_dir = tmp_path_factory.mktemp("stored")
    with Register.open(Settings(data_dir=data_dir), write=True) as register:
        embedder = HashingEmbedder()
        store(register, embedder, document_of("a.md", ["El plazo es de 14 días.", "Sin coste."]))
        store(register, embedder, document_of("b.md", ["Returns are free."], language="en"))
    return data_dir


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["bogus"], ["No such command 'bogus'", "`voz --help`"]),
        (["ask"], ["QUESTION or --batch", "`voz ask --help`"]),
        (["ask", "hola", "--batch", "x.jsonl"], ["QUESTION or --batch"]),
        (["ask", "--batch", "x.jsonl", "--history", "y.json"], ["their own history"]),
        (["ask", "--batch", "x.jsonl", "--case", "channel=web"], ["belongs to one QUESTION"]),
        (["ask", "hola", "--bogus"], ["--bogus", "`voz ask --help`"]),
        (["search", "hola", "--top-k", "0"], ["--top-k"]),
        (["serve", "--port", "99999"], ["--port"]),
        (["eval"], ["Missing command", "`voz eval --help`"]),
        (["eval", "refusal"], ["--data"]),
        (["eval", "bench", "xquad", "--data", "no-such-folder"], ["no-such-folder"]),
        (["bench", "bogus"], ["bogus"]),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_two(
    nothing: Path, arguments: list[str], words: list[str]
) -> None:
    refused(voz(nothing, *arguments), 2, *words)
    assert not nothing.exists()


def test_questions_that_cannot_be_asked_are_refused_before_anything_is_opened(
    nothing: Path,
) -> None:
    refused(voz(nothing, "ask", "  ¿? "), 1, "empty")
    refused(voz(nothing, "search", ""), 1, "empty")
    refused(voz(nothing, "ask", "a" * 100_000), 1, "100,000 characters", "4,000")
    refused(voz(nothing, "ask", "hola", "--case", "colour=red"), 1, "no key 'colour'", "delivered")
    refused(voz(nothing, "ask", "hola", "--case", "delivered=2026-02-30"), 1, "2026-02-30")
    assert not nothing.exists()


def test_a_chat_model_that_is_set_wrongly_is_told_before_anything_is_opened(nothing: Path) -> None:
    url = "http://127.0.0.1:9/v1"
    refused(voz(nothing, "ask", "hola", VOZ_CHAT_URL=url), 1, "VOZ_CHAT_MODEL")
    refused(voz(nothing, "ask", "hola", "--no-model", VOZ_CHAT_URL=url), 1, "`voz ingest PATH`")
    assert not nothing.exists()


def test_a_register_that_is_missing_or_empty_is_told_with_the_next_step(nothing: Path) -> None:
    for command in (["ask", "hola"], ["search", "hola"], ["status"], ["rebuild"]):
        refused(voz(nothing, *command), 1, str(nothing), "`voz ingest PATH`")
    assert not nothing.exists()
    Register.open(Settings(data_dir=nothing), write=True).close()
    refused(voz(nothing, "ask", "hola"), 1, "no documents", "`voz ingest PATH`")


def test_a_corrupted_register_is_told_with_the_next_step(nothing: Path) -> None:
    nothing.mkdir()
    (nothing / "register.sqlite").write_bytes(b"garbage" * 1000)
    for command in (["ask", "hola"], ["status"], ["ingest", EXAMPLE / "glosario.md"]):
        refused(voz(nothing, *command), 1, "register.sqlite is damaged", "move")


def test_a_model_folder_that_is_none_is_told_before_a_model_is_loaded(
    stored: Path, tmp_path: Path
) -> None:
    began = time.monotonic()
    missing = voz(stored, "ask", "hola", VOZ_MODEL=str(tmp_path / "no-such"))
    refused(missing, 1, "VOZ_MODEL", "no-such")
    refused(voz(stored, "ask", "hola", VOZ_MODEL=str(tmp_path)), 1, "VOZ_MODEL", "modules.json")
    reranker = voz(stored, "search", "hola", VOZ_RERANKER=str(tmp_path))
    refused(reranker, 1, "VOZ_RERANKER", "config.json")
    assert time.monotonic() - began < 60
    assert not (stored / "model").exists()


def test_missing_paths_are_told(nothing: Path, stored: Path) -> None:
    refused(voz(nothing, "ingest", "no-such-folder"), 1, "no-such-folder")
    refused(voz(stored, "ask", "hola", "--history", "no-such.json"), 1, "no-such.json")
    refused(voz(stored, "ask", "--batch", "no-such.jsonl"), 1, "no-such.jsonl")
    assert not nothing.exists()


@pytest.mark.parametrize(
    ("history", "words"),
    [
        ("{", ["no list of turns"]),
        ('{"role": "customer"}', ["expected a list"]),
        ('[{"role": "boss", "text": "x"}]', ["turn 1", "customer, agent, assistant"]),
        ('[{"role": "agent"}]', ["turn 1", '"text"']),
    ],
)
def test_a_history_that_is_none_is_told(stored: Path, history: str, words: list[str]) -> None:
    refused(voz(stored, "ask", "hola", "--history", "-", stdin=history), 1, *words)


def test_a_read_only_data_folder_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "read-only"
    folder.mkdir()
    if os.geteuid() == 0:  # permissions do not bind root
        command = ["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", str(folder)]
        if subprocess.run(command, check=False, capture_output=True).returncode:
            pytest.skip("needs the right to mount a file system")
    else:
        folder.chmod(0o555)
    try:
        result = voz(folder / "data", "ingest", EXAMPLE / "glosario.md")
    finally:
        if os.geteuid() == 0:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
    refused(result, 1, str(folder), "VOZ_DATA_DIR")


def test_a_port_in_use_is_told_before_anything_is_loaded(nothing: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused(voz(nothing, "serve", "--port", port), 1, f"port {port}", "in use", "--port")


def test_settings_that_are_wrong_or_unknown_are_told(nothing: Path) -> None:
    refused(voz(nothing, "status", VOZ_DATADIR="x"), 1, "VOZ_DATADIR", "VOZ_DATA_DIR?")
    refused(voz(nothing, "status", VOZ_PORT="abc"), 1, "VOZ_PORT='abc'", "`voz settings`")
    listed = voz(nothing, "settings", VOZ_PORT="abc")
    assert "VOZ_PARSE_TIMEOUT_S=" in listed.stdout
    assert "VOZ_PORT='abc'" in listed.stderr
    assert listed.returncode == 1


def test_settings_are_listed_with_the_values_in_force(nothing: Path) -> None:
    rows = json.loads(voz(nothing, "settings", "--json", VOZ_PORT="9000", VOZ_MODEL="").stdout)
    by_variable = {row["variable"]: row for row in rows}
    assert by_variable["VOZ_PORT"]["value"] == "9000"
    assert by_variable["VOZ_MODEL"]["value"] is None
    assert by_variable["VOZ_DATA_DIR"]["value"] == str(nothing)
    assert set(by_variable) == {f"VOZ_{name.upper()}" for name in Settings.model_fields}
    assert all(row["meaning"] for row in rows)


def test_help_and_version_load_nothing_heavy(nothing: Path) -> None:
    assert "ingest" in voz(nothing).stdout
    for command in ([], ["ask"], ["eval", "bench"], ["bench"]):
        shown = voz(nothing, *command, "--help")
        assert shown.stdout.startswith(" ".join(["Usage: voz", *command]))
        assert (shown.returncode, shown.stderr) == (0, "")
    assert voz(nothing, "--version").stdout.strip()[0].isdigit()
    probe = f"import sys, assistant.shell.cli; print([m for m in {HEAVY} if m in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True)
    assert loaded.stdout == "[]\n"


def test_status_tells_what_is_stored_and_rebuild_mends_the_indexes(stored: Path) -> None:
    before = json.loads(voz(stored, "status", "--json").stdout)
    assert (before["documents"], before["chunks"]) == (2, 3)
    assert before["languages"] == {"es": 2, "en": 1}
    assert (before["model"], before["index"]["state"]) == ("hashing-64", "none")
    assert "indexes of 3 chunks built" in voz(stored, "rebuild").stdout
    assert json.loads(voz(stored, "status", "--json").stdout)["index"]["state"] == "current"
    (stored / "index" / "CURRENT").write_text("gen-0-0 0\n")
    damaged = voz(stored, "status")
    assert "damaged" in damaged.stdout
    assert damaged.stderr.count("\n") == 1
    assert damaged.returncode == 0


def test_an_interrupt_ends_with_code_130_and_without_a_traceback(
    stored: Path, tmp_path: Path
) -> None:
    pipe = tmp_path / "history"
    os.mkfifo(pipe)
    command = [*COMMAND, "ask", "hola", "--history", str(pipe)]
    process = subprocess.Popen(
        command,
        env=environment(stored),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # Tests that run in the background of a shell have it ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    with process, pipe.open("w"):  # opens when the command has come to reading it
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=60)
    assert (process.returncode, stdout, stderr) == (130, "", "")


def test_a_reader_that_goes_away_is_no_error_to_shout_about(nothing: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, "settings"],
        env=environment(nothing),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 1


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder made by ``voz ingest``, with the bundled model."""
    root = tmp_path_factory.mktemp("example")
    documents = root / "documents"
    documents.mkdir()
    for name in ("ficha-lav-al-7012.pdf", "delivery-terms-en.pdf", "preguntas-frecuentes.csv"):
        (documents / name).write_bytes((EXAMPLE / name).read_bytes())
    ingested = voz(root / "data", "ingest", documents, "--json")
    assert json.loads(ingested.stdout)["refused"] == []
    assert ingested.returncode == 0
    return root / "data"


def check_quotes(data_dir: Path, answer: dict[str, Any]) -> None:
    """Every quotation is in its document, where the citation says."""
    citations = [c for s in answer["statements"] for c in s["citations"]]
    assert citations
    with Register.open(Settings(data_dir=data_dir)) as register:
        for citation in citations:
            document = register.document(citation["document"], STAFF)
            assert document
            assert document.text[citation["start"] : citation["end"]] == citation["quote"]


@pytest.mark.slow
def test_a_question_gets_a_cited_answer_in_words_and_as_json(example: Path) -> None:
    question = "La lavadora LAV-AL-7012 marca E13, ¿qué le digo al cliente?"
    shown = voz(example, "ask", question)
    assert shown.returncode == 0
    assert "confianza" in shown.stdout
    assert "ficha-lav-al-7012.pdf" in shown.stdout
    assert "página" in shown.stdout
    assert "\x1b" not in shown.stdout + shown.stderr
    answer = json.loads(voz(example, "ask", question, "--json").stdout)
    assert answer["statements"][0]["citations"][0]["document"] == "ficha-lav-al-7012.pdf"
    assert "E13" in answer["statements"][0]["text"]
    check_quotes(example, answer)


@pytest.mark.slow
def test_a_batch_answers_every_line_in_its_place(example: Path) -> None:
    asked: list[object] = [
        {"question": "how long does delivery to the Canary Islands take"},
        {"question": ""},
        {
            "question": "¿y el E13?",
            "history": [{"role": "customer", "text": "Mi lavadora marca E11"}],
        },
        ["no object"],
    ]
    lines = "\n".join(map(json.dumps, asked)) + "\nno json\n"
    result = voz(example, "ask", "--batch", "-", stdin=lines)
    first, empty, follow_up, no_object, no_json = map(json.loads, result.stdout.splitlines())
    assert first["language"] == "en"
    assert first["statements"][0]["citations"][0]["document"] == "delivery-terms-en.pdf"
    check_quotes(example, first)
    assert "empty" in empty["error"]
    assert "lavadora" in follow_up["query"]
    assert [e["line"] for e in (empty, no_object, no_json)] == [2, 4, 5]
    assert "3 of 5 lines" in result.stderr
    assert result.returncode == 1


@pytest.mark.slow
def test_search_lists_passages_best_first(example: Path) -> None:
    found = json.loads(
        voz(example, "search", "código E13 lavadora", "--json", "--top-k", "2").stdout
    )
    assert [r["rank"] for r in found["results"]] == [1, 2]
    assert found["results"][0]["document"] == "ficha-lav-al-7012.pdf"
    assert found["results"][0]["score"] >= found["results"][1]["score"]
