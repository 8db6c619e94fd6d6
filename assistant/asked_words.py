"""Words that decide what is asked: kinds of product, colours, what is to be measured.

The lists of kinds are ``asked_words.toml``; its first lines explain its format. Used by
`assistant.missing`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from knowledge.models import Language
from knowledge.quantities.extract import quantities_of
from knowledge.quantities.units import CURRENCIES, DURATIONS, MEASURES, PERCENT
from knowledge.text import fold, stem, words

Phrase = frozenset[str]


@dataclass(frozen=True)
class Kind:
    """One of a family of things that exclude each other.

    Attributes:
        phrases: by language, the stems of each of its names.
    """

    phrases: Mapping[Language, tuple[Phrase, ...]]

    def in_tokens(self, tokens: Set[str], language: Language) -> Phrase | None:
        """The stems by which a text names it; `None` where it does not."""
        return next((phrase for phrase in self.phrases[language] if phrase <= tokens), None)


@dataclass(frozen=True)
class Family:
    """Kinds of which one is meant and no other.

    Attributes:
        alone: whether a kind is missing wherever nothing names it; else only where the source shown
            first is one of another kind.
    """

    kinds: tuple[Kind, ...]
    alone: bool


@dataclass(frozen=True)
class Measure:
    """What a question wants measured.

    Attributes:
        asks: words of a folded question that ask for it.
        kinds: kinds of quantity that tell it.
        units: base units that tell it; any if empty.
    """

    asks: re.Pattern[str]
    kinds: frozenset[str]
    units: frozenset[str] = frozenset()

    def told_in(self, text: str, language: Language) -> bool:
        """Whether a text has a figure of it, or a heading with its unit: "Peso (kg)"."""
        figures = ((one.kind, one.unit) for one in quantities_of(text, language))
        headed = (_heading_unit(fold(unit)) for unit in _IN_BRACKETS.findall(text))
        return any(
            kind in self.kinds and (not self.units or unit in self.units)
            for kind, unit in (*figures, *headed)
        )


_IN_BRACKETS = re.compile(r"\(([^()\s]{1,12})\)")


def _heading_unit(word: str) -> tuple[str, str]:
    """Kind and base unit of a word that heads a column."""
    if word in CURRENCIES:
        return "money", CURRENCIES[word]
    if word in DURATIONS:
        return "duration", DURATIONS[word][0]
    if word in PERCENT:
        return "percent", word
    return "measure", MEASURES[word][0] if word in MEASURES else ""


def _measure(asks: str, kinds: str, units: str = "") -> Measure:
    return Measure(
        re.compile(rf"\b(?:{asks})\b"), frozenset(kinds.split()), frozenset(units.split())
    )


ASKED: tuple[Measure, ...] = (
    _measure(
        r"cuantos grados|que temperatura|how many degrees|what temperature|how hot|how cold",
        "measure",
        "degrees",
    ),
    _measure(
        r"cuanto miden?|cuantos (?:centimetros|metros|cm)|"
        r"que (?:medidas|fondo|ancho|alto|altura|anchura|profundidad)|"
        r"how (?:deep|wide|tall|high)|what (?:width|depth|height|size)",
        "measure",
        "mm",
    ),
    _measure(
        r"cuantos? (?:kilos|kg)|cuanto pesan?|how heavy|how much does \w+ weigh", "measure", "g"
    ),
    _measure(r"cuantos litros|how many lit(?:re|er)s", "measure", "l"),
    _measure(r"cuantos vatios|que potencia|how many watts|what wattage", "measure", "W kWh"),
    _measure(r"que porcentaje|what percent(?:age)?", "percent"),
    _measure(
        r"cuanto (?:rato|tiempo|tardan?|duran?)|cuantos (?:dias|meses|anos)|how long does|"
        r"how many (?:days|months|years|hours|weeks|minutes)|cuantas (?:horas|semanas|noches)",
        "duration date time count",
    ),
    _measure(
        r"cuanto (?:cuestan?|valen?|cobran|cobramos|sale)|"
        r"how much (?:is|are|does \w+ cost)|que precio|what price",
        "money",
    ),
)
"""What questions want measured."""


@lru_cache(maxsize=1)
def families() -> tuple[Family, ...]:
    """The families that come with the package."""
    return parse((files("assistant") / "asked_words.toml").read_text("utf-8"))


def parse(text: str) -> tuple[Family, ...]:
    """Families in their order.

    Raises:
        ValueError: the text is no TOML, or a kind has no words in one of the languages.
    """
    return tuple(
        Family(tuple(map(_kind_of, one["kinds"])), bool(one.get("alone", False)))
        for one in tomllib.loads(text)["family"]
    )


def _kind_of(names: Sequence[str]) -> Kind:
    if len(names) != 2 or not all(name.strip() for name in names):
        raise ValueError(f"a kind without words in one of the languages: {names}")
    spanish, english = names
    return Kind({"es": _phrases(spanish, "es"), "en": _phrases(english, "en")})


def _phrases(names: str, language: Language) -> tuple[Phrase, ...]:
    return tuple(
        frozenset(stem(word, language) for word in words(name)) for name in names.split("|")
    )
