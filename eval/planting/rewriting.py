"""Other values and other spellings for what a sentence says: how `planted` changes texts.

Seeded: the same generator gives the same text.
"""

from __future__ import annotations

import random
import re

from knowledge.conflicts.modality import marks_of
from knowledge.models import Language
from knowledge.quantities.models import Quantity
from knowledge.quantities.numerals import Numeral, numeral_at, tokens_of

USUAL: tuple[tuple[str, tuple[float, ...]], ...] = (
    (r"d[ií]as?|days?", (3, 5, 7, 10, 14, 15, 20, 21, 30, 45, 60, 90, 120, 180)),
    (r"horas?|hours?|hrs?", (2, 6, 12, 24, 48, 72)),
    (r"minutos?|minutes?", (2, 5, 10, 15, 20, 30, 45)),
    (r"semanas?|weeks?", (2, 3, 4, 6, 8)),
    (r"mes(?:es)?|months?", (2, 3, 6, 9, 12, 18, 24, 36)),
    (r"años?|years?", (2, 3, 5, 7, 10, 13, 16, 18)),
    (r"%|por ciento|percent", (5, 8, 10, 15, 20, 25, 50, 90, 95, 99, 99.5)),
    (r"[$€£]|usd|dólares|dollars|euros?", (20, 25, 50, 75, 100, 150, 250, 500, 1000, 2000, 5000)),
    (r"", (2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 25, 50, 100, 150, 200, 500)),
)
"""Values that policies use, by what stands beside the number."""

SPELLED: dict[Language, dict[float, str]] = {
    "es": dict(
        zip(
            (2, 3, 4, 5, 6, 7, 8, 10, 12, 13, 14, 15, 20, 30, 45, 60, 90),
            "dos|tres|cuatro|cinco|seis|siete|ocho|diez|doce|trece|catorce|quince|veinte|treinta|"
            "cuarenta y cinco|sesenta|noventa".split("|"),
            strict=True,
        )
    ),
    "en": dict(
        zip(
            (2, 3, 4, 5, 6, 7, 8, 10, 12, 13, 14, 15, 20, 30, 45, 60, 90),
            "two|three|four|five|six|seven|eight|ten|twelve|thirteen|fourteen|fifteen|twenty|thirty|"
            "forty-five|sixty|ninety".split("|"),
            strict=True,
        )
    ),
}

_SAME_LENGTH: dict[Language, dict[str, str]] = {
    "es": {
        "7 días": "una semana",
        "14 días": "dos semanas",
        "21 días": "tres semanas",
        "24 horas": "un día",
        "48 horas": "dos días",
        "72 horas": "tres días",
        "12 meses": "un año",
        "6 meses": "medio año",
        "24 meses": "dos años",
        "dos semanas": "14 días",
        "dos años": "24 meses",
        "un año": "12 meses",
    },
    "en": {
        "7 days": "one week",
        "14 days": "two weeks",
        "21 days": "three weeks",
        "24 hours": "one day",
        "48 hours": "two days",
        "72 hours": "three days",
        "12 months": "one year",
        "6 months": "half a year",
        "24 months": "two years",
        "two weeks": "14 days",
        "two years": "24 months",
        "one year": "12 months",
    },
}
_CONTRARY: dict[Language, tuple[tuple[str, str], ...]] = {
    "es": (
        (r"\bno (puede[ns]?|podrá[ns]?|podemos|debe[ns]?|deberá[ns]?)\b", r"\1"),
        (r"\bno (es necesario|se requiere|será necesario|necesita)\b", r"\1"),
        (r"\b(puede[ns]?|podrá[ns]?|podemos)\b", r"no \1"),
        (r"\b(es necesario|se requiere|será necesario)\b", r"no \1"),
        (r"\bdebe[ns]? ", "no es necesario "),
        (r"\btendrá que ", "no tendrá que "),
        (r"\bno (?=\w+(?:amos|emos|imos|mos|[ae]n?|rá|rán)\b)", ""),
    ),
    "en": (
        (r"\b(may|must|shall|will) not\b", r"\1"),
        (r"\bcannot\b|\bcan['’]t\b", "can"),
        (r"\b(do|does) not\b", r"\1"),
        (r"\b(is|are) not (required|allowed|permitted)\b", r"\1 \2"),
        (r"\b(is|are) (required|allowed|permitted)\b", r"\1 not \2"),
        (r"\bmust\b", "need not"),
        (r"\bmay\b", "may not"),
        (r"\bcan\b", "cannot"),
    ),
}


def changed(text: str, quantity: Quantity, language: Language, chance: random.Random) -> str:
    """The text, the quantity in it saying another value; the same text where none is known.

    Args:
        text: a sentence.
        quantity: one of its quantities.
        language: of the text.
        chance: decides which value.
    """
    slot = text[quantity.start : quantity.end]
    found = _numeral(slot, language)
    if found is None:
        return text
    start, end, numeral = found
    value = numeral.readings[0]
    around = slot[:start] + slot[end:]
    usual = next(
        values for near, values in USUAL if not near or re.search(near, around, re.IGNORECASE)
    )
    near_ones = [v for v in usual if v != value and 0.2 <= v / value <= 5] or [value * 2]
    other = chance.choice(near_ones)
    return _replaced(
        text, quantity, slot[:start] + _like(slot[start:end], other, language) + slot[end:]
    )


def reformatted(text: str, quantity: Quantity, language: Language, chance: random.Random) -> str:
    """The text, the quantity written in another way; the same text where none is known."""
    slot = text[quantity.start : quantity.end]
    found = _numeral(slot, language)
    ways: list[str] = []
    if slot in _SAME_LENGTH[language]:
        ways.append(_SAME_LENGTH[language][slot])
    if found:
        start, end, numeral = found
        value, digits = numeral.readings[0], _digits(numeral.readings[0], language)
        written = slot[start:end]
        word = SPELLED[language].get(value)
        others = {digits, word, f"{word} ({digits})" if word else None} - {written, None}
        signed = re.search(r"[$€£]", slot)
        if not signed:
            ways += [slot[:start] + o + slot[end:] for o in sorted(o for o in others if o)]
        elif language == "en":
            ways += [f"USD {value:,.2f}", f"{value:,.0f} dollars"] if "$" in slot else []
        else:
            ways += [f"{digits} dólares", f"{digits},00 $"] if "$" in slot else []
    ways = [way for way in ways if way != slot]
    return _replaced(text, quantity, chance.choice(ways)) if ways else text


def contrary(text: str, language: Language) -> str:
    """The text obliging, allowing or denying the opposite; the same text where no way is known."""
    marks = marks_of(text, language)
    if len(marks) != 1:
        return text
    for pattern, replacement in _CONTRARY[language]:
        found = re.search(pattern, text, re.IGNORECASE)
        if found and found.start() <= marks[0].end and marks[0].start <= found.end():
            return text[: found.start()] + found.expand(replacement) + text[found.end() :]
    return text


def _numeral(slot: str, language: Language) -> tuple[int, int, Numeral] | None:
    """Where the only number of a quantity stands; `None` for ranges, dates and a single one."""
    tokens = tokens_of(slot)
    found: list[tuple[int, int, Numeral]] = []
    index = 0
    while index < len(tokens):
        numeral = numeral_at(tokens, index, language)
        if numeral:
            found.append((tokens[index].start, tokens[numeral.after - 1].end, numeral))
        index = numeral.after if numeral else index + 1
    alone = len(found) == 1 and found[0][2].readings[0] not in (0.0, 1.0)
    return found[0] if alone else None


def _like(written: str, value: float, language: Language) -> str:
    """A value written as another one is: in digits, in words, or both."""
    digits, word = _digits(value, language), SPELLED[language].get(value)
    if "(" in written:
        return f"{word or digits} ({digits})"
    if any(c.isdigit() for c in written):
        return digits
    return word or digits


def _digits(value: float, language: Language) -> str:
    shown = f"{value:,.0f}" if value == int(value) and value >= 10_000 else f"{value:g}"
    return shown.translate(str.maketrans(",.", ".,")) if language == "es" else shown


def _replaced(text: str, quantity: Quantity, slot: str) -> str:
    return text[: quantity.start] + slot + text[quantity.end :]
