"""Numbers as Spanish and English write them: text -> tokens -> values.

"1.000,50" and "1,000.50" are one number, and so are "treinta", "treinta (30)" and "30". What can be
read in two ways ("1.500" in an English text) keeps both readings, so that nobody is told of a
difference that may be none. `knowledge.quantities.extract` adds the units.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, cast

from knowledge.models import Language

TokenKind = Literal["word", "number", "clock", "date", "phone", "name", "sign"]


class Token(NamedTuple):
    """A word, number or sign of a text.

    Attributes:
        kind: ``clock`` is ``9:30``, ``date`` is ``1/2/2026``; ``name`` is what has digits and is no
            number (``E13``, ``2.5.1``), or an address; ``sign`` is one other visible character.
        text: folded, one character for each of the text.
        start: offset in the text.
        end: offset after it.
    """

    kind: TokenKind
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number among tokens.

    Attributes:
        readings: values it may have, likeliest first.
        after: index of the token after it.
        spelled: whether it is written in words only.
    """

    readings: tuple[float, ...]
    after: int
    spelled: bool


# Value and place: a number goes on with a smaller place ("cien" + "veinte", "treinta" + "uno").
_ONES, _TENS, _HUNDREDS = 1, 10, 100
_SPANISH = (
    "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis "
    "diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro "
    "veinticinco veintiseis veintisiete veintiocho veintinueve"
).split()
_ENGLISH = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_SPANISH_TENS = "treinta cuarenta cincuenta sesenta setenta ochenta noventa".split()
_ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SPANISH_HUNDREDS = (
    "cient doscient trescient cuatrocient quinient seiscient setecient ochocient novecient".split()
)


def _places(language: Language) -> dict[str, tuple[int, int]]:
    """Value and place of each number word."""
    if language == "es":
        found = {word: (n, _ONES) for n, word in enumerate(_SPANISH, start=1)}
        found |= dict.fromkeys(("un", "una"), (1, _ONES))
        found |= dict.fromkeys(("veintiun", "veintiuna"), (21, _ONES))
        found |= {word: (10 * n, _TENS) for n, word in enumerate(_SPANISH_TENS, start=3)}
        for n, stem in enumerate(_SPANISH_HUNDREDS, start=1):
            found |= dict.fromkeys((stem + "os", stem + "as"), (100 * n, _HUNDREDS))
        return found | dict.fromkeys(("cien", "ciento"), (100, _HUNDREDS))
    found = {word: (n, _ONES) for n, word in enumerate(_ENGLISH, start=1)}
    for n, tens in enumerate(_ENGLISH_TENS, start=2):
        found[tens] = (10 * n, _TENS)
        found |= {f"{tens}-{w}": (10 * n + m, _ONES) for m, w in enumerate(_ENGLISH[:9], start=1)}
    return found


_PLACES: dict[Language, dict[str, tuple[int, int]]] = {"es": _places("es"), "en": _places("en")}
_SCALES: dict[Language, dict[str, float]] = {
    "es": {"mil": 1e3, "millon": 1e6, "millones": 1e6, "docena": 12, "docenas": 12},
    "en": {"thousand": 1e3, "million": 1e6, "billion": 1e9, "dozen": 12},
}
_DOZENS = frozenset(("docena", "docenas", "dozen"))
_AND = {"es": "y", "en": "and"}

SUFFIXES = frozenset(
    "h hs hr hrs am pm s seg sec min mins d kb mb gb tb kg g gr mg lb lbs oz cm mm m km in ft ml "
    "cl l w kw kwh v mah hz mhz ghz px dpi st nd rd th eur euros usd dias days horas hours".split()
)
"""What may stand right behind digits without making a name of them: ``24h``, ``5GB``, ``1st``."""

# Every repetition is bounded or possessive, so that no text makes the search slow.
_TOKEN = re.compile(
    r"(?P<name>https?://\S{1,400}|www\.\S{1,400}|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,5}"
    r"|[^\W\d_]{1,40}(?:[-_/.][^\W\d_]{1,40}){0,4}[-_/.]?\d[^\W_]*+(?:[-_./:]\w++)*+"
    r"|\d++(?:\.\d++){2,}+(?<!\.\d{3}))"
    r"|(?P<date>\d{4}-\d{2}-\d{2}(?![\w-])|\d{1,2}(?P<mark>[/.-])\d{1,2}(?P=mark)(?:\d{4}|\d{2})(?![\w/-]))"
    r"|(?P<phone>\+\d{1,3}(?:[ -]?\(?\d{2,4}\)?){2,5}|(?:1[ -])?(?:\(\d{3}\) ?|\d{3}[ -])"
    r"(?:\d{3}[ -]\d{3,4}|\d{2}[ -]\d{2}[ -]\d{2})(?![\w-]))"
    r"|(?P<clock>\d{1,2}:\d{2}(?![\w:]))"
    r"|(?P<number>\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})++(?!\d)(?:[.,]\d++)?|\d++(?:[.,]\d++)*+)"
    r"|(?P<word>[^\W\d_]++(?:['’-][^\W\d_]++)*+)"
    r"|(?P<sign>[^\w\s]|_)"
)
_SEPARATOR = re.compile(r"[.,'’\u00a0\u202f ]")


class _Folding(dict[int, str]):
    """Each character lower and without its accent, where that is one character."""

    def __missing__(self, code: int) -> str:
        lower = chr(code).lower()
        base = unicodedata.normalize("NFD", lower)[0]
        folded = base if base.isalnum() and len(lower) == 1 else lower
        self[code] = folded if len(folded) == 1 else chr(code)
        return self[code]


_FOLDING = _Folding()


def same_length_fold(text: str) -> str:
    """The text in lower case without accents, every character where it was.

    >>> same_length_fold("Días ™")
    'dias ™'
    """
    return text.lower() if text.isascii() else text.translate(_FOLDING)


def tokens_of(text: str) -> list[Token]:
    """Words, numbers and signs in order; offsets are those of the text.

    >>> [t.text for t in tokens_of("Pague 1.000,50 € en 24h (E13).")]
    ['pague', '1.000,50', '€', 'en', '24', 'h', '(', 'e13', ')', '.']
    """
    found: list[Token] = []
    for match in _TOKEN.finditer(same_length_fold(text)):
        kind = cast("TokenKind", match.lastgroup)
        token = Token(kind, match.group(), match.start(), match.end())
        before = found[-1] if found else None
        if before and before.end == token.start and _makes_name(before, token):
            found[-1] = Token("name", before.text + token.text, before.start, token.end)
        else:
            found.append(token)
    return found


def _makes_name(before: Token, token: Token) -> bool:
    """Whether letters stand right behind digits (``2fa``, ``3g``) and are no unit (``5gb``)."""
    letters = token.kind in ("word", "name") and token.text not in SUFFIXES
    return before.kind == "number" and letters


def numeral_at(tokens: Sequence[Token], index: int, language: Language) -> Numeral | None:
    """The number that begins at a token, with its scale and its repetition in brackets.

    ``dos mil``, ``2 millones``, ``thirty (30)`` and ``treinta y uno`` are one number each.
    """
    token = tokens[index]
    if token.kind == "number":
        readings = digit_readings(token.text)
        found = Numeral(readings, index + 1, spelled=False) if readings else None
        found = found and _scaled(tokens, found, language)
    elif token.kind == "word":
        found = _spelled(tokens, index, language)
    else:
        return None
    return found and _repeated(tokens, found, language)


def digit_readings(text: str) -> tuple[float, ...]:
    """Values that digits with separators may have, likeliest first; none where they are no number.

    A lone separator before three digits may group or begin decimals: in Mexico a Spanish text
    writes 1,500 for what is 1.500 in Spain.

    >>> digit_readings("1.000,50"), digit_readings("1.500"), digit_readings("1.5.2")
    ((1000.5,), (1500.0, 1.5), ())
    """
    parts, marks = _SEPARATOR.split(text), _SEPARATOR.findall(text)
    grouped = all(len(part) == 3 for part in parts[1:]) and len(set(marks)) == 1
    if not marks:
        return (float(text),)
    if len(marks) == 1:
        decimal = float(".".join(parts))
        if not grouped or parts[0].startswith("0") or len(parts[0]) > 3:
            return (decimal,)
        return (float("".join(parts)), decimal) if marks[0] in ".," else (float("".join(parts)),)
    if grouped:
        return (float("".join(parts)),)
    whole, last = parts[:-1], marks[-1]
    if all(len(part) == 3 for part in whole[1:]) and len(set(marks[:-1])) == 1 and last in ".,":
        return (float(f"{''.join(whole)}.{parts[-1]}"),) if last != marks[0] else ()
    return ()


def _scaled(tokens: Sequence[Token], found: Numeral, language: Language) -> Numeral:
    """The number times the words behind it: ``2 millones``, ``105 mil millones``."""
    at, readings = found.after, found.readings
    while at < len(tokens) and (scale := _SCALES[language].get(tokens[at].text)):
        readings = tuple(value * scale for value in readings)
        at += 1
    return found if at == found.after else Numeral(readings, at, spelled=False)


def _spelled(tokens: Sequence[Token], index: int, language: Language) -> Numeral | None:
    """A number in words: hundreds, tens and ones in falling order, then perhaps a scale."""
    places, scales = _PLACES[language], _SCALES[language]
    total = part = 0.0
    place, at = 1_000, index
    while at < len(tokens):
        word = tokens[at].text
        joined = word == _AND[language] and at > index and at + 1 < len(tokens)
        value = places.get(tokens[at + 1].text if joined else word)
        if value and value[1] < place:
            part += value[0]
            place = value[1]
            at += 2 if joined else 1
        elif word == "hundred" and language == "en" and part < 10:
            part, place = (part or 1) * _HUNDREDS, _HUNDREDS
            at += 1
        elif word in scales and (part or word in ("mil", "docena", "dozen")):
            total, part, place = total + (part or 1) * scales[word], 0.0, 1_000
            at += 1
        elif word in scales and total and scales[word] > total and word not in _DOZENS:
            total, at = total * scales[word], at + 1  # "mil millones"
        else:
            break
    return Numeral((total + part,), at, spelled=True) if at > index else None


def _repeated(tokens: Sequence[Token], found: Numeral, language: Language) -> Numeral:
    """The number, and with it the same number in brackets right after it."""
    at = found.after
    if at + 2 >= len(tokens) or tokens[at].text != "(":
        return found
    inner = tokens[at + 1]
    if inner.kind == "number":
        again = Numeral(digit_readings(inner.text), at + 2, spelled=False)
    else:
        again = _spelled(tokens, at + 1, language) or Numeral((), at + 1, spelled=True)
    closed = again.after < len(tokens) and tokens[again.after].text == ")"
    if closed and set(again.readings) & set(found.readings):
        return Numeral(found.readings, again.after + 1, spelled=False)
    return found
