"""What commands enter in the audit trail of what they show."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from assistant.shell.ask_commands import warn

logger = logging.getLogger(__name__)


@contextmanager
def entering_view() -> Iterator[None]:
    """Around the entry of a view; where it cannot be made, that is said and nothing else fails."""
    from knowledge.errors import KnowledgeBaseError

    try:
        yield
    except KnowledgeBaseError as error:
        logger.warning("a view is not in the audit trail: %s", error)
        warn(f"this view is not in the audit trail: {error}")
