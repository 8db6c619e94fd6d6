"""Answers that a chat model composes from, beside the extractive ones: which, and for whom.

The extractive answer never waits for it. One tab has one composition under way: the next question,
and leaving, end the one before.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, Future
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.chat.opening import chat_model_of, load, tracing_notice
from assistant.models import Answer, Composed

if TYPE_CHECKING:
    from assistant.chat.checking import SupportCheck
    from assistant.chat.composer import ChatComposer
    from assistant.models import Turn
    from assistant.pipeline import Assistant
    from knowledge.models import Viewer
    from knowledge.settings import Settings

logger = logging.getLogger(__name__)

Composition = Future[Composed]


@contextlib.contextmanager
def open_composer(settings: Settings, check: SupportCheck) -> Iterator[ChatComposer | None]:
    """The composer of the settings, closed at the end; `None` where they name no chat model.

    Raises:
        SettingsError: what they say of it cannot be used.
    """
    model = chat_model_of(settings)
    if model is None:
        yield None
        return
    from assistant.chat.composer import ChatComposer

    notice = tracing_notice()
    if notice:
        logger.warning("%s", notice)
    composer = ChatComposer(
        model.name,
        lambda: load(model),
        check,
        limits=model.limits,
        ends_with_reason=model.ends_with_reason,
    )
    with contextlib.closing(composer):
        yield composer


def ask_composing(
    assistant: Assistant,
    composer: ChatComposer,
    question: str,
    viewer: Viewer,
    history: Sequence[Turn] = (),
) -> tuple[Answer, Composition | None]:
    """The answer at once, and what is composed from it; `None` where there is nothing to compose.

    Raises:
        SettingsError: the question is empty or too long.
    """
    from assistant.chat.composer import worth_composing

    answer, evidence = assistant.ask_with_evidence(question, viewer, history)
    if not worth_composing(answer):
        return answer, None
    sources = assistant.sources(answer, evidence, viewer)
    if not sources:
        return answer, None
    return answer, composer.start(answer.question, sources, history, answer.language)


def with_composed(answer: Answer, composition: Composition | None) -> Answer:
    """The answer with what was composed, once it is there."""
    return answer if composition is None else replace(answer, composed=composition.result())


class Compositions:
    """What is being composed, one for each tab. Threads may share it."""

    def __init__(self) -> None:
        self._running: dict[str, Composition] = {}
        self._lock = threading.Lock()

    def begin(self, tab: str, composition: Composition | None) -> None:
        """A tab's new one; the one before is given up."""
        with self._lock:
            before = self._running.pop(tab, None)
            if composition is not None:
                self._running[tab] = composition
        if before is not None:
            before.cancel()

    def end(self, tab: str) -> None:
        """Nobody looks at the tab any more."""
        self.begin(tab, None)

    async def wait(self, tab: str) -> None:
        """Until the tab's is there, or given up."""
        with self._lock:
            running = self._running.get(tab)
        if running is not None:
            with contextlib.suppress(asyncio.CancelledError, CancelledError, Exception):
                await asyncio.shield(asyncio.wrap_future(running))

    def take(self, tab: str) -> Composed | None:
        """What the tab's became; `None` while it is under way, given up or taken before."""
        with self._lock:
            done = self._running.get(tab)
            if done is None or not done.done():
                return None
            del self._running[tab]
        if done.cancelled():
            return None
        error = done.exception()
        if error is not None:
            logger.error("an answer could not be composed", exc_info=error)
            return None
        return done.result()
