"""Addresses in one form, what is allowed, and the names of documents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.loaders import check_suffix
from ingest.urls import (
    MAX_URL_CHARS,
    Allowed,
    WebAddress,
    allowed,
    ascii_host,
    document_name,
    looks_like_url,
    parse_url,
    shown,
)
from knowledge.errors import DocumentRefused, SettingsError
from knowledge.settings import load


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://www.example.com", "https://www.example.com/"),
        ("HTTPS://WWW.Example.COM/A", "https://www.example.com/A"),
        ("  https://www.example.com/  ", "https://www.example.com/"),
        ("https://www.example.com./a", "https://www.example.com/a"),
        ("https://www.example.com:443/a", "https://www.example.com/a"),
        ("http://www.example.com:80", "http://www.example.com/"),
        ("http://www.example.com:/a", "http://www.example.com/a"),
        ("http://www.example.com:080/a", "http://www.example.com/a"),
        ("http://www.example.com:8080/a", "http://www.example.com:8080/a"),
        ("http://www.example.com:443/a", "http://www.example.com:443/a"),
        ("https://www.example.com/a#parte", "https://www.example.com/a"),
        ("https://www.example.com/a?b=c&d=%20e", "https://www.example.com/a?b=c&d=%20e"),
        ("https://www.example.com?b", "https://www.example.com/?b"),
        ("https://www.example.com/año nuevo", "https://www.example.com/a%C3%B1o%20nuevo"),
        ("https://www.example.com/a%C3%B1o", "https://www.example.com/a%C3%B1o"),
        ('https://www.example.com/"<>?"', "https://www.example.com/%22%3C%3E?%22"),
        ("https://www.example.com/@a:b", "https://www.example.com/@a:b"),
        ("https://españa.example/ayuda", "https://xn--espaa-rta.example/ayuda"),
        ("https://ESPAÑA.example/", "https://xn--espaa-rta.example/"),
        ("https://xn--espaa-rta.example/", "https://xn--espaa-rta.example/"),
        ("https://www。example。com/", "https://www.example.com/"),
        ("https://faß.example/", "https://xn--fa-hia.example/"),
        ("https://r3---sn-4g5.example.com/", "https://r3---sn-4g5.example.com/"),
        ("https://1password.example.com/", "https://1password.example.com/"),
        ("https://123.example.com/", "https://123.example.com/"),
    ],
)
def test_an_address_has_one_form(text: str, url: str) -> None:
    parsed = parse_url(text)
    assert parsed.url == url
    assert parse_url(url) == parsed


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "begins with https://"),
        ("www.example.com", "begins with https://"),
        ("ftp://www.example.com/", "begins with https://"),
        ("https://", "no host name"),
        ("https://intranet/", "'intranet' is no host name"),
        ("https://93.184.216.34/", "no host name"),
        ("https://example.0x7f/", "no host name"),
        ("https://[2606:2800::1]/", "no host name"),
        (f"https://{'a' * 64}.example.com/", "no host name"),
        (f"https://{'a.' * 130}example.com/", "no host name"),
        ("https://www.example.com/a\nb", "control characters"),
        ("https://www.example.com\\a", "backslashes"),
        ("https://www.example.com:x/", "host or port"),
        ("https://www.example.com:99999/", "host or port"),
        ("https://www.example.com:0/", "port 0"),
        ("https://ana@www.example.com/", "user name"),
        ("https://www.example.com/" + "a" * MAX_URL_CHARS, "the limit is 2000"),
    ],
)
def test_what_is_no_usable_address_is_refused_with_the_reason(text: str, words: str) -> None:
    with pytest.raises(DocumentRefused) as caught:
        parse_url(text)
    assert caught.value.code == "bad-url"
    assert words in str(caught.value)
    assert len(str(caught.value)) < 350


@given(st.text(max_size=30))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    for candidate in (text, f"http://{text}", f"https://www.example.com{text}"):
        try:
            parsed = parse_url(candidate)
        except DocumentRefused:
            continue
        assert ascii_host(parsed.host) == parsed.host
        assert parsed.url.isascii()
        assert not set(parsed.url) & set(" \t\r\n\\")
        check_suffix(document_name(parsed, "html"))


def test_passwords_are_never_shown() -> None:
    for url in (
        "https://ana:secreto@www.example.com/",
        "https://ana:secreto@[::1/",
        "https://ana:secreto@www.example.com:x/",
        "https://secreto℀@www.example.com/",
        "https://secreto@\\www.example.com/",
        "ftp://ana:secreto@www.example.com/",
    ):
        assert "secreto" not in shown(url)
        with pytest.raises(DocumentRefused) as caught:
            parse_url(url)
        assert "secreto" not in str(caught.value)


def test_what_is_shown_is_one_line_of_limited_length() -> None:
    label = shown("https://www.example.com/\x1b[31m\n\u202e" + "a" * 5000)
    assert label.isprintable()
    assert len(label) <= 201


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("https://www.example.com", True),
        ("HTTP://x", True),
        ("file:///etc/passwd", True),
        (" https://x", True),
        ("docs/https:/x", False),
        ("C:/docs", False),
        ("carpeta", False),
        ("./http://x", False),
    ],
)
def test_addresses_are_told_from_paths(text: str, answer: bool) -> None:
    assert looks_like_url(text) is answer


@pytest.mark.parametrize(
    ("url", "suffix", "name"),
    [
        ("https://www.example.com", "html", "www.example.com/index.html"),
        ("https://www.example.com/ayuda/", "html", "www.example.com/ayuda/index.html"),
        ("https://www.example.com/ayuda/envios", "html", "www.example.com/ayuda/envios.html"),
        ("https://www.example.com/a.html", "html", "www.example.com/a.html"),
        ("https://www.example.com/a.HTM", "html", "www.example.com/a.htm"),
        ("https://www.example.com/a.php", "html", "www.example.com/a.php.html"),
        ("https://www.example.com/a.md", "html", "www.example.com/a.md.html"),
        ("https://www.example.com/m.pdf", "pdf", "www.example.com/m.pdf"),
        ("https://www.example.com/m.pdf", "html", "www.example.com/m.pdf.html"),
        ("https://www.example.com/v2.1", "html", "www.example.com/v2.1.html"),
        ("https://www.example.com/env%C3%ADos", "html", "www.example.com/envíos.html"),
        ("https://www.example.com/envi%CC%81os", "html", "www.example.com/envíos.html"),
        ("http://www.example.com:8080/a", "html", "www.example.com_8080/a.html"),
    ],
)
def test_a_document_is_named_by_host_and_path(url: str, suffix: str, name: str) -> None:
    assert document_name(parse_url(url), suffix) == name


@pytest.mark.parametrize(
    "urls",
    [
        ("/a?id=1", "/a?id=2", "/a_id=1", "/a"),
        ("/a b", "/a_b", "/a+b", "/a%00b", "/a%0Ab"),
        ("/a/../b", "/b", "/a/b", "/a//b", "/a/%2E%2E/b"),
        ("/.env", "/_env", "/%2Eenv"[:5] + "env2"),
        ("/a%2Fb", "/a/b", "/a_b"),
        ("/" + "x" * 500 + "1", "/" + "y" + "x" * 500 + "1"),
        ("/%F0%9F%98%80", "/%F0%9F%98%81"),
        ("/%FF", "/%FE"),
    ],
)
def test_names_are_safe_and_different_pages_have_different_ones(urls: tuple[str, ...]) -> None:
    names = [document_name(parse_url(f"https://www.example.com{url}"), "html") for url in urls]
    assert len(set(names)) == len(names)
    for name in names:
        parts = name.split("/")
        assert all(part and not part.startswith(".") for part in parts)
        assert name.isprintable()
        assert len(name) < 200
        assert name.endswith(".html")


def test_http_and_https_give_the_same_name() -> None:
    names = {
        document_name(parse_url(f"{s}://www.example.com/a?b"), "html") for s in ("http", "https")
    }
    assert len(names) == 1


def where(url: str) -> WebAddress:
    return parse_url(url)


@pytest.mark.parametrize(
    ("hosts", "url", "answer"),
    [
        ("www.example.com", "https://www.example.com/", True),
        ("WWW.Example.com.", "https://www.example.com/", True),
        (" a.example , www.example.com,, ", "https://www.example.com/", True),
        ("www.example.com", "https://example.com/", False),
        ("www.example.com", "https://a.www.example.com/", False),
        ("example.com", "https://www.example.com/", False),
        ("example.com", "https://badexample.com/", False),
        ("*.example.com", "https://www.example.com/", True),
        ("*.example.com", "https://a.b.example.com/", True),
        ("*.example.com", "https://example.com/", False),
        ("*.example.com", "https://badexample.com/", False),
        ("*.example.com", "https://www.example.com.evil.org/", False),
        ("españa.example", "https://xn--espaa-rta.example/", True),
        ("www.example.com", "https://www.example.com:8443/", False),
    ],
)
def test_hosts_are_allowed_by_name_or_by_what_they_are_below(
    hosts: str, url: str, answer: bool
) -> None:
    rules = allowed(load(url_hosts=hosts))
    if answer:
        rules.check(where(url))
    else:
        with pytest.raises(DocumentRefused, match="not among the allowed"):
            rules.check(where(url))


def test_other_ports_are_a_setting() -> None:
    rules = allowed(load(url_hosts="www.example.com", url_ports="443, 8443"))
    assert rules == Allowed(("www.example.com",), frozenset({443, 8443}))
    rules.check(where("https://www.example.com:8443/"))
    with pytest.raises(
        DocumentRefused, match=r"port 80 is not among the allowed ones \(443, 8443\)"
    ):
        rules.check(where("http://www.example.com/"))


def test_without_hosts_importing_is_off_and_says_how_it_is_switched_on() -> None:
    for hosts in ("", " , "):
        with pytest.raises(SettingsError, match=r"is off: set VOZ_URL_HOSTS .* VOZ_URL_HOSTS=www"):
            allowed(load(url_hosts=hosts))


@pytest.mark.parametrize(
    "hosts",
    [
        "*",
        "*.com",
        "com",
        "**.example.com",
        "w*.example.com",
        "https://www.example.com",
        "a b.c",
        "10.0.0.1",
        "localhost",
        "www.example.com:8080",
        "www.example.com/a",
        "[::1]",
    ],
)
def test_hosts_that_are_none_are_told(hosts: str) -> None:
    with pytest.raises(SettingsError, match=r"VOZ_URL_HOSTS=.* is no host name"):
        allowed(load(url_hosts=f"www.example.com,{hosts}"))


@pytest.mark.parametrize("ports", ["0", "65536", "x", "-1", "80-90", "８０", "9" * 5000])
def test_ports_that_are_none_are_told(ports: str) -> None:
    with pytest.raises(SettingsError, match=r"VOZ_URL_PORTS=.* is no port"):
        allowed(load(url_hosts="www.example.com", url_ports=ports))
