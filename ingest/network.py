"""Connections to the outside: a name is resolved once, checked, and the checked address is used.

Below `ingest.fetch`. TLS is still verified against the name, so there is no moment at which a
second answer of the name's owner could lead a connection elsewhere.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import httpcore2

CONNECT_S = 5.0
"""For one address; a host may have several."""

Resolve = Callable[[str, int], Sequence[str]]
"""Addresses of a host, as text."""
Connect = Callable[[str, int, float], httpcore2.NetworkStream]
"""A connection to an address and port within some seconds."""

# IANA's special-purpose registries (https://www.iana.org/assignments/iana-ipv4-special-registry and
# iana-ipv6-special-registry), written out because Python's `is_global` differs between patch
# releases and takes multicast for global. 192.88.99.0/24 led to 6to4 relays; 168.63.129.16 is
# public by number, but reaches the host under a virtual machine of Azure.
_CLOSED_V4 = tuple(
    map(
        ipaddress.IPv4Network,
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 "
        "192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 "
        "224.0.0.0/4 240.0.0.0/4 168.63.129.16/32".split(),
    )
)
# Only global unicast is open at all. 2001::/23 holds Teredo, 2002::/16 is 6to4.
_OPEN_V6 = ipaddress.IPv6Network("2000::/3")
_CLOSED_V6 = tuple(
    map(ipaddress.IPv6Network, "2001::/23 2001:db8::/32 2002::/16 3fff::/20".split())
)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_ISATAP = (0x00005EFE, 0x02005EFE)  # RFC 5214: an IPv4 address in the lower half


class AddressRefused(Exception):
    """A host has an address that is not a public one, or none."""


class Deadline:
    """A moment after which nothing is waited for any more."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left, more than 0.

        Raises:
            httpcore2.TimeoutException: there are none.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("no time left")
        return left


def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses that this machine's resolver gives for a host, each once."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def connect(address: str, port: int, timeout_s: float) -> httpcore2.NetworkStream:
    """A TCP connection to an address."""
    return httpcore2.SyncBackend().connect_tcp(address, port, timeout=timeout_s)


@dataclass(frozen=True)
class Network:
    """How the outside is reached. Tests put others in the places of these; no setting does."""

    resolve: Resolve = resolve
    connect: Connect = connect
    tls: Callable[[], ssl.SSLContext] = httpcore2.default_ssl_context


def is_public(address: str) -> bool:
    """Whether an address is one of the open Internet, however it is wrapped.

    >>> is_public("93.184.216.34"), is_public("::ffff:93.184.216.34"), is_public("127.0.0.1")
    (True, False, False)
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv4Address):
        return not any(parsed in network for network in _CLOSED_V4)
    if parsed.scope_id is not None:
        return False
    if parsed in _NAT64:  # how a network without IPv4 reaches hosts that have nothing else
        return is_public(str(ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)))
    wrapped = (int(parsed) >> 32) & 0xFFFFFFFF in _ISATAP
    return parsed in _OPEN_V6 and not wrapped and not any(parsed in net for net in _CLOSED_V6)


class CheckedBackend(httpcore2.NetworkBackend):
    """Resolves, checks every address, and connects to one that was checked, in limited time.

    Args:
        network: how the outside is reached.
        deadline: until when.
        is_open: which addresses may be connected to.
    """

    def __init__(
        self, network: Network, deadline: Deadline, is_open: Callable[[str], bool] = is_public
    ) -> None:
        self._network = network
        self._deadline = deadline
        self._is_open = is_open

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """A connection to the first address of the host that answers.

        Raises:
            AddressRefused: one of its addresses is not public; nothing was connected to then.
            httpcore2.ConnectError: no address answers, or there is no such host.
            httpcore2.TimeoutException: it takes too long.
        """
        addresses = _in_time(lambda: self._network.resolve(host, port), self._deadline)
        closed = [address for address in addresses if not self._is_open(address)]
        if closed or not addresses:
            found = ", ".join(closed) or "none"
            raise AddressRefused(f"{host} must have public addresses only, it has {found}")
        problem: Exception | None = None
        for address in addresses:
            try:
                seconds = min(CONNECT_S, self._deadline.left())
                stream = self._network.connect(address, port, seconds)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                problem = error
            else:
                return _TimedStream(stream, self._deadline)
        raise problem or httpcore2.ConnectError("no address")


class _TimedStream(httpcore2.NetworkStream):
    """A connection on which waiting ends at the deadline, however often something comes."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left())
        return _TimedStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


def _in_time(ask: Callable[[], Sequence[str]], deadline: Deadline) -> Sequence[str]:
    """What ``ask`` gives; a resolver has no time limit of its own, so it may be left behind."""
    answers: queue.SimpleQueue[Sequence[str] | Exception] = queue.SimpleQueue()

    def run() -> None:
        try:
            answers.put(ask())
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=run, name="resolve", daemon=True).start()
    try:
        answer = answers.get(timeout=deadline.left())
    except queue.Empty:
        raise httpcore2.ConnectTimeout("the name was not resolved in time") from None
    if isinstance(answer, Exception):
        raise httpcore2.ConnectError(f"no such host: {answer}") from answer
    return answer
