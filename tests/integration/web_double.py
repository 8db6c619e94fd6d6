"""A small Internet for tests: public addresses whose connections end at servers on this machine."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpcore2

from ingest import network
from ingest.fetch import Limits
from ingest.network import Network
from ingest.urls import Allowed

PUBLIC = "93.184.216.34"
OTHER_PUBLIC = "2606:2800:220:1:248:1893:25c8:1946"
ALLOWED = Allowed(("www.example.com", "*.help.example.com"), frozenset({80, 443}))
LIMITS = Limits(ALLOWED)


@dataclass(frozen=True)
class Reply:
    """What a site says at a path.

    Attributes:
        body: bytes, or something that gives them piece by piece.
        length: whether the length is announced; without, the connection's end is the end.
    """

    body: bytes | Callable[[], Iterator[bytes]] = b""
    media_type: str = "text/html"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    length: bool = True


def redirect(target: str, status: int = 302) -> Reply:
    return Reply(status=status, headers={"Location": target})


class Site(ThreadingHTTPServer):
    """A server on this machine; what it is asked is kept."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.pages: dict[str, Reply] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.pieces_sent = 0
        super().__init__(("127.0.0.1", 0), _Handler)
        if tls:
            self.socket = tls.wrap_socket(
                self.socket, server_side=True, do_handshake_on_connect=False
            )

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def paths(self) -> list[str]:
        """What was asked for, robots.txt left out."""
        return [path for path, _ in self.requests if path != "/robots.txt"]

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients of these tests hang up early."""


class _Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.requests.append((self.path, dict(self.headers)))
        reply = self.server.pages.get(self.path, Reply(status=404))
        self.send_response(reply.status)
        if reply.media_type:
            self.send_header("Content-Type", reply.media_type)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if isinstance(reply.body, bytes) and reply.length and "Content-Length" not in reply.headers:
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        for piece in [reply.body] if isinstance(reply.body, bytes) else reply.body():
            self.wfile.write(piece)
            self.server.pieces_sent += 1

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    site = Site(tls)
    thread = threading.Thread(target=site.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield site
    finally:
        site.shutdown()
        thread.join()
        site.server_close()


class Internet:
    """Names and public addresses. Only what is put in here is reached.

    Attributes:
        names: answers for each host, one for each time it is asked; the last one stays.
        sites: local port that stands behind an address.
        resolved: hosts that were looked up, in order.
        connected: addresses and ports that were connected to, in order.
    """

    def __init__(self) -> None:
        self.names: dict[str, list[Sequence[str]]] = {}
        self.sites: dict[str, int] = {}
        self.resolved: list[str] = []
        self.connected: list[tuple[str, int]] = []

    def put(self, host: str, site: Site, address: str = PUBLIC) -> None:
        self.names[host] = [(address,)]
        self.sites[address] = site.port

    def network(self, tls: ssl.SSLContext | None = None) -> Network:
        if tls is None:
            return Network(self.resolve, self.connect)
        return Network(self.resolve, self.connect, lambda: tls)

    def resolve(self, host: str, port: int) -> Sequence[str]:
        self.resolved.append(host)
        answers = self.names.get(host)
        if not answers:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def connect(self, address: str, port: int, timeout_s: float) -> httpcore2.NetworkStream:
        """As the real one; an address that no test put in is connected to as it is."""
        self.connected.append((address, port))
        if address in self.sites:
            return network.connect("127.0.0.1", self.sites[address], timeout_s)
        return network.connect(address, port, timeout_s)


class Tripwire:
    """Listeners on both loopbacks, on one port, that nobody may ever connect to."""

    def __init__(self) -> None:
        self._listeners = [socket.create_server(("127.0.0.1", 0))]
        self.port = int(self._listeners[0].getsockname()[1])
        if socket.has_ipv6:
            try:
                v6 = socket.create_server(("::1", self.port), family=socket.AF_INET6)
            except OSError:  # this machine has no IPv6 loopback
                pass
            else:
                self._listeners.append(v6)
        for listener in self._listeners:
            listener.settimeout(0.02)

    def connections(self) -> int:
        """How many there were since it was last asked."""
        found = 0
        for listener in self._listeners:
            while True:
                try:
                    connection, _ = listener.accept()
                except TimeoutError:
                    break
                connection.close()
                found += 1
        return found

    def close(self) -> None:
        for listener in self._listeners:
            listener.close()
