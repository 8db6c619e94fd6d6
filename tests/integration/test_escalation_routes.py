"""Questions to the company over REST and WebSocket: what receivers see, how soon who is told."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.websockets import WebSocketDisconnect

from assistant.shell.contact.stream import SIGNED_OUT
from assistant.shell.escalations import bodies
from assistant.shell.escalations import clock as clock_module
from assistant.shell.escalations import stream as queue_stream
from assistant.shell.escalations.clock import Clock
from knowledge.audit import events as audit_events
from tests.integration.contact_house import BASE
from tests.integration.escalation_house import EscalationHouse

SAID = "soy Matilde Orejudo, mi pedido es el AL-20431 y mi móvil el 612 34 56 78"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[EscalationHouse]:
    monkeypatch.setattr(clock_module, "LOOK_EVERY_S", 0.05)
    monkeypatch.setattr(queue_stream, "CHECK_EVERY_S", 0.2)
    house = EscalationHouse(tmp_path)
    yield house
    house.close()


@pytest.fixture
def client(house: EscalationHouse) -> Iterator[TestClient]:
    with TestClient(house.app, base_url=BASE) as client:
        yield client


class Caller:
    """Somebody signed in who asks the application."""

    def __init__(self, house: EscalationHouse, client: TestClient, name: str) -> None:
        self.headers = house.house.signed_in(name) | {"accept-language": "es"}
        self._client = client

    def post(self, path: str, **body: Any) -> httpx.Response:
        address = f"/v1/escalations{path}"
        return self._client.post(address, json=body, headers=self.headers)  # type: ignore[return-value]

    def get(self, path: str = "") -> Any:
        reply = self._client.get(f"/v1/escalations{path}", headers=self.headers)
        assert reply.status_code == 200, reply.text
        return reply.json()

    def stream(self, path: str) -> Any:
        address = f"ws{BASE.removeprefix('http')}{path}"
        return self._client.websocket_connect(address, headers=self.headers)


@pytest.fixture
def people(house: EscalationHouse, client: TestClient) -> dict[str, Caller]:
    names = ("ana", "eva", "marta", "olga", "leo")
    return {name: Caller(house, client, name) for name in names}


def test_the_agent_sees_before_what_the_receiver_will_see(
    house: EscalationHouse, people: dict[str, Caller]
) -> None:
    house.topic("Garantías", "eva", words=("colchón",))
    house.topic("Pagos", "marta", words=("pago",))
    key = house.contact("ana", SAID)
    asking = {"question": f"¿Colchón roto? {SAID}", "contact": key, "sources": ["no.pdf"]}
    seen = people["ana"].post("/preview", **asking).json()
    expert = bodies.Preview.model_validate(seen)
    assert (expert.receiver, expert.topic and expert.topic.name) == ("Eva", "Garantías")
    assert (expert.masked, expert.turns, expert.sources) == (True, [], [])
    assert expert.question == "¿Colchón roto? soy •••, mi pedido es el ••• y mi móvil el •••"
    pay = next(one.number for one in expert.topics if one.name == "Pagos")
    seen = people["ana"].post("/preview", **asking, topic=pay).json()
    manager = bodies.Preview.model_validate(seen)
    assert manager.receiver == "Marta"
    assert [turn.text for turn in manager.turns] == [SAID]
    assert (manager.masked, manager.question) == (False, asking["question"])
    assert house.kept.all(house.desk.seeing(_principal(house, "ana")).reach) == []


def _principal(house: EscalationHouse, name: str) -> Any:
    from tests.integration.escalation_house import principal_of

    return principal_of(name)


def test_what_was_shown_before_is_what_the_receiver_gets(
    house: EscalationHouse, people: dict[str, Caller]
) -> None:
    house.topic("Garantías", "eva", fallback=True)
    asking = {"question": f"¿Y esto? {SAID}", "need": SAID, "contact": house.contact("ana", SAID)}
    before = people["ana"].post("/preview", **asking).json()
    asked = people["ana"].post("", **asking)
    assert asked.status_code == 201
    mine = bodies.EscalationOut.model_validate(asked.json())
    (got,) = people["eva"].get("/queue")["escalations"]
    theirs = bodies.EscalationOut.model_validate(got)
    told = ("question", "need", "sources", "turns", "masked")
    assert {name: got[name] for name in told} == {name: before[name] for name in told}
    assert mine.sent is not None
    assert mine.sent.model_dump() == {n: getattr(theirs, n) for n in told}
    assert (mine.question, mine.own, theirs.own, theirs.mine) == (
        asking["question"],
        True,
        False,
        True,
    )
    assert (theirs.contact, theirs.sent) == (None, None)
    assert "Matilde" not in json.dumps(got)


def test_reading_the_conversation_is_in_the_audit_trail(
    house: EscalationHouse, people: dict[str, Caller]
) -> None:
    house.topic("Garantías", "marta", fallback=True)
    key = house.contact("ana", SAID)
    people["ana"].post("", question="¿Y esto?", contact=key)
    (got,) = people["marta"].get("/queue")["escalations"]
    assert got["turns"] == [{"speaker": "customer", "text": SAID}]
    house.house.views.close()
    with house.store.read() as connection:
        viewed = [e for e in audit_events(connection, limit=100) if e.action == "contact.viewed"]
    assert [(one.actor, one.object) for one in viewed] == [("marta", f"contact:{key}")]


def test_the_answer_is_on_the_agents_stream_within_two_seconds(
    house: EscalationHouse, people: dict[str, Caller]
) -> None:
    house.topic("Garantías", "eva", fallback=True)
    mine, other = house.contact("ana", "hola"), house.contact("olga", "hola")
    with (
        people["ana"].stream(f"/v1/contacts/{mine}/events?after=1") as agent,
        people["olga"].stream(f"/v1/contacts/{other}/events?after=1") as stranger,
        people["eva"].stream("/v1/escalations/queue") as queue,
    ):
        assert queue.receive_json() == {"escalations": []}
        key = people["ana"].post("", question="¿Cubre la funda?", contact=mine).json()["key"]
        began = time.perf_counter()
        (waiting,) = queue.receive_json()["escalations"]
        assert (waiting["key"], waiting["question"]) == (key, "¿Cubre la funda?")
        assert agent.receive_json()["body"]["state"] == "waiting"
        assert people["eva"].post(f"/{key}/take").json()["state"] == "taken"
        assert agent.receive_json()["body"]["receiver"] == "Eva"
        answered = people["eva"].post(f"/{key}/answer", text="Sí, dos años.")
        assert answered.status_code == 200
        told = agent.receive_json()
        assert time.perf_counter() - began < 2
        assert (told["kind"], told["body"]["answer"]["text"]) == ("escalation", "Sí, dos años.")
        assert told["body"]["answer"]["role"] == "expert"
        while queue.receive_json()["escalations"]:
            pass
        house.house.contacts.end(other, _contacts(house, "olga"))
        assert stranger.receive_json()["kind"] == "ended"


def _contacts(house: EscalationHouse, name: str) -> Any:
    from knowledge.identity.access import contact_reach
    from tests.people import TREE

    return contact_reach(_principal(house, name), TREE)


def test_in_time_it_goes_on_and_both_queues_and_the_agent_hear_of_it(
    house: EscalationHouse, people: dict[str, Caller]
) -> None:
    house.topic("Garantías", "eva", "marta", fallback=True)
    key = house.contact("ana", "hola")
    with (
        closing(Clock(house.desk)),
        people["ana"].stream(f"/v1/contacts/{key}/events?after=1") as agent,
        people["marta"].stream("/v1/escalations/queue") as queue,
    ):
        queue.receive_json()
        people["ana"].post("", question="¿Cubre la funda?", contact=key)
        assert queue.receive_json()["escalations"][0]["mine"] is False
        assert agent.receive_json()["body"]["receiver"] == "Eva"
        house.later(3)
        assert agent.receive_json()["body"]["receiver"] == "Marta"
        assert queue.receive_json()["escalations"][0]["mine"] is True
        house.later(3)
        assert agent.receive_json()["body"]["state"] == "expired"
        assert queue.receive_json() == {"escalations": []}


def test_the_queue_is_for_those_who_answer_while_they_may(
    house: EscalationHouse, people: dict[str, Caller]
) -> None:
    with (
        pytest.raises(WebSocketDenialResponse) as denied,
        people["ana"].stream("/v1/escalations/queue"),
    ):
        pass
    assert denied.value.status_code == 403
    assert "no puede" in denied.value.text
    with people["eva"].stream("/v1/escalations/queue") as queue:
        queue.receive_json()
        house.people.accounts.disable("eva")
        with pytest.raises(WebSocketDisconnect) as left:
            queue.receive_json()
        assert left.value.code == SIGNED_OUT


def test_no_words_get_into_the_log(
    house: EscalationHouse, people: dict[str, Caller], caplog: pytest.LogCaptureFixture
) -> None:
    house.topic("Garantías", "eva", fallback=True)
    with caplog.at_level(logging.DEBUG):
        key = people["ana"].post("", question=SAID).json()["key"]
        people["ana"].post("", question=f"{SAID} " * 99)
        people["eva"].post(f"/{key}/answer", text=f"Dígale a Matilde: {SAID}")
        people["eva"].post(f"/{key}/answer", text=SAID)
    assert "Matilde" not in caplog.text


@pytest.mark.parametrize(
    ("path", "body", "status", "line"),
    [
        ("", {"question": " "}, 422, "falta escribir"),
        ("", {"question": "x" * 1_001}, 422, "caben 1000"),
        ("", {"question": "x", "topic": 999}, 404, "ningún tema 999"),
        ("", {"question": "x", "contact": "\x00"}, 404, "ningún contacto"),
        ("", {"question": "x", "audience": "meridiano"}, 403, "meridiano"),
        ("", {"question": "x", "phone": "612345678"}, 422, "phone"),
        ("/nada/withdraw", {}, 404, "ninguna consulta"),
        ("/%00/withdraw", {}, 404, "ninguna consulta"),
        ("/nada/take", {}, 403, "no puede"),
        ("/duty", {"on": False}, 403, "no puede"),
        ("/topics", {"name": "x", "audience": "levante"}, 403, "no puede"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(
    house: EscalationHouse,
    people: dict[str, Caller],
    path: str,
    body: dict[str, Any],
    status: int,
    line: str,
) -> None:
    house.topic("Garantías", "eva", fallback=True)
    reply = people["ana"].post(path, **body)
    assert (reply.status_code, reply.text.count("\n")) == (status, 1), reply.text
    assert line in reply.json()["error"]


def test_without_topics_the_agent_is_told_who_makes_them(people: dict[str, Caller]) -> None:
    reply = people["ana"].post("", question="¿Cubre la funda?")
    assert (reply.status_code, reply.json()["code"]) == (409, "topic-none")
    preview = people["ana"].post("/preview", question="¿Cubre la funda?").json()
    assert (preview["topic"], preview["receiver"]) == (None, None)


def test_topics_are_kept_over_rest(people: dict[str, Caller], client: TestClient) -> None:
    new = {
        "name": "Garantías",
        "audience": "levante",
        "words": ["garantía"],
        "owner": "leo",
        "duties": [{"account": "eva", "days": "12345", "start": "09:00", "end": "18:00"}],
    }
    made = bodies.TopicOut.model_validate(people["leo"].post("/topics", **new).json())
    assert [one["name"] for one in people["ana"].get("/topics")["topics"]] == ["Garantías"]
    assert people["olga"].get("/topics")["topics"] == []
    path = f"/v1/escalations/topics/{made.number}"
    changed = client.patch(path, json=new | {"fallback": True}, headers=people["leo"].headers)
    assert changed.json() == made.model_dump() | {"fallback": True}
    assert people["leo"].get("/people?audience=levante")["people"][0] == {
        "account": "edu",
        "name": "Edu",
    }
    assert client.delete(path, headers=people["leo"].headers).json() == {"topics": []}


def test_an_answer_becomes_a_draft_card_in_the_name_of_who_gave_it(
    house: EscalationHouse, people: dict[str, Caller]
) -> None:
    house.topic("Garantías", "eva", fallback=True)
    key = people["ana"].post("", question=f"¿Cubre la funda? {SAID}").json()["key"]
    assert people["eva"].post(f"/{key}/card").status_code == 409
    people["eva"].post(f"/{key}/answer", text="Sí, dos años. Llámela al 612 34 56 78.")
    assert people["ana"].post(f"/{key}/card").status_code == 403
    made = people["eva"].post(f"/{key}/card")
    assert made.status_code == 202, made.text
    again = people["marta"].post(f"/{key}/card")
    assert (again.status_code, again.json()["code"]) == (409, "escalation-card")
    (job,) = house.house.office.jobs.latest(10)
    assert (job.actor, job.audience, job.kind) == ("eva", "levante", "card")
    assert (
        job.wanted["question"] == "¿Cubre la funda? soy •••, mi pedido es el ••• y mi móvil el •••"
    )
    assert job.wanted["answer"] == "Sí, dos años. Llámela al •••."
    assert people["ana"].get(f"/{key}")["card"] == job.wanted["name"]
