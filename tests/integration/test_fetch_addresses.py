"""What must never be connected to: listeners on loopback watch while every trick is tried."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Sequence

import pytest

from ingest.fetch import Limits, fetch_page
from ingest.network import Network, connect
from ingest.urls import Allowed, WebAddress
from knowledge.errors import DocumentRefused
from tests.integration.web_double import (
    LIMITS,
    OTHER_PUBLIC,
    PUBLIC,
    Internet,
    Reply,
    Site,
    Tripwire,
    redirect,
    serving,
)


class Anywhere(Allowed):
    """Allows everything, so that only the checks behind the list are left."""

    def check(self, address: WebAddress) -> None:
        """Nothing."""


ANYWHERE = Limits(Anywhere((), frozenset()), seconds=5)

FORMS = r"""
http://127.0.0.1:{port}/
http://127.0.0.1.:{port}/
http://127.1:{port}/
http://127.0.1:{port}/
http://127.255.255.254:{port}/
http://0:{port}/
http://0.0.0.0:{port}/
http://00000000.0.0.0:{port}/
http://2130706433:{port}/
http://017700000001:{port}/
http://0x7f000001:{port}/
http://0X7F000001:{port}/
http://0x7f.1:{port}/
http://0x7f.0x0.0x0.0x1:{port}/
http://0177.0.0.1:{port}/
http://0177.0.0.01:{port}/
http://0300.0250.0.01:{port}/
http://127.0.0.0x1:{port}/
http://127.0x1:{port}/
http://4294967295:{port}/
http://6425673729:{port}/
http://127.0.0.1%00.example.com:{port}/
http://%31%32%37.0.0.1:{port}/
http://127%2e0%2e0%2e1:{port}/
http://127.0.0.1%2f@example.com:{port}/
http://[::1]:{port}/
http://[::]:{port}/
http://[0:0:0:0:0:0:0:1]:{port}/
http://[::1%25lo]:{port}/
http://[::1%lo]:{port}/
http://[fe80::1%25eth0]:{port}/
http://[fe80::1%eth0]:{port}/
http://[fd00:ec2::254]:{port}/
http://[fc00::1]:{port}/
http://[ff02::1]:{port}/
http://[::ffff:127.0.0.1]:{port}/
http://[::ffff:7f00:1]:{port}/
http://[::127.0.0.1]:{port}/
http://[0:0:0:0:0:ffff:127.0.0.1]:{port}/
http://[64:ff9b::127.0.0.1]:{port}/
http://[64:ff9b::7f00:1]:{port}/
http://[2002:7f00:1::]:{port}/
http://[2001:0:4136:e378:8000:63bf:80ff:fffe]:{port}/
http://[::1:{port}/
http://::1:{port}/
http://[v1.fe80]:{port}/
http://[127.0.0.1]:{port}/
http://[::1]example.com:{port}/
http://localhost:{port}/
http://localhost.:{port}/
http://LOCALHOST:{port}/
http://localhost.localdomain:{port}/
http://loopback.example.com:{port}/
http://loopback.example.com.:{port}/
http://LoopBack.Example.COM:{port}/
http://127.0.0.1.nip.example.com:{port}/
http://a.b.localhost:{port}/
http://ip6-localhost:{port}/
http://user@loopback.example.com:{port}/
http://user:pass@127.0.0.1:{port}/
http://user:pass@loopback.example.com:{port}/
http://www.example.com@127.0.0.1:{port}/
http://www.example.com:80@127.0.0.1:{port}/
http://www.example.com%40127.0.0.1:{port}/
http://127.0.0.1:{port}@www.example.com/
http://@127.0.0.1:{port}/
http://:@127.0.0.1:{port}/
http://www.example.com#@127.0.0.1:{port}/
http://www.example.com?@127.0.0.1:{port}/
http://www.example.com\@127.0.0.1:{port}/
http://127.0.0.1:{port}\@www.example.com/
http:\\127.0.0.1:{port}\
http:///127.0.0.1:{port}/
http:127.0.0.1:{port}
http:/127.0.0.1:{port}/
//127.0.0.1:{port}/
127.0.0.1:{port}
http://:{port}/
http://.:{port}/
http://..:{port}/
http://.example.com:{port}/
http://loopback..example.com:{port}/
http://loopback.example.com..:{port}/
http://-loopback.example.com:{port}/
http://loop_back.example.com:{port}/
http://loop back.example.com:{port}/
http://*.example.com:{port}/
http://①②⑦.⓪.⓪.①:{port}/
http://１２７.０.０.１:{port}/
http://127。0。0。1:{port}/
http://127．0．0．1:{port}/
http://127｡0｡0｡1:{port}/
http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:{port}/
http://loopback.example.com：{port}/
http://loopback.example.com／@127.0.0.1:{port}/
http://lo{soft hyphen}opback.example.com:{port}/
http://loopback{zero width}.example.com:{port}/
http://ⅼoopback.example.com:{port}/
http://xn--.example.com:{port}/
http://xn--a-ecp.ru.example.com:{port}/
http://loopback.example.com:{port}:{port}/
http://loopback.example.com:0/
http://loopback.example.com:-1/
http://loopback.example.com:65536/
http://loopback.example.com:+{port}/
http://loopback.example.com:８０/
http://loopback.example.com:0x50/
http://loopback.example.com:{port}{tab}/
ht{tab}tp://127.0.0.1:{port}/
http://127.0.{newline}0.1:{port}/
http://loopback.example.com:{port}/{return}{newline}Host:%20x
http://loopback.example.com:{port}/a{nul}b
https://127.0.0.1:{port}/
https://loopback.example.com:{port}/
HTTP://loopback.example.com:{port}/
file:///etc/passwd
file://loopback.example.com/etc/passwd
ftp://loopback.example.com:{port}/
gopher://loopback.example.com:{port}/_GET
dict://loopback.example.com:{port}/
ws://loopback.example.com:{port}/
jar:http://loopback.example.com:{port}!/
data:text/html,hola
javascript:alert(1)
view-source:http://127.0.0.1:{port}/
unix:///run/docker.sock
http+unix://%2Frun%2Fdocker.sock/
"""
HIDDEN = {
    "tab": "\t",
    "newline": "\n",
    "return": "\r",
    "nul": "\0",
    "soft hyphen": "\u00ad",
    "zero width": "\u200b",
}
CASES = FORMS.strip().splitlines()


@pytest.fixture(scope="module")
def tripwire() -> Iterator[Tripwire]:
    wire = Tripwire()
    yield wire
    wire.close()


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving() as running:
        running.pages["/"] = Reply(b"<html><body><p>Hola</p></body></html>")
        yield running


@pytest.fixture
def internet(site: Site) -> Internet:
    net = Internet()
    net.put("www.example.com", site)
    return net


def everything_is_loopback(host: str, port: int) -> Sequence[str]:
    """The worst resolver there could be."""
    return ("127.0.0.1", "::1")


def test_the_tripwire_notices_a_connection(tripwire: Tripwire) -> None:
    socket.create_connection(("127.0.0.1", tripwire.port)).close()
    assert tripwire.connections() == 1
    assert tripwire.connections() == 0


def filled(form: str, port: int) -> str:
    """A form with its places filled: the port, and characters that an editor would not show."""
    for name, character in HIDDEN.items():
        form = form.replace(f"{{{name}}}", character)
    return form.replace("{port}", str(port))


def test_there_are_enough_forms() -> None:
    assert len(set(CASES)) == len(CASES) >= 80


@pytest.mark.parametrize("form", CASES)
def test_no_form_of_an_address_reaches_loopback(form: str, tripwire: Tripwire) -> None:
    network = Network(everything_is_loopback, connect)
    with pytest.raises(DocumentRefused) as caught:
        fetch_page(filled(form, tripwire.port), ANYWHERE, network)
    assert caught.value.code in {"bad-url", "not-allowed"}
    assert "\n" not in str(caught.value)
    assert tripwire.connections() == 0


@pytest.mark.parametrize(
    "answers",
    [
        ("127.0.0.1",),
        ("::1",),
        (PUBLIC, "127.0.0.1"),
        ("10.0.0.1", PUBLIC),
        ("::ffff:127.0.0.1",),
        ("64:ff9b::7f00:1",),
        ("fe80::1%1",),
        ("nonsense",),
        (),
    ],
)
def test_one_closed_address_among_the_answers_is_enough_to_refuse(
    answers: Sequence[str], internet: Internet, tripwire: Tripwire
) -> None:
    internet.names["www.example.com"] = [answers]
    with pytest.raises(DocumentRefused, match="must have public addresses only") as caught:
        fetch_page("http://www.example.com/", LIMITS, internet.network())
    assert caught.value.code == "not-allowed"
    assert internet.connected == []
    assert tripwire.connections() == 0


def test_an_answer_that_changes_after_the_check_changes_nothing(internet: Internet) -> None:
    internet.names["www.example.com"] = [(PUBLIC,), ("127.0.0.1",)]
    fetch_page("http://www.example.com/", LIMITS, internet.network())
    assert internet.resolved == ["www.example.com"]
    assert internet.connected == [(PUBLIC, 80)]


def test_an_answer_that_changes_between_redirects_is_checked_anew(
    internet: Internet, site: Site
) -> None:
    site.pages["/vuelve"] = redirect("/")
    internet.names["www.example.com"] = [(PUBLIC,), ("127.0.0.1",)]
    with pytest.raises(DocumentRefused, match=r"redirected to .* 127\.0\.0\.1"):
        fetch_page("http://www.example.com/vuelve", LIMITS, internet.network())
    assert internet.connected == [(PUBLIC, 80)]


def test_the_next_address_is_tried_where_one_does_not_answer(internet: Internet) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        internet.sites[OTHER_PUBLIC] = closed.getsockname()[1]
    internet.names["www.example.com"] = [(OTHER_PUBLIC, PUBLIC)]
    page = fetch_page("http://www.example.com/", LIMITS, internet.network())
    assert page.media_type == "html"
    assert internet.connected == [(OTHER_PUBLIC, 80), (PUBLIC, 80)]


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:{port}/",
        "http://localhost:{port}/",
        "http://[::1]:{port}/",
        "http://2130706433:{port}/",
        "//127.0.0.1:{port}/",
        "http://www.example.com@127.0.0.1:{port}/",
        "http:\\\\127.0.0.1:{port}\\",
        "http://evil.example.org/",
        "http://www.example.com.evil.example.org/",
        "http://evilwww.example.com/",
        "http://www.example.com:{port}/",
        "http://inside.help.example.com/",
        "file:///etc/passwd",
        "gopher://www.example.com/",
        "javascript:alert(1)",
        "http://[::1",
    ],
)
def test_a_redirect_leads_nowhere_that_could_not_be_asked_directly(
    target: str, internet: Internet, site: Site, tripwire: Tripwire
) -> None:
    internet.names["inside.help.example.com"] = [("127.0.0.1",)]
    internet.names["evil.example.org"] = [("127.0.0.1",)]
    site.pages["/uno"] = redirect("/dos", 301)
    site.pages["/dos"] = redirect(filled(target, tripwire.port), 307)
    with pytest.raises(DocumentRefused, match=r"^http://www\.example\.com/uno: redirected to") as c:
        fetch_page("http://www.example.com/uno", LIMITS, internet.network())
    assert c.value.code in {"bad-url", "not-allowed"}
    assert {address for address, _ in internet.connected} == {PUBLIC}
    assert tripwire.connections() == 0


def test_hosts_that_are_not_allowed_are_not_even_looked_up(internet: Internet) -> None:
    for url in ("http://example.com/", "http://help.example.com/", "http://www.example.com:8080/"):
        with pytest.raises(DocumentRefused) as caught:
            fetch_page(url, LIMITS, internet.network())
        assert caught.value.code == "not-allowed"
    assert internet.resolved == []


def test_proxies_of_the_environment_are_not_used(
    internet: Internet, tripwire: Tripwire, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{tripwire.port}")
    assert fetch_page("http://www.example.com/", LIMITS, internet.network()).data
    assert tripwire.connections() == 0
