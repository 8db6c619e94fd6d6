"""Does a draft promise what no rule in force stands behind?

What is promised is found by `assistant.commitments`, and a few forms of money that it leaves to
people. Ordering what the company does anyway promises nothing new; being quicker than every rule,
paying whole or making an exception does, unless a source in force says the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assistant.commitments.due import Clock
from assistant.commitments.recognise import promises_in
from assistant.drafting.facts import Line
from assistant.support.reading import Read
from knowledge.conflicts.wording import Words, share

BACKED = 0.6
BACKED_GIFT = 0.85
"""Share of a promise's words that a sentence of a source has to have to stand behind it: of one
that is quick, and of one that gives something."""
_QUICK = re.compile(
    r"\b(?:hoy(?: mismo)?|manana(?: mismo)?|ahora mismo|al instante|en el acto|inmediatamente|"
    r"de inmediato|esta (?:misma )?(?:tarde|noche|manana)|en (?:una|dos|un par de|24|unas) horas?|"
    r"today|tonight|tomorrow|right (?:now|away)|straight ?away|immediately|at once|instantly|"
    r"this (?:very )?(?:morning|afternoon|evening)|within the hour|in (?:an|two|"
    r"a couple of|24) hours?|"
    r"(?:antes del?|para el|el|este|before|by|on) (?:lunes|martes|miercoles|jueves|viernes|sabado|"
    r"domingo|monday|tuesday|wednesday|thursday|friday|saturday|sunday))\b"
)
_QUICK_THINGS = frozenset(("refund", "replace", "deliver", "repair"))
_SLOT = re.compile(
    r"\bde \d{1,2}(?::\d\d)? a \d|\bentre las \d|\b(?:from|between) \d|\d{1,2}:\d\d (?:a|"
    r"to|and|y|-) "
)
"""An appointment with its hours stands on the screen of whoever writes."""
_DATED = re.compile(r"\b\d{1,2}(?: de)? [a-z]{3,}")
"""A whole date is one of the screen."""
_GIFT = re.compile(
    r"\b(?:de regalo|sin cobrarle\w*|gratis|sin (?:ningun )?coste|al mismo precio|my treat|"
    r"for the same price|free of charge|for free|at no (?:extra )?cost|as a gift)\b"
)
_COMMITS = re.compile(
    r"\b(?:i|we|they|the team|the fitters?|the driver|our \w+)(?:'ll| will| can)\b|"
    r"\b(?:le|les|se l[oa]s?|te|lo|la) \w{2,}(?:o|mos|n|re|ran)\b|"
    r"\b\w+(?:amos|emos|imos) (?:el|la|su)\b|"
    r"\byou can have\b"
)
_AMOUNT = re.compile(
    r"\b(?:i|we)(?:'ll| will| am going to| are going to) (?:\w+ )?(?:send|give|get|add|pay|credit) "
    r"(?:you )?[^.;]{0,20}(?:[€£$] ?\d|\d ?€|voucher|discount|gift)|"
    r"\b(?:le|te|les|se l[oa]) (?:mando|doy|pongo|abono|ingreso|damos|mandamos|"
    r"ponemos|regalo) "
    r"[^.;]{0,20}(?:vale|tarjeta regalo|descuento|\d+ ?(?:€|euros))"
)
_GENEROUS = re.compile(
    r"\b(?:dobl(?:o|amos)\b[^.;]{0,20}|por esta vez|como excepcion|excepcionalmente|"
    r"ha(?:go|re|cemos|remos) una excepcion|"
    r"por las molestias|como (?:gesto|detalle|compensacion)|sin que (?:le|tenga que)|"
    r"(?:no|ni) (?:se )?(?:le |les |te )?(?:cobro|cobramos|cobrare|cobraremos|voy a cobrar|"
    r"vamos a cobrar)|"
    r"(?:se l[aoe]s? |le |les |te )(?:regal|perdon|descont|descuent|rebaj|quit|condon|compens|"
    r"duplic|alarg|ampli|guard)(?:o|amos|are|aremos|emos|mos)\b|"
    r"(?:se l[aoe]s? |le |les |te )(?:hago|hacemos|haremos|hare) (?:un|una|el) (?:\d+ % de )?"
    r"(?:descuento|rebaja|precio)|"
    r"(?:se l[aoe]s? |le |les |te )(?:pago|pagamos|pagare|pagaremos|voy a pagar|vamos a pagar|"
    r"abonamos|abono|abonare|abonaremos|devuelvo|devolvemos|devolveremos|reembolsamos|"
    r"reembolsaremos)\b[^.;]{0,40}\b(?:tod[oa]s?|integr[oa]|enter[oa]|complet[oa]|doble)|"
    r"(?:le|les|te) (?:doy|damos|daremos|dare) (?:otro|otra|uno|una|un) (?:\w+ )?(?:gratis|"
    r"nuev[oa]|de regalo)|"
    r"aunque (?:este|haya pasado|se haya pasado) (?:fuera de |el )?plazo|"
    r"(?:just )?this (?:once|one time)|as an exception|make an exception|for your trouble|"
    r"as a (?:gesture|goodwill|one-off)|goodwill gesture|on the house|"
    r"(?:i|we)(?:'ll| will| can| am going to| are going to)? ?(?:waive|knock off|throw in|double|"
    r"write off|extend|compensate)|(?:i|we)(?:'ll| will)? (?:won't|will not|not) charge|"
    r"(?:i|we) (?:won't|will not) charge|"
    r"(?:i|we)(?:'ll| will| am going to| are going to) (?:refund|pay|give|replace|cover|"
    r"reimburse)\b"
    r"[^.;]{0,40}\b(?:all|whole|full|entire|every|everything|double|extra|free|new)|"
    r"(?:i|we)(?:'ll| will) give you (?:a |an )?(?:discount|\d+ ?%|[€£$]\d+))\b"
)
_ORDERS = re.compile(
    r"\b(?:le|les|se lo) (?:digo|pido|decimos|pedimos|dire|"
    r"diremos) (?:yo )?al? (?:conductor|tecnico|"
    r"repartidor|almacen|transportista|montador) que\b|"
    r"\b(?:i|we)(?:'ll| will| am going to)? (?:tell|ask|have|get) the (?:driver|technician|"
    r"warehouse|"
    r"fitter|courier) (?:to\b|come|deliver)"
)
"""What others are told to do for the customer."""
_TAKEN_BACK = re.compile(
    r"\b(?:no puedo|no podemos|no es posible|cannot|can't|unable to|no se puede|si (?:el|"
    r"la|un|una|en|no|su)|"
    r"if|unless|salvo|siempre que|cuando|when|once|en caso)\b"
)


class Unbacked(NamedTuple):
    """A promise with no rule behind it; offsets in the sentence."""

    start: int
    end: int


def unbacked(said: Read, lines: Sequence[Line], clock: Clock) -> Iterator[Unbacked]:
    """The promises of a sentence that no source in force stands behind.

    Args:
        said: the sentence.
        lines: of the passages that may speak of the same.
        clock: when it is written, and how days are counted.
    """
    folded = said.folded
    for start, end, quick in _promised(said, clock):
        part = folded[start:end]
        if _TAKEN_BACK.search(folded[:end]):
            continue
        words = Words(w for w in said.words if start <= w.start < end)
        if not any(_stands_behind(words, part, line, quick=quick) for line in lines):
            yield Unbacked(start, end)


def _promised(said: Read, clock: Clock) -> list[tuple[int, int, bool]]:
    """Where something unusual is promised, and whether what is unusual is how quickly."""
    folded = said.folded
    found: list[tuple[int, int, bool]] = []
    for pattern in (_GENEROUS, _ORDERS):
        found += [(*_clause(folded, *match.span()), False) for match in pattern.finditer(folded)]
    for match in _AMOUNT.finditer(folded):
        found.append((*_clause(folded, *match.span()), True))
    for match in _GIFT.finditer(folded):
        start, end = _clause(folded, *match.span())
        if _COMMITS.search(folded[start:end]):
            found.append((start, end, True))
    for one in promises_in(said.text, clock):
        quick = _QUICK.search(folded[one.start : one.end])
        if one.conditional or one.what not in _QUICK_THINGS or not quick:
            continue
        if _SLOT.search(folded) or _DATED.search(folded[one.start : one.end]):
            continue
        found.append((one.start, one.end, True))
    kept: list[tuple[int, int, bool]] = []
    for place in sorted(found):
        if not kept or place[0] >= kept[-1][1]:
            kept.append(place)
    return kept


def _clause(folded: str, start: int, end: int) -> tuple[int, int]:
    """From the beginning of a clause to its end."""
    first = max(folded.rfind(sign, 0, start) for sign in ",;:") + 1
    stops = [at for sign in ",;:." if (at := folded.find(sign, end)) >= 0]
    last = min(stops, default=len(folded))
    while first < start and not folded[first].isalnum():
        first += 1
    return first, last


def _stands_behind(words: Words, part: str, line: Line, *, quick: bool) -> bool:
    """Whether a sentence of a source says the same, as quickly."""
    if quick:
        moments = {m.group() for m in _QUICK.finditer(part)}
        if moments and not any(moment in line.read.folded for moment in moments):
            return False
        free = any(q.kind == "money" and not q.values[0][0] for q in line.read.figures)
        if _GIFT.search(part) and not free:
            return False
    return share(words, line.read.words) >= (BACKED if quick else BACKED_GIFT)
