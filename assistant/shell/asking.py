"""Answers given at the rim are written down, for those who keep the sources."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from assistant.meaning import meaning_of
from knowledge.errors import KnowledgeBaseError
from knowledge.work.question_log import QuestionLog
from knowledge.work.question_rows import Asked
from knowledge.work.work_store import WorkStore

if TYPE_CHECKING:
    from assistant.models import Answer
    from assistant.pipeline import Assistant, Evidence
    from knowledge.models import Viewer
    from knowledge.settings import Settings

logger = logging.getLogger(__name__)


@contextmanager
def writing_down(assistant: Assistant, settings: Settings) -> Iterator[None]:
    """While this lasts, what the assistant is asked is written down beside the answering.

    Where that is impossible, as on a read-only disk, questions are answered all the same.
    """
    try:
        log = QuestionLog(WorkStore.open(settings))
    except KnowledgeBaseError as error:
        logger.warning("questions are not written down: %s", error)
        yield
        return
    assistant.listen(lambda *told: log.heard(asked_of(*told)))
    try:
        yield
    finally:
        log.close()


def asked_of(answer: Answer, evidence: Evidence, viewer: Viewer) -> Asked:
    """An answered question as it is written down."""
    versions = {s.stored.chunk.document: s.stored.version for s in evidence.found.chunks}
    cited = dict.fromkeys(c.document for s in answer.statements for c in s.citations)
    return Asked(
        at=datetime.now(UTC),
        account=viewer.name,
        audiences=viewer.audiences,
        language=answer.language,
        text=answer.question,
        query=answer.query,
        verdict=answer.verdict,
        confidence=answer.confidence,
        cited=tuple((name, versions[name]) for name in cited if name in versions),
        meaning=meaning_of(evidence.found, evidence.background),
        ms=answer.timings_ms.get("total", 0.0),
    )
