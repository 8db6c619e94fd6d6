"""Addresses that people and pages give -> `WebAddress`, in the one form that is then used.

Everything later works with the parts found here: no second parser ever reads the text, so none can
understand it differently. Numbers in place of a host name, in whatever notation, are no names.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, unquote, urlsplit

import idna

from ingest.clean import clean_line
from ingest.loaders import LOADERS, suffix_of
from knowledge.errors import DocumentRefused, SettingsError
from knowledge.settings import Settings, variable

DEFAULT_PORTS = {"http": 80, "https": 443}
MAX_URL_CHARS = 2_000
SAME_SUFFIX = {"htm": "html", "markdown": "md"}
"""Suffixes that mean the same as another."""
_MAX_SHOWN = 200
_MAX_PATH_CHARS = 120
_LOOKS_LIKE_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_CREDENTIALS = re.compile(r"(//)[^/?#]*@")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\\]")
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
# The last label begins with a letter: 127.1, 0x7f.0.0.1 and 017700000001 are no names
_HOST = re.compile(rf"(?:{_LABEL}\.)+(?=[a-z]){_LABEL}")
_PATH_SAFE = "/%:@!$&'()*+,;=~-._"
_QUERY_SAFE = _PATH_SAFE + "?"
_UNSAFE_IN_NAME = re.compile(r"[^\w.()+=,@-]")


@dataclass(frozen=True)
class WebAddress:
    """Where a page is.

    Attributes:
        scheme: ``http`` or ``https``.
        host: lower-case ASCII name with at least one dot, without a dot at its end.
        port: 1 to 65535.
        target: path and query as they are sent, ASCII, begins with ``/``.
    """

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> str:
        """Scheme, host and, where it is not the scheme's own, port."""
        port = "" if self.port == DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{self.host}{port}"

    @property
    def url(self) -> str:
        """The whole address in its one form."""
        return self.origin + self.target


@dataclass(frozen=True)
class Allowed:
    """Where pages may be imported from.

    Attributes:
        hosts: names as in `WebAddress.host`, or ``*.`` before one for all names below it.
        ports: port numbers.
    """

    hosts: tuple[str, ...]
    ports: frozenset[int]

    def check(self, address: WebAddress) -> None:
        """Nothing, for an address that may be asked.

        Raises:
            DocumentRefused: its host or port is not among these (``not-allowed``).
        """
        if not any(_matches(address.host, pattern) for pattern in self.hosts):
            raise DocumentRefused(
                "not-allowed",
                f"{shown(address.url)}: {address.host} is not among the allowed hosts "
                f"({', '.join(self.hosts)}); add it to {variable('url_hosts')} if its pages may "
                "be imported",
            )
        if address.port not in self.ports:
            ports = ", ".join(map(str, sorted(self.ports)))
            raise DocumentRefused(
                "not-allowed",
                f"{shown(address.url)}: port {address.port} is not among the allowed ones "
                f"({ports}); see {variable('url_ports')}",
            )


def allowed(settings: Settings) -> Allowed:
    """What the settings allow.

    Raises:
        SettingsError: they allow no host, or name something that is no host or port.
    """
    hosts = _items(settings.url_hosts)
    if not hosts:
        name = variable("url_hosts")
        raise SettingsError(
            f"importing from the web is off: set {name} to the hosts whose pages may be imported, "
            f"for example {name}=www.example.com,*.help.example.com"
        )
    return Allowed(
        tuple(_pattern(item, settings.url_hosts) for item in hosts),
        frozenset(_port(item, settings.url_ports) for item in _items(settings.url_ports)),
    )


def looks_like_url(text: str) -> bool:
    """Whether an argument is meant as an address and not as a path."""
    return _LOOKS_LIKE_URL.match(text.strip()) is not None


def shown(url: str) -> str:
    """An address as a label: one line, of limited length, credentials left out.

    >>> shown("https://ana:secreto@example.com/a")
    'https://…@example.com/a'
    """
    line = clean_line(_CREDENTIALS.sub(r"\1…@", url))
    return line if len(line) <= _MAX_SHOWN else f"{line[:_MAX_SHOWN]}…"


def parse_url(text: str) -> WebAddress:
    """The address that a text names; its fragment is dropped.

    Raises:
        DocumentRefused: it names no page that could be fetched (``bad-url``).
    """
    text = text.strip(" ")
    if len(text) > MAX_URL_CHARS:
        raise _bad(text, f"{len(text)} characters, the limit is {MAX_URL_CHARS}")
    if _CONTROLS.search(text):
        raise _bad(text, "it holds control characters or backslashes; type it anew")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:  # its message may quote a password
        raise _bad(text, "its host or port cannot be read; type it anew") from error
    if parts.scheme not in DEFAULT_PORTS:
        raise _bad(text, "expected an address that begins with https:// or http://")
    if "@" in parts.netloc:
        raise _bad(text, "it holds a user name or password; only open pages are imported")
    host = _host_name(text, parts)
    if port == 0:
        raise _bad(text, "port 0 is no port")
    return WebAddress(parts.scheme, host, port or DEFAULT_PORTS[parts.scheme], _target(parts))


def document_name(address: WebAddress, suffix: str) -> str:
    """The name that a page is stored under: host and path, then the suffix of what it is.

    The scheme is no part of it. What cannot stand in a name is replaced, and then a few digits of
    a hash keep two such pages apart.

    >>> document_name(parse_url("https://example.com/ayuda/Env%C3%ADos"), "html")
    'example.com/ayuda/Envíos.html'
    """
    path, _, query = address.target.partition("?")
    *folders, last = map(unquote, path.removeprefix("/").split("/"))
    ending = suffix_of(last)
    if ending in LOADERS and SAME_SUFFIX.get(ending, ending) == suffix:
        last, suffix = last[: -len(ending) - 1], ending
    last = (last or "index") + (f"_{unquote(query)}" if query else "")
    wanted = [unicodedata.normalize("NFC", part) for part in (*folders, last)]
    safe = [_safe(part) for part in wanted]
    site = (
        address.host if address.port in DEFAULT_PORTS.values() else f"{address.host}_{address.port}"
    )
    path = "/".join(safe)
    if safe == wanted and not query and len(path) <= _MAX_PATH_CHARS:
        return f"{site}/{path}.{suffix}"
    digest = hashlib.sha256(f"{site}{address.target}".encode()).hexdigest()[:8]
    return f"{site}/{path[-_MAX_PATH_CHARS:].lstrip('/')}-{digest}.{suffix}"


def _host_name(text: str, parts: SplitResult) -> str:
    """The host as a plain ASCII name."""
    raw = (parts.hostname or "").removesuffix(".")
    host = None if "[" in parts.netloc else ascii_host(raw)
    if host is None:
        raise _bad(text, f"{raw[:80]!r} is no host name such as www.example.com")
    return host


def ascii_host(host: str) -> str | None:
    """A host name in lower-case ASCII; `None` for a number or anything that is no name.

    Letters beyond ASCII are mapped and encoded as UTS 46 and IDNA 2008 say.
    """
    lowered = host.lower()
    if not lowered.isascii() or "xn--" in lowered:
        try:
            lowered = idna.encode(lowered, uts46=True, std3_rules=True).decode("ascii")
        except idna.IDNAError:
            return None
    return lowered if len(lowered) <= 253 and _HOST.fullmatch(lowered) else None


def _target(parts: SplitResult) -> str:
    """Path and query in ASCII; what is escaped already stays as it is."""
    path = quote(parts.path or "/", safe=_PATH_SAFE)
    return f"{path}?{quote(parts.query, safe=_QUERY_SAFE)}" if parts.query else path


def _safe(part: str) -> str:
    """One part of a name: never empty, hidden or ``..``."""
    part = _UNSAFE_IN_NAME.sub("_", part) or "_"
    return f"_{part[1:]}" if part.startswith(".") else part


def _matches(host: str, pattern: str) -> bool:
    if pattern.startswith("*."):
        return host.endswith(pattern[1:])
    return host == pattern


def _items(text: str) -> list[str]:
    return [item for part in text.split(",") if (item := part.strip())]


def _pattern(item: str, setting: str) -> str:
    star, name = ("*.", item[2:]) if item.startswith("*.") else ("", item)
    host = ascii_host(name.removesuffix("."))
    if host is None:
        raise SettingsError(
            f"{variable('url_hosts')}={setting!r} cannot be used: {item!r} is no host name; "
            "expected names such as www.example.com or *.example.com, separated by commas"
        )
    return star + host


def _port(item: str, setting: str) -> int:
    if re.fullmatch(r"[0-9]{1,5}", item) and 0 < int(item) < 65_536:
        return int(item)
    raise SettingsError(
        f"{variable('url_ports')}={setting!r} cannot be used: {item!r} is no port; expected "
        "numbers from 1 to 65535, separated by commas"
    )


def _bad(text: str, reason: str) -> DocumentRefused:
    return DocumentRefused("bad-url", f"{shown(text)}: {reason}")
