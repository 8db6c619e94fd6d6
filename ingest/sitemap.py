"""Sitemaps (https://www.sitemaps.org/protocol.html): a list of a site's pages, or of such lists.

Read as a stream: nothing is kept but the addresses, document type declarations and with them
entities are refused, and reading stops when there are enough.
"""

from __future__ import annotations

import io
import re
import xml.sax
from dataclasses import dataclass
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

import defusedxml.sax

from ingest.clean import clean_line
from ingest.urls import MAX_URL_CHARS
from knowledge.errors import DocumentRefused

_HEAD_BYTES = 4096
_MAX_DEPTH = 50
_PROLOGUE = re.compile(rb"(?s)<\?.*?\?>|<!--.*?-->")
_ROOT = re.compile(rb"\s*<(?:[\w.-]+:)?(?:urlset|sitemapindex)[\s>]")
_PLACES = {"urlset/url/loc": "pages", "sitemapindex/sitemap/loc": "sitemaps"}


@dataclass(frozen=True)
class Sitemap:
    """What a sitemap lists, in its order.

    Attributes:
        pages: addresses of pages.
        sitemaps: addresses of further sitemaps; one of the two is empty.
        complete: whether these are all.
    """

    pages: tuple[str, ...]
    sitemaps: tuple[str, ...]
    complete: bool


def is_sitemap(data: bytes) -> bool:
    """Whether XML with the root element of a sitemap begins here."""
    head = data[:_HEAD_BYTES].removeprefix(b"\xef\xbb\xbf")
    return _ROOT.match(_PROLOGUE.sub(b"", head)) is not None


def sitemap_urls(data: bytes, label: str, *, at_most: int) -> Sitemap:
    """The addresses that a sitemap lists.

    Args:
        data: its bytes.
        label: what it is called in a message.
        at_most: how many addresses are read.

    Raises:
        DocumentRefused: it is no whole, plain XML (``damaged``).
    """
    reader = _Reader(at_most)
    try:
        defusedxml.sax.parse(io.BytesIO(data), reader, forbid_dtd=True)
    except _Enough:
        return reader.found(complete=False)
    except (xml.sax.SAXException, LookupError, ValueError) as error:  # also of defusedxml
        raise DocumentRefused(
            "damaged", f"{label}: a sitemap that cannot be read ({clean_line(str(error))[:100]})"
        ) from error
    return reader.found(complete=True)


class _Enough(Exception):
    """There are more addresses than are wanted."""


class _Reader(ContentHandler):
    """Gathers the text of ``loc`` where the protocol puts it; those of images are others."""

    def __init__(self, at_most: int) -> None:
        super().__init__()
        self._at_most = at_most
        self._above: list[str] = []
        self._text: list[str] = []
        self._chars = 0
        self._found: dict[str, list[str]] = {"pages": [], "sitemaps": []}

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 - SAX's name
        if len(self._above) >= _MAX_DEPTH:
            raise xml.sax.SAXException("nested too deeply")
        self._above.append(name.rpartition(":")[2])
        self._text.clear()
        self._chars = 0

    def characters(self, content: str) -> None:
        room = MAX_URL_CHARS + 1 - self._chars  # enough to see that it is too long
        self._text.append(content[: max(0, room)])
        self._chars += len(content)

    def endElement(self, name: str) -> None:  # noqa: N802 - SAX's name
        kind = _PLACES.get("/".join(self._above))
        address = "".join(self._text).strip()
        self._above.pop()
        self._text.clear()
        if not kind or not address:
            return
        if sum(map(len, self._found.values())) >= self._at_most:
            raise _Enough
        self._found[kind].append(address)

    def found(self, *, complete: bool) -> Sitemap:
        return Sitemap(tuple(self._found["pages"]), tuple(self._found["sitemaps"]), complete)
