"""A contact given to somebody else: who may, who reads it then, and that one of two gets it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from knowledge.audit import events as audit_events
from knowledge.contacts.contacts import Contacts
from knowledge.contacts.models import AUDIENCES, NewContact
from knowledge.contacts.suggested import Change
from knowledge.contacts.transfers import Transfers
from knowledge.database.database_url import DatabaseUrl
from knowledge.errors import AccessRefused, KnowledgeBaseError, NotFound, SettingsError, WrongState
from knowledge.identity.access import ContactReach, Grant, Principal, contact_reach
from knowledge.models import Viewer
from knowledge.work.notices import Notices
from knowledge.work.work_store import WorkStore
from tests.integration.contact_house import BASE, ContactHouse
from tests.integration.test_contacts import CALL, person, program, said, words_kept
from tests.people import PASSWORD, TREE

NOTE = "Matilde espera la fecha de recogida"


@pytest.fixture
def house(tmp_path: Path, database_url: DatabaseUrl | None) -> Iterator[ContactHouse]:
    house = ContactHouse(tmp_path, database_url)
    house.people.accounts.add("ines", PASSWORD)
    house.people.accounts.grant("ines", Grant("agent", "staff"), TREE)
    yield house
    house.close()


@pytest.fixture
def transfers(house: ContactHouse) -> Transfers:
    return Transfers(house.store)


def ines() -> ContactReach:
    grants = frozenset({Grant("agent", "staff")})
    return contact_reach(Principal(1, "ines", grants, "session"), TREE)


def call(house: ContactHouse) -> str:
    key = house.contacts.open(CALL, program())[0].key
    house.contacts.add(key, [said("u1"), said("u2", "y otra vez")], program())
    return key


def told(house: ContactHouse, name: str) -> list[tuple[str, str | None]]:
    viewer = Viewer(name, frozenset())
    return [(one.kind, one.contact) for one in Notices(house.store).inbox(viewer)]


def test_a_colleague_takes_it_with_everything_and_the_former_agent_keeps_reading(
    house: ContactHouse, transfers: Transfers
) -> None:
    key = call(house)
    before = house.contacts.turns(key, person("ana"))
    made = transfers.offer(key, person("ana"), agent="Lola", note=NOTE)
    assert (made.state, made.from_agent, made.to_agent) == ("offered", "ana", "lola")
    assert (made.from_audience, made.to_audience) == ("levante", "levante")
    assert [one.note for one in transfers.offered(person("lola"))] == [NOTE]
    assert told(house, "lola") == [("contact_offered", key)]
    with pytest.raises(NotFound):  # the words come with the contact, not with the offer
        house.contacts.turns(key, person("lola"))
    taken = transfers.accept(key, person("lola"))
    assert (taken.agent, taken.reference) == ("lola", "llamada-1")
    assert transfers.accept(key, person("lola")) == taken
    assert told(house, "ana") == [("contact_taken_over", key)]
    assert house.contacts.turns(key, person("lola")) == before
    house.contacts.add(key, [said("u3", "sigo aquí")], person("lola"))
    assert house.contacts.add(key, [said("u4", "y yo")], program())[0].outcome == "added"
    assert len(house.contacts.turns(key, person("ana"))) == 4
    with pytest.raises(AccessRefused, match="but not change it"):
        house.contacts.add(key, [said("u5")], person("ana"))
    assert key in {one.key for one in house.contacts.all(person("ana"))}
    assert house.contacts.all(person("ana"), own=True) == []
    steps = [one for one in house.contacts.events(key, person("lola"))[1] if one.kind == "transfer"]
    assert [one.body["state"] for one in steps] == ["offered", "accepted"]
    assert steps[1].body["from"] == {"agent": "ana", "audience": "levante"}
    assert steps[1].body["to"] == {"agent": "lola", "audience": "levante"}


def test_another_contractor_takes_it_and_the_former_one_reads_no_more(
    house: ContactHouse, transfers: Transfers
) -> None:
    key = call(house)
    transfers.offer(key, person("ana"), audience="meridiano", note=NOTE)
    assert transfers.offered(person("lola")) == []
    taken = transfers.accept(key, person("olga"))
    assert (taken.agent, taken.audience) == ("olga", "meridiano")
    assert len(house.contacts.turns(key, person("olga"))) == 2
    assert house.contacts.turns(key, person("mar"))
    for name in ("ana", "lola", "leo"):
        with pytest.raises(NotFound):
            house.contacts.turns(key, person(name))
        assert key not in {one.key for one in house.contacts.all(person(name))}
    assert house.contacts.add(key, [said("u9", "sigo")], program())[0].outcome == "added"
    assert house.contacts.open(CALL, program())[0].key == key  # it is known as it was opened
    transfers.offer(key, person("olga"), agent="ana")
    assert transfers.accept(key, person("ana")).audience == "levante"


def test_the_company_takes_it_from_a_contractor_and_the_telephony_goes_on(
    house: ContactHouse, transfers: Transfers
) -> None:
    key = call(house)
    transfers.offer(key, person("ana"), agent="ines")
    assert transfers.accept(key, ines()).audience == "staff"
    assert house.contacts.add(key, [said("u9", "sigo")], program())[0].outcome == "added"
    with pytest.raises(NotFound):
        house.contacts.get(key, person("leo"))
    assert house.contacts.get(key, person("marta")).agent == "ines"


def test_suggestions_made_for_one_are_not_told_to_whoever_may_read_less(
    house: ContactHouse, transfers: Transfers
) -> None:
    key = call(house)
    body = {"suggestions": ["solo para Levante"], AUDIENCES: ["contractors", "levante", "staff"]}
    house.contacts.suggested.change(key, person("ana"), lambda _: Change(body))
    transfers.offer(key, person("ana"), audience="meridiano")
    transfers.accept(key, person("olga"))
    _, events = house.contacts.events(key, person("olga"))
    withheld = [one for one in events if not person("olga").told.issuperset(one.audiences)]
    assert [one.kind for one in withheld] == ["suggestions"]
    with TestClient(house.app, base_url=BASE) as client:
        shown = client.get(f"/v1/contacts/{key}/events", headers=house.signed_in("olga")).json()
        assert "solo para Levante" not in json.dumps(shown)
        assert [one["kind"] for one in shown["events"]] == ["turn", "turn", "transfer", "transfer"]


def test_it_is_declined_withdrawn_or_ends_with_the_contact(
    house: ContactHouse, transfers: Transfers
) -> None:
    key = call(house)
    with pytest.raises(WrongState, match="not offered to anybody"):
        transfers.withdraw(key, person("ana"))
    transfers.offer(key, person("ana"), agent="lola")
    with pytest.raises(WrongState, match="offered to somebody already"):
        transfers.offer(key, person("ana"), agent="ines")
    done = transfers.decline(key, person("lola"), "estoy en otra llamada")
    assert (done.state, done.reason) == ("declined", "estoy en otra llamada")
    assert told(house, "ana") == [("contact_declined", key)]
    with pytest.raises(WrongState, match="not offered any more"):
        transfers.accept(key, person("lola"))
    transfers.offer(key, person("ana"), agent="lola")
    assert transfers.withdraw(key, person("ana")).decided_by == "ana"
    transfers.offer(key, person("ana"), audience="meridiano")
    with pytest.raises(SettingsError, match="leave it to whoever takes it"):
        transfers.decline(key, person("olga"))
    house.contacts.end(key, person("ana"))
    assert transfers.offered(person("olga")) == []
    with pytest.raises(WrongState, match="not offered any more"):
        transfers.accept(key, person("olga"))
    with pytest.raises(WrongState, match="has ended"):
        transfers.offer(key, person("ana"), agent="lola")
    states = [one.state for one in transfers.of(key, person("ana"))]
    assert states == ["withdrawn", "withdrawn", "declined"]


@pytest.mark.parametrize(
    ("whom", "line"),
    [
        ({}, "nobody is named"),
        ({"agent": "ana"}, "has the contact already"),
        ({"agent": "nadie"}, "no account 'nadie'"),
        ({"agent": "adela"}, "no account 'adela'"),
        ({"agent": "olga", "audience": "levante"}, "no account 'olga'"),
        ({"audience": "nada"}, "nobody else of 'nada'"),
        ({"agent": "lola", "note": "x" * 1_001}, "has 1,001 characters"),
    ],
)
def test_who_cannot_get_it_is_told(
    house: ContactHouse, transfers: Transfers, whom: dict[str, str], line: str
) -> None:
    key = call(house)
    with pytest.raises(SettingsError, match=line):
        transfers.offer(key, person("ana"), **whom)


def test_whose_it_is_not_neither_gives_nor_takes_it(
    house: ContactHouse, transfers: Transfers
) -> None:
    key = call(house)
    for name in ("leo", "marta", "quim"):
        with pytest.raises(AccessRefused):
            transfers.offer(key, person(name), agent="lola")
    for name in ("lola", "olga", "adela"):
        with pytest.raises(NotFound):
            transfers.offer(key, person(name), agent="lola")
        with pytest.raises(NotFound):
            transfers.accept(key, person(name))
    transfers.offer(key, person("ana"), agent="lola")
    for reach in (person("olga"), person("ana"), person("marta"), program()):
        with pytest.raises(NotFound):
            transfers.accept(key, reach)
        with pytest.raises(NotFound):
            transfers.decline(key, reach)
    names, audiences = transfers.targets(key, person("ana"))
    assert "olga" not in names
    assert "lola" in names
    assert {one.label for one in audiences} == {"staff", "contractors", "levante", "meridiano"}


def test_of_two_who_take_it_at_once_one_gets_it(house: ContactHouse, transfers: Transfers) -> None:
    house.people.accounts.add("oriol", PASSWORD)
    house.people.accounts.grant("oriol", Grant("agent", "meridiano"), TREE)
    grants = frozenset({Grant("agent", "meridiano")})
    reaches = [
        contact_reach(Principal(1, name, grants, "session"), TREE) for name in ("olga", "oriol")
    ]
    for attempt in range(4):
        key = house.contacts.open(NewContact("call", f"n{attempt}", "ana"), program())[0].key
        transfers.offer(key, person("ana"), audience="meridiano")
        ready = threading.Barrier(2)
        came: dict[str, object] = {}

        def take(reach: Any, key: str = key, ready: Any = ready, came: Any = came) -> None:
            store = WorkStore.open(house.people.settings)  # as another process has one
            ready.wait(10)
            try:
                came[reach.name] = Transfers(store).accept(key, reach)
            except KnowledgeBaseError as error:
                came[reach.name] = error
            finally:
                store.close()

        threads = [threading.Thread(target=take, args=(reach,)) for reach in reaches]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        lost = [name for name, result in came.items() if isinstance(result, WrongState)]
        (won,) = set(came) - set(lost)
        assert len(lost) == 1
        assert house.contacts.get(key, person("marta")).agent == won


def test_what_was_done_is_on_disk_and_in_the_trail_and_words_go_with_the_contact(
    house: ContactHouse, transfers: Transfers
) -> None:
    key = call(house)
    transfers.offer(key, person("ana"), agent="lola", note=NOTE)
    again = WorkStore.open(house.people.settings)
    assert [one.note for one in Transfers(again).offered(person("lola"))] == [NOTE]
    Transfers(again).decline(key, person("lola"), "Matilde ya llamó")
    transfers.offer(key, person("ana"), agent="lola", note=NOTE)
    transfers.withdraw(key, person("ana"))
    transfers.offer(key, person("ana"), agent="lola", note=NOTE)
    assert Contacts(again).get(key, person("ana")).agent == "ana"
    Transfers(again).accept(key, person("lola"))
    again.close()
    with house.store.read() as connection:
        trail = audit_events(connection, limit=1_000)
    assert [(one.actor, one.action) for one in trail if one.object == f"contact:{key}"] == [
        ("key:centralita", "contact.opened"),
        ("ana", "contact.offered"),
        ("lola", "contact.offer_declined"),
        ("ana", "contact.offered"),
        ("ana", "contact.offer_withdrawn"),
        ("ana", "contact.offered"),
        ("lola", "contact.taken_over"),
    ]
    assert "Matilde" not in "".join(map(str, trail))
    house.contacts.erase(key, person("leo"), "leo")
    left = transfers.of(key, person("leo"))
    assert {(one.note, one.reason, one.from_agent, one.to_agent) for one in left} == {(None,) * 4}
    assert "Matilde" not in words_kept(house)


def test_over_rest_it_goes_from_one_to_the_other(house: ContactHouse) -> None:
    key = call(house)
    ana, lola = house.signed_in("ana"), house.signed_in("lola")
    path = f"/v1/contacts/{key}"
    with TestClient(house.app, base_url=BASE) as client:
        refused = client.post(f"{path}/transfer", json={}, headers=ana)
        assert refused.json()["code"] == "transfer-whom"
        whom = {"agent": "lola", "note": NOTE}
        made = client.post(f"{path}/transfer", json=whom, headers=ana)
        assert made.status_code == 201
        assert client.post(f"{path}/transfer", json=whom, headers=ana).status_code == 409
        listed = client.get("/v1/transfers", headers=lola).json()["transfers"]
        assert listed == [made.json()]
        assert client.get("/v1/transfers", headers=ana).json()["transfers"] == []
        assert client.get("/v1/transfers", headers=house.channel).status_code == 403
        assert client.get(path, headers=lola).status_code == 404
        assert client.post(f"{path}/accept", headers=lola).json()["agent"] == "lola"
        assert client.get(path, headers=lola).status_code == 200
        assert client.post(f"{path}/withdraw", headers=ana).status_code == 403
        assert client.post(f"{path}/decline", json={}, headers=lola).status_code == 409
        history = client.get(f"{path}/transfer", headers=lola).json()["transfers"]
        assert [(one["state"], one["decided_by"]) for one in history] == [("accepted", "lola")]
        targets = client.get(f"{path}/transfer/targets", headers=lola).json()
        assert "ana" in targets["agents"]
