"""The agent's page in a real browser, over scripted answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.shell.access import COOKIE
from tests.e2e.page_double import HOSTILE, PageDouble

pytestmark = pytest.mark.ui

BOX = "#question textarea"
FIRST = ".statements li.first > p"


@pytest.fixture(autouse=True)
def _calm(double: PageDouble) -> Iterator[None]:
    yield
    double.delay_s, double.empty, double.notice = 0.0, False, None
    double.slow_empty_s = 0.0
    double.asked.clear()
    double.slow_documents.clear()


@pytest.fixture
def desk(page: Page, address: str) -> Page:
    return open_page(page, address)


def open_page(page: Page, address: str) -> Page:
    page.goto(address)
    expect(page.locator("#answer-body")).to_be_visible(timeout=20_000)
    expect(page.locator("html")).to_have_attribute("lang", re.compile("es|en"))
    return page


def ask(page: Page, question: str) -> None:
    page.locator(BOX).fill(question)
    page.locator(BOX).press("Enter")
    expect(page.locator("#answer .asked")).to_have_text(question)
    expect(page.locator("#answer-body[data-whole='1']")).to_be_attached()


def test_the_question_box_has_the_focus_and_enter_asks(desk: Page) -> None:
    expect(desk.locator(BOX)).to_be_focused()
    desk.keyboard.type("cuantos dias tiene para devolverlo")
    desk.keyboard.press("Enter")
    expect(desk.locator(FIRST)).to_contain_text("14 días naturales")
    expect(desk.locator(".statements li")).to_have_count(3)
    expect(desk.locator(BOX)).to_have_value("")
    expect(desk.locator(BOX)).to_be_focused()
    expect(desk.locator(".verdict strong")).to_have_text("Seguro")
    expect(desk.locator(".timer")).to_have_text("0,08 s")


def test_shift_enter_makes_a_line_and_escape_clears(desk: Page, double: PageDouble) -> None:
    desk.keyboard.type("una")
    desk.keyboard.press("Shift+Enter")
    desk.keyboard.type("dos")
    expect(desk.locator(BOX)).to_have_value("una\ndos")
    desk.keyboard.press("Escape")
    expect(desk.locator(BOX)).to_have_value("")
    assert double.asked == []


def test_slash_goes_to_the_question_and_arrow_up_recalls_it(desk: Page) -> None:
    ask(desk, "primera pregunta")
    ask(desk, "segunda pregunta")
    desk.locator("#ask").focus()
    desk.keyboard.press("/")
    expect(desk.locator(BOX)).to_be_focused()
    desk.keyboard.press("ArrowUp")
    expect(desk.locator(BOX)).to_have_value("segunda pregunta")
    desk.keyboard.press("ArrowUp")
    expect(desk.locator(BOX)).to_have_value("primera pregunta")
    desk.keyboard.press("ArrowDown")
    expect(desk.locator(BOX)).to_have_value("segunda pregunta")


def test_a_key_opens_the_cited_page_with_the_passage_marked(desk: Page, double: PageDouble) -> None:
    ask(desk, "plazo de devolución")
    desk.keyboard.press("Alt+1")
    mark = desk.locator("#source mark")
    expect(mark).to_be_visible()
    marked = mark.inner_text()
    assert marked in double.documents["politicas/devoluciones.pdf"].text
    assert marked == desk.locator(FIRST).inner_text()
    expect(desk.locator("#source-title")).to_have_text("Política de devoluciones")
    expect(desk.locator("#source .place")).to_contain_text("Plazo de devolución")
    expect(desk.locator("#source .place")).to_contain_text("página 1")
    expect(desk.locator("#source .place")).to_contain_text("español")
    image = desk.locator("#source .page img")
    expect(image).to_be_visible(timeout=15_000)
    expect(image).to_have_attribute("alt", re.compile("con el pasaje marcado"))
    desk.wait_for_function("document.querySelector('#source .page img').naturalWidth > 600")
    desk.keyboard.press("Escape")
    expect(desk.locator("#source .source")).to_have_count(0)
    expect(desk.locator(BOX)).to_be_focused()


def test_sources_can_be_opened_one_after_another_without_waiting(desk: Page) -> None:
    ask(desk, "plazo de devolución")
    for number in (1, 2, 3, 1, 2):
        desk.keyboard.press(f"Alt+{number}", delay=30)
    expect(desk.locator("#source header .muted")).to_have_text("Fuente 2")
    expect(desk.locator("#source mark")).to_contain_text("colchones abiertos")
    expect(desk.locator("#source .page img")).to_be_visible(timeout=15_000)
    desk.wait_for_timeout(500)
    expect(desk.locator("#source header .muted")).to_have_text("Fuente 2")


def test_the_source_opened_last_stays_though_an_earlier_one_comes_slowly(
    desk: Page, double: PageDouble
) -> None:
    double.slow_documents["en/delivery.md"] = 1.0
    ask(desk, "plazo de devolución")
    desk.keyboard.press("Alt+3")
    desk.wait_for_timeout(200)
    desk.keyboard.press("Alt+2")
    desk.wait_for_timeout(1_500)
    expect(desk.locator("#source header .muted")).to_have_text("Fuente 2")
    expect(desk.locator("#source mark")).to_contain_text("colchones abiertos")


def test_a_page_that_cannot_be_drawn_is_told(desk: Page) -> None:
    ask(desk, "plazo de devolución")
    desk.route("**/v1/page.png*", lambda route: route.fulfill(status=422, body="no"))
    desk.keyboard.press("Alt+1")
    expect(desk.locator("#source .page-line")).to_contain_text("no se ha podido preparar")
    expect(desk.locator("#source mark")).to_be_visible()


def test_a_click_opens_a_source_and_the_language_can_change_meanwhile(desk: Page) -> None:
    ask(desk, "plazo de devolución")
    desk.locator("[data-cite='3']").click()
    expect(desk.locator("#source mark")).to_contain_text("29 euros")
    expect(desk.locator("#source .place")).to_contain_text("inglés")
    expect(desk.locator("#source img")).to_have_count(0)
    desk.keyboard.press("Alt+1")
    expect(desk.locator("#source .page img")).to_be_visible(timeout=15_000)
    desk.locator("#language label", has_text="EN").click()
    expect(desk.locator("#source .page img")).to_have_attribute("alt", re.compile("^Page 1 of"))


def test_the_mark_is_scrolled_into_view_in_a_long_document(desk: Page) -> None:
    ask(desk, "algo largo")
    desk.keyboard.press("Alt+1")
    expect(desk.locator("#source mark")).to_be_in_viewport()
    frame = desk.locator("#source .context").bounding_box()
    mark = desk.locator("#source mark").bounding_box()
    assert frame is not None
    assert mark is not None
    assert frame["y"] <= mark["y"] <= frame["y"] + frame["height"]
    # On a low screen it scrolls within its own place, and lies over nothing
    desk.set_viewport_size({"width": 1280, "height": 420})
    source = desk.locator("#source")
    expect(source).to_have_css("overflow-y", "auto")
    assert source.evaluate("e => e.scrollHeight > e.clientHeight")


def test_not_found_says_so_and_shows_the_nearest(desk: Page) -> None:
    ask(desk, "entregan en marte")
    expect(desk.locator(".nothing h2")).to_have_text("No consta con seguridad")
    expect(desk.locator(".nothing a")).to_have_attribute("href", "/contact")
    expect(desk.locator(".nearest li")).to_have_count(2)
    expect(desk.locator(".statements")).to_have_count(0)
    desk.keyboard.press("Alt+2")
    expect(desk.locator("#source mark")).to_contain_text("10 working days")
    desk.keyboard.press("Escape")
    desk.keyboard.press("Alt+c")
    expect(desk.locator("#toast")).to_have_text("No hay respuesta que copiar")


def test_partly_says_why_to_check(desk: Page) -> None:
    ask(desk, "quizás")
    expect(desk.locator(".verdict strong")).to_have_text("Con reservas")
    expect(desk.locator("#answer .why")).to_contain_text("Compruebe la fuente")


def test_one_key_copies_the_statements_and_another_adds_the_citations(desk: Page) -> None:
    ask(desk, "plazo de devolución")
    desk.keyboard.press("Alt+c")
    expect(desk.locator("#toast")).to_have_text("Copiado")
    plain = desk.evaluate("navigator.clipboard.readText()")
    assert plain.splitlines()[0] == desk.locator(FIRST).inner_text()
    assert "[1]" not in plain
    desk.keyboard.press("Alt+Shift+C")
    expect(desk.locator("#toast")).to_have_text("Copiado con sus citas")
    cited = desk.evaluate("navigator.clipboard.readText()")
    assert "[1] Política de devoluciones · p. 1, Plazo de devolución" in cited


def test_what_is_not_for_customers_is_flagged_and_copying_it_warns(desk: Page) -> None:
    ask(desk, "qué puedo compensar")
    expect(desk.locator(".flag.internal")).to_have_count(1)
    desk.keyboard.press("Alt+c")
    expect(desk.locator("#toast")).to_contain_text("sin lo que es solo para usted")
    plain = desk.evaluate("navigator.clipboard.readText()")
    assert plain == desk.locator(FIRST).inner_text()
    desk.keyboard.press("Alt+Shift+C")
    expect(desk.locator("#toast")).to_contain_text("no se la envíe al cliente")
    assert "(Solo para usted" in desk.evaluate("navigator.clipboard.readText()")


def test_another_day_is_asked_about_again_until_the_field_is_empty(
    desk: Page, double: PageDouble
) -> None:
    ask(desk, "plazo de devolución")
    expect(desk.locator(".as-on")).to_have_count(0)
    field = desk.locator("#day input, #day textarea")
    field.fill("2/9/2025")
    field.press("Enter")
    expect(desk.locator(".as-on")).to_contain_text("Lo que está en vigor el 2/9/2025")
    assert [question for question, _ in double.asked] == ["plazo de devolución"] * 2
    field.fill("anteayer")
    field.press("Enter")
    expect(desk.locator("#answer .error")).to_contain_text("«anteayer» no es una fecha")
    field.fill("")
    field.press("Enter")
    expect(desk.locator("#answer .asked")).to_have_text("plazo de devolución")
    expect(desk.locator(".as-on")).to_have_count(0)


def test_a_past_moment_is_asked_about_again_until_the_field_is_empty(desk: Page) -> None:
    ask(desk, "plazo de devolución")
    field = desk.get_by_label("Como se respondía el")
    field.fill("2025-09-02 10:30")
    field.press("Enter")
    expect(desk.locator(".as-on")).to_have_text("Lo que se habría respondido el 2/9/2025 10:30")
    field.fill("anteayer")
    field.press("Enter")
    expect(desk.locator("#answer .error")).to_contain_text("«anteayer» no es un momento pasado")
    field.fill("")
    field.press("Enter")
    expect(desk.locator("#answer .asked")).to_have_text("plazo de devolución")
    expect(desk.locator(".as-on")).to_have_count(0)
    desk.locator("#language").get_by_text("EN").click()
    expect(desk.get_by_label("As it was answered on")).to_be_visible()
    desk.locator("#language").get_by_text("ES").click()


@pytest.mark.parametrize(("who", "fields"), [("ana", 0), ("quim", 1), ("marta", 1), ("pablo", 1)])
def test_the_field_for_a_past_moment_is_for_who_handles_what_agents_report(
    browser: Browser, address: str, people: Any, who: str, fields: int
) -> None:
    cookie = {"name": COOKIE, "value": people.token(who), "url": address}
    context = browser.new_context(locale="es-ES")
    context.add_cookies([cookie])  # type: ignore[list-item]
    page = open_page(context.new_page(), address)
    expect(page.get_by_label("Fecha")).to_be_visible()
    expect(page.locator("#told")).to_have_count(fields)
    context.close()


def test_a_day_just_written_is_asked_about_however_busy_the_server_is(
    desk: Page, double: PageDouble
) -> None:
    double.slow_empty_s = 1.0
    field = desk.locator("#day input, #day textarea")
    field.fill("2/9/2025")
    field.press("Enter")
    ask(desk, "plazo de devolución")
    expect(desk.locator(".as-on")).to_contain_text("Lo que está en vigor el 2/9/2025")
    desk.wait_for_timeout(1500)  # nothing that comes late takes it away
    expect(desk.locator(".as-on")).to_contain_text("Lo que está en vigor el 2/9/2025")
    expect(desk.locator("#answer .asked")).to_have_text("plazo de devolución")


def test_a_refused_clipboard_is_told(desk: Page) -> None:
    ask(desk, "plazo de devolución")
    desk.evaluate(
        "() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no'));"
        " document.execCommand = () => false; }"
    )
    desk.locator("[data-do='copy']").click()
    expect(desk.locator("#toast")).to_contain_text("no ha dejado copiar")


def test_the_help_opens_with_keys_and_closes_with_escape(desk: Page) -> None:
    desk.keyboard.press("Control+/")
    expect(desk.locator("#help")).to_be_visible()
    expect(desk.locator("#help")).to_contain_text("Copiar la respuesta")
    desk.keyboard.press("Escape")
    expect(desk.locator("#help")).to_be_hidden()
    desk.locator("#ask").focus()
    desk.keyboard.press("?")
    expect(desk.locator("#help")).to_be_visible()


def test_follow_ups_are_asked_with_the_conversation(desk: Page, double: PageDouble) -> None:
    ask(desk, "plazo de un colchón")
    ask(desk, "y si está abierto")
    _, history = double.asked[-1]
    assert [turn.role for turn in history] == ["agent", "assistant"]
    assert history[0].text == "plazo de un colchón"
    desk.locator("[data-show='0']").click()
    expect(desk.locator("#answer .asked")).to_have_text("plazo de un colchón")


def test_what_is_asked_while_an_answer_is_on_its_way_is_asked_after_it(
    desk: Page, double: PageDouble
) -> None:
    double.delay_s = 1.0
    for question in ("plazo de un colchón", "y si está abierto"):
        desk.locator(BOX).fill(question)
        desk.locator(BOX).press("Enter")
        desk.wait_for_timeout(200)
    expect(desk.locator("#answer .asked")).to_have_text("y si está abierto")
    expect(desk.locator(BOX)).to_have_value("")
    expect(desk.locator("#busy")).to_be_hidden()
    _, history = double.asked[-1]
    assert [turn.text for turn in history if turn.role == "agent"] == ["plazo de un colchón"]


def test_a_question_sent_twice_is_asked_once(desk: Page, double: PageDouble) -> None:
    double.delay_s = 1.0
    desk.locator(BOX).fill("plazo de un colchón")
    for _ in range(3):
        desk.locator(BOX).press("Enter")
    desk.locator("#ask").click()
    desk.locator(BOX).fill("")
    desk.locator(BOX).press("Enter")
    expect(desk.locator("#answer .asked")).to_have_text("plazo de un colchón")
    desk.wait_for_timeout(1_500)
    assert [question for question, _ in double.asked] == ["plazo de un colchón"]
    expect(desk.locator("#answer .error")).to_have_count(0)


def test_a_new_conversation_can_be_undone(desk: Page, double: PageDouble) -> None:
    ask(desk, "plazo de un colchón")
    desk.keyboard.press("Alt+n")
    expect(desk.locator(".exchanges")).to_have_count(0)
    desk.locator("[data-undo]").click()
    expect(desk.locator(".exchanges li")).to_have_count(1)
    desk.keyboard.press("Alt+n")
    expect(desk.locator(".exchanges")).to_have_count(0)
    ask(desk, "otra cosa")
    assert double.asked[-1][1] == ()
    expect(desk.locator("[data-undo]")).to_have_count(0)


def test_switching_the_language_keeps_the_conversation(desk: Page) -> None:
    ask(desk, "plazo de un colchón")
    desk.locator("#language label", has_text="EN").click()
    expect(desk.locator(".verdict strong")).to_have_text("Sure")
    expect(desk.locator(".timer")).to_have_text("0.08 s")
    expect(desk.locator("#ask")).to_have_text("Ask")
    expect(desk.locator("html")).to_have_attribute("lang", "en")
    expect(desk.locator(".exchanges li")).to_have_count(1)
    expect(desk.locator("#answer .asked")).to_have_text("plazo de un colchón")


def test_the_page_starts_in_the_browsers_language(
    browser: Browser, address: str, signed_in: dict[str, Any]
) -> None:
    context = browser.new_context(locale="en-GB", storage_state=signed_in)
    page = open_page(context.new_page(), address)
    expect(page.locator("#ask")).to_have_text("Ask")
    context.close()


def test_an_error_is_one_line_and_the_question_stays(desk: Page) -> None:
    ask(desk, "antes")
    desk.locator(BOX).fill("esto da error")
    desk.locator(BOX).press("Enter")
    expect(desk.locator(".error p")).to_have_text(re.compile("register cannot be read"))
    expect(desk.locator(BOX)).to_have_value("esto da error")
    expect(desk.locator(".exchanges li")).to_have_count(1)


def test_an_unexpected_failure_shows_no_detail(desk: Page) -> None:
    desk.locator(BOX).fill("esto es un fallo")
    desk.locator(BOX).press("Enter")
    expect(desk.locator(".error p")).to_contain_text("no se esperaba")
    assert "secret" not in desk.content()


@pytest.mark.parametrize(("question", "line"), [("   ", "vacía"), ("x" * 4001, "caben 4000")])
def test_a_question_that_cannot_be_asked_is_refused_in_a_line(
    desk: Page, double: PageDouble, question: str, line: str
) -> None:
    desk.locator(BOX).fill(question)
    desk.locator("#ask").click()
    expect(desk.locator(".error p")).to_contain_text(line)
    assert double.asked == []


def test_a_slow_answer_shows_that_it_is_searched_for(desk: Page, double: PageDouble) -> None:
    double.delay_s = 1.5
    desk.locator(BOX).fill("despacio")
    desk.locator(BOX).press("Enter")
    expect(desk.locator("#busy")).to_be_visible()
    desk.locator(BOX).fill("la siguiente pregunta")
    expect(desk.locator(FIRST)).to_be_visible()
    expect(desk.locator("#busy")).to_be_hidden()
    expect(desk.locator(BOX)).to_have_value("la siguiente pregunta")


def test_without_documents_the_page_says_what_to_do(
    page: Page, address: str, double: PageDouble
) -> None:
    double.empty = True
    open_page(page, address)
    expect(page.locator(".ready code")).to_have_text("voz ingest CARPETA")


def test_a_degraded_service_is_told(page: Page, address: str, double: PageDouble) -> None:
    double.notice = "búsqueda exacta <b>sin índice</b>"
    open_page(page, address)
    expect(page.locator(".notice")).to_have_text("búsqueda exacta <b>sin índice</b>")


def test_hostile_document_text_shows_as_text(page: Page, address: str) -> None:
    requests: list[str] = []
    dialogs: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    open_page(page, address)
    ask(page, "hostil <img src=y onerror=alert(9)>")
    expect(page.locator(FIRST)).to_contain_text("<img src=http://evil.example/a.png")
    expect(page.locator(FIRST)).to_contain_text("{{constructor}} ${alert(3)}")
    page.keyboard.press("Alt+1")
    expect(page.locator("#source-title")).to_have_text("<script>alert('titulo')</script>")
    expect(page.locator("#source .file")).to_have_text(HOSTILE)
    expect(page.locator("#source .context")).to_contain_text('"><svg onload=alert(6)>')
    page.locator("#language label", has_text="EN").click()
    expect(page.locator("#ask")).to_have_text("Ask")
    assert page.locator("#answer img, #source img, #source svg, #answer script").count() == 0
    assert dialogs == []
    assert [url for url in requests if "evil" in url] == []


def test_nothing_is_loaded_from_elsewhere(page: Page, address: str) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    open_page(page, address)
    ask(page, "plazo de devolución")
    page.keyboard.press("Alt+1")
    expect(page.locator("#source .page img")).to_be_visible(timeout=15_000)
    ours = (address + "/", "data:", "blob:")
    assert len(requests) > 10
    assert [url for url in requests if not url.startswith(ours)] == []


def test_the_console_stays_free_of_errors(page: Page, address: str) -> None:
    errors: list[str] = []
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    open_page(page, address)
    ask(page, "plazo de devolución")
    page.keyboard.press("Alt+1")
    expect(page.locator("#source .page img")).to_be_visible(timeout=15_000)
    assert errors == []


@pytest.mark.parametrize("width", [1280, 420])
@pytest.mark.parametrize("question", ["plazo de devolución", "entregan en marte", "algo largo"])
def test_nothing_is_cut_off_sideways(desk: Page, width: int, question: str) -> None:
    desk.set_viewport_size({"width": width, "height": 800})
    ask(desk, question)
    desk.keyboard.press("Alt+1")
    expect(desk.locator("#source mark").first).to_be_visible()
    assert desk.evaluate("document.documentElement.scrollWidth") <= width


def axe_script() -> str:
    """The axe-core rules, from the one package that brings them."""
    package = pytest.importorskip(
        "axe_playwright_python", reason="axe-playwright-python is not installed"
    )
    return (Path(package.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def serious(page: Page) -> list[Any]:
    """Serious and critical findings of WCAG 2.0 to 2.1 A and AA."""
    page.evaluate(axe_script())
    result = page.evaluate(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})"
    )
    assert len(result["passes"]) > 5
    return [
        (finding["id"], finding["impact"], [node["html"][:200] for node in finding["nodes"]])
        for finding in result["violations"]
        if finding["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", ["ready", "answered", "source", "not_found", "error", "help"])
def test_axe_has_no_serious_findings(
    browser: Browser, address: str, signed_in: dict[str, Any], scheme: str, state: str
) -> None:
    context = browser.new_context(
        locale="es-ES",
        color_scheme=scheme,
        viewport={"width": 1280, "height": 800},
        storage_state=signed_in,
    )
    page = open_page(context.new_page(), address)
    bring_to(page, state)
    assert serious(page) == []
    context.close()


def bring_to(page: Page, state: str) -> None:
    if state in ("answered", "source"):
        ask(page, "plazo de devolución")
    if state == "source":
        page.keyboard.press("Alt+1")
        expect(page.locator("#source .page img")).to_be_visible(timeout=15_000)
    if state == "not_found":
        ask(page, "entregan en marte")
    if state == "error":
        page.locator(BOX).fill("da error")
        page.locator(BOX).press("Enter")
        expect(page.locator(".error")).to_be_visible()
    if state == "help":
        page.keyboard.press("Control+/")
        expect(page.locator("#help")).to_be_visible()
