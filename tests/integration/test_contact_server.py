"""Contacts over a real server: killed while turns come in, and thirty at once."""

from __future__ import annotations

import asyncio
import http.client
import json
import multiprocessing
import random
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import connect as follow
from websockets.sync.client import connect

from knowledge.database.database_url import DatabaseUrl
from knowledge.identity.access import Grant
from tests.integration import contact_house
from tests.integration.contact_house import ContactHouse, served
from tests.people import TREE

KILLS = 20
CONTACTS, TURNS = 30, 8
Process = multiprocessing.process.BaseProcess

pytestmark = pytest.mark.slow


@pytest.fixture
def house(tmp_path: Path, database_url: DatabaseUrl | None) -> Iterator[ContactHouse]:
    house = ContactHouse(tmp_path, database_url)
    yield house
    house.close()


class KilledServer:
    """A server in a process of its own, started again after each kill."""

    def __init__(self, house: ContactHouse, folder: Path) -> None:
        self._settings = house.people.settings
        self._headers = house.channel
        self._port_file = folder / "port"
        # Imports once, then forks: a start takes a tenth of a second
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload([contact_house.__name__])
        self._process: Process | None = None
        self.port = 0

    def start(self) -> None:
        self._port_file.unlink(missing_ok=True)
        arguments = (self._settings, str(self._port_file))
        self._process = self._context.Process(
            target=contact_house.serve_until_killed, args=arguments, daemon=True
        )
        self._process.start()
        deadline = time.monotonic() + 60
        while not self._port_file.exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        self.port = int(self._port_file.read_text("utf-8"))

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.join()

    def send(self, key: str, turns: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Send turns; what was acknowledged.

        Raises:
            OSError: the server was killed meanwhile.
        """
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {**self._headers, "content-type": "application/json"}
        try:
            body = json.dumps({"turns": turns})
            connection.request("POST", f"/v1/contacts/{key}/turns", body, headers)
            reply = connection.getresponse()
            content = json.loads(reply.read())
        except (http.client.HTTPException, ValueError) as error:
            raise ConnectionError("cut off") from error
        finally:
            connection.close()
        assert reply.status == 200, content
        acknowledged: list[dict[str, Any]] = content["acknowledged"]
        return acknowledged

    def news(self, key: str, after: int, until: int) -> list[dict[str, Any]]:
        """What the stream tells after an event, up to another."""
        address = f"ws://127.0.0.1:{self.port}/v1/contacts/{key}/events?after={after}"
        told: list[dict[str, Any]] = []
        with connect(address, additional_headers=self._headers) as stream:
            while not told or told[-1]["event"] < until:
                told.append(json.loads(stream.recv(timeout=30)))
        return told


def test_a_killed_server_loses_no_acknowledged_turn_and_the_stream_goes_on(
    house: ContactHouse, tmp_path: Path
) -> None:
    chance = random.Random(7)
    key = house.open("ana", "llamada-1")
    server = KilledServer(house, tmp_path)
    acknowledged: dict[str, int] = {}
    told: list[dict[str, Any]] = []
    waiting: list[dict[str, Any]] = []
    count = 0
    for _ in range(KILLS):
        server.start()
        killer = threading.Timer(chance.uniform(0.02, 0.4), server.kill)
        try:
            # What was not acknowledged is sent again, as a sender would
            for one in server.send(key, waiting) if waiting else ():
                acknowledged[one["utterance"]] = one["number"]
            waiting = []
            if acknowledged:
                last = max(acknowledged.values())
                told += server.news(key, told[-1]["event"] if told else 0, last)
            killer.start()
            while True:
                count += 1
                text = f"turno {count}"
                waiting = [{"utterance": f"u{count}", "speaker": "customer", "text": text}]
                (one,) = server.send(key, waiting)
                acknowledged[one["utterance"]] = one["number"]
        except OSError:
            killer.join()
    server.start()
    for one in server.send(key, waiting):
        acknowledged[one["utterance"]] = one["number"]
    told += server.news(key, told[-1]["event"] if told else 0, count)
    server.kill()
    with house.store.read() as connection:
        from knowledge.contacts import contact_rows
        from knowledge.contacts.contact_schema import contacts

        (contact,) = contact_rows.found(connection, contacts.c.key == key)
        turns = contact_rows.turns(connection, contact.number, after=0, limit=100_000)
    assert count > KILLS
    assert {turn.utterance: turn.number for turn in turns} == acknowledged
    assert [turn.text for turn in turns] == [f"turno {number + 1}" for number in range(count)]
    assert [one["turn"]["number"] for one in told] == list(range(1, count + 1))
    assert [one["event"] for one in told] == list(range(1, count + 1))


@pytest.fixture
def agents(house: ContactHouse) -> list[str]:
    """Agents of two contractors by turns, one for each contact."""
    names = [f"agente{number}" for number in range(CONTACTS)]
    for number, name in enumerate(names):
        label = ("levante", "meridiano")[number % 2]
        house.people.accounts.add(name, contact_house.PASSWORD)
        house.people.accounts.grant(name, Grant("agent", label), TREE)
    return names


def test_thirty_contacts_at_once_tell_each_listener_its_own_in_order(
    house: ContactHouse, agents: list[str], record_property: Any
) -> None:
    keys = {name: house.open(name, f"llamada de {name}") for name in agents}
    cookies = {name: house.signed_in(name)["cookie"] for name in agents}
    late_ms: list[float] = []

    async def listen(address: str, name: str, ready: asyncio.Event) -> list[dict[str, Any]]:
        """Everything until the end; the connection is dropped once and taken up again."""
        told: list[dict[str, Any]] = []
        headers = {"cookie": cookies[name]}
        while not told or told[-1]["kind"] != "ended":
            after = told[-1]["event"] if told else 0
            url = f"ws://{address}/v1/contacts/{keys[name]}/events?after={after}"
            origin = f"http://{address}"
            async with follow(url, origin=origin, additional_headers=headers) as stream:  # type: ignore[arg-type]
                ready.set()
                async for message in stream:
                    told.append(json.loads(message))
                    if told[-1]["turn"]:
                        sent = float(told[-1]["turn"]["text"].rpartition(" ")[2])
                        late_ms.append((time.time() - sent) * 1000)
                    if len(told) == TURNS // 2:
                        break
        return told

    async def speak(address: str, name: str, ready: asyncio.Event) -> None:
        chance = random.Random(name)
        url = f"ws://{address}/v1/contacts/{keys[name]}/events"
        await ready.wait()
        async with follow(url, additional_headers=house.channel) as stream:
            for number in range(TURNS):
                await asyncio.sleep(chance.uniform(0, 0.5))
                turn = {
                    "utterance": f"u{number}",
                    "speaker": "customer",
                    "text": f"{name} {number} {time.time()}",
                }
                await stream.send(json.dumps({"turns": [turn]}))
                while "acknowledged" not in json.loads(await stream.recv()):
                    pass

    async def talk(address: str, name: str) -> list[dict[str, Any]]:
        ready = asyncio.Event()
        listening = asyncio.create_task(listen(address, name, ready))
        await speak(address, name, ready)
        await asyncio.to_thread(end, address, name)
        return await asyncio.wait_for(listening, 60)

    def end(address: str, name: str) -> None:
        connection = http.client.HTTPConnection(address, timeout=30)
        headers = {**house.channel, "content-type": "application/json"}
        connection.request("POST", f"/v1/contacts/{keys[name]}/end", "{}", headers)
        assert connection.getresponse().status == 200
        connection.close()

    async def everybody(address: str) -> list[list[dict[str, Any]]]:
        return await asyncio.gather(*(talk(address, name) for name in agents))

    with served(house.app) as address:
        # A thread of its own: browser tests leave a loop running in this one.
        with ThreadPoolExecutor(1) as own:
            events = own.submit(lambda: asyncio.run(everybody(address))).result()
        heard = dict(zip(agents, events, strict=True))
    for name, told in heard.items():
        assert [one["event"] for one in told] == list(range(1, TURNS + 2))
        texts = [one["turn"]["text"].split()[:2] for one in told[:-1]]
        assert texts == [[name, str(number)] for number in range(TURNS)]
    late_ms.sort()
    p50, p95 = late_ms[len(late_ms) // 2], late_ms[int(len(late_ms) * 0.95)]
    record_property("turn_to_event_ms", f"p50 {p50:.0f}, p95 {p95:.0f}")
    print(f"turn to event: p50 {p50:.0f} ms, p95 {p95:.0f} ms of {len(late_ms)}")
