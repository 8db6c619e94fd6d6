"""A browser tab belongs to whoever used it first.

Gradio keeps what a tab shows under a ``session_hash`` that the browser makes up, and gives it to
any request that names it. Here each such name, and each event begun under it, is bound to the
account that came with it first; nobody else can join, read, cancel or keep it alive.
"""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from typing import Any

from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.refusals import because
from assistant.shell.access import visitor_of
from assistant.shell.manage.refusals import refused

GRADIO = "/gradio_api/"
_HEARTBEAT = f"{GRADIO}heartbeat/"
_JOIN = f"{GRADIO}queue/join"
_ENDING = frozenset({f"{GRADIO}cancel", f"{GRADIO}reset"})

KEPT = 100_000
"""Names and events remembered; Gradio itself keeps the state of 10,000 tabs."""


class Owners:
    """Which account a name belongs to; the names not used for longest are forgotten.

    >>> owners = Owners()
    >>> owners.claim("tab", 1), owners.claim("tab", 2), owners.has("tab", 1)
    (True, False, True)
    """

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._owners: OrderedDict[str, int | None] = OrderedDict()
        self._lock = threading.Lock()

    def claim(self, name: str, account: int | None) -> bool:
        """Whether a name is this account's, which it becomes if it is nobody's."""
        with self._lock:
            owner = self._owners.setdefault(name, account)
            self._owners.move_to_end(name)
            while len(self._owners) > self._kept:
                self._owners.popitem(last=False)
            return owner == account

    def has(self, name: str, account: int | None) -> bool:
        """Whether a name is known, and this account's."""
        with self._lock:
            return name in self._owners and self._owners[name] == account


class TabOwners:
    """ASGI middleware behind `gate.Gate`, before Gradio."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._tabs = Owners()
        self._events = Owners()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what names another account's tab or event."""
        if scope["type"] != "http" or not scope["path"].startswith(GRADIO):
            await self.app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        account = visitor_of(connection).principal.account
        body: dict[str, Any] = {}
        if scope["method"] not in ("GET", "HEAD"):
            read = await _json_object(Request(scope, receive))
            if read is None:
                refusal = refused(connection, 400, because("json-object"))
                await refusal(scope, receive, send)
                return
            body = read
            scope, receive = _with_body(scope, body, receive)
        ours = all(self._tabs.claim(tab, account) for tab in _tabs_named(scope, body))
        ends = scope["path"].rstrip("/") in _ENDING
        if not ours or (ends and not self._events.has(str(body.get("event_id")), account)):
            await refused(connection, 403, because("other-account"))(scope, receive, send)
            return
        if scope["path"].rstrip("/") == _JOIN:
            send = self._noting(send, account)
        await self.app(scope, receive, send)

    def _noting(self, send: Send, account: int | None) -> Send:
        """Remember whose event a join began."""

        async def noting(message: Message) -> None:
            if message["type"] == "http.response.body":
                event = _event_begun(message.get("body", b""))
                if event is not None:
                    self._events.claim(event, account)
            await send(message)

        return noting


def _tabs_named(scope: Scope, body: Mapping[str, Any]) -> Iterator[str]:
    connection = HTTPConnection(scope)
    if scope["path"].startswith(_HEARTBEAT):
        yield scope["path"].removeprefix(_HEARTBEAT).strip("/")
    yield from connection.query_params.getlist("session_hash")
    yield from connection.headers.getlist("session_hash")
    if body.get("session_hash") is not None:
        yield str(body["session_hash"])


async def _json_object(request: Request) -> dict[str, Any] | None:
    if not request.headers.get("content-type", "").startswith("application/json"):
        return None
    try:
        value = await request.json()
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _with_body(scope: Scope, body: Mapping[str, Any], receive: Receive) -> tuple[Scope, Receive]:
    """The request with the body as it was understood here: no name can be read in two ways."""
    content = json.dumps(body).encode()
    about_length = (b"content-length", b"transfer-encoding")
    headers = [(n, v) for n, v in scope["headers"] if n not in about_length]
    headers.append((b"content-length", b"%d" % len(content)))
    sent = False

    async def receive_again() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": content, "more_body": False}

    return {**scope, "headers": headers}, receive_again


def _event_begun(answer: bytes) -> str | None:
    try:
        event = json.loads(answer)["event_id"]
    except (ValueError, TypeError, KeyError):
        return None
    return event if isinstance(event, str) else None
