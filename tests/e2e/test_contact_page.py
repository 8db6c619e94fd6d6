"""The page of a contact in a real browser: helped by itself, undisturbed, and never left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import APIResponse, Browser, Page, Route, WebSocketRoute, expect

from assistant.contact.suggestions import Worded, word
from assistant.models import Composed, LeftOut, Statement
from assistant.shell.contact.keeping import body_of, needs_of, shown_of
from knowledge.contacts.contacts import Contacts
from knowledge.contacts.models import AUDIENCES
from knowledge.contacts.suggested import Body, Change
from knowledge.identity.access import contact_reach
from knowledge.models import Viewer
from knowledge.work.feedback import Feedback
from tests.e2e.calls import Call, watched_page
from tests.e2e.contact_double import COST, MARKUP, MONEY, RULE, SEAL, ContactHouse
from tests.e2e.page_double import RETURNS_PDF
from tests.e2e.test_page import serious

pytestmark = pytest.mark.ui

ORDER = "Mi pedido es el ALM-26-0000001"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ContactHouse]:
    house = ContactHouse(tmp_path_factory.mktemp("house"))
    yield house
    house.close()


@pytest.fixture(scope="module")
def contact_address(house: ContactHouse, serve_app: Callable[[Any], Any]) -> Iterator[str]:
    with serve_app(house.app) as url:
        yield url


@pytest.fixture
def call(house: ContactHouse, contact_address: str) -> Call:
    return Call(contact_address, house.people.channel)


@pytest.fixture
def page(browser: Browser, house: ContactHouse, contact_address: str, call: Call) -> Iterator[Page]:
    """The page with the call open; errors of its scripts fail the test."""
    clipboard = ["clipboard-read", "clipboard-write"]
    with watched_page(browser, house.people.token("ana"), permissions=clipboard) as page:
        page.goto(f"{contact_address}/contact#{call.key}")
        expect(page.locator("#connection")).to_have_text("Al día")
        yield page


def suggestions(page: Page) -> Any:
    return page.locator(".suggestion")


def acts(page: Page, call: Call) -> list[str]:
    origin = page.url.split("/contact")[0]
    given = page.request.get(f"{origin}/v1/contacts/{call.key}/suggestions/acts")
    return [one["act"] for one in given.json()["acts"]]


def test_a_conversation_comes_by_itself_and_partial_text_is_replaced(
    page: Page, call: Call
) -> None:
    call.says("hola qué", utterance="x", final=False)
    expect(page.locator(".turn.partial")).to_contain_text("hola qué")
    call.says("Hola, ¿qué tal?", utterance="x")
    expect(page.locator(".turn")).to_have_count(1)
    expect(page.locator(".turn.partial")).to_have_count(0)
    call.says("Hola, ¿qué tal está?", utterance="x")
    expect(page.locator(".turn .hint")).to_have_text("Antes: «Hola, ¿qué tal?»")
    call.says("Buenos días", speaker="agent")
    expect(page.locator(".turn.agent p")).to_have_text("Buenos días")


def test_what_to_say_appears_and_is_pinned_dismissed_and_switched_off(
    page: Page, call: Call
) -> None:
    call.says("¿Qué plazo tengo?")
    expect(suggestions(page)).to_have_count(1)
    expect(page.locator("#news")).to_contain_text("Una sugerencia nueva")
    expect(suggestions(page).locator(".source")).to_contain_text("Política de devoluciones · p. 1")
    expect(page.locator(".ask-back")).to_contain_text("¿En qué fecha lo recibió?")
    call.says("¿Y la recogida?")
    expect(suggestions(page).locator(".said")).to_have_text([RULE, COST])
    suggestions(page).nth(1).get_by_text("Fijar").click()
    expect(page.locator(".suggestion.pinned .said")).to_have_text(COST)
    suggestions(page).nth(0).get_by_text("Quitar").click()
    expect(suggestions(page).locator(".said")).to_have_text([COST])
    page.reload()
    expect(page.locator(".suggestion.pinned .said")).to_have_text(COST)
    page.locator("#listening").click()
    expect(page.locator("#listening")).to_have_text("Sin escuchar")
    call.says("¿Y el dinero?")
    expect(page.locator(".turn")).to_have_count(3)
    page.locator("#listening").click()
    expect(suggestions(page).locator(".said")).to_have_text([COST, MONEY])


def compose(house: ContactHouse, key: str, text: str) -> None:
    """As `assistant.shell.contact.wording` tells what a chat model made of what is suggested."""
    work = house.office.work
    assert work is not None
    contacts = Contacts(work)
    agent = contacts.agent(key)
    assert agent is not None

    def decide(body: Body) -> Change:
        shown = shown_of(body)
        one = shown.suggestions[0]
        made = (Statement(text, one.statement.citations, text),)
        composed = Composed("casa-7b", "compose.en/2", made, LeftOut(uncited=2))
        after = word(shown, Worded(one.asked, composed))
        return Change(body_of(after, frozenset(body[AUDIENCES]), 1.0, needs_of(body)))

    assert contacts.suggested.change(key, contact_reach(agent, house.people.access.tree()), decide)


def test_what_a_model_composed_stands_below_as_text_until_the_need_moves_on(
    page: Page, call: Call, house: ContactHouse
) -> None:
    call.says("¿Qué plazo tengo?")
    expect(suggestions(page)).to_have_count(1)
    compose(house, call.key, f"Fourteen days. {MARKUP}")
    worded = page.locator(".worded")
    expect(worded.locator(".said")).to_have_text(f"Fourteen days. {MARKUP}")
    expect(worded.locator("img")).to_have_count(0)
    expect(worded.locator(".muted")).to_contain_text("casa-7b")
    expect(worded.locator(".muted")).to_contain_text("Omitidas: 2")
    expect(worded.locator("q.original")).to_have_text(RULE)
    expect(suggestions(page).locator(".said")).to_have_text([RULE])
    assert serious(page) == []
    call.says("¿Y la recogida?")
    expect(worded.locator(".said")).to_have_count(0)


def test_what_is_being_read_is_not_replaced_and_who_comes_waits(page: Page, call: Call) -> None:
    call.says("¿plazo, precinto y recogida?")
    expect(suggestions(page)).to_have_count(3)
    suggestions(page).nth(1).hover()
    before = suggestions(page).locator(".said").all_inner_texts()
    call.says("¿y el dinero? mejor")
    expect(page.locator(".waiting")).to_have_text("1 nueva")
    assert suggestions(page).locator(".said").all_inner_texts() == before
    page.locator(".waiting").click()
    expect(suggestions(page).filter(has_text=MONEY)).to_have_count(1)
    after = suggestions(page).locator(".said").all_inner_texts()
    assert len([one for one, other in zip(before, after, strict=True) if one != other]) == 1


def test_what_is_done_with_a_suggestion_is_kept(
    page: Page, call: Call, house: ContactHouse
) -> None:
    call.says("¿plazo?")
    suggestions(page).locator(".acts").get_by_text("Copiar").click()
    expect(page.locator("#toast")).to_have_text("Copiado")
    assert page.evaluate("navigator.clipboard.readText()") == RULE
    suggestions(page).locator(".source").click()
    expect(page.locator("#passage mark")).to_have_text(RULE)
    page.keyboard.press("Escape")
    expect(page.locator("#passage")).to_have_count(0)
    suggestions(page).locator(".acts").get_by_text("Escribir").click()
    expect(page.locator("#reply")).to_have_value(RULE)
    page.keyboard.press("End")
    page.keyboard.type(" ¿Le viene bien?")
    page.keyboard.press("Enter")
    expect(page.locator(".turn.agent")).to_have_count(1)
    page.wait_for_function("() => document.querySelector('#reply').value === ''")
    suggestions(page).get_by_text("Útil").click()
    expect(suggestions(page).locator(".votes")).to_have_text("Anotado, gracias")
    page.wait_for_timeout(600)
    assert acts(page, call) == ["shown", "copied", "opened", "used"]
    (said,) = Feedback(house.office.work).given(Viewer("ana", frozenset({"staff"})))  # type: ignore[arg-type]
    assert (said.kind, said.source) == ("useful", RETURNS_PDF)


def test_what_is_for_the_staff_is_copied_only_after_a_warning_and_never_written(
    page: Page, call: Call
) -> None:
    call.says("¿algo interno?")
    expect(suggestions(page).locator(".chip.internal")).to_have_text("Solo para el personal")
    expect(suggestions(page).locator(".acts").get_by_text("Escribir")).to_have_count(0)
    suggestions(page).locator(".acts").get_by_text("Copiar").click()
    expect(page.locator("dialog")).to_contain_text("no se le puede decir")
    page.get_by_text("Copiar de todos modos").click()
    assert page.evaluate("navigator.clipboard.readText()") == SEAL


def test_the_customer_is_found_in_what_is_said_and_the_order_gives_the_deadline(
    page: Page, call: Call
) -> None:
    call.says("Llamo otra vez por el colchón que llegó roto la semana pasada")
    call.says(ORDER)
    card = page.locator("#card")
    expect(card.locator("h3").first).to_have_text("Carmen Robledo")
    expect(card).to_contain_text("•••101")
    expect(card.locator("#repeats")).to_have_text("3.ª vez en 9 días por lo mismo")
    expect(card.get_by_label("ALM-26-0000001")).to_be_checked()
    call.says("¿Qué plazo tengo?")
    fact = suggestions(page).locator(".facts > .computed")
    expect(fact).to_contain_text("quedan 9 días")
    fact.get_by_text("Por qué").click()
    expect(fact.locator("q")).to_have_text(RULE)
    card.get_by_label("ALM-26-0000002").check()
    expect(suggestions(page).locator(".facts > .question")).to_contain_text("¿")
    page.reload()
    expect(card.get_by_label("ALM-26-0000002")).to_be_checked()


def test_markup_of_customers_and_sources_is_only_ever_text(page: Page, call: Call) -> None:
    page.keyboard.press("F9")
    page.keyboard.type("eva")
    page.keyboard.press("Enter")
    expect(page.locator("#card h3").first).to_have_text(MARKUP)
    call.says(f"¿hostil? {MARKUP}")
    expect(suggestions(page)).to_have_count(1)
    expect(page.locator(".turn p")).to_contain_text(MARKUP)
    suggestions(page).locator(".source").click()
    expect(page.locator("#passage mark")).to_contain_text("onerror=alert(2)")
    assert page.locator("#card img, .turn img, .suggestion img, #passage img, svg").count() == 0


def test_several_customers_are_a_choice_and_a_system_that_is_down_says_so(
    page: Page, call: Call, house: ContactHouse
) -> None:
    page.locator("#customer-search").fill("todos")
    page.keyboard.press("Enter")
    expect(page.locator(".matches button")).to_have_count(2)
    page.locator(".matches button").filter(has_text="Carmen").click()
    expect(page.locator("#card h3").first).to_have_text("Carmen Robledo")
    page.get_by_text("Otro cliente").click()
    house.directory.down = True
    try:
        call.says(ORDER)
        expect(page.locator("#card .problem")).to_contain_text("2 s")
        call.says("¿plazo?")
        expect(suggestions(page)).to_have_count(1)
    finally:
        house.directory.down = False
    page.locator("#card .problem button").click()
    expect(page.locator("#card h3").first).to_have_text("Carmen Robledo")


def test_any_question_is_answered_in_the_context_of_the_contact(
    page: Page, call: Call, house: ContactHouse
) -> None:
    call.says("Hola, es por un mueble")
    expect(page.locator(".turn")).to_have_count(1)
    page.keyboard.press("F8")
    page.keyboard.type("¿y si lo devuelve?")
    page.keyboard.press("Enter")
    expect(page.locator(".answer .told")).to_have_count(3)
    question, history = house.double.asked[-1]
    assert (question, [turn.text for turn in history]) == (
        "¿y si lo devuelve?",
        ["Hola, es por un mueble"],
    )


def test_a_lost_connection_says_so_and_comes_back_with_what_was_missed(
    page: Page, call: Call
) -> None:
    open_: list[WebSocketRoute] = []
    down = False

    def connect(socket: WebSocketRoute) -> None:
        if down:
            socket.close(code=1011)
            return
        open_.append(socket)
        socket.connect_to_server()

    page.route_web_socket("**/v1/contacts/*/events*", connect)
    page.route(
        "**/v1/contacts/*/events*", lambda route: route.abort() if down else route.continue_()
    )
    page.reload()
    call.says("antes")
    expect(page.locator(".turn")).to_have_count(1)
    down = True
    open_[-1].close(code=1011)
    expect(page.locator("#connection")).to_contain_text("Conexión perdida")
    call.says("mientras tanto")
    down = False
    expect(page.locator("#connection")).to_have_text("Al día", timeout=20_000)
    expect(page.locator(".turn p")).to_have_text(["antes", "mientras tanto"])


def test_everything_is_done_with_keys_alone(page: Page, call: Call) -> None:
    expect(page.locator("#reply")).to_be_focused()
    page.keyboard.type("Buenos días")
    page.keyboard.press("Enter")
    page.keyboard.press("F2")
    page.keyboard.type("¿Qué plazo tengo y qué recogida?")
    page.keyboard.press("Enter")
    expect(page.locator(".turn.customer")).to_have_count(1)
    expect(suggestions(page)).to_have_count(2)
    page.keyboard.press("F4")
    page.keyboard.press("p")
    expect(page.locator(".suggestion.pinned .said")).to_have_text(RULE)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("x")
    expect(suggestions(page)).to_have_count(1)
    page.keyboard.press("F4")
    page.keyboard.press("o")
    expect(page.locator("#passage mark")).to_have_text(RULE)
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    expect(page.locator("#reply")).to_be_focused()
    expect(page.locator("#reply")).to_have_value(RULE)
    page.keyboard.press("F8")
    expect(page.locator("#question")).to_be_focused()
    page.keyboard.press("F9")
    expect(page.locator("#customer-search")).to_be_focused()
    page.locator("#keys").focus()
    page.keyboard.press("?")
    expect(page.locator("dialog")).to_contain_text("F4")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)


def test_what_is_typed_while_the_last_is_on_its_way_goes_out_after_it(
    page: Page, call: Call, contact_address: str
) -> None:
    held: list[Route] = []
    page.route("**/turns", lambda route: held.append(route))
    for said in ("Buenos días", "¿Me dice su pedido?"):
        page.keyboard.type(said)
        page.keyboard.press("Enter")
    page.keyboard.type("Un mom")
    expect(page.locator(".outgoing li")).to_have_text(["Buenos días", "¿Me dice su pedido?"])
    held[0].abort()
    page.unroute("**/turns")
    expect(page.locator(".composer .problem")).to_be_visible()
    expect(page.locator("#reply")).to_have_value("Un mom")
    page.locator(".composer").get_by_role("button", name="Volver a intentarlo").click()
    expect(page.locator(".turn.agent:not(.partial) p")).to_have_text(
        ["Buenos días", "¿Me dice su pedido?"]
    )
    expect(page.locator(".outgoing li")).to_have_count(0)
    expect(page.locator("#reply")).to_have_value("Un mom")


def test_what_arrives_before_its_reply_is_shown_once(page: Page) -> None:
    held: list[tuple[Route, APIResponse]] = []
    page.route("**/turns", lambda route: held.append((route, route.fetch())))
    page.keyboard.type("Buenos días")
    page.keyboard.press("Enter")
    expect(page.locator(".turn.agent[data-turn] p")).to_have_text("Buenos días")
    expect(page.locator(".outgoing li")).to_have_count(0)
    assert len(held) == 1
    route, reply = held[0]
    route.fulfill(response=reply)
    page.unroute("**/turns")
    page.keyboard.type("¿Qué pedido es?")
    page.keyboard.press("Enter")
    expect(page.locator(".turn.agent p")).to_have_text(["Buenos días", "¿Qué pedido es?"])
    expect(page.locator(".composer .problem")).to_have_count(0)


def test_what_cannot_be_sent_goes_back_to_be_corrected(page: Page) -> None:
    page.route("**/turns", lambda route: route.abort())
    page.keyboard.press("F2")
    page.keyboard.type("No me llegó")
    page.keyboard.press("Enter")
    page.keyboard.press("F2")
    page.get_by_role("button", name="Corregir").click()
    expect(page.locator("#reply")).to_have_value("No me llegó")
    expect(page.locator(".composer")).to_have_attribute("data-speaker", "customer")
    expect(page.locator(".composer .problem")).to_have_count(0)
    page.unroute("**/turns")
    page.keyboard.type(" nada")
    page.keyboard.press("Enter")
    expect(page.locator(".turn.customer p")).to_have_text("No me llegó nada")


def test_what_was_typed_goes_out_by_itself_when_the_connection_is_back(page: Page) -> None:
    sockets: list[WebSocketRoute] = []

    def connect(socket: WebSocketRoute) -> None:
        sockets.append(socket)
        socket.connect_to_server()

    page.route_web_socket("**/v1/contacts/*/events*", connect)
    page.reload()
    expect(page.locator("#connection")).to_have_text("Al día")
    page.route("**/turns", lambda route: route.abort())
    page.locator("#reply").fill("Lo miro")
    page.keyboard.press("Enter")
    expect(page.locator(".composer .problem")).to_be_visible()
    page.unroute("**/turns")
    sockets[-1].close(code=1011)
    expect(page.locator(".turn.agent:not(.partial) p")).to_have_text("Lo miro")
    expect(page.locator(".composer .problem")).to_have_count(0)


def test_a_contact_is_opened_pasted_into_and_ended(page: Page) -> None:
    page.locator("#new-contact").click()
    page.get_by_label("Canal").select_option("chat")
    page.get_by_label("Referencia").fill("chat-1")
    page.keyboard.press("Enter")
    expect(page.locator("#conversation h2")).to_have_text("Chat chat-1")
    expect(page.locator(".contacts [aria-current]")).to_contain_text("chat-1")
    page.locator("#paste").click()
    page.get_by_label("Texto").fill("sin nombre")
    page.get_by_text("Añadir").click()
    expect(page.locator("dialog .problem")).to_contain_text("Cliente:")
    page.get_by_label("Texto").fill("Cliente: hola\nAgente: buenos días")
    page.get_by_text("Añadir").click()
    expect(page.locator(".turn")).to_have_count(2)
    page.locator("#end-contact").click()
    page.locator("dialog button.danger").click()
    expect(page.locator("#connection")).to_have_text("Contacto terminado")
    expect(page.locator(".composer")).to_be_hidden()
    expect(page.locator("#listening")).to_be_disabled()
    expect(page.locator(".contacts")).not_to_contain_text("chat-1")


def test_a_new_call_appears_in_the_list(
    page: Page, house: ContactHouse, contact_address: str
) -> None:
    new = Call(contact_address, house.people.channel)
    row = page.locator(".contacts button").first
    expect(row).to_contain_text(new.reference)
    row.click()
    expect(page.locator("#conversation h2")).to_contain_text(new.reference)


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1024, 768), (420, 850)])
def test_the_page_fits_its_window(page: Page, call: Call, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    call.says("¿plazo, precinto y recogida?")
    call.says(ORDER)
    expect(page.locator("#card h3").first).to_have_text("Carmen Robledo")
    expect(suggestions(page)).to_have_count(3)
    wide, tall = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    )
    assert wide <= width
    if width > 1000:
        assert tall <= height
    assert serious(page) == []
