"""What went wrong, in the language of whoever is told: pages their own, programs as they ask."""

from __future__ import annotations

from typing import Final

from starlette.requests import HTTPConnection

from assistant.refusals import because
from assistant.shell.manage import refusal_texts
from assistant.shell.texts import preferred_language
from knowledge.errors import (
    DocumentRefused,
    IndexDamaged,
    KnowledgeBaseError,
    ModelError,
    RegisterError,
    RegisterLocked,
    StorageFull,
)
from knowledge.models import Language

_KINDS: Final[tuple[tuple[type[KnowledgeBaseError], str], ...]] = (
    (RegisterLocked, "busy"),
    (StorageFull, "storage-full"),
    (RegisterError, "register-failed"),
    (ModelError, "model-failed"),
    (IndexDamaged, "index-damaged"),
    (KnowledgeBaseError, "server-says"),
)
"""What is said of an error whose line is known in English alone; the first that fits."""


def language_asked(connection: HTTPConnection) -> Language:
    """The language that a request asks for by Accept-Language; English if it does not."""
    return preferred_language(None, connection.headers.get("accept-language", ""), "en")


def in_each(error: KnowledgeBaseError) -> dict[Language, str]:
    """The line in each language: for what is read later, by whoever looks."""
    return {"en": told(error, "en"), "es": told(error, "es")}


def told(error: KnowledgeBaseError, language: Language) -> str:
    """One line: what failed, what was expected, what to do next."""
    line = error.told(language)
    if line is None and isinstance(error, DocumentRefused):
        line = refusal_texts.ES.get(f"refused_{error.code}")
    if line is None:
        code = next(code for kind, code in _KINDS if isinstance(error, kind))
        line = because(code, line=str(error)).told(language)
    return line
