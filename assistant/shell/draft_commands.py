"""``voz check-draft``: what to look at in a text before it goes to a customer."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.shell.ask_commands import (
    AsJson,
    Asking,
    For,
    On,
    print_json,
    print_lines,
    ready_assistant,
    typed,
    warn,
)

if TYPE_CHECKING:
    from knowledge.models import Language

FOUND = 3
"""Exit code where there is something to look at: done, and not without remarks."""


class ChannelName(StrEnum):
    """On which a draft goes out."""

    PHONE = "phone"
    CHAT = "chat"
    WHATSAPP = "whatsapp"
    EMAIL = "email"
    SOCIAL = "social"


class LanguageName(StrEnum):
    """Language of a draft."""

    ES = "es"
    EN = "en"


def check_draft_command(
    context: typer.Context,
    draft: Annotated[
        str | None, typer.Argument(metavar="DRAFT", help="What is about to be sent.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", metavar="FILE|-", help="Read the draft from here.")
    ] = None,
    channel: Annotated[
        ChannelName | None, typer.Option("--channel", help="On which it goes out.")
    ] = None,
    language: Annotated[
        LanguageName | None,
        typer.Option("--language", help="Of the draft; found without it."),
    ] = None,
    about: Annotated[
        str, typer.Option("--about", metavar="TEXT", help="What the customer wrote or asked.")
    ] = "",
    on: On = None,
    audience: For = None,
    as_json: AsJson = False,
) -> int:
    """Mark in a draft what should not be sent as it is, with the reason and a mend.

    Spelling, form of address, forbidden words and promises, facts other than the sources in force,
    internal content, personal data of others. Exit code 3: something was found.
    """
    from assistant.shell.answer_text import language_of
    from assistant.shell.drafts.desk import Asked, DraftDesk
    from assistant.shell.drafts.shown import check_json, check_lines
    from knowledge import settings as settings_module
    from knowledge.language import question_language

    if (draft is None) == (file is None):
        raise typer.BadParameter("give either a DRAFT or --file FILE", ctx=context)
    text = typed(draft) if draft is not None else _read(file or Path("-"))
    settings = settings_module.load()
    written: Language = language.value if language else question_language(text, [about])
    tongue = language_of(settings, written)
    with ready_assistant(settings) as assistant:
        viewer = Asking(on, None, audience).viewer(assistant)
        desk = DraftDesk(assistant, settings)
        asked = Asked(text, tongue, written, channel.value if channel else None, about)
        check = desk.check(asked, viewer)
        warn(assistant.notice)
    if as_json:
        print_json(check_json(check, text, tongue))
    elif check.findings:
        print_lines(check_lines(check, text, tongue))
    else:
        print_lines([_NOTHING[tongue]])
    return FOUND if check.findings else 0


_NOTHING = {
    "es": "Nada que mirar antes de enviarlo.",
    "en": "Nothing to look at before it is sent.",
}


def _read(source: Path) -> str:
    """The text of a file, or of standard input for ``-``.

    Raises:
        SettingsError: it cannot be read, or is no text.
    """
    from knowledge.errors import SettingsError

    try:
        if str(source) == "-":
            return sys.stdin.read()
        return source.read_text("utf-8")
    except OSError as error:
        raise SettingsError(
            f"the draft {source} cannot be read ({error.strerror}); check the path"
        ) from error
    except UnicodeDecodeError as error:
        raise SettingsError(
            f"the draft {source} is no UTF-8 text: save it as UTF-8 and try again"
        ) from error
