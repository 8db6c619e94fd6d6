"""What every request passes first: known host, own origin, bounded body, and safe headers out.

Gradio mounts no such checks of its own (it reflects foreign origins and sends no framing or
content policy), so the parent application keeps them for every route, its own and Gradio's.
Decisions are pure functions; `Guard` is the ASGI middleware that applies them.
"""

from __future__ import annotations

import re
import secrets
import socket
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from knowledge.errors import SettingsError
from knowledge.settings import Settings

MAX_BODY_BYTES = 1024 * 1024
"""Largest request body but for a few paths; a question has at most 4,000 characters."""

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_WILDCARDS = frozenset({"0.0.0.0", "::", ""})

_OPEN_PATHS = frozenset(
    {
        "/",
        "/login",
        "/login/oidc",
        "/login/oidc/callback",
        "/logout",
        "/password",
        "/manage",
        "/contact",
        "/queue",
        "/quality",
        "/reviews",
        "/healthz",
        "/readyz",
        "/favicon.ico",
        "/config",
        "/theme.css",
        "/manifest.json",
    }
)
_OPEN_PREFIXES = (
    "/voz/",
    "/v1/",
    "/assets/",
    "/static/",
    "/svelte/",
    "/gradio_api/queue/",
    "/gradio_api/heartbeat/",
)
_OPEN_GRADIO = frozenset(
    {
        "/gradio_api/info",
        "/gradio_api/app_id",
        "/gradio_api/startup-events",
        "/gradio_api/reset",
        "/gradio_api/cancel",
        "/gradio_api/theme.css",
    }
)

SOCKETS = re.compile(r"/v1/contacts(?:/[0-9a-z]{1,64})?/events|/v1/escalations/queue")
"""Paths at which a WebSocket may be opened."""

_HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), microphone=(), geolocation=(), clipboard-write=(self)",
}


def content_policy(nonce: str) -> str:
    """The Content-Security-Policy of one response.

    ``unsafe-eval`` and inline styles are what Gradio's front end needs (its HTML component
    compiles templates); inline scripts run with the response's nonce only, so an event handler
    smuggled into the page would not.
    """
    return (
        "default-src 'self'; "
        f"script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; "
        "form-action 'self'; frame-ancestors 'none'"
    )


PLAIN_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""The Content-Security-Policy of pages without Gradio: files of our own, nothing inline."""

_PLAIN_PAGES = frozenset({"/manage", "/contact", "/queue", "/quality", "/reviews"})
FRAMED = frozenset({"/contact", "/login"})
"""What a page of another system may show in a frame, where that is set: the page of a contact, and
signing in to it."""
_HTTPS_ORIGIN = re.compile(r"https://[A-Za-z0-9.-]+(?::[0-9]{1,5})?")


def known_hosts(bound: str) -> frozenset[str]:
    """Host names a request may name when the server listens on ``bound``.

    A server bound to every address also answers to the machine's own name.
    """
    names = _LOOPBACK | {bound.lower()}
    if bound in _WILDCARDS:
        names |= {socket.gethostname().lower(), socket.getfqdn().lower()}
    return names - _WILDCARDS


def page_address(host: str, port: int) -> str:
    """The address to open in a browser."""
    names = known_hosts(host)
    name = host if host in names else "127.0.0.1"
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


def public_address(settings: Settings) -> str:
    """The address people open the page at, without a slash at its end.

    Raises:
        SettingsError: ``VOZ_PUBLIC_URL`` is none.
    """
    if settings.public_url is None:
        return page_address(settings.host, settings.port)
    parts = urlsplit(settings.public_url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
        raise SettingsError(
            f"VOZ_PUBLIC_URL={settings.public_url!r} cannot be used: write scheme and host, as in "
            "https://voz.example.com; the page stands at the root of its host"
        )
    return f"{parts.scheme}://{parts.netloc}"


def frame_ancestors(settings: Settings) -> tuple[str, ...]:
    """Origins that may show `FRAMED` pages in a frame.

    Raises:
        SettingsError: one is no https origin, or the page itself is not served over https: the
            session's cookie would not be sent.
    """
    named = [part.strip() for part in (settings.frame_ancestors or "").split(",") if part.strip()]
    for origin in named:
        if not _HTTPS_ORIGIN.fullmatch(origin):
            raise SettingsError(
                f"VOZ_FRAME_ANCESTORS={origin!r} cannot be used: write https origins, without a "
                "path, as in https://crm.example.com"
            )
    if named and not public_address(settings).startswith("https://"):
        raise SettingsError(
            f"VOZ_FRAME_ANCESTORS={settings.frame_ancestors!r} needs an encrypted page: set "
            "VOZ_PUBLIC_URL to the https address that people open"
        )
    return tuple(named)


def host_name(header: str) -> str:
    """The name in a Host header, lower case, without port and brackets; empty when malformed."""
    try:
        parts = urlsplit(f"//{header}")
        parts.port  # noqa: B018  # raises on a malformed port
    except ValueError:
        return ""
    if parts.username is not None or parts.path or parts.query or parts.fragment:
        return ""
    return (parts.hostname or "").rstrip(".")


def host_allowed(header: str, names: frozenset[str], arrived_at: str | None) -> bool:
    """Whether the Host header names this server: a known name, or the address it arrived at.

    A name that merely resolves here (DNS rebinding) is neither.
    """
    name = host_name(header)
    return bool(name) and (name in names or name == arrived_at)


def origin_allowed(method: str, headers: Mapping[str, str]) -> bool:
    """Whether a request that may change something comes from our own page or from no page.

    Browsers send ``Sec-Fetch-Site`` or ``Origin`` with every POST. With neither, only JSON or what
    comes with a program's key is taken: a form on another site can send neither.

    Args:
        method: of the request; safe methods are always allowed.
        headers: names in lower case.
    """
    if method in _SAFE_METHODS:
        return True
    site = headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    if origin is not None:
        parts = urlsplit(origin)
        return parts.scheme in ("http", "https") and parts.netloc == headers.get("host")
    if site is not None or headers.get("content-type", "").startswith("application/json"):
        return True
    return headers.get("authorization", "").lower().startswith("bearer ")


def socket_origin_allowed(headers: Mapping[str, str]) -> bool:
    """Whether a WebSocket is opened by our own page, or by a program.

    Browsers send ``Origin`` with each and hold nothing back from another site's, cookies included;
    what comes without one must show a key.

    Args:
        headers: names in lower case.
    """
    origin = headers.get("origin")
    if origin is None:
        return headers.get("authorization", "").lower().startswith("bearer ")
    parts = urlsplit(origin)
    return parts.scheme in ("http", "https") and parts.netloc == headers.get("host")


def path_open(path: str) -> bool:
    """Whether a path is part of the product: our routes and what Gradio's page needs."""
    return (
        path in _OPEN_PATHS
        or path in _OPEN_GRADIO
        or (path.startswith(_OPEN_PREFIXES) and ".." not in path)
    )


class Guard:
    """ASGI middleware around the whole application.

    Args:
        app: what is behind it.
        hosts: names that it answers to.
        limits: largest body, in bytes, of paths that take more than `MAX_BODY_BYTES`.
        frames: origins that may show `FRAMED` pages in a frame, see `frame_ancestors`.
    """

    def __init__(
        self,
        app: ASGIApp,
        hosts: frozenset[str],
        limits: Mapping[str, int] | None = None,
        frames: tuple[str, ...] = (),
    ) -> None:
        self.app = app
        self.frames = frames
        self.hosts = hosts
        self.limits = limits or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse with one line, or pass on with a body limit and headers."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] == "websocket":
            await self._open_socket(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        scope.setdefault("state", {})["nonce"] = nonce
        plain = scope["path"] in _PLAIN_PAGES
        policy = PLAIN_POLICY if plain else content_policy(nonce)
        frames = self.frames if scope["path"] in FRAMED else ()
        reply = _with_headers(send, policy, frames)
        refusal = self._refusal(scope)
        if refusal is not None:
            await _refuse(reply, *refusal)
            return
        limit = self._limit(scope)
        body = _Body(receive, reply, limit)
        try:
            await self.app(scope, body.receive, body.send)
        except Exception:
            if not body.too_large:
                raise
        if body.too_large and not body.answered:
            await _refuse(reply, 413, _too_large(limit))

    async def _open_socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a WebSocket before it is accepted, or pass it on."""
        headers = _headers_of(scope)
        if not host_allowed(headers.get("host", ""), self.hosts, _arrived_at(scope)):
            refusal = 421, _OTHER_HOST
        elif not SOCKETS.fullmatch(scope["path"]):
            refusal = 404, _NOTHING_HERE
        elif not socket_origin_allowed(headers):
            refusal = 403, _OTHER_SITE
        else:
            await self.app(scope, receive, send)
            return
        await PlainTextResponse(f"{refusal[1]}\n", refusal[0], _UNSTORED)(scope, receive, send)

    def _limit(self, scope: Scope) -> int:
        return self.limits.get(scope["path"], MAX_BODY_BYTES)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        headers = _headers_of(scope)
        if not host_allowed(headers.get("host", ""), self.hosts, _arrived_at(scope)):
            return 421, _OTHER_HOST
        if not origin_allowed(scope["method"], headers):
            return 403, _OTHER_SITE
        if not path_open(scope["path"]):
            return 404, _NOTHING_HERE
        if headers.get("content-length", "0").strip().isdigit():
            if int(headers.get("content-length", "0")) > self._limit(scope):
                return 413, _too_large(self._limit(scope))
            return None
        return 400, "Content-Length is not a number"


_OTHER_HOST = "this server does not answer to that host name; set VOZ_HOST to it"
_OTHER_SITE = "requests from another site are refused"
_NOTHING_HERE = "there is nothing here"
_UNSTORED = {"cache-control": "no-store"}


def _headers_of(scope: Scope) -> dict[str, str]:
    """Names in lower case."""
    pairs = scope["headers"]
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in pairs}


def _arrived_at(scope: Scope) -> str | None:
    return scope["server"][0] if scope.get("server") else None


def _too_large(limit: int) -> str:
    return f"the request is larger than {limit} bytes"


class _Body:
    """Counts what is received, since chunked bodies announce no length.

    A body that grows too large ends as if the client had left, and what the application then
    answers is held back.
    """

    def __init__(self, receive: Receive, send: Send, limit: int) -> None:
        self._receive = receive
        self._send = send
        self._limit = limit
        self._bytes = 0
        self.too_large = False
        self.answered = False

    async def receive(self) -> Message:
        message = await self._receive()
        self._bytes += len(message.get("body", b""))
        self.too_large = self.too_large or self._bytes > self._limit
        return {"type": "http.disconnect"} if self.too_large else message

    async def send(self, message: Message) -> None:
        if not self.too_large or self.answered:
            self.answered = True
            await self._send(message)


def _with_headers(send: Send, policy: str, frames: tuple[str, ...] = ()) -> Send:
    ours = {**_HEADERS, b"content-security-policy": policy.encode()}
    if frames:
        framed = policy.replace("frame-ancestors 'none'", f"frame-ancestors {' '.join(frames)}")
        ours[b"content-security-policy"] = framed.encode()
        del ours[b"x-frame-options"]  # knows no origins; browsers go by the policy

    async def reply(message: Message) -> None:
        if message["type"] == "http.response.start":
            theirs = [
                (name, value)
                for name, value in message.get("headers", [])
                if name.lower() not in ours and not name.lower().startswith(b"access-control-")
            ]
            message = {**message, "headers": [*theirs, *ours.items()]}
        await send(message)

    return reply


async def _refuse(send: Send, status: int, line: str) -> None:
    body = f"{line}\n".encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
