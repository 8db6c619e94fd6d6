"""Whose contact it is: a reference alone, for those of the same audience, gone with the words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.contacts.models import AUDIENCES, KEPT
from knowledge.contacts.suggested import Change
from knowledge.database.database_url import DatabaseUrl
from knowledge.errors import AccessRefused, NotFound, WrongState
from knowledge.identity.access import LOCAL, contact_reach
from tests.integration.contact_house import ContactHouse
from tests.integration.test_contacts import person
from tests.people import TREE


@pytest.fixture
def house(tmp_path: Path, database_url: DatabaseUrl | None) -> Iterator[ContactHouse]:
    house = ContactHouse(tmp_path, database_url)
    yield house
    house.close()


def needed(house: ContactHouse, key: str, agent: str, *needs: str) -> None:
    body = {"suggestions": [], AUDIENCES: [], KEPT: {"needs": list(needs)}}
    house.contacts.suggested.change(key, person(agent), lambda _: Change(body))


def test_a_reference_that_is_no_plain_code_is_kept_as_its_hash(house: ContactHouse) -> None:
    key = house.open("ana", "1")
    links = house.contacts.links
    assert links.link(key, "C-1", person("ana")).customer == "C-1"
    hashed = links.link(key, "eva@example.com", person("ana")).customer
    assert hashed is not None
    assert hashed.startswith("sha256-")
    assert house.contacts.get(key, person("ana")).customer == hashed
    assert links.link(key, None, person("ana")).customer is None


def test_earlier_contacts_are_told_with_what_was_needed_whoever_was_the_agent(
    house: ContactHouse,
) -> None:
    first, second, other = (house.open(*who) for who in (("ana", "1"), ("lola", "2"), ("ana", "3")))
    now = house.open("ana", "4")
    links = house.contacts.links
    for key, agent, customer in (
        (first, "ana", "eva@example.com"),
        (second, "lola", "eva@example.com"),
        (other, "ana", "C-2"),
        (now, "ana", "eva@example.com"),
    ):
        links.link(key, customer, person(agent))
    needed(house, first, "ana", "colchon roto")
    needed(house, now, "ana", "otra vez el colchon")
    found = links.earlier(now, "eva@example.com", person("ana"))
    assert [one.needs for one in found] == [(), ("colchon roto",)]
    assert links.needs(now, person("ana")) == ("otra vez el colchon",)
    assert links.earlier(first, "eva@example.com", person("ana")) == []


def test_contacts_of_other_audiences_are_not_told_of(house: ContactHouse) -> None:
    theirs, ours = house.open("olga", "1"), house.open("ana", "2")
    links = house.contacts.links
    links.link(theirs, "C-1", person("olga"))
    assert links.earlier(ours, "C-1", person("ana")) == []
    with pytest.raises(NotFound):
        links.earlier(theirs, "C-1", person("ana"))
    with pytest.raises(NotFound):
        links.link(theirs, "C-1", person("ana"))
    with pytest.raises(AccessRefused):
        links.link(ours, "C-1", person("leo"))
    assert len(links.earlier(house.open("olga", "3"), "C-1", person("olga"))) == 1


def test_the_reference_goes_with_the_words(house: ContactHouse) -> None:
    key, later = house.open("ana", "1"), house.open("ana", "2")
    house.contacts.links.link(key, "C-1", person("ana"))
    house.contacts.erase(key, contact_reach(LOCAL, TREE), "leo")
    assert house.contacts.get(key, person("leo")).customer is None
    assert house.contacts.links.earlier(later, "C-1", person("ana")) == []
    with pytest.raises((WrongState, NotFound, AccessRefused)):
        house.contacts.links.link(key, "C-1", person("ana"))
