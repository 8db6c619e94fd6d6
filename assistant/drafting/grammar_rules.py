"""What a rule of grammar is: a pattern of the text as it is written, and what takes its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.drafting.reasons import Cause


@dataclass(frozen=True)
class Rule:
    """A slip and its mend.

    Attributes:
        pattern: finds it, capitals or not.
        mend: what takes the place of what is found.
        cause: why.
    """

    pattern: re.Pattern[str]
    mend: str | Callable[[re.Match[str]], str]
    cause: Cause = "confused"


def rule(
    pattern: str, mend: str | Callable[[re.Match[str]], str], cause: Cause = "confused"
) -> Rule:
    """The rule of a pattern of the text."""
    return Rule(re.compile(pattern, re.IGNORECASE), mend, cause)
