"""What the managers' lists say in a terminal."""

from __future__ import annotations

from datetime import UTC, date, datetime

from assistant.shell.work_lines import gap_lines, task_lines
from knowledge.validity import zone
from knowledge.work.feedback import Task
from knowledge.work.gaps import Example, Gap

LATE = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
"""Past midnight in Madrid."""


def in_madrid(at: datetime) -> date:
    return at.astimezone(zone("Europe/Madrid")).date()


def test_days_of_gaps_are_the_companys() -> None:
    asked = Example("¿Y las velas?", "¿Y las velas?", "es", "not_found", LATE)
    gap = Gap(7, 2, 2, 0, 2.0, LATE, LATE, {"es": 2}, "staff", (asked,))
    numbers = gap_lines(gap, "es", in_madrid)[1]
    assert "la primera el 2026-11-23, la última el 2026-11-23" in numbers


def test_days_of_what_was_reported_are_the_companys() -> None:
    task = Task(
        3, "wrong", "", "", "faq.md", "FAQ", 2, None, "ana", LATE, "open", None, "", None, None
    )
    assert "by ana on 2026-11-23" in task_lines(task, "en", in_madrid)[0]
