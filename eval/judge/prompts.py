"""What a judge is asked: prompts in files with versions, sources and statement quoted as data."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from assistant.chat.prompts import Prompt, Request, plain, quoted, read_prompt
from knowledge.models import LANGUAGES, Language

Kind = Literal["support", "answer"]
"""What is judged: whether sources say a statement; whether an answer answers a question."""
KINDS: tuple[Kind, ...] = get_args(Kind)
_PLACE = re.compile(r"\{(mark|statement|sources)\}")
_SOURCE = {
    "support": {"es": "fuente", "en": "source"},
    "answer": {"es": "conversación", "en": "conversation"},
}
_MARK_CHARS = 16


@cache
def prompt(kind: Kind, language: Language) -> Prompt:
    """The prompt of a kind in a language."""
    file = files(__package__) / "prompts" / f"{kind}.{language}.md"
    return read_prompt(file.read_text("utf-8"), kind)


def versions() -> str:
    """Names of all prompts, whose versions tell two judges apart."""
    return " ".join(prompt(kind, language).name for kind in KINDS for language in LANGUAGES)


def request(kind: Kind, statement: str, sources: Sequence[str], language: Language) -> Request:
    """What to ask: the same for the same statement and sources, so that judging can be repeated.

    Args:
        kind: what is judged.
        statement: a statement, or a whole answer.
        sources: quotes that it cites; the question.
        language: of the statement, or of the question.
    """
    chosen = prompt(kind, language)
    every = "\n".join((statement, *sources))
    # What is quoted cannot hold the hash of itself, so no source can close its mark.
    mark = hashlib.sha256(every.encode()).hexdigest()[:_MARK_CHARS]
    filled = {
        "mark": mark,
        "statement": plain(statement),
        "sources": "\n\n".join(
            quoted(f"{_SOURCE[kind][language]} {number}", plain(source), mark)
            for number, source in enumerate(sources, start=1)
        ),
    }

    def fill(template: str) -> str:
        # In one pass: what is filled in is not looked at again.
        return _PLACE.sub(lambda place: filled[place[1]], template)

    return Request(chosen.name, fill(chosen.rules), fill(chosen.request), mark)
