"""What agents do with suggestions is kept with the contact: told, over a restart, theirs alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.contact.heard import Heard
from assistant.shell.contact.hearing import Hearing
from tests.integration.contact_house import BASE, ContactHouse, contact_app
from tests.integration.test_contact_routes import opened, send, turn
from tests.integration.test_hearing import ScriptedListener, suggested, until


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ContactHouse]:
    house = ContactHouse(tmp_path_factory.mktemp("house"))
    yield house
    house.close()


@pytest.fixture(scope="module")
def listener() -> ScriptedListener:
    return ScriptedListener()


class RecordedSteps:
    """Stands where `Following` does: knows what was looked at, heard or not."""

    def __init__(self) -> None:
        self.unheard: list[str] = []

    def said(self, key: str, tell: Callable[[str], None], heard: Heard | None = None) -> None:
        if heard is None:
            self.unheard.append(key)


@pytest.fixture(scope="module")
def steps() -> RecordedSteps:
    return RecordedSteps()


@pytest.fixture(scope="module")
def client(
    house: ContactHouse, listener: ScriptedListener, steps: RecordedSteps
) -> Iterator[TestClient]:
    hearing = Hearing(listener, house.contacts, house.office.access.tree)  # type: ignore[arg-type]
    app = contact_app(house.office, hearing)
    hearing.steps = steps  # type: ignore[assignment]  # once the routes know that there are none
    with TestClient(app, base_url=BASE) as client:
        yield client
    hearing.close()


class Desk:
    """A contact of Ana's in which the customer asked something."""

    def __init__(self, house: ContactHouse, client: TestClient, reference: str) -> None:
        self.client = client
        self.house = house
        self.key = house.open("ana", reference)
        self.ana = house.signed_in("ana")
        self.at = f"/v1/contacts/{self.key}"

    def says(self, utterance: str, text: str) -> None:
        send(self.client, self.house.channel, self.key, turn(utterance, text))

    def body(self) -> dict[str, Any]:
        told = suggested(self.client, self.ana, self.key)
        return told[0] if told else {"suggestions": []}

    def shown(self) -> list[str]:
        return [one["key"] for one in self.body()["suggestions"]]

    def post(self, what: str, given: dict[str, Any], who: dict[str, str] | None = None) -> Any:
        return self.client.post(
            f"{self.at}/suggestions/{what}", json=given, headers=who or self.ana
        )

    def acts(self, who: dict[str, str] | None = None) -> list[tuple[str, str | None]]:
        given = self.client.get(f"{self.at}/suggestions/acts", headers=who or self.ana).json()
        return [(one["act"], one["suggestion"]) for one in given["acts"]]


@pytest.fixture
def desk(house: ContactHouse, client: TestClient, request: pytest.FixtureRequest) -> Desk:
    desk = Desk(house, client, request.node.name)
    desk.says("u1", "¿plazo?")
    until(lambda: desk.shown() == ["¿plazo?"])
    return desk


def test_what_is_pinned_is_told_on_the_stream_and_let_go_again(desk: Desk) -> None:
    with opened(desk.client, f"{desk.at}/events?after=2", headers=desk.ana) as socket:
        assert desk.post("pin", {"suggestion": "¿plazo?"}).status_code == 200
        told = [socket.receive_json() for _ in range(2)]
    assert [one["kind"] for one in told] == ["act", "suggestions"]
    assert told[0]["body"] == {"act": "pinned", "suggestion": "¿plazo?"}
    assert told[1]["body"]["pinned"] == ["¿plazo?"]
    assert told[1]["body"].keys().isdisjoint({"kept", "audiences"})
    desk.post("pin", {"suggestion": "¿plazo?", "pinned": False})
    assert desk.body()["pinned"] == []
    assert [act for act, _ in desk.acts()] == ["pinned", "unpinned"]


def test_what_is_dismissed_does_not_come_back_while_the_customer_needs_the_same(
    desk: Desk, listener: ScriptedListener
) -> None:
    assert desk.post("dismiss", {"suggestion": "¿plazo?"}).status_code == 200
    assert desk.shown() == []
    before = len(listener.heard)
    desk.says("u2", "¿plazo?")
    until(lambda: len(listener.heard) > before)
    desk.says("u3", "¿precio?")
    until(lambda: desk.shown() == ["¿precio?"])


def test_nothing_is_heard_while_the_listening_is_off_and_the_pinned_stays(
    desk: Desk, listener: ScriptedListener, steps: RecordedSteps
) -> None:
    desk.says("u2", "¿precio?")
    until(lambda: desk.shown() == ["¿plazo?", "¿precio?"])
    desk.post("pin", {"suggestion": "¿precio?"})
    desk.post("listening", {"listening": False})
    assert (desk.shown(), desk.body()["listening"]) == (["¿precio?"], False)
    before = len(listener.heard)
    desk.says("u3", "¿color?")
    until(lambda: steps.unheard == [desk.key])
    assert len(listener.heard) == before
    desk.post("listening", {"listening": True})
    until(lambda: desk.shown() == ["¿precio?", "¿color?"])
    assert [turns[-1] for turns, _ in listener.heard[before:]] == ["¿color?"]
    assert [act for act, _ in desk.acts()] == ["pinned", "off", "on"]


def test_what_the_agent_did_outlives_the_process(desk: Desk, house: ContactHouse) -> None:
    desk.says("u2", "¿precio?")
    until(lambda: desk.shown() == ["¿plazo?", "¿precio?"])
    desk.post("pin", {"suggestion": "¿precio?"})
    desk.post("dismiss", {"suggestion": "¿plazo?"})
    again = ScriptedListener()
    hearing = Hearing(again, house.contacts, house.office.access.tree)  # type: ignore[arg-type]
    with TestClient(contact_app(house.office, hearing), base_url=BASE) as client:
        after = client.get(f"{desk.at}/events?after=0", headers=desk.ana).json()["events"]
        (kept,) = [one["body"] for one in after if one["kind"] == "suggestions"]
        assert [one["key"] for one in kept["suggestions"]] == ["¿precio?"]
        assert kept["pinned"] == ["¿precio?"]
        send(client, house.channel, desk.key, turn("u3", "¿color?"))
        until(lambda: desk.shown() == ["¿precio?", "¿color?"])
        assert desk.body()["pinned"] == ["¿precio?"]
    hearing.close()


def test_others_change_nothing_and_a_manager_reads_what_was_done(
    desk: Desk, house: ContactHouse
) -> None:
    olga, leo, quim = (house.signed_in(name) for name in ("olga", "leo", "quim"))
    desk.post("acts", {"acts": [{"act": "copied", "suggestion": "¿plazo?"}]})
    changes: list[tuple[str, dict[str, Any]]] = [
        ("pin", {"suggestion": "¿plazo?"}),
        ("dismiss", {"suggestion": "¿plazo?"}),
        ("listening", {"listening": False}),
        ("acts", {"acts": [{"act": "used", "suggestion": "¿plazo?"}]}),
    ]
    for what, given in changes:
        assert desk.post(what, given, olga).status_code == 404
        assert desk.post(what, given, leo).status_code == 403
    assert desk.client.get(f"{desk.at}/suggestions/acts", headers=olga).status_code == 404
    assert desk.acts(leo) == desk.acts(quim) == [("copied", "¿plazo?")]
    assert desk.shown() == ["¿plazo?"]


def test_that_something_was_shown_is_kept_once_and_the_rest_each_time(desk: Desk) -> None:
    acts = [{"act": act, "suggestion": "¿plazo?"} for act in ("shown", "opened", "opened")]
    assert desk.post("acts", {"acts": acts}).json() == {"kept": 3}
    assert desk.post("acts", {"acts": acts[:1]}).json() == {"kept": 0}
    assert [act for act, _ in desk.acts()] == ["shown", "opened", "opened"]


@pytest.mark.parametrize(
    ("what", "given", "status"),
    [
        ("pin", {"suggestion": "otra"}, 404),
        ("dismiss", {"suggestion": "otra"}, 404),
        ("acts", {"acts": [{"act": "used", "suggestion": "otra"}]}, 404),
        ("acts", {"acts": [{"act": "pinned", "suggestion": "¿plazo?"}]}, 422),
        ("acts", {"acts": []}, 422),
        ("pin", {"suggestion": "x" * 2_000}, 422),
        ("listening", {"listening": "puede"}, 422),
        ("feedback", {"suggestion": "otra", "kind": "wrong"}, 404),
        ("feedback", {"suggestion": "¿plazo?", "kind": "fea"}, 422),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(
    desk: Desk, what: str, given: dict[str, Any], status: int
) -> None:
    answer = desk.post(what, given)
    assert answer.status_code == status
    assert answer.json()["error"].count("\n") == 0
    assert desk.acts() == []


def test_an_ended_contact_pins_nothing_and_its_acts_go_with_its_words(
    desk: Desk, house: ContactHouse
) -> None:
    from knowledge.identity.access import LOCAL, contact_reach

    desk.client.post(f"{desk.at}/end", headers=desk.ana)
    assert desk.post("pin", {"suggestion": "¿plazo?"}).status_code == 409
    acts = {"acts": [{"act": "used", "suggestion": "¿plazo?"}]}
    assert desk.post("acts", acts).json() == {"kept": 1}
    house.contacts.erase(desk.key, contact_reach(LOCAL, house.office.access.tree()), "leo")
    assert desk.acts(house.signed_in("leo")) == []


def test_a_whole_conversation_is_added_once(desk: Desk) -> None:
    text = "Cliente: hola\nAgente: buenos días\nCliente: ¿precio?"
    first = desk.client.post(f"{desk.at}/transcript", json={"text": text}, headers=desk.ana)
    assert [one["outcome"] for one in first.json()["acknowledged"]] == ["added"] * 3
    again = desk.client.post(f"{desk.at}/transcript", json={"text": text}, headers=desk.ana)
    assert [one["outcome"] for one in again.json()["acknowledged"]] == ["known"] * 3
    wrong = desk.client.post(f"{desk.at}/transcript", json={"text": "hola"}, headers=desk.ana)
    assert (wrong.status_code, "Cliente:" in wrong.json()["error"]) == (422, True)
    until(lambda: "¿precio?" in desk.shown())


def test_one_s_list_of_contacts_comes_by_itself(house: ContactHouse, client: TestClient) -> None:
    lola = house.signed_in("lola")
    with opened(client, "/v1/contacts/events", headers=lola) as socket:
        before = {one["key"] for one in socket.receive_json()["contacts"]}
        for agent, reference in (("ana", "list-1"), ("lola", "list-2")):
            given = {"channel": "chat", "reference": reference, "agent": agent}
            client.post("/v1/contacts", json=given, headers=house.channel)
        (new,) = [o for o in socket.receive_json()["contacts"] if o["key"] not in before]
        assert new["reference"] == "list-2"
        client.post(f"/v1/contacts/{new['key']}/end", headers=lola)
        assert {one["key"] for one in socket.receive_json()["contacts"]} == before
