"""One page from the web: asked for, followed through its redirects, read, all under limits.

Comes before the loaders: what is fetched is as untrusted as any file. Addresses are checked in
`ingest.urls`, connections are made in `ingest.network`. Nothing of the environment (proxies,
password files, cookies) takes part.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from typing import NoReturn
from urllib.parse import urljoin

import httpcore2

from ingest.body import GZIP, gunzip, read_body
from ingest.clean import clean_line
from ingest.loaders import LOADERS
from ingest.media import served_type, suffix_of_response
from ingest.network import AddressRefused, CheckedBackend, Deadline, Network
from ingest.sitemap import is_sitemap
from ingest.urls import DEFAULT_PORTS, Allowed, WebAddress, document_name, parse_url, shown
from knowledge.errors import DocumentRefused

PRODUCT = "voz-propia"
"""How we introduce ourselves, to servers and in their robots.txt."""
SITEMAP = "sitemap"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})

Permit = Callable[[WebAddress], None]
"""Raises `DocumentRefused` for an address that must not be asked."""


@dataclass(frozen=True)
class Limits:
    """What may be fetched, and what one page may cost.

    Attributes:
        allowed: hosts and ports.
        body_bytes: largest body, before and after unpacking.
        seconds: from the first look-up of a name to the last byte, redirects included.
        redirects: how many are followed.
    """

    allowed: Allowed
    body_bytes: int = 10 * 1024 * 1024
    seconds: float = 15.0
    redirects: int = 3


@dataclass(frozen=True)
class Fetched:
    """A page.

    Attributes:
        url: where it was in the end, after redirects.
        name: what it is stored under, made of the address that was asked for: a page that moves
            stays the same document.
        media_type: suffix of its loader without the dot, or `SITEMAP`.
        data: its bytes.
    """

    url: str
    name: str
    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Response:
    """What a server said at the end of all redirects.

    Attributes:
        address: who said it.
        status: HTTP status.
        headers: names in lower case.
        body: unpacked; empty unless the status is 200.
    """

    address: WebAddress
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


def permit_all(address: WebAddress) -> None:
    """For what needs nobody's permission."""


def fetch_page(
    url: str, limits: Limits, network: Network | None = None, permit: Permit = permit_all
) -> Fetched:
    """The document or sitemap at an address.

    Args:
        url: as a person or a sitemap gives it.
        limits: hosts, sizes and times.
        network: how the outside is reached.
        permit: asked before every request, for redirects too.

    Raises:
        DocumentRefused: with the reason, in one line that names the address.
    """
    response = get(url, limits, network, permit)
    label = shown(url)
    if response.status != 200:
        _refuse_status(label, response.status)
    data = response.body
    if data.startswith(GZIP):  # sitemaps are often kept packed
        data = gunzip(data, limits.body_bytes, label)
    if is_sitemap(data):
        return Fetched(response.address.url, label, SITEMAP, data)
    if not response.body:
        raise DocumentRefused("empty", f"{label}: the page has no bytes")
    path = response.address.target.partition("?")[0]
    suffix = suffix_of_response(path, response.headers, response.body)
    if suffix is None:
        what = clean_line(served_type(response.headers))[:80] or "of no known type"
        raise DocumentRefused(
            "unsupported",
            f"{label}: it is {what}; expected a page, a sitemap or one of "
            f"{', '.join(sorted(LOADERS))}",
        )
    name = document_name(parse_url(url), suffix)
    return Fetched(response.address.url, name, suffix, response.body)


def get(
    url: str, limits: Limits, network: Network | None = None, permit: Permit = permit_all
) -> Response:
    """What the server at an address says, after at most ``limits.redirects`` redirects.

    Raises:
        DocumentRefused: an address on the way may not be asked (``bad-url``, ``not-allowed``),
            gives no answer (``unreachable``, ``timeout``) or too long a one (``too-large``), or
            there are too many (``redirects``).
    """
    deadline = Deadline(limits.seconds)
    address = first = parse_url(url)
    for _ in range(limits.redirects + 1):
        try:
            limits.allowed.check(address)
            permit(address)
            response = _ask(address, limits, network or Network(), deadline)
            if response.status not in _REDIRECTS or "location" not in response.headers:
                return response
            target = _redirected(response)
        except DocumentRefused as refusal:
            if address is first:
                raise
            message = f"{shown(url)}: redirected to {refusal}"
            raise DocumentRefused(refusal.code, message) from refusal
        address = target
    raise DocumentRefused(
        "redirects",
        f"{shown(url)}: redirected more than {limits.redirects} times; give the address of the "
        "page itself",
    )


def _redirected(response: Response) -> WebAddress:
    """Where a response sends on to."""
    here = response.address
    raw = response.headers["location"].encode("latin-1").decode("utf-8", "replace")
    try:
        joined = urljoin(here.url, raw)
    except ValueError as error:
        raise DocumentRefused(
            "bad-url", f"{shown(here.url)}: it redirects to {shown(raw)!r}, which is no address"
        ) from error
    target = parse_url(joined)
    if here.scheme == "https" and target.scheme == "http":
        raise DocumentRefused(
            "not-allowed",
            f"{shown(here.url)}: it redirects from https to {shown(target.url)}, without "
            "encryption; give that address itself if its pages may be imported",
        )
    return target


def _ask(address: WebAddress, limits: Limits, network: Network, deadline: Deadline) -> Response:
    """One request; its connection is closed afterwards."""
    label = shown(address.url)
    try:
        with (
            httpcore2.ConnectionPool(
                ssl_context=network.tls() if address.scheme == "https" else None,
                network_backend=CheckedBackend(network, deadline),
            ) as pool,
            pool.stream("GET", _wire_url(address), headers=_headers()) as stream,
        ):
            headers = {
                name.decode("latin-1").lower(): value.decode("latin-1")
                for name, value in stream.headers
            }
            body = b""
            if stream.status == 200:
                body = read_body(stream.iter_stream(), headers, limits.body_bytes, label)
            return Response(address, stream.status, headers, body)
    except AddressRefused as error:
        raise DocumentRefused("not-allowed", f"{label}: {error}") from error
    except httpcore2.TimeoutException as error:
        raise DocumentRefused(
            "timeout", f"{label}: not fetched within {limits.seconds:g} s; try again later"
        ) from error
    except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
        raise _unreachable(label, error) from error


def _wire_url(address: WebAddress) -> httpcore2.URL:
    port = None if address.port == DEFAULT_PORTS[address.scheme] else address.port
    return httpcore2.URL(
        scheme=address.scheme.encode(),
        host=address.host.encode(),
        port=port,
        target=address.target.encode(),
    )


@cache
def _headers() -> tuple[tuple[str, str], ...]:
    return (
        ("User-Agent", f"{PRODUCT}/{version(PRODUCT)}"),
        ("Accept", "text/html,application/pdf,*/*;q=0.8"),
        ("Accept-Encoding", "gzip"),
        ("Connection", "close"),
    )


def _unreachable(label: str, error: Exception) -> DocumentRefused:
    reason = clean_line(str(error))[:150] or type(error).__name__
    if "CERTIFICATE_VERIFY_FAILED" in reason:
        return DocumentRefused(
            "unreachable",
            f"{label}: its certificate is not trusted ({reason}); for a company's own authority "
            "set SSL_CERT_FILE",
        )
    return DocumentRefused(
        "unreachable", f"{label}: no usable answer ({reason}); check that a browser opens it"
    )


def _refuse_status(label: str, status: int) -> NoReturn:
    if status in (401, 403, 407):
        raise DocumentRefused(
            "http-error", f"{label}: it wants a login (HTTP {status}); only open pages are imported"
        )
    if status == 429 or status >= 500:
        raise DocumentRefused(
            "unreachable", f"{label}: the server cannot answer now (HTTP {status}); try again later"
        )
    raise DocumentRefused(
        "http-error", f"{label}: there is no such page (HTTP {status}); check the address"
    )
