"""The summary and the giving of a contact on the agents' page, in two real browsers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from fastapi.staticfiles import StaticFiles
from playwright.sync_api import Browser, Page, expect

from assistant.shell.access import COOKIE
from assistant.shell.contact.page import ContactPage
from assistant.shell.summary.courier import Courier
from assistant.shell.summary.receiver import Receiver
from assistant.summary.models import Source
from knowledge.contacts.models import NewContact, NewTurn
from knowledge.identity.access import Grant, Principal, contact_reach
from knowledge.models import Viewer
from knowledge.outbox.outbox import Outbox
from tests.e2e.conftest import serving
from tests.e2e.test_page import serious
from tests.integration.contact_house import ContactHouse, contact_app
from tests.integration.test_webhook import KEY, Other, another, until
from tests.people import TREE

pytestmark = pytest.mark.ui

STATIC = Path("assistant/shell/static")
TURNS = [
    ("customer", "El colchón llegó roto, el pedido es ALM-26-0458213. <b>Ojo</b>"),
    ("customer", "¿Quién se lleva el viejo?"),
    ("agent", "El viejo se recoge en la misma visita."),
    ("agent", "Le llamo mañana con la fecha."),
]


def found(statement: str, viewer: Viewer) -> list[Source]:
    said = "El colchón viejo se recoge en la misma visita, sin coste."
    return [Source("transporte.md", "Transporte", 3, said, shown=False)]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ContactHouse]:
    house = ContactHouse(tmp_path_factory.mktemp("summaries"))
    yield house
    house.close()


@pytest.fixture(scope="module")
def other() -> Iterator[Other]:
    with another() as server:
        yield server


@pytest.fixture(scope="module")
def address(house: ContactHouse, other: Other) -> Iterator[str]:
    with closing(Courier(Outbox(house.store), Receiver(other.url, (KEY,)))) as courier:
        app = contact_app(house.office, None, found, courier.wake)
        ContactPage(house.office, "es").add_to(app)
        app.mount("/voz", StaticFiles(directory=STATIC))
        with serving(app) as address:
            yield address


@pytest.fixture
def open_as(browser: Browser, house: ContactHouse, address: str) -> Iterator[Callable[..., Page]]:
    contexts = []

    def opened(name: str, key: str = "") -> Page:
        context = browser.new_context(
            locale="es-ES",
            viewport={"width": 1366, "height": 768},
            permissions=["clipboard-read", "clipboard-write"],
        )
        contexts.append(context)
        token = house.people.token(name)
        context.add_cookies([{"name": COOKIE, "value": token, "url": address}])
        page = context.new_page()
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("dialog", lambda dialog: problems.append(dialog.message))
        page.goto(f"{address}/contact#{key}")
        page.problems = problems  # type: ignore[attr-defined]
        return page

    yield opened
    for context in contexts:
        for page in context.pages:
            assert page.problems == []  # type: ignore[attr-defined]
        context.close()


def call(house: ContactHouse, reference: str) -> str:
    principal = Principal(1, "ana", frozenset({Grant("agent", "levante")}), "session")
    reach = contact_reach(principal, TREE)
    key = house.contacts.open(NewContact("call", reference, "ana"), reach)[0].key
    turns = [NewTurn(f"u{n}", speaker, text) for n, (speaker, text) in enumerate(TURNS)]  # type: ignore[arg-type]
    house.contacts.add(key, turns, reach)
    return key


def test_a_summary_is_read_corrected_copied_saved_and_sent_on(
    open_as: Callable[..., Page], house: ContactHouse, other: Other
) -> None:
    page = open_as("ana", call(house, "resumen"))
    page.click("#tab-summary")
    page.click("#summary-make")
    panel = page.locator("#panel-summary")
    said = panel.locator('[data-part="said"]')
    expect(said.locator("textarea")).to_have_value("El viejo se recoge en la misma visita.")
    expect(said).to_contain_text("Transporte, versión 3")
    said.get_by_role("button", name="intervención 3").click()
    assert page.evaluate("document.activeElement.dataset.turn") == "3"
    assert serious(page) == []
    page.select_option("#summary-outcome", "escalated")
    next_step = panel.locator('[data-part="next"] textarea')
    next_step.fill("Avisar al 612 34 56 78")
    page.click("#summary-copy")
    expect(page.locator("#toast")).to_have_text("Copiado")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "- consultado a la empresa" in copied
    assert "Avisar al •••678" in copied
    page.click("#summary-send")
    until(lambda: other.got)
    data = json.loads(other.got[0][1])["data"]
    assert data["text"] == copied
    expect(panel).to_contain_text("Versión 2, guardada por ana.")
    expect(next_step).to_have_value("Avisar al •••678")


def test_a_contact_goes_to_a_colleague_who_ends_it_and_may_leave_it_without_a_summary(
    open_as: Callable[..., Page], house: ContactHouse
) -> None:
    key = call(house, "pase")
    ana, lola = open_as("ana", key), open_as("lola")
    ana.click("#tab-summary")
    ana.click("#transfer-give")
    ana.select_option("#transfer-whom", "agent:lola")
    ana.locator("dialog textarea").fill("Espera <i>la fecha</i>")
    ana.locator("dialog button[type=submit]").click()
    expect(ana.locator("#panel-summary")).to_contain_text("Ofrecido a lola")
    offer = lola.locator(f'[data-offer="{key}"]')
    expect(offer).to_contain_text("Espera <i>la fecha</i>", timeout=10_000)
    offer.get_by_role("button", name="Hacerme cargo").click()
    expect(lola.locator(".turn")).to_have_count(4)
    expect(ana.locator("#panel-summary")).to_contain_text("Lo lleva ahora lola.")
    assert serious(lola) == []
    lola.click("#end-contact")
    lola.locator("dialog button[type=submit]").click()
    panel = lola.locator("#panel-summary")
    expect(panel.locator("#summary-save")).to_be_visible()
    expect(panel).to_contain_text("El contacto puede cerrarse sin resumen.")
