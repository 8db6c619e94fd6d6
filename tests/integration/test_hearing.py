"""What customers say is heard beside the request: the newest turn, once, for those who may read."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.contact.heard import AskBack, Heard, Need, Suggestion
from assistant.models import Answer, Citation, Statement, Turn
from assistant.shell.contact.hearing import Hearing
from knowledge.audit import events as audit_events
from knowledge.models import Viewer
from knowledge.themes.need_rows import NeedHeard
from tests.integration.contact_house import BASE, ContactHouse, contact_app
from tests.integration.test_contact_routes import opened, send, turn
from tests.people import TREE


class ScriptedListener:
    """Stands where `Listener` does: suggests the last turn; may be held back."""

    def __init__(self) -> None:
        self.heard: list[tuple[list[str], Viewer]] = []
        self.free = threading.Event()
        self.free.set()

    def hear(self, turns: Sequence[Turn], viewer: Viewer) -> Heard:
        self.heard.append(([one.text for one in turns], viewer))
        assert self.free.wait(10)
        said = turns[-1].text
        if said == "avería":
            raise RuntimeError("Matilde")
        citation = Citation("a.md", "A", None, None, (), said, 0, len(said), "es")
        suggestion = Suggestion(said, Statement(said, (citation,)), said, 0.9)
        needed = said.startswith("¿")
        need = Need(needed, 0.9, said, frozenset({said}), (), "es")
        asked = AskBack("delivery_date", "¿En qué fecha lo recibió?")
        return Heard(need, None, (suggestion,) if needed else (), asked if needed else None, {})

    def reads(self, citation: Citation, viewer: Viewer) -> bool:
        return "Levante" not in citation.quote or "levante" in viewer.audiences


@pytest.fixture
def listener() -> ScriptedListener:
    return ScriptedListener()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[ContactHouse]:
    house = ContactHouse(tmp_path)
    yield house
    house.close()


@pytest.fixture
def client(house: ContactHouse, listener: ScriptedListener) -> Iterator[TestClient]:
    hearing = Hearing(listener, house.contacts, house.office.access.tree)  # type: ignore[arg-type]
    with TestClient(contact_app(house.office, hearing), base_url=BASE) as client:
        yield client
    listener.free.set()
    hearing.close()


def until(met: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not met() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert met()


def suggested(client: TestClient, headers: dict[str, str], key: str) -> list[dict[str, Any]]:
    told = client.get(f"/v1/contacts/{key}/events", headers=headers).json()["events"]
    return [one["body"] for one in told if one["kind"] == "suggestions"]


def test_what_is_suggested_comes_on_the_stream_after_the_turn(
    house: ContactHouse, client: TestClient, listener: ScriptedListener
) -> None:
    key, ana = house.open("ana", "1"), house.signed_in("ana")
    with opened(client, f"/v1/contacts/{key}/events", headers=ana) as socket:
        send(client, house.channel, key, turn("u1", "¿pla", final=False))
        send(client, house.channel, key, turn("u1", "¿plazo?"))
        kinds, told = [], {}
        while "suggestions" not in kinds:
            told = socket.receive_json()
            kinds.append(told["kind"])
    body = told["body"]
    assert [one["statement"]["text"] for one in body["suggestions"]] == ["¿plazo?"]
    assert body["ask_back"]["question"] == "¿En qué fecha lo recibió?"
    assert 0 < body["ms"] < 20_000
    assert "audiences" not in body
    ((turns, viewer),) = listener.heard
    assert turns == ["¿plazo?"]
    assert (viewer.name, viewer.audiences) == ("ana", TREE.above("levante"))


def test_whoever_takes_a_contact_is_told_what_they_may_read_of_what_was_suggested(
    house: ContactHouse, client: TestClient, listener: ScriptedListener
) -> None:
    key, olga = house.open("ana", "1"), house.signed_in("olga")
    for number, text in enumerate(("¿plazo?", "¿solo Levante?", "gracias")):
        send(client, house.channel, key, turn(f"u{number}", text))
        until(lambda number=number: len(listener.heard) > number)  # type: ignore[misc]
    until(lambda: len(suggested(client, house.channel, key)[0]["suggestions"]) == 2)
    path = f"/v1/contacts/{key}"
    ana = house.signed_in("ana")
    client.post(f"{path}/transfer", json={"audience": "meridiano"}, headers=ana)
    assert client.post(f"{path}/accept", headers=olga).status_code == 200
    until(lambda: bool(suggested(client, olga, key)))
    (body,) = suggested(client, olga, key)
    assert [one["statement"]["text"] for one in body["suggestions"]] == ["¿plazo?"]
    assert listener.heard[-1][1].name == "olga"


def test_only_what_the_customer_has_said_to_the_end_is_heard(
    house: ContactHouse, client: TestClient, listener: ScriptedListener
) -> None:
    key = house.open("ana", "1")
    send(client, house.channel, key, turn("u1", "¿pla", final=False))
    send(client, house.channel, key, turn("u2", "¿sí?", speaker="agent"))
    send(client, house.channel, key, turn("u3", "gracias"))
    send(client, house.channel, key, turn("u3", "gracias"))
    until(lambda: len(listener.heard) == 1)
    assert listener.heard[0][0] == ["¿sí?", "gracias"]
    time.sleep(0.1)
    assert len(listener.heard) == 1
    assert suggested(client, house.channel, key) == []


def test_turns_that_come_while_one_is_heard_are_heard_together_and_no_request_waits(
    house: ContactHouse, client: TestClient, listener: ScriptedListener
) -> None:
    one, other = house.open("ana", "1"), house.open("lola", "2")
    listener.free.clear()
    for number in range(5):
        send(client, house.channel, one, turn(f"u{number}", f"¿{number}?"))
        until(lambda: bool(listener.heard))
    send(client, house.channel, other, turn("u0", "¿otra?"))
    until(lambda: len(listener.heard) == 2)
    listener.free.set()
    until(lambda: len(listener.heard) == 3)
    until(lambda: len(suggested(client, house.channel, one)[0]["suggestions"]) == 2)
    assert [turns[-1] for turns, _ in listener.heard] == ["¿0?", "¿otra?", "¿4?"]
    (body,) = suggested(client, house.channel, other)
    assert [s["statement"]["text"] for s in body["suggestions"]] == ["¿otra?"]


def test_what_can_wait_waits_until_nothing_is_heard_or_for_so_long(
    house: ContactHouse, listener: ScriptedListener
) -> None:
    hearing = Hearing(listener, house.contacts, house.office.access.tree)  # type: ignore[arg-type]
    told: list[str] = []
    with (
        closing(hearing),
        TestClient(contact_app(house.office, hearing), base_url=BASE) as client,
    ):
        hearing.wait_until_idle(60)  # at once
        listener.free.clear()
        key = house.open("ana", "1")
        send(client, house.channel, key, turn("u1", "¿plazo?"))
        until(lambda: bool(listener.heard))
        hearing.wait_until_idle(0.01)

        def wait() -> None:
            hearing.wait_until_idle(60)
            told.append("idle")

        waiting = threading.Thread(target=wait)
        waiting.start()
        assert told == []
        listener.free.set()
        waiting.join(20)
        assert told == ["idle"]
        assert len(suggested(client, house.channel, key)) == 1


def test_suggestions_are_for_those_who_may_read_what_the_agent_reads(
    house: ContactHouse, client: TestClient
) -> None:
    from knowledge.identity.access import Grant

    narrow = house.people.accounts.add_key("chat", Grant("channel", "levante"), TREE)
    chat = {"authorization": f"Bearer {narrow}"}
    opening = {"channel": "chat", "reference": "1", "agent": "marta", "audience": "levante"}
    key = client.post("/v1/contacts", json=opening, headers=chat).json()["key"]
    send(client, chat, key, turn("u1", "¿plazo?"))
    until(lambda: len(suggested(client, house.signed_in("marta"), key)) == 1)
    for headers in (chat, house.signed_in("leo")):
        assert suggested(client, headers, key) == []
        told = client.get(f"/v1/contacts/{key}/events", headers=headers).json()["events"]
        assert [one["kind"] for one in told] == ["turn"]


def test_a_contact_that_cannot_be_heard_keeps_no_other_from_being_heard(
    house: ContactHouse,
    client: TestClient,
    listener: ScriptedListener,
    caplog: pytest.LogCaptureFixture,
) -> None:
    key = house.open("ana", "1")
    for number in range(3):
        send(client, house.channel, key, turn(f"u{number}", "avería"))
        until(lambda number=number: len(listener.heard) > number)  # type: ignore[misc]
    send(client, house.channel, key, turn("u9", "¿plazo?"))
    until(lambda: len(suggested(client, house.channel, key)) == 1)
    assert f"contact {key} could not be heard: RuntimeError" in caplog.text
    assert "Matilde" not in caplog.text


def test_what_was_suggested_is_in_the_trail_and_its_words_go_with_the_contact_s(
    house: ContactHouse, client: TestClient
) -> None:
    key = house.open("ana", "1")
    send(client, house.channel, key, turn("u1", "¿plazo?"))
    until(lambda: len(suggested(client, house.channel, key)) == 1)
    with house.store.read() as connection:
        (entry,) = audit_events(connection, limit=100, action="answer.shown")
    assert (entry.actor, entry.object) == ("ana", f"contact:{key}")
    from knowledge.identity.access import LOCAL, contact_reach

    house.contacts.erase(key, contact_reach(LOCAL, house.office.access.tree()), "leo")
    (body,) = suggested(client, house.signed_in("leo"), key)
    assert body == {}


def test_what_is_needed_is_noted_with_the_turn_and_what_answers_it(
    house: ContactHouse,
) -> None:
    """By a listener that answers; thanks are no need."""
    noted: list[NeedHeard] = []
    citation = Citation("a.md", "A", None, None, (), "Roto", 0, 4, "es", version=3)
    answer = Answer("", "", "partly", (Statement("Roto", (citation,)),), (), 0.6, "es", {})

    class Answering(ScriptedListener):
        def hear(self, turns: Sequence[Turn], viewer: Viewer) -> Heard:
            found = super().hear(turns, viewer)
            return replace(found, answer=answer if found.need.needed else None)

    hearing = Hearing(
        Answering(),  # type: ignore[arg-type]
        house.contacts,
        house.office.access.tree,
        note=noted.append,
    )
    with TestClient(contact_app(house.office, hearing), base_url=BASE) as mine:
        key = house.open("ana", "r-1")
        send(mine, house.channel, key, turn("1", "¿El colchón llegó roto?"))
        until(lambda: len(noted) == 1)
        send(mine, house.channel, key, turn("2", "gracias"))
    hearing.close()
    (need,) = noted
    assert (need.contact, need.turn, need.text) == (key, 1, "¿El colchón llegó roto?")
    assert (need.verdict, need.cited, need.language) == ("partly", (("a.md", 3),), "es")
