"""Pages from a real server on this machine, reached as if it were out on the Internet."""

from __future__ import annotations

import contextlib
import gzip
import io
import socket
import ssl
import threading
import time
import tracemalloc
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from ingest.fetch import PRODUCT, SITEMAP, Limits, fetch_page
from ingest.network import Network
from knowledge.errors import DocumentRefused
from tests.integration.certificates import Authority
from tests.integration.web_double import LIMITS, PUBLIC, Internet, Reply, Site, redirect, serving

PAGE = b"<!doctype html><html><body><h1>Plazo</h1><p>Treinta d\xc3\xadas.</p></body></html>"
HOST = "www.example.com"
SMALL = replace(LIMITS, body_bytes=200_000)
QUICK = replace(LIMITS, seconds=0.6)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def internet(site: Site) -> Internet:
    net = Internet()
    net.put(HOST, site)
    return net


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


def refusal(url: str, limits: Limits, network: Network) -> DocumentRefused:
    with pytest.raises(DocumentRefused) as caught:
        fetch_page(url, limits, network)
    assert "\n" not in str(caught.value)
    return caught.value


def test_a_page_comes_with_its_name_type_and_bytes(internet: Internet, site: Site) -> None:
    site.pages["/ayuda/plazos?lang=es"] = Reply(PAGE, "text/html; charset=utf-8")
    page = fetch_page(f"http://{HOST}/ayuda/plazos?lang=es#uno", LIMITS, internet.network())
    assert page.url == f"http://{HOST}/ayuda/plazos?lang=es"
    assert page.name.startswith(f"{HOST}/ayuda/plazos_lang=es-")
    assert (page.media_type, page.data) == ("html", PAGE)
    ((_, headers),) = site.requests
    assert headers["Host"] == HOST
    assert headers["User-Agent"].startswith(f"{PRODUCT}/")
    assert not {"Cookie", "Authorization", "Referer"} & set(headers)


def test_redirects_are_followed_and_the_name_stays(internet: Internet, site: Site) -> None:
    site.pages["/a"] = redirect("b", 301)
    site.pages["/b"] = redirect("/c?x=1", 303)
    site.pages["/c?x=1"] = redirect(f"http://{HOST}/d", 308)
    site.pages["/d"] = Reply(PAGE)
    page = fetch_page(f"http://{HOST}/a", LIMITS, internet.network())
    assert (page.url, page.name) == (f"http://{HOST}/d", f"{HOST}/a.html")


def test_a_fourth_redirect_is_one_too_many(internet: Internet, site: Site) -> None:
    for number in range(4):
        site.pages[f"/{number}"] = redirect(f"/{number + 1}")
    site.pages["/4"] = Reply(PAGE)
    refused = refusal(f"http://{HOST}/0", LIMITS, internet.network())
    assert refused.code == "redirects"
    assert site.paths == ["/0", "/1", "/2", "/3"]
    site.pages["/ida"], site.pages["/vuelta"] = redirect("/vuelta"), redirect("/ida")
    assert refusal(f"http://{HOST}/ida", LIMITS, internet.network()).code == "redirects"


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        (404, "http-error", "no such page (HTTP 404)"),
        (403, "http-error", "wants a login"),
        (503, "unreachable", "try again later"),
        (429, "unreachable", "HTTP 429"),
        (204, "http-error", "HTTP 204"),
        (304, "http-error", "HTTP 304"),
    ],
)
def test_other_statuses_are_refused_with_their_number(
    status: int, code: str, words: str, internet: Internet, site: Site
) -> None:
    site.pages["/"] = Reply(b"", status=status)
    refused = refusal(f"http://{HOST}/", LIMITS, internet.network())
    assert (refused.code, words in str(refused)) == (code, True)


def docx_bytes() -> bytes:
    document = docx.Document()
    document.add_paragraph("Treinta días.")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("path", "media_type", "headers", "body", "suffix"),
    [
        ("/a", "text/html", {}, PAGE, "html"),
        ("/a.php", "TEXT/HTML; charset=iso-8859-1", {}, PAGE, "html"),
        ("/a", "application/xhtml+xml", {}, PAGE, "html"),
        ("/a", "application/xml", {}, b"<?xml version='1.0'?>" + PAGE, "html"),
        ("/a.pdf", "application/pdf", {}, b"%PDF-1.7", "pdf"),
        ("/a", "text/html", {}, b"%PDF-1.7", "pdf"),
        ("/a.pdf", "text/html", {}, PAGE, "html"),
        ("/a", "text/plain", {}, b"hola", "txt"),
        ("/a.md", "text/plain", {}, b"# hola", "md"),
        ("/a.csv", "text/plain", {}, b"a;b", "csv"),
        ("/a", "text/markdown", {}, b"# hola", "md"),
        ("/a", "text/csv", {}, b"a;b", "csv"),
        ("/a.docx", "application/octet-stream", {}, docx_bytes(), "docx"),
        ("/a", "application/octet-stream", {}, docx_bytes(), "docx"),
        ("/a", "application/zip", {}, docx_bytes(), "docx"),
        ("/a", "", {}, PAGE, "html"),
        ("/a.txt", "", {}, b"hola", "txt"),
        (
            "/get?id=7",
            "application/octet-stream",
            {"Content-Disposition": 'attachment; filename="tarifas.xlsx"'},
            b"PK\x03\x04",
            "xlsx",
        ),
    ],
)
def test_the_type_is_what_the_server_says_unless_the_content_knows_better(
    path: str,
    media_type: str,
    headers: dict[str, str],
    body: bytes,
    suffix: str,
    internet: Internet,
    site: Site,
) -> None:
    site.pages[path] = Reply(body, media_type, headers=headers)
    page = fetch_page(f"http://{HOST}{path}", LIMITS, internet.network())
    assert page.media_type == suffix
    assert page.name.endswith(f".{suffix}")


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        ("image/png", b"\x89PNG\r\n\x1a\n"),
        ("application/json", b"{}"),
        ("application/octet-stream", b"\x00\x01\x02"),
        ("application/msword", b"\xd0\xcf\x11\xe0"),
        ("application/zip", b"PK\x03\x04 no office"),
        ("application/rss+xml", b"<rss></rss>"),
        ("", b"MZ\x90"),
        ("text/html" * 1000, b"x"),
    ],
)
def test_what_no_loader_reads_is_refused(
    media_type: str, body: bytes, internet: Internet, site: Site
) -> None:
    site.pages["/a"] = Reply(body, media_type)
    refused = refusal(f"http://{HOST}/a", LIMITS, internet.network())
    assert refused.code == "unsupported"
    assert len(str(refused)) < 400


def test_a_page_without_bytes_is_empty(internet: Internet, site: Site) -> None:
    site.pages["/a"] = Reply(b"")
    assert refusal(f"http://{HOST}/a", LIMITS, internet.network()).code == "empty"


def test_a_sitemap_is_known_by_its_content_packed_or_not(internet: Internet, site: Site) -> None:
    xml = b'<?xml version="1.0"?><!-- x --><urlset xmlns="s"><url><loc>u</loc></url></urlset>'
    site.pages["/a"] = Reply(xml, "text/plain")
    site.pages["/b.xml.gz"] = Reply(gzip.compress(xml), "application/gzip")
    for path in ("/a", "/b.xml.gz"):
        page = fetch_page(f"http://{HOST}{path}", LIMITS, internet.network())
        assert (page.media_type, page.data) == (SITEMAP, xml)
    site.pages["/c.gz"] = Reply(gzip.compress(PAGE), "application/gzip")
    assert refusal(f"http://{HOST}/c.gz", LIMITS, internet.network()).code == "unsupported"


def test_a_packed_body_is_unpacked_members_and_all(internet: Internet, site: Site) -> None:
    long = PAGE + b"<p>m\xc3\xa1s</p>" * 20_000
    packed = gzip.compress(long[:1000]) + gzip.compress(long[1000:])
    site.pages["/a"] = Reply(packed, headers={"Content-Encoding": "gzip"})
    page = fetch_page(f"http://{HOST}/a", replace(LIMITS, body_bytes=len(long)), internet.network())
    assert page.data == long


@pytest.mark.parametrize(
    ("encoding", "body", "code"),
    [
        ("gzip", gzip.compress(PAGE, mtime=0)[:-9], "damaged"),
        ("gzip", b"not gzip at all", "damaged"),
        ("br", b"x", "unreadable"),
        ("gzip, gzip", gzip.compress(gzip.compress(PAGE, mtime=0), mtime=0), "unreadable"),
    ],
)
def test_a_body_packed_wrongly_is_refused(
    encoding: str, body: bytes, code: str, internet: Internet, site: Site
) -> None:
    site.pages["/a"] = Reply(body, headers={"Content-Encoding": encoding})
    assert refusal(f"http://{HOST}/a", LIMITS, internet.network()).code == code


def endless() -> Iterator[bytes]:
    while True:
        yield b"x" * 65_536


def test_a_body_is_counted_whatever_its_length_was_said_to_be(
    internet: Internet, site: Site
) -> None:
    site.pages["/exacto"] = Reply(b"x" * SMALL.body_bytes, "text/plain")
    site.pages["/mas"] = Reply(b"x" * (SMALL.body_bytes + 1), "text/plain", length=False)
    site.pages["/sin-fin"] = Reply(endless, "text/plain")
    site.pages["/dice"] = Reply(b"x", headers={"Content-Length": str(SMALL.body_bytes + 1)})
    page = fetch_page(f"http://{HOST}/exacto", SMALL, internet.network())
    assert len(page.data) == SMALL.body_bytes
    for path in ("/mas", "/sin-fin", "/dice"):
        assert refusal(f"http://{HOST}{path}", SMALL, internet.network()).code == "too-large"
    assert "10 MiB" in str(
        refusal_of_announced(internet, site, length=LIMITS.body_bytes + 1, limits=LIMITS)
    )


def refusal_of_announced(
    internet: Internet, site: Site, *, length: int, limits: Limits
) -> DocumentRefused:
    site.pages["/a"] = Reply(b"x", headers={"Content-Length": str(length)})
    return refusal(f"http://{HOST}/a", limits, internet.network())


def test_a_bomb_is_stopped_before_it_is_in_memory(internet: Internet, site: Site) -> None:
    bomb = gzip.compress(bytes(100 << 20), compresslevel=1) * 3
    site.pages["/bomba"] = Reply(bomb, headers={"Content-Encoding": "gzip"})
    site.pages["/bomba.xml.gz"] = Reply(bomb, "application/gzip")
    for path in ("/bomba", "/bomba.xml.gz"):
        tracemalloc.start()
        refused = refusal(f"http://{HOST}{path}", LIMITS, internet.network())
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert refused.code == "too-large"
        assert peak < 3 * LIMITS.body_bytes


def test_a_body_of_countless_packed_parts_costs_no_time(internet: Internet, site: Site) -> None:
    parts = gzip.compress(b"") * 500_000
    site.pages["/a"] = Reply(parts, headers={"Content-Encoding": "gzip"})
    site.pages["/a.gz"] = Reply(parts, "application/gzip")
    started = time.monotonic()
    for path in ("/a", "/a.gz"):
        assert refusal(f"http://{HOST}{path}", LIMITS, internet.network()).code == "damaged"
    assert time.monotonic() - started < 2


def drip() -> Iterator[bytes]:
    while True:
        yield b"x"
        time.sleep(0.02)


def test_a_body_that_drips_is_given_up_in_time(internet: Internet, site: Site) -> None:
    site.pages["/gota"] = Reply(drip)
    started = time.monotonic()
    refused = refusal(f"http://{HOST}/gota", QUICK, internet.network())
    assert refused.code == "timeout"
    assert QUICK.seconds <= time.monotonic() - started < QUICK.seconds + 1
    assert "not fetched within 0.6 s" in str(refused)


def test_time_runs_through_redirects_and_looking_up_names(internet: Internet, site: Site) -> None:
    for number in range(3):
        site.pages[f"/{number}"] = redirect(f"/{number + 1}")
    site.pages["/3"] = Reply(PAGE)

    def slowly(host: str, port: int) -> Sequence[str]:
        time.sleep(0.25)
        return (PUBLIC,)

    network = Network(slowly, internet.connect)
    started = time.monotonic()
    assert refusal(f"http://{HOST}/0", QUICK, network).code == "timeout"
    assert time.monotonic() - started < QUICK.seconds + 0.5
    assert 1 < len(site.paths) < 4


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_server_that_says_nothing_is_given_up_in_time(
    scheme: str, internet: Internet, authority: Authority
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        internet.sites[PUBLIC] = silent.getsockname()[1]
        started = time.monotonic()
        network = internet.network(authority.trusting())
        assert refusal(f"{scheme}://{HOST}/", QUICK, network).code == "timeout"
        assert time.monotonic() - started < QUICK.seconds + 1


@pytest.mark.parametrize(
    ("scheme", "beginning"),
    [("http", b"HTTP/1.1 200 OK\r\nX-Long: "), ("https", b"\x16\x03\x03\x3f\xff")],
)
def test_a_server_that_drips_before_the_body_is_given_up_in_time(
    scheme: str, beginning: bytes, internet: Internet, authority: Authority
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        internet.sites[PUBLIC] = server.getsockname()[1]
        thread = threading.Thread(target=drip_to_one, args=(server, beginning))
        thread.start()
        started = time.monotonic()
        network = internet.network(authority.trusting())
        assert refusal(f"{scheme}://{HOST}/", QUICK, network).code == "timeout"
        assert QUICK.seconds <= time.monotonic() - started < QUICK.seconds + 1
        thread.join()


def drip_to_one(server: socket.socket, beginning: bytes) -> None:
    """Send a byte now and then until the client hangs up."""
    connection, _ = server.accept()
    with connection, contextlib.suppress(OSError):
        connection.sendall(beginning)
        while True:
            connection.sendall(b"x")
            time.sleep(0.02)


def test_a_server_that_is_not_there_is_unreachable(internet: Internet) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        internet.sites[PUBLIC] = gone.getsockname()[1]
    assert refusal(f"http://{HOST}/", LIMITS, internet.network()).code == "unreachable"
    nameless = refusal("http://no.help.example.com/", LIMITS, internet.network())
    assert (nameless.code, "no such host" in str(nameless)) == ("unreachable", True)


def test_a_page_that_breaks_off_is_refused(internet: Internet, site: Site) -> None:
    site.pages["/a"] = Reply(PAGE, headers={"Content-Length": str(len(PAGE) + 10)})
    assert refusal(f"http://{HOST}/a", LIMITS, internet.network()).code == "unreachable"


def test_a_certificate_is_checked_against_the_name_at_the_checked_address(
    authority: Authority, internet: Internet
) -> None:
    with serving(authority.server(HOST)) as secure:
        secure.pages["/"] = Reply(PAGE)
        internet.put(HOST, secure)
        internet.put("otro.help.example.com", secure, "93.184.216.35")
        network = internet.network(authority.trusting())
        assert fetch_page(f"https://{HOST}/", LIMITS, network).data == PAGE
        assert internet.connected == [(PUBLIC, 443)]
        refused = refusal("https://otro.help.example.com/", LIMITS, network)
    assert refused.code == "unreachable"
    assert "certificate is not trusted" in str(refused)
    assert "otro.help.example.com" in str(refused)
    assert secure.paths == ["/"]


def test_a_certificate_of_an_unknown_authority_is_refused_until_it_is_made_known(
    authority: Authority, internet: Internet, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(authority.server(HOST)) as secure:
        secure.pages["/"] = Reply(PAGE)
        internet.put(HOST, secure)
        refused = refusal(f"https://{HOST}/", LIMITS, internet.network())
        assert secure.requests == []
        monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))
        assert fetch_page(f"https://{HOST}/", LIMITS, internet.network()).data == PAGE
    assert "set SSL_CERT_FILE" in str(refused)


def test_no_redirect_leads_out_of_encryption(
    authority: Authority, internet: Internet, site: Site, tmp_path: Path
) -> None:
    site.pages["/"] = Reply(PAGE)
    internet.put("abierto.help.example.com", site, "93.184.216.35")
    with serving(authority.server(HOST)) as secure:
        secure.pages["/"] = redirect("http://abierto.help.example.com/")
        internet.put(HOST, secure)
        refused = refusal(f"https://{HOST}/", LIMITS, internet.network(authority.trusting()))
    assert (refused.code, "from https" in str(refused)) == ("not-allowed", True)
    assert site.requests == []


def test_a_redirect_leads_into_encryption(
    authority: Authority, internet: Internet, site: Site
) -> None:
    internet.put("abierto.help.example.com", site, "93.184.216.35")
    site.pages["/a"] = redirect(f"https://{HOST}/a", 301)
    with serving(authority.server(HOST)) as secure:
        secure.pages["/a"] = Reply(PAGE)
        internet.put(HOST, secure)
        page = fetch_page(
            "http://abierto.help.example.com/a", LIMITS, internet.network(authority.trusting())
        )
    assert page.url == f"https://{HOST}/a"


def test_the_real_context_checks_names_and_authorities() -> None:
    context = Network().tls()
    assert context.check_hostname
    assert context.verify_mode is ssl.CERT_REQUIRED
