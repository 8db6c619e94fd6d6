"""Where a text says what a voice guide words: inflected, and with small words between.

Words meet by their lemma or stem; figures stand for any; who does it must stay who does it, so that
"se lo garantizo" is not found in "la ley lo garantiza".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from knowledge.models import Language
from knowledge.search.spelling import lemma
from knowledge.text import STOP_WORDS, fold, stem

QUOTED = re.compile(
    r"«[^»]*»|“[^”]*”|\"[^\"\n]*\"|(?<!\w)‘[^‘’\n]{1,80}’(?!\w)|"
    r"(?<![\w'])'(?!(?:til|em|n|cause|tis|twas)\b)(?=[\w¿¡])[^'\n.;]{1,80}[\w.,!?…]'(?!\w)"
)
"""What is quoted is spoken about, not said."""
_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[%€$£]")
_FIRST_PERSON = re.compile(r"\w{2,}(?:o|amos|emos|imos|é|ré|aré|eré|iré)")
_OPTIONAL = frozenset(
    "usted ustedes por favor el la los las un una al del de que le les lo se please you "
    "the a an to "
    "that it".split()
)
_ADVERB = ("ly", "mente")
"""Endings that make another word: "shortly" is not "short"."""
GAP = 2
"""Small words that may stand between two words of a phrase."""
SHORT = 3
"""Letters up to which an accent makes another word: "sé", "se"."""


class Token(NamedTuple):
    """A word, number or sign of a text."""

    written: str
    folded: str
    start: int
    end: int


@lru_cache(maxsize=5_000)
def tokens(text: str) -> tuple[Token, ...]:
    """The words, numbers and signs of money of a text, in order."""
    return tuple(
        Token(m.group().lower().replace("’", "'"), fold(m.group().replace("’", "'")), *m.span())
        for m in _TOKEN.finditer(text)
    )


def places(text: str, phrase: str, language: Language) -> Iterator[tuple[int, int]]:
    """Where a text says a phrase, in order; none overlap.

    >>> list(places("Ya está: hay dos incidencias.", "incidencia", "es"))
    [(17, 28)]
    """
    said = tokens(text)
    sought = tokens(phrase)
    at = 0
    while sought and at < len(said):
        last = _match(said, at, sought, language)
        if last is None:
            at += 1
        else:
            yield said[at].start, said[last].end
            at = last + 1


def _match(
    said: Sequence[Token], at: int, sought: Sequence[Token], language: Language
) -> int | None:
    """The last token of the phrase that begins at a token; `None` where none does."""
    strict = len([t for t in sought if t.folded not in STOP_WORDS]) < 2
    place, last, first = at, at, True
    for token in sought:
        reach = 0 if first else GAP
        found = next(
            (
                i
                for i in range(place, min(place + reach + 1, len(said)))
                if _meets(said[i], token, language)
                and all(t.folded in STOP_WORDS for t in said[place:i])
            ),
            None,
        )
        if found is None:
            if strict or first or token.folded not in _OPTIONAL:
                return None
            continue
        if strict and not first and found > place + 1:
            return None
        place, last, first = found + 1, found, False
    return last


def _meets(said: Token, sought: Token, language: Language) -> bool:
    if said.written == sought.written:
        return True
    if sought.folded[0].isdigit():
        return said.folded[0].isdigit()
    if min(len(said.folded), len(sought.folded)) <= SHORT:
        return False
    if said.folded == sought.folded:
        return True
    if not (said.folded[0].isalpha() and sought.folded[0].isalpha()):
        return False
    if (
        language == "es"
        and bool(_FIRST_PERSON.fullmatch(said.written))
        != bool(_FIRST_PERSON.fullmatch(sought.written))
        and _is_verb(sought.folded, language)
    ):
        return False
    if said.folded.endswith(_ADVERB) != sought.folded.endswith(_ADVERB):
        return False
    return lemma(said.folded, language) == lemma(sought.folded, language) or stem(
        said.folded, language
    ) == stem(sought.folded, language)


@lru_cache(maxsize=5_000)
def _is_verb(word: str, language: Language) -> bool:
    return bool(re.search(r"[aei]r$", lemma(word, language))) and not word.endswith("r")
