"""A real browser, and the page served in this process over scripted answers."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

os.environ.update(GRADIO_ANALYTICS_ENABLED="False", GRADIO_RUN_HISTORY="False", HF_HUB_OFFLINE="1")

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")
"""The first that is installed: without windows of its own it takes half the time."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    if executable is None:
        pytest.skip("no Chromium on this machine (apt-get install chromium)")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    return {**browser_type_launch_args, "executable_path": executable, "args": [*flags, *quiet]}


@pytest.fixture(scope="session")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from tests.people import People

    people = People(tmp_path_factory.mktemp("people"))
    yield people
    people.close()


@pytest.fixture(scope="session")
def signed_in(people: Any) -> dict[str, Any]:
    """What a browser keeps of somebody who has signed in; cookies do not tell ports apart."""
    from assistant.shell.access import COOKIE

    cookie = {"name": COOKIE, "value": people.token("todas"), "domain": "127.0.0.1", "path": "/"}
    return {"cookies": [{**cookie, "httpOnly": True, "sameSite": "Lax"}], "origins": []}


@pytest.fixture(scope="session")
def browser_context_args(
    browser_context_args: dict[str, Any], signed_in: dict[str, Any]
) -> dict[str, Any]:
    return {
        **browser_context_args,
        "storage_state": signed_in,
        "locale": "es-ES",
        "viewport": {"width": 1280, "height": 800},
        "permissions": ["clipboard-read", "clipboard-write"],
    }


@contextmanager
def serving(app: Any, certificate: Path | None = None) -> Iterator[str]:
    """The application on a free port of this machine, in a thread; its address.

    Args:
        app: is served.
        certificate: a file with it and its key, to serve encrypted.
    """
    import uvicorn

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            timeout_graceful_shutdown=1,
            ssl_certfile=certificate,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        deadline = time.monotonic() + 30
        while not server.started:
            assert time.monotonic() < deadline, "the server did not start"
            time.sleep(0.02)
        scheme = "https" if certificate else "http"
        yield f"{scheme}://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="session")
def double(tmp_path_factory: pytest.TempPathFactory) -> Any:
    from tests.e2e.page_double import PageDouble

    return PageDouble(Path(tmp_path_factory.mktemp("double")))


@pytest.fixture(scope="session")
def address(double: Any, people: Any) -> Iterator[str]:
    from assistant.shell.web import create_app

    with serving(create_app(double, people.access, people.settings)) as url:
        yield url


@pytest.fixture(scope="session")
def serve_app() -> Callable[[Any], Any]:
    return serving
