"""Sources that many answers cite and agents call wrong: where a mistake does most harm."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from knowledge.curation_rows import may_manage
from knowledge.models import Viewer
from knowledge.schema import sources, versions
from knowledge.titles import SOURCE_TITLE
from knowledge.work.feedback_rows import OPEN
from knowledge.work.work_schema import citations, feedback, questions

CITED_OFTEN = 5
"""Answers that cited a source from which votes against it weigh."""


@dataclass(frozen=True)
class Suspect:
    """A source that is cited and called wrong.

    Attributes:
        source: its name.
        title: what people read.
        owner: account that keeps it.
        cited: answers that cited it.
        wrong: times that it was called wrong; each account counts once.
        outdated: times that it was called outdated; each account counts once.
        useful: times that it was called useful; each account counts once.
    """

    source: str
    title: str
    owner: str | None
    cited: int
    wrong: int
    outdated: int
    useful: int

    @property
    def weight(self) -> int:
        """Votes against it times answers that cited it."""
        return (self.wrong + self.outdated) * self.cited


def suspects(connection: Connection, viewer: Viewer, since: str) -> list[Suspect]:
    """Those cited at least `CITED_OFTEN` times and voted against at all, worst first.

    Args:
        connection: in any transaction.
        viewer: who asks; only sources that they may see.
        since: moment from which on answers and votes count.
    """
    votes = _votes_by_source(connection, since)
    cited = _cited_by_source(connection, since)
    query = select(sources, SOURCE_TITLE.label("shown")).where(sources.c.id.in_(votes))
    rows = connection.execute(query).mappings()
    found = [
        Suspect(
            source=row["name"],
            title=row["shown"],
            owner=row["owner"],
            cited=cited.get(row["id"], 0),
            wrong=votes[row["id"]].get("wrong", 0),
            outdated=votes[row["id"]].get("outdated", 0),
            useful=votes[row["id"]].get("useful", 0),
        )
        for row in rows
        if may_manage(row["audience"], viewer)
    ]
    often = [one for one in found if one.cited >= CITED_OFTEN and one.weight]
    return sorted(often, key=lambda one: (-one.weight, one.source))


def _votes_by_source(connection: Connection, since: str) -> dict[int, dict[str, int]]:
    """For each source how many accounts said what of it; what was declined does not count."""
    query = (
        select(feedback.c.source_id, feedback.c.kind, func.count(feedback.c.account.distinct()))
        .where(
            feedback.c.source_id.is_not(None),
            feedback.c.at >= since,
            feedback.c.state != "declined",
        )
        .group_by(feedback.c.source_id, feedback.c.kind)
    )
    found: dict[int, dict[str, int]] = {}
    for source, kind, count in connection.execute(query):
        found.setdefault(source, {})[kind] = count
    return found


def against_by_source(connection: Connection, since: str) -> dict[int, int]:
    """For each source how many accounts call it wrong or outdated in remarks not settled yet."""
    query = (
        select(feedback.c.source_id, func.count(feedback.c.account.distinct()))
        .where(
            feedback.c.source_id.is_not(None),
            feedback.c.at >= since,
            feedback.c.kind.in_(("wrong", "outdated")),
            feedback.c.state.in_(OPEN),
        )
        .group_by(feedback.c.source_id)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def _cited_by_source(connection: Connection, since: str) -> dict[int, int]:
    query = (
        select(versions.c.source_id, func.count(citations.c.question_id.distinct()))
        .join_from(citations, questions, citations.c.question_id == questions.c.id)
        .join(versions, citations.c.version_id == versions.c.id)
        .where(questions.c.at >= since)
        .group_by(versions.c.source_id)
    )
    return {row[0]: row[1] for row in connection.execute(query)}
