"""What a chat model wrote, as sentences with the numbers of the sources that they name. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.chat.prompts import plain
from knowledge.text import fold, sentence_spans

_GROUP = r"(?:\[[ \t]*\d{1,3}(?:[ \t]*[,;][ \t]*\d{1,3})*[ \t]*\][ \t]*)+"
_NUMBERS = re.compile(_GROUP)
_AFTER_THE_END = re.compile(rf"(?P<end>[.!?…]+[\"'»”’)]*)[^\S\n]*(?P<numbers>{_GROUP})[.]?")
_ALONE_ON_A_LINE = re.compile(rf"(?<=\S)[ \t]*\n[ \t]*(?={_GROUP}[.]?[ \t]*(?:\n|$))")
_BEFORE = re.compile(r"^\s*(?:[-•*·–—]\s+|\d{1,2}[.)]\s+)")
_MARKUP = re.compile(r"\*\*|__|`+|^#+\s+", re.MULTILINE)
_NOTHING = frozenset({"nada", "nothing"})


@dataclass(frozen=True)
class Draft:
    """A sentence of a chat model.

    Attributes:
        text: without the numbers, list marks and Markdown.
        sources: the numbers that it names, in its order, each once; not looked up yet.
    """

    text: str
    sources: tuple[int, ...]


def drafts(text: str, mark: str | None = None) -> list[Draft]:
    """The sentences of a text, each once.

    Args:
        text: as it was written.
        mark: the word in the prompt's marks; lines that repeat it are no sentences.

    >>> drafts("Son 14 días [1]. Se paga la recogida. [1, 2]")
    [Draft(text='Son 14 días.', sources=(1,)), Draft(text='Se paga la recogida.', sources=(1, 2))]
    """
    text = _MARKUP.sub("", plain(text))
    if mark is not None:
        text = "\n".join(line for line in text.split("\n") if mark not in line)
    text = _ALONE_ON_A_LINE.sub(" ", text)
    text = _AFTER_THE_END.sub(lambda found: f" {found['numbers'].strip()}{found['end']} ", text)
    found = (_draft(text[start:end]) for start, end in sentence_spans(text))
    return list(dict.fromkeys(draft for draft in found if draft.text))


def says_nothing(text: str) -> bool:
    """Whether it says, as it was asked to, that the sources do not answer."""
    return fold("".join(c for c in text if c.isalpha())) in _NOTHING


def _draft(sentence: str) -> Draft:
    numbers = [int(n) for group in _NUMBERS.findall(sentence) for n in re.findall(r"\d+", group)]
    words = " ".join(_NUMBERS.sub(" ", _BEFORE.sub("", sentence)).split())
    words = re.sub(r"\s+([.,;:!?…])(?=\s|$)", r"\1", words)
    return Draft(words if any(c.isalnum() for c in words) else "", tuple(dict.fromkeys(numbers)))
