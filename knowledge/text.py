"""Words and sentences of Spanish and English text: pure functions, shared by index and answer.

Everything returns offsets or tokens of the text as given, so that a quotation can be located.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import Stemmer

from knowledge.models import Language

# A word, or a code whose parts hang together: ERR-00123, COL-VISCO-150, 3.5, user@host, 24/7.
_TOKEN = re.compile(r"[^\W_]+(?:(?:[-./@_:'’]|(?<=\d),(?=\d))[^\W_]+)*")
_PART = re.compile(r"[^\W_]+")

_ABBREVIATIONS = frozenset(
    # Spanish, then English; folded, without the final full stop.
    "sr sra srta dr dra d dna art arts num nums nro n p pp pag pags cap vol ed ud uds "
    "vd vds tel tfno avda av c cl pza ej p.ej etc aprox max min dto dpto ref exp cod s sa sl "
    "ee uu ss aa cf fdo mr mrs ms jr vs inc ltd co corp e.g i.e eg ie u.s u.k st dept fig "
    "sec al approx est".split()
)
# Looks at every character a bounded number of times, whatever the text: no run is begun twice.
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'»”’)\]]*+(?=\s|$)|[。！？]++|\n+|;(?=[^\S\n]*+\n)")
_NEXT_STARTS = re.compile(r"\s*+[\"'«“‘(\[¿¡*•\-–]*+\s*+([^\W_])")
_ITEM_NUMBER = re.compile(r"\s*\d[\d.]*")
_LONGEST_WORD = 20
"""Characters looked at before a full stop."""

STOP_WORDS: frozenset[str] = frozenset(
    (
        # Function words only; folded. Question words stay out of the index on purpose.
        "a al ante asi aun aunque bajo cada como con contra cual cuales cualquier cuando "
        "cuanto cuanta cuantos cuantas de del desde donde dos e el ella ellas ellos en entre "
        "era eran eres es esa esas ese eso esos esta estaba estamos estan estar estas este "
        "esto estos estoy etc fue fueron ha haber habia habian hace hacer hacia han hasta hay "
        "he hemos i incluso la las le les lo los mas me mi mis mientras mucho muy nada ni no "
        "nos nosotros nuestra nuestro o os otra otras otro otros para pero por porque pues "
        "que quien quienes se sea sean ser si sido siempre sin sino sobre solo son soy su sus "
        "tal tambien tan tanto te tener tengo ti tiene tienen toda todas todo todos tu tus u "
        "un una unas uno unos usted ustedes vosotros y ya yo puede pueden puedo poder hola "
        "buenas gracias favor an and any are as at be been being but by can could did do does "
        "doing for from had has have having her here hers him his how if in into is it its "
        "itself just ll me more most my of off on once only or other our ours out over own re "
        "s same she should so some such t than that the their theirs them then there these "
        "they this those through to too under until up ve very was we were what when where "
        "which while who whom why will with would you your yours am he i im hi hello please "
        "thanks there's it's i'm don"
    ).split()
)

_STEMMERS = {"es": Stemmer.Stemmer("spanish"), "en": Stemmer.Stemmer("english")}


def fold(text: str) -> str:
    """The text in lower case without accents; the length may change."""
    if text.isascii():
        return text.lower()
    # "Almendro™" is found as "almendro"; what decomposes into capitals ("№") is folded after that.
    decomposed = unicodedata.normalize("NFKD", text.replace("™", "")).casefold()
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@lru_cache(maxsize=200_000)
def stem(word: str, language: Language) -> str:
    """Snowball stem of a folded word, folded: questions are typed without accents."""
    return fold(_STEMMERS[language].stemWord(word))


def words(text: str) -> list[str]:
    """Folded words and codes in order, stop words included.

    A code is given whole and, after that, in parts: ``ERR-00123`` gives
    ``err-00123``, ``err``, ``00123``.
    """
    found: list[str] = []
    for match in _TOKEN.finditer(fold(text)):
        token = match.group().replace("’", "'")
        parts = _PART.findall(token)
        if len(parts) > 1:
            found.append(token)
        found.extend(parts)
    return found


def content_words(text: str) -> list[str]:
    """Folded words without stop words; all words when nothing else is left."""
    every = words(text)
    return [w for w in every if w not in STOP_WORDS] or every


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """``(start, end)`` of each sentence, list item or line, in order, without white space around.

    A line break always ends a sentence: loaders join the lines of a paragraph.

    >>> t = "El plazo es de 30 días. Llame al núm. 900 123 456. ¿Y si no?"
    >>> [t[a:b] for a, b in sentence_spans(t)]
    ['El plazo es de 30 días.', 'Llame al núm. 900 123 456.', '¿Y si no?']
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if match.group()[0] in "\n;" or _really_ends(text, start, match):
            _add_span(spans, text, start, match.end())
            start = match.end()
    _add_span(spans, text, start, len(text))
    return spans


def _really_ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether this full stop ends a sentence and not an abbreviation, initial or number."""
    after = _NEXT_STARTS.match(text, match.end())
    if after and after.group(1).islower():
        return False
    if match.group()[0] != ".":
        return True
    nearby = text[max(0, match.start() - _LONGEST_WORD) : match.start()]
    before = re.search(r"([^\s(«“\"]+)$", nearby)
    if not before:
        return True
    word = fold(before.group(1))
    if word in _ABBREVIATIONS:
        # An abbreviation may still end a sentence; only a capitalised word tells.
        return word in {"etc", "max", "min"} and bool(after and after.group(1).isupper())
    if word == "no":
        return not (after and after.group(1).isdigit())
    if match.start() - start <= _LONGEST_WORD and _ITEM_NUMBER.fullmatch(
        text, start, match.start()
    ):
        return False
    # A single capital is an initial; a small letter is a unit: "a las 14 h. Después".
    return not (len(word) == 1 and before.group(1).isupper())


def _add_span(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if any(c.isalnum() for c in stripped):
        first = start + len(piece) - len(piece.lstrip())
        spans.append((first, first + len(stripped)))
