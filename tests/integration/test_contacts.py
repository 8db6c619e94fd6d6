"""Contacts in the register: what is kept of turns, who sees whose, and letting go of words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Table, select

from knowledge.audit import events as audit_events
from knowledge.audit import verify
from knowledge.contacts import contact_rows
from knowledge.contacts.contact_schema import (
    contact_events,
    contact_turns,
    contacts,
    earlier_turns,
)
from knowledge.contacts.contacts import Contacts
from knowledge.contacts.models import NewContact, NewTurn
from knowledge.database.database_url import DatabaseUrl
from knowledge.errors import AccessRefused, NotFound, SettingsError, WrongState
from knowledge.identity.access import ContactReach, Grant, Principal, contact_reach
from knowledge.work.question_log import QuestionLog
from knowledge.work.work_store import WorkStore
from tests.integration.contact_house import EXTRA, ContactHouse
from tests.people import ROLES, TREE

SECRET = "soy Matilde Orejudo y el colchón llegó roto"
CALL = NewContact("call", "llamada-1", "ana")


@pytest.fixture
def house(tmp_path: Path, database_url: DatabaseUrl | None) -> Iterator[ContactHouse]:
    house = ContactHouse(tmp_path, database_url)
    yield house
    house.close()


def person(name: str) -> ContactReach:
    grants = frozenset(map(Grant.parse, (ROLES | EXTRA)[name]))
    return contact_reach(Principal(1, name, grants, "session"), TREE)


def program(name: str = "centralita", audience: str = "contractors") -> ContactReach:
    grants = frozenset({Grant("channel", audience)})
    return contact_reach(Principal(None, f"key:{name}", grants, "key"), TREE)


def said(utterance: str, text: str = SECRET, *, final: bool = True) -> NewTurn:
    return NewTurn(utterance, "customer", text, final)


def test_the_same_reference_is_the_same_contact_for_its_maker_alone(house: ContactHouse) -> None:
    one, new = house.contacts.open(CALL, program())
    again, anew = house.contacts.open(CALL, program())
    other, _ = house.contacts.open(CALL, program("chat"))
    assert (new, anew) == (True, False)
    assert one == again
    assert (one.agent, one.audience, one.made_by) == ("ana", "levante", "key:centralita")
    assert other.key != one.key
    for differing in (
        replace(CALL, channel="chat"),
        replace(CALL, agent="lola"),
        replace(CALL, audience="contractors"),
    ):
        with pytest.raises(WrongState, match="is already contact"):
            house.contacts.open(differing, program())


def test_a_contact_is_for_an_agent_who_works_for_its_audience(house: ContactHouse) -> None:
    for agent, audience in (("nadie", None), ("ana", "meridiano"), ("adela", None)):
        with pytest.raises(SettingsError, match="no account"):
            house.contacts.open(NewContact("chat", "x", agent, audience), program())
    with pytest.raises(AccessRefused):
        house.contacts.open(NewContact("chat", "x", "ana", "staff"), program())
    with pytest.raises(SettingsError, match="has to be named"):
        house.contacts.open(NewContact("chat", "x", "quim"), person("quim"))
    with pytest.raises(AccessRefused):
        house.contacts.open(NewContact("chat", "x", "ana"), person("lola"))
    made, _ = house.contacts.open(NewContact("mail", "x", "ana"), person("ana"))
    assert (made.made_by, made.audience) == ("ana", "levante")


def test_partial_texts_replace_themselves_and_a_corrected_one_keeps_what_it_was(
    house: ContactHouse,
) -> None:
    key = house.contacts.open(CALL, program())[0].key
    sent = [
        said("u1", "el col", final=False),
        said("u1", "el colchon", final=False),
        said("u1", "el colchon yego", final=True),
        said("u2", "hola"),
        said("u1", "el colchón llegó"),
        said("u1", "el colchón llegó roto"),
        said("u1", "el colchon yego"),
        said("u1", "el col", final=False),
    ]
    done = [house.contacts.add(key, [one], program())[0] for one in sent]
    assert [one.outcome for one in done] == [
        *("added", "replaced", "replaced", "added"),
        *("corrected", "corrected", "known", "known"),
    ]
    first, second = house.contacts.turns(key, program())
    assert (first.number, first.text, first.final) == (1, "el colchón llegó roto", True)
    assert first.earlier == ("el colchon yego", "el colchón llegó")
    assert (second.number, second.text, second.earlier) == (2, "hola", ())
    contact, told = house.contacts.events(key, program())
    assert [(one.number, one.turn.number) for one in told if one.turn] == [(4, 2), (6, 1)]
    assert (contact.turns, contact.last_event) == (2, 6)


def test_the_same_turns_sent_twice_change_nothing(house: ContactHouse) -> None:
    key = house.contacts.open(CALL, program())[0].key
    turns = [said(f"u{number}", f"turno {number}") for number in range(5)]
    first = house.contacts.add(key, turns, program())
    before = house.contacts.events(key, program())
    again = house.contacts.add(key, turns, program())
    assert [(one.number, one.event) for one in again] == [(one.number, one.event) for one in first]
    assert {one.outcome for one in again} == {"known"}
    assert house.contacts.events(key, program()) == before


def test_turns_of_one_request_are_kept_together_or_not_at_all(house: ContactHouse) -> None:
    key = house.contacts.open(CALL, program())[0].key
    with pytest.raises(SettingsError):
        house.contacts.add(key, [said("u1"), said("u2", " ")], program())
    assert house.contacts.turns(key, program()) == []


def test_when_something_was_said_is_kept_as_it_was_told(house: ContactHouse) -> None:
    key = house.contacts.open(CALL, program())[0].key
    at = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
    house.contacts.add(key, [replace(said("u1"), at=at)], program())
    house.contacts.add(key, [replace(said("u1", "otra cosa"), at=at + timedelta(1))], program())
    (turn,) = house.contacts.turns(key, program())
    assert datetime.fromisoformat(turn.at) == at


def test_an_ended_contact_takes_no_more_but_knows_what_it_has(house: ContactHouse) -> None:
    key = house.contacts.open(CALL, program())[0].key
    house.contacts.add(key, [said("u1")], program())
    ended = house.contacts.end(key, program())
    assert ended.state == "ended"
    assert house.contacts.end(key, program()) == ended
    assert house.contacts.add(key, [said("u1")], program())[0].outcome == "known"
    for refused in (said("u2"), said("u1", "otra cosa")):
        with pytest.raises(WrongState, match="has ended"):
            house.contacts.add(key, [refused], program())
    assert house.contacts.events(key, program())[1][-1].kind == "ended"
    assert house.contacts.open(CALL, program()) == (ended, False)


def test_a_full_contact_says_so(house: ContactHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contact_rows, "MAX_TURNS", 3)
    key = house.contacts.open(CALL, program())[0].key
    house.contacts.add(key, [said(f"u{number}") for number in range(3)], program())
    with pytest.raises(WrongState, match="has 3 turns, and takes no more"):
        house.contacts.add(key, [said("u3")], program())
    assert house.contacts.add(key, [said("u2", "corregido")], program())[0].outcome == "corrected"
    assert house.contacts.get(key, program()).turns == 3


def test_each_sees_their_own_and_what_a_role_lets_them(house: ContactHouse) -> None:
    keys = {
        "ana": house.contacts.open(CALL, program())[0].key,
        "lola": house.contacts.open(NewContact("chat", "2", "lola"), program())[0].key,
        "olga": house.contacts.open(NewContact("chat", "3", "olga"), program("chat"))[0].key,
    }
    sees = {
        "ana": {"ana"},
        "lola": {"lola"},
        "olga": {"olga"},
        "leo": {"ana", "lola"},
        "mar": {"olga"},
        "marta": {"ana", "lola", "olga"},
        "quim": {"ana", "lola", "olga"},
        "pablo": set(),
        "adela": set(),
    }
    listed = {name: {c.key for c in house.contacts.all(person(name))} for name in sees}
    assert listed == {name: {keys[agent] for agent in agents} for name, agents in sees.items()}
    assert {c.key for c in house.contacts.all(program())} == {keys["ana"], keys["lola"]}
    assert {c.key for c in house.contacts.all(program("chat"))} == {keys["olga"]}
    assert house.contacts.all(program("chat", "levante")) == []
    for name, agents in sees.items():
        for agent, key in keys.items():
            if agent in agents:
                assert house.contacts.get(key, person(name)).agent == agent
                continue
            for look in (house.contacts.get, house.contacts.turns, house.contacts.events):
                with pytest.raises(NotFound) as hidden:
                    look(key, person(name))
                with pytest.raises(NotFound) as missing:
                    look("0" * 24, person(name))
                assert str(hidden.value).replace(key, "0" * 24) == str(missing.value)


def test_who_only_reads_adds_and_ends_nothing(house: ContactHouse) -> None:
    key = house.contacts.open(CALL, program())[0].key
    for name in ("leo", "marta", "quim"):
        with pytest.raises(AccessRefused, match="but not change it"):
            house.contacts.add(key, [said("u1")], person(name))
        with pytest.raises(AccessRefused):
            house.contacts.end(key, person(name))
    with pytest.raises(NotFound):
        house.contacts.add(key, [said("u1")], program("chat"))
    house.contacts.add(key, [said("u1")], person("ana"))
    assert house.contacts.end(key, person("ana")).turns == 1


def test_who_follows_from_an_event_that_never_was_is_told(house: ContactHouse) -> None:
    key = house.contacts.open(CALL, program())[0].key
    house.contacts.add(key, [said("u1")], program())
    assert house.contacts.events(key, program(), after=1)[1] == []
    with pytest.raises(SettingsError, match="no event 2 yet, the last is 1"):
        house.contacts.events(key, program(), after=2)


# Letting go


def words_kept(house: ContactHouse) -> str:
    """Everything that the tables of contacts and the audit trail hold."""
    tables: tuple[Table, ...] = (contacts, contact_turns, earlier_turns, contact_events)
    with house.store.read() as connection:
        rows = [[*row] for table in tables for row in connection.execute(select(table))]
        trail = [str(entry) for entry in audit_events(connection, limit=1_000)]
    return json.dumps([rows, trail], ensure_ascii=False)


def entered(house: ContactHouse) -> list[tuple[str, str, str]]:
    with house.store.read() as connection:
        trail = audit_events(connection, limit=1_000)
    of_contacts = [one for one in trail if one.object.startswith("contact:")]
    return [(one.actor, one.action, one.object) for one in of_contacts]


def full_contact(house: ContactHouse) -> str:
    key = house.contacts.open(CALL, program())[0].key
    house.contacts.add(key, [said("u1"), said("u2", "y otra vez Matilde")], program())
    house.contacts.add(key, [said("u1", "soy Matilde")], program())
    assert words_kept(house).count("Matilde") == 3
    return key


def test_words_are_let_go_when_their_time_is_over(house: ContactHouse) -> None:
    days = house.people.settings.contact_days
    assert days == 90
    now = house.store.clock()
    key = full_contact(house)
    before = Contacts(replace(house.store, clock=lambda: now + timedelta(days=days - 1)))
    after = Contacts(replace(house.store, clock=lambda: now + timedelta(days=days + 1)))
    assert before.purge() == 0
    assert after.purge() == 1
    assert after.purge() == 0
    kept = words_kept(house)
    assert "Matilde" not in kept
    assert "llamada-1" not in kept
    contact = house.contacts.get(key, person("leo"))
    assert (contact.state, contact.agent, contact.reference) == ("ended", None, None)
    assert (contact.turns, contact.erased_at is not None) == (2, True)
    assert [turn.text for turn in house.contacts.turns(key, person("leo"))] == [None, None]
    assert house.contacts.all(person("ana")) == []
    assert entered(house)[-1] == ("voz", "data.expired", "contact:all")
    assert house.contacts.open(CALL, program())[1]


def test_the_log_of_questions_lets_go_of_contacts_too(house: ContactHouse) -> None:
    full_contact(house)
    late = house.store.clock() + timedelta(days=91)
    log = QuestionLog(WorkStore.open(house.people.settings, lambda: late))
    log._purge()
    log.close()
    assert "Matilde" not in words_kept(house)


def test_a_contact_is_erased_at_once_by_whoever_answers_for_it(house: ContactHouse) -> None:
    key = full_contact(house)
    for reach in (person("ana"), program()):
        with pytest.raises(AccessRefused):
            house.contacts.erase(key, reach, reach.name)
    house.contacts.erase(key, person("leo"), "leo")
    assert "Matilde" not in words_kept(house)
    assert house.contacts.get(key, person("leo")).state == "ended"


def test_the_trail_says_who_did_what_and_nobody_s_words(house: ContactHouse) -> None:
    key = full_contact(house)
    house.contacts.end(key, program())
    house.contacts.end(key, program())
    house.contacts.erase(key, person("leo"), "leo")
    assert entered(house) == [
        ("key:centralita", "contact.opened", f"contact:{key}"),
        ("key:centralita", "contact.ended", f"contact:{key}"),
        ("leo", "contact.erased", f"contact:{key}"),
    ]
    assert verify(house.store.database, house.store.audit_head).sound
