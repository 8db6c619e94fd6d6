"""The program that summaries are sent to, and one attempt to tell it something.

Signed as Standard Webhooks 1.0 describes (https://github.com/standard-webhooks/standard-webhooks,
spec/standard-webhooks.md): HMAC-SHA256 of ``id.timestamp.body``. The address is the
administrator's, and yet it is checked when it is connected to: a name may lead to another network
than it did when it was set. No redirect is followed, and proxies of the environment take no part.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import ipaddress
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpcore2

from ingest.network import AddressRefused, CheckedBackend, Deadline, Network, is_public
from knowledge.errors import SettingsError
from knowledge.settings import Settings, variable

ATTEMPT_S = 15.0
"""One attempt, all in all; the specification advises 15 to 30 s."""
PREFIX = "whsec_"
LEAST_KEY_BYTES, MOST_KEY_BYTES = 24, 64
_PRIVATE = tuple(
    map(
        ipaddress.ip_network,
        "10.0.0.0/8 100.64.0.0/10 172.16.0.0/12 192.168.0.0/16 fc00::/7".split(),
    )
)
"""RFC 1918, RFC 6598, RFC 4193. Link-local addresses, where clouds keep credentials, are none."""
_LOOPBACK_NAMES = ("localhost", "ip6-localhost")


@dataclass(frozen=True)
class Receiver:
    """Where to, and how it is signed.

    Attributes:
        url: http only on this machine.
        keys: newest first; one signature each.
        private: whether it may be in a private network.
    """

    url: str
    keys: tuple[bytes, ...]
    private: bool = False

    @property
    def shown(self) -> str:
        """The address without what may be secret in it."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True)
class Attempt:
    """What came of one attempt.

    Attributes:
        trouble: what went wrong, a word and a number such as ``status-500``; `None`: it was taken.
        ms: how long it took.
        wait_s: seconds that the receiver asked to be left alone.
        for_good: whether it wants no more of this (410 Gone).
    """

    trouble: str | None
    ms: float
    wait_s: float = 0.0
    for_good: bool = False


def receiver_of(settings: Settings) -> Receiver | None:
    """The receiver that the settings name; `None`: none.

    Raises:
        SettingsError: its address or its secret cannot be used.
    """
    if settings.webhook_url is None:
        return None
    url = settings.webhook_url
    name = variable("webhook_url")
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        parts, host = urlsplit(""), None
    plain = url.isascii() and url.isprintable() and " " not in url
    if not plain or not host or parts.scheme not in ("http", "https") or parts.fragment:
        raise SettingsError(f"{name} is no address: give one such as https://crm.example/voz")
    if parts.username is not None or parts.password is not None:
        raise SettingsError(f"{name} holds a name or password: leave it out, messages are signed")
    if parts.scheme == "http" and not is_loopback(host):
        raise SettingsError(
            f"{name} begins with http:// and leads to {host}: use https; http is for this machine "
            "alone"
        )
    return Receiver(url, _keys(settings), settings.webhook_private)


def is_loopback(host: str) -> bool:
    """Whether a host's name means this machine.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("example.com")
    (True, True, False)
    """
    if host in _LOOPBACK_NAMES:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def signature(key: bytes, message: str, timestamp: int, body: bytes) -> str:
    """One signature as the header holds it.

    >>> signature(b"k" * 24, "msg_1", 1674087231, b"{}")[:3]
    'v1,'
    """
    signed = f"{message}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


def deliver(
    receiver: Receiver,
    message: str,
    body: str,
    *,
    network: Network | None = None,
    timeout_s: float = ATTEMPT_S,
    now: Callable[[], float] = time.time,
) -> Attempt:
    """Tell the receiver something, once.

    Args:
        receiver: whom.
        message: its name, the same at every attempt.
        body: JSON text.
        network: how the outside is reached.
        timeout_s: seconds for all of it.
        now: seconds since 1970.
    """
    began = time.perf_counter()
    deadline = Deadline(timeout_s)
    network = network or Network()
    host = urlsplit(receiver.url).hostname or ""
    backend = CheckedBackend(network, deadline, _open_to(host, private=receiver.private))
    content = body.encode()
    status, wait_s, trouble = 0, 0.0, None
    try:
        with (
            httpcore2.ConnectionPool(
                ssl_context=network.tls(), network_backend=backend, retries=0
            ) as pool,
            pool.stream(
                "POST",
                receiver.url,
                headers=_headers(receiver, message, int(now()), content),
                content=content,
            ) as reply,
        ):
            status = reply.status
            wait_s = _asked_to_wait(reply.headers)
    except AddressRefused:
        trouble = "address-refused"
    except httpcore2.TimeoutException:
        trouble = "timeout"
    except (httpcore2.ConnectError, OSError):
        trouble = "no-connection"
    except (httpcore2.NetworkError, httpcore2.ProtocolError):
        trouble = "broken-answer"
    if trouble is None and not 200 <= status < 300:
        trouble = f"status-{status}"
    took_ms = (time.perf_counter() - began) * 1000
    return Attempt(trouble, took_ms, wait_s, status == 410)


def _headers(
    receiver: Receiver, message: str, timestamp: int, body: bytes
) -> list[tuple[str, str]]:
    signatures = (signature(key, message, timestamp, body) for key in receiver.keys)
    return [
        ("content-type", "application/json; charset=utf-8"),
        ("user-agent", "voz-propia"),
        ("webhook-id", message),
        ("webhook-timestamp", str(timestamp)),
        ("webhook-signature", " ".join(signatures)),
    ]


def _open_to(host: str, *, private: bool) -> Callable[[str], bool]:
    """Which addresses the name may lead to."""
    if is_loopback(host):
        return is_loopback

    def is_open(address: str) -> bool:
        return is_public(address) or (private and _is_private(address))

    return is_open


def _is_private(address: str) -> bool:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(parsed.version == net.version and parsed in net for net in _PRIVATE)


def _asked_to_wait(headers: list[tuple[bytes, bytes]]) -> float:
    for name, value in headers:
        text = value.decode("ascii", "replace")
        if name.lower() == b"retry-after" and text.isascii() and text.isdigit():
            return float(text[:6])
    return 0.0


def _keys(settings: Settings) -> tuple[bytes, ...]:
    name, file_name = variable("webhook_secret"), variable("webhook_secret_file")
    secret, path = settings.webhook_secret, settings.webhook_secret_file
    if (secret is None) == (path is None):
        raise SettingsError(
            f"{variable('webhook_url')} needs one secret: set {name}, or {file_name}; "
            "`voz webhook secret` makes one"
        )
    text = secret.get_secret_value() if secret is not None else ""
    if path is not None:
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(
                f"{file_name}={path} cannot be read: {type(error).__name__}"
            ) from error
    keys = tuple(_key(one) for one in text.split())
    if not 1 <= len(keys) <= 2:
        raise SettingsError(f"{name} holds {len(keys)} secrets: give one, or two with a space")
    return keys


def _key(text: str) -> bytes:
    key = b""
    if text.startswith(PREFIX):
        try:
            key = base64.b64decode(text.removeprefix(PREFIX), validate=True)
        except (binascii.Error, ValueError):
            key = b""
    if not LEAST_KEY_BYTES <= len(key) <= MOST_KEY_BYTES:
        raise SettingsError(
            f"{variable('webhook_secret')} cannot be used: it is {PREFIX} and the base64 of "
            f"{LEAST_KEY_BYTES} to {MOST_KEY_BYTES} bytes; `voz webhook secret` makes one"
        )
    return key
