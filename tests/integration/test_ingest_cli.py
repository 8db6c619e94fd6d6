"""``voz ingest`` from outside: output, exit codes, interruption."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.register import Register
from knowledge.settings import load

COMMAND = [sys.executable, "-m", "tests.integration.ingest_command"]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "docs"
    root.mkdir()
    for number in range(3):
        body = f"El plazo del producto {number} es de {number + 10} días desde la entrega."
        (root / f"{number}.md").write_text(f"# Producto {number}\n\n{body}\n")
    return root


@pytest.fixture
def environment(data_dir: Path) -> dict[str, str]:
    return os.environ | {"VOZ_DATA_DIR": str(data_dir), "COLUMNS": "200"}


@pytest.fixture
def run(environment: dict[str, str]) -> Run:
    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [*COMMAND, *map(str, arguments)]
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=120, check=False
        )

    return run


def test_json_is_all_there_is_on_stdout_and_the_indexes_are_built(
    run: Run, folder: Path, data_dir: Path
) -> None:
    first = run("ingest", folder, "--json")
    report = json.loads(first.stdout)
    assert (first.returncode, report["exit_code"]) == (0, 0)
    assert report["added"] == ["0.md", "1.md", "2.md"]
    assert (data_dir / "index" / "CURRENT").is_file()
    again = run("ingest", folder, "--json")
    assert json.loads(again.stdout)["unchanged"] == ["0.md", "1.md", "2.md"]
    assert again.returncode == 0


def test_refused_files_are_listed_with_reasons_and_give_code_three(run: Run, folder: Path) -> None:
    (folder / "foto.xyz").write_bytes(b"\x00")
    result = run("ingest", folder, "--without-indexes")
    assert result.returncode == 3
    assert "foto.xyz" in result.stdout
    assert "3 added, 0 changed, 0 unchanged, 1 refused" in result.stdout
    assert "\x1b" not in result.stdout + result.stderr


def test_nothing_usable_gives_code_one(run: Run, tmp_path: Path) -> None:
    (tmp_path / "foto.xyz").write_bytes(b"\x00")
    assert run("ingest", tmp_path / "foto.xyz").returncode == 1


def test_errors_are_one_line_without_a_traceback(run: Run, folder: Path, data_dir: Path) -> None:
    missing = run("ingest", folder / "no-such")
    assert missing.returncode == 1
    assert not data_dir.exists()
    assert "no-such" in missing.stderr
    data_dir.mkdir()
    (data_dir / "register.sqlite").write_bytes(b"garbage" * 1000)
    damaged = run("ingest", folder)
    assert damaged.returncode == 1
    assert "register.sqlite" in damaged.stderr
    for result in (missing, damaged):
        assert result.stderr.count("\n") == 1
        assert result.stdout == ""


def test_the_help_tells_the_exit_codes_and_what_stays(run: Run) -> None:
    shown = " ".join(run("ingest", "--help").stdout.split())
    for promise in ("3 some files were refused", "130 interrupted", "stays in the knowledge base"):
        assert promise in shown


def test_interrupted_it_reports_what_is_stored_and_goes_on_next_time(
    run: Run, folder: Path, environment: dict[str, str], data_dir: Path
) -> None:
    command = [*COMMAND, "ingest", str(folder), "--json", "--slow", "--without-indexes"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr
        while "embedding" not in process.stderr.readline():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == 130
    report = json.loads(stdout)
    assert report["interrupted"]
    assert report["chunks_embedded"] == 1
    assert len(report["added"]) == 1
    assert "run the same command again" in stderr
    assert "Traceback" not in stderr
    with Register.open(load(data_dir=data_dir)) as register:
        assert register.document_names() == report["added"]
    rest = json.loads(run("ingest", folder, "--json", "--without-indexes").stdout)
    assert len(rest["added"]) == 2
    assert len(rest["unchanged"]) == 1
