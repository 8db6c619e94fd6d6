"""History and question -> what the question refers to, without a model.

An agent's follow-up ("¿y si está abierto?") names nothing: what it is about was said before. What
the agent and the customer said last is put in front of the question when the question does not
stand on its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.models import Turn
from knowledge.text import STOP_WORDS, fold, words

MAX_TURNS = 4
MAX_CONTEXT_CHARS = 600
STANDS_ALONE_WORDS = 9
"""A question with so many content words is taken as it is, unless it starts like a follow-up."""

_CONTINUES = re.compile(
    r"^\W*(?:y|e|o|pero|entonces|pues|ademas|tambien|and|but|or|so|then|also|what about|how about|"
    r"what if|que pasa si|en ese caso|in that case|ok|vale)\b"
)
_REFERS = re.compile(
    r"\b(?:eso|esto|ese|esa|esos|esas|este|aquello|ello|el mismo|la misma|ahi|alli|lo|la|los|las|"
    r"le|les|it|its|that|this|those|these|they|them|there|one|ones|he|she|him|her)\b"
)
_POINTS_BACK = re.compile(
    r"\b(?:eso|esto|aquello|ello|ahi|alli|uno|una|it|its|they|them|one|ones|he|she|him|her)\b"
    r"(?! (?:de|of)\b)|\w[aei]r(?:me|te|se|nos|les?)?l[ao]s?\b"
)
"""Words that stand for something said before, and for nothing in the question itself.

Not "la" or "los", which are articles; "una" is one too, and keeps what was said in vain then.
"""


def context_of(question: str, history: Sequence[Turn]) -> str:
    """What was said before that the question needs to be understood; empty when it needs none.

    Args:
        question: as asked now.
        history: earlier turns, oldest first.
    """
    if not history or not depends_on_history(question):
        return ""
    said = [turn.text.strip() for turn in history[-MAX_TURNS:] if turn.text.strip()]
    context = " ".join(said)
    if len(context) > MAX_CONTEXT_CHARS:
        context = context[-MAX_CONTEXT_CHARS:].split(" ", 1)[-1]
    return context


def depends_on_history(question: str) -> bool:
    """Whether a question reads like the continuation of a conversation."""
    if continues(question):
        return True
    folded = fold(question)
    content = [w for w in words(folded) if w not in STOP_WORDS]
    if len(content) <= 3:
        return True
    return len(content) < STANDS_ALONE_WORDS and bool(_REFERS.search(folded))


def continues(question: str) -> bool:
    """Whether a question says itself that it goes on ("¿y si ...?")."""
    return bool(_CONTINUES.search(fold(question)))


def points_back(question: str) -> bool:
    """Whether a question goes on, or has a word for what was said ("¿me prestan uno?")."""
    return continues(question) or bool(_POINTS_BACK.search(fold(question)))
