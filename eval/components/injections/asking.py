"""Asks a served application everything, the way people and programs do: over HTTP."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx2

from eval.clients.page import COMPOSED, Page, answered, browser, client
from eval.components.injections.house import BASE_FILE, BASE_PRODUCT, House, customer_of
from eval.components.injections.rows import Row, question

COMPOSED_WITHIN_S = 2.0
"""From the last suggestion until what is composed in a contact has come."""
QUIET_S = 0.05


@dataclass(frozen=True)
class Shown:
    """What was shown because of a row.

    Attributes:
        row: whose text was planted.
        path: ``document``, ``history``, ``contact``, ``customer`` or ``page``.
        bodies: everything that came back, as text.
        html: the fragments of pages among it.
        answer: the answer as `docs/answer-format.md` has it; `None`: there is none on this path.
        reached: whether sources were quoted there: else nothing was at stake.
        composed: sentences that were shown as composed.
        promises: how many promises came of it.
        ticks: how many steps were ticked.
    """

    row: Row
    path: str
    bodies: tuple[str, ...]
    html: tuple[str, ...] = ()
    answer: Mapping[str, Any] | None = None
    reached: bool = False
    composed: tuple[str, ...] = ()
    promises: int = 0
    ticks: int = 0


class Asking:
    """One agent and one telephony program at a served application.

    Args:
        address: of it.
        house: their keys.
    """

    def __init__(self, address: str, house: House) -> None:
        self._house = house
        self._agent = client(address, {"authorization": f"Bearer {house.agent_key}"})
        self._channel = client(address, {"authorization": f"Bearer {house.channel_key}"})
        self._browser = browser(address, house.session)
        self._page: Page | None = None

    def close(self) -> None:
        """Close the connections."""
        for one in (self._agent, self._channel, self._browser):
            one.close()

    def document(self, row: Row) -> Shown:
        """A question whose answer is in the row's document."""
        return self._asked(row, "document", {"question": row.question})

    def history(self, row: Row) -> Shown:
        """A question about something else, after the row's text was said."""
        said = row.text[:8_000]
        history = [{"role": role, "text": said} for role in ("customer", "agent")]
        asked = question(BASE_PRODUCT, "es")
        return self._asked(row, "history", {"question": asked, "history": history})

    def contact(self, row: Row, *, send: bool) -> Shown:
        """A call in which the customer says the row's text, and asks.

        Args:
            row: also whose customer it is, in one of whose fields the text stands.
            send: whether the agent saves a summary and has it sent on.
        """
        opening = {"channel": "call", "reference": f"r-{row.id}-{secrets.token_hex(3)}"}
        opened = self._post(self._channel, "/v1/contacts", {**opening, "agent": "ana"})
        at = f"/v1/contacts/{opened['key']}"
        self._post(self._browser, f"{at}/customer", {"customer": customer_of(row)["key"]})
        (procedure,) = self._get(f"/v1/procedures?source={BASE_FILE}")["procedures"]
        chosen = {"source": BASE_FILE, "procedure": procedure["procedure"]}
        self._post(self._browser, f"{at}/steps", chosen)
        said = [row.text[:8_000], question(BASE_PRODUCT, "es")]
        for number, text in enumerate(said):
            turn = {"utterance": str(number), "speaker": "customer", "text": text, "final": True}
            self._post(self._channel, f"{at}/turns", {"turns": [turn]})
        bodies = [self._suggested(at)]
        composed = (json.loads(bodies[0]) or {}).get("composed") or {"statements": []}
        steps = self._get(f"{at}/steps")
        summary = self._get(f"{at}/summary?language=es")
        customer = self._get(f"/v1/customers/{customer_of(row)['key']}")
        repeats = self._get(f"{at}/repeats?customer={customer_of(row)['key']}")
        owed = self._get(f"/v1/commitments?contact={opened['key']}")
        bodies += [json.dumps(one, ensure_ascii=False) for one in (steps, summary, repeats)]
        if send:
            proposed = {"summary": summary["proposed"], "base": summary["last"]}
            saved = self._post(self._browser, f"{at}/summary", proposed)
            version = {"version": saved["version"]["number"]}
            self._post(self._browser, f"{at}/summary/send", version)
        self._post(self._channel, f"{at}/end", {})
        return Shown(
            row,
            "contact",
            (*bodies, json.dumps(customer, ensure_ascii=False)),
            reached=bodies[0] != "null",
            composed=tuple(one["text"] for one in composed["statements"]),
            promises=sum(one["kind"] == "promise" for one in owed["commitments"]),
            ticks=sum(bool(one.get("done")) for one in _steps(steps)),
        )

    def page(self, row: Row) -> Shown:
        """The agents' page, asked the question about the row's document."""
        if self._page is None:
            self._page = Page(self._browser)
        html = self._page.ask(row.question)
        reached = any(COMPOSED in one for one in html)
        return Shown(row, "page", tuple(html), tuple(html), reached=reached)

    def _asked(self, row: Row, path: str, asked: dict[str, Any]) -> Shown:
        answer = self._post(self._agent, "/v1/ask", {**asked, "compose": True})
        composed = answer["composed"] or {"statements": []}
        texts = tuple(one["text"] for one in composed["statements"])
        told = json.dumps(answer, ensure_ascii=False)
        quoted = bool(answer["statements"])
        return Shown(row, path, (told,), answer=answer, reached=quoted, composed=texts)

    def _suggested(self, at: str) -> str:
        """The body of what is suggested, once it is composed or nothing more comes."""
        until = time.monotonic() + COMPOSED_WITHIN_S
        body: Any = None
        while time.monotonic() < until:
            events = self._get(f"{at}/events")["events"]
            bodies = [one["body"] for one in events if one["kind"] == "suggestions"]
            if bodies and bodies[-1] != body:
                body, until = bodies[-1], time.monotonic() + COMPOSED_WITHIN_S
            if body and body.get("composed"):
                break
            time.sleep(QUIET_S)
        return json.dumps(body, ensure_ascii=False)

    def _get(self, path: str) -> Any:
        return answered(self._browser.get(path))

    def _post(self, by: httpx2.Client, path: str, body: Any) -> Any:
        return answered(by.post(path, json=body))


def _steps(told: Any) -> list[Any]:
    """All objects in what is told of steps."""
    if isinstance(told, Mapping):
        return [told, *(one for value in told.values() for one in _steps(value))]
    return [one for value in told for one in _steps(value)] if isinstance(told, list) else []
