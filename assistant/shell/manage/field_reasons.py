"""What is wrong with a field of a request, as FastAPI found it -> a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from assistant.refusals import because
from knowledge.refusals.reason import Reason

_PLACES: Final = frozenset({"body", "query", "path"})
MAX_VALUE_CHARS = 40

_CODES: Final = {
    "missing": "field-missing",
    "extra_forbidden": "field-extra",
    "string_too_short": "field-short",
    "too_short": "field-short",
    "string_too_long": "field-long",
    "too_long": "field-long",
    "greater_than": "field-small",
    "greater_than_equal": "field-small",
    "less_than": "field-great",
    "less_than_equal": "field-great",
    "int_parsing": "field-no-number",
    "int_type": "field-no-number",
    "int_from_float": "field-no-number",
    "int_parsing_size": "field-no-number",
    "date_from_datetime_parsing": "field-no-day",
    "date_parsing": "field-no-day",
    "date_type": "field-no-day",
    "date_from_datetime_inexact": "field-no-day",
    "literal_error": "field-choice",
    "enum": "field-choice",
}
"""By Pydantic's own code: https://docs.pydantic.dev/latest/errors/validation_errors/."""

_LIMITS: Final = ("min_length", "max_length", "ge", "gt", "le", "lt")


def reason_of(problem: Mapping[str, Any]) -> Reason:
    """The reason of one entry of ``RequestValidationError.errors()``."""
    where = ".".join(str(part) for part in problem["loc"] if part not in _PLACES)
    field = where or because("the-request")
    context = problem.get("ctx", {})
    code = _CODES.get(problem["type"], "field-unusable")
    if code in ("field-missing", "field-extra"):
        return because(code, field=field)
    value = str(problem.get("input"))[:MAX_VALUE_CHARS]
    if code in ("field-no-number", "field-no-day"):
        return because(code, field=field, value=value)
    if code == "field-choice":
        return because(code, field=field, value=value, known=context["expected"])
    if code == "field-unusable":
        return because(code, field=field, value=value, line=problem["msg"])
    limit = next(context[name] for name in _LIMITS if name in context)
    return because(code, field=field, value=value, limit=limit)
