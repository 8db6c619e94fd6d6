"""Does a draft promise, by its forms, what no rule in force stands behind?

`promised` finds what is unusual in what is committed to; it is fine where a source in force says
the same, with the same figures and as quickly. `unallowed` weighs that beside what was learned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from assistant.drafting.denying import denies
from assistant.drafting.lines import Line
from assistant.drafting.promised import Commitment, commitments, told_apart
from assistant.drafting.promised_kinds import How
from assistant.support.figures import meets
from assistant.support.reading import Read
from knowledge.conflicts.wording import Rarity, Words, share

BACKED: Mapping[How, float] = {
    "gift": 0.8,
    "quick": 0.75,
    "despite": 0.7,
    "work": 0.75,
    "plain": 0.52,
}
"""Share of a promise's words, rare ones more, that a sentence of a source has to have to stand
behind it."""
BACKED_FIGURES = 0.5
"""The same where its figures are the promise's too."""
OWN = 0.1
"""Share that the sentence has itself, at least, without its headings."""
ABOVE = 0.6
"""What a word counts that only stands in its headings."""
RULED = 0.75
"""The same where a rule gives another figure."""
MOMENT = re.compile(
    r"\b(?:hoy|manana|ahora|inmediat\w+|al instante|esta (?:tarde|noche)|today|tonight|tomorrow|"
    r"immediately|right (?:now|away)|at once|en el (?:acto|momento)|(?:lunes|martes|miercoles|"
    r"jueves|viernes|sabado|domingo|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|"
    r"nochebuena|navidad\w*|christmas|reyes)\b"
)
_FREE = re.compile(
    r"\b(?:de regalo|sin cobrar\w*|gratis|gratuit\w+|sin (?:ningun )?coste|al mismo precio|"
    r"no (?:se )?(?:le )?cobr\w+|corre\w* (?:de|a) \w+ cuenta|"
    r"for the same price|free|no (?:extra )?(?:cost|charge)|as a gift|not charged|on us)\b"
)
_WAIVES = re.compile(
    r"\b(?:waive|drop|cancel|scrap|remove|take off|lift|absorb)\w*[^.;,]{0,20}"
    r"\b(?:charges?|fees?|costs?)\b|\b(?:perdon|condon|anul|quit)\w*[^.;,]{0,20}"
    r"\b(?:cargo|coste|gastos?|recargo|suplemento)\b"
)
CANNOT = re.compile(
    r"\b(?:no (?:me |nos |le |se |lo )*(?:puedo|podemos|podria\w*|es posible|puede|corresponde)|"
    r"cannot|can't|unable to|couldn't|no regal\w+|not able)\b"
)
_CONDITION = re.compile(
    r"\b(?:(?<!como )si (?:el|la|los|las|un|una|en|no|su|se|nos|me|usted|hay|ha|ya|es|pasa|lo|le|"
    r"al)|(?<!even )if|unless|salvo|siempre que|(?:cuando|when|once) (?:el|la|los|las|se|ha|haya|"
    r"the|we|you|it|your)|en caso|in case)\b"
)
IF = re.compile(r"\b(?:si|cuando|if|when|where)\b[^,.;:]*")
_CONCEDES = re.compile(r"\b(?:aunque|igual|even (?:if|though|when)|although)\b")
_ASKS = re.compile(r"^[^¿]*\?")
"""From a promise on: it is asked. A question of its own behind it asks whether it is welcome."""
_TAG = re.compile(r"(?:ok(?:ay)?|all right|alright|de acuerdo|vale|le parece(?: bien)?)\?")


class Unbacked(NamedTuple):
    """A promise with no rule behind it; offsets in the sentence."""

    start: int
    end: int


def unbacked(said: Read, lines: Sequence[Line]) -> Iterator[Unbacked]:
    """The promises of a sentence that no source in force stands behind.

    Args:
        said: the sentence.
        lines: of the passages that may speak of the same.
    """
    folded = told_apart(said.text, said.folded.replace("’", "'"))
    found = list(commitments(folded))
    rarity = Rarity(line.read.text for line in lines if found)
    for one in found:
        if _is_taken_back(one, folded) or is_asked(said.text[one.start :]):
            continue
        words = rarity.weigh(w for w in said.words if one.start <= w.start < one.end)
        if not any(stands_behind(one, words, said, line) for line in lines):
            yield Unbacked(one.start, one.end)


def _is_taken_back(one: Commitment, folded: str) -> bool:
    """Whether it is denied, or holds on a condition; what is given away is, on any."""
    if one.how in ("gift", "despite"):
        return bool(CANNOT.search(folded))
    return bool(CANNOT.search(folded) or _CONDITION.search(folded))


def is_asked(text: str) -> bool:
    """Whether a sentence asks from a promise on, and not just whether it is welcome."""
    return bool(_ASKS.search(text)) and not _TAG.search(text.casefold())


def shares(words: Words, line: Line) -> tuple[float, float]:
    """Share of words that a sentence has itself, and that with its headings, which count less."""
    own = share(words, line.read.words)
    return own, own + ABOVE * (share(words, line.every) - own)


def stands_behind(one: Commitment, words: Words, said: Read, line: Line) -> bool:
    """Whether a sentence of a source says the same, as much and as quickly."""
    if one.how == "despite" and not _CONCEDES.search(line.read.folded):
        return False
    if denies(IF.sub(" ", line.read.folded)) and not denies(said.folded[one.start : one.end]):
        return False
    part = said.folded[one.start : one.end]
    moments = {m.group() for m in MOMENT.finditer(part)}
    if moments and not any(moment in line.read.folded for moment in moments):
        return False
    own, alike = shares(words, line)
    if own < OWN:
        return False
    figures = [q for q in said.figures if one.start <= q.start < one.end]
    if any(not any(meets(q, said, f, line.read) for f in line.read.figures) for q in figures):
        return bool(line.read.figures) and alike >= RULED  # then a figure is wrong, no more
    free = any(q.kind == "money" and not q.values[0][0] for q in line.read.figures)
    if _FREE.search(part) and not (free or _FREE.search(line.read.folded)):
        return False
    if _WAIVES.search(part) and not (free or _WAIVES.search(line.read.folded)):
        return False
    least = BACKED_FIGURES if figures else BACKED[one.how]
    return alike >= least
