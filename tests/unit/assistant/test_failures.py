"""Whatever a command raises becomes one line and an exit code."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.shell import log
from assistant.shell.failures import exit_code_of
from knowledge.errors import ModelError


@pytest.fixture(autouse=True)
def logging_as_before(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setenv("VOZ_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("VOZ_DEBUG", raising=False)
    handlers, level = list(logging.root.handlers), logging.root.level
    levels = {name: logging.getLogger(name).level for name in log.OWN}
    yield
    for handler in set(logging.root.handlers) - set(handlers):
        logging.root.removeHandler(handler)
        handler.close()
    logging.root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)


def told(error: BaseException, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    def command() -> None:
        raise error

    code = exit_code_of(command)
    captured = capsys.readouterr()
    assert captured.out == ""
    return code, captured.err


def test_an_expected_error_is_its_message_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    error = ModelError("VOZ_MODEL=/x is\nnot a folder; give another")
    assert told(error, capsys) == (1, "VOZ_MODEL=/x is not a folder; give another\n")


def test_a_fault_is_one_line_that_names_the_log_with_the_details(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, line = told(ZeroDivisionError("division by zero"), capsys)
    assert code == 70
    assert line.count("\n") == 1
    assert "ZeroDivisionError: division by zero" in line
    assert str(tmp_path / "voz.log") in line
    assert "Traceback" in (tmp_path / "voz.log").read_text()


def test_a_fault_without_a_data_folder_says_how_to_see_the_details(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOZ_DATA_DIR", str(tmp_path / "none"))
    code, line = told(KeyError("x"), capsys)
    assert (code, line.count("\n")) == (70, 1)
    assert "VOZ_DEBUG=1" in line
    assert not (tmp_path / "none").exists()


def test_with_debug_the_details_come_before_the_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOZ_DEBUG", "1")
    code, text = told(KeyError("x"), capsys)
    assert code == 70
    assert "Traceback" in text
    assert "details are above" in text.splitlines()[-1]


def test_an_interrupt_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(KeyboardInterrupt(), capsys) == (130, "")


def test_a_command_gives_its_own_code() -> None:
    assert exit_code_of(lambda: 3) == 3
    assert exit_code_of(lambda: None) == 0
