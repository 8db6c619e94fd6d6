"""Questions to the company over a real register, with a clock that tests turn."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from assistant.shell.contact.page import ContactPage
from assistant.shell.contact.routes import add_contact_api
from assistant.shell.escalations.desk import EscalationDesk
from assistant.shell.escalations.page import QueuePage
from assistant.shell.escalations.routes import add_escalation_api
from assistant.shell.gate import Gate
from assistant.shell.guard import Guard, known_hosts
from assistant.shell.manage.refusals import add_refusals
from assistant.shell.manage.routes import add_manage_api
from assistant.shell.web import STATIC
from knowledge.contacts.models import NewTurn
from knowledge.database.database_url import DatabaseUrl
from knowledge.escalations.escalations import Escalations
from knowledge.escalations.models import Duty, NewEscalation, NewTopic, Topic
from knowledge.escalations.topics import Topics
from knowledge.identity.access import (
    EscalationReach,
    Grant,
    Principal,
    contact_reach,
    escalation_reach,
)
from tests.integration.contact_house import EXTRA, ContactHouse
from tests.people import PASSWORD, ROLES, TREE

EXPERTS = {
    "eva": ["expert@staff"],
    "edu": ["expert@staff"],
    "elsa": ["expert@meridiano"],
}
EVERYBODY = ROLES | EXTRA | EXPERTS
MONDAY = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
"""Eleven o'clock in Madrid."""


def reach_of(name: str) -> EscalationReach:
    return escalation_reach(principal_of(name), TREE)


def principal_of(name: str) -> Principal:
    return Principal(1, name, frozenset(map(Grant.parse, EVERYBODY[name])), "session")


class EscalationHouse:
    """Accounts, contacts, topics and questions in a folder of their own, and the application.

    Attributes:
        now: the time that it is; tests move it.
    """

    def __init__(self, folder: Path, database_url: DatabaseUrl | None = None) -> None:
        self.now = MONDAY
        self.house = ContactHouse(folder, database_url)
        for name, grants in EXPERTS.items():
            self.people.accounts.add(name, PASSWORD, display_name=name.capitalize())
            for grant in grants:
                self.people.accounts.grant(name, Grant.parse(grant), TREE)
        self.store = replace(self.house.store, clock=lambda: self.now)
        self.kept = Escalations(self.store)
        self.topics = Topics(self.store)
        office = self.house.office
        self.desk = EscalationDesk(self.store, office.access, views=self.house.views)
        self.app = app = FastAPI()
        add_refusals(app)
        add_contact_api(app, office, hub=self.desk.contacts)
        add_escalation_api(app, office, self.desk)
        QueuePage(office, "es").add_to(app)
        ContactPage(office, "es").add_to(app)
        add_manage_api(app, office)
        app.mount("/voz", StaticFiles(directory=STATIC))
        app.add_middleware(Gate, access=office.access, language="es")
        app.add_middleware(Guard, hosts=known_hosts("127.0.0.1"))

    @property
    def people(self):  # type: ignore[no-untyped-def]
        return self.house.people

    def topic(self, name: str = "Garantías", *accounts: str, **more: object) -> Topic:
        """A topic of everybody's, kept by Marta."""
        duties = tuple(map(Duty, accounts or ("eva", "edu")))
        new = NewTopic(name, "staff", duties=duties, **more)  # type: ignore[arg-type]
        return self.topics.add(new, reach_of("marta"))

    def contact(self, agent: str = "ana", *texts: str) -> str:
        """An open contact in which the customer said something; its key."""
        key = self.house.open(agent, f"llamada-{agent}-{len(texts)}")
        if texts:
            turns = [NewTurn(f"{n}", "customer", text) for n, text in enumerate(texts)]
            principal = self.people.doors.key(self.people.channel)
            assert principal is not None
            self.house.contacts.add(key, turns, contact_reach(principal, TREE))
        return key

    def ask(self, topic: Topic, who: str = "ana", question: str = "¿cubre la funda?", **more):  # type: ignore[no-untyped-def]
        return self.kept.ask(NewEscalation(question, "es", topic.number, **more), reach_of(who))

    def later(self, minutes: float) -> None:
        """Let time pass."""
        self.now += timedelta(minutes=minutes)

    def close(self) -> None:
        self.house.close()
