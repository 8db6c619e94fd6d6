"""A gap becomes a card in draft: the question as it is asked, and words from the nearest sources.

What is proposed is what all who asked may see and customers may hear; a person mends it, another
approves it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant import compose
from assistant.models import Citation
from assistant.pipeline import Assistant
from assistant.refusals import because
from knowledge.audience import AudienceTree
from knowledge.cards import MAX_ANSWER_CHARS, MAX_QUESTION_CHARS, Card, card_name
from knowledge.curation_checks import MAX_NOTE_CHARS
from knowledge.errors import SettingsError
from knowledge.models import CARD, Language, Viewer
from knowledge.text import fold
from knowledge.work.gaps import Gap

MAX_QUOTES = 2
_NOTES: dict[Language, tuple[str, str]] = {
    "es": ("Propuesta para el vacío {number}", "a partir de: {sources}"),
    "en": ("Proposed for gap {number}", "from: {sources}"),
}


@dataclass(frozen=True)
class Draft:
    """A card that is proposed.

    Attributes:
        card: its words.
        name: of its source; the same for the same gap.
        note: what it is for and where its words are from.
    """

    card: Card
    name: str
    note: str


def draft_of(
    gap: Gap, assistant: Assistant, viewer: Viewer, tree: AudienceTree, *, answer: str = ""
) -> Draft:
    """A card for a gap.

    Args:
        gap: what is not answered.
        assistant: finds what comes nearest.
        viewer: who asks for it.
        tree: all audiences.
        answer: the words to say; empty: those of the nearest sources.

    Raises:
        SettingsError: nothing comes near and no words are given.
    """
    language: Language = max(gap.languages, key=lambda one: (gap.languages[one], one))
    nearest: Sequence[Citation] = ()
    if not answer.strip():
        asker = Viewer(viewer.name, tree.above(gap.audience))
        found = compose.nearest(assistant.look(gap.question, asker).ranked)
        nearest = [citation for citation in found if not citation.internal][:MAX_QUOTES]
        answer = _words([citation.quote for citation in nearest])
    if not answer:
        raise SettingsError(because("gap-nothing-near", number=gap.number))
    first, *others = _wordings(gap)
    card = Card(first, answer.strip(), language, tuple(others), audience=(gap.audience,))
    stem = card_name(card).removesuffix(f".{CARD}")
    name = f"{stem}-{gap.number}.{CARD}"
    return Draft(card, name, _note(gap.number, language, nearest))


def _wordings(gap: Gap) -> list[str]:
    """The question that stands for the gap, then its other wordings, each once."""
    asked = [gap.question, *(example.query for example in gap.examples)]
    found: dict[str, str] = {}
    for text in asked:
        clean = re.sub(r"\s+", " ", text).strip()[:MAX_QUESTION_CHARS].strip()
        found.setdefault(fold(clean), clean)
    return list(found.values())


def _words(quotes: Sequence[str]) -> str:
    """Whole quotes, one below the other, as many as a card takes."""
    taken: list[str] = []
    for quote in quotes:
        clean = quote.strip()[:MAX_ANSWER_CHARS]
        if sum(map(len, taken)) + len(taken) + len(clean) <= MAX_ANSWER_CHARS:
            taken.append(clean)
    return "\n".join(taken)


def _note(number: int, language: Language, nearest: Sequence[Citation]) -> str:
    begin, rest = _NOTES[language]
    sources = "; ".join(dict.fromkeys(f"{c.title} ({c.document})" for c in nearest))
    parts = [begin.format(number=number), *([rest.format(sources=sources)] if sources else [])]
    return ", ".join(parts)[:MAX_NOTE_CHARS]
