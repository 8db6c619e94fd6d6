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
    gap = Gap(
        number=7, asked=2, not_found=2, partly=0, missed=2.0, first=LATE, last=LATE,
        languages={"es": 2}, audience="staff", examples=(asked,),
    )  # fmt: skip
    numbers = gap_lines(gap, "es", in_madrid)[1]
    assert "la primera el 2026-11-23, la última el 2026-11-23" in numbers


def test_days_of_what_was_reported_are_the_companys() -> None:
    task = Task(
        number=3, kind="wrong", comment="", question="", source="faq.md", title="FAQ", version=2,
        span=None, account="ana", at=LATE, state="open", owner=None, answer="", fixed_in=None,
        closed_at=None,
    )  # fmt: skip
    assert "by ana on 2026-11-23" in task_lines(task, "en", in_madrid)[0]
