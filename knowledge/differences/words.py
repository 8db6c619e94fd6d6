"""The words in which two sentences differ, with what is a number, an amount or a date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from knowledge.models import Language
from knowledge.quantities.values import ValueKind, values

MarkKind = ValueKind | Literal["words"]
MOST_TOKENS = 3_000
"""A sentence of more words is marked whole; a table that was read as one line may have them."""

_TOKEN = re.compile(r"[^\W_]+(?:[-./@_:'’][^\W_]+)*|[^\w\s]|_")


@dataclass(frozen=True)
class Mark:
    """A stretch of a sentence that is otherwise in the other version.

    Attributes:
        kind: what it says; ``words`` for everything that is no value.
        start: offset of its first character, in the sentence.
        end: offset after its last character.
    """

    kind: MarkKind
    start: int
    end: int


def value_marks(text: str, language: Language) -> tuple[Mark, ...]:
    """The values of a sentence that is only in one version."""
    return tuple(Mark(one.kind, one.start, one.end) for one in values(text, language))


def changed_words(
    old: str, new: str, *, old_language: Language, new_language: Language
) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
    """What is otherwise in each of two sentences, in order.

    A value that changed is marked whole: of "30 €" and "40 €" all, not the three.
    """
    ours, theirs = list(_tokens(old, old_language)), list(_tokens(new, new_language))
    if max(len(ours), len(theirs)) > MOST_TOKENS:
        return (Mark("words", 0, len(old)),), (Mark("words", 0, len(new)),)
    matcher = SequenceMatcher(
        None, [_key(old, one) for one in ours], [_key(new, one) for one in theirs], autojunk=False
    )
    gone: list[Mark] = []
    come: list[Mark] = []
    for what, a, b, c, d in matcher.get_opcodes():
        if what != "equal":
            gone += _joined(ours[a:b])
            come += _joined(theirs[c:d])
    return tuple(gone), tuple(come)


def _tokens(text: str, language: Language) -> Iterator[Mark]:
    done = 0
    for value in values(text, language):
        yield from _plain(text, done, value.start)
        yield Mark(value.kind, value.start, value.end)
        done = value.end
    yield from _plain(text, done, len(text))


def _plain(text: str, start: int, end: int) -> Iterator[Mark]:
    for match in _TOKEN.finditer(text, start, end):
        yield Mark("words", match.start(), match.end())


def _key(text: str, token: Mark) -> str:
    return " ".join(text[token.start : token.end].split())


def _joined(tokens: Sequence[Mark]) -> list[Mark]:
    """Words that stand together as one mark, each value as its own."""
    found: list[Mark] = []
    for token in tokens:
        if found and found[-1].kind == token.kind == "words":
            found[-1] = Mark("words", found[-1].start, token.end)
        else:
            found.append(token)
    return found
