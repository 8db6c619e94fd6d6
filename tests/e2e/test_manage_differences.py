"""Two versions side by side for managers and agents, in a real browser over a real register."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.shell.access import COOKIE
from knowledge.register import Register
from knowledge.work.work_store import WorkStore
from tests.e2e.page_double import PageDouble
from tests.e2e.test_manage_page import House, house, manage_address, open_as, source  # noqa: F401
from tests.e2e.test_page import serious

pytestmark = pytest.mark.ui

OLD = [
    ("heading", "Garantía"),
    ("paragraph", "Son 30 días desde el 1 de marzo de 2025. No hay recargo en festivos."),
    ("paragraph", "Llame a la tienda."),
]
NEW = [
    ("heading", "Garantía"),
    ("paragraph", "Son 14 días desde el 1 de abril de 2026."),
    ("paragraph", "Llame a la tienda."),
    ("paragraph", "Nuevo 😀 <img src=http://evil.example/a.png onerror=alert()> por 20 €."),
]


@pytest.fixture(scope="module")
def warranty(house: House) -> House:  # noqa: F811 - the fixture
    with Register.open(house.people.settings, write=True) as writer:
        house._file(writer, "garantia.md", OLD, draft=False)
        house._file(writer, "garantia.md", NEW)
        house._file(writer, "garantia.md", [*NEW[:1], *NEW[1:3], ("paragraph", "Fin.")])
    return house


def opened(page: Page, version: int, button: str = "Diferencias") -> Page:
    source(page, "Garantía")
    row = page.locator(f"li[data-version='{version}']")
    row.get_by_role("button", name=button).press("Enter")
    expect(page.locator("dialog .summary")).not_to_contain_text("…")
    return page


def test_sentences_numbers_and_dates_that_changed_are_marked(
    warranty: House,
    open_as: Callable[..., Page],  # noqa: F811
) -> None:
    page = opened(open_as("marta"), 2)
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".summary")).to_have_text(
        "1 frase cambiada, 1 añadida, 1 quitada; 1 cifra, 1 fecha"
    )
    changed = dialog.locator("[data-kind='changed']")
    expect(changed.locator("del.value")).to_have_text(["30", "1 de marzo de 2025"])
    expect(changed.locator("ins.value")).to_have_text(["14", "1 de abril de 2026"])
    expect(changed.locator("ins.value").last).to_have_attribute("title", "fecha")
    removed = dialog.locator("[data-kind='removed']")
    expect(removed.locator("del")).to_have_text("No hay recargo en festivos.")
    expect(removed).to_contain_text("Quitada")
    added = dialog.locator("[data-kind='added'] ins")
    expect(added).to_contain_text("😀 <img src=http://evil.example/a.png onerror=alert()> por")
    expect(added.locator("strong.value")).to_have_text("20 €")
    assert dialog.locator("img, script").count() == 0
    expect(dialog.locator(".kept").first).to_have_text("Garantía")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)


def test_any_two_versions_can_be_chosen_with_the_keys(
    warranty: House,
    open_as: Callable[..., Page],  # noqa: F811
) -> None:
    page = opened(open_as("marta", locale="en-GB"), 3, "Differences")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Earlier version")).to_have_value("1")
    dialog.get_by_label("Earlier version").select_option("2")
    expect(dialog.locator(".summary")).to_have_text("1 added, 1 removed")
    expect(dialog.get_by_label("Earlier version")).to_be_focused()
    dialog.get_by_label("Later version").select_option("2")
    expect(dialog.get_by_label("Earlier version")).to_have_value("1")
    expect(dialog.get_by_label("Earlier version").locator("option")).to_have_count(2)
    page.route("**/differences*", lambda route: route.abort())
    dialog.get_by_label("Later version").select_option("3")
    expect(dialog.locator(".problem")).to_contain_text("does not answer")
    page.unroute("**/differences*")
    dialog.get_by_role("button", name="Try again").click()
    expect(dialog.locator("[data-kind='changed']")).to_have_count(1)


def test_versions_that_say_the_same_are_said_to(
    warranty: House,
    open_as: Callable[..., Page],  # noqa: F811
) -> None:
    page = open_as("marta")
    nothing = {
        "from": 1,
        "to": 2,
        "withheld": True,
        "counts": dict.fromkeys(
            ("kept", "added", "removed", "changed", "moved", "numbers", "dates"), 0
        ),
        "stretches": [],
    }
    page.route("**/differences*", lambda route: route.fulfill(json=nothing))
    dialog = opened(page, 2).get_by_role("dialog")
    expect(dialog.locator(".empty")).to_contain_text("Nada es distinto")
    expect(dialog).to_contain_text("Lo reservado a otros no se compara.")
    assert serious(page) == []


def test_a_source_with_one_version_has_nothing_to_compare(open_as: Callable[..., Page]) -> None:  # noqa: F811
    page = source(open_as("marta"), "<script>alert('titulo')</script>")
    expect(page.get_by_role("button", name="Ver lo extraído")).to_have_count(1)
    expect(page.get_by_role("button", name="Diferencias")).to_have_count(0)


def test_differences_fit_every_width_and_axe_has_no_serious_findings(
    warranty: House,
    open_as: Callable[..., Page],  # noqa: F811
) -> None:
    page = opened(open_as("marta"), 2)
    for width in (1280, 420):
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            assert serious(page) == []
        dialog = page.locator("dialog")
        assert dialog.evaluate("one => one.scrollWidth <= one.clientWidth")
        assert page.locator(".differences").evaluate("one => one.scrollWidth <= one.clientWidth")


@pytest.fixture
def agent(
    house: House,  # noqa: F811
    browser: Browser,
    tmp_path: Path,
    serve_app: Callable[[Any], Any],
) -> Iterator[Page]:
    """The agents' page over the register, where a rule will change in nine days."""
    from assistant.shell.web import create_app

    double: Any = PageDouble(tmp_path)
    double.document = house.office.register.document
    people = house.people
    cookie = {"name": COOKIE, "value": people.token("ana"), "domain": "127.0.0.1", "path": "/"}
    state: Any = {"cookies": [cookie]}
    with closing(WorkStore.open(people.settings)) as work:
        app = create_app(double, people.access, people.settings, house.office, work)
        with serve_app(app) as url:
            context = browser.new_context(locale="es-ES", storage_state=state)
            page = context.new_page()
            page.goto(url)
            yield page
            context.close()


def test_an_agent_sees_in_what_a_rule_will_change(agent: Page) -> None:
    agent.locator(".inbox summary").click(timeout=20_000)
    agent.locator(".inbox").get_by_role("button", name="Qué ha cambiado").press("Enter")
    differences = agent.locator("#source .differences")
    expect(differences.locator("li.added ins")).to_have_text("Ni los cojines.")
    expect(agent.locator("#source .differs")).to_have_text("1 añadida")
    expect(agent.locator("#source .context")).to_contain_text("El cliente tiene 30 días.")
    assert serious(agent) == []
    agent.locator(".inbox").get_by_role("button", name="Leer").last.click()
    expect(differences).to_have_count(0)
    expect(agent.locator("#source .context")).to_be_visible()
