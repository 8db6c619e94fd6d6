"""A sentence taken apart into clauses, and the kinds of words that tell what each one states.

Clauses are what is held against the sources in `assistant.drafting.pairs`: one of a sentence may be
wrong and the others right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from assistant.drafting.denying import denies
from assistant.support.reading import Read

Array = NDArray[np.float64]
Span = tuple[int, int]

LEAST = 2
"""Content words of a clause; what has fewer belongs to the one before it."""
_CUT = re.compile(
    r"[,;:()]\s+|\.\s+|\s(?=(?:pero|aunque|y|e|porque|but|and|so|because|although|sin|without|"
    r"cuando|mientras|hasta que|en cuanto|para que|when|while|until|once|so that)\s)"
)
_KINDS: Mapping[str, str] = {
    "only": r"solo|unicamente|solamente|exclusiv\w+|only|just|solely",
    "any": r"cualquier\w*|tod[oa]s?|siempre|nunca|da igual|no importa|cada|any\w*|every\w*|always|"
    r"never|all|whatever|regardless|igual|whole|enter[oa]s?|tambien|also|too|as well|incluso|even",
    "free": r"gratis|gratuit\w+|incluid\w+|free|included|nada|nothing|"
    r"no (?:extra )?(?:cost|charge|fee)\w*|sin (?:coste|cargo|suplemento|recargo|gasto)\w*|"
    r"no (?:se )?(?:cobra|cuesta|paga)\w*",
    "paid": r"cuesta\w*|cobr\w+|pag[aue]\w*|abon\w+|coste\w*|suplemento\w*|recargo|precio|costs?|"
    r"charge[ds]?|pay\w*|fees?|price|descuent\w+|suma\w*|aparte|por su cuenta|a su cargo",
    "must": r"tien\w+ que|deb\w+|hay que|obliga\w+|must|ha[vs]e? to|need\w*|requir\w+|pid\w+|"
    r"exig\w+|hace falta|necesit\w+|imprescindible|condici\w+|bring|aport\w+|present\w+",
    "may": r"pued\w+|podr\w+|may|can|could|admit\w+|acept\w+|allow\w+|accept\w*|permit\w*|vale\w?",
    "before": r"antes|before|previ\w+|anticip\w+|adelant\w+|earlier",
    "after": r"despues|tras|after|luego|pasad[oa]s?|later|una vez|once",
    "at most": r"hasta|maximo|como mucho|up to|at most|within|en menos|limite",
    "at least": r"minimo|al menos|at least|mas de|superior|over|more than|minimum|desde|from",
    "customer": r"usted|cliente\w*|you|customer\w*|su cuenta|your",
    "company": r"nosotros|we|our|nuestr\w+|us|equipo",
    "lost": r"pierd\w*|perdid\w+|fuera|exclu\w+|lose\w*|lost|left out|rechaz\w+|refus\w+|anul\w+|"
    r"exist\w+|cadu\w+|expir\w*|termin\w+|end\w*|vence\w*|suspen\w+",
    "if": r"si|cuando|salvo|excepto|siempre que|if|when|unless|except|provided|only if|as long as",
    "first": r"primer\w*|first|inici\w+|empiez\w+|comienz\w+|start\w*|arranc\w+",
    "last": r"ultim\w+|last|final\w*|end of",
    "same": r"mism[oa]s?|same|igual",
    "other": r"otr[oa]s?|another|other|distint\w+|different|nuev[oa]s?|new|segund[oa]|second",
    "by itself": r"sol[oa]s?|automatic\w+|itself|automatically|renuev\w+|renew\w*",
    "working": r"laborables?|habiles|working|business",
    "calendar": r"naturales|calendar",
    "sorry": r"lament\w+|siento|sentimos|sorry|afraid|entiendo|entendemos|understand|disculp\w+|"
    r"apolog\w+|gracias|thank\w*",
    "own": r"i|my|me|mi|yo|abro|anoto|apunto|dejo|mando|envio|llamo|escribo|paso|registro|confirmo|"
    r"reviso|miro|compruebo|veo|puedo|he",
}
_WORDS = tuple(re.compile(rf"\b(?:{words})\b") for words in _KINDS.values())
SAID_AS = ("denies", *_KINDS)
"""What `said_as` tells of a text."""


def clauses(said: Read) -> list[Span]:
    """Where the clauses of a sentence stand, in order; none where it has no content words."""
    cuts = [0, *(m.end() for m in _CUT.finditer(said.folded)), len(said.folded)]
    found: list[Span] = []
    for start, end in pairwise(cuts):
        if found and (_count(said, start, end) < LEAST or _count(said, *found[-1]) < LEAST):
            found[-1] = (found[-1][0], end)
        elif end > start:
            found.append((start, end))
    return [span for span in found if _count(said, *span)]


def _count(said: Read, start: int, end: int) -> int:
    return sum(start <= word.start < end for word in said.words)


@lru_cache(maxsize=20_000)
def said_as(folded: str) -> Array:
    """``(len(SAID_AS),)`` of 0 and 1: what a folded text has of `SAID_AS`."""
    told = np.array([denies(folded), *(bool(kind.search(folded)) for kind in _WORDS)], np.float64)
    told.setflags(write=False)  # shared by all who ask the same
    return told
