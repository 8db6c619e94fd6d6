"""Customer systems of the tests' own: the example company's, and servers that misbehave."""

from __future__ import annotations

import importlib.util
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

import uvicorn

from assistant.customers.records import Words

CRM = Path(__file__).resolve().parents[1] / "examples" / "almendro" / "crm"
MADRID = ZoneInfo("Europe/Madrid")
WORDS = Words(MADRID)
TOKEN = "secreto-de-prueba"


def example_module(name: str) -> ModuleType:
    """A script of the example's folder, as a module."""
    spec = importlib.util.spec_from_file_location(f"almendro_crm_{name}", CRM / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def example_sql(folder: Path) -> Path:
    """The example's database and its mapping beside it; the mapping's path."""
    folder.mkdir(parents=True, exist_ok=True)
    example_module("build").build(folder / "crm.sqlite")
    mapping = folder / "mapping-sql.toml"
    mapping.write_text((CRM / "mapping-sql.toml").read_text("utf-8"), "utf-8")
    return mapping


@contextmanager
def example_rest(folder: Path) -> Iterator[Path]:
    """The example's REST server, running, and a mapping that names it; the mapping's path."""
    folder.mkdir(parents=True, exist_ok=True)
    example_module("build").build(folder / "crm.sqlite")
    app = example_module("server").create_app(folder / "crm.sqlite", TOKEN)
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="none"))
    thread = threading.Thread(target=lambda: server.run(sockets=[listener]), daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.01)
    mapping = folder / "mapping-rest.toml"
    port = listener.getsockname()[1]
    text = (CRM / "mapping-rest.toml").read_text("utf-8")
    mapping.write_text(text.replace("127.0.0.1:8765", f"127.0.0.1:{port}"), "utf-8")
    try:
        yield mapping
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()


Answer = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def serving(answer: Answer) -> Iterator[str]:
    """A server that answers every GET as it is told; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                answer(self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


def reply(handler: BaseHTTPRequestHandler, content: Any, status: int = 200, **headers: str) -> None:
    """Answer with JSON, or with bytes as they are."""
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    handler.send_response(status)
    handler.send_header("content-length", str(len(body)))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


REST = """
kind = "rest"
url = "{url}"
[find]
phone = "find?phone={{national}}"
name = "find?name={{folded}}"
items = "customers"
fields = {{ key = "id", name = "name", phone = "phone" }}
[customer]
path = "customer/{{key}}"
fields = {{ key = "id", name = "name", phones = "phones", mail = "mail", since = "since" }}
[orders]
items = "orders"
fields = {{ number = "number", state = "state", delivered = "delivered", total = "total" }}
[lines]
items = "lines"
fields = {{ code = "sku", quantity = "n" }}
[contacts]
items = "contacts"
fields = {{ on = "on", summary = "said" }}
"""


def rest_mapping(folder: Path, url: str) -> Path:
    """A small mapping of a REST API at an address."""
    path = folder / "rest.toml"
    path.write_text(REST.format(url=url), "utf-8")
    return path
