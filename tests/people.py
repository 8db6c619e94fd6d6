"""People of every role with accounts of their own, for tests of what is served."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant.shell.access import Access
from assistant.shell.manage.office import Office
from knowledge.audience import ROOT, Audience, AudienceTree
from knowledge.database.database_url import DatabaseUrl
from knowledge.identity.access import Grant
from knowledge.identity.accounts import Accounts
from knowledge.identity.sign_in import SignIn
from knowledge.models import EVERYONE, Viewer
from knowledge.register import Register
from knowledge.settings import Settings
from knowledge.work.work_store import WorkStore

TREE = AudienceTree.of(
    [
        ROOT,
        Audience("contractors", "Contratas", "staff"),
        Audience("levante", "Contacta Levante", "contractors"),
        Audience("meridiano", "Meridiano CX", "contractors"),
    ]
)

PASSWORD = "mesa lluvia tren botella"

ROLES = {
    "ana": ["agent@levante"],
    "olga": ["agent@meridiano"],
    "marta": ["manager@staff"],
    "pablo": ["approver@staff"],
    "quim": ["qa@staff"],
    "adela": ["admin@staff"],
    "todas": ["agent@staff", "manager@staff", "approver@staff", "qa@staff", "admin@staff"],
}


class People:
    """Accounts in a folder of their own, and the access to them.

    Attributes:
        settings: of the folder.
        accounts: of everybody in `ROLES`, with `PASSWORD`.
        access: what the application is given.
        key: an API key of an agent of Levante.
        channel: one that brings in the contacts of all contractors.
    """

    def __init__(self, folder: Path, database_url: DatabaseUrl | None = None) -> None:
        self.settings = Settings(data_dir=folder, port=0, database_url=database_url)
        self.accounts = Accounts.open(self.settings)
        self.doors = SignIn.open(self.settings)
        self.access = Access(self.doors, lambda: TREE)
        self._register: Register | None = None
        self._work: WorkStore | None = None
        for name, grants in ROLES.items():
            self.accounts.add(name, PASSWORD, display_name=name.capitalize())
            for grant in grants:
                self.accounts.grant(name, Grant.parse(grant), TREE)
        self.key = self.accounts.add_key("crm", Grant("agent", "levante"), TREE)
        self.channel = self.accounts.add_key("centralita", Grant("channel", "contractors"), TREE)

    def token(self, name: str) -> str:
        """Somebody's session, newly opened."""
        return self.doors.sign_in(name, PASSWORD, f"test of {name}")

    def office(self, wake: Callable[[], None] = lambda: None) -> Office:
        """What the managers' side works with: a register with the audiences of `TREE`."""
        if self._register is None:
            self._register = Register.open(self.settings)
            self._work = WorkStore.open(self.settings)
            for audience in list(TREE.audiences.values())[1:]:
                self._register.curation.add_audience(
                    audience.label,
                    audience.title,
                    Viewer("test", frozenset()),
                    parent=audience.parent or EVERYONE,
                )
        self.access.tree = self._register.audiences
        return Office(self._register, self.accounts, self.access, self.settings, wake, self._work)

    def close(self) -> None:
        """Close the connections."""
        if self._register is not None:
            self._register.close()
        if self._work is not None:
            self._work.close()
        self.accounts.close()
        self.doors.close()
