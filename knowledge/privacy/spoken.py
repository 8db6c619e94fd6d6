"""Digits and letters as people say them, in Spanish and English, accents or not -> pieces.

Pure. A piece is a run of digits, a letter or what joins them; `mentions` puts pieces together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from knowledge.text import fold

PieceKind = Literal["digits", "letters", "join", "plus", "word", "stop"]

_TOKEN = re.compile(
    r"(?P<stop>\d{4}-\d\d-\d\d(?!\d)|\d{1,2}/\d{1,2}/\d{2,4}(?!\d)|\d{1,2}:\d\d|\d+[.,]\d\d(?=\s*€)"
    r"|[€$£%@!?¿¡;:\n])"
    r"|(?P<digits>\d+)|(?P<word>[^\W\d_]+)|(?P<plus>\+)|(?P<join>[-/.#,()_])"
)
_UNITS = {
    word: str(value)
    for names in (
        "cero uno dos tres cuatro cinco seis siete ocho nueve",
        "zero one two three four five six seven eight nine",
    )
    for value, word in enumerate(names.split())
} | {"nought": "0", "una": "1", "oh": "0"}
_TEENS = {
    word: str(value)
    for names in (
        "diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve veinte "
        "veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete "
        "veintiocho veintinueve",
        "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
    )
    for value, word in enumerate(names.split(), 10)
}
_TENS = {
    word: str(value)
    for names in (
        "treinta cuarenta cincuenta sesenta setenta ochenta noventa",
        "thirty forty fifty sixty seventy eighty ninety",
    )
    for value, word in enumerate(names.split(), 3)
} | {"twenty": "2", "veinti": "2"}
_HUNDREDS = {
    word: str(value)
    for value, word in enumerate(
        "ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos "
        "ochocientos novecientos".split(),
        1,
    )
}
_REPEATED = {"doble": 2, "double": 2, "triple": 3}
_LETTERS = {
    "be": "B", "ce": "C", "efe": "F", "ge": "G", "hache": "H", "jota": "J", "ka": "K",
    "ele": "L", "eme": "M", "ene": "N", "pe": "P", "cu": "Q", "erre": "R", "uve": "V",
    "equis": "X", "zeta": "Z",
}  # fmt: skip
"""Names of letters; those that are common words too (de, ese, te) are left out."""
_JOINS = {"guion": "-", "dash": "-", "hyphen": "-", "barra": "/", "slash": "/", "espacio": ""}


@dataclass(frozen=True)
class Piece:
    """A part of a text.

    Attributes:
        kind: what it is; ``stop`` is a date, a time or a price, ``word`` anything else.
        value: digits, capital letters, the sign that joins, or the folded word.
        start, end: where in the text.
        glued: whether nothing is between it and the piece before.
        upper: whether it is written in capitals.
    """

    kind: PieceKind
    value: str
    start: int
    end: int
    glued: bool = False
    upper: bool = False


def pieces(text: str) -> list[Piece]:
    """The parts of a text in order, numbers said as words put together.

    >>> [piece.value for piece in pieces("seis doce treinta y cuatro, double oh")]
    ['6', '12', '34', ',', '00']
    """
    return list(_joined(list(_tokens(text))))


def letter(piece: Piece) -> str | None:
    """The letter that a word stands for; `None`: it stands for none."""
    if piece.kind != "word":
        return None
    if len(piece.value) == 1:
        return piece.value.upper() if piece.value.isascii() else None
    return _LETTERS.get(piece.value)


def _tokens(text: str) -> Iterator[Piece]:
    last = 0
    for found in _TOKEN.finditer(text):
        kind: PieceKind = found.lastgroup  # type: ignore[assignment]
        value = fold(found[0]) if kind == "word" else found[0]
        upper = kind == "word" and found[0].isupper()
        glued = found.start() == last and last > 0
        if kind == "digits" and not (value.isascii()):
            kind = "stop"
        yield Piece(kind, value, found.start(), found.end(), glued, upper)
        last = found.end()


def _joined(tokens: list[Piece]) -> Iterator[Piece]:
    at = 0
    while at < len(tokens):
        digits, used = _number(tokens, at)
        if used:
            first, last = tokens[at], tokens[at + used - 1]
            yield Piece("digits", digits, first.start, last.end, first.glued)
            at += used
            continue
        token = tokens[at]
        if token.kind == "word" and token.value in _JOINS:
            sign = _JOINS[token.value]
            yield Piece("join", sign, token.start, token.end)
        elif token.kind == "word" and token.value in ("mas", "plus"):
            yield Piece("plus", "+", token.start, token.end)
        else:
            yield token
        at += 1


def _number(tokens: list[Piece], at: int) -> tuple[str, int]:
    """The digits of a number in words that begins there, and of how many words; 0: of none."""
    word = _word(tokens, at)
    if word in _REPEATED and not (at and tokens[at - 1].value == "uve"):  # a W
        following = _word(tokens, at + 1)
        digit = _UNITS.get(following) or (following if following.isdigit() else "")
        return (digit * _REPEATED[word], 2) if len(digit) == 1 else ("", 0)
    if word == "cien":  # with more after it, it is "ciento"
        return "100", 1
    if word in _HUNDREDS:
        rest, used = _below_hundred(tokens, at + 1)
        return _HUNDREDS[word] + rest.rjust(2, "0"), 1 + used
    if word in _UNITS and _word(tokens, at + 1) == "hundred":
        skip = 1 if _word(tokens, at + 2) == "and" else 0
        rest, used = _below_hundred(tokens, at + 2 + skip)
        return _UNITS[word] + rest.rjust(2, "0"), 2 + used + (skip if used else 0)
    return _below_hundred(tokens, at)


def _below_hundred(tokens: list[Piece], at: int) -> tuple[str, int]:
    word = _word(tokens, at)
    if word in _TENS:
        skip = 1 if _word(tokens, at + 1) == "y" else 0
        unit = _UNITS.get(_word(tokens, at + 1 + skip), "")
        return (_TENS[word] + unit, 2 + skip) if unit not in ("", "0") else (_TENS[word] + "0", 1)
    if word in _TEENS:
        return _TEENS[word], 1
    if word in _UNITS:
        return _UNITS[word], 1
    return "", 0


def _word(tokens: list[Piece], at: int) -> str:
    if at >= len(tokens) or tokens[at].kind not in ("word", "digits"):
        return ""
    return tokens[at].value
