"""One contact with all its parts: what one of them keeps, the others show to whoever may see it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from assistant.customers.service import Customers
from assistant.shell.case_answers import CaseAnswers
from assistant.shell.commitments.desk import CommitmentDesk
from assistant.shell.contact.hearing import Hearing
from assistant.shell.contact.routes import Support
from assistant.shell.customers.desk import CustomerDesk
from assistant.shell.escalations.desk import EscalationDesk
from assistant.shell.steps.following import Following
from knowledge.contacts import contact_rows
from knowledge.contacts.contact_schema import contacts
from knowledge.contacts.contacts import Contacts
from knowledge.database.database_url import DatabaseUrl
from knowledge.schema import metadata
from tests.e2e.contact_double import ScriptedDirectory
from tests.integration.contact_house import BASE, ContactHouse, contact_app
from tests.integration.test_contacts import person
from tests.integration.test_hearing import ScriptedListener, until
from tests.integration.test_steps import StepHouse, choose
from tests.people import TREE

PROMISE = "Le llamamos mañana."


class Room:
    """The routes of contacts with everything that helps in them, and requests by anybody."""

    def __init__(self, house: ContactHouse, steps: Following | None = None) -> None:
        self.house = house
        office, settings = house.office, house.people.settings
        self.directory = ScriptedDirectory()
        self.listener = ScriptedListener()
        tree = office.access.tree
        self.hearing = Hearing(self.listener, house.contacts, tree, steps)  # type: ignore[arg-type]
        self.watching = CommitmentDesk(house.store, settings, lambda: TREE).watching()
        customers = CustomerDesk(Customers(self.directory), office.access, house.views)
        support = Support(SimpleNamespace(classifier=None), CaseAnswers(settings), customers)  # type: ignore[arg-type]
        self.asked = EscalationDesk(house.store, office.access, views=house.views)
        self.sent: list[str] = []
        app = contact_app(
            office,
            self.hearing,
            send=lambda: self.sent.append("woken"),
            watching=self.watching,
            support=support,
            questions=self.asked,
        )
        self.client = TestClient(app, base_url=BASE)
        names = ("ana", "lola", "leo", "olga", "mar", "marta")
        self.headers = {name: house.signed_in(name) for name in names}
        self.headers["centralita"] = house.channel
        self._said = 0

    def get(self, who: str, path: str, status: int = 200) -> Any:
        reply = self.client.get(f"/v1{path}", headers=self.headers[who])
        assert reply.status_code == status, reply.text
        return reply.json()

    def post(self, who: str, path: str, body: Any = None, status: int = 200) -> Any:
        reply = self.client.post(f"/v1{path}", json=body or {}, headers=self.headers[who])
        assert reply.status_code == status, reply.text
        return reply.json()

    def say(self, key: str, speaker: str, text: str) -> None:
        self._said += 1
        turn = {"utterance": f"u{self._said}", "speaker": speaker, "text": text}
        self.post("centralita", f"/contacts/{key}/turns", {"turns": [turn]})

    def promise(self, key: str, who: str = "ana", text: str = PROMISE) -> dict[str, Any]:
        """What the agent promises, once it is recognised."""

        def news() -> list[dict[str, Any]]:
            return [one for one in self.of(key, who) if one["key"] not in before]

        before = {one["key"] for one in self.of(key, who)}
        self.say(key, "agent", text)
        return dict(self.until(news, bool)[0])

    def of(self, key: str, who: str) -> list[dict[str, Any]]:
        return list(self.get(who, f"/commitments?contact={key}")["commitments"])

    def owed(self, who: str, customer: str = "C-1") -> list[str]:
        return [
            one["key"]
            for one in self.get(who, f"/commitments/owed?customer={customer}")["commitments"]
        ]

    def events(self, key: str, who: str, kind: str) -> list[dict[str, Any]]:
        told = self.get(who, f"/contacts/{key}/events")["events"]
        return [one["body"] for one in told if one["kind"] == kind]

    def suggested(self, key: str, who: str) -> list[str]:
        told = self.events(key, who, "suggestions")
        return [one["key"] for body in told for one in body["suggestions"]]

    def asks(self, key: str, text: str, who: str = "ana") -> None:
        """The customer asks something, for which something is suggested."""
        self.say(key, "customer", text)
        until(lambda: text in self.suggested(key, who))

    def topic(self) -> None:
        """Marta answers for everything."""
        body = {"name": "Todo", "audience": "staff", "fallback": True}
        self.post("marta", "/escalations/topics", body | {"duties": [{"account": "marta"}]}, 201)

    def until(self, look: Callable[[], Any], met: Callable[[Any], bool]) -> Any:
        deadline = time.monotonic() + 20
        while not met(found := look()) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert met(found), found
        return found

    def summary(self, key: str, who: str = "ana") -> dict[str, Any]:
        return dict(self.get(who, f"/contacts/{key}/summary?language=es")["proposed"])

    def close(self) -> None:
        self.hearing.close()
        self.watching.close()


@pytest.fixture
def house(tmp_path: Path, database_url: DatabaseUrl | None) -> Iterator[ContactHouse]:
    house = ContactHouse(tmp_path, database_url)
    yield house
    house.close()


@pytest.fixture
def room(house: ContactHouse) -> Iterator[Room]:
    room = Room(house)
    with room.client:
        yield room
    room.close()


def lines(summary: dict[str, Any], part: str) -> list[tuple[Any, ...]]:
    found = [line for line in summary["lines"] if line["part"] == part]
    return [(one["text"], one["turn"], one["key"], one["marks"]) for one in found]


def escalate(house: ContactHouse, key: str, escalation: str, state: str) -> None:
    """What the contact's stream tells of a question to the company."""
    with house.store.change() as connection:
        (contact,) = contact_rows.found(connection, contacts.c.key == key)
        body = {"key": escalation, "state": state}
        contact_rows.add_event(
            connection, contact.number, "escalation", house.store.now(), body=body
        )  # type: ignore[arg-type]


def test_a_summary_tells_what_was_promised_complained_of_used_and_asked(
    house: ContactHouse, room: Room
) -> None:
    key = house.open("ana", "llamada-1")
    room.asks(key, "¿plazo?")
    acts = [{"act": act, "suggestion": "¿plazo?"} for act in ("shown", "opened", "copied")]
    room.post("ana", f"/contacts/{key}/suggestions/acts", {"acts": acts})
    kept = room.promise(key)
    complaint = {"kind": "complaint", "words": "Llegó rota.", "contact": key}
    opened = room.post("ana", "/commitments", complaint, 201)
    none = room.promise(key, text="Le enviamos el recibo el lunes.")
    room.post("ana", f"/commitments/{none['key']}/discard")
    summary = room.summary(key)
    assert lines(summary, "sources") == [("A", None, "", ["opened", "copied"])]
    assert lines(summary, "promises") == [
        (PROMISE, 2, kept["key"], ["proposed"]),
        ("Llegó rota.", None, opened["key"], ["complaint"]),
    ]
    days = [one["detail"] for one in summary["lines"] if one["part"] == "promises"]
    assert days == [kept["due"], opened["due"]]
    room.post("ana", f"/commitments/{kept['key']}/close", {"outcome": "kept"})
    assert lines(room.summary(key), "promises")[0] == (PROMISE, 2, kept["key"], ["kept"])
    saved = room.post("ana", f"/contacts/{key}/summary", {"base": 0, "summary": summary}, 201)
    assert saved["version"]["summary"]["lines"] != []


def test_a_source_that_was_used_stays_in_the_summary_when_it_is_suggested_no_more(
    house: ContactHouse, room: Room
) -> None:
    key = house.open("ana", "llamada-1")
    room.asks(key, "¿plazo?")
    acts = [{"act": "used", "suggestion": "¿plazo?"}]
    room.post("ana", f"/contacts/{key}/suggestions/acts", {"acts": acts})
    room.post("ana", f"/contacts/{key}/suggestions/dismiss", {"suggestion": "¿plazo?"})
    assert room.suggested(key, "ana") == []
    assert lines(room.summary(key), "sources") == [("A", None, "", ["used"])]
    assert all(body.keys() <= {"act", "suggestion"} for body in room.events(key, "ana", "act"))


@pytest.mark.parametrize(
    ("states", "outcome"),
    [
        (["waiting"], "escalated"),
        (["waiting", "taken"], "escalated"),
        (["waiting", "answered"], "not_said"),
        (["waiting", "withdrawn"], "not_said"),
    ],
)
def test_a_question_to_the_company_that_is_open_is_the_outcome(
    house: ContactHouse, room: Room, states: list[str], outcome: str
) -> None:
    key = house.open("ana", "llamada-1")
    room.say(key, "customer", "Quería saber una cosa de la funda.")
    for state in states:
        escalate(house, key, "e-1", state)
    assert room.summary(key)["outcome"] == outcome
    escalate(house, key, "e-2", "waiting")
    assert room.summary(key)["outcome"] == "escalated"


# The customer


def test_what_a_customer_is_owed_stands_on_the_card_in_the_next_contact(
    house: ContactHouse, room: Room
) -> None:
    first = house.open("ana", "llamada-1")
    room.say(first, "customer", "Mi pedido es ALM-26-0000001.")
    kept = room.promise(first)
    assert kept["customer"] is None
    assert room.owed("ana") == []
    who = room.get("ana", f"/contacts/{first}/customer")
    (match,) = who["found"]["matches"]
    assert room.post("ana", f"/contacts/{first}/customer", {"customer": match["key"]}) == {
        "linked": "C-1"
    }
    (known,) = room.of(first, "ana")
    assert (known["key"], known["customer"]) == (kept["key"], "C-1")
    later = room.promise(first, text="Le enviamos el recibo el lunes.")
    complaint = {"kind": "complaint", "words": "Llegó rota.", "contact": first}
    opened = room.post("ana", "/commitments", complaint, 201)
    assert (later["customer"], opened["customer"]) == ("C-1", "C-1")
    second = house.open("lola", "llamada-2")
    room.post("lola", f"/contacts/{second}/customer", {"customer": "C-1"})
    assert set(room.owed("lola")) == {kept["key"], later["key"], opened["key"]}
    room.post("lola", f"/commitments/{kept['key']}/close", {"outcome": "kept"})
    assert set(room.owed("ana")) == {later["key"], opened["key"]}


def test_a_customer_chosen_by_hand_and_corrected_takes_what_was_promised_along(
    house: ContactHouse, room: Room
) -> None:
    key = house.open("ana", "llamada-1")
    kept = room.promise(key)
    other = {"kind": "complaint", "words": "De su hermana.", "contact": key, "customer": "C-9"}
    opened = room.post("ana", "/commitments", other, 201)
    room.post("ana", f"/contacts/{key}/customer", {"customer": "C-2"})
    assert room.owed("ana", "C-2") == [kept["key"]]
    room.post("ana", f"/contacts/{key}/customer", {"customer": "eva@example.com"})
    assert (room.owed("ana", "C-2"), room.owed("ana", "eva@example.com")) == ([], [kept["key"]])
    hashed = room.get("ana", f"/contacts/{key}")["contact"]["customer"]
    assert hashed.startswith("sha256-")
    assert {one["customer"] for one in room.of(key, "ana")} == {hashed, "C-9"}
    room.post("ana", f"/contacts/{key}/customer", {"customer": None})
    assert room.owed("ana", "eva@example.com") == []
    assert room.owed("ana", "C-9") == [opened["key"]]


# Given to somebody else

OF_LEVANTE = "¿Qué dice Levante?"


def test_whoever_takes_a_contact_over_has_all_of_it_and_not_what_they_may_not_read(
    tmp_path: Path, database_url: DatabaseUrl | None
) -> None:
    house = StepHouse(tmp_path, database_url)
    room = Room(house, house.following)
    with closing(house), closing(room), room.client:
        _give_all_of_a_contact(house, room)


def _give_all_of_a_contact(house: StepHouse, room: Room) -> None:
    room.topic()
    key = house.open("ana", "llamada-1")
    room.asks(key, OF_LEVANTE)
    acts = [{"act": "used", "suggestion": OF_LEVANTE}]
    room.post("ana", f"/contacts/{key}/suggestions/acts", {"acts": acts})
    promised = room.promise(key)
    complaint = {"kind": "complaint", "words": "Llegó rota.", "contact": key}
    complained = room.post("ana", "/commitments", complaint, 201)
    asked = room.post("ana", "/escalations", {"question": "¿cubre la funda?", "contact": key}, 201)
    room.post("ana", f"/contacts/{key}/customer", {"customer": "C-1"})
    chosen = choose(room.client, house, key)
    room.post("ana", f"/contacts/{key}/steps/ticks", {"step": "1", "done": True})
    cited = room.summary(key)
    room.post("ana", f"/contacts/{key}/summary", {"base": 0, "summary": cited}, 201)
    ours = house.open("ana", "llamada-0")
    theirs = room.promise(ours)

    for path in (
        f"/contacts/{key}",
        f"/commitments/{promised['key']}",
        f"/escalations/{asked['key']}",
    ):
        room.get("olga", path, 404)
    room.post(
        "ana", f"/contacts/{key}/transfer", {"audience": "meridiano", "note": "Con prisa."}, 201
    )
    (offered,) = room.get("olga", "/transfers")["transfers"]
    assert offered["note"] == "Con prisa."
    room.get("olga", f"/commitments/{promised['key']}", 404)
    room.post("olga", f"/contacts/{key}/accept")

    taken = room.get("olga", f"/contacts/{key}")
    assert taken["contact"]["customer"] == "C-1"
    assert [one["text"] for one in taken["turns"]] == [OF_LEVANTE, PROMISE]
    assert {one["key"] for one in room.of(key, "olga")} == {promised["key"], complained["key"]}
    room.post("olga", f"/commitments/{promised['key']}/confirm")
    room.post("olga", f"/commitments/{promised['key']}/assign", {"account": "olga"})
    (listed,) = room.get("olga", f"/escalations?contact={key}")["escalations"]
    assert (listed["key"], listed["state"]) == (asked["key"], "waiting")
    room.post("marta", f"/escalations/{asked['key']}/answer", {"text": "Sí, la cubre."})
    assert room.events(key, "olga", "escalation")[-1]["answer"]["text"] == "Sí, la cubre."
    assert room.get("olga", f"/escalations/{asked['key']}")["answer"]["text"] == "Sí, la cubre."
    room.post("olga", f"/escalations/{asked['key']}/used")
    steps = room.get("olga", f"/contacts/{key}/steps")["chosen"]
    assert (steps["title"], steps["steps"][0]["by"]) == (chosen["title"], "hand")
    room.asks(key, "¿y el plazo?", "olga")
    summary = room.summary(key, "olga")
    assert {line[2] for line in lines(summary, "promises")} == {promised["key"], complained["key"]}

    # What is Levante's stays Levante's
    assert OF_LEVANTE not in room.suggested(key, "olga")
    assert room.get("olga", f"/contacts/{key}/suggestions/acts")["acts"] == []
    versions = room.get("olga", f"/contacts/{key}/summary")
    assert (versions["last"], versions["versions"]) == (1, [])
    told = [line["source"]["quote"] for line in summary["lines"] if line["source"]]
    assert told == ["¿y el plazo?"]
    room.get("olga", f"/commitments/{theirs['key']}", 404)
    room.get("olga", f"/contacts/{ours}", 404)
    room.get("ana", f"/contacts/{key}", 404)
    room.get("mar", f"/commitments/{promised['key']}")
    later = room.promise(key, "olga", "Le enviamos el recibo el lunes.")
    room.get("ana", f"/commitments/{later['key']}", 404)


# Erased

MARK = "Zurrutia"


def _full(house: ContactHouse, room: Room) -> tuple[str, list[str]]:
    """A contact with a word in all that is kept of it, and the keys of what was promised."""
    room.topic()
    key = house.open("ana", "llamada-1")
    room.asks(key, f"¿dónde está lo de {MARK}21?")
    turn = {"utterance": "corregida", "speaker": "customer", "text": f"soy {MARK}22"}
    for text in (f"soy {MARK}22", f"soy {MARK}23"):
        room.post("centralita", f"/contacts/{key}/turns", {"turns": [turn | {"text": text}]})
    promised = room.promise(key, text=f"Le llamamos mañana, señora {MARK}24.")
    words = {"kind": "complaint", "words": f"{MARK}25 llegó rota.", "contact": key}
    complained = room.post("ana", "/commitments", words, 201)
    room.post("ana", f"/commitments/{complained['key']}/note", {"text": f"Dice {MARK}26."})
    reason = {"outcome": "closed", "reason": f"{MARK}27 ya no quiere."}
    room.post("ana", f"/commitments/{complained['key']}/close", reason)
    question = {"question": f"¿{MARK}28?", "need": f"{MARK}29", "contact": key}
    asked = room.post("ana", "/escalations", question, 201)
    room.post("marta", f"/escalations/{asked['key']}/answer", {"text": f"A {MARK}30, sí."})
    room.post("ana", f"/contacts/{key}/transfer", {"agent": "lola", "note": f"Es {MARK}31."}, 201)
    room.post("lola", f"/contacts/{key}/decline", {"reason": f"{MARK}32 no."})
    summary = room.summary(key)
    own = {"part": "next", "text": f"Llamar a {MARK}33.", "basis": "agent"}
    summary["lines"].append(own)
    saved = room.post("ana", f"/contacts/{key}/summary", {"base": 0, "summary": summary}, 201)
    version = saved["version"]["number"]
    room.post("ana", f"/contacts/{key}/summary/send", {"version": version}, 202)
    room.post("ana", f"/contacts/{key}/customer", {"customer": f"{MARK}34"})
    return key, [promised["key"], complained["key"]]


def _kept(house: ContactHouse) -> str:
    """Every column of every table, as text."""
    with house.store.read() as connection:
        return str(
            [
                [*row]
                for table in metadata.sorted_tables
                for row in connection.execute(select(table))
            ]
        )


def test_nothing_of_a_contact_that_is_erased_is_left_in_the_whole_database(
    house: ContactHouse, room: Room
) -> None:
    key, keys = _full(house, room)
    kept = _kept(house)
    assert [n for n in range(21, 35) if f"{MARK}{n}" not in kept] == []
    house.contacts.erase(key, person("leo"), "leo")
    assert MARK not in _kept(house)
    states = {one["key"]: one["state"] for one in room.of(key, "leo")}
    assert states == {keys[0]: "proposed", keys[1]: "closed"}
    assert [step["text"] for step in room.get("leo", f"/commitments/{keys[1]}")["steps"]] == [
        ""
    ] * 3
    if house.people.settings.database_url is None:
        room.close()
        house.close()
        written = [one for one in house.people.settings.data_dir.rglob("*") if one.is_file()]
        assert len(written) > 1
        assert [one.name for one in written if MARK.encode() in one.read_bytes()] == []


def test_words_of_a_promise_that_is_owed_outlive_those_of_its_contact(
    house: ContactHouse, room: Room
) -> None:
    key, (promised, complained) = _full(house, room)
    days = house.people.settings.contact_days
    began = house.store.clock()

    def after(some: float) -> Contacts:
        store = replace(house.store, clock=lambda: began + timedelta(days=some))
        return Contacts(store)

    assert after(days - 1).purge() == 0
    assert after(days + 1).purge() == 1
    left = {one["key"]: one["words"] for one in room.of(key, "leo")}
    assert left == {promised: f"Le llamamos mañana, señora {MARK}24.", complained: None}
    assert room.owed("ana", f"{MARK}34") == [promised]
    room.post("ana", f"/commitments/{promised}/close", {"outcome": "kept"})
    began = house.store.clock()
    assert MARK in _kept(house)
    after(days - 1).purge()
    assert MARK in _kept(house)
    after(days + 1).purge()
    assert MARK not in _kept(house)
