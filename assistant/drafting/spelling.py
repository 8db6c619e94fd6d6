"""Words of a draft that are not spelled as their language spells them.

What the documents in force call things is right, and so are names. A word is only marked where
something is near that it was meant to be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, Protocol

from rapidfuzz.distance import DamerauLevenshtein

from assistant.drafting.common_slips import COMMON_SLIPS
from assistant.drafting.lexicon import frequent, is_right, with_accent
from knowledge.models import Language
from knowledge.search.spelling import accented
from knowledge.text import fold

LEAST_LETTERS = 3
FOREIGN_LETTERS = 4
"""Shorter words of the other language are more often mistyped ones of this ("ago" for "hago")."""
FOREIGN_COMMON = 1_000
NEAR = 0.7
"""Least likeness of a word and what it may have been meant to be."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_TIED = re.compile(r"[\w@./\\#&+=~'’:-]*")
_STRESSED_EARLY = re.compile(r"[áéíóú][^aeiouáéíóú]+[aeiou][^aeiouáéíóú]+o$")
"""Two syllables before its end, as no verb is in the first person."""
_TO_WHOM = re.compile(r"\b(?:yo|les?|(?:se|te|me) l[oa]s?)\s+$", re.IGNORECASE)
_ME = re.compile(r"\s+yo\b", re.IGNORECASE)
_SIGNED = re.compile(
    r"[A-ZÁÉÍÓÚÑ][^\W\d_]+(?: [A-ZÁÉÍÓÚÑ][^\W\d_]+)?, (?:Atención|Servicio|Equipo|Departamento|"
    r"(?:\w+ )?Customer|Support|Team)\b"
)
_CODE = re.compile(r"[\d@#/\\&+=~_]|\w[.:]\w|[^\W\d_]-[^\W\d_]")


class Vocabulary(Protocol):
    """The words of the documents in force."""

    def has_word(self, word: str) -> bool:
        """Whether a folded word stands in one of them."""

    def correct(self, word: str, language: Language) -> str:
        """The folded word that a folded word was meant to be; itself where nothing is near."""


class Misspelled(NamedTuple):
    """A word that is not spelled so.

    Attributes:
        start: offset in the text.
        end: offset after it.
        meant: the right spelling.
        accent: whether only an accent is missing or wrong.
    """

    start: int
    end: int
    meant: str
    accent: bool


def misspelled(text: str, language: Language, vocabulary: Vocabulary) -> Iterator[Misspelled]:
    """The words of a text that are not spelled so, in order.

    Args:
        text: a draft.
        language: of it.
        vocabulary: of the documents in force.
    """
    for found in _WORD.finditer(text):
        written = found.group().replace("’", "'")
        sure = COMMON_SLIPS[language].get(written.lower())
        if sure is not None:
            yield Misspelled(*found.span(), _as_written(sure, written), False)
            continue
        if len(written) < LEAST_LETTERS or _is_code(text, found):
            continue
        word = written.lower()
        meant = with_accent(word) if language == "es" else None
        if meant is not None:
            if not (
                _is_name(text, found)
                or _is_foreign(word, meant, language)
                or _is_done_by_me(text, found, meant)
            ):
                yield Misspelled(*found.span(), _as_written(meant, written), True)
            continue
        if is_right(word, language) or _is_known(word, language, vocabulary):
            continue
        capital = written[0].isupper()
        if capital and not written.isupper() and not _begins(text, found.start()):
            continue
        if _signs(text, found.start()):
            continue
        near = _nearest(word, language, vocabulary)
        if near is not None:
            yield Misspelled(*found.span(), _as_written(near, written), False)


def _signs(text: str, start: int) -> bool:
    """Whether a name stands there before what its bearer is: "Nerea, Atención al cliente"."""
    return bool(_SIGNED.match(text, start))


def _is_code(text: str, found: re.Match[str]) -> bool:
    """Whether a word is part of a code, an address or an abbreviation."""
    start, end = found.span()
    while start and _TIED.fullmatch(text[start - 1]):
        start -= 1
    whole = text[start : _TIED.match(text, end).end()]  # type: ignore[union-attr]
    word = found.group()
    if _CODE.search(whole.strip(".:-/'’")) and not re.fullmatch(r"[^\W\d_]+-[^\W\d_]+", whole):
        return True
    return word.isupper() and len(word) <= 5


def _is_name(text: str, found: re.Match[str]) -> bool:
    """Whether a capital within a sentence makes a name of a word."""
    written = found.group()
    return not (written.islower() or written.isupper() or _begins(text, found.start()))


def _is_known(word: str, language: Language, vocabulary: Vocabulary) -> bool:
    other: Language = "en" if language == "es" else "es"
    if len(word) >= FOREIGN_LETTERS and frequent(other).get(word, 0) >= FOREIGN_COMMON:
        return True
    return vocabulary.has_word(fold(word))


def _is_done_by_me(text: str, found: re.Match[str], meant: str) -> bool:
    """Whether it is what "I" do to somebody, and not the noun: "se lo calculo", "calculo yo"."""
    if not _STRESSED_EARLY.search(meant):
        return False
    return bool(_TO_WHOM.search(text, 0, found.start()) or _ME.match(text, found.end()))


def _is_foreign(word: str, meant: str, language: Language) -> bool:
    """Whether a word is common in the other language, and what it may be meant for is rare."""
    other: Language = "en" if language == "es" else "es"
    common = frequent(other).get(word, 0) >= FOREIGN_COMMON
    return len(word) >= FOREIGN_LETTERS and common and not frequent(language).get(meant, 0)


def _begins(text: str, start: int) -> bool:
    """Whether a word begins a sentence, so that its capital says nothing."""
    before = text[:start].rstrip(" \t\"'«“‘(¿¡*-–—")
    return not before or before[-1] in ".!?…:\n"


_BY_EAR = (
    ("b", "v"), ("v", "b"), ("g", "j"), ("j", "g"), ("ll", "y"), ("y", "ll"), ("c", "s"),
    ("s", "c"), ("z", "s"), ("s", "z"), ("z", "c"), ("c", "z"), ("mb", "nv"), ("nb", "mb"),
    ("np", "mp"), ("nv", "mb"), ("h", ""), ("ha", "a"), ("s", "x"), ("x", "s"), ("k", "qu"),
    ("k", "c"), ("cc", "c"), ("c", "cc"), ("sc", "c"), ("c", "sc"), ("r", "rr"), ("rr", "r"),
    ("ge", "gue"), ("n", "nn"), ("w", "gu"),
)  # fmt: skip
"""What Spanish ears take for one another."""


def _by_ear(word: str) -> Iterator[str]:
    """Words that sound the same, one exchange away, then with an h."""
    for wrong, right in _BY_EAR:
        at = word.find(wrong)
        while at >= 0:
            yield f"{word[:at]}{right}{word[at + len(wrong) :]}"
            at = word.find(wrong, at + 1)
    for at in range(len(word)):
        if word[at] in "aeiou":
            yield f"{word[:at]}h{word[at:]}"


@lru_cache(maxsize=20_000)
def _heard(word: str) -> str | None:
    """A Spanish word that sounds like one that is none."""
    for near in _by_ear(word):
        if is_right(near, "es"):
            return near
        meant = with_accent(near)
        if meant is not None and frequent("es").get(meant, 0):
            return meant
    return None


def _nearest(word: str, language: Language, vocabulary: Vocabulary) -> str | None:
    heard = _heard(word) if language == "es" else None
    if heard is not None:
        return heard
    folded = fold(word)
    meant = vocabulary.correct(folded, language)
    if meant == folded:
        return None
    right = accented(meant, language)
    endings = ("", "s", "es", "n", "d") if language == "es" else ("", "s", "d", "ed", "ly")
    forms = [right + ending for ending in endings if is_right(right + ending, language)]
    if not forms:
        return None
    best = max(forms, key=lambda one: _likeness(folded, fold(one)))
    return best if _likeness(folded, fold(best)) >= NEAR else None


def _likeness(one: str, other: str) -> float:
    return float(DamerauLevenshtein.normalized_similarity(one, other))


def _as_written(meant: str, written: str) -> str:
    """The right word with the capitals of the wrong one."""
    if written.isupper():
        return meant.upper()
    return meant[0].upper() + meant[1:] if written[0].isupper() else meant
