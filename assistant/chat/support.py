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

SHOWN_FROM = 0.85
BROKEN_BELOW = 0.2
"""Probability of being supported from which a sentence is shown, if nothing of it differs from its
source and fewer of its neighbouring words than this share have other places there. More than the
check's own limit: one that is not supported and is shown costs more than one that is and is left
out, since the quotations are there anyway. Chosen on what a small model wrote first
(``eval/sets/composed.jsonl``) and on half ``fit`` of the example's pairs of ``voz eval support``: 0
of 47 unsupported sentences of the model pass and 21 of 26 supported ones, 250 of 260 reworded by
rules, 17 of 158 twisted by hand; at 0.8 and 0.34 it would be 1, 22, 256 and 33. Since the check
knows more of what is said in other words, 127 of 292 paraphrases by hand pass instead of 97, 249 of
260 reworded by rules, and of 151 twisted, without those that break off, 17 instead of 16."""


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

    def check(claims: Sequence[checking.Claim], language: Language) -> Sequence[checking.Support]:
        # Sentences that name the same passages share what is read of them
        evidence: dict[checking.Passage, Evidence] = {}
        for _, passages in claims:
            for one in passages:
                evidence.setdefault(one, Evidence(one.text, one.language, one.above))
        asked = [(text, [evidence[one] for one in passages]) for text, passages in claims]
        return [_shown(found) for found in support.check_each(asked, language)]

    return check


def _shown(found: Support) -> _Support:
    unsure = found.verdict == "supported" and not _sure(found)
    return _Support("unsupported" if unsure else found.verdict, found.evidence)
