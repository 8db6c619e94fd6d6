"""Who must read is who has an account that may ask, where they stand."""

from __future__ import annotations

from pathlib import Path

from knowledge.identity.access import Grant
from knowledge.identity.accounts import Accounts
from knowledge.identity.roster import reader, roster
from knowledge.models import EVERYONE
from knowledge.register import Register
from knowledge.settings import load
from knowledge.work.questions import Person
from knowledge.work.receipts import Receipts
from tests.integration.work_made import DAY, Company

PASSWORD = "mesa lluvia tren botella"


def test_accounts_that_may_ask_must_read_where_they_stand(tmp_path: Path) -> None:
    settings = load(data_dir=tmp_path / "data")
    with Register.open(settings, write=True) as register, Accounts.open(settings) as accounts:
        company = Company(settings, register)
        company.ask("¿?", company.agent("contractor-a", "sin-cuenta"))
        assert [p.account for p in roster(company.store, company.manager())] == ["sin-cuenta"]
        grants = {
            "ana": ["agent@contractor-a"],
            "marta": ["manager@staff", "approver@contractor-b"],
            "adela": ["admin@staff"],
            "ida": ["agent@contractor-a"],
        }
        for name, held in grants.items():
            accounts.add(name, PASSWORD)
            for grant in held:
                accounts.grant(name, Grant.parse(grant), company.tree)
        accounts.disable("ida")
        everybody = roster(company.store, company.manager())
        assert everybody == [
            Person("ana", frozenset({EVERYONE, "contractor-a"})),
            Person("marta", frozenset({EVERYONE, "contractor-b"})),
        ]
        company.bring("a.md", "Uno.")
        receipts = Receipts(company.store)
        due = company.today + DAY
        receipts.require("a.md", 1, ["contractor-a"], due, company.manager())
        (reading,) = receipts.readings(company.manager(), everybody)
        assert (reading.place, reading.waiting) == ("contractor-a", ("ana",))
        ana, marta = (reader(accounts.get(name), company.tree) for name in ("ana", "marta"))
        assert len(receipts.pending(ana)) == 1
        assert receipts.pending(marta) == []
        company.close()
