"""What customers tell in their own words, and what policies call it.

"It came with a cut" asks about damage on delivery, and shares no word with what the policy says of
it. Where the words of a question tell such a situation, the question is searched and answered with
its name before it, in both languages. The list is ``situations.toml``; its first lines explain its
format.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from knowledge.models import LANGUAGES, Language
from knowledge.search.thesaurus import lemma_stem
from knowledge.text import stem, words

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Situation:
    """What happened to a customer.

    Attributes:
        names: what policies call it, by language.
        tells: by language, groups of alternatives; a question tells it that holds one of each.
    """

    names: Mapping[Language, str]
    tells: Mapping[Language, tuple[tuple[Phrase, ...], ...]]


def told(question: str, language: Language) -> Situation | None:
    """The first situation that the words of a question tell.

    >>> told("la mesa vino rota", "es").names["en"]
    'Damage on delivery'
    """
    found = [_keys(word, language) for word in words(question)]
    for situation in _bundled():
        if all(any(_holds(found, p) for p in group) for group in situation.tells[language]):
            return situation
    return None


def parse(text: str) -> tuple[Situation, ...]:
    """Situations in their order.

    Raises:
        ValueError: the text is no TOML, or a situation has no name or tells nothing.
    """
    return tuple(map(_situation, tomllib.loads(text)["situation"]))


def _situation(one: Mapping[Language, Mapping[str, Any]]) -> Situation:
    names: dict[Language, str] = {}
    tells: dict[Language, tuple[tuple[Phrase, ...], ...]] = {}
    for language in LANGUAGES:
        own = one.get(language, {})
        if not own.get("name") or not own.get("tells"):
            raise ValueError(f"a situation without name or words in {language}: {one}")
        names[language] = own["name"]
        tells[language] = tuple(
            tuple(_phrase(term, language) for term in group) for group in own["tells"]
        )
    return Situation(names, tells)


def _phrase(term: str, language: Language) -> Phrase:
    return tuple(lemma_stem(word, language) for word in words(term))


def _keys(word: str, language: Language) -> frozenset[str]:
    return frozenset({word, stem(word, language), lemma_stem(word, language)})


def _holds(found: Sequence[frozenset[str]], phrase: Phrase) -> bool:
    starts = range(len(found) - len(phrase) + 1)
    return any(all(key in found[at + i] for i, key in enumerate(phrase)) for at in starts)


@lru_cache(maxsize=1)
def _bundled() -> tuple[Situation, ...]:
    return parse((files("knowledge.search") / "situations.toml").read_text("utf-8"))
