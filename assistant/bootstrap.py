"""Settings -> a wired assistant: the one place where real parts are chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from assistant.pipeline import Assistant
from assistant.weights import bundled as bundled_weights
from knowledge.errors import ModelError
from knowledge.indexes import Indexes
from knowledge.models import EVERYONE, Viewer
from knowledge.ports import Embedder, Reranker
from knowledge.register import Register
from knowledge.retrieval import Retriever
from knowledge.settings import Settings
from knowledge.thesaurus import bundled as bundled_thesaurus

LOCAL_VIEWER = Viewer(name="local", audiences=frozenset({EVERYONE}))
"""Whoever sits at this machine, until there are accounts."""


@contextmanager
def open_assistant(
    settings: Settings, progress: Callable[[str], None] | None = None
) -> Iterator[Assistant]:
    """The assistant over the settings' register, closed at the end.

    Args:
        settings: read once at the rim.
        progress: told, in one line, of work that takes seconds.

    Raises:
        ModelError: the model cannot be loaded or is not the register's.
        RegisterError: the register cannot be opened.
    """
    from knowledge.embedding import SentenceTransformerEmbedder

    register = Register.open(settings)
    try:
        embedder = SentenceTransformerEmbedder.open(settings, progress)
        _check_model(register, embedder)
        assistant = wire(register, embedder, settings)
    except BaseException:
        register.close()
        raise
    try:
        yield assistant
    finally:
        assistant.close()


def wire(register: Register, embedder: Embedder, settings: Settings) -> Assistant:
    """An assistant of given parts; it owns the register from now on."""
    indexes = Indexes(register, settings)
    retriever = Retriever(
        register, indexes, embedder, bundled_thesaurus(), reranker=_reranker(settings)
    )
    return Assistant(register, indexes, retriever, bundled_weights())


def _reranker(settings: Settings) -> Reranker | None:
    from knowledge.rerank import CrossEncoderReranker

    return CrossEncoderReranker.open(settings)


def _check_model(register: Register, embedder: Embedder) -> None:
    bound = register.fingerprint()
    if bound is not None and bound != embedder.fingerprint:
        raise ModelError(
            f"the register was built with model {bound!r} but the settings name "
            f"{embedder.fingerprint!r}; run `voz rebuild --re-embed` or set VOZ_MODEL back"
        )
