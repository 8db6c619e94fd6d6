"""One call of a chat model: its words as they come, within limits of time and size."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any, cast

from assistant.chat.failures import ChatFailed, failure_of

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk

    from assistant.chat.prompts import Request

RETRIED = frozenset({"down", "busy", "failed", "cut_off"})
"""Worth one more try at once, as long as no word has come; what was slow would be so again."""
BROKEN_OFF = frozenset({"length", "max_tokens", "content_filter", "MAX_TOKENS"})
"""What models call the reason of an end before theirs."""


@dataclass(frozen=True)
class Limits:
    """How long a call may take, in seconds, and how much it may write.

    Attributes:
        connect_s: until there is a connection.
        first_s: until the first word.
        between_s: from word to word.
        total_s: in all, a second try included.
        retry_after_s: before the second try.
        max_chars: written; a few sentences are asked for.
        max_bytes: sent by the server, with all that is around the words.
    """

    connect_s: float = 2.0
    first_s: float = 8.0
    between_s: float = 10.0
    total_s: float = 60.0
    retry_after_s: float = 0.3
    max_chars: int = 4_000
    max_bytes: int = 1 << 20


@dataclass(frozen=True)
class Written:
    """What a model wrote, whole.

    Attributes:
        text: its words.
        first_ms: milliseconds from the request to the first of them.
        ms: milliseconds to the last.
    """

    text: str
    first_ms: float
    ms: float


async def written(
    model: BaseChatModel,
    request: Request,
    limits: Limits,
    *,
    ends_with_reason: bool = False,
    clock: Callable[[], float] = monotonic,
) -> Written:
    """What a model writes to a request; tried twice at most, the second time within the same total.

    Args:
        model: any chat model of LangChain.
        request: rules and request.
        limits: of time and size.
        ends_with_reason: whether the model tells why it ended: without that it was cut off.
        clock: seconds, only ever growing.

    Raises:
        ChatFailed: it gave nothing that can be used.
    """
    began = clock()
    try:
        async with asyncio.timeout(limits.total_s):
            for again in (True, False):
                call = _Call(model, request, limits, ends_with_reason, clock, began)
                try:
                    return await call.run()
                except Exception as error:
                    failure = failure_of(error, begun=call.begun)
                    if call.begun or not again or failure.why not in RETRIED:
                        raise failure from error
                await asyncio.sleep(limits.retry_after_s)
    except TimeoutError as error:
        raise ChatFailed("slow", "total") from error
    raise AssertionError("unreachable")


class _Call:
    """One try."""

    def __init__(
        self,
        model: BaseChatModel,
        request: Request,
        limits: Limits,
        ends_with_reason: bool,
        clock: Callable[[], float],
        began: float,
    ) -> None:
        self._model = model
        self._request = request
        self._limits = limits
        self._ends_with_reason = ends_with_reason
        self._clock = clock
        self._began = began
        self._text = ""
        self._ended: str | None = None

    @property
    def begun(self) -> bool:
        """Whether words have come."""
        return bool(self._text)

    async def run(self) -> Written:
        """Its words."""
        from langchain_core.messages import HumanMessage, SystemMessage
        from langsmith import tracing_context

        messages = [SystemMessage(self._request.rules), HumanMessage(self._request.request)]
        first_ms = 0.0
        # Nothing of it is told to anybody but the model, whatever the environment says.
        with tracing_context(enabled=False):
            words_of = cast("AsyncGenerator[AIMessageChunk]", self._model.astream(messages))
            async with contextlib.aclosing(words_of) as stream:
                due = asyncio.timeout(self._limits.first_s)
                async with due:
                    async for chunk in stream:
                        words = str(chunk.text)
                        self._ended = _reason_of(chunk.response_metadata) or self._ended
                        if not words:
                            continue
                        first_ms = first_ms or self._ms()
                        self._text += words
                        if len(self._text) > self._limits.max_chars:
                            raise ChatFailed("oversized", f"over {self._limits.max_chars}")
                        due.reschedule(asyncio.get_running_loop().time() + self._limits.between_s)
        self._must_be_whole()
        return Written(self._text, first_ms, self._ms())

    def _must_be_whole(self) -> None:
        """Half an answer may be the opposite of all of it."""
        if self._ended in BROKEN_OFF:
            raise ChatFailed("cut_off", f"ended with {self._ended}")
        if self._ends_with_reason and self._ended is None:
            raise ChatFailed("cut_off" if self._text else "garbage", "ended without a reason")
        if not self._text.strip():
            raise ChatFailed("garbage", "no words")

    def _ms(self) -> float:
        return (self._clock() - self._began) * 1000


def _reason_of(told: dict[str, Any]) -> str | None:
    """Why a model says that it ended; providers call it by two names."""
    reason = told.get("finish_reason") or told.get("stop_reason")
    return None if reason is None else str(reason)
