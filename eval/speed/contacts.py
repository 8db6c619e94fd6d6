"""Many contacts at once: how long from what a customer says until it is suggested what to say.

A real server over the example company, in a process of its own; each contact says a call of
``eval/sets/contacts_example.jsonl``, one turn every few seconds, and follows its own stream. Beside
it stands one contact alone on the same server.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from itertools import chain, islice
from typing import Any

import httpx2
from websockets.asyncio.client import connect

from assistant.models import Turn
from eval.components.contacts.measuring import example_calls
from eval.corpora.desks import DOCUMENTS
from eval.provenance import load_average
from eval.speed.corpus import Progress, ignore
from eval.speed.startup import example_company, serving
from eval.speed.timing import summary
from knowledge.errors import KnowledgeBaseError
from knowledge.identity.access import Grant
from knowledge.identity.accounts import Accounts
from knowledge.register import Register
from knowledge.settings import Settings

CONTACTS = 30
EVERY_S = 5.0
"""Between the turns of a contact."""
TURNS = 12
"""Of each contact; a call that is shorter is followed by another one."""
ALONE, ALONE_S = 60, 1.0
"""Turns of the contact alone, and seconds between them."""
_AUDIENCE = "staff"
_AGENT = "bench-agent"
_KEY_LIFE = timedelta(hours=1)
_TIMEOUT_S = 60.0


def bench_contacts(
    settings: Settings,
    *,
    contacts: int = CONTACTS,
    turns: int = TURNS,
    every_s: float = EVERY_S,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Milliseconds from sending a customer's turn to the suggestions that follow it.

    Args:
        settings: the data folder's; the example company is kept in ``bench/startup`` below it.
        contacts: at once, their turns spread evenly over ``every_s``.
        turns: of each.
        every_s: seconds between two turns of a contact.
        progress: told, in one line, of work that takes seconds.

    Returns:
        ``together`` and ``alone``, each with ``suggestions`` (how many came), ``helped``
        (`summary` of milliseconds) and ``back``, the same until the turn itself came back;
        ``foreign``, events that reached a contact they do not belong to; the ``ratio`` of the
        two medians.

    Raises:
        KnowledgeBaseError: the server does not come up, or nothing was suggested.
    """
    tell = progress or ignore
    own = example_company(settings, DOCUMENTS, tell)
    key = _channel(own)
    with serving(own) as address:
        time.sleep(every_s)  # what the server loads for its first questions
        tell("one contact alone")
        alone = asyncio.run(Crowd(address, key, _AGENT, _AUDIENCE).speak(1, ALONE, ALONE_S))
        tell(f"{contacts} contacts, {turns} turns each, one every {every_s:g} s")
        together = asyncio.run(
            Crowd(address, key, _AGENT, _AUDIENCE).speak(contacts, turns, every_s)
        )
    return {
        "contacts": contacts,
        "together": together,
        "alone": alone,
        "foreign": together["foreign"] + alone["foreign"],
        "ratio": round(together["helped"]["p50"] / alone["helped"]["p50"], 2),
        "load_average": load_average(),
    }


def _channel(settings: Settings) -> str:
    """A key for a program that brings in the contacts of `_AGENT`."""
    with closing(Accounts.open(settings)) as accounts, Register.open(settings) as register:
        tree = register.audiences()
        if not any(account.name == _AGENT for account in accounts.all()):
            accounts.add(_AGENT, secrets.token_urlsafe(16))
            accounts.grant(_AGENT, Grant("agent", _AUDIENCE), tree)
        return accounts.add_key(
            f"bench-{secrets.token_hex(4)}", Grant("channel", _AUDIENCE), tree, life=_KEY_LIFE
        )


class Crowd:
    """Contacts that speak at once on one server, and what comes back of it.

    Args:
        address: of the server, ``http://…``.
        key: of a program that brings contacts in.
        agent: whose contacts they are.
        audience: of the contacts.

    Attributes:
        back: milliseconds until each turn came back.
        helped: until suggestions came after a turn.
        foreign: turns that came to another contact than theirs.
    """

    def __init__(self, address: str, key: str, agent: str, audience: str) -> None:
        self._address = address
        self._opening = {"channel": "call", "agent": agent, "audience": audience}
        self._headers = {"authorization": f"Bearer {key}"}
        self.back: list[float] = []
        self.helped: list[float] = []
        self.foreign = 0

    async def speak(self, contacts: int, turns: int, every_s: float) -> dict[str, Any]:
        """All of them, their turns spread evenly; see `bench_contacts`.

        Raises:
            KnowledgeBaseError: nothing was suggested.
        """
        async with httpx2.AsyncClient(
            base_url=self._address, headers=self._headers, timeout=_TIMEOUT_S
        ) as client:
            await asyncio.gather(
                *(
                    self._contact(client, _turns(n, turns), every_s, n * every_s / contacts)
                    for n in range(contacts)
                )
            )
        if not self.helped:
            raise KnowledgeBaseError("nothing was suggested: is the example company there?")
        return {
            "suggestions": len(self.helped),
            "helped": summary(self.helped),
            "back": summary(self.back),
            "foreign": self.foreign,
        }

    async def _contact(
        self, client: httpx2.AsyncClient, turns: Sequence[Turn], every_s: float, wait_s: float
    ) -> None:
        """One contact: its turns are sent, and what comes is taken, over its own stream."""
        await asyncio.sleep(wait_s)
        mark = secrets.token_hex(4)
        reply = await client.post("/v1/contacts", json=self._opening | {"reference": mark})
        reply.raise_for_status()
        contact = f"/v1/contacts/{reply.json()['key']}"
        stream_address = f"ws{self._address.removeprefix('http')}{contact}/events"
        sent_at: list[float] = []
        async with connect(stream_address, additional_headers=self._headers) as stream:

            async def say() -> None:
                for place, turn in enumerate(turns):
                    said = {
                        "utterance": f"{mark}-{place}",
                        "speaker": turn.role,
                        "text": turn.text,
                    }
                    sent_at.append(time.perf_counter())
                    await stream.send(json.dumps({"turns": [said]}))
                    await asyncio.sleep(every_s)
                (await client.post(f"{contact}/end", json={})).raise_for_status()

            saying = asyncio.create_task(say())
            async for message in stream:
                self.take(json.loads(message), mark, (time.perf_counter() - sent_at[-1]) * 1000)
            await saying

    def take(self, message: dict[str, Any], mark: str, ms: float) -> None:
        """What came over a stream, so long after its contact's last turn was sent."""
        turn = message.get("turn")
        if turn:
            self.back.append(ms)
            self.foreign += not turn["utterance"].startswith(mark)
        elif message.get("kind") == "suggestions":
            self.helped.append(ms)


def _turns(number: int, turns: int) -> Sequence[Turn]:
    """Whole calls, one after the other from the contact's own on."""
    calls = {call.key: call.turns for call in example_calls()}  # a call's last has all its turns
    spoken = list(calls.values())
    ordered = chain.from_iterable(spoken[(number + i) % len(spoken)] for i in range(len(spoken)))
    return list(islice(ordered, turns))
