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
from assistant.shell.ask_commands import Asking, ready_parts, turns_of, warn
from assistant.shell.composing import ask_composing, chat_model, open_composer, with_composed
from knowledge import settings as settings_module
from knowledge.errors import SettingsError

if TYPE_CHECKING:
    from assistant.chat.composer import ChatComposer
    from assistant.pipeline import Assistant
    from knowledge.models import Viewer


def answer_batch(source: Path, asking: Asking, *, no_model: bool = False) -> int:
    """Answer every line; a line that cannot be answered gives ``{"line": n, "error": "..."}``.

    Args:
        source: file of JSON lines; ``-`` for standard input.
        asking: as whom, about which day.
        no_model: quote only, though a chat model is set.

    Returns:
        Exit code: 0, or 1 when a line gave an error.

    Raises:
        SettingsError: the file cannot be read.
    """
    settings = settings_module.load()
    refused = number = 0
    model = None if no_model else chat_model(settings)
    with (
        _opened(source) as lines,
        ready_parts(settings) as (assistant, embedder),
        open_composer(model, embedder, settings) as composer,
    ):
        viewer = asking.viewer(assistant)
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                result = _answer(assistant, composer, viewer, line)
            except (SettingsError, ValueError) as error:
                refused += 1
                result = {"line": number, "error": str(error)}
            typer.echo(json.dumps(result, ensure_ascii=False))
        warn(assistant.notice)
    if refused:
        warn(f"{refused} of {number} lines were not answered; each says why in its place")
    return 1 if refused else 0


def _answer(
    assistant: Assistant, composer: ChatComposer | None, viewer: Viewer, line: str
) -> dict[str, object]:
    try:
        asked = json.loads(line)
    except ValueError as error:
        raise SettingsError(f"the line is no JSON: {error}") from error
    if not isinstance(asked, dict) or not isinstance(asked.get("question"), str):
        raise ValueError('expected an object with "question"')  # noqa: TRY004 - a value, no type
    turns = turns_of(asked.get("history") or [])
    answered = ask_composing(assistant, composer, asked["question"], viewer, turns)
    return answer_json(with_composed(*answered))


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
