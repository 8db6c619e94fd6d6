"""What an agent does beside asking: says whether an answer helps, reads notices and new rules."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from assistant.shell.pages import desk as desks
from assistant.shell.pages.desk import Desk
from assistant.shell.pages.inbox import Inbox
from assistant.shell.telling import told
from assistant.shell.texts import say
from knowledge.errors import KnowledgeBaseError
from knowledge.models import Language, Viewer
from knowledge.work.changes import changes_since
from knowledge.work.feedback import KINDS, Feedback, Kind, Remark
from knowledge.work.notices import Notices
from knowledge.work.receipts import Receipts
from knowledge.work.work_store import WorkStore

logger = logging.getLogger(__name__)

PRESSES = frozenset({"vote", "source", "ack", "seen"})
"""What buttons of the page say that is for this module."""
CHANGES_DAYS = 7
MAX_CHANGES = 20
MAX_NOTICES = 10


class DeskWork:
    """The work lists, as far as they concern whoever sits at the page.

    Args:
        store: where they are kept.
    """

    def __init__(self, store: WorkStore) -> None:
        self._store = store

    def inbox(self, viewer: Viewer) -> Inbox:
        """What waits for an account; nothing where it cannot be read just now."""
        since = datetime.now(UTC) - timedelta(days=CHANGES_DAYS)
        try:
            receipts = Receipts(self._store)
            pending = receipts.pending(viewer)
            return Inbox(
                Notices(self._store).inbox(viewer, unread=True, limit=MAX_NOTICES),
                pending,
                changes_since(self._store, viewer, since)[:MAX_CHANGES],
                receipts.versions_before(pending, viewer),
            )
        except KnowledgeBaseError as error:
            logger.warning("what waits for an account cannot be read: %s", error)
            return Inbox()

    def pressed(
        self, pressed: Mapping[str, str], desk: Desk, language: Language, viewer: Viewer
    ) -> Desk:
        """After a button of the inbox, or one that says whether the answer helps.

        Args:
            pressed: what the button says, see `PRESSES`.
            desk: the conversation.
            language: of the interface.
            viewer: who pressed it.
        """
        vote, number = (
            pressed.get("vote"),
            desks.pressed_number(pressed.get("version") or pressed.get("seen")),
        )
        if vote == "useful":
            return self._give(desk, "useful", "", language, viewer)
        if vote in KINDS:
            return desks.voting(desk, vote)  # type: ignore[arg-type]  # one of the kinds
        if number is not None and "source" in pressed:
            before = desks.pressed_number(pressed.get("before"))
            return desks.reading(desk, pressed["source"], number, before)
        try:
            if number is not None and "seen" in pressed:
                Notices(self._store).mark_read([number], viewer)
            elif number is not None and "ack" in pressed:
                Receipts(self._store).acknowledge(pressed["ack"], number, viewer)
        except KnowledgeBaseError as error:
            return desks.failed(desk, say(language, "error_vote", line=told(error, language)))
        return desk

    def remarked(self, comment: str, desk: Desk, language: Language, viewer: Viewer) -> Desk:
        """After the comment to what was said of the answer; an empty one will do."""
        if desk.voting is None:
            return desk
        return self._give(desk, desk.voting, comment, language, viewer)

    def _give(
        self, desk: Desk, kind: Kind, comment: str, language: Language, viewer: Viewer
    ) -> Desk:
        try:
            Feedback(self._store).give(remark_on(desk, kind, comment), viewer)
        except KnowledgeBaseError as error:
            return desks.failed(desk, say(language, "error_vote", line=told(error, language)))
        return desks.voted(desk, kind)


def remark_on(desk: Desk, kind: Kind, comment: str) -> Remark:
    """A remark on the source that is open, or that the answer rests on first, or on the answer."""
    answer, cited = desk.answer, desk.citation
    if cited is None and answer is not None and answer.statements:
        cited = next((c for s in answer.statements for c in s.citations), None)
    return Remark(
        kind=kind,
        comment=comment.strip(),
        question=answer.question if answer else "",
        source=cited.document if cited else None,
        version=cited.version if cited else None,
        span=(cited.start, cited.end) if cited else None,
    )
