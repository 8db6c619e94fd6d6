"""Settings -> a wired assistant: the one place where real parts are chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from functools import partial

from assistant.pipeline import Assistant
from assistant.preview import Previewer
from assistant.weights import bundled as bundled_weights
from knowledge.audience import AudienceTree
from knowledge.audit import local_actor
from knowledge.errors import ModelError
from knowledge.models import EVERYONE, Viewer
from knowledge.ports import Embedder, ReadableRegister, Reranker, SearchedIndexes
from knowledge.register import Register
from knowledge.search.indexes import Indexes
from knowledge.search.retrieval import Retriever
from knowledge.search.thesaurus import bundled as bundled_thesaurus
from knowledge.settings import Settings
from knowledge.work.work_store import WorkStore

LOCAL_VIEWER = Viewer(name="local", audiences=frozenset({EVERYONE}))
"""An agent at the root: sees what is for everybody."""


def operator(
    tree: AudienceTree,
    *,
    name: str | None = None,
    audience: str | None = None,
    on: date | None = None,
    told: datetime | None = None,
) -> Viewer:
    """Whoever sits at this machine: sees everything, or what an agent of an audience sees.

    Args:
        tree: all audiences.
        name: in whose name; `None`: the system's name of the user.
        audience: label of the agent's audience to ask as.
        on: the day asked about.
        told: the moment as of which the register is asked.

    Raises:
        SettingsError: there is no such audience.
    """
    seen = tree.managed(EVERYONE) if audience is None else tree.above(audience)
    return Viewer(name or local_actor(), seen, on, told)


@contextmanager
def open_assistant(
    settings: Settings, progress: Callable[[str], None] | None = None
) -> Iterator[Assistant]:
    """The assistant over the settings' register, closed at the end; see `open_parts`."""
    with open_parts(settings, progress) as (assistant, _):
        yield assistant


@contextmanager
def open_parts(
    settings: Settings, progress: Callable[[str], None] | None = None
) -> Iterator[tuple[Assistant, Embedder]]:
    """The assistant over the settings' register, closed at the end, and its model.

    Args:
        settings: read once at the rim.
        progress: told, in one line, of work that takes seconds.

    Raises:
        ModelError: the model cannot be loaded or is not the register's.
        RegisterError: the register cannot be opened.
    """
    from knowledge.encoders.embedding import SentenceTransformerEmbedder

    register = Register.open(settings)
    try:
        embedder = SentenceTransformerEmbedder.open(settings, progress)
        _check_model(register, embedder)
        assistant = wire(register, embedder, settings)
    except BaseException:
        register.close()
        raise
    try:
        yield assistant, embedder
    finally:
        assistant.close()


def wire(register: Register, embedder: Embedder, settings: Settings) -> Assistant:
    """An assistant of given parts; it owns the register from now on."""
    return _assistant(register, Indexes(register, settings), embedder, _reranker(settings))


@contextmanager
def open_previewer(
    settings: Settings, progress: Callable[[str], None] | None = None
) -> Iterator[Previewer]:
    """What tries changes on a register, closed at the end; see `open_previewer_parts`."""
    with open_previewer_parts(settings, progress) as (previewer, _):
        yield previewer


@contextmanager
def open_previewer_parts(
    settings: Settings, progress: Callable[[str], None] | None = None
) -> Iterator[tuple[Previewer, Embedder]]:
    """What tries changes on the settings' register, closed at the end, and its model.

    Args:
        settings: read once at the rim.
        progress: told, in one line, of work that takes seconds.

    Raises:
        ModelError: the model cannot be loaded or is not the register's.
        RegisterError: the register cannot be opened.
    """
    from knowledge.encoders.embedding import SentenceTransformerEmbedder

    with closing(WorkStore.open(settings)) as store, Register.open(settings) as register:
        embedder = SentenceTransformerEmbedder.open(settings, progress)
        _check_model(register, embedder)
        with closing(Indexes(register, settings)) as indexes:
            yield previewer(store, register, indexes, embedder, settings), embedder


def previewer(
    store: WorkStore,
    register: Register,
    indexes: Indexes,
    embedder: Embedder,
    settings: Settings,
) -> Previewer:
    """What tries changes, of given parts."""
    wire_with = partial(_assistant, reranker=_reranker(settings))
    return Previewer(store, register, indexes, embedder, wire_with)


def _assistant(
    register: ReadableRegister,
    indexes: SearchedIndexes,
    embedder: Embedder,
    reranker: Reranker | None,
) -> Assistant:
    from knowledge.encoders.adapted import AdaptedEncoder
    from knowledge.encoders.figures import FigureReader

    retriever = Retriever(register, indexes, embedder, bundled_thesaurus(), reranker=reranker)
    classifier, figures = AdaptedEncoder.open(embedder), FigureReader.open(embedder)
    return Assistant(register, indexes, retriever, bundled_weights(), classifier, figures)


def _reranker(settings: Settings) -> Reranker | None:
    from knowledge.encoders.rerank import CrossEncoderReranker

    return CrossEncoderReranker.open(settings)


def _check_model(register: Register, embedder: Embedder) -> None:
    bound = register.fingerprint()
    if bound is not None and bound != embedder.fingerprint:
        raise ModelError(
            f"the register was built with model {bound!r} but the settings name "
            f"{embedder.fingerprint!r}; run `voz rebuild --re-embed` or set VOZ_MODEL back"
        )
