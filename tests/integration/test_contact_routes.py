"""Contacts over REST and WebSocket: what is refused and how, who listens, and when it ends."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.websockets import WebSocketDisconnect

from assistant.shell.contact import bodies, hub, stream
from knowledge.audit import events as audit_events
from tests.integration.contact_house import BASE, ContactHouse

SECRET = "soy Matilde Orejudo y el colchón llegó roto"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ContactHouse]:
    monkeypatch.setattr(stream, "CHECK_EVERY_S", 0.1)
    house = ContactHouse(tmp_path)
    yield house
    house.close()


@pytest.fixture
def client(house: ContactHouse) -> Iterator[TestClient]:
    with TestClient(house.app, base_url=BASE) as client:
        yield client


def turn(utterance: str, text: str = SECRET, **more: Any) -> dict[str, Any]:
    return {"utterance": utterance, "speaker": "customer", "text": text, **more}


def send(
    client: TestClient, headers: dict[str, str], key: str, *turns: dict[str, Any]
) -> httpx.Response:
    """Answered as ``POST /v1/contacts/{key}/turns``."""
    body = {"turns": list(turns)}
    return client.post(f"/v1/contacts/{key}/turns", json=body, headers=headers)  # type: ignore[return-value]


def opened(client: TestClient, path: str, headers: dict[str, str]) -> Any:
    """A WebSocket of the contact's stream."""
    return client.websocket_connect(f"ws{BASE.removeprefix('http')}{path}", headers=headers)


def refused(client: TestClient, path: str, headers: dict[str, str]) -> tuple[int, str]:
    """Status and line of a WebSocket that is not opened."""
    with (
        pytest.raises(WebSocketDenialResponse) as denied,
        opened(client, path, headers=headers),
    ):
        pass
    return denied.value.status_code, denied.value.text


def closed(socket: Any) -> int:
    """The code that a stream closes with, after what it still tells."""
    try:
        while True:
            socket.receive_json()
    except WebSocketDisconnect as left:
        return left.code


def test_a_contact_is_opened_added_to_shown_and_ended(
    house: ContactHouse, client: TestClient
) -> None:
    opening = {"channel": "call", "reference": "llamada-1", "agent": "ana"}
    made = client.post("/v1/contacts", json=opening, headers=house.channel)
    again = client.post("/v1/contacts", json=opening, headers=house.channel)
    assert (made.status_code, again.status_code) == (201, 200)
    assert made.json() == again.json()
    key = bodies.ContactOut.model_validate(made.json()).key
    reply = send(client, house.channel, key, turn("u1", at="2026-03-02T11:00:00+01:00"))
    (added,) = bodies.AddedList.model_validate(reply.json()).acknowledged
    assert (added.number, added.outcome, added.event) == (1, "added", 1)
    ana = house.signed_in("ana")
    shown = client.get(f"/v1/contacts/{key}", headers=ana).json()
    assert bodies.Conversation.model_validate(shown).turns[0].text == SECRET
    assert shown["turns"][0]["at"].startswith("2026-03-02T10:00:00")
    listed = client.get("/v1/contacts?state=open&mine=true", headers=ana).json()
    assert [one.key for one in bodies.ContactList.model_validate(listed).contacts] == [key]
    assert client.post(f"/v1/contacts/{key}/end", headers=ana).json()["state"] == "ended"
    assert client.get("/v1/contacts?state=open", headers=ana).json() == {"contacts": []}
    told = client.get(f"/v1/contacts/{key}/events", headers=ana).json()
    assert [one.kind for one in bodies.EventList.model_validate(told).events] == ["turn", "ended"]


def test_an_agent_types_into_a_contact_of_their_own(
    house: ContactHouse, client: TestClient
) -> None:
    ana, lola = house.signed_in("ana"), house.signed_in("lola")
    opening = {"channel": "chat", "reference": "pegado-1"}
    key = client.post("/v1/contacts", json=opening, headers=ana).json()["key"]
    assert send(client, ana, key, turn("1")).status_code == 200
    assert send(client, lola, key, turn("2")).status_code == 404
    opening["agent"] = "lola"
    assert client.post("/v1/contacts", json=opening, headers=ana).status_code == 409
    opening["reference"] = "otra"
    assert client.post("/v1/contacts", json=opening, headers=ana).status_code == 403


@pytest.mark.parametrize(
    ("sent", "status", "line"),
    [
        (turn("u1", "x" * 8_001), 422, "tiene 8001 caracteres y caben 8000"),
        (turn("u1", " "), 422, "no tiene texto"),
        (turn("", "hola"), 422, "«utterance» tiene 0 caracteres"),
        (turn("u1", "hola", speaker="robot"), 422, "elija"),
        (turn("u1", "hola", at="2026-03-02T11:00:00"), 422, "turns.0.at"),
    ],
)
def test_what_cannot_be_kept_is_told_in_one_line(
    house: ContactHouse, client: TestClient, sent: dict[str, Any], status: int, line: str
) -> None:
    key = house.open("ana", "1")
    reply = send(client, house.channel | {"accept-language": "es"}, key, sent)
    assert (reply.status_code, reply.text.count("\n")) == (status, 1)
    assert line in reply.json()["error"]
    with opened(client, f"/v1/contacts/{key}/events", headers=house.channel) as socket:
        socket.send_json({"turns": [sent]})
        told = socket.receive_json()
        assert told["code"] == reply.json()["code"]
        socket.send_text("[")
        assert "error" in socket.receive_json()
        socket.send_json({"turns": [turn("u2", "sigue abierto")]})
        assert socket.receive_json()


def test_no_words_of_customers_get_into_the_log(
    house: ContactHouse, client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    key = house.open("ana", "1")
    with caplog.at_level(logging.DEBUG):
        send(client, house.channel, key, turn("u1"), turn("u2", "", at="Matilde"))
        send(client, house.channel, key, turn("u1"))
        with opened(client, f"/v1/contacts/{key}/events", headers=house.channel) as socket:
            socket.send_json({"turns": [turn("u3"), turn("u4", "Matilde " * 2_000)]})
            socket.send_json({"turns": [turn("u3")]})
            while socket.receive_json().get("event") != 2:
                pass
    assert caplog.records
    assert "Matilde" not in caplog.text


# The stream


def test_a_stream_goes_on_after_the_last_event_that_was_seen(
    house: ContactHouse, client: TestClient
) -> None:
    key, ana = house.open("ana", "1"), house.signed_in("ana")
    path = f"/v1/contacts/{key}/events"
    with opened(client, path, headers=ana) as socket:
        send(client, house.channel, key, turn("u1", "uno"))
        assert socket.receive_json()["turn"]["text"] == "uno"
    send(client, house.channel, key, turn("u2", "do", final=False))
    send(client, house.channel, key, turn("u2", "dos"), turn("u1", "¡uno!"))
    with opened(client, f"{path}?after=1", headers=ana) as socket:
        told = [bodies.EventOut.model_validate(socket.receive_json()) for _ in range(2)]
        assert [(one.event, one.turn.text) for one in told if one.turn] == [
            (3, "dos"),
            (4, "¡uno!"),
        ]
        assert told[1].turn is not None
        assert told[1].turn.earlier == ["uno"]
        client.post(f"/v1/contacts/{key}/end", headers=house.channel)
        assert socket.receive_json()["kind"] == "ended"
        assert closed(socket) == stream.ENDED
    with opened(client, f"{path}?after=5", headers=ana) as socket:
        assert closed(socket) == stream.ENDED


def test_what_another_process_writes_is_told_too(house: ContactHouse, client: TestClient) -> None:
    key = house.open("ana", "1")
    headers = house.signed_in("ana")
    with opened(client, f"/v1/contacts/{key}/events", headers=headers) as socket:
        reach = house.office.access.doors.key(house.people.channel)
        assert reach is not None
        from knowledge.contacts.models import NewTurn
        from knowledge.identity.access import contact_reach

        of_program = contact_reach(reach, house.office.access.tree())
        house.contacts.add(key, [NewTurn("u1", "customer", "desde fuera")], of_program)
        assert socket.receive_json()["turn"]["text"] == "desde fuera"


def test_a_stream_is_opened_by_the_own_page_or_with_a_key(
    house: ContactHouse, client: TestClient
) -> None:
    key, ana = house.open("ana", "1"), house.signed_in("ana")
    path = f"/v1/contacts/{key}/events"
    cookie = {"cookie": ana["cookie"]}
    assert refused(client, path, cookie)[0] == 403
    for origin in ("https://evil.example", "null", "http://127.0.0.1:1"):
        assert refused(client, path, cookie | {"origin": origin})[0] == 403
    assert refused(client, path, house.channel | {"origin": "https://evil.example"})[0] == 403
    assert refused(client, path, {"origin": BASE})[0] == 401
    assert refused(client, path, {"authorization": "Bearer voz_no"})[0] == 401
    assert refused(client, path, ana | {"host": "evil.example"})[0] == 421
    assert refused(client, "/v1/ask", ana)[0] == 404
    assert refused(client, "/gradio_api/queue/join", ana)[0] == 404
    with opened(client, path, headers=ana):
        pass


def test_who_may_not_see_a_contact_opens_no_stream_of_it(
    house: ContactHouse, client: TestClient
) -> None:
    path = f"/v1/contacts/{house.open('ana', '1')}/events"
    missing = "/v1/contacts/0123456789abcdef01234567/events"
    for name in ("olga", "lola", "mar", "pablo", "adela"):
        headers = house.signed_in(name)
        hidden, unknown = (refused(client, one, headers) for one in (path, missing))
        assert (hidden[0], unknown[0]) == (404, 404), name
    assert refused(client, path, {"authorization": f"Bearer {house.people.key}"})[0] == 404
    for name in ("ana", "leo", "marta", "quim"):
        with opened(client, path, headers=house.signed_in(name)):
            pass


@pytest.mark.parametrize("after", ["-1", "x", "9" * 12, "١"])
def test_an_event_that_is_no_number_is_refused(
    house: ContactHouse, client: TestClient, after: str
) -> None:
    path = f"/v1/contacts/{house.open('ana', '1')}/events?after={after}"
    status, line = refused(client, path, house.channel)
    assert status == 422
    assert json.loads(line)["code"] == "field-no-number"
    ahead = path.replace(f"after={after}", "after=7")
    assert json.loads(refused(client, ahead, house.channel)[1])["code"] == "contact-no-event"


def test_a_stream_ends_when_the_session_ends(house: ContactHouse, client: TestClient) -> None:
    key, ana = house.open("ana", "1"), house.signed_in("ana")
    with opened(client, f"/v1/contacts/{key}/events", headers=ana) as socket:
        house.people.doors.sign_out(ana["cookie"].partition("=")[2])
        assert closed(socket) == stream.SIGNED_OUT
    with opened(client, f"/v1/contacts/{key}/events", headers=house.channel) as socket:
        house.people.accounts.revoke_key("centralita")
        assert closed(socket) == stream.SIGNED_OUT


def test_nothing_is_told_after_the_session_has_ended(
    house: ContactHouse, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "CHECK_EVERY_S", 60)
    key, ana = house.open("ana", "1"), house.signed_in("ana")
    with opened(client, f"/v1/contacts/{key}/events", headers=ana) as socket:
        send(client, house.channel, key, turn("u1", "uno"))
        assert socket.receive_json()["event"] == 1
        house.people.doors.sign_out(ana["cookie"].partition("=")[2])
        send(client, house.channel, key, turn("u2", "dos"))
        with pytest.raises(WebSocketDisconnect) as left:
            socket.receive_json()
        assert left.value.code == stream.SIGNED_OUT


def test_a_stream_ends_with_the_right_to_see(house: ContactHouse, client: TestClient) -> None:
    from knowledge.identity.access import Grant

    path = f"/v1/contacts/{house.open('ana', '1')}/events"
    with opened(client, path, headers=house.signed_in("leo")) as socket:
        house.people.accounts.revoke("leo", Grant("manager", "levante"))
        assert closed(socket) == stream.GONE


def test_listening_keeps_no_idle_session_open(house: ContactHouse, client: TestClient) -> None:
    key, ana = house.open("ana", "1"), house.signed_in("ana")
    doors = house.people.doors
    began = doors._now()
    with opened(client, f"/v1/contacts/{key}/events", headers=ana) as socket:
        doors._now = lambda: began + doors._idle * 0.9
        time.sleep(0.3)
        doors._now = lambda: began + doors._idle * 1.1
        assert closed(socket) == stream.SIGNED_OUT


def test_an_account_follows_so_many_contacts_at_once(
    house: ContactHouse, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "MAX_OF_PERSON", 2)
    path = f"/v1/contacts/{house.open('ana', '1')}/events"
    ana = house.signed_in("ana") | {"accept-language": "es"}
    with (
        opened(client, path, headers=ana),
        opened(client, path, headers=ana),
        opened(client, path, headers=house.signed_in("leo")),
    ):
        status, line = refused(client, path, ana)
        assert status == 429
        assert "ana ya sigue contactos con 2 conexiones" in line
    with opened(client, path, headers=ana):
        pass


def test_who_reads_a_contact_is_entered_once_but_not_who_brought_it_in(
    house: ContactHouse, client: TestClient
) -> None:
    key = house.open("ana", "1")
    leo, path = house.signed_in("leo"), f"/v1/contacts/{key}"
    for headers in (leo, house.channel, house.signed_in("ana")):
        client.get(path, headers=headers)
        client.get(f"{path}/events", headers=headers)
        with opened(client, f"{path}/events", headers=headers):
            pass
    client.get(path, headers=house.signed_in("mar"))
    client.get("/v1/contacts", headers=leo)
    house.views.close()
    with house.store.read() as connection:
        trail = audit_events(connection, limit=1_000, action="contact.viewed")
    assert [(one.actor, one.object) for one in trail] == [
        ("leo", f"contact:{key}"),
        ("ana", f"contact:{key}"),
    ]
