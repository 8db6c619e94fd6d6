"""Signing in and out in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from knowledge.identity.access import Grant
from tests.e2e.test_page import BOX, FIRST, ask, serious
from tests.people import PASSWORD, TREE, People

pytestmark = pytest.mark.ui

NEW = "cuatro gatos pardos duermen"


@pytest.fixture
def stranger(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that nobody has signed in with."""
    context = browser.new_context(locale="es-ES", viewport={"width": 1280, "height": 800})
    yield context
    context.close()


def sign_in(page: Page, address: str, name: str, password: str = PASSWORD) -> None:
    page.goto(address)
    expect(page.locator("#name")).to_be_focused()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    page.keyboard.press("Enter")


def test_one_signs_in_with_the_keyboard_and_out_with_a_button(
    stranger: BrowserContext, address: str
) -> None:
    page = stranger.new_page()
    sign_in(page, address, "ana", "wrong")
    expect(page.get_by_role("alert")).to_have_text("El nombre o la contraseña no son correctos.")
    expect(page.locator("#name")).to_have_value("ana")
    expect(page.locator("#password")).to_be_focused()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#header .who")).to_have_text("Ana", timeout=20_000)
    ask(page, "plazo de devolución")
    expect(page.locator(FIRST)).to_contain_text("14 días")
    page.get_by_role("button", name="Salir").click()
    expect(page.locator("#name")).to_be_visible()
    page.goto(address)
    expect(page).to_have_url(re.compile("/login$"))


def test_a_one_time_password_is_changed_on_the_way_in(
    stranger: BrowserContext, address: str, people: People
) -> None:
    one_time = people.accounts.add("recien")
    people.accounts.grant("recien", Grant("agent", "staff"), TREE)
    page = stranger.new_page()
    sign_in(page, address, "recien", str(one_time))
    expect(page.locator("h1")).to_have_text("Cambiar la contraseña")
    page.get_by_label("Contraseña actual").fill(str(one_time))
    page.get_by_label("Contraseña nueva").fill(NEW)
    page.get_by_label("La nueva otra vez").fill(NEW)
    page.keyboard.press("Enter")
    expect(page.locator("#answer-body")).to_be_visible(timeout=20_000)


def test_a_session_that_ends_is_told_and_the_page_goes_on_after_signing_in(
    stranger: BrowserContext, address: str, people: People
) -> None:
    page = stranger.new_page()
    sign_in(page, address, "marta")
    expect(page.locator("#answer-body")).to_be_visible(timeout=20_000)
    ask(page, "plazo de devolución")
    people.accounts.set_password("marta", PASSWORD)
    page.locator(BOX).fill("y si está abierto")
    page.keyboard.press("Enter")
    expect(page.locator("#refused")).to_contain_text("Su sesión ha terminado")
    expect(page.locator(BOX)).to_have_value("y si está abierto")
    with stranger.expect_page() as opened:
        page.locator("#refused a").click()
    sign_in(opened.value, address, "marta")
    expect(opened.value.locator("#answer-body")).to_be_visible(timeout=20_000)
    page.bring_to_front()
    ask(page, "y si está abierto")
    expect(page.locator(".exchanges li")).to_have_count(2)
    expect(page.locator("#refused")).to_have_count(0)


@pytest.mark.parametrize("width", [420, 360])
def test_who_is_signed_in_fits_on_a_narrow_page(
    stranger: BrowserContext, address: str, people: People, width: int
) -> None:
    people.accounts.add(f"largo-{width}", PASSWORD, display_name="María de los Ángeles Fernández")
    people.accounts.grant(f"largo-{width}", Grant("agent", "staff"), TREE)
    page = stranger.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, address, f"largo-{width}")
    expect(page.locator("#header .who")).to_be_visible(timeout=20_000)
    for part in ("#header .who", "#header [data-do='sign-out']", "#language", "#ask"):
        box = page.locator(part).bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= width, part


def test_another_account_cannot_go_on_in_a_tab(stranger: BrowserContext, address: str) -> None:
    page = stranger.new_page()
    sign_in(page, address, "pablo")
    expect(page.locator("#answer-body")).to_be_visible(timeout=20_000)
    other = stranger.new_page()
    other.goto(address + "/password")
    other.get_by_role("button", name="Salir").click()
    sign_in(other, address, "quim")
    expect(other.locator("#answer-body")).to_be_visible(timeout=20_000)
    page.locator(BOX).fill("plazo de devolución")
    page.locator(BOX).press("Enter")
    expect(page.locator("#refused")).to_contain_text("ha entrado otra cuenta")
    page.locator("#refused a").click()
    expect(page.locator("#header .who")).to_have_text("Quim", timeout=20_000)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 420])
def test_the_pages_are_readable_and_axe_finds_nothing_serious(
    browser: Browser, address: str, people: People, scheme: Any, width: int
) -> None:
    context = browser.new_context(
        locale="es-ES", color_scheme=scheme, viewport={"width": width, "height": 800}
    )
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda m: errors.append(m.text) if "Policy" in m.text else None)
    sign_in(page, address, f"nobody-{scheme}-{width}", "wrong")
    expect(page.get_by_role("alert")).to_be_visible()
    assert fits(page, width)
    sign_in(page, address, "adela")
    expect(page.locator("h1")).to_have_text("Esta página no es para su cuenta")
    assert fits(page, width)
    page.goto(address + "/password")
    expect(page.locator("h1")).to_have_text("Su cuenta")
    assert fits(page, width)
    assert errors == []
    context.close()


def fits(page: Page, width: int) -> bool:
    assert serious(page) == []
    return bool(page.evaluate("document.documentElement.scrollWidth") <= width)
