"""Calls of a chat model from threads that wait for its words."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Self

from assistant.chat.failures import ChatFailed
from assistant.chat.opening import ChatModel, load
from assistant.chat.prompts import Request
from assistant.chat.streaming import Limits, written

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

logger = logging.getLogger(__name__)


class ChatCalls:
    """A chat model of LangChain with a loop of its own; threads may share it.

    Args:
        load: gives the model; called once.
        limits: of time and size of a call.
        ends_with_reason: whether the model tells why it ended.
    """

    def __init__(
        self, load: Callable[[], BaseChatModel], limits: Limits, *, ends_with_reason: bool = False
    ) -> None:
        self._load = load
        self._limits = limits
        self._ends_with_reason = ends_with_reason
        self._loading = threading.Lock()
        self._model: BaseChatModel | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="chat", daemon=True)
        self._thread.start()

    @classmethod
    def of(cls, model: ChatModel, *, max_chars: int | None = None) -> Self:
        """Of a model that the settings name; it is loaded when it is first asked.

        Args:
            model: its settings.
            max_chars: after which it is not listened to any longer; `None`: as in its limits.
        """
        limits = replace(model.limits, max_chars=max_chars or model.limits.max_chars)
        return cls(lambda: load(model), limits, ends_with_reason=model.ends_with_reason)

    def said(self, request: Request) -> str | None:
        """What the model writes to a request; `None`: nothing that can be used."""
        call = written(
            self._loaded(), request, self._limits, ends_with_reason=self._ends_with_reason
        )
        try:
            return asyncio.run_coroutine_threadsafe(call, self._loop).result().text
        except ChatFailed as failure:
            prompt, why, detail = request.prompt, failure.why, failure.detail
            logger.warning("prompt=%s why=%s detail=%s", prompt, why, detail)
            return None

    def close(self) -> None:
        """Stop."""
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(timeout=5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=5)
        self._loop.close()

    def _loaded(self) -> BaseChatModel:
        with self._loading:
            if self._model is None:
                self._model = self._load()
            return self._model

    async def _end(self) -> None:
        client = getattr(self._model, "http_async_client", None)
        if client is not None:
            await client.aclose()
        await self._loop.shutdown_asyncgens()
