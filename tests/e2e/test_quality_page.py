"""From a golden set to a publication that is stopped, in a real browser, as QA and approver go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.shell.access import COOKIE
from assistant.shell.manage.check_bodies import ChecksOut
from knowledge.contacts.contacts import Contacts
from knowledge.contacts.models import NewContact, NewTurn
from knowledge.identity.access import Grant, Principal, contact_reach
from knowledge.models import EVERYONE, Viewer
from knowledge.work.saved_questions import SavedQuestions
from tests.e2e.quality_house import CASES, PARKING, SOFA, House, lines
from tests.e2e.test_page import serious
from tests.people import TREE

pytestmark = pytest.mark.ui

REASON = "El horario cambia de verdad el lunes."
SLOW_MS = 90_000
"""A child process loads what measures answers; on two busy cores that takes its time."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("house"))
    yield house
    house.close()


@pytest.fixture(scope="module")
def served(house: House, serve_app: Callable[[Any], Any]) -> Iterator[str]:
    with serve_app(house.app) as url:
        yield url


@pytest.fixture
def open_as(browser: Browser, house: House, served: str) -> Iterator[Callable[..., Page]]:
    """Opens a page for somebody; errors on its console fail the test."""
    contexts, errors = [], []

    def open_page(who: str, at: str, **options: Any) -> Page:
        token = house.people.token(who)
        cookie = {"name": COOKIE, "value": token, "domain": "127.0.0.1", "path": "/"}
        options = {"locale": "es-ES", "viewport": {"width": 1280, "height": 800}, **options}
        context = browser.new_context(storage_state={"cookies": [cookie]}, **options)  # type: ignore[typeddict-item, arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda m: errors.append(m.text) if "Content Security" in m.text else 0)
        page.goto(f"{served}{at}")
        expect(page.locator("#view .loading")).to_have_count(0)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []


def bring_in(page: Page, content: bytes) -> None:
    dialog = page.get_by_role("dialog")
    if not dialog.is_visible():
        page.get_by_role("button", name="Traer un conjunto").click()
    dialog.locator("input[type=file]").set_input_files(
        {"name": "casos.jsonl", "mimeType": "application/jsonl", "buffer": content}
    )
    dialog.get_by_role("button", name="Traer un conjunto").click()


def run(page: Page, count: int) -> None:
    """Start the set and wait until as many runs are done."""
    page.get_by_role("link", name="Conjuntos de referencia").click()
    page.get_by_role("button", name="Ejecutar", exact=True).click()
    expect(page.locator(".run")).to_have_count(count)
    expect(page.locator(".run h3 a")).to_have_count(count, timeout=SLOW_MS)


def test_from_a_golden_set_to_a_publication_that_is_stopped(
    open_as: Callable[..., Page], house: House, tmp_path: Path
) -> None:
    page = open_as("quim", "/quality")
    expect(page.get_by_role("heading", name="Aún no hay ningún conjunto")).to_be_visible()

    wrong = [CASES[0], CASES[1] | {"lang": "fr", "colour": "red"}]
    bring_in(page, lines(wrong))
    faults = page.locator(".fault-list li")
    expect(faults).to_have_count(2)
    expect(faults.first).to_contain_text("línea 2 (parking): lang")
    bring_in(page, lines(CASES))
    expect(page.locator(".sets li")).to_contain_text("versión 1 · 2 casos")

    run(page, 1)
    page.locator(".run h3 a").click()
    expect(page.locator(".case-list .passes")).to_have_count(2)
    expect(page.locator(".measures").first).to_contain_text("Datos obligatorios")

    house.bring(SOFA, "El sofá se devuelve en quince días.")
    run(page, 2)
    page.locator(".run h3 a").first.click()
    page.get_by_label("Comparar con").select_option(index=1)
    verdict = page.locator(".verdict")
    expect(verdict).to_contain_text("No pasa")
    expect(verdict).to_contain_text("sofa")
    assert serious(page) == []

    page.keyboard.press("j")
    page.keyboard.press("Enter")
    card = page.locator(".of-report")
    expect(card).to_contain_text("No dice «treinta días».")
    expect(card.locator("del")).to_have_text("treinta")
    expect(card.locator("ins")).to_have_text("quince")
    expect(card).to_contain_text(SOFA)
    page.keyboard.press("j")
    expect(card).to_contain_text("¿a qué hora abre el aparcamiento?")
    page.keyboard.press("Escape")
    expect(page.locator("[data-case=parking]")).to_be_focused()

    page.get_by_label("Mostrar").select_option("broken")
    expect(page.locator(".case-list li")).to_have_count(1)
    with page.expect_download() as download:
        page.get_by_role("link", name="Descargar el informe").click()
    report = tmp_path / "report.html"
    download.value.save_as(report)
    assert "treinta" in report.read_text("utf-8")
    page.get_by_text("Gráficos").click()
    expect(page.locator(".plots-of svg.forest")).to_be_visible()
    page.get_by_role("button", name="Guardar el veredicto").click()
    expect(page.locator("#toast")).to_have_text("El veredicto queda con la ejecución")

    page.get_by_role("link", name="Conjuntos de referencia").click()
    page.get_by_role("button", name="Hacerlo puerta").click()
    page.get_by_role("dialog").get_by_role("button", name="Hacerlo puerta").click()
    expect(page.locator(".sets .chip")).to_have_text("puerta de publicación")

    number = house.bring(PARKING, "El aparcamiento abre a las diez.", draft=True)
    publish(open_as("pablo", f"/manage#/source/{number}"))
    kept = house.ask("pablo", "GET", f"/sources/{number}/versions/2/check").json()
    (check,) = ChecksOut.model_validate(kept).checks
    assert (check.verdict, check.waived_by, check.waiver) == ("block", "pablo", REASON)


def publish(page: Page) -> None:
    """The approver sees what the gate says, and publishes only with a reason."""
    page.get_by_role("button", name="Publicar").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".gate")).to_contain_text("Falta comprobarla con: casos.")
    go = dialog.get_by_role("button", name="Publicar")
    go.click()
    expect(dialog.get_by_role("alert")).to_have_text("Compruebe la versión antes de publicarla.")
    dialog.get_by_role("button", name="Comprobar ahora").click()
    verdict = dialog.locator(".verdict")
    expect(verdict).to_contain_text("No pasa", timeout=SLOW_MS)
    flips = verdict.locator(".flips > li")
    expect(flips).to_have_count(1)
    expect(flips).to_contain_text("¿a qué hora abre el aparcamiento?")
    expect(flips.locator(".found")).to_contain_text(["a las nueve", "a las diez"])
    expect(flips.locator("mark")).to_have_text(["nueve", "diez"])
    expect(dialog.get_by_label("Por qué se publica")).to_be_visible(timeout=SLOW_MS)
    go.click()
    expect(dialog.locator("> form > div .problem")).to_contain_text("de 10 a 500 caracteres")
    dialog.get_by_label("Por qué se publica").fill(REASON)
    go.click()
    expect(dialog.locator("> form > div .problem")).to_contain_text("Marque que la publica")
    dialog.get_by_label("La publico aunque").check()
    go.click()
    expect(page.locator("#toast")).to_have_text("La versión 2 está publicada")


def test_contacts_are_reviewed_from_the_keyboard_and_agents_read_their_own(
    open_as: Callable[..., Page], house: House
) -> None:
    for agent, label in (("ana", "levante"), ("olga", "meridiano")):
        reach = contact_reach(
            Principal(1, agent, frozenset({Grant("agent", label)}), "session"), TREE
        )
        contacts = Contacts(house.office.work)  # type: ignore[arg-type]
        key = contacts.open(NewContact("chat", f"revisar-{agent}", agent), reach)[0].key
        said = [NewTurn("1", "customer", "¿y el sofá?"), NewTurn("2", "agent", "Se lo envio hoy.")]
        contacts.add(key, said, reach)
        contacts.end(key, reach)
    page = open_as("quim", "/quality#/reviews")
    expect(page.locator(".empty")).to_contain_text("Traiga una pauta para empezar")
    page.get_by_role("button", name="Traer una pauta").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("input[type=file]").set_input_files("examples/almendro/scorecard.yaml")
    dialog.get_by_role("button", name="Traer una pauta").click()
    page.get_by_role("button", name="Sacar una muestra").click()
    dialog.get_by_label("Los revisan dos (%)").fill("0")
    dialog.get_by_label("todas").uncheck()
    dialog.get_by_role("button", name="Sacar una muestra").click()
    expect(page.locator(".case-list li")).to_have_count(2)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    found = page.locator("#item-escritura .found li")
    expect(found).to_contain_text("envio", timeout=SLOW_MS)  # word lists are read first
    expect(page.locator("#item-escritura input:checked")).to_have_value("no")
    assert serious(page) == []
    title = "Revisar un contacto de "
    agent = page.locator("h2").first.inner_text().removeprefix(title)
    other = "olga" if agent == "ana" else "ana"
    for _ in page.locator(".item").all():
        page.keyboard.press("1")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#toast")).to_have_text("Revisión guardada: 100,0\u00a0%")
    expect(page.get_by_role("heading", name=title + other)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Por revisar (1)")).to_be_visible()
    page.get_by_role("link", name="Resultados").first.click()
    expect(page.locator(".figures")).to_contain_text("100,0")
    assert serious(page) == []

    own = open_as(agent, "/reviews")
    expect(own.locator(".reviewed")).to_have_count(1)
    expect(own.locator(".reviewed")).to_contain_text(agent)
    own.get_by_text("Revisión de quim").click()
    expect(own.locator(".answers").first).to_contain_text("¿Identificó al cliente")
    assert serious(own) == []


def test_days_are_the_company_s_wherever_the_page_is_read(open_as: Callable[..., Page]) -> None:
    page = open_as("quina", "/quality", timezone_id="America/Lima")
    words = page.evaluate(
        "import('/voz/shared/words.js').then(({ dayAt, momentText }) => "
        "[dayAt('2026-11-29T23:30:00Z'), momentText('2026-11-29T23:30:00Z')])"
    )
    assert words == ["2026-11-30", "30 nov 2026, 0:30"]


@pytest.mark.parametrize(("locale", "none"), [("es-ES", "Aún no hay"), ("en-GB", "There is no")])
def test_a_page_without_anything_says_what_to_do(
    open_as: Callable[..., Page], locale: str, none: str
) -> None:
    page = open_as("quina", "/quality", locale=locale, viewport={"width": 420, "height": 800})
    expect(page.locator(".empty h2")).to_contain_text(none)
    page.locator("#tabs a").nth(1).click()
    expect(page.locator(".empty h2")).to_contain_text(none)
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_drafts_are_gone_through_before_they_are_a_set(
    open_as: Callable[..., Page], house: House
) -> None:
    viewer = Viewer("marta", TREE.managed(EVERYONE))
    assert house.office.work is not None
    saved = SavedQuestions(house.office.work)
    saved.add("¿cuándo abre el aparcamiento?", viewer, expected=PARKING)
    saved.add("¿hay plazas para motos?", viewer)
    page = open_as("quim", "/quality")
    page.get_by_role("button", name="Hacer borradores…").click()
    page.get_by_role("dialog").get_by_role("button", name="Hacer borradores…").click()
    drafts = page.locator(".draft")
    expect(drafts).to_have_count(2)
    assert serious(page) == []
    drafts.nth(0).get_by_role("button", name="Aceptar").click()
    drafts.nth(1).get_by_role("button", name="Aceptar").click()
    expect(drafts.nth(1).get_by_role("alert")).to_have_text("Diga antes qué se espera.")
    drafts.nth(1).get_by_label("Qué se espera").select_option("unanswerable abstain")
    drafts.nth(1).get_by_label("Pregunta").fill("¿hay sitio para motos?")
    drafts.nth(1).get_by_role("button", name="Aceptar").click()
    page.get_by_role("button", name="Llevar los aceptados a un conjunto").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Nombre").fill("hechos")
    dialog.get_by_role("button", name="Llevar los aceptados").click()
    expect(page.locator("[data-set=hechos]")).to_contain_text("versión 1 · 2 casos")
    out = house.ask("quim", "GET", "/evaluations/sets/hechos/export").text
    assert "¿hay sitio para motos?" in out
    page.locator("[data-set=hechos]").get_by_role("button", name="Evolución").click()
    expect(page.get_by_role("dialog")).to_contain_text("Ninguna ejecución tiene un número.")
