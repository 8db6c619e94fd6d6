"""The chat model that the settings name: checked when a command starts, loaded at its first use.

The libraries of providers take seconds to load, so none is imported before an answer is composed.
"""

from __future__ import annotations

import importlib.util
import os
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant.chat.streaming import Limits
from knowledge.errors import SettingsError
from knowledge.settings import PREFIX, Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

OPENAI_URL = "https://api.openai.com/v1"
NO_KEY = "none"
"""Sent where no key is set: the library wants one, and takes one from the environment otherwise."""
EXTRA = "pip install -c constraints.txt '.[chat]'"
TRACING = {
    "LANGSMITH_TRACING": "false",
    "LANGSMITH_TRACING_V2": "false",
    "LANGCHAIN_TRACING": "false",
    "LANGCHAIN_TRACING_V2": "false",
}
"""What LangChain looks at before it tells a third party of calls."""
_GATEWAY = "LANGSMITH_GATEWAY"
"""Variables that begin so would send calls by way of a third party."""
_TOKENS_PER_CHAR = 0.3
"""Of Spanish and English text, rounded up: about 3.5 characters a token."""


@dataclass(frozen=True)
class ChatModel:
    """A chat model as it is named in the settings.

    Attributes:
        name: of the model, as its provider calls it.
        provider: of LangChain's integration; `None` for an endpoint at `url`.
        url: of an OpenAI-compatible endpoint; `None` for the provider's own.
        key: `None` where there is none, or the provider's library takes it from the environment.
        limits: of time and size.
    """

    name: str
    provider: str | None
    url: str | None
    key: str | None
    limits: Limits

    @property
    def ends_with_reason(self) -> bool:
        """Whether it tells why it ended, as OpenAI-compatible endpoints do."""
        return self.provider in (None, "openai")

    def __repr__(self) -> str:
        """Without the key."""
        return f"ChatModel({self.provider or self.url}, {self.name})"


def chat_model_of(
    settings: Settings, environment: Mapping[str, str] | None = None
) -> ChatModel | None:
    """The chat model of the settings; `None` where they name none. Nothing is loaded or called.

    Args:
        settings: read once at the rim.
        environment: where the key is; `None` for the process's.

    Raises:
        SettingsError: what is set cannot be used; its message is the one line to show.
    """
    environment = os.environ if environment is None else environment
    if settings.chat_model is None:
        if settings.chat_url is not None:
            raise SettingsError(
                "VOZ_CHAT_URL is set but VOZ_CHAT_MODEL is not: set it to the name of a model there"
            )
        return None
    provider, name = _named(settings.chat_model, at_url=settings.chat_url is not None)
    if settings.chat_url is not None:
        _check_url(settings.chat_url)
    _check_installed(provider)
    key = _key(settings, provider, environment)
    limits = Limits(first_s=settings.chat_first_word_s, total_s=settings.chat_timeout_s)
    return ChatModel(name, provider, settings.chat_url, key, limits)


def tracing_notice(environment: Mapping[str, str] | None = None) -> str | None:
    """A line where a key of a tracing service is set: it is not used, which might surprise."""
    environment = os.environ if environment is None else environment
    found = next(
        (n for n in ("LANGSMITH_API_KEY", "LANGCHAIN_API_KEY") if environment.get(n)), None
    )
    if found is None:
        return None
    return f"{found} is set and not used: calls of the chat model are told to nobody else"


def load(model: ChatModel) -> BaseChatModel:
    """The model, ready to be called; takes seconds.

    Raises:
        SettingsError: its library does not take what is set.
    """
    _tell_nobody()
    try:
        if model.provider in (None, "openai"):
            return _openai_compatible(model)
        return _of_provider(model)
    except Exception as error:
        raise SettingsError(
            f"VOZ_CHAT_MODEL={model.name!r} cannot be used: {type(error).__name__}; check the name "
            f"of the provider and the model, and that its key is set"
        ) from error


def _named(setting: str, *, at_url: bool) -> tuple[str | None, str]:
    """Provider and model; names of models may have colons too."""
    before, colon, after = setting.partition(":")
    if at_url:
        return None, after if before == "openai" and after else setting
    if not (colon and before and after):
        raise SettingsError(
            f"VOZ_CHAT_MODEL={setting!r} names no provider: write PROVIDER:MODEL, such as "
            "openai:gpt-4.1-mini, or set VOZ_CHAT_URL to the endpoint where that model is"
        )
    return before, after


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or parts.query or parts.fragment:
        raise SettingsError(
            f"VOZ_CHAT_URL={_without_password(url)!r} is no address of an endpoint: write it as "
            "http://127.0.0.1:8080/v1"
        )
    if parts.username or parts.password:
        raise SettingsError(
            "VOZ_CHAT_URL has a user or password in it: put the key into an environment variable "
            "and its name into VOZ_CHAT_KEY_VARIABLE"
        )


def _without_password(url: str) -> str:
    scheme, _, rest = url.rpartition("//")
    return f"{scheme}//{rest.rpartition('@')[2]}" if scheme else rest.rpartition("@")[2]


def _check_installed(provider: str | None) -> None:
    package = "langchain_openai" if provider in (None, "openai") else _package_of(provider)
    if importlib.util.find_spec(package) is None:
        wanted = package.replace("_", "-")
        how = EXTRA if package == "langchain_openai" else f"pip install {wanted}"
        raise SettingsError(f"VOZ_CHAT_MODEL needs the package {wanted}: install it with `{how}`")


def _package_of(provider: str) -> str:
    # LangChain has no public list of them; loading it takes a second, which only this case pays.
    from langchain.chat_models.base import _BUILTIN_PROVIDERS

    if provider not in _BUILTIN_PROVIDERS:
        raise SettingsError(
            f"VOZ_CHAT_MODEL: there is no provider {provider!r}; LangChain knows "
            f"{', '.join(sorted(_BUILTIN_PROVIDERS))}; for another endpoint set VOZ_CHAT_URL"
        )
    return _BUILTIN_PROVIDERS[provider][0].partition(".")[0]


def _key(settings: Settings, provider: str | None, environment: Mapping[str, str]) -> str | None:
    variable = settings.chat_key_variable
    if variable is None and provider == "openai":
        variable = "OPENAI_API_KEY"
    if variable is None:
        return None
    if variable.upper().startswith(PREFIX):
        raise SettingsError(
            f"VOZ_CHAT_KEY_VARIABLE={variable!r} begins with {PREFIX}, as settings do: name "
            "another, such as CHAT_KEY"
        )
    key = environment.get(variable, "").strip()
    if not key:
        raise SettingsError(
            f"the environment variable {variable} is to hold the key of the chat model and is "
            "not set: set it, or name another in VOZ_CHAT_KEY_VARIABLE"
        )
    if not (key.isascii() and key.isprintable()):
        raise SettingsError(f"the key in {variable} has characters that no key has: set it anew")
    return key


def _tell_nobody() -> None:
    os.environ.update(TRACING)
    for name in [name for name in os.environ if name.startswith(_GATEWAY)]:
        del os.environ[name]


def _openai_compatible(model: ChatModel) -> BaseChatModel:
    import httpx2
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    from assistant.chat.transport import Bounded

    limits = model.limits
    waits = httpx2.Timeout(limits.total_s, connect=limits.connect_s)
    client = httpx2.AsyncClient(
        transport=Bounded(ssl.create_default_context(), limits.max_bytes),
        headers={"accept-encoding": "identity"},
        timeout=waits,
        follow_redirects=False,
        trust_env=False,
    )
    most = int(limits.max_chars * _TOKENS_PER_CHAR)
    # Endpoints of others know the older of the two names; OpenAI's own models want the newer.
    size: dict[str, Any] = {"extra_body": {"max_tokens": most}, "temperature": 0.0}
    if model.url is None:
        size = {"max_completion_tokens": most}
    return ChatOpenAI(
        model=model.name,
        base_url=model.url or OPENAI_URL,
        api_key=SecretStr(model.key or NO_KEY),
        http_async_client=client,
        openai_proxy="",
        timeout=waits,
        max_retries=0,
        stream_usage=False,
        stream_chunk_timeout=None,
        use_responses_api=False,
        **size,
    )


def _of_provider(model: ChatModel) -> BaseChatModel:
    from langchain.chat_models import init_chat_model

    given: dict[str, Any] = {"timeout": model.limits.total_s, "max_retries": 0}
    if model.key is not None:
        given["api_key"] = model.key
    if model.url is not None:
        given["base_url"] = model.url
    made: BaseChatModel = init_chat_model(model.name, model_provider=model.provider, **given)
    return made
