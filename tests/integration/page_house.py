"""The application over a real register with a PDF in it, and the agents' page's own handlers."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
from starlette.requests import Request
from starlette.testclient import TestClient

from assistant.bootstrap import wire
from assistant.shell.access import COOKIE
from assistant.shell.pages import desk as desks
from assistant.shell.pages.ask import AskPage
from assistant.shell.pages.desk import Desk
from assistant.shell.pages.work import DeskWork
from assistant.shell.web import create_app
from ingest.chunk import chunk_document
from knowledge.audit import events
from knowledge.audit.views import ViewLog
from knowledge.intake import take_in
from knowledge.models import Filing
from knowledge.register import Register
from tests.e2e.page_double import PAGE_TEXTS, RETURNS_PDF, make_document, make_pdf
from tests.fakes import HashingEmbedder
from tests.people import People

BASE = "http://127.0.0.1:7860"
QUESTION = "¿cuándo se puede devolver cualquier mueble?"


class Clock:
    """Seconds that tests choose."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class House:
    """The application over a register with a PDF in it, and the pages' own handlers."""

    def __init__(self, folder: Path) -> None:
        self.people = people = People(folder)
        office = people.office()
        assert office.work is not None
        self.store = office.work
        self.embedder = HashingEmbedder()
        self.bring(PAGE_TEXTS, make_pdf(PAGE_TEXTS))
        self.clock = Clock()
        self.views = ViewLog(self.store.database, self.store.audit_head, clock=self.clock)
        office = replace(office, views=self.views)
        self.number = office.curation.number_of(RETURNS_PDF)
        self.assistant = wire(Register.open(people.settings), self.embedder, people.settings)
        app = create_app(
            self.assistant, people.access, people.settings, office, self.store, self.views
        )
        self.page = AskPage(
            self.assistant, people.access, "es", DeskWork(self.store), True, self.views
        )
        self.client = TestClient(app, base_url=BASE, headers={"origin": BASE})
        self._tokens: dict[str, str] = {}

    def bring(self, parts: Any, original: bytes, **filed: Any) -> None:
        made = make_document(RETURNS_PDF, parts, page=1)
        document = replace(made, sha256=sha256(original).hexdigest())
        chunks = chunk_document(document, self.embedder.count_tokens)
        filing = Filing(author="marta", **filed)
        with Register.open(self.people.settings, write=True) as register:
            take_in(register, self.embedder, (document, chunks, original), filing=filing)

    def token(self, who: str) -> str:
        if who not in self._tokens:
            self._tokens[who] = self.people.token(who)
        return self._tokens[who]

    def get(self, who: str, path: str) -> httpx.Response:
        if who == "key":
            identity = {"authorization": f"Bearer {self.people.key}"}
        else:
            identity = {"cookie": f"{COOKIE}={self.token(who)}"}
        return self.client.get(f"/v1{path}", headers=identity)

    def desk(self, who: str) -> Desk:
        """With an answer, or what is nearest to one, on screen."""
        viewer = self.people.access.viewer_of_page(self.request(who).request, "ask")
        answer = self.assistant.ask(QUESTION, viewer)
        desk = desks.answered(Desk(), answer, viewer.audiences)
        assert desks.citations(answer)
        return desk

    def ask(
        self, who: str, desk: Desk, *, day: str = "", told: str = "", question: str = QUESTION
    ) -> tuple[Desk, str]:
        """The desk after the question was asked, and the answer as it is shown."""
        request = self.request(who)
        *_, last = self.page.ask(question, day, told, desk, "es", request)
        return last[0], last[2]

    def shows_told(self, who: str) -> bool:
        """Whether a new tab of theirs has the field for a past moment."""
        words = self.page._words("es", self.request(who))
        (shown,) = [w["visible"] for w in words if isinstance(w, dict) and "visible" in w]
        return bool(shown)

    def press(self, who: str, desk: Desk, **says: str) -> Desk:
        """The desk after a button of the page."""
        event: Any = SimpleNamespace(_data=says)
        request: Any = self.request(who)
        after: Desk = self.page.click(desk, "es", event, request)[0]
        return after

    def request(self, who: str) -> Any:
        cookie = f"{COOKIE}={self.token(who)}".encode()
        return SimpleNamespace(
            request=Request({"type": "http", "headers": [(b"cookie", cookie)]}),
        )

    def viewed(self) -> list[tuple[str, str, dict[str, Any]]]:
        """What is entered once the log is closed."""
        self.views.close()
        with self.store.read() as connection:
            found = events(connection, limit=99, action="source.viewed")
        return [(entry.actor, entry.object, dict(entry.details)) for entry in found]

    def close(self) -> None:
        self.views.close()
        self.client.close()
        self.assistant.close()
        self.people.close()
