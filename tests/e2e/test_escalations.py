"""An agent asks the company and a second person answers, each in a browser of their own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.shell.access import COOKIE
from tests.e2e.test_page import serious
from tests.integration.escalation_house import EscalationHouse

pytestmark = pytest.mark.ui

HOSTILE = "<img src=x onerror=alert(1)> ¿cubre la funda?"
SAID = "soy Matilde Orejudo, ¿la garantía cubre la funda?"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EscalationHouse]:
    from knowledge.times import utc_now

    house = EscalationHouse(tmp_path_factory.mktemp("queue"))
    house.now = utc_now()
    house.topic("Garantías", "eva", "edu", words=("garantía",), fallback=True)
    yield house
    house.close()


@pytest.fixture
def open_in(
    house: EscalationHouse, browser: Browser, serve_app: Callable[[Any], Any]
) -> Iterator[Callable[..., Page]]:
    """Opens a page for somebody in a browser of their own; errors on its console fail the test."""
    errors: list[str] = []
    with ExitStack() as stack:
        address = stack.enter_context(serve_app(house.app))

        def open_page(who: str, path: str, **options: Any) -> Page:
            token = house.people.token(who)
            cookie = {"name": COOKIE, "value": token, "domain": "127.0.0.1", "path": "/"}
            options = {"locale": "es-ES", "viewport": {"width": 1366, "height": 768}, **options}
            context = browser.new_context(storage_state={"cookies": [cookie]}, **options)  # type: ignore[typeddict-item]
            stack.callback(context.close)
            page = context.new_page()
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.on(
                "console", lambda m: errors.append(m.text) if "Content Security" in m.text else 0
            )
            page.goto(f"{address}{path}")
            return page

        yield open_page
    assert errors == []


def test_one_key_asks_and_the_answer_is_there_within_two_seconds(
    house: EscalationHouse, open_in: Callable[..., Page], tmp_path: Path
) -> None:
    key = house.contact("ana", SAID, "Vale, muchas gracias.")
    agent, expert = open_in("ana", f"/contact#{key}"), open_in("eva", "/queue")
    expect(expert.locator("#empty")).to_be_visible()
    expect(expert.locator("#duty")).to_contain_text("Garantías")
    expect(agent.locator("#escalation-question")).to_have_value(SAID)
    agent.keyboard.press("F7")
    waiting = agent.locator("#panel-escalation .list > li")
    expect(waiting).to_contain_text("Espera a Eva")
    item = expert.locator(".item")
    expect(item.locator(".question")).to_have_text("soy •••, ¿la garantía cubre la funda?")
    expect(item).to_contain_text("Ana")
    expect(expert).to_have_title("(1) Consultas · Voz Propia")
    waiting.locator("summary").click()
    expect(waiting.locator("details")).to_contain_text("soy •••")
    assert "Matilde" not in expert.content()
    expert.keyboard.press("j")
    expert.keyboard.press("t")
    expect(waiting).to_contain_text("Eva la está respondiendo")
    expect(waiting.locator("details")).to_contain_text("soy •••")  # open as the agent left it
    expect(item.locator("textarea")).to_be_focused()
    expert.keyboard.type("Sí, dos años.")
    sent = time.monotonic()
    expert.keyboard.press("Control+Enter")
    word = agent.locator(".person-word")
    expect(word).to_contain_text("Sí, dos años.", timeout=2_000)
    assert time.monotonic() - sent < 2
    expect(word).to_contain_text("Eva, experto")
    expect(word).to_contain_text("Lo dice una persona, no una fuente.")
    expect(expert.locator("#empty")).to_be_visible()
    expect(expert.locator("#answered")).to_contain_text("Sí, dos años.")
    expect(expert).to_have_title("Consultas · Voz Propia")
    with agent.expect_response("**/used"):
        word.get_by_role("button", name="Usar").click()
    expect(agent.locator(".composer textarea")).to_have_value("Sí, dos años.")
    steps = [step.kind for step in house.kept.all(_reach("ana"))[0].steps]
    assert [one for one in steps if one in ("seen", "taken", "answered", "read", "used")] == [
        *("seen", "taken", "answered", "read", "used")
    ]


def _reach(name: str) -> Any:
    from tests.integration.escalation_house import reach_of

    return reach_of(name)


def test_what_is_typed_stays_while_the_queue_changes_and_text_is_only_text(
    house: EscalationHouse, open_in: Callable[..., Page]
) -> None:
    (topic,) = house.topics.all(_reach("eva"))
    first = house.ask(topic, question=HOSTILE)
    expert = open_in("eva", "/queue?lang=en")
    text = expert.locator(".item textarea")
    text.fill("Wait")
    second = house.ask(topic, question="¿y el transporte?")
    house.desk.wake([second])
    expect(expert.locator(".item")).to_have_count(2)
    expect(text.first).to_have_value("Wait")
    expect(text.first).to_be_focused()
    expect(expert.locator(".question").first).to_have_text(HOSTILE)
    assert expert.locator(".item img").count() == 0
    expert.get_by_role("button", name="Pass on").first.click()
    expert.get_by_role("dialog").get_by_label("Person").select_option("edu")
    expert.get_by_role("dialog").get_by_role("button", name="Pass on").click()
    expect(expert.locator(".item").first).to_contain_text("for Edu")
    expect(text.first).to_have_value("Wait")
    for asked in (first, second):
        house.desk.changed(
            house.kept.withdraw(asked.key, _reach("ana")), house.desk.seeing(_principal("ana"))
        )
    expect(expert.locator(".item")).to_have_count(0)
    expert.get_by_role("button", name="Go off duty").click()
    expect(expert.locator("#duty")).to_contain_text("Off duty")
    expert.get_by_role("button", name="Go on duty").click()
    expect(expert.locator("#duty")).to_contain_text("On duty")


def _principal(name: str) -> Any:
    from tests.integration.escalation_house import principal_of

    return principal_of(name)


def test_an_agent_withdraws_what_was_asked(
    house: EscalationHouse, open_in: Callable[..., Page]
) -> None:
    key = house.contact("lola", "¿cubre la funda?")
    agent = open_in("lola", f"/contact?lang=en#{key}")
    agent.locator("#tab-escalation").click()
    agent.locator("#escalation-question").fill("Does it cover the sleeve?")
    expect(agent.locator("#panel-escalation")).to_contain_text("Eva gets it.")
    agent.keyboard.press("F7")
    item = agent.locator("#panel-escalation .list > li")
    expect(item).to_contain_text("Waiting for Eva")
    item.get_by_role("button", name="Withdraw").click()
    expect(item).to_contain_text("Withdrawn")
    expect(item.get_by_role("button", name="Withdraw")).to_have_count(0)


def test_a_manager_makes_a_topic_and_its_people_see_it(
    house: EscalationHouse, open_in: Callable[..., Page]
) -> None:
    page = open_in("marta", "/queue?lang=en")
    page.locator("#topics").click()
    page.locator("#new-topic").click()
    dialog = page.get_by_role("dialog").last
    dialog.get_by_label("Name").fill("Pagos <b>")
    dialog.get_by_label("Words").fill("pago, tarjeta de crédito")
    people = dialog.get_by_label("On duty", exact=True)
    people.fill("ana")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("alert")).to_contain_text("'ana' cannot be on duty")
    people.fill("marta\npablo 67 9:00-18:00")
    dialog.get_by_role("button", name="Save").click()
    expect(page.locator(".topics li").last).to_contain_text("Pagos <b>")
    page.keyboard.press("Escape")
    expect(page.locator("#duty")).to_contain_text("Pagos <b>")
    made = next(one for one in house.topics.all(_reach("marta")) if one.name == "Pagos <b>")
    assert made.words == ("pago", "tarjeta de crédito")
    assert [vars(duty) for duty in made.duties] == [
        {"account": "marta", "days": "1234567", "start": None, "end": None},
        {"account": "pablo", "days": "67", "start": "09:00", "end": "18:00"},
    ]
    house.topics.remove(made.number, _reach("marta"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_stands_in_the_way_of_assistive_technology(
    house: EscalationHouse, open_in: Callable[..., Page], scheme: str
) -> None:
    (topic,) = house.topics.all(_reach("eva"))
    asked = house.ask(topic, question="¿cubre la funda?")
    page = open_in("eva", "/queue", color_scheme=scheme)
    expect(page.locator(".item")).to_have_count(1)
    assert serious(page) == []
    house.kept.withdraw(asked.key, _reach("ana"))
