"""Mistakes that pydantic finds in what a person wrote, in both languages."""

from __future__ import annotations

from pydantic_core import ErrorDetails

from eval.refusals import because
from knowledge.refusals.reason import Reason


def why_of(one: ErrorDetails) -> Reason:
    """A mistake that pydantic found, in both languages."""
    kind, context = one["type"], one.get("ctx", {})
    if kind in because.wordings:
        return because(kind, **context)
    if kind == "literal_error":
        return because("golden-choice", expected=choices_of(one))
    if kind == "too_short" and context["min_length"] > 1:
        return because("golden-few", least=context["min_length"])
    if kind == "less_than_equal":
        return because("golden-most", most=context["le"])
    if kind in ("string_too_long", "too_long"):
        return because("golden-long", limit=context["max_length"])
    if kind.startswith("date_"):
        return because("golden-date")
    code = _CODES.get(kind)
    return because(code) if code else because("golden-type", says=one["msg"])


def choices_of(one: ErrorDetails) -> str:
    """What could have been chosen, where something else was."""
    return str(one["ctx"]["expected"]).replace(" or ", ", ")


_CODES = {
    "missing": "golden-missing",
    "extra_forbidden": "golden-unknown",
    "string_too_short": "golden-short",
    "too_short": "golden-short",
    "string_pattern_mismatch": "golden-id",
    "greater_than": "golden-number",
    "greater_than_equal": "golden-least",
}
