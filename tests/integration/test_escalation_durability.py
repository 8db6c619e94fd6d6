"""A process that takes questions is killed: what it acknowledged is there, and goes on in time."""

from __future__ import annotations

import multiprocessing
import random
import time
from collections.abc import Iterator
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from assistant.shell.escalations.clock import Clock
from assistant.shell.escalations.desk import EscalationDesk
from knowledge.database.database_url import DatabaseUrl
from knowledge.escalations.escalations import Escalations
from knowledge.escalations.models import NewEscalation
from knowledge.settings import Settings
from knowledge.work.work_store import WorkStore
from tests.integration import escalation_house
from tests.integration.escalation_house import EscalationHouse, reach_of

KILLS = 6

pytestmark = pytest.mark.slow


@pytest.fixture
def house(tmp_path: Path, database_url: DatabaseUrl | None) -> Iterator[EscalationHouse]:
    house = EscalationHouse(tmp_path, database_url)
    yield house
    house.close()


def ask_until_killed(settings: Settings, topic: int, acknowledge: Connection) -> None:
    """Ask and answer, and say after each what is done."""
    with closing(WorkStore.open(settings)) as store:
        kept = Escalations(store)
        while True:
            new = NewEscalation("¿cubre la funda?", "es", topic)
            key = kept.ask(new, reach_of("ana")).key
            acknowledge.send((key, "waiting"))
            kept.answer(key, "Sí.", "expert", reach_of("eva"))
            acknowledge.send((key, "answered"))


def test_a_killed_process_loses_nothing_that_it_acknowledged(house: EscalationHouse) -> None:
    chance = random.Random(5)
    topic = house.topic().number
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([escalation_house.__name__, __name__])
    acknowledged: dict[str, str] = {}
    for _ in range(KILLS):
        ours, theirs = context.Pipe()
        arguments = (house.people.settings, topic, theirs)
        process = context.Process(target=ask_until_killed, args=arguments, daemon=True)
        process.start()
        theirs.close()
        assert ours.poll(60)
        time.sleep(chance.uniform(0.0, 0.2))
        process.kill()
        process.join()
        while True:
            try:
                key, state = ours.recv()
            except (EOFError, ConnectionError):
                break
            acknowledged[key] = state
    with closing(WorkStore.open(house.people.settings)) as store:
        kept = {one.key: one for one in Escalations(store).all(reach_of("ana"), limit=500)}
    assert len(acknowledged) >= KILLS
    for key, state in acknowledged.items():
        one = kept[key]
        assert one.state == state or (state, one.state) == ("waiting", "answered")
        numbers = [step.number for step in one.steps]
        assert numbers == list(range(1, len(numbers) + 1))


def test_another_process_passes_on_what_a_dead_one_left(house: EscalationHouse) -> None:
    asked = house.ask(house.topic())
    house.later(3)
    desk = EscalationDesk(house.store, house.people.access)
    with closing(Clock(desk)), closing(Clock(desk)):
        deadline = time.monotonic() + 20
        while house.kept.get(asked.key, reach_of("ana")).receiver != "edu":
            assert time.monotonic() < deadline
            time.sleep(0.05)
    kinds = [step.kind for step in house.kept.get(asked.key, reach_of("ana")).steps]
    assert kinds == ["asked", "sent", "passed", "sent"]
