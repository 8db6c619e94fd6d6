"""A ZIP archive and an address over REST: a draft of each document, and a line for each other."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import pytest

from assistant.shell.manage.importing import Stopped, bring_in
from ingest import web
from knowledge.jobs import Job, NewJob
from tests.integration.test_manage_api import TEXT, House, house
from tests.integration.web_double import Internet, Reply, Site, serving

__all__ = ["house"]

HOST = "www.example.com"
SITEMAP = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    f"<url><loc>http://{HOST}/envios</loc></url><url><loc>http://{HOST}/no-esta</loc></url></urlset>"
)


def archive(files: Mapping[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        for name, text in files.items():
            made.writestr(name, text)
    return packed.getvalue()


def send(house: House, who: str, data: bytes, name: str = "todo.zip", **fields: Any) -> Any:
    return house.ask(who, "POST", "/imports", files={"file": (name, data)}, data=fields)


def drafts(house: House, who: str, job: dict[str, Any]) -> dict[str, tuple[str, int]]:
    """Of each document of an import: outcome and version, once all are in."""
    found: dict[str, tuple[str, int]] = {}
    for number in job["result"]["jobs"]:
        one = house.done(who, httpx.Response(202, json={"id": number}))
        found[one["title"]] = (one["result"]["outcome"], one["result"]["version"])
    return found


def test_an_archive_brings_in_what_it_can_and_says_of_the_rest_why_not(house: House) -> None:
    house.bring("zip/conocida.md")
    house.bring("zip/ajena.md", audience="meridiano")
    files = {
        "zip/nueva.md": TEXT.format(days=14),
        "zip/conocida.md": TEXT.format(days=15),
        "zip/foto.exe": "MZ",
        "../fuera.md": "x",
    }
    job = house.done("marta", send(house, "marta", archive(files), note="de marzo"))
    assert (job["state"], job["result"]["brought"]) == ("done", 2)
    assert drafts(house, "marta", job) == {
        "zip/nueva.md": ("draft", 1),
        "zip/conocida.md": ("draft", 2),
    }
    refused = job["result"]["refused"]
    assert {one["name"].split("/")[-1] for one in refused} == {"foto.exe", "fuera.md"}
    assert job["result"]["refused_count"] == 2
    same = house.done(
        "marta", send(house, "marta", archive({"zip/nueva.md": files["zip/nueva.md"]}))
    )
    assert drafts(house, "marta", same) == {"zip/nueva.md": ("unchanged", 1)}


def test_a_source_that_is_none_of_theirs_is_neither_told_nor_touched(house: House) -> None:
    number = house.bring("zip/secreta.md", audience="meridiano")
    job = house.done(
        "leo",
        send(house, "leo", archive({"zip/secreta.md": TEXT.format(days=3)}), audience="levante"),
    )
    assert drafts(house, "leo", job) == {"zip/secreta-2.md": ("draft", 1)}
    assert len(house.ask("marta", "GET", f"/sources/{number}").json()["history"]) == 1


def test_what_cannot_be_brought_in_at_all_is_one_line(house: House) -> None:
    for sent, line in [
        (send(house, "marta", b"x", name="una.md"), "no ZIP archive"),
        (send(house, "marta", b"", name="a.zip"), "is empty"),
        (house.ask("marta", "POST", "/imports", data={"url": f"http://{HOST}/"}), "VOZ_URL_HOSTS"),
        (send(house, "marta", archive({}), valid_from="ayer"), "no day"),
        (send(house, "marta", archive({}), audience="nadie"), "nadie"),
    ]:
        assert sent.status_code == 422, sent.text
        assert line in sent.json()["error"]
    assert send(house, "leo", archive({"a.md": "x"})).status_code == 403  # not for all staff
    job = house.done("marta", send(house, "marta", b"PK no zip"))
    assert job["state"] == "failed"
    assert "todo.zip: not a whole zip archive" in job["message"]


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def internet(site: Site, monkeypatch: pytest.MonkeyPatch) -> Internet:
    internet = Internet()
    internet.put(HOST, site)
    monkeypatch.setattr(web, "Network", internet.network)
    return internet


def asked_for(house: House, url: str) -> Job:
    """An import as the route notes it, taken before the worker does."""
    wanted = {
        "url": url,
        "from_file": False,
        "note": "",
        "valid_from": None,
        "valid_to": None,
        "grants": ["manager@staff"],
        "within": None,
    }
    return house.register.jobs.add(NewJob("import", "marta", url, "staff", wanted))


@pytest.fixture
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house whose worker has gone home."""
    house = House(tmp_path_factory.mktemp("quiet"))
    house.worker.stop()
    yield house
    house.close()


def test_a_sitemap_brings_in_its_pages_once_even_if_the_server_stops_meanwhile(
    quiet: House, internet: Internet, site: Site
) -> None:
    page = "<html><head><title>Envíos</title></head><body><p>Tarda 3 días.</p></body></html>"
    site.pages = {
        "/sitemap.xml": Reply(SITEMAP.encode(), "application/xml"),
        "/envios": Reply(page.encode()),
        "/no-esta": Reply(b"", status=404),
    }
    settings = quiet.people.settings.model_copy(update={"url_hosts": HOST})
    job = asked_for(quiet, f"http://{HOST}/sitemap.xml")

    def stop(done: int, total: int) -> None:
        if quiet.register.jobs.begun_by(job.id):
            raise Stopped

    with pytest.raises(Stopped):
        bring_in(job, quiet.register, settings, stop)
    (begun,) = quiet.register.jobs.begun_by(job.id)
    result = bring_in(job, quiet.register, settings, lambda *_: None)
    assert result["jobs"] == [begun.id]
    (refused,) = result["refused"]
    assert refused["name"] == f"http://{HOST}/no-esta"
    assert quiet.register.jobs.path(begun).read_bytes() == page.encode()
