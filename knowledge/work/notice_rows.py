"""Notices in the register's tables, within the caller's transaction."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import Connection, insert

from knowledge.work.work_schema import notices

NoticeKind = Literal[
    "feedback_given",
    "feedback_assigned",
    "feedback_resolved",
    "feedback_declined",
    "gap_assigned",
    "escalation_answered",
    "escalation_nobody",
    "escalation_unanswered",
    "commitment_assigned",
    "commitment_overdue",
    "contact_offered",
    "contact_taken_over",
    "contact_declined",
    "webhook_failed",
]


def add(
    connection: Connection,
    account: str,
    kind: NoticeKind,
    at: str,
    *,
    feedback: int | None = None,
    topic: int | None = None,
    escalation: int | None = None,
    commitment: int | None = None,
    contact: str | None = None,
) -> None:
    """Tell an account something; it is unread."""
    values = {
        "account": account,
        "at": at,
        "kind": kind,
        "feedback_id": feedback,
        "topic_id": topic,
        "escalation_id": escalation,
        "commitment_id": commitment,
        "contact": contact,
    }
    connection.execute(insert(notices).values(values))
