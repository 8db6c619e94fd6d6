"""Sitemaps: what they list, and what they may not do."""

from __future__ import annotations

import pytest

from ingest.sitemap import Sitemap, is_sitemap, sitemap_urls
from ingest.urls import MAX_URL_CHARS
from knowledge.errors import DocumentRefused

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urlset(*addresses: str, extra: str = "") -> bytes:
    entries = "".join(f"<url><loc>{address}</loc>{extra}</url>" for address in addresses)
    return f"{HEAD}<urlset {SPACE}>{entries}</urlset>".encode()


def read(data: bytes, at_most: int = 100) -> Sitemap:
    return sitemap_urls(data, "https://www.example.com/sitemap.xml", at_most=at_most)


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        (urlset("a"), True),
        (b"<urlset>", True),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- <html> -->\n<urlset\n>", True),
        (b'<?xml version="1.0"?><?xml-stylesheet href="a.xsl"?><sm:urlset xmlns:sm="x">', True),
        (b"<sitemapindex xmlns='x'>", True),
        (b"<html><urlset>", False),
        (b"<urlsets>", False),
        (b"<rss><channel></channel></rss>", False),
        (b"<!DOCTYPE urlset><urlset>", False),
        (b"urlset", False),
        (b"", False),
        (b"<!--" * 1000, False),
    ],
)
def test_a_sitemap_is_known_by_its_root(data: bytes, answer: bool) -> None:
    assert is_sitemap(data) is answer


def test_pages_are_listed_in_order_and_unescaped() -> None:
    found = read(urlset(" https://a.example/?a=1&amp;b=2\n", "<![CDATA[https://b.example/ñ]]>"))
    assert found == Sitemap(("https://a.example/?a=1&b=2", "https://b.example/ñ"), (), True)


def test_addresses_of_images_and_dates_are_no_pages() -> None:
    image = '<lastmod>2026-01-01</lastmod><i:image xmlns:i="i"><i:loc>foto</i:loc></i:image>'
    assert read(urlset("a", "b", extra=image)).pages == ("a", "b")


def test_an_index_lists_sitemaps() -> None:
    entries = "<sitemap><loc>a.xml</loc></sitemap><s:sitemap><s:loc>b.xml</s:loc></s:sitemap>"
    data = f'{HEAD}<sitemapindex {SPACE} xmlns:s="s">{entries}</sitemapindex>'.encode()
    assert read(data) == Sitemap((), ("a.xml", "b.xml"), True)


def test_reading_stops_when_there_are_enough() -> None:
    whole = urlset(*map(str, range(5)))
    assert read(whole, 5) == Sitemap(("0", "1", "2", "3", "4"), (), True)
    assert read(whole, 4) == Sitemap(("0", "1", "2", "3"), (), False)
    damaged_later = whole.replace(b"<loc>4", b"<<<")
    assert read(damaged_later, 3).complete is False


@pytest.mark.parametrize(
    "data",
    [
        urlset("a")[:-5],
        HEAD.encode() + b'<!DOCTYPE u [<!ENTITY a "x">]><urlset><url><loc>&a;</loc></url></urlset>',
        b'<!DOCTYPE u SYSTEM "http://127.0.0.1/x.dtd"><urlset></urlset>',
        b"<urlset><url><loc>&undefined;</loc></url></urlset>",
        b"<?xml version='1.0' encoding='no-such'?><urlset></urlset>",
        b"<urlset>\xff</urlset>",
        b"<urlset>" + b"<a>" * 50_000,
        b"",
    ],
)
def test_what_is_no_plain_xml_is_refused(data: bytes) -> None:
    with pytest.raises(
        DocumentRefused, match=r"^https://www\.example\.com/sitemap\.xml: "
    ) as caught:
        read(data)
    assert caught.value.code == "damaged"


def test_an_address_that_is_far_too_long_is_cut_and_not_lost() -> None:
    (page,) = read(urlset("x" * 1_000_000)).pages
    assert MAX_URL_CHARS < len(page) < 2 * MAX_URL_CHARS
