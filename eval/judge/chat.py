"""The chat model of the settings as a judge."""

from __future__ import annotations

import asyncio
import logging
import re
import threading
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from assistant.chat.failures import ChatFailed
from assistant.chat.opening import ChatModel, chat_model_of, load
from assistant.chat.streaming import Limits, written
from eval.judge import prompts
from eval.refusals import because
from knowledge.errors import SettingsError
from knowledge.models import Language
from knowledge.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

logger = logging.getLogger(__name__)

_VERDICT = re.compile(r"\b(?P<denied>UN)?(?:SUPPORTED|ANSWERED)\b")


class ChatJudge:
    """Asks a chat model of LangChain, one statement at a time; threads may share it.

    Args:
        name: of the model and its prompts: what an admission holds for.
        load: gives the model; called once.
        limits: of time and size of a call.
        ends_with_reason: whether the model tells why it ended.
    """

    def __init__(
        self,
        name: str,
        load: Callable[[], BaseChatModel],
        limits: Limits,
        *,
        ends_with_reason: bool = False,
    ) -> None:
        self.id = name
        self._load = load
        self._limits = limits
        self._ends_with_reason = ends_with_reason
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="judge", daemon=True)
        self._thread.start()

    def finds(
        self, kind: prompts.Kind, statement: str, sources: Sequence[str], language: Language
    ) -> bool | None:
        """Whether it holds; `None`: no verdict came. For the arguments see `prompts.request`."""
        asked = prompts.request(kind, statement, sources, language)
        call = written(self._model, asked, self._limits, ends_with_reason=self._ends_with_reason)
        try:
            said = asyncio.run_coroutine_threadsafe(call, self._loop).result()
        except ChatFailed as failure:
            logger.warning("judge=%s why=%s detail=%s", self.id, failure.why, failure.detail)
            return None
        return verdict_in(said.text)

    def close(self) -> None:
        """Stop."""
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(timeout=5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=5)
        self._loop.close()

    @cached_property
    def _model(self) -> BaseChatModel:
        return self._load()

    async def _end(self) -> None:
        client = getattr(self.__dict__.get("_model"), "http_async_client", None)
        if client is not None:
            await client.aclose()
        await self._loop.shutdown_asyncgens()


def verdict_in(text: str) -> bool | None:
    """What a judge wrote; `None` where it gives no verdict, or both.

    >>> verdict_in("SUPPORTED."), verdict_in("unsupported"), verdict_in("SUPPORTED or UNSUPPORTED")
    (True, False, None)
    """
    found = {match["denied"] is None for match in _VERDICT.finditer(text.upper())}
    return found.pop() if len(found) == 1 else None


def judge_of(settings: Settings) -> ChatJudge:
    """The judge that the settings name; nothing is loaded or called.

    Raises:
        SettingsError: they name no chat model, or one that cannot be used.
    """
    model = chat_model_of(settings)
    if model is None:
        raise SettingsError(because("judge-none"))
    return ChatJudge(
        judge_id(model),
        lambda: load(model),
        model.limits,
        ends_with_reason=model.ends_with_reason,
    )


def judge_id(model: ChatModel) -> str:
    """What tells judges apart: where the model is, its name, and the prompts."""
    place = model.provider or urlsplit(model.url or "").netloc
    return f"{place}:{model.name} {prompts.versions()}"
