"""What evaluations print: one measure of one system on one set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Score:
    """One measure of one system on one set.

    Attributes:
        value: mean over the cases, 0 to 1; `None` when it applies to none.
        error: its standard error.
    """

    set: str
    system: str
    measure: str
    n: int
    value: float | None
    error: float | None
