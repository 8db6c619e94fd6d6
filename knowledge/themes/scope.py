"""What is counted: which days, whose contacts and questions, about which sources."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, false, or_, select

from knowledge.commitments.commitment_schema import commitments
from knowledge.schema import versions
from knowledge.themes.theme_schema import contact_needs, need_citations, need_subjects
from knowledge.work.work_schema import citations, questions


@dataclass(frozen=True)
class Scope:
    """What is counted.

    Attributes:
        first: first day, at the company.
        last: last day.
        labels: audiences whose contacts count; with none, no contact does.
        askers: keys of the circles whose questions count, see `question_rows.audiences_seen`.
        cited: numbers of sources of which one was cited; `None`: whatever was.
        about: numbers of sources of which one was cited or named; `None`: whatever was.
        complained: whether only contacts count of which there is a complaint; no question does.
    """

    first: date
    last: date
    labels: frozenset[str]
    askers: tuple[str, ...]
    cited: frozenset[int] | None = None
    about: frozenset[int] | None = None
    complained: bool = False

    def needs(self) -> list[ColumnElement[bool]]:
        """Conditions on ``contact_needs``."""
        columns = contact_needs.c
        wanted = [columns.audience.in_(sorted(self.labels)), self._days(columns.day)]
        if self.cited is not None:
            wanted.append(_need_cites(self.cited))
        if self.about is not None:
            named = select(need_subjects.c.need_id).where(
                need_subjects.c.need_id == columns.id,
                need_subjects.c.source_id.in_(sorted(self.about)),
            )
            wanted.append(or_(_need_cites(self.about), named.exists()))
        if self.complained:
            wanted.append(has_complaint())
        return wanted

    def questions(self) -> list[ColumnElement[bool]]:
        """Conditions on ``questions``; of a question only what was cited is known."""
        wanted = [questions.c.audience.in_(self.askers), self._days(questions.c.day)]
        wanted += [_question_cites(some) for some in (self.cited, self.about) if some is not None]
        if self.complained:
            wanted.append(false())
        return wanted

    def _days(self, column: ColumnElement[str]) -> ColumnElement[bool]:
        return column.between(self.first.isoformat(), self.last.isoformat())


def has_complaint() -> ColumnElement[bool]:
    """The condition that there is a complaint of the contact of a row of ``contact_needs``."""
    query = select(commitments.c.id).where(
        commitments.c.contact_id == contact_needs.c.contact_id,
        commitments.c.kind == "complaint",
        commitments.c.state != "discarded",
    )
    return query.exists()


def _need_cites(some: frozenset[int]) -> ColumnElement[bool]:
    query = (
        select(need_citations.c.need_id)
        .join(versions, need_citations.c.version_id == versions.c.id)
        .where(
            need_citations.c.need_id == contact_needs.c.id, versions.c.source_id.in_(sorted(some))
        )
    )
    return query.exists()


def _question_cites(some: frozenset[int]) -> ColumnElement[bool]:
    query = (
        select(citations.c.question_id)
        .join(versions, citations.c.version_id == versions.c.id)
        .where(citations.c.question_id == questions.c.id, versions.c.source_id.in_(sorted(some)))
    )
    return query.exists()
