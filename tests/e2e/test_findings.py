"""Contradictions and near-copies on the managers' page, found by the job that looks for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from ingest.chunk import chunk_document
from knowledge.intake import take_in
from knowledge.models import Filing
from knowledge.register import Register
from tests.e2e.page_double import make_document
from tests.e2e.test_page import serious
from tests.e2e.test_work_lists import heads, open_in  # noqa: F401 - the fixture
from tests.integration.work_house import House

pytestmark = pytest.mark.ui

HOSTILE = "Normas 😀 <img src=x onerror=alert(1)>"
RULE = (
    "😀 Puede solicitar la devolución del producto comprado en la tienda en un plazo de {} días, y "
    "tiene que traer la factura y el embalaje en el que se le entregó. Los muebles que ya se han "
    "montado se desmontan antes en casa del cliente, y quien los recoge apunta en el parte cada "
    "golpe, cada arañazo y cada pieza que falta, con una fotografía de todo ello."
)
VIEWS = ["contradictions", "duplicates"]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Two sources that nearly repeat each other and differ in a number of days."""
    house = House(tmp_path / "house")
    put(house, "otros.md", "Otros", "Los paquetes se envían desde el almacén central.")
    put(house, "tienda.md", "Devoluciones en tienda", RULE.format(14), "Se paga en la caja.")
    put(house, "web.md", HOSTILE, RULE.format(30), "Se recoge en el mostrador.")
    yield house
    house.close()


def put(house: House, name: str, title: str, *paragraphs: str) -> None:
    """A source in force, filed without the parser's child process; `#` begins a heading."""
    parts = [("heading", title)]
    parts += [
        ("heading", text[2:]) if text.startswith("# ") else ("paragraph", text)
        for text in paragraphs
    ]
    document = make_document(name, parts)
    chunks = chunk_document(document, house.embedder.count_tokens)
    with Register.open(house.people.settings, write=True) as register:
        made = (document, chunks, document.text.encode())
        take_in(register, house.embedder, made, filing=Filing(author="rosa"))


def look(page: Page, name: str = "Buscar") -> Locator:
    """The list, once somebody has looked."""
    page.get_by_role("button", name=name).press("Enter")
    # Looking takes seconds of a core, and other tests may have it.
    expect(page.locator(".look button")).to_be_enabled(timeout=30_000)
    return page.locator(".worklist")


def links(page: Page) -> Locator:
    return page.locator(".found .of a")


def test_a_contradiction_shows_both_sentences_with_what_differs_marked(
    house: House,
    open_in: Callable[..., Page],  # noqa: F811
) -> None:
    page = open_in(house, "marta", "contradictions")
    expect(page.locator(".empty h3")).to_have_text("Todavía no se ha buscado")
    expect(page.get_by_text("Buscado por última vez")).to_have_count(0)
    tab = page.locator("#work-tabs a[aria-current]")
    expect(tab).to_have_text("Contradicciones")
    look(page)
    expect(tab).to_have_text(re.compile(r"Contradicciones 1 \d\d?:\d\d"))
    expect(tab.locator("time")).to_have_attribute("title", re.compile("Buscado por última vez"))
    expect(page.locator(".far")).to_have_text(re.compile(r"Buscado por última vez: .*\d{4}"))
    expect(heads(page)).to_have_count(1)
    expect(heads(page)).to_contain_text("Plazo: «14 días» frente a «30 días»")
    expect(heads(page)).to_contain_text(re.compile(r"certeza: \d+ %"))
    expect(heads(page)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".found mark")).to_have_text(["14 días", "30 días"])
    expect(page.locator(".found mark").first).to_have_css("font-weight", "700")
    expect(page.locator(".found blockquote").first).to_have_attribute("lang", "es")
    expect(links(page)).to_have_text(["Devoluciones en tienda", HOSTILE])
    expect(page.locator("#view img")).to_have_count(0)
    number = house.curation.number_of("web.md")
    expect(links(page).last).to_have_attribute("href", f"#/source/{number}")


def test_a_near_copy_shows_both_places_and_what_they_have_in_common(
    house: House,
    open_in: Callable[..., Page],  # noqa: F811
) -> None:
    page = open_in(house, "marta", "duplicates", language="en")
    expect(page.locator(".empty h3")).to_have_text("Not looked for yet")
    look(page, "Look for them")
    expect(heads(page)).to_have_count(1)
    expect(heads(page)).to_contain_text("nearly repeats")
    expect(heads(page)).to_contain_text(re.compile(r"\d\d% of it is in the other"))
    expect(heads(page)).to_contain_text(re.compile(r"in common, of what both say: \d\d%"))
    page.keyboard.press("Enter")
    assert sorted(links(page).all_text_contents()) == ["Devoluciones en tienda", HOSTILE]
    expect(page.locator("#view img")).to_have_count(0)
    links(page).first.click()
    expect(page.locator("#view h2").first).to_be_visible()
    assert "#/source/" in page.url


def test_passages_that_repeat_each_other_stand_side_by_side(
    house: House,
    open_in: Callable[..., Page],  # noqa: F811
) -> None:
    orders = " ".join(f"Cada pedido número {one} sale del almacén {one + 7}." for one in range(40))
    shifts = " ".join(f"El turno {one} empieza cuando acaba el {one + 3}." for one in range(40))
    put(house, "manual.md", "Manual", "# Pedidos", orders, "# Normas", RULE.format(14))
    put(house, "guia.md", "Guía", "# Turnos", shifts, "# Normas", RULE.format(14))
    page = open_in(house, "marta", "duplicates")
    look(page)
    row = page.locator(".work-row", has_text="Un pasaje de").filter(has_text="Manual")
    row = row.filter(has_text="Guía")
    row.locator(".work-head").press("Enter")
    expect(row.locator("blockquote")).to_have_count(2)
    for quote in row.locator("blockquote").all():
        expect(quote).to_contain_text("cada pieza que falta")
    expect(row.locator(".found", has_text="manual.md")).to_contain_text("manual.md · v. 1 · Normas")


def test_the_findings_are_worked_through_with_keys(
    house: House,
    open_in: Callable[..., Page],  # noqa: F811
) -> None:
    put(house, "telefono.md", "Por teléfono", RULE.format(60), "Se llama antes de venir.")
    page = open_in(house, "marta", "contradictions")
    look(page)
    assert heads(page).count() >= 2
    page.keyboard.press("j")
    expect(heads(page).nth(1)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(heads(page).nth(0)).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(heads(page).nth(0)).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize("name", VIEWS)
def test_what_is_retired_leaves_the_list_and_none_found_is_not_never_looked(
    house: House,
    open_in: Callable[..., Page],  # noqa: F811
    name: str,
) -> None:
    page = open_in(house, "marta", name)
    look(page)
    expect(heads(page)).to_have_count(1)
    number = house.curation.number_of("web.md")
    assert house.ask("pablo", "POST", f"/sources/{number}/retire", json={}).is_success
    page.reload()
    expect(page.locator(".far")).to_contain_text("(1) se muestra lo que sigue en pie: 0.")
    look(page)
    expect(page.locator(".far")).not_to_contain_text("en pie")
    expect(page.locator(".empty h3")).to_have_text(re.compile("^Ninguna f"))
    expect(page.get_by_role("button", name="Buscar")).to_be_focused()


def test_a_search_that_waits_shows_so_and_is_followed_when_one_comes_back(
    house: House,
    open_in: Callable[..., Page],  # noqa: F811
) -> None:
    house.worker.stop()
    page = open_in(house, "marta", "contradictions")
    page.get_by_role("button", name="Buscar").click()
    expect(page.locator(".far")).to_have_text("En espera de otros trabajos…")
    page.reload()
    expect(page.locator(".far")).to_have_text("En espera de otros trabajos…")
    expect(page.locator(".look button")).to_be_disabled()
    expect(page.locator(".empty")).to_have_count(0)
    house.work_on()
    expect(heads(page)).to_have_count(1)
    expect(page.locator(".look button")).to_be_enabled()


@pytest.mark.parametrize("name", VIEWS)
def test_findings_are_not_cut_off_and_axe_has_no_serious_findings(
    house: House,
    open_in: Callable[..., Page],  # noqa: F811
    name: str,
) -> None:
    page = open_in(house, "marta", name)
    look(page)
    heads(page).first.press("Enter")
    expect(page.locator(".found")).to_have_count(2)
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert serious(page) == []
    left, right = (page.locator(".found").nth(at).bounding_box() for at in (0, 1))
    assert left
    assert right
    assert left["y"] == right["y"]
    for width in (1280, 420):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_timeout(100)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
