"""What a chat model composes in contacts and for programs: beside, once, and given up in time."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.chat.customer import CustomerFacts
from assistant.contact.heard import Heard
from assistant.customers.models import Customer, Order
from assistant.customers.service import Customers
from assistant.models import Answer, Composed, LeftOut, Statement, Turn
from assistant.shell.api import add_api, composed_or_gone
from assistant.shell.case_answers import CaseAnswers
from assistant.shell.contact.hearing import Hearing
from assistant.shell.contact.wording import Wording
from assistant.shell.customers.desk import CustomerDesk
from assistant.shell.gate import Gate
from assistant.shell.manage.refusals import add_refusals
from knowledge.models import Language, Viewer
from tests.integration.contact_house import BASE, ContactHouse, contact_app
from tests.integration.test_contact_routes import send, turn
from tests.integration.test_hearing import ScriptedListener, suggested, until

WHO = Customer("C-1", "Carmen Robledo", orders=(Order("ALM-26-0000001"),))


class ScriptedComposer:
    """Composes when the test says so; remembers what it was asked."""

    name = "casa-7b"

    def __init__(self) -> None:
        self.asked: list[tuple[str, Future[Composed]]] = []
        self.given: list[tuple[Sequence[Statement], Sequence[Turn], CustomerFacts]] = []

    def start(
        self,
        question: str,
        sources: Callable[[], Sequence[Statement]],
        history: Sequence[Turn],
        language: Language,
        voice: Sequence[str] = (),
        customer: Callable[[], CustomerFacts] = CustomerFacts,
    ) -> Future[Composed]:
        future: Future[Composed] = Future()
        self.given.append((sources(), history, customer()))
        self.asked.append((question, future))
        return future

    def done(self, place: int, text: str = "En palabras de la casa.") -> None:
        passages, _, _ = self.given[place]
        statements = (Statement(text, passages[0].citations, text),)
        self.asked[place][1].set_result(
            Composed(self.name, "compose.es/2", statements, LeftOut(uncited=2))
        )


class AnsweringListener(ScriptedListener):
    """Also says what was answered."""

    def hear(self, turns: Sequence[Turn], viewer: Viewer) -> Heard:
        heard = super().hear(turns, viewer)
        if not heard.need.needed:
            return heard
        said = tuple(one.statement for one in heard.suggestions)
        answer = Answer(heard.need.asked, "", "answered", said, (), 0.9, "es", {})
        evidence: Any = answer
        return Heard(heard.need, answer, heard.suggestions, None, {}, None, evidence)


class Directory:
    configured = True

    def customer(self, key: str) -> Customer | None:
        return WHO if key == WHO.key else None

    def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[ContactHouse]:
    house = ContactHouse(tmp_path)
    yield house
    house.close()


@pytest.fixture
def composer() -> ScriptedComposer:
    return ScriptedComposer()


@pytest.fixture
def client(house: ContactHouse, composer: ScriptedComposer) -> Iterator[TestClient]:
    listener, tree = AnsweringListener(), house.office.access.tree
    assistant: Any = SimpleNamespace(sources=lambda answer, evidence, viewer: answer.statements)
    desk = CustomerDesk(Customers(Directory()), house.office.access, None)  # type: ignore[arg-type]
    wording = Wording(composer, assistant, house.contacts, tree, desk)  # type: ignore[arg-type]
    hearing = Hearing(listener, house.contacts, tree, wording=wording)  # type: ignore[arg-type]
    with TestClient(contact_app(house.office, hearing), base_url=BASE) as client:
        yield client
    hearing.close()
    wording.close()


def composed(client: TestClient, house: ContactHouse, key: str) -> dict[str, Any] | None:
    bodies = suggested(client, house.channel, key)
    found: dict[str, Any] | None = bodies[0]["composed"] if bodies else None
    return found


def test_quotations_are_told_first_and_what_is_composed_follows(
    house: ContactHouse, client: TestClient, composer: ScriptedComposer
) -> None:
    key = house.open("ana", "1")
    send(client, house.channel, key, turn("u1", "¿plazo?"))
    until(lambda: len(composer.asked) == 1)
    (body,) = suggested(client, house.channel, key)
    assert (len(body["suggestions"]), body["composed"]) == (1, None)
    composer.done(0)
    until(lambda: composed(client, house, key) is not None)
    told = composed(client, house, key)
    assert told is not None
    assert [one["text"] for one in told["statements"]] == ["En palabras de la casa."]
    assert (told["model"], told["left_out"]["uncited"]) == ("casa-7b", 2)
    assert suggested(client, house.channel, key)[0]["suggestions"] == body["suggestions"]


def test_the_next_need_gives_up_the_one_before_and_a_greeting_does_not(
    house: ContactHouse, client: TestClient, composer: ScriptedComposer
) -> None:
    key = house.open("ana", "1")
    send(client, house.channel, key, turn("u1", "¿plazo?"))
    until(lambda: len(composer.asked) == 1)
    send(client, house.channel, key, turn("u2", "un momento"))
    time.sleep(0.1)
    assert not composer.asked[0][1].cancelled()
    composer.done(0)
    until(lambda: composed(client, house, key) is not None)
    send(client, house.channel, key, turn("u3", "¿precio?"))
    until(lambda: len(composer.asked) == 2)
    assert composed(client, house, key) is None
    send(client, house.channel, key, turn("u4", "¿color?"))
    until(lambda: composer.asked[1][1].cancelled())


def test_a_contact_that_ends_or_is_not_listened_to_is_not_composed_for(
    house: ContactHouse, client: TestClient, composer: ScriptedComposer
) -> None:
    ended, off, ana = house.open("ana", "1"), house.open("ana", "2"), house.signed_in("ana")
    for key in (ended, off):
        send(client, house.channel, key, turn("u1", "¿plazo?"))
    until(lambda: len(composer.asked) == 2)
    client.post(f"/v1/contacts/{ended}/end", headers=house.channel)
    path = f"/v1/contacts/{off}/suggestions/listening"
    assert client.post(path, json={"listening": False}, headers=ana).status_code == 200
    assert all(future.cancelled() for _, future in composer.asked)


def test_the_model_is_told_of_the_linked_customer_what_the_agent_may_see(
    house: ContactHouse, client: TestClient, composer: ScriptedComposer
) -> None:
    key, other = house.open("ana", "1"), house.open("ana", "2")
    principal = house.contacts.agent(key)
    assert principal is not None
    from knowledge.identity.access import contact_reach
    from tests.people import TREE

    house.contacts.links.link(key, WHO.key, contact_reach(principal, TREE))
    send(client, house.channel, key, turn("u1", "¿plazo?"))
    until(lambda: len(composer.asked) == 1)
    send(client, house.channel, other, turn("u1", "¿plazo?"))
    until(lambda: len(composer.asked) == 2)
    _, turns, facts = composer.given[0]
    assert [one.text for one in turns] == ["¿plazo?"]
    assert facts.text == "Nombre: NOMBRE-DEL-CLIENTE.\nPEDIDO-1."
    assert composer.given[1][2].text == ""


class AnsweringAssistant:
    def ask_with_evidence(
        self, question: str, viewer: Viewer, history: Sequence[Turn] = ()
    ) -> tuple[Answer, None]:
        heard = AnsweringListener().hear([Turn("customer", question)], viewer)
        assert heard.answer is not None
        return heard.answer, None

    def ask(self, question: str, viewer: Viewer, history: Sequence[Turn] = ()) -> Answer:
        return self.ask_with_evidence(question, viewer, history)[0]

    def sources(self, answer: Answer, evidence: None, viewer: Viewer) -> tuple[Statement, ...]:
        return answer.statements


@pytest.fixture
def programs(house: ContactHouse, composer: ScriptedComposer) -> Iterator[TestClient]:
    app = FastAPI()
    add_refusals(app)
    cases = CaseAnswers(house.office.settings)
    voice: Any = None  # no channel is asked for
    add_api(app, AnsweringAssistant(), house.office.access, cases, voice, composer)  # type: ignore[arg-type]
    app.add_middleware(Gate, access=house.office.access, language="es")
    headers = {"authorization": f"Bearer {house.people.key}"}
    with TestClient(app, base_url=BASE, headers=headers) as client:
        yield client


def test_a_program_waits_for_what_is_composed_only_where_it_asks_for_it(
    programs: TestClient, composer: ScriptedComposer
) -> None:
    plain = programs.post("/v1/ask", json={"question": "¿plazo?"}).json()
    assert (plain["composed"], composer.asked) == (None, [])

    def finish() -> None:
        until(lambda: bool(composer.asked))
        composer.done(0)

    finishing = threading.Thread(target=finish)
    finishing.start()
    worded = programs.post("/v1/ask", json={"question": "¿plazo?", "compose": True}).json()
    finishing.join()
    assert worded["statements"] == plain["statements"]
    assert worded["composed"]["statements"][0]["text"] == "En palabras de la casa."


def test_an_answer_for_a_case_is_quoted_and_says_so(programs: TestClient) -> None:
    asked = {"question": "¿plazo?", "compose": True, "case": {"channel": "web"}}
    refused = programs.post("/v1/ask", json=asked)
    assert (refused.status_code, refused.json()["code"]) == (422, "compose-case")


def test_whoever_stops_waiting_is_not_composed_for() -> None:
    async def gone() -> bool:
        return True

    composition: Future[Composed] = Future()
    request: Any = SimpleNamespace(is_disconnected=gone)
    with ThreadPoolExecutor(1) as own:  # browser tests leave a loop running in this thread
        own.submit(lambda: asyncio.run(composed_or_gone(request, composition))).result(timeout=5)
    assert composition.cancelled()
