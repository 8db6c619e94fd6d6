"""The contacts' part of the application over a real register, for tests; also served for real."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from assistant.shell.access import COOKIE, Access
from assistant.shell.commitments.desk import CommitmentDesk
from assistant.shell.commitments.watching import Watching
from assistant.shell.contact.hearing import Hearing
from assistant.shell.contact.routes import Support, add_contact_api
from assistant.shell.escalations.desk import EscalationDesk
from assistant.shell.escalations.routes import add_escalation_api
from assistant.shell.gate import Gate
from assistant.shell.guard import MAX_BODY_BYTES, Guard, known_hosts
from assistant.shell.manage.office import Office
from assistant.shell.manage.refusals import add_refusals
from assistant.shell.steps.routes import add_step_api
from assistant.shell.summary.api import add_summary_api
from assistant.shell.summary.gathering import Find
from knowledge.audit.views import ViewLog
from knowledge.contacts.contacts import Contacts
from knowledge.database.database_url import DatabaseUrl
from knowledge.identity.access import Grant, contact_reach
from knowledge.identity.accounts import Accounts
from knowledge.identity.sign_in import SignIn
from knowledge.register import Register
from knowledge.settings import Settings
from knowledge.work.work_store import WorkStore
from tests.people import PASSWORD, TREE, People

BASE = "http://127.0.0.1:7860"
EXTRA = {"leo": ["manager@levante"], "mar": ["manager@meridiano"], "lola": ["agent@levante"]}


def contact_app(
    office: Office,
    hearing: Hearing | None = None,
    find: Find | None = None,
    send: Callable[[], None] | None = None,
    watching: Watching | None = None,
    support: Support | None = None,
    questions: EscalationDesk | None = None,
) -> FastAPI:
    """The routes of contacts behind the same gate and guard as the whole application."""
    app = FastAPI()
    add_refusals(app)
    hub = questions.contacts if questions else None
    room = add_contact_api(app, office, hearing, support, watching, hub)
    if questions is not None:
        add_escalation_api(app, office, questions)
    if room is not None and hearing is not None and hearing.steps is not None:
        add_step_api(app, office, room, hearing.steps)
    if room is not None and office.work is not None:
        add_summary_api(app, office, room, office.work, find=find, send=send)
    app.add_middleware(Gate, access=office.access, language="es")
    app.add_middleware(Guard, hosts=known_hosts("127.0.0.1"))
    return app


class ContactHouse:
    """Accounts, keys and contacts in a folder of their own, and the application over them."""

    def __init__(self, folder: Path, database_url: DatabaseUrl | None = None) -> None:
        self.people = People(folder, database_url)
        for name, grants in EXTRA.items():
            self.people.accounts.add(name, PASSWORD)
            for grant in grants:
                self.people.accounts.grant(name, Grant.parse(grant), TREE)
        office = self.people.office()
        assert office.work is not None
        self.store = office.work
        self.contacts = Contacts(self.store)
        self.views = ViewLog(self.store.database, self.store.audit_head)
        self.office = Office(
            office.register,
            office.accounts,
            office.access,
            office.settings,
            work=office.work,
            views=self.views,
        )
        self.app = contact_app(self.office)
        self.channel = {"authorization": f"Bearer {self.people.channel}"}

    def signed_in(self, name: str) -> dict[str, str]:
        """The headers of somebody's new session."""
        return {"cookie": f"{COOKIE}={self.people.token(name)}", "origin": BASE}

    def open(self, agent: str, reference: str) -> str:
        """A contact that the switchboard opens; its key."""
        from knowledge.contacts.models import NewContact

        principal = self.people.doors.key(self.people.channel)
        assert principal is not None
        reach = contact_reach(principal, TREE)
        return self.contacts.open(NewContact("call", reference, agent), reach)[0].key

    def close(self) -> None:
        self.views.close()
        self.people.close()


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Serve an application in a thread; its host and port."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_level="warning", access_log=False, ws_max_size=MAX_BODY_BYTES)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()


def serve_until_killed(settings: Settings, port_file: str) -> None:
    """What a process does that is killed: open the register of a folder, and serve its contacts."""
    with ExitStack() as stack:
        doors = stack.enter_context(closing(SignIn.open(settings)))
        accounts = stack.enter_context(closing(Accounts.open(settings)))
        register = stack.enter_context(Register.open(settings))
        work = stack.enter_context(closing(WorkStore.open(settings)))
        access = Access(doors, register.audiences)
        desk = CommitmentDesk(work, settings, register.audiences)
        watching = stack.enter_context(closing(desk.watching()))
        office = Office(register, accounts, access, settings, work=work)
        app = contact_app(office, watching=watching)
        listener = socket.create_server(("127.0.0.1", 0))
        made = Path(f"{port_file}.new")
        made.write_text(str(listener.getsockname()[1]), "utf-8")
        made.rename(port_file)
        config = uvicorn.Config(app, log_level="warning", access_log=False)
        uvicorn.Server(config).run(sockets=[listener])
