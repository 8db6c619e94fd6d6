"""The check of `assistant.support`, as composing asks it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.chat import checking
from assistant.support.check import SupportCheck
from assistant.support.judging import Judge
from assistant.support.models import Evidence, Place, Support
from knowledge.models import Language
from knowledge.ports import Embedder

SHOWN_FROM = 0.8
BROKEN_BELOW = 0.34
"""Probability of being supported from which a sentence is shown, if nothing of it differs from its
source and fewer of its neighbouring words than this share have other places there. More than the
check's own limit: one that is not supported and is shown costs more than one that is and is left
out, since the quotations are there anyway. Chosen on half ``fit`` of the example's pairs of
``voz eval support``: 256 of 260 sentences reworded by rules pass, 113 of 165 paraphrased by hand
and 35 of 158 twisted by hand; at 0.7 alone it would be 137 and 47."""


@dataclass(frozen=True)
class _Support:
    verdict: checking.Verdict
    evidence: Place | None


def _sure(found: Support) -> bool:
    sure = (found.probability or 0.0) >= SHOWN_FROM
    return sure and not found.doubts and found.broken < BROKEN_BELOW


def support_check(embedder: Embedder, judge: Judge | None = None) -> checking.SupportCheck:
    """Tells whether passages support a sentence, in Spanish, in English and across.

    Args:
        embedder: finds the nearest sentence of another language.
        judge: a model that is asked beside the rules.
    """
    support = SupportCheck(embedder, judge)

    def check(
        statement: str, language: Language, passages: Sequence[checking.Passage]
    ) -> checking.Support:
        evidence = [Evidence(one.text, one.language, one.above) for one in passages]
        found = support.check(statement, evidence, language)
        unsure = found.verdict == "supported" and not _sure(found)
        return _Support("unsupported" if unsure else found.verdict, found.evidence)

    return check
