"""A register with ended contacts of two contractors, and people who review them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import delete

from eval.scorecards.models import Scorecard
from eval.scorecards.reading import load_scorecard, written
from eval.scorecards.sampling import draw
from knowledge import audience_rows
from knowledge.contacts.contact_schema import contacts
from knowledge.contacts.contacts import Contacts
from knowledge.contacts.models import NewContact, NewTurn
from knowledge.database.database_url import DatabaseUrl
from knowledge.identity import account_rows
from knowledge.identity.access import Grant, Principal, contact_reach
from knowledge.register import Register
from knowledge.reviews.models import Sample, Task, Wanted
from knowledge.reviews.reach import ReviewReach, review_reach
from knowledge.reviews.review_schema import review_samples, scorecard_versions, scorecards
from knowledge.reviews.reviews import Reviews
from knowledge.settings import Settings
from knowledge.work.work_store import WorkStore
from tests.people import ROLES, TREE

EXAMPLE = Path("examples/almendro/scorecard.yaml")
PEOPLE = ROLES | {
    "qara": ["qa@staff"],
    "quina": ["qa@levante"],
    "leo": ["manager@levante"],
    "lola": ["agent@levante"],
}
SECRET = "soy Matilde Orejudo y el colchón llegó roto"
SAID = "Lamento lo ocurrido; se lo cambiamos en quince días."


class ReviewHouse:
    """Contacts of three agents, ended today, and their reviews.

    Attributes:
        keys: of the contacts, in the order in which they were opened.
        card: the scorecard of the example company, brought in as ``atencion``.
    """

    def __init__(self, folder: Path, database_url: DatabaseUrl | None = None) -> None:
        self.settings = Settings(data_dir=folder, port=0, database_url=database_url)
        self.now = datetime.now(UTC)
        Register.open(self.settings, write=True).close()
        self.store = WorkStore.open(self.settings, lambda: self.now)
        with self.store.change() as connection:
            for audience in list(TREE.audiences.values())[1:]:
                parent = audience.parent or "staff"
                audience_rows.add(connection, audience.label, audience.title, parent)
            for name, grants in PEOPLE.items():
                number = account_rows.add(connection, name, display_name="", now=self.now)
                for grant in grants:
                    given = Grant.parse(grant)
                    account_rows.add_grant(connection, number, given, from_provider=False)
        self.contacts = Contacts(self.store)
        self.reviews = Reviews(self.store)
        self.keys: list[str] = []
        card, faults = load_scorecard(EXAMPLE)
        assert card is not None, faults
        self.card: Scorecard = card
        self.bring()

    def bring(self) -> None:
        """The example's scorecard."""
        content, items = written(self.card), len(list(self.card.items))
        self.reviews.scorecards.save(
            "atencion", content, self.card.sha256, items, "staff", self.reach("quim")
        )

    def clear(self) -> None:
        """Back to people and a scorecard."""
        self.now, self.keys = datetime.now(UTC), []
        with self.store.change() as connection:
            for table in (contacts, review_samples, scorecard_versions, scorecards):
                connection.execute(delete(table))
        self.bring()

    def reach(self, name: str) -> ReviewReach:
        """What somebody may do with reviews."""
        return review_reach(self.principal(name), TREE)

    def principal(self, name: str) -> Principal:
        """Who somebody is when signed in."""
        grants = frozenset(map(Grant.parse, PEOPLE[name]))
        return Principal(1, name, grants, "session")

    def talk(self, agent: str, *said: tuple[str, str], ended: bool = True) -> str:
        """A contact of an agent, by default with a secret of the customer; its key."""
        reach = contact_reach(self.principal(agent), TREE)
        number = len(self.keys)
        made, _ = self.contacts.open(NewContact("chat", f"c{number}", agent), reach)
        turns = said or (("customer", SECRET), ("agent", SAID))
        self.contacts.add(
            made.key,
            [NewTurn(f"u{n}", speaker, text) for n, (speaker, text) in enumerate(turns)],  # type: ignore[arg-type]
            reach,
        )
        if ended:
            self.contacts.end(made.key, reach)
        self.keys.append(made.key)
        return made.key

    def wanted(self, *reviewers: str, audience: str = "staff", **fields: object) -> Wanted:
        """A sample of all that ended within a week."""
        day = self.store.today()
        wanted = Wanted(
            "atencion", day - timedelta(days=6), day, 100, reviewers or ("quim",), audience
        )
        return replace(wanted, **fields)  # type: ignore[arg-type]

    def draw(self, by: str, wanted: Wanted) -> Sample:
        """A sample that was drawn."""
        return self.reviews.draw(wanted, self.reach(by), draw)

    def tasks(self, who: str) -> list[Task]:
        """What somebody is to review."""
        return self.reviews.tasks(self.reach(who))

    def answers(self, **chosen: str | None) -> dict[str, str | None]:
        """The best answer to every item, but those that are given."""
        return {item.id: item.best.id for item in self.card.items} | chosen

    def close(self) -> None:
        """Close the connections."""
        self.store.close()
