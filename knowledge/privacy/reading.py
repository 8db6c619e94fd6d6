"""A text as it is looked through: numbers and letters said in words as digits and letters.

Pure. Comes before every rule of `knowledge.privacy`: a rule is written once, for what is typed, and
finds what a speech recogniser writes down as well. Places lead back to the text as it was given.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.privacy.spoken import Piece, pieces

_PLAIN = str.maketrans(
    "áéíóúüñçàèìòùâêôäöÁÉÍÓÚÜÑÇÀÈÒ\u00a0\u202f\t\u2010\u2011\u2012\u2013\u2212’",
    "aeiouuncaeiouaeoaoAEIOUUNCAEO   -----'",
)
"""One character for each, so that places stay."""
_SAYS = re.compile(
    r"\b(?:cero|un[oa]|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|die[zc]\w*|once|quince|"
    r"doce|trece|catorce|veint\w+|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa|"
    r"cien(?:to)?|\w+cient[oa]s|quinientos|doble|triple|zero|oh|one|two|three|four|five|six|seven|"
    r"eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|"
    r"double|nought|efe|hache|jota|ele|eme|ene|erre|zeta|zed|zee|equis|i griega|uve|guion)\b|"
    r"(?<=\b\w )(?:be|ce|cu|de|ese|ge|ka|pe|te|ve)\b|"
    r"(?<=\d )(?:be|ce|cu|ge|ka|pe|te)\b|"
    r"\b(?:be|ce|cu|ese|ge|ka|pe|te|ve)(?= \w\b)|\b(?:plus|mas)(?= ?\d)",
    re.IGNORECASE,
)
"""Without any of these, a text is what it is."""

_LETTERS = {
    "be": "b", "ce": "c", "de": "d", "efe": "f", "ge": "g", "hache": "h", "jota": "j", "ka": "k",
    "ele": "l", "eme": "m", "ene": "n", "pe": "p", "cu": "q", "erre": "r", "ere": "r", "ese": "s",
    "te": "t", "uve": "v", "ve": "v", "equis": "x", "ye": "y", "zeta": "z", "ceta": "z",
    "zed": "z", "zee": "z",
}  # fmt: skip
_TWO_WORDS = {
    ("uve", "doble"): "w", ("doble", "uve"): "w", ("i", "griega"): "y", ("be", "larga"): "b",
    ("ve", "corta"): "v",
}  # fmt: skip
_UNSURE = frozenset("de ese te ve be".split())
"""Words that are letters only after a letter that is spelled, between digits, or before a letter
that is no other word."""


@dataclass(frozen=True)
class Reading:
    """A text as it is looked through.

    Attributes:
        text: without accents, numbers in digits; capitals as they were.
        starts, ends: where in the text that was given each of its characters is from; empty: at
            the same place.
    """

    text: str
    starts: Sequence[int] = ()
    ends: Sequence[int] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of it is in the text that was given."""
        return (self.starts[start], self.ends[end - 1]) if self.starts else (start, end)


def read(text: str) -> Reading:
    """The reading of a text.

    >>> read("mi DNI: doce treinta y cuatro, cincuenta y seis setenta y ocho zeta").text
    'mi DNI: 12 34 56 78 z'
    """
    plain = text.translate(_PLAIN)
    if not _SAYS.search(plain):
        return Reading(plain)
    said = pieces(plain)
    changed = [(at, new) for at, new in enumerate(_changes(said)) if new is not None]
    if not changed:
        return Reading(plain)
    return _rewritten(plain, said, dict(changed))


def _changes(said: list[Piece]) -> list[str | None]:
    """What each piece becomes; `None`: it stays."""
    new: list[str | None] = [None] * len(said)
    at = 0
    while at < len(said):
        piece = said[at]
        if piece.kind == "digits":
            new[at] = piece.value
        elif piece.kind == "word":
            pair = (piece.value, said[at + 1].value if at + 1 < len(said) else "")
            if pair in _TWO_WORDS and _spelled(said, at - 1, at + 2):
                new[at], new[at + 1] = _TWO_WORDS[pair], ""
                at += 1
            else:
                new[at] = _letter(said, at)
        elif piece.kind == "join" and piece.end - piece.start > 1 and piece.value:
            new[at] = piece.value if _value(said, at + 1) != "bajo" else None
        elif piece.kind == "plus":
            new[at] = "+"
        at += 1
    return new


def _letter(said: list[Piece], at: int) -> str | None:
    """The letter that a word is the name of, where letters or digits are spelled beside it."""
    word = said[at].value
    if word == "o" and _is_digits(said, at - 1) and _is_digits(said, at + 1):
        return "0"
    letter = _LETTERS.get(word)
    if letter is None or not _spelled(said, at - 1, at + 1) or _is_written(said, at):
        return None
    if word not in _UNSURE:
        return letter
    before, after = _spells(said, at - 1), _spells(said, at + 1)
    if before and (after or at + 1 == len(said) or not _is_digits(said, at - 1)):
        return letter
    spelled = _spells(said, at + 1) and _spells(said, at + 2) and not _is_digits(said, at + 1)
    return letter if spelled or _is_sure_letter(_value(said, at + 1)) else None


def _is_written(said: list[Piece], at: int) -> bool:
    """Whether a word is two letters of a code and no name of one: ``DE89``, ``CE 38 79 92 B``."""
    before = said[at].glued and _is_digits(said, at - 1)
    after = _is_digits(said, at + 1) and said[at + 1].glued
    return said[at].upper or before or after


def _is_sure_letter(word: str) -> bool:
    consonant = len(word) == 1 and word.isalpha() and word not in "aeiouy"
    return consonant or (word in _LETTERS and word not in _UNSURE)


def _spelled(said: list[Piece], before: int, after: int) -> bool:
    """Whether it is so on either side, signs between left out."""
    return _spells(said, before, -1) or _spells(said, after, 1)


def _spells(said: list[Piece], at: int, step: int = 0) -> bool:
    """Whether a digit or the name of a letter is there."""
    if step and 0 <= at < len(said) and said[at].kind == "join":
        at += step
    if not 0 <= at < len(said):
        return False
    piece = said[at]
    if piece.kind == "word":
        two = (said[at - 1].value, piece.value) if at else ("", "")
        return len(piece.value) == 1 or piece.value in _LETTERS or two in _TWO_WORDS
    return piece.kind == "digits"


def _is_digits(said: list[Piece], at: int) -> bool:
    return 0 <= at < len(said) and said[at].kind == "digits"


def _value(said: list[Piece], at: int) -> str:
    return said[at].value if at < len(said) else ""


def _rewritten(plain: str, said: list[Piece], new: dict[int, str]) -> Reading:
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def put(text: str, start: int, end: int, *, whole: bool) -> None:
        out.append(text)
        if whole:
            starts.extend([start] * len(text))
            ends.extend([end] * len(text))
        else:
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))

    last = 0
    for at, piece in enumerate(said):
        gap = plain[last : piece.start]
        kept = new.get(at)
        put(gap, last, piece.start, whole=False)
        if kept is None or kept == plain[piece.start : piece.end]:
            put(plain[piece.start : piece.end], piece.start, piece.end, whole=False)
        elif piece.kind == "join" or kept:
            put(kept, piece.start, piece.end, whole=True)
        elif ends:  # the second word of a letter's name
            ends[-1 - len(gap)] = piece.end
        last = piece.end
    put(plain[last:], last, len(plain), whole=False)
    return Reading(*_without_commas("".join(out), starts, ends, said))


_SAID_COMMA = re.compile(r"(?<=\d)\s*[,.] (?=\d)")


def _without_commas(
    text: str, starts: list[int], ends: list[int], said: list[Piece]
) -> tuple[str, list[int], list[int]]:
    """Pauses within numbers that were said are no commas: "seis cero cero, uno dos tres"."""
    spoken = {p.start for p in said if p.kind == "digits" and p.end - p.start != len(p.value)}
    out: list[str] = []
    kept_starts: list[int] = []
    kept_ends: list[int] = []
    last = 0
    for found in _SAID_COMMA.finditer(text):
        beside = starts[found.start() - 1] in spoken or starts[found.end()] in spoken
        if not beside:
            continue
        out += [text[last : found.start()], " "]
        kept_starts += [*starts[last : found.start()], starts[found.start()]]
        kept_ends += [*ends[last : found.start()], ends[found.end() - 1]]
        last = found.end()
    return "".join(out) + text[last:], kept_starts + starts[last:], kept_ends + ends[last:]
