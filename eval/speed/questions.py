"""What a bench asks: short questions in both languages, mistyped, across languages, follow-ups."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from assistant.models import Turn


@dataclass(frozen=True)
class Question:
    """A question and what the customer and the agent said before it, oldest first."""

    text: str
    history: tuple[Turn, ...] = ()


@lru_cache(maxsize=1)
def bundled() -> tuple[Question, ...]:
    """The questions that come with the package, no two alike, in the order of their file."""
    return parse((files("eval") / "speed" / "questions.tsv").read_text("utf-8"))


def parse(text: str) -> tuple[Question, ...]:
    """Questions from lines ``question<TAB>turn<TAB>turn``; ``#`` starts a comment.

    >>> parse("hola\\ny si no\\tquiero devolver").__len__()
    2
    """
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return tuple(_question(line.split("\t")) for line in lines)


def _question(fields: list[str]) -> Question:
    return Question(fields[0], tuple(Turn("agent", said) for said in fields[1:]))
