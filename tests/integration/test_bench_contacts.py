"""`voz bench contacts` counts every turn that comes back, and every one that comes to another."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from eval.speed.contacts import Crowd
from knowledge.errors import KnowledgeBaseError
from tests.integration.contact_house import ContactHouse, served


@pytest.fixture
def house(tmp_path: Path) -> Iterator[ContactHouse]:
    house = ContactHouse(tmp_path)
    yield house
    house.close()


def test_every_turn_of_every_contact_comes_back_to_it(house: ContactHouse) -> None:
    """Nobody listens in this house: that nothing is suggested is told, not measured as nothing."""
    with served(house.app) as address:
        crowd = Crowd(f"http://{address}", house.people.channel, "lola", "levante")
        # A thread of its own: browser tests leave a loop running in this one.
        with ThreadPoolExecutor(1) as own, pytest.raises(KnowledgeBaseError, match="suggested"):
            own.submit(lambda: asyncio.run(crowd.speak(3, 4, 0.1))).result()
    assert len(crowd.back) == 3 * 4
    assert crowd.foreign == 0


def test_what_comes_to_another_contact_is_counted() -> None:
    crowd = Crowd("http://127.0.0.1:1", "key", "lola", "levante")
    crowd.take({"kind": "turn", "turn": {"utterance": "other-0"}}, "mine", 1.0)
    crowd.take({"kind": "suggestions", "turn": None}, "mine", 2.0)
    assert (crowd.foreign, crowd.back, crowd.helped) == (1, [1.0], [2.0])
