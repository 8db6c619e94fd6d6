"""The check of `assistant.support`, as composing asks it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.chat import checking
from assistant.support.check import SupportCheck
from assistant.support.models import Evidence
from knowledge.models import Language
from knowledge.ports import Embedder


def support_check(embedder: Embedder) -> checking.SupportCheck:
    """Tells whether passages support a sentence, in Spanish, in English and across.

    Args:
        embedder: finds the nearest sentence of another language.
    """
    support = SupportCheck(embedder)

    def check(
        statement: str, language: Language, passages: Sequence[checking.Passage]
    ) -> checking.Support:
        evidence = [Evidence(one.text, one.language, one.above) for one in passages]
        return support.check(statement, evidence, language)

    return check
