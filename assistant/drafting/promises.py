"""Does a draft promise what no rule in force stands behind?

`promised` finds what is unusual in what is committed to; it is fine where a source in force says
the same, with the same figures and as quickly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from assistant.drafting.denying import denies
from assistant.drafting.lines import Line
from assistant.drafting.promised import Commitment, How, commitments
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
RULED = 0.75
"""The same where a rule gives another figure."""
_MOMENT = re.compile(
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
_TAKEN_BACK = re.compile(
    r"\b(?:no (?:me |nos |le |se |lo )*(?:puedo|podemos|podria\w*|es posible|puede|corresponde)|"
    r"cannot|can't|unable to|couldn't|"
    r"(?<!como )si (?:el|la|los|las|un|una|en|no|su|se|nos|me|usted|hay|ha|ya|es|pasa|lo|le|al)|"
    r"(?<!even )if|unless|salvo|siempre que|(?:cuando|when|once) (?:el|la|los|las|se|ha|haya|the|"
    r"we|you|it|your)|en caso|in case|"
    r"no regal\w+|not able)\b"
)
_IF = re.compile(r"\b(?:si|cuando|if|when|where)\b[^,.;:]*")
_CONCEDES = re.compile(r"\b(?:aunque|igual|even (?:if|though|when)|although)\b")
_ASKS = re.compile(r"\?")


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
    folded = said.folded.replace("’", "'")
    found = list(commitments(folded))
    rarity = Rarity(line.read.text for line in lines if found)
    for one in found:
        if _TAKEN_BACK.search(folded) or _ASKS.search(folded, one.end):
            continue
        words = rarity.weigh(w for w in said.words if one.start <= w.start < one.end)
        if not any(_stands_behind(one, words, said, line) for line in lines):
            yield Unbacked(one.start, one.end)


def _stands_behind(one: Commitment, words: Words, said: Read, line: Line) -> bool:
    """Whether a sentence of a source says the same, as much and as quickly."""
    if one.how == "despite" and not _CONCEDES.search(line.read.folded):
        return False
    if denies(_IF.sub(" ", line.read.folded)) and not denies(said.folded[one.start : one.end]):
        return False
    part = said.folded[one.start : one.end]
    moments = {m.group() for m in _MOMENT.finditer(part)}
    if moments and not any(moment in line.read.folded for moment in moments):
        return False
    alike = max(
        share(words, line.read.words),
        0.9 * share(words, Words((*line.read.words, *line.above))),
    )
    figures = [q for q in said.figures if one.start <= q.start < one.end]
    if any(not any(meets(q, said, f, line.read) for f in line.read.figures) for q in figures):
        return bool(line.read.figures) and alike >= RULED  # then a figure is wrong, no more
    free = any(q.kind == "money" and not q.values[0][0] for q in line.read.figures)
    if _FREE.search(part) and not (free or _FREE.search(line.read.folded)):
        return False
    least = BACKED_FIGURES if figures else BACKED[one.how]
    return alike >= least
