"""The example company as it is served: its documents, its customers of today, and its people."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from knowledge.escalations.models import Duty, NewTopic
from knowledge.escalations.topics import Topics
from knowledge.identity.access import Grant, Principal, escalation_reach
from knowledge.identity.accounts import Accounts
from knowledge.identity.sign_in import SignIn
from knowledge.register import Register
from knowledge.settings import Settings
from knowledge.work.work_store import WorkStore
from tests.almendro_data import EXAMPLE, copy_data
from tests.e2e.conftest import serving
from tests.people import PASSWORD

PEOPLE = {"ana": "agent@staff", "eva": "expert@staff", "marta": "manager@staff"}


@dataclass
class Almendro:
    """The company, served.

    Attributes:
        address: of the application.
        channel: key with which its switchboard brings calls in.
        tokens: a session of each of `PEOPLE`.
        crm: its customer system; a file.
        today: the company's, on which the customer system was made.
    """

    address: str
    channel: str
    tokens: dict[str, str]
    crm: Path
    today: date

    def change(self, statement: str, *values: Any) -> None:
        """Change something in the customer system."""
        with closing(sqlite3.connect(self.crm)) as connection, connection:
            assert connection.execute(statement, values).rowcount == 1

    def order_of(self, customer: str) -> str:
        """Number of an order of somebody."""
        asked = "SELECT numero FROM pedido WHERE cliente = ?"
        with closing(sqlite3.connect(self.crm)) as connection:
            return str(connection.execute(asked, (customer,)).fetchone()[0])


@contextmanager
def serving_almendro(made: Path, folder: Path) -> Iterator[Almendro]:
    """The application as `voz serve` puts it together, over a register and a CRM in a folder.

    Args:
        made: data folder that the register is a copy of.
        folder: empty.
    """
    from assistant.shell.serve import open_app

    mapping = Path(shutil.copy(EXAMPLE / "crm" / "mapping-sql.toml", folder))
    settings = Settings(data_dir=folder / "data", port=0, customers=mapping)
    crm, today = folder / "crm.sqlite", datetime.now(ZoneInfo(settings.time_zone)).date()
    build = [sys.executable, EXAMPLE / "crm" / "build.py", "--out", crm, "--day", f"{today}"]
    subprocess.run(build, check=True, capture_output=True)
    copy_data(made, settings.data_dir)
    with (
        Register.open(settings) as register,
        Accounts.open(settings) as accounts,
        SignIn.open(settings) as doors,
        closing(WorkStore.open(settings)) as work,
    ):
        tree = register.audiences()
        for name, grant in PEOPLE.items():
            accounts.add(name, PASSWORD, display_name=name.capitalize())
            accounts.grant(name, Grant.parse(grant), tree)
        manager = Principal(1, "marta", frozenset({Grant.parse(PEOPLE["marta"])}), "session")
        topic = NewTopic("Entregas y daños", "staff", duties=(Duty("eva"),), fallback=True)
        Topics(work).add(topic, escalation_reach(manager, tree))
        channel = accounts.add_key("centralita", Grant("channel", "staff"), tree)
        tokens = {name: doors.sign_in(name, PASSWORD, f"test of {name}") for name in PEOPLE}
    with open_app(settings) as (app, warm_up), serving(app) as address:
        warm_up()
        yield Almendro(address, channel, tokens, crm, today)
