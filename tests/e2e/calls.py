"""Calls that a switchboard brings in, and pages whose scripts are watched while they are open."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
from playwright.sync_api import Browser, Page

from assistant.shell.access import COOKIE

NUMBERS = itertools.count(1)


class Call:
    """A contact of an agent's that a program brings in, over REST.

    Attributes:
        key: of the contact.
        reference: what the switchboard calls it.
    """

    def __init__(self, address: str, channel: str, agent: str = "ana") -> None:
        self._headers = {"authorization": f"Bearer {channel}"}
        self._address = address
        self.reference = f"llamada-{next(NUMBERS)}"
        given = {"channel": "call", "reference": self.reference, "agent": agent}
        self.key: str = self._post("/v1/contacts", given)["key"]

    def says(self, text: str, *, speaker: str = "customer", **more: Any) -> None:
        turn = {"utterance": f"u{next(NUMBERS)}", "speaker": speaker, "text": text, **more}
        self._post(f"/v1/contacts/{self.key}/turns", {"turns": [turn]})

    def _post(self, path: str, given: dict[str, Any]) -> Any:
        answer = httpx2.post(f"{self._address}{path}", json=given, headers=self._headers)
        assert answer.status_code in (200, 201), answer.text
        return answer.json()


@contextmanager
def watched_page(browser: Browser, token: str, **options: Any) -> Iterator[Page]:
    """A page of whoever has the session, in a browser of their own.

    What its scripts fail at, what its policy refuses and what opens a dialog fails at the end.
    """
    cookie = {"name": COOKIE, "value": token, "domain": "127.0.0.1", "path": "/"}
    options = {"locale": "es-ES", "viewport": {"width": 1366, "height": 768}, **options}
    context = browser.new_context(storage_state={"cookies": [cookie]}, **options)  # type: ignore[typeddict-item]
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda m: errors.append(m.text) if "Content Security" in m.text else None)
    page.on("dialog", lambda dialog: errors.append(f"a script ran: {dialog.message}"))
    yield page
    context.close()
    assert errors == []
