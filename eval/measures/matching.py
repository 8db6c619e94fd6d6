"""Whether a text says something: a phrase, or a value with its unit."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from eval.golden.models import Fact
from knowledge.language import detect_language
from knowledge.models import LANGUAGES, Language
from knowledge.quantities.extract import quantities_of
from knowledge.quantities.models import Quantity
from knowledge.text import fold, stem

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_SYMBOLS = {"€": "euros", "$": "dollars", "£": "pounds", "%": "percent"}
_FIGURE_FIRST = re.compile(r"(\d)\s*([€$£%])")
_SYMBOL_FIRST = re.compile(r"([€$£])\s*(\d[\d.,]*)")
_ROUNDING = 1e-9


def says_any(text: str, aliases: Iterable[str]) -> bool:
    """Whether the text has one of the phrases; case, accents and endings of words do not count."""
    return any(says(text, alias) for alias in aliases)


def says(text: str, phrase: str) -> bool:
    """Whether the text has the phrase, its words in their order.

    >>> says("Tiene 30 días naturales.", "30 dias natural")
    True
    >>> says("Tiene 130 días.", "30 días")
    False
    >>> says("Cuesta €15 a la semana.", "15 €"), says("Se descuenta el 15 %.", "15 €")
    (True, False)
    """
    wanted = normalised(phrase)
    before = r"(?<![\d.,])" if wanted[:1].isdigit() else r"(?<![^\W_])"
    after = r"(?![.,]?\d)" if wanted[-1:].isdigit() else r"(?![^\W_])"
    if re.search(before + re.escape(wanted) + after, _normalised(text)):
        return True
    return any(_runs(_stems(text, one), _stems(phrase, one)) for one in LANGUAGES)


def measures(text: str, fact: Fact) -> bool:
    """Whether the text has the fact's value in its unit; always false for one without a value."""
    wanted = expected(fact)
    if wanted is None:
        return False
    # In the unit that is compared in: hours are read as parts of a day.
    scale = wanted.values[0][0] / fact.value if fact.value else 1.0
    tolerance = fact.tolerance * scale + _ROUNDING
    return any(
        comparable(found, wanted) and _within(found, wanted, tolerance) for found in figures(text)
    )


def expected(fact: Fact) -> Quantity | None:
    """What the value and the unit of a fact measure; `None` where it has none."""
    if fact.value is None:
        return None
    value = f"{fact.value:.2f}" if fact.kind == "money" else f"{fact.value:.10g}"
    found = quantities_of(f"{value} {fact.unit or ''}".strip(), "en")
    return found[0] if found else None


def comparable(one: Quantity, other: Quantity) -> bool:
    """Whether two figures could be of one thing."""
    return one.kind == other.kind and one.unit == other.unit


@lru_cache(maxsize=512)
def figures(text: str) -> tuple[Quantity, ...]:
    """All that the text measures."""
    return tuple(quantities_of(text, detect_language(text)))


def _within(found: Quantity, wanted: Quantity, tolerance: float) -> bool:
    value = wanted.values[0][0]
    return any(low - tolerance <= value <= high + tolerance for low, high in found.values)


def _runs(text: Sequence[str], phrase: Sequence[str]) -> bool:
    """Whether the phrase's stems stand in the text one after the other."""
    n = len(phrase)
    return n > 0 and any(text[start : start + n] == phrase for start in range(len(text) - n + 1))


@lru_cache(maxsize=512)
def _normalised(text: str) -> str:
    return normalised(text)


@lru_cache(maxsize=2048)
def _stems(text: str, language: Language) -> tuple[str, ...]:
    words = _WORD.findall(fold(_spelled(text)))
    return tuple(stem(word, language).rstrip("s") for word in words)


def _spelled(text: str) -> str:
    """Symbols of currencies and of percent at a figure as words behind it: 15 € is not 15 %."""
    turned = _SYMBOL_FIRST.sub(lambda m: f"{m[2]} {_SYMBOLS[m[1]]}", text)
    return _FIGURE_FIRST.sub(lambda m: f"{m[1]} {_SYMBOLS[m[2]]}", turned)


def fact_shown(shown: str, facts: Collection[str]) -> float | None:
    """1.0 when any of the facts stands in the text; `None` when no fact is labelled.

    Case, accents, emphasis marks and white space do not count. A number stands alone: "5 €" is not
    in "15 €".
    """
    if not facts:
        return None
    text = normalised(shown)
    return float(any(_stands_in(normalised(fact), text) for fact in facts))


def _stands_in(fact: str, text: str) -> bool:
    before = r"(?<!\d)" if fact[:1].isdigit() else ""
    after = r"(?!\d)" if fact[-1:].isdigit() else ""
    return bool(fact) and re.search(before + re.escape(fact) + after, text) is not None


def normalised(text: str) -> str:
    """The text folded, emphasis marks out, white space collapsed."""
    return " ".join(fold(text).translate({ord(c): None for c in "*_`"}).split())
