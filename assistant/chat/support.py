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

SHOWN_FROM, SHOWN_FROM_ACROSS = 0.85, 0.8
BROKEN_BELOW = 0.15
"""Probability of being supported, in one language and across two, from which a sentence is shown,
if nothing of it differs from its source, fewer of its neighbouring words than this share have other
places there, and one sentence of the source has all its figures: figures of two sentences that a
model put together are often of two things. More than the check's own limit: one that is not
supported and is shown costs more than one that is and is left out, since the quotations are there
anyway. Chosen on what small models wrote (``eval/sets/composed.jsonl`` and half ``fit`` of
``composed_3.jsonl``): 0 of 123 unsupported sentences pass, 27 of 46 supported ones and 13 of 40
written by hand."""


@dataclass(frozen=True)
class _Support:
    verdict: checking.Verdict
    evidence: Place | None


def _sure(found: Support) -> bool:
    sure = (found.probability or 0.0) >= (SHOWN_FROM_ACROSS if found.across else SHOWN_FROM)
    whole = found.broken < BROKEN_BELOW and not found.scattered
    return sure and whole and not found.doubts


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
