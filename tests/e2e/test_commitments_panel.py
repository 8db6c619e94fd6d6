"""The panel of promises and complaints in a browser: from what an agent says to a key to quote."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from fastapi.staticfiles import StaticFiles
from playwright.sync_api import Browser, Page, expect

from assistant.shell.access import COOKIE
from assistant.shell.commitments.desk import CommitmentDesk
from assistant.shell.contact.page import ContactPage
from assistant.shell.manage.page import ManagePage
from assistant.shell.manage.routes import add_manage_api
from assistant.shell.web import STATIC
from knowledge.commitments.commitments import Commitments
from knowledge.commitments.models import NewCommitment
from knowledge.commitments.reach import commitment_reach
from knowledge.contacts.models import NewTurn
from knowledge.identity.access import Grant, Principal, contact_reach
from tests.integration.contact_house import ContactHouse, contact_app
from tests.people import TREE

HOSTILE = "Le llamamos mañana <img src=x onerror=\"document.title='hacked'\">"


class Panel:
    """A contact of ana's on the page, and what is said in it."""

    def __init__(self, house: ContactHouse, url: str) -> None:
        self.house = house
        self.url = url
        self.key = ""
        self._said = 0

    def open(self, page: Page, reference: str) -> None:
        self.key = self.house.open("ana", reference)
        page.goto(f"{self.url}/contact#{self.key}")
        page.get_by_role("tab", name=re.compile("Promesas")).click()

    def say(self, speaker: Any, text: str) -> None:
        self._said += 1
        grants = frozenset({Grant.parse("channel@contractors")})
        program = contact_reach(Principal(None, "key:centralita", grants, "key"), TREE)
        self.house.contacts.add(self.key, [NewTurn(f"u{self._said}", speaker, text)], program)


@pytest.fixture(scope="module")
def panel(
    tmp_path_factory: pytest.TempPathFactory, serve_app: Callable[[Any], Any]
) -> Iterator[Panel]:
    house = ContactHouse(tmp_path_factory.mktemp("panel"))
    desk = CommitmentDesk(house.store, house.people.settings, lambda: TREE)
    with pytest.MonkeyPatch.context() as quick, closing(desk.watching()) as watching:
        quick.setattr("assistant.shell.commitments.watching.TICK_S", 0.2)
        app = contact_app(house.office, watching=watching)
        add_manage_api(app, house.office)
        ContactPage(house.office, "es").add_to(app)
        ManagePage(house.office, "es").add_to(app)
        app.mount("/voz", StaticFiles(directory=STATIC), name="voz")
        with serve_app(app) as url:
            yield Panel(house, url)
    house.close()


@pytest.fixture
def page(panel: Panel, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The browser of ana, or of whoever a test names."""
    context = browser.new_context(
        viewport={"width": 1366, "height": 768},
        locale="es-ES",
        permissions=["clipboard-read", "clipboard-write"],
    )
    token = panel.house.people.token(getattr(request, "param", "ana"))
    context.add_cookies([{"name": COOKIE, "value": token, "url": panel.url}])
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page
    context.close()
    assert problems == []


def test_a_promise_is_confirmed_and_closed_from_the_keyboard(panel: Panel, page: Page) -> None:
    panel.open(page, "teclado")
    expect(page.get_by_text("No se le debe nada a este cliente.")).to_be_visible()
    panel.say("agent", "No se preocupe, le devolvemos el dinero.")
    item = page.locator(".commitments li[data-key]")
    expect(item).to_contain_text("Promesa: reembolsar", timeout=15_000)
    expect(item).to_contain_text("falta la fecha")
    item.focus()
    page.keyboard.press("c")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("¿Para cuándo?")
    dialog.get_by_label("Último día").fill("2099-01-01")
    dialog.get_by_role("button", name="Confirmar (C)").click()
    expect(dialog.get_by_role("alert")).to_contain_text("faltan más de 10 años")
    dialog.get_by_label("Último día").fill(str(panel.house.store.today()))
    page.keyboard.press("Enter")
    expect(item.locator(".chip")).to_have_text("pendiente")
    item.focus()
    page.keyboard.press("k")
    page.get_by_role("dialog").get_by_label("Qué ha pasado").select_option("broken")
    page.get_by_role("dialog").get_by_role("button", name="Cerrar (K)").click()
    expect(dialog.get_by_role("alert")).to_contain_text("sin motivo")
    page.get_by_label("Motivo").fill("No se llamó a tiempo.")
    page.get_by_role("dialog").get_by_role("button", name="Cerrar (K)").click()
    expect(page.get_by_text("No se le debe nada a este cliente.")).to_be_visible()


def test_a_complaint_is_suggested_opened_and_its_key_copied(panel: Panel, page: Page) -> None:
    panel.open(page, "reclamación")
    panel.say("customer", "Quiero poner una reclamación.")
    offer = page.locator(".commitment-offer")
    expect(offer).to_contain_text("El cliente quiere reclamar: «Quiero poner", timeout=15_000)
    expect(page.locator(".commitments li[data-key]")).to_have_count(0)
    offer.get_by_role("button", name="Abrir reclamación").click()
    page.get_by_role("dialog").get_by_role("button", name="Abrir", exact=True).click()
    item = page.locator(".commitments li[data-key]")
    expect(item).to_contain_text("Reclamación: otra cosa")
    expect(offer).to_have_count(0)
    item.get_by_role("button", name="Copiar").click()
    key = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(r"VP-[2-9A-Z]{4}-[2-9A-Z]{3}", key)
    assert item.get_attribute("data-key") == key


def test_what_is_hostile_is_shown_as_text_and_discarded_with_a_key(
    panel: Panel, page: Page, tmp_path: Path
) -> None:
    panel.open(page, "hostil")
    panel.say("agent", HOSTILE)
    item = page.locator(".commitments li[data-key]")
    expect(item).to_contain_text("<img src=x", timeout=15_000)
    assert page.title() != "hacked"
    page.screenshot(path=tmp_path / "panel.png")
    item.focus()
    page.keyboard.press("d")
    expect(page.get_by_text("No se le debe nada a este cliente.")).to_be_visible()


@pytest.mark.parametrize("page", ["leo"], indirect=True)
def test_a_manager_sees_how_each_contractor_stands_and_closes_one(
    panel: Panel, page: Page, tmp_path: Path
) -> None:
    grants = frozenset({Grant.parse("agent@levante")})
    lola = commitment_reach(Principal(None, "lola", grants, "session"), TREE)
    new = NewCommitment("complaint", "deliver", HOSTILE, "C-5", due=panel.house.store.today())
    key = Commitments(panel.house.store).open(new, lola).key
    page.goto(f"{panel.url}/manage#/work/commitments")
    expect(page.get_by_role("row", name=re.compile("Contacta Levante"))).to_be_visible()
    head = page.get_by_role("button", name=re.compile(f"Reclamación: entregar.*{key}"))
    head.click()
    item = page.locator(".work-row", has=head)
    expect(item).to_contain_text("<img src=x")
    expect(item).to_contain_text("abierta, lola")
    page.screenshot(path=tmp_path / "manage.png")
    item.get_by_role("button", name="Cerrar").click()
    page.get_by_role("dialog").get_by_role("button", name="Cerrar").click()
    expect(page.locator(".work-row.done")).to_contain_text(f"{key}: cumplida")
    assert page.title() != "hacked"
