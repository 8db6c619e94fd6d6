"""What was said before a question that it may need, and how much, without a model.

A follow-up ("¿y si está abierto?", "how much") names nothing: what it is about was said before. A
question that names its subject is drowned by what was said before. Both are searched together
(`knowledge.search.retrieval`); how much each counts is told by the form of the question. The same
for whoever asks and for a contact that is listened to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.models import Turn
from assistant.speech import rarity, said_words
from knowledge.models import Language
from knowledge.search.retrieval import NO_CONTEXT, Context
from knowledge.text import STOP_WORDS, fold, words

LAST_TURNS = 2
"""Of those who ask, that are taken along beside the first one, which tells the subject."""
SHORT_CHARS = 200
"""What somebody else said last is taken along up to this length: a question that is answered now,
or a short answer. One in passages drowns what was asked."""
MAX_CONTEXT_CHARS = 600
ELLIPTIC_WORDS = 2
SHORT_WORDS = 4
"""Content words up to which a question says next to nothing, or not much, by itself."""
EVERYDAY = 0.25
"""`rarity` up to which a word names no subject: "who do I call now", "how long does it last"."""
NOTHING_WITHOUT, NEEDED, HALF_NEEDED, HARDLY_NEEDED, NOT_NEEDED = 1.0, 0.8, 0.5, 0.25, 0.15
"""Shares of what was said, by a question's form. Chosen on half ``fit``: 84 follow-ups, and 332
questions that were put behind a conversation about something else."""

_CONTINUES = re.compile(
    r"^\W*(?:y|e|o|pero|entonces|pues|ademas|tambien|and|but|or|so|then|also|what about|how about|"
    r"what if|que pasa si|en ese caso|in that case|ok|vale)\b"
)
_POINTS_BACK = re.compile(
    r"\b(?:eso|esto|aquello|ello|ahi|alli|uno|una|it|its|they|them|one|ones|he|she|him|her)\b"
    r"(?! (?:de|of)\b)|\w[aei]r(?:me|te|se|nos|les?)?l[ao]s?\b"
)
"""Words that stand for something said before, and for nothing in the question itself.

Not "la" or "los", which are articles; "una" is one too, and keeps what was said in vain then.
"""


def context_of(question: str, history: Sequence[Turn], language: Language) -> Context:
    """What was said before a question, and how much it counts; none without history.

    Args:
        question: as asked now.
        history: earlier turns, oldest first.
        language: of the question.
    """
    text = said_before(history)
    return Context(text, share(question, language)) if text else NO_CONTEXT


def said_before(history: Sequence[Turn]) -> str:
    """What those who ask said first and last, and what was answered last if that was short.

    Customers ask; where none is there, agents do.
    """
    asking = "customer" if any(turn.role == "customer" for turn in history) else "agent"
    asked = [i for i, t in enumerate(history) if t.role == asking and said_words(t.text)]
    taken = {*asked[:1], *asked[-LAST_TURNS:]}
    last = len(history) - 1
    if history and len(history[last].text) <= SHORT_CHARS:
        taken.add(last)
    said = dict.fromkeys(history[i].text.strip() for i in sorted(taken))
    context = " ".join(text for text in said if text)
    if len(context) > MAX_CONTEXT_CHARS:
        context = context[-MAX_CONTEXT_CHARS:].split(" ", 1)[-1]
    return context


def share(question: str, language: Language) -> float:
    """How much of what is found is to be of what was said before, 0 to 1, by a question's form."""
    content = [word for word in words(question) if word not in STOP_WORDS]
    if all(rarity(word, language) <= EVERYDAY for word in content):
        return NOTHING_WITHOUT
    if continues(question):
        return NEEDED if len(content) <= SHORT_WORDS else HALF_NEEDED
    if len(content) <= ELLIPTIC_WORDS:
        return NEEDED
    if len(content) <= SHORT_WORDS:
        return HALF_NEEDED if points_back(question) else HARDLY_NEEDED
    return NOT_NEEDED


def continues(question: str) -> bool:
    """Whether a question says itself that it goes on ("¿y si ...?")."""
    return bool(_CONTINUES.search(fold(question)))


def points_back(question: str) -> bool:
    """Whether a question has a word for what was said before ("¿me prestan uno?")."""
    return bool(_POINTS_BACK.search(fold(question)))


def refers_back(question: str) -> bool:
    """Whether a question says itself that it needs what was said before."""
    return continues(question) or points_back(question)
