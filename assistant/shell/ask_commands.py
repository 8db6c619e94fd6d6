"""``voz ask`` and ``voz search``: read the arguments, ask, show the result.

Whatever can be refused is refused before the model is loaded, which takes seconds.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from assistant.models import Answer, Turn
    from assistant.pipeline import Assistant
    from assistant.voice.models import Channel
    from assistant.voice.phrasing import Phrased
    from knowledge.models import Viewer
    from knowledge.ports import Embedder
    from knowledge.settings import Settings

ASK_HELP = """Answer a question, each statement with the words it rests on.

With --json one object is printed, see docs/answer-format.md. With --batch many questions are
answered by one start of the program: each line in is an object with "question" and, if there is
one, "history"; each line out is the answer to it, in the same order.
"""

SEARCH_HELP = """List the passages found for a question.

Best first, with their scores; nothing is answered.
"""

Question = Annotated[str, typer.Argument(metavar="QUESTION", help="As the customer puts it.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]
History = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE|-",
        help='JSON list of earlier turns, oldest first: {"role": "customer", "agent" or '
        '"assistant", "text": "..."}. "-" reads standard input.',
    ),
]
On = Annotated[
    str | None,
    typer.Option("--on", metavar="DAY", help="Answer from what is in force on a day (2025-09-02)."),
]
Told = Annotated[
    str | None,
    typer.Option(
        "--told",
        metavar="WHEN",
        help="Answer as it would have been at a past moment (2025-09-02, 2025-09-02T10:30).",
    ),
]
CaseOf = Annotated[
    list[str] | None,
    typer.Option(
        "--case",
        metavar="KEY=VALUE",
        help="What is known of the customer's case, once for each: delivered=2026-11-16, "
        "purchased=2026-02-20, channel=web. Deadlines are computed from it, and the answer is "
        "that of the day of the purchase.",
    ),
]
For = Annotated[
    str | None,
    typer.Option(
        "--audience",
        metavar="LABEL",
        help="Ask as an agent of this audience; without it, everything is searched.",
    ),
]


ChannelOf = Annotated[
    str | None,
    typer.Option(
        "--channel",
        metavar="phone|chat|whatsapp|email|social",
        help="Say or write the answer as the company's voice guide wants it on a channel; the "
        "words of the source stay below.",
    ),
]


class Asking:
    """As whom, about which day and as of which moment a command asks.

    Args:
        on: a day; `None` for today.
        told: a past moment; `None` for now.
        audience: label of the agent's audience; `None` for everything.

    Raises:
        SettingsError: a day or moment is none, or lies in the future where it must be past.
    """

    def __init__(self, on: str | None, told: str | None, audience: str | None) -> None:
        from knowledge.validity import day_of, moment_of

        self._on = None if on is None else day_of(on)
        self._told = None if told is None else moment_of(told, _time_zone())
        self._audience = audience

    def viewer(self, assistant: Assistant) -> Viewer:
        """Who asks.

        Raises:
            SettingsError: there is no such audience.
        """
        from assistant.bootstrap import operator

        on = self._on or (self._told.date() if self._told else None)
        return operator(assistant.audiences(), audience=self._audience, on=on, told=self._told)


def ask_command(
    context: typer.Context,
    question: Annotated[
        str | None, typer.Argument(metavar="QUESTION", help="As the customer puts it.")
    ] = None,
    as_json: AsJson = False,
    history: History = None,
    batch: Annotated[
        Path | None,
        typer.Option(metavar="FILE|-", help="JSON lines of questions; answers are JSON lines."),
    ] = None,
    on: On = None,
    told: Told = None,
    audience: For = None,
    case: CaseOf = None,
    no_model: Annotated[
        bool, typer.Option("--no-model", help="Quote only, though a chat model is set.")
    ] = False,
    channel: ChannelOf = None,
) -> int:
    """Answer one question, or every question of a batch."""
    asking = Asking(on, told, audience)
    spoken = channel_named(channel, context)
    if (question is None) == (batch is None):
        raise typer.BadParameter("give either a QUESTION or --batch FILE", ctx=context)
    if batch is not None:
        if history is not None:
            raise typer.BadParameter("lines of a --batch carry their own history", ctx=context)
        if case:
            raise typer.BadParameter("a --case belongs to one QUESTION", ctx=context)
        if spoken:
            raise typer.BadParameter("a --channel belongs to one QUESTION", ctx=context)
        from assistant.shell.batch import answer_batch

        return answer_batch(batch, asking, no_model=no_model)
    return _ask(str(question), as_json, history, asking, case, no_model=no_model, channel=spoken)


def channel_named(name: str | None, context: typer.Context) -> Channel | None:
    """The channel of that name; `None` for none.

    Raises:
        BadParameter: there is no such channel.
    """
    from assistant.voice.models import CHANNELS

    for channel in CHANNELS:
        if channel == name:
            return channel
    if name is None:
        return None
    known = ", ".join(CHANNELS)
    raise typer.BadParameter(f"--channel {name!r} is none: use one of {known}", ctx=context)


def _ask(
    question: str,
    as_json: bool,
    history: Path | None,
    asking: Asking,
    given: list[str] | None,
    *,
    no_model: bool,
    channel: Channel | None,
) -> int:
    from assistant.cases.given import case_of, pairs
    from assistant.pipeline import checked
    from assistant.shell.answer_json import answer_json
    from assistant.shell.answer_text import answer_lines, composed_lines, language_of
    from assistant.shell.asking import writing_down
    from assistant.shell.case_answers import CaseAnswers
    from assistant.shell.composing import ask_composing, chat_model, open_composer, with_composed
    from assistant.shell.voicing import voice_of
    from knowledge import settings as settings_module

    settings = settings_module.load()
    asked, turns = checked(typed(question)), read_history(history)
    case = case_of(pairs(given)) if given else None
    answering = CaseAnswers(settings) if case else None
    model = None if no_model or case else chat_model(settings)
    with (
        ready_parts(settings) as (assistant, embedder),
        writing_down(assistant, settings),
        open_composer(model, embedder, settings) as composer,
    ):
        viewer = asking.viewer(assistant)
        composition = None
        if answering and case:
            answer = answering.ask(assistant, asked, viewer, turns, case)
        else:
            voice = voice_of(assistant, settings)
            answer, composition = ask_composing(assistant, composer, asked, viewer, turns, voice)
        warn(answer.notice)  # shown at once: closing takes a moment
        voiced = _voiced(assistant, settings, answer, viewer, channel, opening=not turns)
        if as_json:
            print_json(answer_json(with_composed(answer, composition), voiced))
            return 0
        language = language_of(settings, answer.language)
        print_lines(answer_lines(answer, language, voiced[0] if voiced else None))
        if composition is not None:
            print_lines(composed_lines(with_composed(answer, composition), language))
    return 0


def _voiced(
    assistant: Assistant,
    settings: Settings,
    answer: Answer,
    viewer: Viewer,
    channel: Channel | None,
    *,
    opening: bool,
) -> list[Phrased]:
    """The answer in the company's voice; nothing where no channel was given, or there is none."""
    if channel is None or not answer.statements:
        return []
    from assistant.shell.voicing import NO_GUIDE, voice_of

    found = voice_of(assistant, settings).phrase(answer, viewer, channel, opening=opening)
    if found is None:
        warn(NO_GUIDE)
        return []
    return [found]


def search_command(
    question: Question,
    as_json: AsJson = False,
    top_k: Annotated[int, typer.Option(min=1, max=100, help="How many passages.")] = 8,
    history: History = None,
    on: On = None,
    told: Told = None,
    audience: For = None,
) -> int:
    """List the passages found for a question."""
    from assistant.pipeline import checked
    from assistant.shell.answer_json import search_json
    from assistant.shell.answer_text import language_of, search_lines
    from knowledge import settings as settings_module

    settings = settings_module.load()
    asked, turns = checked(typed(question)), read_history(history)
    with ready_assistant(settings) as assistant:
        viewer = Asking(on, told, audience).viewer(assistant)
        found = assistant.search(asked, viewer, turns, top_k=top_k)
        warn(assistant.notice)
        if as_json:
            print_json(search_json(asked, found, assistant.notice))
        else:
            print_lines(search_lines(found, language_of(settings, found.reading.language)))
    return 0


@contextmanager
def ready_assistant(settings: Settings) -> Iterator[Assistant]:
    """The assistant over a register that has documents; see `ready_parts`."""
    with ready_parts(settings) as (assistant, _):
        yield assistant


@contextmanager
def ready_parts(settings: Settings) -> Iterator[tuple[Assistant, Embedder]]:
    """The assistant over a register that has documents, and its model.

    Raises:
        KnowledgeBaseError: anything that keeps it from answering; what can be told without the
            model is told before it is loaded.
    """
    from assistant.bootstrap import open_parts
    from knowledge.encoders import model_loading
    from knowledge.errors import RegisterError
    from knowledge.register import Register

    with Register.open(settings) as register:
        if not register.stats().documents:
            raise RegisterError(
                f"there are no documents in {settings.data_dir} yet: put some in with "
                "`voz ingest PATH` and ask again"
            )
    if settings.model:
        model_loading.check_folder(settings.model, setting="VOZ_MODEL", required="modules.json")
    if settings.reranker:
        model_loading.check_folder(
            settings.reranker, setting="VOZ_RERANKER", required="config.json"
        )
    with open_parts(settings, warn) as parts:
        yield parts


def _time_zone() -> str:
    from knowledge import settings as settings_module

    return settings_module.load().time_zone


def read_history(source: Path | None) -> tuple[Turn, ...]:
    """The turns of a JSON file, or of standard input for ``-``; none for `None`.

    Raises:
        SettingsError: it cannot be read or is no list of turns.
    """
    from knowledge.errors import SettingsError

    if source is None:
        return ()
    try:
        return turns_of(json.loads(_read(source)))
    except OSError as error:
        raise SettingsError(
            f"the history {source} cannot be read ({error.strerror}); check the path"
        ) from error
    except ValueError as error:
        raise SettingsError(f"the history {source} is no list of turns: {error}") from error


def turns_of(rows: object) -> tuple[Turn, ...]:
    """Turns from parsed JSON.

    Raises:
        ValueError: it is not a list of objects with a known role and a text.
    """
    from assistant.models import Turn

    roles = ("customer", "agent", "assistant")
    if not isinstance(rows, list):
        raise ValueError(f"expected a list, got {type(rows).__name__}")  # noqa: TRY004 - a value
    turns: list[Turn] = []
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict) or row.get("role") not in roles:
            raise ValueError(f'turn {number} needs "role", one of {", ".join(roles)}')
        if not isinstance(row.get("text"), str):
            raise ValueError(f'turn {number} needs "text"')  # noqa: TRY004 - a value
        turns.append(Turn(row["role"], row["text"]))
    return tuple(turns)


def typed(text: str) -> str:
    """What came from the command line, bytes that are no UTF-8 replaced."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def warn(line: str | None) -> None:
    """Tell something beside the result, on stderr."""
    if line:
        typer.echo(line, err=True)


def print_json(value: object) -> None:
    """One JSON value, readable."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2), color=False)


def print_lines(lines: list[str]) -> None:
    """Styled lines; the style shows only on a terminal, and not where ``NO_COLOR`` is set."""
    import os

    typer.echo("\n".join(lines), color=False if os.environ.get("NO_COLOR") else None)


def _read(source: Path) -> str:
    return sys.stdin.read() if str(source) == "-" else source.read_text("utf-8")
