"""A company with sources and people, and a clock, for tests of the managers' work."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import numpy as np

from knowledge.curation import Curation
from knowledge.database.connection import Database
from knowledge.models import EVERYONE, Filing, Language, Vector, Viewer
from knowledge.register import Register
from knowledge.settings import Settings
from knowledge.work import question_rows
from knowledge.work.question_rows import Asked
from knowledge.work.topics import Topics
from knowledge.work.work_store import WorkStore
from tests.fakes import HashingEmbedder, document_of

DAY = timedelta(days=1)
LABELS = ("company", "contractor-a", "contractor-b")
DIMENSION = 64


def meaning(matter: str, wording: float = 0.0) -> Vector:
    """A direction for a matter; ``wording`` turns it a little, 1 to where nothing is the same."""
    rng = np.random.default_rng(zlib.crc32(matter.encode()))
    one, other = rng.standard_normal((2, DIMENSION)).astype(np.float32)
    mixed: Vector = (1 - wording) * one / np.linalg.norm(one)
    mixed = mixed + wording * other / np.float32(np.linalg.norm(other))
    return mixed / np.float32(np.linalg.norm(mixed))


@dataclass
class Company:
    """A register of sources for some audiences, and the work on it at a time that tests choose."""

    settings: Settings
    register: Register
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __post_init__(self) -> None:
        self.embedder = HashingEmbedder(DIMENSION)
        self.register.bind_model(self.embedder.fingerprint)
        for label in LABELS:
            self.register.curation.add_audience(label, label.title(), Viewer("admin", frozenset()))
        self.tree = self.register.audiences()
        self.store = WorkStore.open(self.settings, lambda: self.now)
        self.topics = Topics()

    @property
    def curation(self) -> Curation:
        return self.register.curation

    @property
    def today(self) -> date:
        return self.store.today()

    def manager(self, label: str = EVERYONE, name: str = "rosa") -> Viewer:
        return Viewer(name, self.tree.managed(label))

    def agent(self, label: str = EVERYONE, name: str = "ana") -> Viewer:
        return Viewer(name, self.tree.above(label))

    def bring(self, name: str, *paragraphs: str, audience: str = EVERYONE, **filed: object) -> None:
        document, chunks, original = document_of(name, paragraphs, audience=audience, title=name)
        vectors = self.embedder.embed_chunks(chunks)
        hashes = [chunk.content_hash for chunk in chunks]
        self.register.store_embeddings(dict(zip(hashes, vectors, strict=True)))
        filing = Filing(author="rosa", **filed)  # type: ignore[arg-type]
        self.register.put_document(document, chunks, original, filing=filing)

    def ask(
        self,
        text: str,
        viewer: Viewer,
        verdict: str = "not_found",
        *,
        confidence: float = 0.2,
        matter: str | None = None,
        wording: float = 0.0,
        language: Language = "es",
        cited: tuple[tuple[str, int], ...] = (),
    ) -> int:
        """Write a question down as the log does."""
        asked = Asked(
            at=self.now,
            account=viewer.name,
            audiences=viewer.audiences,
            language=language,
            text=text,
            query=text,
            verdict=verdict,
            confidence=confidence,
            cited=cited,
            ms=40.0,
        )
        with self.store.database.write() as connection:
            self.topics.follow(connection)
            topic = self.topics.assign(connection, meaning(matter or text, wording))
            return question_rows.add(connection, asked, self.today, topic, words=True)

    def audited(self) -> list[tuple[str, str, str]]:
        """Who did what to what, of work alone."""
        from knowledge.audit import latest

        database = Database(self.settings.register_address, write=False)
        try:
            with database.read() as connection:
                entries = latest(connection, limit=1000)
        finally:
            database.close()
        apart = ("source.", "audience.")
        return [(e.actor, e.action, e.object) for e in entries if not e.action.startswith(apart)]

    def close(self) -> None:
        self.store.close()
