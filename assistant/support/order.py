"""Are the words of a statement put together as the evidence puts them? `Read` and `Read` -> counts.

Whoever joins the words of a source to another sense ("por llamada, no por pedido" for "por pedido,
no por llamada") keeps the words and takes them out of their places. Whole clauses may change
places, and so may what is only listed; what stands together within a clause may not.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from assistant.support.figures import Difference
from assistant.support.reading import Read
from knowledge.text import STOP_WORDS, stem

AHEAD = 4
"""How many content words further on, in the evidence, two may stand that are said together."""
PLACE = 4
"""Words of the evidence that may stand where the statement has one."""
MOST_SWAPPED = 14
"""Words of a statement that are tried in each other's place."""
LIKE = 0.5
"""Share of the statement's words that are in the evidence's order from which the two say the same
but for what is swapped: chosen on half ``fit``."""

_LISTED = frozenset("y e o u ni and or nor , ;".split())
_SIGNS = frozenset(",.;:()—–\n")
_JOINS = frozenset(
    "y e o u pero sino si cuando porque mientras aunque and or but if when because while although "
    "unless salvo excepto except nor ni que".split()
)
_ARTICLES = frozenset("el la los las un una unos unas lo the a an se le les del al su sus".split())


class Piece(NamedTuple):
    """A word or figure of a sentence.

    Attributes:
        text: stem, or digits.
        start: offset.
        end: offset after it.
        clause: which clause of the sentence, from 0.
        content: whether it is more than a function word.
        joined: whether a sign or a word such as "y" stands before it.
    """

    text: str
    start: int
    end: int
    clause: int
    content: bool
    joined: bool


@lru_cache(maxsize=20_000)
def pieces(one: Read) -> tuple[Piece, ...]:
    """The words of a sentence without articles, in order."""
    found: list[Piece] = []
    clause, last, joined = 0, 0, False
    for token in one.order:
        if any(sign in _SIGNS for sign in one.text[last : token.start]) or token.text in _JOINS:
            clause += 1
            joined = True
        last = token.end
        if token.text in _ARTICLES or token.text in _JOINS:
            continue
        content = token.text not in STOP_WORDS
        text = stem(token.text, one.language)
        found.append(Piece(text, token.start, token.end, clause, content, joined))
        joined = False
    return tuple(found)


class Order(NamedTuple):
    """How a statement puts together what the evidence says.

    Attributes:
        broken: share of its neighbouring content words that the evidence has in other places.
        apart: two of its words that stand in each other's place, and a word of the evidence that
            stands in the place of another; at most one each.
    """

    broken: float = 0.0
    apart: tuple[Difference, ...] = ()


def order_of(said: Read, found: Read, known: frozenset[str]) -> Order:
    """A statement held against a stretch of evidence of its language.

    Args:
        said: the statement.
        found: the stretch.
        known: stems of all the words of the evidence.
    """
    own, there = pieces(said), pieces(found)
    if not own or not there:
        return Order()
    texts, others = [p.text for p in own], [p.text for p in there]
    base = LCSseq.similarity(texts, others)
    broken = _broken(own, there)
    if base / len(own) < LIKE:
        return Order(broken)
    found_apart = (_swapped(own, there, base), _displaced(own, there, known))
    return Order(broken, tuple(one for one in found_apart if one))


def _swapped(own: Sequence[Piece], there: Sequence[Piece], base: int) -> Difference | None:
    """Two words that make the statement more like the evidence when they change places."""
    texts, others = [p.text for p in own], [p.text for p in there]
    common = {p.text: p for p in own if p.content and p.text in others}
    best, span = 1, None
    for (a, one), (b, other) in combinations(list(common.items())[:MOST_SWAPPED], 2):
        if _listed(a, b, there) or _listed(a, b, own):
            continue
        turned = [b if t == a else a if t == b else t for t in texts]
        gain = LCSseq.similarity(turned, others) - base
        if gain > best:
            best, span = gain, (one, other)
    if span is None:
        return None
    at = others.index(span[1].text)
    return Difference("rearranged", (span[0].start, span[0].end), (there[at].start, there[at].end))


def _listed(a: str, b: str, among: Sequence[Piece]) -> bool:
    """Whether two words stand side by side in a list: "vacía y desconectada"."""
    return any(
        {first.text, second.text} == {a, b} and second.joined for first, second in pairwise(among)
    )


def _displaced(
    own: Sequence[Piece], there: Sequence[Piece], known: frozenset[str]
) -> Difference | None:
    """A word that stands between two where the evidence has another of its words."""
    for i, piece in enumerate(own):
        if not piece.content or piece.text not in known or i == len(own) - 1:
            continue
        rival = (
            _between(own[i - 1], own[i + 1], piece.text, there)
            if i
            else _first(piece.text, own[1], there)
        )
        if (
            rival
            and rival.text.isdigit() == piece.text.isdigit()
            and not _listed(piece.text, rival.text, there)
        ):
            return Difference("rearranged", (piece.start, piece.end), (rival.start, rival.end))
    return None


def _first(text: str, after: Piece, there: Sequence[Piece]) -> Piece | None:
    """What begins a clause of the evidence where the statement begins with a word."""
    for first, second in pairwise(there):
        if second.text == after.text and first.content and first.text != text:
            begins = first is there[0] or first.joined
            return first if begins and not second.joined else None
    return None


def _between(before: Piece, after: Piece, text: str, there: Sequence[Piece]) -> Piece | None:
    rival: Piece | None = None
    for a, first in enumerate(there):
        if first.text != before.text:
            continue
        for b in range(a + 2, min(a + 2 + PLACE, len(there))):
            if there[b].text != after.text:
                continue
            inside = there[a + 1 : b]
            if any(p.text == text for p in inside):
                return None
            if any(p.joined for p in inside[1:]) or len(inside) > 3:
                continue
            content = [p for p in inside if p.content]
            rival = rival or (content[0] if content else None)
    return rival


def _broken(own: Sequence[Piece], there: Sequence[Piece]) -> float:
    words = [p for p in own if p.content]
    places = {
        p.text: [
            (i, q.clause) for i, q in enumerate(w for w in there if w.content) if q.text == p.text
        ]
        for p in words
    }
    pairs = [
        (places[one.text], places[other.text])
        for one, other in pairwise(words)
        if one.clause == other.clause and places[one.text] and places[other.text]
    ]
    if not pairs:
        return 0.0
    wrong = sum(
        not any(0 < j - i <= AHEAD and c == d for i, c in first for j, d in second)
        for first, second in pairs
    )
    return wrong / len(pairs)
