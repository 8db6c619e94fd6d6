"""How a question about a fact is worded, in each language: templates around words of the source."""

from __future__ import annotations

import re
from collections.abc import Mapping

from eval.golden.models import Fact, FactKind
from knowledge.models import Language

_ASKS: Mapping[Language, Mapping[FactKind, str]] = {
    "es": {
        "duration": "¿cuánto tiempo?",
        "money": "¿cuánto?",
        "number": "¿cuánto?",
        "date": "¿en qué fecha?",
        "text": "¿a qué hora?",
        "entity": "¿a qué teléfono?",
    },
    "en": {
        "duration": "how long?",
        "money": "how much?",
        "number": "how much or how many?",
        "date": "on what date?",
        "text": "at what time?",
        "entity": "what telephone number?",
    },
}
_PERCENT = {"es": "¿qué porcentaje?", "en": "what percentage?"}
_COSTS = {"es": "¿cuánto cuesta?", "en": "how much does it cost?"}
_LOOSE = {
    "es": frozenset(
        "a al antes como con de del dentro desde después el en entre es hasta la las los maximo "
        "máximo mas más menos minimo mínimo o para por que solo son tras un una unas unos y".split()
    ),
    "en": frozenset(
        "a about after an and are at before between by for from in is least maximum minimum more "
        "most of on only or than the to until up with within".split()
    ),
}
"""What stands before a figure and says nothing without it."""
_NUMBERING = re.compile(r"^(?:\d+(?:\.\d+)*\.?|[a-z]\)|[ivx]+\.)\s+", re.IGNORECASE)
_MODAL = re.compile(
    r"^(?P<who>[^,;:]{2,60}?) (?P<modal>must|may|can|should)(?P<denied>not| not)? (?P<rest>.+)$",
    re.IGNORECASE,
)
_DENIAL = re.compile(r"\bno\s+", re.IGNORECASE)


def asks(fact: Fact, language: Language) -> str:
    """The end of a question for a fact."""
    if fact.unit == "percent":
        return _PERCENT[language]
    if fact.kind == "money" and fact.value is None:
        return _COSTS[language]
    return _ASKS[language][fact.kind]


def lead(text: str, language: Language) -> str:
    """What a sentence says before a figure, without the loose words that lead up to it.

    >>> lead("El dinero se devuelve en un máximo de", "es")
    'El dinero se devuelve'
    """
    words = text.strip(" ,;:(").split()
    while words and words[-1].lower().strip(",;:") in _LOOSE[language]:
        words.pop()
    return " ".join(words).rstrip(",;:")


def about(topic: str, said: str, ask: str) -> str:
    """A question: what it is about, what is said of it, and what is not known.

    >>> about("4. Reembolso", "El dinero se devuelve", "¿en cuánto tiempo?")
    'Reembolso: el dinero se devuelve, ¿en cuánto tiempo?'
    """
    topic = heading(topic)
    return f"{topic}: {lowered(said)}, {ask}" if topic else f"{said}, {ask}"


def of_cell(label: str, column: str, language: Language) -> str:
    """A question for a cell of a table.

    >>> of_cell("Colchones", "Plazo", "es"), of_cell("Mattresses", "Return period", "en")
    ('Colchones: ¿plazo?', 'Mattresses: return period?')
    """
    return f"{label}: {'¿' if language == 'es' else ''}{lowered(column)}?"


def whether(sentence: str, start: int, language: Language) -> str | None:
    """A question of yes or no for a sentence that obliges or forbids; `None` where none is formed.

    Args:
        sentence: with its full stop.
        start: where the mark of obligation begins.
        language: of the sentence.

    >>> whether("No se le puede pedir que explique por qué.", 0, "es")
    '¿Se le puede pedir que explique por qué?'
    >>> whether("Customers must keep the receipt.", 10, "en")
    'Must customers keep the receipt?'
    """
    plain = sentence.strip().rstrip(".")
    if language == "es":
        denied = _DENIAL.match(sentence, start)
        if denied is not None:
            plain = (sentence[:start] + sentence[denied.end() :]).strip().rstrip(".")
        return f"¿{plain[:1].upper()}{plain[1:]}?"
    found = _MODAL.match(plain)
    if found is None:
        return None
    return f"{found['modal'].capitalize()} {lowered(found['who'])} {found['rest']}?"


def heading(text: str) -> str:
    """A heading without its number."""
    return _NUMBERING.sub("", text).strip(" .:")


def lowered(text: str) -> str:
    """With a small first letter, unless names follow, or it is an abbreviation or has a figure."""
    first, _, rest = text.partition(" ")
    names = any(word[:1].isupper() for word in rest.split())
    if names or sum(letter.isupper() for letter in first) > 1 or any(c.isdigit() for c in first):
        return text
    return text[:1].lower() + text[1:]
