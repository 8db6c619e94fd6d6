"""What a chat model composes beside the extractive answers: which, and for whom.

The extractive answer never waits for it. One tab has one composition under way: the next question,
and leaving, end the one before. Without a chat model nothing of `assistant.chat` is loaded.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, Future
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.contact.listening import is_not_to_say
from assistant.models import Answer, Composed

if TYPE_CHECKING:
    from assistant.chat.composer import ChatComposer
    from assistant.chat.opening import ChatModel
    from assistant.models import Statement, Turn
    from assistant.pipeline import Assistant, Evidence
    from assistant.shell.voicing import Voice
    from knowledge.models import Viewer
    from knowledge.ports import Embedder
    from knowledge.settings import Settings

logger = logging.getLogger(__name__)

Composition = Future[Composed]


def chat_model(settings: Settings) -> ChatModel | None:
    """The chat model of the settings; `None` where they name none. Nothing is called yet.

    Raises:
        SettingsError: what they say of it cannot be used.
    """
    if settings.chat_model is None and settings.chat_url is None:
        return None
    from assistant.chat.opening import chat_model_of

    return chat_model_of(settings)


@contextlib.contextmanager
def open_composer(
    model: ChatModel | None, embedder: Embedder, settings: Settings
) -> Iterator[ChatComposer | None]:
    """What composes with a model, closed at the end; `None` without one.

    Args:
        model: as `chat_model` gave it.
        embedder: for checking sentences against sources of another language.
        settings: name the model that is asked whether sources support a sentence, if any.

    Raises:
        ModelError: that model cannot be loaded.
    """
    if model is None:
        yield None
        return
    from assistant.chat.composer import ChatComposer
    from assistant.chat.opening import load, tracing_notice
    from assistant.chat.support import support_check
    from knowledge.encoders.entailment import CrossEncoderEntailment

    notice = tracing_notice()
    if notice:
        logger.warning("%s", notice)
    composer = ChatComposer(
        model.name,
        lambda: load(model),
        support_check(embedder, CrossEncoderEntailment.open(settings)),
        limits=model.limits,
        ends_with_reason=model.ends_with_reason,
    )
    with contextlib.closing(composer):
        yield composer


def ask_composing(
    assistant: Assistant,
    composer: ChatComposer | None,
    question: str,
    viewer: Viewer,
    history: Sequence[Turn] = (),
    voice: Voice | None = None,
) -> tuple[Answer, Composition | None]:
    """The answer at once, and what is composed from it; `None` where there is nothing to compose.

    Args:
        assistant: answers.
        composer: composes; `None`: nothing is composed.
        question: as asked.
        viewer: who asks.
        history: earlier turns, oldest first.
        voice: whose rules the model is told; `None` tells it none.

    Raises:
        SettingsError: the question is empty or too long.
    """
    if composer is None:
        return assistant.ask(question, viewer, history), None
    answer, evidence = assistant.ask_with_evidence(question, viewer, history)
    if not worth_composing(answer):
        return answer, None

    def sources() -> tuple[Statement, ...]:
        return sources_of(assistant, answer, evidence, viewer)

    told = voice.rules(viewer, answer.language) if voice else ()
    return answer, composer.start(answer.question, sources, history, answer.language, told)


def worth_composing(answer: Answer) -> bool:
    """Whether there is anything to compose: approved wording is said as it is."""
    return bool(answer.statements) and not answer.statements[0].approved


def sources_of(
    assistant: Assistant, answer: Answer, evidence: Evidence, viewer: Viewer
) -> tuple[Statement, ...]:
    """The passages that an answer is composed from: without what quotes what may not be said."""
    found = assistant.sources(answer, evidence, viewer)
    return tuple(passage for passage in found if not is_not_to_say(passage))


def with_composed(answer: Answer, composition: Composition | None) -> Answer:
    """The answer with what was composed, once it is there."""
    return answer if composition is None else replace(answer, composed=composition.result())


class Compositions:
    """What is being composed, one for each tab. Threads may share it."""

    def __init__(self) -> None:
        self._running: dict[str, tuple[int, Composition]] = {}
        self._keys = itertools.count(1)
        self._lock = threading.Lock()

    def begin(self, tab: str, composition: Composition) -> int:
        """A tab's new one, and the key to take it with; the one before is given up."""
        self.end(tab)
        with self._lock:
            key = next(self._keys)
            self._running[tab] = key, composition
        return key

    def end(self, tab: str) -> None:
        """Nobody waits for the tab's any more."""
        with self._lock:
            before = self._running.pop(tab, None)
        if before is not None:
            before[1].cancel()

    async def wait(self, tab: str) -> None:
        """Until the tab's is there, or given up."""
        with self._lock:
            running = self._running.get(tab)
        if running is not None:
            with contextlib.suppress(asyncio.CancelledError, CancelledError, Exception):
                await asyncio.shield(asyncio.wrap_future(running[1]))

    def take(self, tab: str, key: int) -> Composed | None:
        """What it became; `None` while it is under way, given up, or taken before."""
        with self._lock:
            found = self._running.get(tab)
            if found is None or found[0] != key or not found[1].done():
                return None
            del self._running[tab]
        return None if found[1].cancelled() else found[1].result()
