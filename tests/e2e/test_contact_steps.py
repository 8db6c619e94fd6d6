"""The panel of the steps in a real browser: offered, chosen, ticked by keyboard and by ear."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.staticfiles import StaticFiles
from playwright.sync_api import Page, expect

from assistant.shell.access import COOKIE
from assistant.shell.contact.page import ContactPage
from knowledge.contacts.models import NewTurn
from knowledge.identity.access import contact_reach
from tests.e2e.conftest import serving
from tests.integration.test_steps import NAME as SOURCE
from tests.integration.test_steps import NEWER, TITLE, StepHouse
from tests.people import TREE

pytestmark = pytest.mark.ui

STATIC = Path("assistant/shell/static")


class Call:
    """A contact of ana's and the page on which she follows it."""

    def __init__(self, house: StepHouse, address: str) -> None:
        self.house = house
        self.address = address
        self.key = house.open("ana", "1")
        self.turns = 0

    def say(self, text: str, speaker: Any = "customer") -> None:
        """Have something said in it, as the switchboard does."""
        self.turns += 1
        principal = self.house.people.doors.key(self.house.people.channel)
        assert principal is not None
        new = NewTurn(f"u{self.turns}", speaker, text)
        self.house.contacts.add(self.key, [new], contact_reach(principal, TREE))
        if speaker == "customer":
            self.house.hearing.heard(self.key, lambda _: None)
        else:
            self.house.following.said(self.key, lambda _: None)


@pytest.fixture
def call(tmp_path: Path) -> Iterator[Call]:
    house = StepHouse(tmp_path)
    ContactPage(house.office, "es").add_to(house.app)
    house.app.mount("/voz", StaticFiles(directory=STATIC), name="voz")
    with serving(house.app) as address:
        yield Call(house, address)
    house.close()


def test_an_agent_works_through_a_procedure_without_a_mouse(page: Page, call: Call) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    token = call.house.people.token("ana")
    page.context.clear_cookies()
    page.context.add_cookies([{"name": COOKIE, "value": token, "url": call.address}])
    page.goto(f"{call.address}/contact?lang=es#{call.key}")
    panel = page.locator("#panel-steps")
    expect(panel).to_contain_text("aparecerá aquí")

    call.say("¿puedo devolver el colchón?")
    panel.get_by_role("button", name=TITLE).click()
    boxes = panel.get_by_role("checkbox")
    expect(boxes).to_have_count(4)
    expect(boxes.nth(0)).to_have_attribute("aria-current", "step")

    call.say("He comprobado la fecha del pedido.", "agent")
    expect(boxes.nth(0)).to_have_attribute("aria-checked", "true")
    expect(panel).to_contain_text("porque se ha dicho: «He comprobado la fecha del pedido.»")
    panel.get_by_role("group", name="¿Ha pasado el plazo?").get_by_role("button", name="No").click()
    expect(panel).to_contain_text("No procede: «Si ha pasado el plazo»")
    expect(boxes.nth(2)).to_have_attribute("aria-current", "step")

    boxes.nth(2).focus()
    page.keyboard.press("Space")
    expect(boxes.nth(2)).to_have_attribute("aria-checked", "true")
    expect(boxes.nth(2)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(boxes.nth(3)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("dialog mark")).to_have_text("Cree la devolución con motivo D7.")
    page.keyboard.press("Escape")
    expect(page.locator("#tab-steps")).to_contain_text("2/3")

    call.house.bring(SOURCE, NEWER)
    page.reload()
    expect(panel).to_contain_text("Hay una versión 2 en vigor.")
    expect(boxes.nth(2)).to_have_attribute("aria-checked", "true")
    panel.get_by_role("button", name="Pasar a ella").click()
    expect(panel).to_contain_text("con motivo D9")
    expect(boxes.nth(2)).to_have_attribute("aria-checked", "true")
    page.goto(f"{call.address}/contact?lang=en#{call.key}")
    expect(panel).to_contain_text("Ticked by ana")
    assert errors == []
