"""The managers' page in a real browser, over a real register: looks, keys, errors, many sources."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from assistant.shell.access import COOKIE
from assistant.shell.manage.worker import Worker
from ingest.chunk import chunk_document
from knowledge.intake import take_in
from knowledge.models import EVERYONE, Filing, Viewer
from knowledge.register import Register
from tests.e2e.page_double import HOSTILE, PageDouble, make_document
from tests.e2e.test_page import serious
from tests.fakes import HashingEmbedder
from tests.people import People

pytestmark = pytest.mark.ui

PARTS = [
    ("heading", "Política de devoluciones"),
    ("paragraph", "El cliente tiene 30 días."),
    ("heading", "Excepciones"),
    ("paragraph", "Los colchones no se devuelven."),
]
HOSTILE_PARTS = [
    ("heading", "<script>alert('titulo')</script>"),
    ("paragraph", "<img src=http://evil.example/a.png onerror=alert(2)> {{constructor}}"),
]


class House:
    """A register with a few sources in every state, its people, and a worker."""

    def __init__(self, folder: Path) -> None:
        self.people = People(folder / "people")
        self.office = self.people.office()
        self.embedder = HashingEmbedder()
        register = self.office.register
        viewer = Viewer("pablo", register.audiences().managed(EVERYONE))
        today = register.today()
        with Register.open(self.people.settings, write=True) as writer:
            self._file(writer, "politicas/devoluciones.md", PARTS, draft=False)
            self._file(writer, "retirada.md", [("heading", "Retirada"), PARTS[1]], draft=False)
            self._file(writer, HOSTILE, HOSTILE_PARTS)
            self._file(
                writer,
                "politicas/devoluciones.md",
                [*PARTS, ("paragraph", "Ni los cojines.")],
                valid_from=today + timedelta(days=9),
                note="Los cojines",
            )
            curation = writer.curation
            curation.submit("politicas/devoluciones.md", 2, viewer)
            curation.publish("politicas/devoluciones.md", 2, viewer)
            curation.retire("retirada.md", viewer)
            self._file(writer, "politicas/devoluciones.md", PARTS[:2], author="pablo")
            curation.submit("politicas/devoluciones.md", 3, viewer)
        self.worker = Worker(register, self.embedder, self.people.settings, keep_indexes=False)
        self.worker.start()
        self.office = self.people.office(self.worker.wake)

    def _file(self, writer: Register, name: str, parts: Any, **filed: Any) -> None:
        document = make_document(name, parts)
        made = (document, chunk_document(document, self.embedder.count_tokens))
        filing = Filing(**{"author": "marta", "draft": True, **filed})
        take_in(writer, self.embedder, (*made, document.text.encode()), filing=filing)

    def close(self) -> None:
        self.worker.stop()
        self.people.close()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("house"))
    yield house
    house.close()


@pytest.fixture(scope="module")
def manage_address(
    house: House, tmp_path_factory: pytest.TempPathFactory, serve_app: Callable[[Any], Any]
) -> Iterator[str]:
    from assistant.shell.web import create_app

    double: Any = PageDouble(tmp_path_factory.mktemp("double"))
    people = house.people
    with serve_app(create_app(double, people.access, people.settings, house.office)) as url:
        yield url


@pytest.fixture
def open_as(browser: Browser, house: House, manage_address: str) -> Iterator[Callable[..., Page]]:
    """Opens the page for somebody, at a place of it; errors on its console fail the test."""
    contexts, errors = [], []

    def open_page(who: str, at: str = "", **options: Any) -> Page:
        token = house.people.token(who)
        cookie = {"name": COOKIE, "value": token, "domain": "127.0.0.1", "path": "/"}
        options = {"locale": "es-ES", "viewport": {"width": 1280, "height": 800}, **options}
        context = browser.new_context(storage_state={"cookies": [cookie]}, **options)  # type: ignore[typeddict-item, arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda m: errors.append(m.text) if "Content Security" in m.text else 0)
        page.goto(f"{manage_address}/manage{at}")
        expect(page.locator("#view .loading")).to_have_count(0)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []


def source(page: Page, title: str = "Política de devoluciones") -> Page:
    page.get_by_role("link", name=title).click()
    expect(page.locator("#source-title")).to_contain_text(title)
    return page


def test_a_manager_sees_every_source_with_its_state(open_as: Callable[..., Page]) -> None:
    page = open_as("marta")
    expect(page.locator("tbody tr")).to_have_count(3)
    row = page.locator("tr", has_text="Política de devoluciones")
    expect(row.locator(".chip")).to_have_text(["Publicada", "v. 3: En revisión"])
    expect(page.locator("tr", has_text="retirada.md").locator(".chip")).to_have_text("Retirada")
    expect(page.locator("#tabs a")).to_have_text(
        [
            "Fuentes",
            "Revisión 1",
            "Calendario",
            "Trabajo",
            "Lo que dicen los clientes",
            "Voz",
            "Subidas",
            "Destinatarios",
        ]
    )
    page.locator("#tongue").click()
    expect(page.locator("#tabs a").first).to_have_text("Sources")


def test_keys_find_and_sort(open_as: Callable[..., Page]) -> None:
    page = open_as("marta")
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("POLITICA devol")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator(".count")).to_have_text("1 de 3 fuentes")
    page.locator("#search").fill("nada así")
    page.get_by_role("button", name="Quitar los filtros").click()
    expect(page.locator("tbody tr")).to_have_count(3)
    header = page.get_by_role("button", name="Título")
    header.press("Enter")
    expect(page.locator("th[aria-sort='descending']")).to_contain_text("Título")
    expect(page.get_by_role("button", name="Título")).to_be_focused()
    expect(page.locator("tbody th a").first).to_have_text("Retirada")


def test_five_thousand_sources_filter_and_sort_at_once(open_as: Callable[..., Page]) -> None:
    page = open_as("marta")
    (one,) = page.evaluate("fetch('/v1/sources?limit=1').then((r) => r.json())")["sources"]
    many = [
        {**one, "id": n, "title": f"Fuente {n % 977}", "name": f"a/{n}.md"} for n in range(5000)
    ]

    def answer(route: Route) -> None:
        route.fulfill(body=json.dumps({"sources": many, "total": 5000}))

    page.route("**/v1/sources?*", answer)
    page.reload()
    expect(page.locator(".count")).to_have_text(re.compile("5.?000 fuentes"))
    took = page.evaluate(
        """() => {
          const search = document.querySelector('#search');
          const times = [];
          for (const text of ['f', 'fu', 'fuente 97', 'md', '']) {
            const began = performance.now();
            search.value = text;
            search.dispatchEvent(new Event('input'));
            document.body.offsetHeight;
            times.push(performance.now() - began);
          }
          const began = performance.now();
          document.querySelector('th[data-key="title"] button').click();
          document.body.offsetHeight;
          return [Math.max(...times), performance.now() - began];
        }"""
    )
    assert max(took) < 1_000, took
    page.get_by_role("button", name="Mostrar 100 más").click()
    expect(page.locator("tbody tr")).to_have_count(200)


def test_files_are_dropped_looked_at_and_found_as_drafts(
    open_as: Callable[..., Page], tmp_path: Path
) -> None:
    page = open_as("marta")
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.items.add(new File(['# Envíos\\n\\nLlegan en 5 días.\\n'], 'envios.md'));
          data.items.add(new File(['%PDF-1.7 nada'], 'roto.pdf'));
          document.dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true}));
        }"""
    )
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".files li")).to_have_count(2)
    expect(dialog).to_contain_text("Subir 2 archivos")
    dialog.get_by_label("Último día en vigor").fill("2020-01-01")
    dialog.get_by_label("Primer día en vigor").fill("2021-01-01")
    dialog.get_by_role("button", name="Subir", exact=True).click()
    expect(dialog.locator(".problem")).to_contain_text("va antes que el primero")
    dialog.get_by_role("button", name="Cancelar").click()

    with page.expect_file_chooser() as chooser:
        page.locator("#upload").click()
    file, broken = tmp_path / "envios.md", tmp_path / "roto.pdf"
    file.write_text("# Envíos\n\nLlegan en 5 días.\n", "utf-8")
    broken.write_bytes(b"%PDF-1.7 nada")
    chooser.value.set_files([file, broken])
    page.get_by_role("dialog").get_by_role("button", name="Subir", exact=True).click()
    expect(page.locator("#tray li.done")).to_contain_text("borrador, versión 1", timeout=20_000)
    expect(page.locator("#tray li.failed")).to_contain_text("roto.pdf", timeout=20_000)
    page.locator("#tray").get_by_role("link", name="Abrir").click()
    expect(page.locator("#source-title")).to_contain_text("Envíos")
    expect(page.locator("#source-title .chip")).to_have_text("Borrador")


def test_an_approver_sends_back_with_a_note_and_never_publishes_their_own(
    open_as: Callable[..., Page],
) -> None:
    page = source(open_as("pablo"))
    third = page.locator("li[data-version='3']")
    expect(third).to_contain_text("La trajo usted: la publica otra persona.")
    expect(third.get_by_role("button", name="Publicar")).to_have_count(0)
    expect(page.get_by_role("button", name="Cambiar quién la ve")).to_have_count(0)
    expect(page.locator("form")).to_have_count(0)
    page.get_by_role("button", name="Retirar la fuente").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Desde ese día no hay nada suyo en vigor")
    dialog.get_by_role("button", name="Cancelar").click()
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator("#source-title .chip")).to_have_text("Publicada")


def test_what_the_server_refuses_is_told_and_what_was_typed_stays(
    open_as: Callable[..., Page],
) -> None:
    page = source(open_as("marta"))
    form = page.locator("form")
    form.get_by_label("Etiquetas").fill("producto")
    form.get_by_label("Responsable").fill("rosa")
    form.get_by_role("button", name="Guardar").click()
    expect(page.locator(".problem")).to_contain_text("«producto» no lo es")
    form.get_by_label("Etiquetas").fill("producto = sofás")
    page.route("**/describe", lambda route: route.abort())
    form.get_by_role("button", name="Guardar").click()
    expect(page.locator(".problem")).to_contain_text("El servidor no responde")
    expect(form.get_by_label("Responsable")).to_have_value("rosa")
    page.get_by_role("link", name="Calendario").click()
    expect(page.get_by_role("dialog")).to_contain_text("perder lo que ha escrito")
    page.get_by_role("button", name="Cancelar").click()
    expect(form.get_by_label("Etiquetas")).to_have_value("producto = sofás")
    page.unroute("**/describe")
    form.get_by_role("button", name="Guardar").click()
    expect(page.locator("#toast")).to_have_text("Guardado")
    page.get_by_role("link", name="Calendario").click()
    expect(page.locator("#view")).to_contain_text("entra en vigor la versión 2")


def test_a_part_is_reserved_and_lifted(open_as: Callable[..., Page]) -> None:
    page = source(open_as("marta"))
    page.get_by_role("button", name="Reservar una parte").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Guardar").click()
    expect(dialog.locator(".problem")).to_contain_text("Marque para quién es")
    dialog.get_by_label("no se dice al cliente").check()
    dialog.get_by_role("button", name="Guardar").click()
    panel = page.locator(".panels .card").nth(1)
    expect(panel).to_contain_text("no se dice al cliente")
    panel.get_by_role("button", name="Quitar").click()
    page.get_by_role("dialog").get_by_role("button", name="Quitar").click()
    expect(panel).to_contain_text("Ninguna: se ve entera.")


def test_an_ended_session_is_told_and_the_page_stays(
    open_as: Callable[..., Page], house: House
) -> None:
    page = open_as("marta")
    page.context.clear_cookies()
    page.get_by_role("link", name="Política de devoluciones").click()
    expect(page.locator("#banner")).to_contain_text("Su sesión ha terminado")
    token = {"name": COOKIE, "value": house.people.token("marta"), "domain": "127.0.0.1"}
    page.context.add_cookies([{**token, "path": "/"}])  # type: ignore[typeddict-item]
    page.get_by_role("button", name="Volver a intentarlo").click()
    expect(page.locator("#source-title")).to_be_visible()


def test_when_the_sources_cannot_be_loaded_that_is_told(open_as: Callable[..., Page]) -> None:
    page = open_as("marta")
    line = {"error": "the register is busy: try again"}
    page.route("**/v1/sources?*", lambda route: route.fulfill(status=503, json=line))
    page.reload()
    expect(page.locator(".problem")).to_contain_text("the register is busy")
    page.unroute("**/v1/sources?*")
    page.get_by_role("button", name="Volver a intentarlo").click()
    expect(page.locator("tbody tr").first).to_be_visible()


def test_an_administrator_makes_an_account_and_a_group(open_as: Callable[..., Page]) -> None:
    page = open_as("adela")
    expect(page.locator("#tabs a")).to_have_text(["Destinatarios", "Cuentas"])
    page.get_by_role("button", name="Nuevo grupo").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Nombre que se lee").fill("Turno de noche")
    dialog.get_by_label("Nombre corto").fill("noche")
    dialog.get_by_role("button", name="Guardar").click()
    expect(page.locator(".tree")).to_contain_text("Turno de noche")
    page.get_by_role("link", name="Cuentas").click()
    page.get_by_role("button", name="Nueva cuenta").click()
    dialog.get_by_label("Nombre con el que entra").fill("nora")
    dialog.get_by_role("combobox", name="Para quién").select_option("noche")
    dialog.get_by_role("button", name="Guardar").click()
    secret = page.locator(".secret code")
    expect(secret).to_have_text(re.compile(r"\S{10,}"))
    page.get_by_role("button", name="Cerrar").last.click()
    row = page.locator("tr", has_text="nora")
    expect(row).to_contain_text("agente: Turno de noche")
    row.get_by_role("button", name="Cerrar el paso").click()
    page.get_by_role("dialog").get_by_role("button", name="Cerrar el paso").click()
    expect(row).to_contain_text("no puede entrar")


def test_hostile_names_and_texts_show_as_text(open_as: Callable[..., Page]) -> None:
    page = open_as("marta")
    requests: list[str] = []
    dialogs: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    source(page, "<script>alert('titulo')</script>")
    expect(page.locator(".head .muted")).to_contain_text(HOSTILE)
    page.get_by_role("button", name="Ver lo extraído").click()
    expect(page.locator(".passage")).to_contain_text("<img src=http://evil.example/a.png")
    assert page.locator("#view img, dialog img, dialog script").count() == 0
    assert dialogs == []
    assert [url for url in requests if "127.0.0.1" not in url] == []


def test_the_pages_lead_to_one_another_for_those_who_may(
    open_as: Callable[..., Page], manage_address: str
) -> None:
    page = open_as("marta")
    page.get_by_role("link", name="Preguntas").click()
    page.locator("#header").get_by_role("link", name="Gestión").click()
    expect(page.locator("#tabs")).to_be_visible()
    agent = open_as("ana")
    expect(agent.locator("h1")).to_have_text("Esta página no es para su cuenta")
    agent.goto(manage_address)
    expect(agent.locator("#question")).to_be_visible(timeout=20_000)
    expect(agent.locator("#header .manage")).to_have_count(0)
    agent.locator("#header").get_by_role("link", name="Contactos").click()
    expect(agent.locator("#new-contact")).to_be_visible()
    agent.get_by_role("link", name="Preguntas").click()
    expect(agent.locator("#question")).to_be_visible(timeout=20_000)


PLACES = ["", "#/source/1", "#/review", "#/calendar", "#/jobs", "#/audiences", "#/accounts"]


@pytest.mark.parametrize("at", PLACES)
def test_nothing_is_cut_off_and_axe_has_no_serious_findings(
    open_as: Callable[..., Page], at: str
) -> None:
    page = open_as("todas", at)
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert serious(page) == []
    for width in (1280, 420):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    if at == "#/source/1":
        page.get_by_role("button", name="Cambiar quién la ve").click()
        assert serious(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 420
