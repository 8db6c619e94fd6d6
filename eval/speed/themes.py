"""`voz bench themes`: seconds until what customers ask is counted over many contacts.

A real server over the example company, whose register holds as many contacts as are asked for, with
needs in hundreds of themes, and questions of agents: rows such as contacts leave, drawn by chance.
"""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
from sqlalchemy import Table, func, insert, select

from eval.corpora.desks import DOCUMENTS
from eval.provenance import load_average
from eval.speed.corpus import Progress, ignore
from eval.speed.startup import example_company, serving
from eval.speed.timing import summary, timed
from knowledge.contacts.contact_schema import contacts
from knowledge.identity.access import Grant
from knowledge.identity.accounts import Accounts
from knowledge.register import Register
from knowledge.schema import models, versions
from knowledge.settings import Settings
from knowledge.themes.theme_schema import contact_needs, need_citations
from knowledge.validity import moment
from knowledge.work.work_schema import citations, questions, topics
from knowledge.work.work_store import WorkStore

CONTACTS = 50_000
REPETITIONS = 5
THEMES = 400
DAYS = 120
"""Over which contacts are spread."""
PERIODS = (28, 90)
LISTS = ("themes", "themes/groups", "measures")
SEED = 7
_AUDIENCE = "staff"
_AGENTS = 200
_ROWS = 10_000
"""Stored at once."""
_KEY_LIFE = timedelta(hours=1)
_TIMEOUT_S = 120.0
_WORDS = (
    "plazo devolver colchón roto sofá factura reembolso garantía entrega domicilio retraso pieza "
    "manual lavadora error cambio tienda recogida coste"
).split()


def bench_themes(
    settings: Settings,
    *,
    count: int = CONTACTS,
    repetitions: int = REPETITIONS,
    progress: Progress = ignore,
) -> dict[str, Any]:
    """Milliseconds of each list over each period, beside the first of them.

    Args:
        settings: the data folder's; the register is kept in ``bench/themes-<count>`` below it.
        count: contacts in the register.
        repetitions: how often each list is asked for.
        progress: told, in one line, of work that takes seconds.

    Raises:
        KnowledgeBaseError: the server does not come up.
    """
    own = example_company(settings, DOCUMENTS, progress, name=f"themes-{count}")
    _fill(own, count, progress)
    key = _manager(own)
    with (
        serving(own) as address,
        httpx2.Client(
            base_url=address, headers={"authorization": f"Bearer {key}"}, timeout=_TIMEOUT_S
        ) as client,
    ):

        def ask(address: str) -> None:
            client.get(address).raise_for_status()

        asked = [f"/v1/{name}?days={days}" for days in PERIODS for name in LISTS]
        progress(f"{len(asked)} lists, {repetitions} times each")
        for one in asked:
            ask(one)
        taken = {one: summary(timed(ask, [one] * repetitions).wall_ms) for one in asked}
    first = taken[asked[0]]["p50"]
    return {
        "contacts": count,
        **taken,
        "ratio": {one: round(each["p50"] / first, 2) for one, each in taken.items()},
        "load_average": load_average(),
    }


def _manager(settings: Settings) -> str:
    """A key of a program that may see what is counted."""
    with closing(Accounts.open(settings)) as accounts, Register.open(settings) as register:
        grant = Grant("manager", _AUDIENCE)
        name = f"bench-{secrets.token_hex(4)}"
        return accounts.add_key(name, grant, register.audiences(), life=_KEY_LIFE)


def _fill(settings: Settings, count: int, progress: Progress) -> None:
    """Store the contacts, unless they are there."""
    with WorkStore.open(settings).database.write() as connection:
        there = connection.scalar(select(func.count()).select_from(contacts)) or 0
        if there >= count:
            return
        progress(f"{count:,} contacts (a minute the first time)")
        drawn = _Drawn(
            random.Random(SEED),
            model=connection.scalar(select(func.min(models.c.id))) or 0,
            versions=list(connection.scalars(select(versions.c.id))),
        )
        for table, rows in drawn.tables(count):
            for start in range(0, len(rows), _ROWS):
                connection.execute(insert(table), rows[start : start + _ROWS])


@dataclass
class _Drawn:
    """Rows drawn by chance, of which later ones name earlier ones."""

    chance: random.Random
    model: int
    versions: Sequence[int]
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def tables(self, count: int) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
        """The rows of each table, in the order in which they may be stored."""
        yield (
            topics,
            [
                {"id": n, "model_id": self.model, "total": b"", "size": 1, "revision": n}
                for n in range(1, THEMES + 1)
            ],
        )
        opened = [self._moment() for _ in range(count)]
        yield contacts, [self._contact(n, at) for n, at in enumerate(opened, 1)]
        needs = [
            self._need(n, turn, at)
            for n, at in enumerate(opened, 1)
            for turn in range(self.chance.choice((1, 1, 2, 3)))
        ]
        for number, need in enumerate(needs, 1):
            need["id"] = number
        yield contact_needs, needs
        yield (
            need_citations,
            [
                {"need_id": need["id"], "version_id": version}
                for need in needs
                for version in self.chance.sample(self.versions, 3)
            ],
        )
        asked = [self._question(n) for n in range(1, count // 2 + 1)]
        yield questions, asked
        yield (
            citations,
            [
                {"question_id": one["id"], "version_id": self.chance.choice(self.versions)}
                for one in asked
            ],
        )

    def _moment(self) -> datetime:
        return self.now - timedelta(minutes=self.chance.randrange(DAYS * 24 * 60))

    def _theme(self) -> int:
        """Few themes have most of the needs."""
        return min(THEMES, 1 + int(self.chance.paretovariate(0.6)))

    def _said(self) -> str:
        return " ".join(self.chance.sample(_WORDS, 7))

    def _contact(self, number: int, at: datetime) -> dict[str, Any]:
        ended = moment(at + timedelta(minutes=self.chance.randrange(2, 20)))
        return {
            "id": number,
            "key": f"bench-{number}",
            "channel": "call",
            "reference": f"bench-{number}",
            "made_by": "key:bench",
            "agent": f"agent-{self.chance.randrange(_AGENTS)}",
            "audience": _AUDIENCE,
            "state": "ended",
            "opened_at": moment(at),
            "changed_at": ended,
            "ended_at": ended,
            "turn_count": 10,
            "last_event": 10,
        }

    def _need(self, contact: int, turn: int, at: datetime) -> dict[str, Any]:
        return {
            "contact_id": contact,
            "turn": turn,
            "at": moment(at),
            "day": moment(at)[:10],
            "audience": _AUDIENCE,
            "language": "es",
            "text": self._said(),
            "verdict": self.chance.choice(("answered", "answered", "partly", "not_found")),
            "confidence": 0.5,
            "topic_id": self._theme(),
        }

    def _question(self, number: int) -> dict[str, Any]:
        at = moment(self._moment())
        said = self._said()
        return {
            "id": number,
            "at": at,
            "day": at[:10],
            "account": f"agent-{number % _AGENTS}",
            "audience": _AUDIENCE,
            "language": "es",
            "text": said,
            "query": said,
            "verdict": "answered",
            "confidence": 0.9,
            "ms": 1.0,
            "topic_id": self._theme(),
        }
