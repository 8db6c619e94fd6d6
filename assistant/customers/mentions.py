"""What a conversation says that a customer can be found by: telephones, mails, order numbers.

Pure. They are candidates: the directory knows whether there is somebody to them. Text of a speech
recogniser is meant too: no accents, no signs, numbers and addresses in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.customers.models import Sought
from assistant.customers.sought import assigned_phone_of, mail_of, order_of
from knowledge.privacy.mails import mails, written_mail
from knowledge.privacy.reading import read
from knowledge.privacy.spoken import Piece, letter, pieces
from knowledge.text import STOP_WORDS

MAX_CHARS = 20_000
"""Of a text that is looked at, its end: what was said last."""
MAX_MENTIONS = 20

_ORDER_CUES = frozenset(
    "pedido pedidos order orders encargo compra referencia ref reference localizador".split()
)
_PHONE_CUES = frozenset(
    "telefono telefonos tfno movil fijo phone telephone mobile cell llamarme llamenme".split()
)
_BETWEEN = frozenset(
    "numero number num nro n es is el the de of mi my con codigo code un una".split()
)
_MONEY = frozenset("euro euros eur € dolares dollars".split())
_BEFORE_YEAR = frozenset("en de del in of since desde".split())
_CUE_WORDS = 5
"""Words before a number among which one may say what it is."""
_LEAST_CUED, _LEAST_PLAIN = 4, 7
"""Digits of an order number, after a word for it and without one."""
_LEAST_WITH_LETTERS = 5
_MOST_LETTERS = 4
_MOST_PARTS = 40
"""Of one number, however it is spelled."""
_TIES = frozenset("-/._")
"""Signs that tie the parts of a code together."""
_LONG = 5
"""Digits of a group from which on two in a row are two numbers."""


@dataclass(frozen=True)
class Mention:
    """Something that was said.

    Attributes:
        sought: what to look for.
        start, end: where in the text.
    """

    sought: Sought
    start: int
    end: int


@dataclass(frozen=True)
class _Run:
    """Digits and letters said in one go, from one piece to another, the last not included."""

    parts: tuple[Piece, ...]
    cue: str
    plus: bool

    @property
    def digits(self) -> str:
        return "".join(part.value for part in self.parts if part.kind == "digits")

    @property
    def has_letters(self) -> bool:
        return any(part.kind == "letters" for part in self.parts)

    @property
    def code(self) -> str:
        """As it would be written; signs at the ends left out, commas and brackets everywhere."""
        joined = "".join("" if part.value in ",()" else part.value for part in self.parts)
        return joined.strip("-/._")


def mentions(text: str, country: str = "ES") -> tuple[Mention, ...]:
    """What customers could be found by in a text, in its order.

    >>> [one.sought.value for one in mentions("el pedido a b 12 34, soy el seis uno dos "
    ...     "treinta y cuatro cincuenta y seis setenta y ocho")]
    ['AB1234', '+34612345678']
    """
    skipped = max(0, len(text) - MAX_CHARS)
    text = text[skipped:]
    found = list(_mails(text))
    for one in found:  # an address is no order number
        text = text[: one.start] + "\n" * (one.end - one.start) + text[one.end :]
    for run in _runs(pieces(text), country):
        sought = _sought(run, country)
        if sought is not None:
            found.append(Mention(sought, run.parts[0].start, run.parts[-1].end))
    kept: dict[Sought, Mention] = {}
    for one in sorted(found, key=lambda mention: mention.start):
        moved = Mention(one.sought, one.start + skipped, one.end + skipped)
        kept.setdefault(one.sought, moved)
    return tuple(kept.values())[:MAX_MENTIONS]


def _mails(text: str) -> Iterator[Mention]:
    reading = read(text)
    for found in mails(reading.text):
        mail = mail_of(written_mail(reading.text[found.start : found.end].strip(".")))
        if mail is not None:
            yield Mention(Sought("mail", mail), *reading.span(found.start, found.end))


def _runs(said: list[Piece], country: str) -> Iterator[_Run]:
    at = 0
    while at < len(said):
        start = at
        parts: list[Piece] = []
        plus = False
        cue = _cue(said, at)
        while at < len(said) and len(parts) < _MOST_PARTS:
            part = _part(said, at, parts, cued=cue == "order")
            if part is None and said[at].kind == "plus" and not parts:
                plus = True
            elif part is None or _is_whole(parts, part, plus, cue, country):
                break
            else:
                parts.append(part)
            at += 1
        while parts and parts[-1].kind == "join":
            parts.pop()
        if any(part.kind == "digits" for part in parts) and not _is_amount(said, at, start):
            yield _Run(tuple(parts), cue, plus)
        at = max(at, start + 1)


def _part(said: list[Piece], at: int, parts: list[Piece], *, cued: bool) -> Piece | None:
    """The piece as a part of a run; `None`: it ends there."""
    piece = said[at]
    if piece.value == "#" and any(part.kind == "digits" for part in parts):
        return None
    if piece.kind == "digits" or (piece.kind == "join" and parts):
        return piece
    if piece.kind == "word" and piece.value == "o" and parts and _kind(said, at + 1) == "digits":
        return Piece("digits", "0", piece.start, piece.end)
    letters = _letters(said, at, parts, cued=cued)
    return None if letters is None else Piece("letters", letters, piece.start, piece.end)


def _letters(said: list[Piece], at: int, parts: list[Piece], *, cued: bool) -> str | None:
    """The letters that a word adds to a code: with digits or other letters beside them."""
    piece = said[at]
    if piece.kind != "word":
        return None
    after = said[at + 1] if at + 1 < len(said) else None
    ties = after is not None and after.glued and (after.kind == "digits" or after.value in _TIES)
    glued = ties or (piece.glued and bool(parts))
    if not piece.glued and parts and parts[-1].kind == "join" and letter(piece) is None:
        return None  # after a comma, something else begins
    if glued and len(piece.value) <= _MOST_LETTERS and piece.value.isascii():
        return piece.value.upper() if piece.upper or cued else None
    one = letter(piece)
    if one is not None:
        beside = after is not None and (letter(after) is not None or after.kind == "digits")
        follows = bool(parts) and parts[-1].kind == "letters"
        spelled = follows or (after is not None and letter(after) is not None)
        if cued and (follows or (beside and (spelled or piece.value not in STOP_WORDS))):
            return one
        return one if piece.upper and beside else None
    short = len(piece.value) <= _MOST_LETTERS and piece.value.isascii()
    known = piece.value in STOP_WORDS | _BETWEEN | _ORDER_CUES | _PHONE_CUES
    before_digits = after is not None and after.kind in ("digits", "join")
    return piece.value.upper() if cued and short and not known and before_digits else None


def _is_whole(parts: list[Piece], part: Piece, plus: bool, cue: str, country: str) -> bool:
    """Whether what is there is whole already, and the part begins something else."""
    if part.kind != "digits" or not parts:
        return False
    before = next((one for one in reversed(parts) if one.kind != "join"), part)
    tied = parts[-1].kind == "join" and parts[-1].value in _TIES
    if before.kind == "digits" and min(len(before.value), len(part.value)) >= _LONG and not tied:
        return True  # two numbers of a list
    if cue == "order" or any(one.kind == "letters" for one in parts):
        return False
    return _phone(_Run(tuple(parts), cue, plus), country) is not None


def _sought(run: _Run, country: str) -> Sought | None:
    phone = None if run.has_letters or run.cue == "order" else _phone(run, country)
    if phone is not None:
        return Sought("phone", phone)
    if run.plus or run.cue == "phone":
        return None
    least = _LEAST_CUED if run.cue else _LEAST_WITH_LETTERS if run.has_letters else _LEAST_PLAIN
    order = order_of(run.code)
    return Sought("order", order) if order is not None and len(run.digits) >= least else None


def _phone(run: _Run, country: str) -> str | None:
    if len(run.digits) < 9:
        return None
    found = assigned_phone_of(f"{'+' if run.plus else ''}{run.digits}", country)
    if found is None and run.digits.startswith("34") and not run.plus:
        found = assigned_phone_of(f"+{run.digits}", country)
    return found


def _cue(said: list[Piece], at: int) -> str:
    """``order`` or ``phone``, whichever word comes last before a place; empty: neither does."""
    for piece in reversed(said[max(0, at - _CUE_WORDS) : at]):
        if piece.kind == "digits":
            return ""
        if piece.kind == "word" and piece.value in _ORDER_CUES:
            return "order"
        if piece.kind == "word" and piece.value in _PHONE_CUES:
            return "phone"
    return ""


def _is_amount(said: list[Piece], end: int, start: int) -> bool:
    """Whether a number is money, or a year."""
    after = said[end].value if end < len(said) else ""
    before = said[start - 1].value if start else ""
    year = said[start].kind == "digits" and re.fullmatch(r"(?:19|20)\d\d", said[start].value)
    return after in _MONEY or bool(year and end == start + 1 and before in _BEFORE_YEAR)


def _kind(said: list[Piece], at: int) -> str:
    return said[at].kind if at < len(said) else ""
