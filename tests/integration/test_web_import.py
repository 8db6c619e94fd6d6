"""Addresses into the register: sitemaps, robots.txt, limits of a run, and the command line."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from ingest import web
from ingest.cli import HELP, ingest_command
from ingest.network import Network
from ingest.sources import Refused, SourceFile
from ingest.web import fetched_pages
from knowledge.encoders import embedding
from knowledge.errors import StorageFull
from knowledge.register import Register
from knowledge.settings import load
from tests.fakes import STAFF, HashingEmbedder
from tests.integration.web_double import LIMITS, Internet, Reply, Site, redirect, serving

HOST = "www.example.com"
ROOT = f"http://{HOST}"


def page(text: str) -> Reply:
    body = f"<!doctype html><html><head><title>{text}</title></head><body><h1>{text}</h1>"
    return Reply(f"{body}<p>El plazo de {text} es de treinta días.</p></body></html>".encode())


def sitemap(*addresses: str, kind: str = "url", root: str = "urlset") -> Reply:
    entries = "".join(f"<{kind}><loc>{address}</loc></{kind}>" for address in addresses)
    return Reply(f"<?xml version='1.0'?><{root}>{entries}</{root}>".encode(), "application/xml")


def index(*addresses: str) -> Reply:
    return sitemap(*addresses, kind="sitemap", root="sitemapindex")


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        running.pages["/envios"] = page("envíos")
        running.pages["/garantia"] = page("garantía")
        running.pages["/sitemap.xml"] = sitemap(f"{ROOT}/envios", f"{ROOT}/garantia")
        yield running


@pytest.fixture
def internet(site: Site) -> Internet:
    net = Internet()
    net.put(HOST, site)
    return net


def fetched(internet: Internet, *urls: str) -> list[SourceFile | Refused]:
    with fetched_pages(urls, LIMITS, internet.network()) as found:
        for source in found:
            if isinstance(source, SourceFile):
                assert source.read()
        return list(found)


def names(found: Sequence[SourceFile | Refused]) -> list[str]:
    return [source.name for source in found if isinstance(source, SourceFile)]


def refusals(found: Sequence[SourceFile | Refused]) -> list[tuple[str, str]]:
    return [(source.name, source.code) for source in found if isinstance(source, Refused)]


def test_a_sitemap_stands_for_its_pages(internet: Internet) -> None:
    found = fetched(internet, f"{ROOT}/sitemap.xml")
    assert names(found) == [f"{HOST}/envios.html", f"{HOST}/garantia.html"]
    assert [source.url for source in found if isinstance(source, SourceFile)] == [
        f"{ROOT}/envios",
        f"{ROOT}/garantia",
    ]


def test_pages_are_gone_after_the_run(internet: Internet) -> None:
    with fetched_pages([f"{ROOT}/envios"], LIMITS, internet.network()) as (source,):
        assert isinstance(source, SourceFile)
        assert source.path.exists()
    assert not source.path.parent.exists()


def test_an_address_is_asked_once_however_often_it_is_named(internet: Internet, site: Site) -> None:
    urls = [f"{ROOT}/envios", f"{ROOT}/envios#x", f"HTTP://{HOST.upper()}:80/envios"]
    assert names(fetched(internet, *urls, f"{ROOT}/sitemap.xml")) == [
        f"{HOST}/envios.html",
        f"{HOST}/garantia.html",
    ]
    assert sorted(site.paths) == ["/envios", "/garantia", "/sitemap.xml"]


def test_entries_of_other_hosts_are_refused_one_by_one_and_never_asked(
    internet: Internet, site: Site
) -> None:
    others = ["https://evil.example.org/", "http://127.0.0.1/", "file:///etc/passwd", "envios"]
    site.pages["/sitemap.xml"] = sitemap(f"{ROOT}/envios", *others)
    found = fetched(internet, f"{ROOT}/sitemap.xml")
    assert names(found) == [f"{HOST}/envios.html"]
    assert refusals(found) == [
        ("https://evil.example.org/", "not-allowed"),
        ("http://127.0.0.1/", "bad-url"),
        ("file:///etc/passwd", "bad-url"),
        ("envios", "bad-url"),
    ]
    assert set(internet.resolved) == {HOST}


def test_an_index_is_opened_one_level_deep(internet: Internet, site: Site) -> None:
    site.pages["/indice.xml"] = index(f"{ROOT}/sitemap.xml", f"{ROOT}/otro.xml", f"{ROOT}/suelta")
    site.pages["/suelta"] = page("suelta")
    site.pages["/otro.xml"] = index(f"{ROOT}/mas.xml")
    found = fetched(internet, f"{ROOT}/indice.xml")
    assert names(found) == [f"{HOST}/envios.html", f"{HOST}/garantia.html"]
    assert refusals(found) == [
        (f"{ROOT}/otro.xml", "unsupported"),
        (f"{ROOT}/suelta", "unsupported"),
    ]
    assert "/mas.xml" not in site.paths


def test_a_sitemap_listed_as_a_page_is_not_opened(internet: Internet, site: Site) -> None:
    site.pages["/a.xml"] = sitemap(f"{ROOT}/sitemap.xml", f"{ROOT}/a.xml")
    assert refusals(fetched(internet, f"{ROOT}/a.xml")) == [(f"{ROOT}/sitemap.xml", "unsupported")]


def test_empty_and_damaged_sitemaps_are_refused(internet: Internet, site: Site) -> None:
    site.pages["/vacio.xml"] = sitemap()
    site.pages["/roto.xml"] = Reply(b"<urlset><url>", "text/xml")
    found = fetched(internet, f"{ROOT}/vacio.xml", f"{ROOT}/roto.xml")
    assert refusals(found) == [(f"{ROOT}/vacio.xml", "empty"), (f"{ROOT}/roto.xml", "damaged")]


def test_a_run_takes_so_many_addresses_and_says_what_it_left_out(
    internet: Internet, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "MAX_ADDRESSES", 4)
    for number in range(9):
        site.pages[f"/{number}"] = page(f"tema {number}")
    site.pages["/sitemap.xml"] = sitemap(*(f"{ROOT}/{number}" for number in range(9)))
    found = fetched(internet, f"{ROOT}/sitemap.xml")
    assert names(found) == [f"{HOST}/{number}.html" for number in range(3)]
    assert refusals(found) == [(f"{ROOT}/sitemap.xml", "too-large")]
    assert len(site.paths) == 4


def test_a_run_keeps_so_many_bytes(
    internet: Internet, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "MAX_RUN_BYTES", 250)
    found = fetched(internet, f"{ROOT}/envios", f"{ROOT}/garantia")
    assert names(found) == [f"{HOST}/envios.html"]
    assert refusals(found) == [(f"{ROOT}/garantia", "too-large")]


def test_a_full_disk_is_told(internet: Internet, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(StorageFull, match="No space left on device; free some space"):
        fetched(internet, f"{ROOT}/envios")


def test_two_pages_of_one_name_are_told_apart_from_one_page_twice(
    internet: Internet, site: Site
) -> None:
    site.pages["/a"] = page("a")
    site.pages["/a.html"] = page("a")
    assert refusals(fetched(internet, f"{ROOT}/a", f"{ROOT}/a.html")) == []
    site.pages["/a.html"] = page("otra")
    found = fetched(internet, f"{ROOT}/a", f"{ROOT}/a.html")
    assert refusals(found) == [(f"{ROOT}/a.html", "duplicate-name")]


def test_a_host_that_fails_again_and_again_is_left_alone(internet: Internet, site: Site) -> None:
    for number in range(8):
        site.pages[f"/{number}"] = Reply(status=503)
    found = fetched(internet, *(f"{ROOT}/{number}" for number in range(8)), f"{ROOT}/envios")
    assert len(site.paths) == web.MAX_FAILURES
    assert {code for _, code in refusals(found)} == {"unreachable"}
    assert "not asked" in getattr(found[-1], "message", "")


def test_pages_that_are_missing_are_no_failure_of_the_host(internet: Internet, site: Site) -> None:
    missing = [f"{ROOT}/falta-{number}" for number in range(8)]
    assert names(fetched(internet, *missing, f"{ROOT}/envios")) == [f"{HOST}/envios.html"]


def test_robots_txt_is_asked_once_and_kept_to(internet: Internet, site: Site) -> None:
    rules = b"User-agent: *\nDisallow: /*.html$\nDisallow: /privado\nAllow: /privado/abierto\n"
    site.pages["/robots.txt"] = Reply(rules, "text/plain")
    for path in ("/privado/a", "/privado/abierto", "/b.html"):
        site.pages[path] = page(path)
    site.pages["/va"] = redirect("/privado/a")
    urls = [f"{ROOT}{path}" for path in ("/privado/a", "/privado/abierto", "/b.html", "/va")]
    found = fetched(internet, *urls)
    assert names(found) == [f"{HOST}/privado/abierto.html"]
    assert [code for _, code in refusals(found)] == ["robots"] * 3
    assert site.paths == ["/privado/abierto", "/va"]
    assert [path for path, _ in site.requests].count("/robots.txt") == 1


@pytest.mark.parametrize(
    ("rules", "taken"),
    [
        (b"User-agent: *\nDisallow: /\n\nUser-agent: voz-propia\nAllow: /\n", True),
        (b"User-agent: *\nAllow: /\n\nUser-agent: Voz-Propia\nDisallow: /\n", False),
        (b"User-agent: propia\nDisallow: /\n", True),
        (b"\xff\xfe\x00 nonsense", True),
    ],
)
def test_robots_txt_may_name_us(rules: bytes, taken: bool, internet: Internet, site: Site) -> None:
    site.pages["/robots.txt"] = Reply(rules, "text/plain")
    assert bool(names(fetched(internet, f"{ROOT}/envios"))) is taken


def test_a_site_whose_robots_txt_cannot_be_had_now_is_left_alone(
    internet: Internet, site: Site
) -> None:
    site.pages["/robots.txt"] = Reply(status=500)
    found = fetched(internet, f"{ROOT}/envios", f"{ROOT}/garantia")
    assert [code for _, code in refusals(found)] == ["unreachable"] * 2
    assert site.paths == []
    site.pages["/robots.txt"] = redirect("http://evil.example.org/robots.txt")
    assert refusals(fetched(internet, f"{ROOT}/envios")) == [(f"{ROOT}/envios", "not-allowed")]


# The command line

Run = Callable[..., Result]


@pytest.fixture
def run(internet: Internet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """``voz ingest`` with the hashing embedder, in the small Internet."""

    class Embedders:
        @classmethod
        def open(cls, *_: object) -> HashingEmbedder:
            return HashingEmbedder()

    network: Network = internet.network()
    monkeypatch.setattr(embedding, "SentenceTransformerEmbedder", Embedders)
    monkeypatch.setattr("knowledge.search.freshness.needs_build", lambda *_: False)
    monkeypatch.setattr(web, "Network", lambda: network)
    monkeypatch.setenv("VOZ_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("VOZ_URL_HOSTS", HOST)
    monkeypatch.setenv("COLUMNS", "200")
    app = typer.Typer()
    app.command(help=HELP)(ingest_command)

    def invoke(*arguments: object) -> Result:
        before = signal.getsignal(signal.SIGINT)
        result = CliRunner().invoke(app, [str(argument) for argument in arguments])
        assert signal.getsignal(signal.SIGINT) is before
        return result

    return invoke


def test_addresses_stand_beside_paths(run: Run, site: Site, tmp_path: Path) -> None:
    (tmp_path / "local.md").write_text("# Local\n\nEl horario es de nueve a cinco.\n")
    result = run("--json", tmp_path / "local.md", f"{ROOT}/sitemap.xml")
    report = json.loads(result.stdout)
    assert (result.exit_code, report["refused"]) == (0, [])
    assert report["added"] == ["local.md", f"{HOST}/envios.html", f"{HOST}/garantia.html"]
    with Register.open(load()) as register:
        document = register.document(f"{HOST}/envios.html", STAFF)
        assert document
        assert (document.title, document.media_type) == ("envíos", "html")
        assert register.original_path(document.sha256).read_bytes() == site.pages["/envios"].body


def test_the_same_address_again_changes_nothing_until_its_content_does(
    run: Run, site: Site
) -> None:
    assert json.loads(run("--json", f"{ROOT}/envios").stdout)["added"] == [f"{HOST}/envios.html"]
    again = json.loads(run("--json", f"{ROOT}/envios").stdout)
    assert (again["unchanged"], again["chunks_embedded"]) == ([f"{HOST}/envios.html"], 0)
    site.pages["/envios"] = page("envíos nuevos")
    assert json.loads(run("--json", f"{ROOT}/envios").stdout)["changed"] == [f"{HOST}/envios.html"]


def test_refused_addresses_are_in_the_report_and_give_code_three(run: Run) -> None:
    result = run(f"{ROOT}/envios", f"{ROOT}/falta", "http://ana:secreto@otro.example.com/")
    assert result.exit_code == 3
    assert f"refused (http-error) {ROOT}/falta: there is no such page" in result.stdout
    assert "refused (bad-url) http://…@otro.example.com/: it holds a user name" in result.stdout
    assert "secreto" not in result.output
    assert run(f"{ROOT}/falta").exit_code == 1


def test_without_allowed_hosts_nothing_is_asked_and_nothing_made(
    run: Run, internet: Internet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VOZ_URL_HOSTS")
    result = run(f"{ROOT}/envios")
    assert "importing from the web is off: set VOZ_URL_HOSTS" in str(result.exception)
    assert internet.resolved == []
    assert not (tmp_path / "data").exists()


def test_a_hostile_page_is_refused_by_its_loader_like_any_file(run: Run, site: Site) -> None:
    site.pages["/m.pdf"] = Reply(b"%PDF-1.7 nada", "application/pdf")
    report = json.loads(run("--json", f"{ROOT}/m.pdf", f"{ROOT}/envios").stdout)
    assert [refused["name"] for refused in report["refused"]] == [f"{HOST}/m.pdf"]
    assert report["exit_code"] == 3


def test_ctrl_c_while_pages_are_fetched_keeps_nothing_and_says_so(
    run: Run, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(web, "fetch_page", interrupted)
    result = run(f"{ROOT}/envios")
    assert (result.exit_code, "interrupted" in result.output) == (130, True)
    assert not (tmp_path / "data").exists()


def test_the_help_says_what_is_asked_and_what_not(run: Run) -> None:
    shown = " ".join(run("--help").stdout.split())
    for promise in ("VOZ_URL_HOSTS", "sitemap", "robots.txt", "private network"):
        assert promise in shown
