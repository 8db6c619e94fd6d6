"""The first stage that broke in a case that fails: where to look."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal, get_args

from eval.measures.models import Asked
from eval.measures.relevance import grades, required

Stage = Literal[
    "error",
    "not_found",
    "ranked_low",
    "not_said",
    "unsupported",
    "wrong_value",
    "wrong_citation",
    "wrong_behaviour",
    "style",
]
STAGES: tuple[Stage, ...] = get_args(Stage)
"""In the order in which an answer is made."""
SHOWN = 5
"""Sources among which one has to be to count as found high enough; as in the measures at 5."""


def first_broken(asked: Asked, failing: Collection[str]) -> Stage:
    """The first stage that broke.

    Args:
        asked: a case that fails.
        failing: the measures that are not at their best, as `eval.comparison.flips.failing` has
            them.
    """
    if asked.outcome.error is not None:
        return "error"
    if asked.wants_answer and (stage := _retrieval(asked, failing)) is not None:
        return stage
    if {"contradicted_facts", "number_fidelity"} & set(failing):
        return "wrong_value"
    if asked.wants_answer and {"must_facts", "behaviour"} & set(failing):
        return "not_said"
    if "supported_statements" in failing:
        return "unsupported"
    if {"quote_exactness", "stale_sources"} & set(failing):
        return "wrong_citation"
    return "wrong_behaviour" if "behaviour" in failing else "style"


def _retrieval(asked: Asked, failing: Collection[str]) -> Stage | None:
    """Whether the sources were missing, where the facts are missing or nothing was said."""
    if not {"must_facts", "behaviour"} & set(failing):
        return None
    found = asked.outcome.documents
    if _has(asked, found[:SHOWN]):
        return None
    return "ranked_low" if _has(asked, found) else "not_found"


def _has(asked: Asked, found: Collection[str]) -> bool:
    """Whether all required sources are there; any source where none is required."""
    if wanted := required(asked):
        return wanted <= set(found)
    return not (helps := grades(asked)) or bool(helps.keys() & set(found))
