"""The prompts: files with a version, one for each language, and how they are filled in.

What is quoted stands between marks that hold a word drawn anew for every call. A source cannot
close its mark, because whoever wrote it could not know that word.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.models import Statement, Turn
from knowledge.models import Language

MAX_TURNS = 6
"""Of the conversation, the latest."""
MAX_TURN_CHARS = 500

_FORMAT = re.compile(
    r"version: (?P<version>\d+)\nlanguage: (?P<language>es|en)\n---\n"
    r"(?P<rules>.+?)\n---\n(?P<request>.+)",
    re.DOTALL,
)
_PLACE = re.compile(r"\{(mark|voice|conversation|customer|question|sources)\}")
_WORDS = {
    "es": {
        "voice": "Estilo de la empresa, entre marcas:",
        "style": "estilo",
        "said": "Conversación hasta ahora, entre marcas:",
        "known": "Datos del cliente, entre marcas:",
        "source": "fuente",
        "customer": "cliente",
        "agent": "agente",
        "assistant": "asistente",
    },
    "en": {
        "voice": "The company's style, between marks:",
        "style": "style",
        "said": "Conversation so far, between marks:",
        "known": "What is known of the customer, between marks:",
        "source": "source",
        "customer": "customer",
        "agent": "agent",
        "assistant": "assistant",
    },
}


@dataclass(frozen=True)
class Prompt:
    """A prompt as it is in its file.

    Attributes:
        name: its name, language and version, such as ``compose.es/2``.
        language: that it asks to be answered in.
        rules: for the system's message.
        request: for the user's message.
    """

    name: str
    language: Language
    rules: str
    request: str


@dataclass(frozen=True)
class Request:
    """What is asked of a chat model.

    Attributes:
        prompt: name of the prompt that it was made from.
        rules: text of the system's message.
        request: text of the user's message.
        mark: the word in the marks around what is quoted.
    """

    prompt: str
    rules: str
    request: str
    mark: str


@cache
def prompt(language: Language) -> Prompt:
    """The prompt for composing in a language."""
    file = files(__package__) / "prompts" / f"compose.{language}.md"
    return read_prompt(file.read_text("utf-8"))


def read_prompt(text: str, kind: str = "compose") -> Prompt:
    """A prompt from the text of its file.

    Args:
        text: of the file.
        kind: what is asked for with it, the first part of its name.

    Raises:
        ValueError: the text is not of the form: version, language, rules, request.
    """
    found = _FORMAT.fullmatch(text)
    if found is None:
        raise ValueError("a prompt has a version, a language, rules and a request, parted by ---")
    language: Language = "es" if found["language"] == "es" else "en"
    name = f"{kind}.{language}/{found['version']}"
    return Prompt(name, language, found["rules"].strip(), found["request"].strip())


def request(
    question: str,
    sources: Sequence[Statement],
    history: Sequence[Turn],
    language: Language,
    *,
    customer: str = "",
    voice: Sequence[str] = (),
    mark: str | None = None,
) -> Request:
    """What to ask: the rules, the latest turns, the question, and the sources by number from 1.

    Args:
        question: as asked.
        sources: passages, in the order of their numbers.
        history: earlier turns, oldest first; the latest `MAX_TURNS` are taken.
        language: to be answered in.
        customer: what is known of the customer, one fact a line.
        voice: rules of the company's voice guide, see `assistant.voice.telling`; may be empty.
        mark: the word in the marks; `None` draws one.
    """
    chosen = prompt(language)
    mark = mark or secrets.token_hex(8)
    filled = {
        "mark": mark,
        "voice": _voice(voice, language, mark),
        "conversation": _conversation(history, language, mark),
        "customer": _customer(customer, language, mark),
        "question": plain(question),
        "sources": "\n\n".join(
            quoted(f"{_WORDS[language]['source']} {number}", _titled(source), mark)
            for number, source in enumerate(sources, start=1)
        ),
    }

    def fill(template: str) -> str:
        # In one pass: what is filled in is not looked at again.
        return _PLACE.sub(lambda place: filled[place[1]], template)

    return Request(chosen.name, fill(chosen.rules), fill(chosen.request), mark)


def plain(text: str) -> str:
    """A text without characters that are not seen: control, direction and zero-width ones."""
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf"))


def _titled(source: Statement) -> str:
    headings = source.citations[0].headings if source.citations else ()
    return plain("\n".join(filter(None, (" > ".join(headings), source.text))))


def quoted(label: str, text: str, mark: str) -> str:
    """A text between marks, with what it is."""
    return f"<<{mark} {label}\n{text}\n{mark}>>"


def _customer(facts: str, language: Language, mark: str) -> str:
    if not facts:
        return ""
    words = _WORDS[language]
    return f"{words['known']}\n{quoted(words['customer'], plain(facts), mark)}\n\n"


def _voice(lines: Sequence[str], language: Language, mark: str) -> str:
    if not lines:
        return ""
    words = _WORDS[language]
    return f"{words['voice']}\n{quoted(words['style'], plain(chr(10).join(lines)), mark)}\n\n"


def _conversation(history: Sequence[Turn], language: Language, mark: str) -> str:
    if not history:
        return ""
    words = _WORDS[language]
    said = "\n".join(
        f"{words[turn.role]}: {' '.join(plain(turn.text).split())[:MAX_TURN_CHARS]}"
        for turn in history[-MAX_TURNS:]
    )
    return f"{words['said']}\n<<{mark}\n{said}\n{mark}>>\n\n"
