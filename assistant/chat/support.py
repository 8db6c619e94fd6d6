"""The check of `assistant.support`, as composing asks it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.chat import checking
from assistant.support.check import SupportCheck
from assistant.support.models import Evidence, Place
from knowledge.models import Language
from knowledge.ports import Embedder

SHOWN_FROM = 0.7
"""Probability of being supported from which a sentence is shown. More than the check's own limit
within a language: one that is not supported and is shown costs more than one that is and is left
out, since the quotations are there anyway. Chosen on half ``fit`` of the example's pairs of
``voz eval support``: 174 of 179 faithful sentences pass, as at 0.6, and 164 at 0.8."""


@dataclass(frozen=True)
class _Support:
    verdict: checking.Verdict
    evidence: Place | None


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
        found = support.check(statement, evidence, language)
        unsure = found.verdict == "supported" and (found.probability or 0.0) < SHOWN_FROM
        return _Support("unsupported" if unsure else found.verdict, found.evidence)

    return check
