"""Contacts, needs and questions over a register, at moments that tests choose."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from assistant.shell.themes.room import Room
from assistant.shell.themes.sight import Sight, sight_of
from knowledge.contacts import contact_rows
from knowledge.contacts.contacts import Contacts
from knowledge.contacts.models import NewContact
from knowledge.database.database_url import DatabaseUrl
from knowledge.identity.access import Grant, Principal, reach, viewer_of
from knowledge.models import EVERYONE, Language, Viewer
from knowledge.register import Register
from knowledge.settings import Settings
from knowledge.themes import need_rows
from knowledge.themes.need_rows import NeedHeard
from knowledge.validity import moment
from knowledge.work import question_rows
from knowledge.work.question_rows import Asked
from knowledge.work.topics import Topics
from knowledge.work.work_store import WorkStore
from tests.fakes import HashingEmbedder, document_of
from tests.integration.contact_house import EXTRA
from tests.integration.work_made import meaning
from tests.people import ROLES, TREE

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
TODAY = date(2026, 11, 25)


class ThemeHouse:
    """A register of `TREE` whose clock says noon of a Wednesday."""

    def __init__(self, folder: Path, database_url: DatabaseUrl | None = None) -> None:
        self.now = NOON
        self.settings = Settings(data_dir=folder, database_url=database_url)
        self.embedder = HashingEmbedder(64)
        self.register = Register.open(self.settings, write=True)
        self.register.bind_model(self.embedder.fingerprint)
        for one in list(TREE.audiences.values())[1:]:
            admin, parent = Viewer("test", frozenset()), one.parent or EVERYONE
            self.register.curation.add_audience(one.label, one.title, admin, parent=parent)
        self.store = WorkStore.open(self.settings, lambda: self.now)
        self.contacts = Contacts(self.store)
        self.room = Room(self.store)
        self.topics = Topics()
        self._count = 0

    def bring(self, name: str, title: str, audience: str = "staff") -> None:
        """A source in force."""
        document, chunks, original = document_of(name, [title], audience=audience, title=title)
        vectors = self.embedder.embed_chunks(chunks)
        hashes = [chunk.content_hash for chunk in chunks]
        self.register.store_embeddings(dict(zip(hashes, vectors, strict=True)))
        self.register.put_document(document, chunks, original)

    def called(
        self,
        text: str,
        agent: str = "ana",
        *,
        ago: float = 0,
        matter: str | None = None,
        language: Language = "es",
        verdict: str = "answered",
        cited: tuple[tuple[str, int], ...] = (),
        subjects: tuple[str, ...] = (),
        minutes: float = 5,
        contact: str | None = None,
    ) -> str:
        """A contact in which a customer needed something so many days ago; its key."""
        at = self.now - timedelta(days=ago)
        key = contact or self._opened(agent, at, minutes)
        self._count += 1
        need = NeedHeard(
            key, self._count, language, text, verdict, 0.9, cited, subjects, meaning(matter or text)
        )
        with self.store.database.write() as connection:
            self.topics.follow(connection)
            assert need.meaning is not None
            topic = self.topics.assign(connection, need.meaning)
            found = need_rows.open_contact(connection, key)
            assert found is not None
            need_rows.put(connection, need, found, topic, at=at, day=self.store.day_of(at))
        return key

    def _opened(self, agent: str, at: datetime, minutes: float) -> str:
        self._count += 1
        audience = ROLES[agent][0].partition("@")[2]
        new = NewContact("call", f"llamada-{self._count}", agent)
        with self.store.database.write() as connection:
            made = contact_rows.add(connection, new, "key:centralita", audience, moment(at))
            contact_rows.end(connection, made.number, moment(at + timedelta(minutes=minutes)))
        return made.key

    def asked(
        self,
        text: str,
        who: str = "ana",
        label: str = "levante",
        *,
        ago: float = 0,
        matter: str | None = None,
        verdict: str = "answered",
        cited: tuple[tuple[str, int], ...] = (),
    ) -> None:
        """A question of an agent, so many days ago."""
        at = self.now - timedelta(days=ago)
        labels = TREE.above(label)
        asked = Asked(at, who, labels, "es", text, text, verdict, 0.9, cited)
        with self.store.database.write() as connection:
            self.topics.follow(connection)
            topic = self.topics.assign(connection, meaning(matter or text))
            question_rows.add(connection, asked, self.store.day_of(at), topic, words=True)

    def sight(self, name: str) -> Sight:
        """What somebody of `ROLES` or `EXTRA` sees."""
        principal = Principal(
            1, name, frozenset(map(Grant.parse, (ROLES | EXTRA)[name])), "session"
        )
        reached = reach(principal, "see_contacts", TREE)
        above = [TREE.above(label) for label in reached & TREE.audiences.keys()]
        asks = Viewer(name, reached.union(*above))
        return sight_of(principal, viewer_of(principal, TREE), asks, TREE)

    def close(self) -> None:
        self.store.close()
        self.register.close()
