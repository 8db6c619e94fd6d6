"""Whether a customer says that they want to complain; an agent decides what becomes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.commitments.learned import complaining, parts, sentences
from knowledge.ports import TextClassifier
from knowledge.quantities.numerals import same_length_fold
from knowledge.text import sentence_spans

_A_COMPLAINT = (
    r"(?:un[ao]?|la|mi|esta|otra|a|an|my|this|another)? ?(?:hojas? de )?(?:formal |official |new )?"
    r"(?:reclamacion(?:es)?|quejas?|denuncia|complaints?|claim against)"
)
_WANTS = re.compile(
    rf"\b(?:poner(?:les?|os|te)?|pong(?:o|a|ame)|present(?:ar|o|are)|hacer(?:les)?|interponer|formular|"
    rf"abr(?:ir|a|ame|an)|tramit(?:ar|eme)|registr(?:ar|eme)|de(?:me|nme)|quiero|necesito|pido|"
    rf"solicito|make|file|lodge|raise|open|submit|register|log|want|put in) {_A_COMPLAINT}\b|"
    r"\b(?:quiero|queria|quisiera|voy a|vamos a|gustaria|necesito|pienso|tengo que) "
    r"(?:reclamar|quejarme|quejarnos|denunciar\w*|poner una)\b|"
    r"\b(?:quiero|pido|deme|quisiera|necesito) (?:la |una |las )?hojas? de reclamaciones\b|"
    r"\b(?:voy|vamos|ire|iremos) a (?:consumo|la omic)\b|"
    r"\bdenunciar\w*\b[^.]{0,20}\b(?:consumo|omic)\b|"
    r"\b(?:want|like|wish|need|going) to complain\b|"
    r"\breport (?:you|this|it|them) to (?:the )?(?:consumer|ombudsman|trading)\b"
)
_NOT = re.compile(
    r"\b(?:no|not|don't|dont|nunca|never|sin|without)(?: \w+){0,3}\s*$|"
    r"\b(?:plazo|deadline)(?: \w+){0,3}\s*$"
)
_DONE = re.compile(r"\b(?:ya|already|hace|ago|ayer|yesterday|last)\b")
_ASKS_FOR_IT = re.compile(r"\b(?:quiero|voy a|want|going to|like to|otra|another)\b")

FOUND_FROM = 0.5
"""Least probability of a complaint that has no form."""
FORMED_FROM = 0.1
"""The same of one that has."""


def complaint_in(text: str, classifier: TextClassifier | None = None) -> tuple[int, int] | None:
    """Offsets of the sentence in which a customer wants to complain; `None` where there is none.

    Args:
        text: as said, typed or recognised.
        classifier: tells of complaints in other words, too, and which are none; `None`: forms
            alone.

    >>> complaint_in("Hola. Quiero poner una reclamación.")
    (6, 35)
    >>> complaint_in("ya puse una reclamacion ayer") is None
    True
    """
    formed = _by_forms(text)
    if classifier is None:
        return next(formed, None)
    whole = parts(text)
    sure = complaining([text[part.start : part.end] for part in whole], classifier)
    seen = list(zip(whole, sure, strict=True))
    for span in formed:
        if any(p >= FORMED_FROM and part.start <= span[0] < part.end for part, p in seen):
            return span
    part, most = max(seen, key=lambda one: one[1], default=(None, 0.0))
    if part is None or most < FOUND_FROM:
        return None
    spans = sentences(text, part)
    each = complaining([text[start:end] for start, end in spans], classifier)
    return spans[max(range(len(spans)), key=lambda n: each[n])]


def _by_forms(text: str) -> Iterator[tuple[int, int]]:
    told = text.replace("’", "'")
    for start, end in sentence_spans(told):
        folded = same_length_fold(told[start:end])
        match = _WANTS.search(folded)
        if match is None or _NOT.search(folded[: match.start()]):
            continue
        if _DONE.search(folded) and not _ASKS_FOR_IT.search(folded):
            continue
        yield start, end
