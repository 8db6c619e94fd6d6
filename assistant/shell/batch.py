"""``voz ask --batch``: JSON lines of questions in, JSON lines of answers out, one start."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import typer

from assistant.shell.answer_json import answer_json
from assistant.shell.ask_commands import Asking, ready_assistant, turns_of, warn
from knowledge import settings as settings_module
from knowledge.errors import SettingsError

if TYPE_CHECKING:
    from assistant.pipeline import Assistant
    from knowledge.models import Viewer


def answer_batch(source: Path, asking: Asking) -> int:
    """Answer every line; a line that cannot be answered gives ``{"line": n, "error": "..."}``.

    Args:
        source: file of JSON lines; ``-`` for standard input.
        asking: as whom, about which day.

    Returns:
        Exit code: 0, or 1 when a line gave an error.

    Raises:
        SettingsError: the file cannot be read.
    """
    settings = settings_module.load()
    refused = number = 0
    with _opened(source) as lines, ready_assistant(settings) as assistant:
        viewer = asking.viewer(assistant)
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                result = _answer(assistant, viewer, line)
            except (SettingsError, ValueError) as error:
                refused += 1
                result = {"line": number, "error": str(error)}
            typer.echo(json.dumps(result, ensure_ascii=False))
        warn(assistant.notice)
    if refused:
        warn(f"{refused} of {number} lines were not answered; each says why in its place")
    return 1 if refused else 0


def _answer(assistant: Assistant, viewer: Viewer, line: str) -> dict[str, object]:
    try:
        asked = json.loads(line)
    except ValueError as error:
        raise SettingsError(f"the line is no JSON: {error}") from error
    if not isinstance(asked, dict) or not isinstance(asked.get("question"), str):
        raise ValueError('expected an object with "question"')  # noqa: TRY004 - a value, no type
    turns = turns_of(asked.get("history") or [])
    return answer_json(assistant.ask(asked["question"], viewer, turns))


@contextmanager
def _opened(source: Path) -> Iterator[TextIO]:
    if str(source) == "-":
        yield sys.stdin
        return
    try:
        lines = source.open(encoding="utf-8", errors="replace")
    except OSError as error:
        raise SettingsError(
            f"the batch {source} cannot be read ({error.strerror}); check the path"
        ) from error
    with lines:
        yield lines
