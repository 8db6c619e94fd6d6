"""A manager, an approver, two agents: two versions of a policy, and who is told what on which day.

The real application, its worker and its pages, over a register of this test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from assistant.bootstrap import wire
from assistant.shell.access import COOKIE, Access
from assistant.shell.manage.office import Office
from assistant.shell.manage.worker import Worker
from knowledge.curation_checks import Details
from knowledge.identity.access import Grant
from knowledge.identity.accounts import Accounts
from knowledge.identity.sign_in import SignIn
from knowledge.models import Filing, Viewer
from knowledge.register import Register
from knowledge.settings import Settings
from knowledge.work.feedback import Feedback
from knowledge.work.work_store import WorkStore
from tests.fakes import HashingEmbedder

pytestmark = pytest.mark.ui

PASSWORD = "mesa lluvia tren botella"
PEOPLE = {
    "rosa": "manager@staff",
    "hugo": "approver@staff",
    "ana": "agent@contractor-a",
    "berta": "agent@contractor-b",
}
NAME = "devoluciones.md"
QUESTION = "¿Cuántos días tiene el cliente para devolver un mueble?"
BEFORE = "El cliente tiene 30 días naturales para devolver un mueble desde la entrega."
AFTER = "El cliente tiene 45 días naturales para devolver un mueble desde la entrega."
OTHER = "# Horario\n\nLa tienda abre de lunes a sábado, de diez a ocho.\n"


def policy(sentence: str) -> str:
    return f"# Política de devoluciones\n\n## Plazo\n\n{sentence}\n"


@dataclass
class Company:
    """The served application and its people."""

    url: str
    today: date
    tokens: dict[str, str]
    browser: Browser
    register: Register
    work: WorkStore

    @property
    def monday(self) -> date:
        """The next one, never today."""
        return self.today + timedelta(days=7 - self.today.weekday())

    def context(self, who: str) -> BrowserContext:
        cookie = {"name": COOKIE, "value": self.tokens[who], "domain": "127.0.0.1", "path": "/"}
        return self.browser.new_context(
            locale="es-ES",
            viewport={"width": 1280, "height": 800},
            storage_state={"cookies": [{**cookie, "httpOnly": True, "sameSite": "Lax"}]},  # type: ignore[typeddict-item]
        )


@pytest.fixture
def company(tmp_path: Path, browser: Browser, serve_app: Callable[[Any], Any]) -> Iterator[Company]:
    from assistant.shell.web import create_app
    from ingest.pipeline import ingest

    settings = Settings(data_dir=tmp_path / "data", port=0)
    embedder = HashingEmbedder(256)
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / NAME).write_text(policy(BEFORE), "utf-8")
    (folder / "horario.md").write_text(OTHER, "utf-8")
    with Register.open(settings, write=True) as register:
        for label in ("company", "contractor-a", "contractor-b"):
            register.curation.add_audience(label, label, Viewer("admin", frozenset()))
        ingest([folder], register, embedder, settings, filing=Filing(author="rosa"))
    with (
        Register.open(settings) as register,
        Accounts.open(settings) as accounts,
        SignIn.open(settings) as doors,
        closing(WorkStore.open(settings)) as work,
    ):
        for name, grant in PEOPLE.items():
            accounts.add(name, PASSWORD, display_name=name.capitalize())
            accounts.grant(name, Grant.parse(grant), register.audiences())
        assistant = wire(Register.open(settings), embedder, settings)
        worker = Worker(register, embedder, settings, keep_indexes=False)
        worker.start()
        access = Access(doors, register.audiences)
        office = Office(register, accounts, access, settings, worker.wake, work)
        tokens = {name: doors.sign_in(name, PASSWORD, f"test of {name}") for name in PEOPLE}
        with serve_app(create_app(assistant, office.access, settings, office, work)) as url:
            yield Company(url, register.today(), tokens, browser, register, work)
        worker.stop()
        assistant.close()


def bring_version_two(page: Page, company: Company, folder: Path) -> None:
    """What the manager does: upload, look at it, say for whom, submit."""
    page.goto(f"{company.url}/manage")
    page.get_by_role("link", name="Política de devoluciones").click()
    expect(page.locator("#source-title")).to_contain_text("Política de devoluciones")
    file = folder / "Devoluciones 2027 (definitiva).md"
    file.write_text(policy(AFTER), "utf-8")
    with page.expect_file_chooser() as chooser:
        page.locator("#new-version").click()
    chooser.value.set_files(file)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("una versión de «Política de devoluciones»")
    dialog.get_by_label("Qué hay de nuevo").fill("De 30 a 45 días")
    dialog.get_by_label("Primer día en vigor").fill(company.monday.isoformat())
    dialog.get_by_role("button", name="Subir", exact=True).click()
    expect(page.locator("#tray .done")).to_contain_text("borrador, versión 2", timeout=20_000)
    second = page.locator("li[data-version='2']")
    second.get_by_role("button", name="Ver lo extraído").click()
    expect(page.locator(".passage").last).to_contain_text(AFTER)
    page.get_by_role("dialog").get_by_role("button", name="Cerrar").click()
    page.get_by_role("button", name="Cambiar quién la ve").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Todo el personal").uncheck()
    dialog.get_by_label("company").check()
    dialog.get_by_label("contractor-a").check()
    expect(dialog.locator(".effect")).to_contain_text("Dejan de verla: Todo el personal")
    expect(dialog.locator(".effect")).to_contain_text("contractor-b")
    dialog.get_by_role("button", name="Guardar").click()
    expect(page.locator(".panels .card").first).to_contain_text("company, contractor-a")
    second.get_by_role("button", name="Enviar a revisión").click()
    expect(second.locator("h4 .chip")).to_have_text("En revisión")
    expect(second.get_by_role("button", name="Publicar")).to_have_count(0)


def publish(page: Page, company: Company) -> None:
    """What the approver does."""
    page.goto(f"{company.url}/manage")
    page.get_by_role("link", name="Revisión 1").click()
    page.get_by_role("link", name="Política de devoluciones").click()
    second = page.locator("li[data-version='2']")
    second.get_by_role("button", name="Publicar").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Primer día en vigor")).to_have_value(company.monday.isoformat())
    dialog.get_by_role("button", name="Publicar").click()
    expect(second.locator("h4 .chip")).to_have_text("Publicada")
    page.get_by_role("link", name="Calendario").click()
    expect(page.locator("#view")).to_contain_text("entra en vigor la versión 2")


def ask(page: Page, company: Company, day: date | None) -> None:
    """What an agent does: ask today, or about a day."""
    page.goto(company.url)
    box = page.locator("#question textarea")
    expect(box).to_be_focused(timeout=20_000)
    if day is not None:
        page.locator("#day input, #day textarea").fill(day.isoformat())
        page.keyboard.press("Enter")
    box.fill(QUESTION)
    box.press("Enter")
    expect(page.locator("#answer .asked")).to_have_text(QUESTION, timeout=20_000)
    expect(page.locator("#answer-body[data-whole='1']")).to_be_attached()


def test_each_is_told_what_is_in_force_for_them_on_the_day_they_ask_about(
    company: Company, tmp_path: Path
) -> None:
    tuesday = company.monday + timedelta(days=1)
    manager = company.context("rosa")
    bring_version_two(manager.new_page(), company, tmp_path)
    manager.close()

    agent = company.context("ana").new_page()
    ask(agent, company, tuesday)  # submitted, not published: nothing of it is told
    expect(agent.locator(".statements")).to_contain_text(BEFORE)

    approver = company.context("hugo")
    publish(approver.new_page(), company)
    approver.close()

    ask(agent, company, None)
    expect(agent.locator(".statements")).to_contain_text(BEFORE)
    expect(agent.locator("#answer")).not_to_contain_text("45 días")
    ask(agent, company, tuesday)
    expect(agent.locator(".statements")).to_contain_text(AFTER)
    expect(agent.locator("#answer")).not_to_contain_text("30 días")
    expect(agent.locator("#header .manage")).to_have_count(0)
    agent.context.close()

    other = company.context("berta").new_page()
    for day in (None, tuesday):
        ask(other, company, day)
        expect(other.locator(".verdict")).to_have_class("verdict not_found")
        expect(other.locator("#answer")).not_to_contain_text("días naturales")
        expect(other.locator("#answer")).not_to_contain_text("devoluciones")
    other.context.close()


def test_a_remark_reaches_the_owner_and_what_became_of_it_comes_back(company: Company) -> None:
    rosa = Viewer("rosa", company.register.audiences().managed("staff"))
    company.register.curation.describe(NAME, Details(owner="rosa"), rosa)
    agent = company.context("ana").new_page()
    ask(agent, company, None)
    agent.locator("[data-vote='outdated']").click()
    remark = agent.locator("#remark input, #remark textarea")
    remark.fill("desde marzo son 45")
    agent.locator("#answer [data-cite='1']").click()
    expect(agent.locator("#source mark").first).to_be_visible()
    expect(remark).to_have_value("desde marzo son 45")
    remark.press("Enter")
    expect(agent.locator(".voted")).to_contain_text("Se avisa a quien lleva la fuente")
    expect(remark).to_have_count(0)

    (task,) = Feedback(company.work).tasks(rosa, own=True)
    assert (task.kind, task.source, task.comment) == ("outdated", NAME, "desde marzo son 45")
    Feedback(company.work).resolve(task.number, "corregido", rosa)

    agent.reload()
    expect(agent.locator(".inbox")).to_contain_text("corregido", timeout=20_000)
    agent.locator(".inbox [data-seen]").click()
    expect(agent.locator(".inbox [data-seen]")).to_have_count(0)
    agent.context.close()
