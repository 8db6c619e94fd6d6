"""Questions that managers keep, to see what a change would make of their answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, insert, select

from knowledge import audience_rows
from knowledge.audit import Event, append
from knowledge.curation_checks import seen
from knowledge.errors import SettingsError
from knowledge.language import question_language
from knowledge.models import EVERYONE, Language, Viewer
from knowledge.schema import sources
from knowledge.work.work_checks import checked_text
from knowledge.work.work_schema import saved_questions
from knowledge.work.work_store import WorkStore


@dataclass(frozen=True)
class SavedQuestion:
    """A question that is kept.

    Attributes:
        number: its own.
        audience: label to ask as: what somebody who stands there sees.
        expected: name of the source that should be cited; `None`: any.
        proposed: made with a card, from what somebody asked.
    """

    number: int
    text: str
    language: Language
    audience: str
    expected: str | None
    created_by: str
    created_at: datetime
    proposed: bool


class SavedQuestions:
    """The saved questions of one register; each is for who sees the label that it asks as."""

    def __init__(self, store: WorkStore) -> None:
        self._store = store

    def all(self, viewer: Viewer) -> list[SavedQuestion]:
        """Those that the viewer may see, oldest first."""
        query = _ALL.where(saved_questions.c.audience.in_(sorted(viewer.audiences)))
        with self._store.read() as connection:
            rows = connection.execute(query.order_by(saved_questions.c.id)).mappings()
            return [_saved(row) for row in rows]

    def add(
        self,
        text: str,
        viewer: Viewer,
        *,
        audience: str = EVERYONE,
        language: Language | None = None,
        expected: str | None = None,
        proposed: bool = False,
    ) -> int:
        """Keep a question; its number. The same text for the same audience is kept once.

        Args:
            text: as agents ask it.
            viewer: who keeps it.
            audience: label to ask as.
            language: of the text; `None`: found out.
            expected: name of the source that should be cited.
            proposed: made with a card.

        Raises:
            SettingsError: the text is empty or too long, there is no such audience or source for
                the viewer.
        """
        text = checked_text("question", " ".join(text.split()))
        with self._store.change() as connection:
            audience_rows.tree(connection).above(audience)
            if audience not in viewer.audiences:
                raise SettingsError(f"{viewer.name!r} cannot ask as the audience {audience!r}")
            known = _same(connection, text, audience)
            if known is not None:
                return known
            values = {
                "text": text,
                "language": language or question_language(text),
                "audience": audience,
                "expected_id": seen(connection, expected, viewer)["id"] if expected else None,
                "created_by": viewer.name,
                "created_at": self._store.now(),
                "proposed": proposed,
            }
            added = insert(saved_questions).values(values).returning(saved_questions.c.id)
            number: int = connection.execute(added).scalar_one()
            append(connection, Event(viewer.name, "question.saved", f"question:{number}"))
        return number

    def remove(self, number: int, viewer: Viewer) -> None:
        """Keep a question no longer.

        Raises:
            SettingsError: there is none that the viewer may see.
        """
        with self._store.change() as connection:
            mine = saved_questions.c.audience.in_(sorted(viewer.audiences))
            gone = delete(saved_questions).where(saved_questions.c.id == number, mine)
            if not connection.execute(gone).rowcount:
                raise SettingsError(
                    f"there is no saved question {number}: `voz questions` lists those there are"
                )
            append(connection, Event(viewer.name, "question.removed", f"question:{number}"))


_ALL = select(saved_questions, sources.c.name).join_from(
    saved_questions, sources, saved_questions.c.expected_id == sources.c.id, isouter=True
)


def _same(connection: Connection, text: str, audience: str) -> int | None:
    query = select(saved_questions.c.id).where(
        saved_questions.c.text == text, saved_questions.c.audience == audience
    )
    found: int | None = connection.execute(query).scalars().first()
    return found


def _saved(row: RowMapping) -> SavedQuestion:
    return SavedQuestion(
        number=row["id"],
        text=row["text"],
        language=row["language"],
        audience=row["audience"],
        expected=row["name"],
        created_by=row["created_by"],
        created_at=datetime.fromisoformat(row["created_at"]),
        proposed=bool(row["proposed"]),
    )
