"""The agents' page as its script talks to it: events in, fragments of HTML out. No browser."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import httpx2

from knowledge.errors import KnowledgeBaseError

QUOTED = 'class="statements"'
"""In a fragment that shows what the sources say."""
COMPOSED = 'class="statements composed"'
"""In one that shows what a chat model made of it."""
SESSION = "voz_session"
"""Cookie of somebody who is signed in."""


class Page:
    """One tab of the page.

    Args:
        browser: a client with the address and the session of somebody who may ask.
    """

    def __init__(self, browser: httpx2.Client) -> None:
        self._browser = browser
        self._tab = secrets.token_hex(8)
        found = answered(browser.get("/config"))["dependencies"]
        self._functions = {one["api_name"]: one["id"] for one in found if one.get("api_name")}

    def ask(self, question: str) -> list[str]:
        """The fragments that follow a question, up to what is composed, as they come."""
        told = [*self._run("ask", [question, None, None, None, "es"])]
        for _ in self._run("wait", []):
            pass
        told += self._run("composed", [None, "es"])
        return [one for one in told if "<" in one]

    def quoted_ms(self, question: str) -> float:
        """Milliseconds from a question to the first fragment that quotes the sources.

        Raises:
            KnowledgeBaseError: none does.
        """
        began = time.perf_counter()
        took = None
        for fragment in self._run("ask", [question, None, None, None, "es"]):
            if took is None and QUOTED in fragment:
                took = (time.perf_counter() - began) * 1000
        if took is None:
            raise KnowledgeBaseError(f"the page found nothing to {question!r}")
        return took

    def _run(self, name: str, data: Sequence[Any]) -> Iterator[str]:
        joined = {"fn_index": self._functions[name], "session_hash": self._tab, "data": list(data)}
        answered(self._browser.post("/gradio_api/queue/join", json=joined))
        at = f"/gradio_api/queue/data?session_hash={self._tab}"
        with self._browser.stream("GET", at) as stream:
            for message in _messages(stream.iter_lines()):
                if message["msg"] in ("process_generating", "process_completed"):
                    yield from _strings(message["output"].get("data", []))
                if message["msg"] == "close_stream":
                    return


def client(address: str, headers: Mapping[str, str], timeout_s: float = 90.0) -> httpx2.Client:
    """A client of a served application that goes by no proxy."""
    return httpx2.Client(
        base_url=address, headers=dict(headers), timeout=timeout_s, trust_env=False
    )


def browser(address: str, session: str) -> httpx2.Client:
    """A client with somebody's session, as their browser sends it."""
    return client(address, {"cookie": f"{SESSION}={session}", "origin": address})


def answered(response: httpx2.Response) -> Any:
    """The JSON of an answer.

    Raises:
        KnowledgeBaseError: it is none of success.
    """
    if response.is_error:
        raise KnowledgeBaseError(
            f"{response.request.method} {response.request.url.path} was answered with "
            f"{response.status_code}: {response.read()[:200].decode(errors='replace')}"
        )
    return response.json()


def _messages(lines: Iterator[str]) -> Iterator[dict[str, Any]]:
    for line in lines:
        if line.startswith("data:"):
            yield json.loads(line[5:])


def _strings(value: Any) -> Iterator[str]:
    """All texts in a value of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for one in value.values() for text in _strings(one))
    elif isinstance(value, Sequence):
        yield from (text for one in value for text in _strings(one))
