"""What the agent told the customer, and whether a source says it too.

A statement rests on a sentence of a source when most of its content words stand there, its numbers
too, and both say no or neither does. Strict on purpose: what is not found is listed as said without
a source, for the agent to see, and nothing is said to have one that has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.speech import asks, said_words
from assistant.summary.models import Source
from assistant.summary.outcome import is_for_later, plain
from assistant.summary.quotes import Quote
from knowledge.language import question_language
from knowledge.models import Language
from knowledge.quantities.extract import quantities_of
from knowledge.quantities.values import values
from knowledge.text import content_words, sentence_spans, stem

COVERED = 0.6
"""Share of a statement's content words that stand in the sentence it rests on."""
LEAST_SHARED = 2

_PHATIC = re.compile(
    r"\b(?:lo siento|lo lamento|lament\w+|disculp\w+|perdon\w*|buen[oa]s (?:dias|tardes|noches)|le "
    r"atiende|gracias|un (?:momento|segundo|instante)|espere|dejeme|permitame|se lo (?:digo|miro)|"
    r"cuenteme|digame|ya lo tengo|que tenga|me alegro|tiene razon|le entiendo|lo entiendo|"
    r"encantad\w+|a su disposicion|ahora mismo|claro que si|por supuesto|"
    r"sorry|apologi\w+|good (?:morning|afternoon|evening)|speaking|one (?:moment|second)|bear with|"
    r"let me|thank\w*|have a (?:nice|good|great|lovely)|glad|happy to|of course|i understand|"
    r"you re (?:right|welcome)|i see|how (?:can|may) i help|this is)\b"
)
"""Said for courtesy, or while something is looked up: nobody has to answer for it."""
_NO = re.compile(r"\b(?:no|ni|nunca|tampoco|not|t|never|cannot|neither)\b")
_WITHOUT = re.compile(r"\b(?:sin|without)\b")
_ANSWER = re.compile(
    r"^\W*(?:s[ií]|no|yes|claro|exacto|correcto|vale|bueno|yeah|right|sure)[,.;]\s*", re.I
)
"""Said to a question, with a sign after it: "no, se recoge" says that it is picked up."""


@dataclass(frozen=True)
class Told:
    """Something the agent told, and the passage that says it; `None`: none of those known does."""

    quote: Quote
    source: Source | None


def statements_of(quotes: Iterable[Quote]) -> list[Quote]:
    """The agent's sentences that tell something: no question, courtesy or promise.

    Args:
        quotes: the agent's sentences.
    """
    found = []
    for quote in quotes:
        text = quote.text
        signed = any(c in text for c in ".!?")
        if "?" in text or (not signed and asks(text)) or is_for_later(text):
            continue
        language = question_language(text)
        courtesy = _PHATIC.search(plain(text)) and not values(text, language)
        if len(said_words(text)) >= LEAST_SHARED and not courtesy:
            found.append(quote)
    return found


def told(quotes: Iterable[Quote], sources: Sequence[Source]) -> list[Told]:
    """The statements of an agent, each with the passage it rests on."""
    return [Told(quote, support(quote.text, sources)) for quote in statements_of(quotes)]


def support(statement: str, sources: Sequence[Source]) -> Source | None:
    """The first passage of which a sentence says what a statement says; `None`: none does."""
    language = question_language(statement)
    said = plain(_ANSWER.sub("", statement))
    stems = _stems(said, language)
    if len(stems) < LEAST_SHARED:
        return None
    measured = _measured(statement, language)
    best: tuple[float, Source] | None = None
    for source in sources:
        for start, end in sentence_spans(source.quote):
            sentence = source.quote[start:end]
            if not _agree(said, plain(sentence)) or not measured <= _measured(sentence, language):
                continue
            shared = stems & _stems(sentence, language)
            share = len(shared) / len(stems)
            if len(shared) >= LEAST_SHARED and share >= COVERED and (not best or share > best[0]):
                best = share, source
    return best[1] if best else None


def _agree(said: str, sentence: str) -> bool:
    """Whether both say no, or neither does, and nothing is without what the sentence has."""
    denied = bool(_NO.search(said)) == bool(_NO.search(sentence))
    return denied and (not _WITHOUT.search(said) or bool(_WITHOUT.search(sentence)))


def _stems(text: str, language: Language) -> frozenset[str]:
    return frozenset(stem(word, language) for word in content_words(text))


def _measured(text: str, language: Language) -> frozenset[object]:
    """What a text says in numbers, by what they measure."""
    return frozenset(
        (quantity.kind, quantity.values, quantity.unit)
        for quantity in quantities_of(text, language)
        if quantity.kind != "number" or quantity.values
    )
