"""The whole application with a scripted listener and customer system, for the page of a contact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from assistant.contact.heard import AskBack, Heard, Need, Suggestion
from assistant.customers.models import Customer, EarlierContact, Found, Line, Match, Order, Sought
from assistant.customers.ports import DirectoryUnavailable
from assistant.customers.service import Customers
from assistant.models import Statement, Turn
from assistant.refusals import because
from assistant.shell.contact.hearing import Hearing
from ingest.chunk import chunk_document
from knowledge.audit.views import ViewLog
from knowledge.contacts.contacts import Contacts
from knowledge.intake import take_in
from knowledge.models import Document, Filing, Viewer
from knowledge.register import Register
from tests.e2e.page_double import HOSTILE, RETURNS_PDF, PageDouble, cite
from tests.fakes import HashingEmbedder
from tests.people import People

RULE = (
    "El cliente puede devolver cualquier mueble en los 14 días naturales siguientes a la entrega."
)
SEAL = "Los colchones abiertos se aceptan solo si conservan el precinto de higiene."
COST = "La recogida a domicilio cuesta 29 € y se descuenta del reembolso."
MONEY = (
    "El reembolso se hace por el mismo medio de pago en un máximo de 14 días desde que llega el "
    "artículo."
)
DELIVERED_DAYS_AGO = 5
MARKUP = '<img src=x onerror="alert(1)"><b>Eva</b>'


class ContactDouble(PageDouble):
    """Also tells what texts mean: whether they are about a mattress."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.documents = {n: replace(one, version=1) for n, one in self.documents.items()}

    def snapshot(self, viewer: Viewer) -> Any:
        return SimpleNamespace(revision=1)

    def look(self, text: str, viewer: Viewer) -> Any:
        vector = np.array([[float("colchón" in text), float("silla" in text), 0.1]], np.float32)
        found = SimpleNamespace(other_vectors=vector)
        return SimpleNamespace(found=found, background=SimpleNamespace(centre=np.zeros(3)))


class ScriptedListener:
    """Suggests by the words of the last turn; the newest is the likeliest."""

    def __init__(self, double: PageDouble) -> None:
        returns, hostile = double.documents[RETURNS_PDF], double.documents[HOSTILE]
        markup = hostile.text[hostile.blocks[1].start : hostile.blocks[1].end]
        secret = replace(cite(returns, SEAL), internal=True)
        self._said: dict[str, Statement] = {
            "plazo": Statement(RULE, (cite(returns, RULE),), RULE),
            "precinto": Statement(SEAL, (cite(returns, SEAL),)),
            "recogida": Statement(COST, (cite(returns, COST),)),
            "dinero": Statement(MONEY, (cite(returns, MONEY),)),
            "interno": Statement(SEAL, (secret,)),
            "hostil": Statement(markup, (cite(hostile, markup),)),
        }
        self._score = 0.4

    def hear(self, turns: Sequence[Turn], viewer: Viewer) -> Heard:
        said = turns[-1].text
        words = [word for word in self._said if word in said]
        self._score += 0.01
        found = tuple(Suggestion(w, self._said[w], said, self._score) for w in words)
        if "mejor" in said:
            found = tuple(replace(one, score=0.99) for one in found)
        asked = AskBack("delivery_date", "¿En qué fecha lo recibió?") if "plazo" in words else None
        need = Need(bool(words), 0.9, said, frozenset({"colchon"}), (), "es")
        return Heard(need, None, found, asked, {})


class ScriptedDirectory:
    """Two customers, one with markup in every field; it may be down."""

    configured = True

    def __init__(self) -> None:
        self.down = False
        today = datetime.now(ZoneInfo("Europe/Madrid")).date()  # the company's
        delivered = today - timedelta(days=DELIVERED_DAYS_AGO)
        bought = today - timedelta(days=DELIVERED_DAYS_AGO + 7)
        order = Order(
            "ALM-26-0000001",
            "delivered",
            "entregado",
            bought,
            delivered,
            lines=(Line("COL", "Colchón 150", 1),),
        )
        carmen = Customer(
            "C-1",
            "Carmen Robledo",
            ("+34600000101",),
            ("carmen.robledo@example.com",),
            date(2023, 8, 10),
            "es",
            "usted",
            (order, Order("ALM-26-0000002", "shipped", "enviado", today)),
            (
                EarlierContact(today - timedelta(days=2), "llamada", "", "el colchón, otra vez"),
                EarlierContact(today - timedelta(days=9), "llamada", "", "el colchón llegó roto"),
                EarlierContact(today - timedelta(days=20), "chat", "", "pregunta por una silla"),
            ),
        )
        eva = Customer(
            "C-2",
            MARKUP,
            (MARKUP,),
            (MARKUP,),
            orders=(Order(MARKUP, None, MARKUP, lines=(Line(MARKUP, MARKUP),), carrier=MARKUP),),
            contacts=(EarlierContact(today, MARKUP, MARKUP, MARKUP, MARKUP),),
        )
        self._customers = {one.key: one for one in (carmen, eva)}

    def find(self, sought: Sought) -> Found:
        self._check()
        if sought.kind == "order":
            wanted = "C-1" if sought.value.endswith("0001") else ""
        else:
            wanted = "C-2" if "eva" in sought.value.lower() else "C-1"
        keys = ["C-1", "C-2"] if "todos" in sought.value else [wanted]
        known = [self._customers[key] for key in keys if key in self._customers]
        return Found(tuple(Match(one.key, f"{sought.value} {one.name}") for one in known))

    def customer(self, key: str) -> Customer | None:
        self._check()
        return self._customers.get(key)

    def close(self) -> None:
        return None

    def _check(self) -> None:
        if self.down:
            raise DirectoryUnavailable(because("customers-slow", seconds="2"), at_fault=False)


class ContactHouse:
    """The application, its people, and a way to bring conversations in.

    Args:
        folder: is its own.
        settings: of the application, where they are not the usual ones.
    """

    def __init__(self, folder: Path, **settings: str) -> None:
        from assistant.shell.live import Live
        from assistant.shell.web import create_app

        self.people = People(folder / "people")
        office = self.people.office()
        work = office.work
        assert work is not None
        self.views = ViewLog(work.database, work.audit_head)
        self.office = replace(office, views=self.views)
        (folder / "double").mkdir()
        self.double = ContactDouble(folder / "double")
        self._file(self.double.documents[RETURNS_PDF])
        self.directory = ScriptedDirectory()
        listener: Any = ScriptedListener(self.double)
        self.hearing = Hearing(listener, Contacts(work), self.people.access.tree)
        self.app = create_app(
            self.double,  # type: ignore[arg-type]
            self.people.access,
            self.people.settings.model_copy(update=settings),
            self.office,
            work,
            self.views,
            Customers(self.directory),
            Live(self.hearing),
        )

    def _file(self, document: Document) -> None:
        """Have a document in the register too: what is said of it goes to who keeps it."""
        embedder = HashingEmbedder()
        made = (document, chunk_document(document, embedder.count_tokens), document.text.encode())
        with Register.open(self.people.settings, write=True) as writer:
            take_in(writer, embedder, made, filing=Filing(author="marta"))

    def close(self) -> None:
        self.hearing.close()
        self.views.close()
        self.people.close()
