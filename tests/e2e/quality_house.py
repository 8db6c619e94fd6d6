"""The application over a small register with golden cases that it answers, and its people."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
from starlette.testclient import TestClient

from assistant.shell.access import COOKIE
from assistant.shell.manage.worker import Worker
from assistant.shell.web import create_app
from knowledge.identity.access import Grant
from knowledge.intake import take_in
from knowledge.models import EVERYONE, Filing, Viewer
from knowledge.register import Register
from knowledge.search.indexes import Indexes
from tests.e2e.quality_child import carry_out
from tests.fakes import HashingEmbedder, document_of
from tests.integration.test_preview import wire
from tests.people import PASSWORD, TREE, People

BASE = "http://127.0.0.1:7860"
SOFA, PARKING = "devoluciones.md", "aparcamiento.md"
EXTRA = {"quina": "qa@levante", "berta": "manager@staff"}


def case(name: str, question: str, document: str, *aliases: str, **fields: Any) -> dict[str, Any]:
    """A golden case that expects one fact."""
    return {
        "id": name,
        "schema_version": "golden/1",
        "lang": "es",
        "turns": [{"role": "customer", "text": question}],
        "answerability": "answerable",
        "expected_behaviour": "answer",
        "gold": [{"document": document}],
        "facts": [{"id": "f", "must": True, "aliases": list(aliases)}],
        "critical": True,
    } | fields


CASES = [
    case("sofa", "¿en cuántos días se devuelve el sofá?", SOFA, "treinta días"),
    case(
        "parking", "¿a qué hora abre el aparcamiento?", PARKING, "a las nueve", tags={"topic": "x"}
    ),
]


def lines(cases: list[dict[str, Any]]) -> bytes:
    """As JSON lines."""
    return "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in cases).encode()


class House:
    """A register, a worker whose children answer with hashed words, and everybody's requests."""

    def __init__(self, folder: Path) -> None:
        self.people = People(folder / "people")
        for name, grant in EXTRA.items():
            self.people.accounts.add(name, PASSWORD)
            self.people.accounts.grant(name, Grant.parse(grant), TREE)
        office = self.people.office()
        self.embedder = HashingEmbedder()
        self.settings = self.people.settings
        with Register.open(self.settings, write=True) as register:
            register.bind_model(self.embedder.fingerprint)
        self.bring(SOFA, "El sofá se devuelve en treinta días.")
        self.bring(PARKING, "El aparcamiento abre a las nueve.")
        shops = [f"La tienda número {n} vende lámparas de tipo {n * 7}." for n in range(80)]
        self.bring("tiendas.md", *shops)
        self.worker = Worker(
            office.register, self.embedder, self.settings, keep_indexes=False, child=carry_out
        )
        self.worker.start()
        self.office = self.people.office(self.worker.wake)
        register = Register.open(self.settings)
        self.assistant = wire(register, Indexes(register, self.settings), self.embedder)
        self.app = create_app(
            self.assistant, self.people.access, self.settings, self.office, self.office.work
        )
        self.client = TestClient(self.app, base_url=BASE, headers={"origin": BASE})
        self._tokens: dict[str, str] = {}

    def bring(self, name: str, *paragraphs: str, draft: bool = False) -> int:
        """A version of a source: in force, or handed in for review; its source's number."""
        made = document_of(name, paragraphs, title=name)
        filing = Filing(author="marta", draft=draft)
        with Register.open(self.settings, write=True) as register:
            take_in(register, self.embedder, made, filing=filing)
            if draft:
                last = register.curation.last_version(name)
                viewer = Viewer("marta", TREE.managed(EVERYONE))
                register.curation.submit(name, last, viewer)
            number = register.curation.number_of(name)
        assert number is not None
        return number

    def ask(self, who: str, method: str, path: str, **sent: Any) -> httpx.Response:
        if who not in self._tokens:
            self._tokens[who] = self.people.token(who)
        headers = {"cookie": f"{COOKIE}={self._tokens[who]}", **sent.pop("headers", {})}
        return self.client.request(method, f"/v1{path}", headers=headers, **sent)

    def bring_set(self, who: str, content: bytes, name: str = "casos", **fields: str) -> Any:
        """The answer to a golden set that is brought in."""
        files = {"file": (f"{name}.jsonl", content)}
        return self.ask(
            who, "POST", "/evaluations/sets", files=files, data={"name": name, **fields}
        )

    def close(self) -> None:
        self.worker.stop()
        self.client.close()
        self.assistant.close()
        self.people.close()
