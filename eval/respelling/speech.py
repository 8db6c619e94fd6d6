"""A question as a speech recogniser writes it down: no marks, no capitals, figures in words.

People hesitate and say a word twice; a recogniser writes that too. What it mishears is not tried.
"""

from __future__ import annotations

import random
import re

from eval.components.privacy.speech import number
from knowledge.models import Language

_FIGURE = re.compile(r"(?<![\w.,-])\d{1,3}(?![\w-]|[.,]\d)")
_SIGNS = {
    "es": {"€": " euros", "%": " por ciento"},
    "en": {"€": " euros", "%": " percent", "£": " pounds", "$": " dollars"},
}
_MARKS = re.compile(r"[¿?¡!;:()\"«»“”…]|[.,](?=\s|$)|(?<=\s)[-–—](?=\s)")
_FILLERS = {"es": ("eh", "este", "bueno", "o sea"), "en": ("uh", "um", "well", "you know")}


def as_recognised(text: str, language: Language, draw: random.Random) -> str:
    """The text as said and written down.

    >>> as_recognised("¿Tengo 30 días, o son 45?", "es", random.Random(2))
    'tengo tengo eh treinta días o son cuarenta y cinco'
    """
    for sign, said in _SIGNS[language].items():
        text = text.replace(sign, said)
    said = _FIGURE.sub(lambda match: number(int(match.group()), language), text)
    words = _MARKS.sub(" ", said).lower().split()
    if not words:
        return text
    twice, filled = draw.randrange(len(words)), draw.randrange(len(words))
    filler = draw.choice(_FILLERS[language])
    spoken: list[str] = []
    for at, word in enumerate(words):
        spoken += [filler] * (at == filled) + [word] * (1 + (at == twice))
    return " ".join(spoken)
