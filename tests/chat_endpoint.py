"""A small OpenAI-compatible endpoint that does what a test wants: well, slowly, wrongly, or not."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

ANSWER = "El plazo es de 14 días naturales [1].\nLa recogida cuesta 29 € [2]."


class ChatEndpoint:
    """Answers ``POST /v1/chat/completions`` as its `mode` says.

    Attributes:
        mode: name of one of the functions below.
        modes: for the next calls, before `mode`.
        text: what the model writes, or a function of the request's messages.
        requests: bodies received, in order.
        headers: of the last request.
        gone: set when a client has left while something was being sent to it.
        pause_s: between words, where the mode waits.
    """

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self.reset()
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                endpoint.requests.append(json.loads(body))
                endpoint.headers = dict(self.headers.items())
                mode = endpoint.modes.pop(0) if endpoint.modes else endpoint.mode
                try:
                    _MODES[mode](endpoint, self)
                except OSError:
                    endpoint.gone.set()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            block_on_close = False

            def handle_error(self, request: object, client_address: object) -> None:
                """Clients that leave are what is tested."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def reset(self) -> None:
        self.mode = "well"
        self.modes: list[str] = []
        self.text: str | Callable[[list[dict[str, str]]], str] = ANSWER
        self.requests.clear()
        self.headers: dict[str, str] = {}
        self.gone = threading.Event()
        self.stop = threading.Event()
        self.pause_s = 0.0

    def close(self) -> None:
        self.stop.set()
        self._server.shutdown()
        self._server.server_close()

    def words(self) -> list[str]:
        text = self.text
        if callable(text):
            text = text(self.requests[-1]["messages"])
        return text.split(" ")


@contextlib.contextmanager
def chat_endpoint() -> Iterator[ChatEndpoint]:
    endpoint = ChatEndpoint()
    try:
        yield endpoint
    finally:
        endpoint.close()


def closed_port() -> str:
    """An address where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}/v1"


def _begin(handler: BaseHTTPRequestHandler, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    handler.send_header("content-type", "text/event-stream")
    handler.send_header("connection", "close")
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.close_connection = True


def _send(handler: BaseHTTPRequestHandler, data: bytes) -> None:
    handler.wfile.write(data)
    handler.wfile.flush()


def _delta(handler: BaseHTTPRequestHandler, words: str, finish: str | None = None) -> None:
    delta = {"content": words} if finish is None else {}
    chunk = {
        "id": "1",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "double",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    }
    _send(handler, b"data: " + json.dumps(chunk).encode() + b"\n\n")


def _well(endpoint: ChatEndpoint, handler: BaseHTTPRequestHandler, finish: str = "stop") -> None:
    _begin(handler)
    for word in endpoint.words():
        _delta(handler, word + " ")
        time.sleep(endpoint.pause_s)
    _delta(handler, "", finish)
    _send(handler, b"data: [DONE]\n\n")


def _hang(endpoint: ChatEndpoint, handler: BaseHTTPRequestHandler) -> None:
    """Nothing at all, until the client leaves."""
    handler.connection.settimeout(0.05)
    while not endpoint.stop.is_set():
        with contextlib.suppress(TimeoutError):
            if not handler.connection.recv(1):
                endpoint.gone.set()
                return


def _hang_in_the_middle(endpoint: ChatEndpoint, handler: BaseHTTPRequestHandler) -> None:
    _begin(handler)
    _delta(handler, "El plazo ")
    _hang(endpoint, handler)


def _drip(endpoint: ChatEndpoint, handler: BaseHTTPRequestHandler) -> None:
    """Signs of life without a word."""
    _begin(handler)
    while not endpoint.stop.is_set():
        _send(handler, b": still here\n\n")
        time.sleep(0.05)


def _web_page(_: ChatEndpoint, handler: BaseHTTPRequestHandler) -> None:
    _begin(handler)
    _send(handler, b"<html><body>It works!</body></html>")


def _broken_json(_: ChatEndpoint, handler: BaseHTTPRequestHandler) -> None:
    _begin(handler)
    _send(handler, b'data: {"id": 1, "choi\n\n')


def _other_json(_: ChatEndpoint, handler: BaseHTTPRequestHandler) -> None:
    _begin(handler)
    _send(handler, b'data: ["hello"]\n\ndata: {"choices": "none"}\n\ndata: [DONE]\n\n')


def _cut_off(endpoint: ChatEndpoint, handler: BaseHTTPRequestHandler) -> None:
    _begin(handler, content_length="100000")
    for word in endpoint.words()[:8]:
        _delta(handler, word + " ")


def _cut_off_politely(endpoint: ChatEndpoint, handler: BaseHTTPRequestHandler) -> None:
    """A stream that ends like a good one, without the reason that good ones end with."""
    _begin(handler)
    for word in endpoint.words()[:8]:
        _delta(handler, word + " ")


def _reset(_: ChatEndpoint, handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True
    handler.connection.close()


def _endless(endpoint: ChatEndpoint, handler: BaseHTTPRequestHandler) -> None:
    _begin(handler)
    while not endpoint.stop.is_set():
        _delta(handler, "palabra " * 50)


def _endless_line(endpoint: ChatEndpoint, handler: BaseHTTPRequestHandler) -> None:
    _begin(handler)
    while not endpoint.stop.is_set():
        _send(handler, b"a" * 65536)


def _packed(_: ChatEndpoint, handler: BaseHTTPRequestHandler) -> None:
    _begin(handler, content_encoding="gzip")
    _send(handler, b"\x1f\x8b")


def _status(code: int) -> Callable[[ChatEndpoint, BaseHTTPRequestHandler], None]:
    def answer(endpoint: ChatEndpoint, handler: BaseHTTPRequestHandler) -> None:
        body = json.dumps({"error": {"message": "no", "type": "x", "code": str(code)}}).encode()
        _begin(handler, code, location=f"{endpoint.url}/elsewhere", content_length=str(len(body)))
        _send(handler, body)

    return answer


_MODES: dict[str, Callable[[ChatEndpoint, BaseHTTPRequestHandler], None]] = {
    "well": _well,
    "too_long_for_it": lambda endpoint, handler: _well(endpoint, handler, "length"),
    "hang": _hang,
    "hang_in_the_middle": _hang_in_the_middle,
    "drip": _drip,
    "web_page": _web_page,
    "broken_json": _broken_json,
    "other_json": _other_json,
    "cut_off": _cut_off,
    "cut_off_politely": _cut_off_politely,
    "reset": _reset,
    "endless": _endless,
    "endless_line": _endless_line,
    "packed": _packed,
    **{str(code): _status(code) for code in (307, 401, 404, 429, 500)},
}
