"""`voz serve`: take the port, load the parts, serve the page until told to stop."""

from __future__ import annotations

import contextlib
import errno
import gc
import importlib
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from assistant.shell.guard import MAX_BODY_BYTES, page_address, public_address
from assistant.shell.quiet import silence
from knowledge.encoders.model_loading import collecting_nothing
from knowledge.errors import SettingsError
from knowledge.models import Viewer
from knowledge.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant.chat.composer import ChatComposer
    from assistant.customers.service import Customers
    from assistant.pipeline import Assistant
    from assistant.shell.live import Live
    from assistant.shell.manage.office import Office
    from knowledge.audit.views import ViewLog
    from knowledge.identity.sign_in import SignIn
    from knowledge.ports import Embedder
    from knowledge.work.work_store import WorkStore

logger = logging.getLogger(__name__)

_SHARED_IMPORTS = ("numpy", "pandas", "PIL.Image", "rich", "jinja2", "huggingface_hub.hf_api")
"""What both Gradio and the embedding model import."""

_WARM_UP = ("plaso de devolucoin del sofa", "retunr policy for matresses")


def serve(settings: Settings, progress: Callable[[str], None] = print) -> int:
    """Serve the web page; returns the process's exit code when stopped.

    The port is taken before anything slow is loaded, so that a clash shows at once.

    Raises:
        KnowledgeBaseError: the address cannot be used, or the assistant cannot be opened; its
            message is the one line to show.
    """
    started = time.perf_counter()
    listener = take_port(settings.host, settings.port)
    try:
        page_parts = _load_page_parts()
        with open_app(settings, progress, page_parts.join) as (app, warm_up):
            address = _address(settings, listener)
            progress(f"{address}  (ready in {time.perf_counter() - started:.1f} s; Ctrl+C stops)")
            _tell_first_administrator(settings, address, progress)
            warmed = _in_background(warm_up)
            gc.freeze()  # what was loaded stays: no pause is spent on looking through it
            _run(app, listener)
            warmed.join()
    finally:
        listener.close()
    return 0


@contextlib.contextmanager
def open_app(
    settings: Settings,
    progress: Callable[[str], None] = lambda line: None,
    loaded: Callable[[], None] = lambda: None,
) -> Iterator[tuple[FastAPI, Callable[[], None]]]:
    """The application with all its parts, which are closed at the end.

    Args:
        settings: read once at the rim.
        progress: told, in one line, of work that takes seconds.
        loaded: returns once what the page needs is imported.

    Yields:
        The application, and what loads ahead of time all that loads at its first use.

    Raises:
        KnowledgeBaseError: a part cannot be opened; its message is the one line to show.
    """
    from assistant.bootstrap import open_parts, operator
    from assistant.customers.opening import open_customers
    from assistant.shell.asking import writing_down
    from assistant.shell.composing import chat_model, open_composer
    from assistant.shell.live import open_live
    from assistant.shell.summary.receiver import receiver_of
    from knowledge.audit.views import ViewLog
    from knowledge.identity.sign_in import SignIn
    from knowledge.work.work_store import WorkStore

    receiver = receiver_of(settings)
    model = chat_model(settings)
    with (
        contextlib.closing(open_customers(settings)) as customers,
        open_parts(settings, progress) as (assistant, embedder),
        SignIn.open(settings) as doors,
        contextlib.closing(WorkStore.open(settings)) as work,
        contextlib.closing(ViewLog(work.database, work.audit_head)) as views,
        _office(assistant, embedder, doors, work, views, settings) as office,
        open_composer(model, embedder, settings) as composer,
        open_live(
            assistant, embedder, office, work, settings, receiver, composer, customers
        ) as live,
        writing_down(assistant, settings),
    ):
        loaded()
        app = _app(assistant, office, work, customers, settings, live, composer)
        everything = operator(assistant.audiences())
        if assistant.is_empty(everything):
            progress("there are no documents yet: run `voz ingest FOLDER`, even while serving")
        with _reading_ahead(assistant, everything) as read:
            yield app, lambda: _warm_up(live, everything, assistant, read, composer)


@collecting_nothing()
def _app(
    assistant: Assistant,
    office: Office,
    work: WorkStore,
    customers: Customers,
    settings: Settings,
    live: Live,
    composer: ChatComposer | None,
) -> FastAPI:
    from assistant.shell.voicing import voice_of_office
    from assistant.shell.web import create_app

    return create_app(
        assistant,
        office.access,
        settings,
        office,
        work,
        office.views,
        customers,
        live,
        composer,
        voice_of_office(office),
    )


@contextlib.contextmanager
def _office(
    assistant: Assistant,
    embedder: Embedder,
    doors: SignIn,
    work: WorkStore,
    views: ViewLog,
    settings: Settings,
) -> Iterator[Office]:
    """What the managers' side works with, its worker running."""
    from assistant.shell.access import Access
    from assistant.shell.manage.office import Office
    from assistant.shell.manage.worker import Worker
    from knowledge.identity.accounts import Accounts
    from knowledge.register import Register

    with Register.open(settings) as register, Accounts.open(settings) as accounts:
        worker = Worker(register, embedder, settings)
        worker.start()
        access = Access(doors, assistant.audiences)
        try:
            yield Office(register, accounts, access, settings, worker.wake, work, views)
        finally:
            worker.stop()


def _address(settings: Settings, listener: socket.socket) -> str:
    if settings.public_url is not None:
        return public_address(settings)
    return page_address(settings.host, listener.getsockname()[1])


def _tell_first_administrator(
    settings: Settings, address: str, progress: Callable[[str], None]
) -> None:
    """Where there are no accounts yet: make one, and say once how to get in."""
    from knowledge.identity.accounts import Accounts

    with Accounts.open(settings) as accounts:
        first = accounts.first_administrator()
    if first is None:
        return
    progress("")
    progress("This is the first start. Open this link to try it: once, within 15 minutes.")
    progress(f"  {address}/login?code={first.code}")
    progress(f"Later, sign in as {first.name!r} with this one-time password, and choose your own:")
    progress(f"  {first.password}")
    progress("Neither is shown again. `voz users` makes accounts for others.")


def _run(app: FastAPI, listener: socket.socket) -> None:
    """Serve until interrupted."""
    import uvicorn

    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=3,
        ws_max_size=MAX_BODY_BYTES,
    )
    # uvicorn raises the interrupt again once it has shut down; stopping is how serving ends.
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listener])


@collecting_nothing()
def _load_page_parts() -> threading.Thread:
    """Import what the page needs while the model loads: start-up takes half as long.

    What both import is imported first, so that the two threads meet no half-loaded module.
    """
    silence()
    for name in _SHARED_IMPORTS:
        importlib.import_module(name)
    return _in_background(lambda: importlib.import_module("assistant.shell.pages.ask"))


def _warm_up(
    live: Live,
    viewer: Viewer,
    assistant: Assistant,
    read: Callable[[], None],
    composer: ChatComposer | None = None,
) -> None:
    """Hear misspelt words in both languages: what loads at its first use keeps no agent waiting.

    So does what unrelated questions find, which is measured then. What takes long comes last, and
    is not waited for (`_reading_ahead`).
    """
    from assistant.models import Turn
    from assistant.shell.voicing import warm
    from knowledge.ports import PROMISES

    if live.hearing is not None:
        for question in _WARM_UP:
            live.hearing.listener.hear([Turn("customer", question)], viewer)
    if assistant.classifier is not None:
        assistant.classifier.told(PROMISES, _WARM_UP)
    warm()
    if composer is not None:
        composer.warm()
    read()


@contextlib.contextmanager
def _reading_ahead(assistant: Assistant, viewer: Viewer) -> Iterator[Callable[[], None]]:
    """What has the figures of the sources read, beside all else; at the end no more is read."""
    stopping = threading.Event()
    begun: list[threading.Thread] = []

    def read() -> None:
        from assistant.drafting.ahead import read_ahead

        figures = assistant.figures
        if figures is not None:
            work = partial(read_ahead, assistant, viewer, figures, stopping)
            begun.append(_in_background(work))

    try:
        yield read
    finally:
        stopping.set()
        for thread in begun:
            thread.join()


def _in_background(work: Callable[[], object]) -> threading.Thread:
    """Work whose failure matters to nobody: it is done again where it is needed."""

    def run() -> None:
        try:
            work()
        except Exception:
            logger.debug("work ahead of time failed", exc_info=True)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread


def take_port(host: str, port: int) -> socket.socket:
    """A socket bound to an address and not yet listening.

    Raises:
        SettingsError: the port is in use, may not be used, or the host is not this machine's.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise SettingsError(
            f"VOZ_HOST={host!r} is no address: {error.strerror or error}; use 127.0.0.1"
        ) from error
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise SettingsError(_refusal(host, port, error)) from error
    return listener


def _refusal(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"port {port} on {host} is in use; stop the program that uses it "
            f"or choose another with VOZ_PORT or --port"
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"port {port} on {host} may not be used; choose one above 1023 with VOZ_PORT"
    return f"cannot listen on {host} port {port}: {error.strerror}; check VOZ_HOST and VOZ_PORT"
