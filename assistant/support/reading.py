"""What a sentence says that can be compared: figures, days, names, denials and words.

Sentence -> `Read`. Quantities are read by `knowledge.quantities`, obligations and denials by
`knowledge.conflicts.modality`; here is added what contradictions between documents leave out and a
statement must have right all the same: numbers without a unit, codes, days of the week, names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import NamedTuple

from assistant.support.synonyms import widened, without_synonyms
from knowledge.conflicts.modality import NEGATIVE, Mark, marks_of
from knowledge.conflicts.wording import Words, words_of
from knowledge.models import Language
from knowledge.quantities.extract import quantities_of
from knowledge.quantities.models import Quantity
from knowledge.quantities.numerals import Token, numeral_at, same_length_fold, tokens_of
from knowledge.quantities.units import CURRENCIES
from knowledge.quantities.values import ALONE
from knowledge.quantities.written_dates import MONTHS
from knowledge.text import STOP_WORDS

TITLE_SHARE = 0.6
"""A sentence of which more words begin with a capital is a title: its capitals name nothing."""

_WEEKDAYS = {
    word: number
    for number, words in enumerate(
        (
            "lunes monday mondays",
            "martes tuesday tuesdays",
            "miercoles wednesday wednesdays",
            "jueves thursday thursdays",
            "viernes friday fridays",
            "sabado sabados saturday saturdays",
            "domingo domingos sunday sundays",
        )
    )
    for word in words.split()
}
_ROMAN = re.compile(
    r"\b(?:siglos?|centur(?:y|ies)) ([IVX]{1,5})\b(?:\s*(?:y|o|a|al|-|–)\s*([IVX]{1,5})\b)?"
)
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first"
).split()
_CENTURY = re.compile(rf"\b({'|'.join(_ORDINALS)})(?= (?:centur|and \w+ centur|to \w+ centur))")
_PER_CENT = re.compile(r"\bpor $")
_ORDINAL = re.compile(r"(?<![\d.,])(\d{1,2})(?:st|nd|rd|th)(?=[ -]centur)")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
_LEAVING_OUT = re.compile(
    r"\b(?:skip\w*|omit\w*|gone|closed?|end(?:s|ed)?|free|cease\w*|no longer|saltar\w*|cerrad\w+|"
    r"termin\w+|ces[aoó]\w*|elimin\w+|delet\w+|remov\w+|beyond|within|fewer|less|menos|hasta|nada|nothing|opon\w+|opus\w+|object\w*|oppos\w+|fuera|outside|"
    r"otherwise|gratis|gratuit\w+|le(?:ft|aves?) out)\b"
)
"""Words that say as much as a denial: "enrollment is closed", "skip the process"."""
_ITEM = re.compile(r"\s*[(\[]?\d{1,3}(?:\.\d{1,3})*[.)\]]\s+(?=\D)")


class Name(NamedTuple):
    """A name or code in a sentence.

    Attributes:
        text: folded.
        start: offset in the sentence.
        end: offset after it.
        code: whether it has digits, or is an address.
        run: where the names around it begin and end that are said as one ("Reino Unido").
    """

    text: str
    start: int
    end: int
    code: bool
    run: tuple[int, int]


class Day(NamedTuple):
    """A day of the week (0 to 6) or a month alone (101 to 112)."""

    value: int
    start: int
    end: int


@dataclass(frozen=True)
class Read:
    """A sentence as it is compared.

    Attributes:
        text: the sentence.
        language: of it.
        figures: what it measures, dates and counts, in order; bare numbers too.
        days: days of the week, and months without a day or year.
        names: names and codes.
        marks: what it demands, allows and denies.
        words: its content words and names.
        tokens: every word, number and name, folded.
        order: the same in order, with their places.
        unmeasured: numbers in words that measure nothing, so that they are no figures.
    """

    text: str
    language: Language
    figures: tuple[Quantity, ...]
    days: tuple[Day, ...]
    names: tuple[Name, ...]
    marks: tuple[Mark, ...]
    words: Words
    tokens: frozenset[str]
    order: tuple[Token, ...]
    unmeasured: frozenset[float]

    @cached_property
    def folded(self) -> str:
        """The text folded, every character where it was."""
        return same_length_fold(self.text)

    @cached_property
    def plain(self) -> Words:
        """The words without their everyday synonyms, for what is said of just these words."""
        return Words(without_synonyms(word) for word in self.words)

    @cached_property
    def negatives(self) -> tuple[tuple[int, int], ...]:
        """Where any word may deny something, "sin", "unable" and "skip" included."""
        found = [*NEGATIVE.finditer(self.folded), *_LEAVING_OUT.finditer(self.folded)]
        return tuple(sorted(match.span() for match in found))


@lru_cache(maxsize=20_000)
def read(text: str, language: Language) -> Read:
    """A sentence as it is compared; those of cited passages are read once.

    Args:
        text: one sentence.
        language: of it.
    """
    tokens = tokens_of(text)
    item = _ITEM.match(text)
    begins = item.end() if item else 0
    measured = [q for q in quantities_of(text, language) if q.start >= begins]
    parted = [part for q in measured for part in _parted(q, text, language)]
    figures = [*parted, *_bare(text, tokens, measured, begins, language)]
    taken = [(q.start, q.end) for q in figures]
    found = words_of(tokens, language)
    return Read(
        text,
        language,
        tuple(sorted(figures, key=lambda q: q.start)),
        tuple(_days(text, tokens, taken, language)),
        tuple(_names(text, tokens, begins)),
        tuple(marks_of(text, language)),
        Words(widened(w) for w in found if not _inside(w.start, taken)),
        frozenset(own_form(token.text) for token in tokens if token.kind != "sign"),
        tuple(token for token in tokens if token.kind != "sign"),
        _unmeasured(tokens, taken, language),
    )


def _inside(start: int, spans: list[tuple[int, int]]) -> bool:
    return any(a <= start < b for a, b in spans)


def _parted(one: Quantity, text: str, language: Language) -> list[Quantity]:
    """A range or choice as one quantity for each of its numbers: "5-10 days" says both."""
    if one.kind in ("date", "phone", "time") and not _YEARS.fullmatch(text[one.start : one.end]):
        return [one]
    own = text[one.start : one.end]
    numerals = [n for n in numerals_in(own, language) if not _PER_CENT.search(own, 0, n.start)]
    if len(numerals) < 2 or not one.values[0][0]:
        return [one]
    factor = one.values[0][0] / numerals[0].readings[0] if numerals[0].readings[0] else 1.0
    scale = _scale(numerals)
    found: list[Quantity] = []
    for numeral in numerals:
        readings = numeral.readings
        if scale and max(readings) < scale:
            readings = (*readings, *(value * scale for value in readings))  # "30 to 50 thousand"
        spans = tuple((value * factor, value * factor) for value in readings)
        found.append(
            replace(one, values=spans, start=one.start + numeral.start, end=one.start + numeral.end)
        )
    found[-1] = replace(found[-1], end=one.end)
    return found


_YEARS = re.compile(r"\d{3,4}\W+\d{3,4}")


def _scale(numerals: Sequence[Placed]) -> float:
    """A thousand or a million, where the last number says so in a word and the first does not."""
    last = numerals[-1]
    return next((s for s in (1e6, 1e3) if last.scaled and last.readings[0] >= s), 0.0)


class Placed(NamedTuple):
    """A number in a text: its readings, likeliest first, its place, whether a word scales it."""

    readings: tuple[float, ...]
    start: int
    end: int
    scaled: bool


@lru_cache(maxsize=50_000)
def numerals_in(text: str, language: Language) -> tuple[Placed, ...]:
    """The numbers in a text, in order."""
    tokens = tokens_of(text)
    found: list[Placed] = []
    index = 0
    while index < len(tokens):
        numeral = numeral_at(tokens, index, language)
        if numeral:
            last = tokens[numeral.after - 1]
            scaled = numeral.after - index > 1 and last.kind == "word"
            found.append(Placed(numeral.readings, tokens[index].start, last.end, scaled))
        index = numeral.after if numeral else index + 1
    return tuple(found)


def _unmeasured(
    tokens: list[Token], taken: list[tuple[int, int]], language: Language
) -> frozenset[float]:
    """Values of number words outside of figures, parts of "three-fifths" among them."""
    found: set[float] = set()
    for index, token in enumerate(tokens):
        if token.kind == "word" and not _inside(token.start, taken):
            numeral = numeral_at(tokens, index, language)
            if numeral:
                found.update(numeral.readings)
            for part in token.text.split("-")[:1] if "-" in token.text else ():
                alone = numeral_at([Token("word", part, 0, len(part))], 0, language)
                found.update(alone.readings if alone else ())
    return frozenset(found)


def _bare(
    text: str, tokens: list[Token], measured: list[Quantity], begins: int, language: Language
) -> list[Quantity]:
    """Numbers that measure nothing, of sections and versions too, and centuries."""
    taken = [(q.start, q.end) for q in measured]
    found: list[Quantity] = []
    for index, token in enumerate(tokens):
        if token.kind != "number" or token.start < begins or _inside(token.start, taken):
            continue
        numeral = numeral_at(tokens, index, language)
        if numeral and not _PER_CENT.search(text, 0, token.start):
            spans = tuple((value, value) for value in numeral.readings)
            found.append(Quantity("number", spans, "", token.start, token.end))
    taken += [(q.start, q.end) for q in found]
    for match in _ORDINAL.finditer(text):
        if not _inside(match.start(1), taken):
            value = float(match[1])
            found.append(Quantity("number", ((value, value),), "", *match.span(1)))
    if language == "en":
        for match in _CENTURY.finditer(same_length_fold(text)):
            value = float(_ORDINALS.index(match[1]) + 1)
            found.append(Quantity("number", ((value, value),), "", *match.span(1)))
    for match in _ROMAN.finditer(text):
        for group in (1, 2):
            if match[group]:
                value = float(_roman(match[group]))
                found.append(Quantity("number", ((value, value),), "", *match.span(group)))
    return found


def _roman(text: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in text]
    following = [*values[1:], 0]
    return sum(-a if a < b else a for a, b in zip(values, following, strict=True))


def _days(
    text: str, tokens: list[Token], taken: list[tuple[int, int]], language: Language
) -> list[Day]:
    found: list[Day] = []
    for token in tokens:
        if token.kind != "word" or _inside(token.start, taken):
            continue
        if token.text in _WEEKDAYS:
            found.append(Day(_WEEKDAYS[token.text], token.start, token.end))
        elif token.text in ALONE and (language == "es" or text[token.start].isupper()):
            found.append(Day(100 + MONTHS[token.text], token.start, token.end))
    return found


def _names(text: str, tokens: list[Token], begins: int) -> list[Name]:
    """Names and codes, each with the run that it belongs to."""
    worded = [t for t in tokens if t.kind == "word"]
    upper = [t for t in worded if text[t.start].isupper()]
    titled = len(worded) >= 4 and len(upper) > TITLE_SHARE * len(worded)
    marked = [
        t.start >= begins
        and (
            t.kind == "name"
            or (t.kind == "word" and not titled and text[t.start].isupper() and _may_name(t.text))
        )
        for t in tokens
    ]
    found: list[Name] = []
    for index, token in enumerate(tokens):
        if not marked[index] or (token.kind == "word" and _only_leads(text, tokens, marked, index)):
            continue
        first, last = index, index
        while first > 0 and marked[first - 1] and tokens[first].start - tokens[first - 1].end <= 1:
            first -= 1
        while (
            last + 1 < len(tokens)
            and marked[last + 1]
            and tokens[last + 1].start - tokens[last].end <= 1
        ):
            last += 1
        run = (tokens[first].start, tokens[last].end)
        bare = own_form(token.text)
        end = token.start + len(bare)
        found.append(Name(bare, token.start, end, token.kind == "name", run))
    return found


def own_form(word: str) -> str:
    """A name without what is only written behind it: "GitHub's", "example.com."."""
    return _POSSESSIVE.sub("", word.rstrip(".:/-"))


_POSSESSIVE = re.compile(r"['’]s?$")


def _only_leads(text: str, tokens: list[Token], marked: list[bool], index: int) -> bool:
    """Whether a word has its capital only from beginning a sentence, as far as one can see."""
    token = tokens[index]
    before = next((t for t in reversed(tokens[:index]) if t.kind != "sign"), None)
    if before is not None and not _begins_part(text, token.start):
        return False
    written = text[token.start : token.end]
    if any(letter.isupper() for letter in written[1:]):
        return False
    follows = index + 1 < len(tokens) and marked[index + 1]
    return not (follows and tokens[index + 1].start - token.end <= 1)


def _may_name(word: str) -> bool:
    return (
        len(word) > 1
        and word not in STOP_WORDS
        and word not in _WEEKDAYS
        and word not in MONTHS
        and word not in CURRENCIES
        and word not in _LEADING
    )


_LEADING = frozenset(
    "between during although while since until under within throughout entre durante mientras "
    "aunque tras segun ademas cuando".split()
)
"""Never names, however often a sentence begins with them."""


def _begins_part(text: str, start: int) -> bool:
    """Whether a word begins what is said after a colon, a dash, a quotation mark or a bracket."""
    return text[:start].rstrip(" \"'“‘«¿¡*_")[-1:] in (
        "",
        ":",
        ".",
        "?",
        "!",
        "(",
        "-",
        "–",
        "—",
        "•",
        "|",
        "\n",
    )
