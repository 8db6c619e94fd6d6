"""The chat model of the settings as a judge."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from assistant.chat.opening import ChatModel, chat_model_of
from eval.clients.chat import ChatCalls
from eval.judge import prompts
from eval.refusals import because
from knowledge.errors import SettingsError
from knowledge.models import Language
from knowledge.settings import Settings

MAX_CHARS = 400
"""Of a verdict, which is one word; a model that goes on gives none, and would take minutes."""
_VERDICT = re.compile(r"\b(?P<denied>UN)?(?:SUPPORTED|ANSWERED)\b")


class ChatJudge:
    """Asks a chat model of LangChain, one statement at a time; threads may share it.

    Args:
        name: of the model and its prompts: what an admission holds for.
        calls: of the model; closed with this.
    """

    def __init__(self, name: str, calls: ChatCalls) -> None:
        self.id = name
        self._calls = calls

    def finds(
        self, kind: prompts.Kind, statement: str, sources: Sequence[str], language: Language
    ) -> bool | None:
        """Whether it holds; `None`: no verdict came. For the arguments see `prompts.request`."""
        said = self._calls.said(prompts.request(kind, statement, sources, language))
        return None if said is None else verdict_in(said)

    def close(self) -> None:
        """Stop."""
        self._calls.close()


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
    return ChatJudge(judge_id(model), ChatCalls.of(model, max_chars=MAX_CHARS))


def judge_id(model: ChatModel) -> str:
    """What tells judges apart: where the model is, its name, and the prompts."""
    place = model.provider or urlsplit(model.url or "").netloc
    return f"{place}:{model.name} {prompts.versions()}"
