"""The application over a register with the managers' work in it, for tests of what they see."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
from pydantic import BaseModel
from starlette.testclient import TestClient

from assistant.shell.access import COOKIE
from assistant.shell.manage import work_bodies as bodies
from assistant.shell.manage.worker import Worker
from assistant.shell.web import create_app
from ingest.chunk import chunk_document
from knowledge.identity.access import Grant
from knowledge.intake import take_in
from knowledge.models import Filing, Viewer
from knowledge.register import Register
from knowledge.work import question_rows
from knowledge.work.feedback import Feedback, Kind, Remark
from knowledge.work.question_rows import Asked
from knowledge.work.topics import Topics
from tests.e2e.page_double import PageDouble, make_document
from tests.fakes import HashingEmbedder
from tests.integration.work_made import meaning
from tests.people import PASSWORD, TREE, People

BASE = "http://127.0.0.1:7860"
LISTS: dict[str, type[BaseModel]] = {
    "gaps": bodies.GapList,
    "feedback": bodies.FeedbackList,
    "stale": bodies.StaleList,
    "receipts": bodies.ReadingList,
    "series": bodies.Series,
    "work": bodies.WorkCounts,
}
EXTRA = {
    "leo": ["manager@levante"],
    "mar": ["manager@meridiano"],
    "dual": ["manager@levante", "agent@meridiano"],
}


class House:
    """The application over a register with questions, remarks and readings of two contractors."""

    def __init__(self, folder: Path) -> None:
        self.people = People(folder / "people")
        for name, grants in EXTRA.items():
            self.people.accounts.add(name, PASSWORD)
            for grant in grants:
                self.people.accounts.grant(name, Grant.parse(grant), TREE)
        office = self.people.office()
        assert office.work is not None
        self.store = office.work
        self.embedder = HashingEmbedder()
        with Register.open(self.people.settings, write=True) as register:
            register.bind_model(self.embedder.fingerprint)
        self.register = office.register
        self.work_on()
        office = self.people.office(self.worker.wake)
        self.curation = office.curation
        self.app = app = create_app(
            PageDouble(folder), self.people.access, self.people.settings, office
        )  # type: ignore[arg-type]
        self.client = TestClient(app, base_url=BASE, headers={"origin": BASE})
        self._tokens: dict[str, str] = {}
        self._topics = Topics()

    def work_on(self) -> None:
        """Start a worker: the first, or one after another has stopped."""
        self.worker = Worker(self.register, self.embedder, self.people.settings, keep_indexes=False)
        self.worker.start()

    def ask(self, who: str, method: str, path: str, **sent: Any) -> httpx.Response:
        if who not in self._tokens:
            self._tokens[who] = self.people.token(who)
        headers = {"cookie": f"{COOKIE}={self._tokens[who]}"}
        return self.client.request(method, f"/v1{path}", headers=headers, **sent)

    def get(self, who: str, name: str) -> dict[str, Any]:
        reply = self.ask(who, "GET", f"/{name}")
        assert reply.status_code == 200, reply.text
        content: dict[str, Any] = reply.json()
        LISTS[name].model_validate(content)
        return content

    def bring(self, name: str, audience: str) -> int:
        """A source in force; its number."""
        parts = [("heading", f"Título {name}"), ("paragraph", f"Texto de {name}, 30 días.")]
        document = make_document(name, parts, audience=audience)
        chunks = chunk_document(document, self.embedder.count_tokens)
        made = (document, chunks, document.text.encode())
        with Register.open(self.people.settings, write=True) as register:
            take_in(register, self.embedder, made, filing=Filing(author="marta"))
        number = self.curation.number_of(name)
        assert number is not None
        return number

    def missed(
        self,
        text: str,
        who: str,
        label: str,
        times: int = 1,
        *,
        verdict: str = "not_found",
        days_ago: int = 0,
        cited: tuple[tuple[str, int], ...] = (),
    ) -> None:
        """Questions, written down as the log does; without more, they found nothing."""
        at = self.store.clock() - timedelta(days=days_ago)
        labels = TREE.above(label)
        confidence = 0.9 if verdict == "answered" else 0.1
        for _ in range(times):
            asked = Asked(at, who, labels, "es", text, text, verdict, confidence, cited)
            with self.store.database.write() as connection:
                self._topics.follow(connection)
                topic = self._topics.assign(connection, meaning(text))
                day = self.store.day_of(at)
                question_rows.add(connection, asked, day, topic, words=True)

    def report(self, who: str, label: str, comment: str, **about: Any) -> int:
        kind: Kind = about.pop("kind", "wrong")
        return Feedback(self.store).give(
            Remark(kind, comment, **about), Viewer(who, TREE.above(label))
        )

    def gap(self, who: str, question: str) -> dict[str, Any]:
        found = self.ask(who, "GET", "/gaps?settled=true").json()["gaps"]
        (gap,) = [one for one in found if one["question"] == question]
        return dict(gap)

    def close(self) -> None:
        self.worker.stop()
        self.client.close()
        self.people.close()
