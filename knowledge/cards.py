"""Cards: approved wording for a question, filed as a source like any other.

A card is a small document: the question and its other wordings, the conditions under which it may
be said, and the words. It has versions, an approver, days in force and audiences because it is a
source; what is said is given verbatim because its ``media_type`` is `CARD`. Pure.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.audience import audience_key
from knowledge.errors import SettingsError
from knowledge.models import CARD, EVERYONE, Block, Chunk, Document, Language
from knowledge.refusals import because
from knowledge.text import fold

MAX_ANSWER_CHARS = 1_200
MAX_QUESTION_CHARS = 200
MAX_VARIANTS = 20


@dataclass(frozen=True)
class Card:
    """Approved wording.

    Attributes:
        question: what it answers, as customers put it.
        answer: the words to say, 1 to `MAX_ANSWER_CHARS` characters.
        language: of both.
        variants: other ways of asking the same.
        conditions: when it may be said; shown with it, never part of the words.
        audience: labels of who may see it.
    """

    question: str
    answer: str
    language: Language
    variants: tuple[str, ...] = ()
    conditions: str = ""
    audience: tuple[str, ...] = (EVERYONE,)


def card_name(card: Card) -> str:
    """The name of its source, from its question: ``tarjetas/cuanto-tarda-el-reembolso.card``."""
    words = re.findall(r"[a-z0-9]+", fold(card.question))[:12]
    folder = "tarjetas" if card.language == "es" else "cards"
    return f"{folder}/{'-'.join(words)[:80] or 'card'}.{CARD}"


def card_document(card: Card, name: str | None = None) -> tuple[Document, list[Chunk], bytes]:
    """A card as a document, its chunks, and the bytes that are kept as its original.

    Each way of asking is a chunk of the same words, so that each is found by its own meaning.

    Raises:
        SettingsError: the question or the words are missing or too long.
    """
    _check(card)
    questions = [card.question.strip(), *(v.strip() for v in card.variants if v.strip())]
    parts = [questions[0], "\n".join(questions[1:]), card.conditions.strip(), card.answer.strip()]
    text = "\n\n".join(part for part in parts if part)
    start = len(text) - len(parts[-1])
    original = text.encode()
    blocks = [Block("heading", 0, len(questions[0]), level=1)]
    if start > len(questions[0]) + 2:
        blocks.append(Block("paragraph", len(questions[0]) + 2, start - 2))
    blocks.append(Block("paragraph", start, len(text)))
    document = Document(
        name=name or card_name(card),
        title=questions[0],
        text=text,
        blocks=tuple(blocks),
        language=card.language,
        media_type=CARD,
        sha256=hashlib.sha256(original).hexdigest(),
        audience=audience_key(card.audience),
    )
    chunks = [
        _chunk(document, ordinal, question, start) for ordinal, question in enumerate(questions)
    ]
    return document, chunks, original


def _chunk(document: Document, ordinal: int, question: str, start: int) -> Chunk:
    words = document.text[start:]
    return Chunk(
        document=document.name,
        ordinal=ordinal,
        text=words,
        start=start,
        end=len(document.text),
        headings=(document.title,),
        context=question,
        page=None,
        row=None,
        language=document.language,
        sentences=((0, len(words)),),
    )


def _check(card: Card) -> None:
    questions: Sequence[str] = (card.question, *card.variants)
    if not card.question.strip() or not card.answer.strip():
        raise SettingsError(because("card-empty"))
    if len(card.answer) > MAX_ANSWER_CHARS:
        raise SettingsError(
            because("card-answer-long", count=len(card.answer), limit=MAX_ANSWER_CHARS)
        )
    longest = max(questions, key=len)
    if len(longest) > MAX_QUESTION_CHARS or len(card.variants) > MAX_VARIANTS:
        raise SettingsError(
            because(
                "card-wordings",
                variants=MAX_VARIANTS,
                limit=MAX_QUESTION_CHARS,
                longest=longest[:40],
                count=len(longest),
                given=len(card.variants),
            )
        )
