"""Sentences made untrue by one change, or written otherwise and still true, by seeded rules.

Nothing here reads a sentence with `assistant.support`: which pairs are made does not depend on what
is measured by them. Used by `eval.components.support.pairs`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.cases.phrases import MONTHS
from eval.planting.rewriting import contrary, reformatted
from knowledge.conflicts.modality import marks_of
from knowledge.models import Language
from knowledge.quantities.extract import quantities_of
from knowledge.text import STOP_WORDS, fold, stem

_NUMBER = re.compile(r"(?<![\w.,/:-])\d+(?:[.,]\d+)*(?![\w/:-]|[.,]\d)")
_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
_DAY_OF_MONTH: dict[Language, re.Pattern[str]] = {
    lang: re.compile(
        rf"\b(\d{{1,2}})(?= (?:de )?(?:{'|'.join(months)})\b)"
        + (
            rf"|(?<=\b)(?:(?<={')|(?<='.join(m + ' ' for m in months)}))(\d{{1,2}})\b"
            if lang == "en"
            else ""
        )
    )
    for lang, months in MONTHS.items()
}
_UNITS: dict[Language, Sequence[tuple[str, Sequence[str]]]] = {
    "es": (
        (r"días hábiles|días laborables", ("días naturales", "semanas")),
        (r"días naturales", ("días hábiles", "meses")),
        (r"días", ("semanas", "meses", "horas")),
        (r"horas", ("días", "minutos")),
        (r"minutos", ("horas", "segundos")),
        (r"semanas", ("días", "meses")),
        (r"meses", ("años", "semanas", "días")),
        (r"años", ("meses", "décadas")),
        (r"€|euros", ("dólares",)),
        (r"\$|dólares", ("euros",)),
        (r"millones", ("mil",)),
        (r"km|kilómetros", ("metros", "millas")),
        (r"metros", ("kilómetros", "centímetros")),
        (r"cm", ("mm", "metros")),
        (r"kg|kilos", ("gramos",)),
        (r"GB", ("MB",)),
        (r"%|por ciento", ("€",)),
    ),
    "en": (
        (r"(?:business|working) days", ("calendar days", "weeks")),
        (r"calendar days", ("working days", "months")),
        (r"days", ("weeks", "months", "hours")),
        (r"hours", ("days", "minutes")),
        (r"minutes", ("hours", "seconds")),
        (r"weeks", ("days", "months")),
        (r"months", ("years", "weeks", "days")),
        (r"years", ("months", "decades")),
        (r"million", ("thousand", "billion")),
        (r"billion", ("million",)),
        (r"km|kilometers|kilometres", ("meters", "miles")),
        (r"meters|metres", ("kilometers", "feet")),
        (r"miles", ("feet", "kilometers")),
        (r"feet", ("miles", "meters")),
        (r"cm", ("mm", "meters")),
        (r"kg", ("grams",)),
        (r"GB", ("MB",)),
        (r"%|percent", ("dollars",)),
    ),
}
_VERBS: dict[Language, re.Pattern[str]] = {
    "es": re.compile(
        r"(?<!no )(?<!\bse )\b((?:se )?"
        r"(?:es|son|fue|fueron|está|están|era|eran|tiene|tienen|puede|pueden|"
        r"debe|deben|permite|incluye|cubre|ofrece|utiliza|requiere|admite|admiten|cobra|devuelve|"
        r"paga|envía|será|serán|podrá|podrán))\b"
    ),
    "en": re.compile(
        r"\b(is|are|was|were|will|would|can|could|may|must|should)\b(?! not|n['’]t|not)"
    ),
}
_CAPITALS = r"[A-ZÁÉÍÓÚÑ][\w'’-]*\w"
NAME = re.compile(rf"(?<=[a-záéíóúñ,;] )({_CAPITALS}(?: {_CAPITALS}){{0,2}})(?![.\w]\w)")
_NO_NAMES = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday English Spanish Internet "
    "Section Article Mr Mrs Dr Sr Sra".split()
) | frozenset(MONTHS["en"])
INVENTED = ("Olivar", "Brezo", "Lumbre", "Marisma", "Cantil", "Alcaraván", "Nimbus", "Zafir")

_ADDED: dict[Language, Sequence[str]] = {
    "es": ("Además, ", "Según la fuente, ", "Por tanto, ", "En concreto, ", "Le informo de que "),
    "en": (
        "Also, ",
        "According to the source, ",
        "Therefore, ",
        "Specifically, ",
        "Please note that ",
    ),
}
_DATE_ES = re.compile(rf"\b(\d{{1,2}}) de ({'|'.join(MONTHS['es'])})(?: de (\d{{4}}))\b")
_DATE_EN = re.compile(rf"\b({'|'.join(MONTHS['en'])}) (\d{{1,2}}),? (\d{{4}})\b")
_DATE_EN_DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS['en'])}) (\d{{4}})\b")


def names_in(text: str) -> list[str]:
    """Names that stand within a sentence, as written."""
    return [
        m[1]
        for m in NAME.finditer(text)
        if not any(w in _NO_NAMES or len(w) < 3 or fold(w) in STOP_WORDS for w in m[1].split())
    ]


@dataclass(frozen=True)
class Names:
    """Names of a set.

    Attributes:
        every: what is taken for a name.
        others: some of other passages.
    """

    every: frozenset[str]
    others: tuple[str, ...]

    def among(self, text: str) -> list[str]:
        """Those that stand within a text."""
        return [name for name in names_in(text) if name in self.every]


Change = Callable[[str, Language, random.Random, str, Names], str | None]
"""Sentence, language, chance, whole passage, names of the set -> the changed sentence."""


def _digit(
    text: str, language: Language, chance: random.Random, passage: str, names: Names
) -> str | None:
    """One digit of a number."""
    spans = [m.span() for m in _numbers(text, language)]
    if not spans:
        return None
    start, end = chance.choice(spans)
    places = [i for i in range(start, end) if text[i].isdigit()]
    at = chance.choice(places)
    first = at == start
    digits = [d for d in "0123456789" if d != text[at] and not (first and d == "0")]
    return text[:at] + chance.choice(digits) + text[at + 1 :]


def _digit_elsewhere(
    text: str, language: Language, chance: random.Random, passage: str, names: Names
) -> str | None:
    """A number replaced by another that the rest of the passage has."""
    spans = [m.span() for m in _numbers(text, language)]
    rest = passage.replace(text, " ")
    own = {text[a:b] for a, b in spans}
    others = sorted({m[0] for m in _numbers(rest, language)} - own)
    if not spans or not others:
        return None
    start, end = chance.choice(spans)
    return text[:start] + chance.choice(others) + text[end:]


def _numbers(text: str, language: Language) -> list[re.Match[str]]:
    """Numbers that are no years, days of a month or numbers of list items."""
    days = {m.start() for m in _DAY_OF_MONTH[language].finditer(text)}
    return [
        m
        for m in _NUMBER.finditer(text)
        if m.start() > 3 and not _YEAR.fullmatch(m[0]) and m.start() not in days
    ]


def _date(
    text: str, language: Language, chance: random.Random, passage: str, names: Names
) -> str | None:
    """A year, a month or a day of a month."""
    ways: list[str] = []
    for match in _YEAR.finditer(text):
        year = int(match[0]) + chance.choice((-12, -7, -3, -2, -1, 1, 2, 3, 5, 10))
        ways.append(text[: match.start()] + str(year) + text[match.end() :])
    for match in re.finditer(rf"\b(?:{'|'.join(MONTHS[language])})\b", text):
        if not re.search(r"\d[\w ,]{0,6}$", text[: match.start()]) and not re.match(
            r"[ ,]*(?:de )?\d", text[match.end() :]
        ):
            continue  # a month alone may be a name
        other = chance.choice([m for m in MONTHS[language] if m != match[0]])
        ways.append(text[: match.start()] + other + text[match.end() :])
    for match in _DAY_OF_MONTH[language].finditer(text):
        day = chance.choice([str(d) for d in range(1, 29) if str(d) != match[0]])
        ways.append(text[: match.start()] + day + text[match.end() :])
    return chance.choice(ways) if ways else None


def _unit(
    text: str, language: Language, chance: random.Random, passage: str, names: Names
) -> str | None:
    """The unit behind a number."""
    for words, others in _UNITS[language]:
        match = re.search(rf"(\d[\d.,]*(?: millones| million)? ?)({words})(?!\w)", text)
        if match:
            start, end = match.span(2)
            gap = "" if match[1].endswith(" ") else " "
            return text[:start] + gap + chance.choice(others) + text[end:]
    return None


def _negation(
    text: str, language: Language, chance: random.Random, passage: str, names: Names
) -> str | None:
    """A denial put in or taken away."""
    other = contrary(text, language)
    modes = {m.mode for t in (text, other) for m in marks_of(t, language)}
    if other != text and not modes & {"must", "need not"}:
        return other
    if re.search(r"\b(?:no|not|nunca|never|ni|sin|nor|without|n['’]t)\b", text, re.IGNORECASE):
        return None
    match = _VERBS[language].search(text)
    if match is None:
        return None
    put = f"no {match[1]}" if language == "es" else f"{match[1]} not"
    return text[: match.start()] + put + text[match.end() :]


def _obligation(
    text: str, language: Language, chance: random.Random, passage: str, names: Names
) -> str | None:
    """What must be done need not be done, or may be done."""
    pairs: dict[Language, Sequence[tuple[str, Sequence[str]]]] = {
        "es": (
            (r"\bdebe (?=\w+[aei]r)", ("no es necesario ", "puede ")),
            (r"\bdeben (?=\w+[aei]r)", ("no tienen que ", "pueden ")),
            (r"\bpuede (?=\w+[aei]r)", ("debe ",)),
            (r"\bpueden (?=\w+[aei]r)", ("deben ",)),
        ),
        "en": (
            (r"\bmust (?!not)", ("need not ", "may ")),
            (r"\bmay (?!not)", ("must ",)),
            (r"\bcan (?!not)", ("must ",)),
        ),
    }
    for pattern, others in pairs[language]:
        match = re.search(pattern, text)
        if match:
            return text[: match.start()] + chance.choice(others) + text[match.end() :]
    return None


def _name(
    text: str, language: Language, chance: random.Random, passage: str, names: Names
) -> str | None:
    """A name, by one of another passage or an invented one."""
    others = [n for n in names.others if n not in passage] + list(INVENTED)
    return _renamed(text, names.among(text), others, chance)


def _name_elsewhere(
    text: str, language: Language, chance: random.Random, passage: str, names: Names
) -> str | None:
    """A name, by another that the rest of the passage has."""
    others = [n for n in names.among(passage.replace(text, " ")) if n not in text]
    return _renamed(text, names.among(text), others, chance)


def _renamed(
    text: str, own: Sequence[str], others: Sequence[str], chance: random.Random
) -> str | None:
    if not own or not others:
        return None
    name, other = chance.choice(own), chance.choice(others)
    first, second = ({stem(fold(w), "en") for w in n.split()} for n in (name, other))
    if first & second:
        return None
    return re.sub(rf"\b{re.escape(name)}\b", other, text)


CHANGES: dict[str, Change] = {
    "digit": _digit,
    "digit elsewhere": _digit_elsewhere,
    "date": _date,
    "unit": _unit,
    "negation": _negation,
    "obligation": _obligation,
    "name": _name,
    "name elsewhere": _name_elsewhere,
}


def rewritten(text: str, language: Language, chance: random.Random) -> dict[str, str]:
    """Ways of saying the same, by kind: figures and dates in another form, order, connectives."""
    found: dict[str, str] = {}
    slots = [q for q in quantities_of(text, language) if q.start > 3]
    for slot in slots:
        other = reformatted(text, slot, language, chance)
        if other != text:
            found["figure rewritten"] = other
            break
    other = _date_rewritten(text, language)
    if other != text:
        found["date rewritten"] = other
    clause = re.fullmatch(r"([^,;:()]{12,}), ([^,;:()]{25,})\.", text)
    if clause:
        first, second = clause[1], clause[2]
        found["reordered"] = f"{second[0].upper()}{second[1:]}, {_small(first)}."
    added = chance.choice(_ADDED[language])
    found["connective"] = added + _small(text)
    return found


def _small(text: str) -> str:
    """A text that no longer begins its sentence; a name or abbreviation keeps its capital."""
    first = text.split(" ", 1)[0]
    common = first.lower() in _BEGINNINGS
    return text[0].lower() + text[1:] if common else text


_BEGINNINGS = frozenset(
    "el la los las un una en si se no para por cuando este esta su sus al como the a an in if for "
    "when this these it its you we our your on at there to and as".split()
)


def _date_rewritten(text: str, language: Language) -> str:
    if language == "es":
        return _DATE_ES.sub(
            lambda m: f"{m[1]}/{MONTHS['es'].index(m[2]) + 1}/{m[3]}", text, count=1
        )
    other = _DATE_EN.sub(lambda m: f"{m[2]} {m[1]} {m[3]}", text, count=1)
    return (
        other
        if other != text
        else _DATE_EN_DAY.sub(lambda m: f"{m[2]} {m[1]}, {m[3]}", text, count=1)
    )
