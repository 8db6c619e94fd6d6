"""The managers' work on their page, in a real browser over a real register."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.shell.access import COOKIE
from knowledge.contacts import contact_rows
from knowledge.contacts.models import NewContact, NewTurn
from knowledge.models import Viewer
from knowledge.themes.need_log import NeedLog
from knowledge.themes.need_rows import NeedHeard
from knowledge.validity import moment
from knowledge.work.receipts import Receipts
from tests.e2e.test_page import serious
from tests.integration.work_house import House
from tests.integration.work_made import meaning
from tests.people import TREE

pytestmark = pytest.mark.ui

VIEWS = ["gaps", "feedback", "stale", "contradictions", "duplicates", "receipts", "series"]
BROKEN = "¿Qué hago si el colchón llegó roto?"
HOSTILE = "<img src=x onerror=alert(1)> ¿y esto?"


def fill(house: House) -> None:
    """Something in every list."""
    number = house.bring("devoluciones.md", "staff")
    house.bring("horarios.md", "levante")
    later = (house.store.today() + timedelta(days=9)).isoformat()
    retired = house.ask("pablo", "POST", f"/sources/{number}/retire", json={"from_day": later})
    assert retired.is_success
    manager = Viewer("marta", house.people.access.tree().managed("staff"))
    due = house.store.today() + timedelta(days=3)
    Receipts(house.store).require("horarios.md", 1, ["levante"], due, manager)
    Receipts(house.store).acknowledge("horarios.md", 1, Viewer("ana", TREE.above("levante")))
    for ago in range(60, -1, -1):
        house.missed("plazo", "ana", "levante", 2 + ago % 3, verdict="answered", days_ago=ago)
    house.missed("¿Se puede pagar en tres plazos sin intereses?", "ana", "levante", 4)
    house.missed("¿Abren los domingos?", "olga", "meridiano", 2, days_ago=8)
    house.missed("¿Recogen el sofá viejo?", "olga", "meridiano", verdict="partly")
    house.missed(HOSTILE, "ana", "levante")
    called(house, BROKEN, 7)
    house.report("ana", "levante", "El plazo ya no es ese", source="devoluciones.md", version=1)
    house.report("olga", "meridiano", HOSTILE, source="devoluciones.md", kind="outdated")
    house.report("ana", "levante", "", question="¿Abren?", kind="missing")


def called(house: House, text: str, times: int) -> None:
    """Contacts of Levante in which a customer needed the same."""
    at = house.store.clock()
    log = NeedLog(house.store)
    for n in range(times):
        with house.store.database.write() as connection:
            new = NewContact("call", f"{text[:20]}-{n}", "ana")
            made = contact_rows.add(connection, new, "key:x", "levante", house.store.now())
            said = NewTurn("1", "customer", text)
            contact_rows.put_turn(connection, made, said, house.store.now())
            contact_rows.end(connection, made.number, moment(at + timedelta(minutes=4)))
        cited = (("devoluciones.md", 1),)
        log.heard(NeedHeard(made.key, 1, "es", text, "answered", 0.9, cited, (), meaning(text)))
    log.close()


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("full"))
    fill(house)
    yield house
    house.close()


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("empty"))
    yield house
    house.close()


@pytest.fixture
def open_in(browser: Browser, serve_app: Callable[[Any], Any]) -> Iterator[Callable[..., Page]]:
    """Opens the page of a house for somebody, at a list; errors on its console fail the test."""
    contexts, servers, errors = [], [], []

    def open_page(house: House, who: str, name: str, language: str = "es", **options: Any) -> Page:
        server = serve_app(house.app)
        address = server.__enter__()
        servers.append(server)
        cookie = {"name": COOKIE, "value": house.people.token(who), "domain": "127.0.0.1"}
        options = {"locale": "es-ES", "viewport": {"width": 1280, "height": 800}, **options}
        context = browser.new_context(
            storage_state={"cookies": [{**cookie, "path": "/"}]},  # type: ignore[typeddict-item]
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda m: errors.append(m.text) if "Content Security" in m.text else 0)
        page.goto(f"{address}/manage?lang={language}#/work/{name}")
        # What the first page of a server needs is imported then, which takes long on a busy machine
        expect(page.locator("#work-tabs [aria-current]")).to_be_visible(timeout=20_000)
        expect(page.locator("#view .loading")).to_have_count(0)
        return page

    yield open_page
    for context in contexts:
        context.close()
    for server in servers:
        server.__exit__(None, None, None)
    assert errors == []


def heads(page: Page) -> Any:
    return page.locator(".work-head")


def test_what_there_is_to_do_is_counted_in_the_navigation(
    full: House, open_in: Callable[..., Page]
) -> None:
    page = open_in(full, "marta", "gaps")
    expect(page.locator("#work-tabs a")).to_have_text(
        [
            "Preguntas sin respuesta 4",
            "Avisos de agentes 3",
            "Caducan o envejecen 1",
            "Contradicciones",
            "Duplicados",
            re.compile(r"Acuses de lectura \d+"),
            "Promesas y reclamaciones",
            "Evolución",
        ]
    )
    expect(page.locator("#tabs a[aria-current]")).to_have_text("Trabajo 8")
    expect(heads(page).first).to_contain_text("tres plazos")
    expect(page.get_by_text(HOSTILE)).to_have_count(1)
    other = open_in(full, "leo", "gaps")
    expect(heads(other)).to_have_count(2)


def test_a_list_is_worked_through_with_keys(tmp_path: Path, open_in: Callable[..., Page]) -> None:
    house = House(tmp_path)
    fill(house)
    page = open_in(house, "marta", "gaps")
    page.keyboard.press("j")
    expect(heads(page).nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(heads(page).nth(1)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(heads(page).nth(0)).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".work-body q")).to_have_text(
        ["¿Se puede pagar en tres plazos sin intereses?"]
    )
    page.keyboard.press("Escape")
    expect(heads(page).nth(0)).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Descartar").press("Enter")
    page.keyboard.type("No lo ofrecemos")
    page.locator("dialog").get_by_role("button", name="Descartar").press("Enter")
    expect(page.locator(".work-row.done")).to_contain_text("Descartada")
    expect(page.locator(".work-row").nth(1).locator(".work-head")).to_be_focused()
    expect(page.locator("#tabs a[aria-current]")).to_have_text("Trabajo 7")
    page.keyboard.press("k")
    expect(page.get_by_role("button", name="Deshacer")).to_be_focused()
    page.keyboard.press("Enter")
    expect(heads(page).nth(0)).to_be_focused()
    expect(page.locator("#tabs a[aria-current]")).to_have_text("Trabajo 8")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Dar a alguien").click()
    page.get_by_label("Responsable").select_option("leo")
    page.locator("dialog").get_by_role("button", name="Dar a alguien").click()
    expect(heads(page).nth(0)).to_contain_text("lo lleva leo")
    expect(heads(page).nth(1)).to_be_focused()
    heads(page).nth(0).click()
    page.get_by_role("button", name="Escribir una tarjeta").click()
    page.locator("dialog textarea").fill("Sí, en tres plazos.")
    page.locator("dialog").get_by_role("button", name="Escribir una tarjeta").click()
    expect(page.locator("#tray .done")).to_contain_text("borrador, versión 1")
    page.get_by_role("button", name="Cerrar").click()
    heads(page).nth(0).click()
    expect(page.locator(".work-body a")).to_have_attribute("href", re.compile("#/source/\\d+"))
    house.close()


def test_feedback_is_answered_and_the_next_takes_the_focus(
    tmp_path: Path, open_in: Callable[..., Page]
) -> None:
    house = House(tmp_path)
    fill(house)
    page = open_in(house, "marta", "feedback")
    expect(heads(page)).to_have_count(3)
    heads(page).nth(0).press("Enter")
    page.get_by_role("button", name="Ya está bien").click()
    dialog = page.locator("dialog")
    dialog.get_by_label("Qué se le dice").fill("Corregido, gracias")
    dialog.get_by_label("Bien desde la versión").fill("7")
    dialog.get_by_role("button", name="Ya está bien").click()
    expect(dialog.locator(".problem")).to_contain_text("no tiene versión 7: tiene 1")
    dialog.get_by_label("Bien desde la versión").fill("1")
    dialog.get_by_role("button", name="Ya está bien").click()
    expect(page.locator(".work-row.done")).to_have_text("Resuelto y contestado")
    expect(heads(page).first).to_be_focused()
    heads(page).first.press("Enter")
    page.get_by_role("button", name="Lo llevo yo").click()
    expect(heads(page).first).to_contain_text("lo lleva marta")
    page.get_by_label("Solo lo mío").check()
    expect(heads(page)).to_have_count(1)
    house.close()


def test_readings_are_followed_required_and_withdrawn(
    tmp_path: Path, open_in: Callable[..., Page]
) -> None:
    house = House(tmp_path)
    fill(house)
    page = open_in(house, "marta", "receipts")
    row = page.locator(".work-row", has_text="Contacta Levante")
    row.locator(".work-head").press("Enter")
    expect(row).to_contain_text("ana")
    row.locator(".people button").first.click()
    expect(page.locator("dialog li")).to_contain_text("Título horarios.md")
    page.locator("dialog").get_by_role("button", name="Cerrar").click()
    page.get_by_role("button", name="Exigir una lectura").click()
    page.locator("dialog").get_by_label("Fuente").select_option(label="Título devoluciones.md")
    page.locator("dialog").get_by_label("Meridiano CX").check()
    page.locator("dialog").get_by_role("button", name="Exigir una lectura").click()
    rows = page.locator(".work-row", has_text="Título devoluciones.md")
    asked = rows.filter(has_text="Meridiano CX")
    expect(asked).to_contain_text("0 de 3 la han leído")
    asked.locator(".work-head").click()
    asked.get_by_role("button", name="Retirar la exigencia").click()
    page.locator("dialog").get_by_role("button", name="Retirar la exigencia").click()
    expect(rows).to_have_count(0)
    house.close()


def test_plots_are_read_with_the_arrow_keys_and_as_tables(
    full: House, open_in: Callable[..., Page]
) -> None:
    page = open_in(full, "marta", "series", language="en")
    figure = page.locator("figure", has_text="Coverage")
    plot = figure.get_by_role("slider")
    expect(plot).to_have_attribute("aria-valuetext", re.compile("answered in full \\d+%$"))
    today = figure.locator(".readout").text_content()
    plot.press("ArrowLeft")
    expect(figure.locator(".readout")).not_to_have_text(str(today))
    expect(figure.locator(".readout")).to_have_text(re.compile("answered in full 100%$"))
    plot.press("Home")
    expect(figure.locator(".readout")).to_have_text(re.compile("answered in full –$"))
    figure.get_by_text("Show as a table").click()
    expect(figure.locator("tbody tr")).to_have_count(90)
    expect(figure.locator("tbody tr").nth(1).locator("td")).to_have_text("100%")
    page.get_by_label("Time").select_option("365")
    expect(page.locator("figure .readout").first).to_contain_text(" – ")  # a week
    page.locator("figure").first.get_by_text("Show as a table").click()
    expect(page.locator("figure").first.locator("tbody tr")).to_have_count(53)


@pytest.mark.parametrize("name", VIEWS)
def test_an_empty_list_says_what_would_be_there(
    empty: House, open_in: Callable[..., Page], name: str
) -> None:
    page = open_in(empty, "marta", name)
    expect(page.locator(".empty")).to_contain_text("Aquí aparece")
    expect(page.locator("#work-tabs .badge")).to_have_count(0)


@pytest.mark.parametrize("name", VIEWS)
def test_nothing_is_cut_off_and_axe_has_no_serious_findings(
    full: House, open_in: Callable[..., Page], name: str
) -> None:
    page = open_in(full, "marta", name)
    if heads(page).count():
        heads(page).first.click()
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert serious(page) == []
    for width in (1280, 420):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_timeout(100)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_customers_say_opens_the_conversations_and_sources_behind_it(
    full: House, open_in: Callable[..., Page]
) -> None:
    page = open_in(full, "marta", "gaps")
    page.locator("#tabs").get_by_text("Lo que dicen los clientes").click()
    row = page.locator(".work-row", has_text=BROKEN)
    expect(row.locator(".chip")).to_have_text("▲ en aumento")
    expect(page.locator(".measures li").last).to_contain_text("Duración4 min 0 s")
    page.keyboard.press("j")
    expect(heads(page).first).to_be_focused()
    row.locator(".work-head").press("Enter")
    expect(row.get_by_role("link", name="Título devoluciones.md")).to_be_visible()
    row.get_by_role("button", name="Leer").first.click()
    expect(page.locator("dialog .turn.customer")).to_have_text(f"Cliente: {BROKEN}")
    page.keyboard.press("Escape")
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert serious(page) == []
    for width in (1366, 420):
        page.set_viewport_size({"width": width, "height": 768})
        page.wait_for_timeout(100)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    with page.expect_download() as report:
        page.get_by_role("link", name="Descargar").click()
    assert report.value.suggested_filename.endswith("-es.html")
    page.get_by_label("Grupo o contrata").select_option("meridiano")
    expect(row).to_have_count(0)
    other = open_in(full, "mar", "gaps")
    other.locator("#tabs").get_by_text("Lo que dicen los clientes").click()
    expect(heads(other).first).to_be_visible()
    expect(other.get_by_text(BROKEN)).to_have_count(0)


def test_where_nobody_has_said_anything_that_is_said(
    empty: House, open_in: Callable[..., Page]
) -> None:
    page = open_in(empty, "marta", "gaps", language="en")
    page.locator("#tabs").get_by_text("What customers say").click()
    expect(page.locator(".empty")).to_contain_text("Here is what customers need")
