"""A transcript played into a contact of a running server, and what comes back."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx2
from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.sync.client import ClientConnection, connect

from assistant.shell.contact.transcript import Line
from knowledge.errors import SettingsError

_TIMEOUT_S = 30.0
_SILENCE_S, _LONGEST_S = 2.0, 20.0


@dataclass
class Played:
    """What playing a transcript showed.

    Attributes:
        key: of the contact.
        turns: that were sent.
        back_ms: milliseconds from sending each turn to its event.
        heard_ms: milliseconds, on the server, from a turn to what was suggested.
    """

    key: str
    turns: int = 0
    back_ms: list[float] = field(default_factory=list)
    heard_ms: list[float] = field(default_factory=list)


class Player:
    """Plays transcripts to one server with one key.

    Args:
        url: of the server, as people open its page.
        key: an API key of the role channel.
        show: is given every event as it comes back.

    Raises:
        SettingsError: the address is none, or the key is empty or has blanks in it.
    """

    def __init__(self, url: str, key: str, show: Callable[[dict[str, Any]], None]) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise SettingsError(f"--url {url!r} is no address: write it as https://voz.example.com")
        if not key or not (key.isascii() and key.isprintable()) or " " in key:
            raise SettingsError(
                "--key is empty or has characters that no key has: give one that "
                "`voz keys add NAME channel@AUDIENCE` printed"
            )
        self._url = url.rstrip("/")
        self._headers = {"authorization": f"Bearer {key}"}
        self._show = show
        self._sent_at: dict[str, float] = {}
        self._news_at = 0.0

    def play(self, lines: Sequence[Line], opening: dict[str, Any], speed: float | None) -> Played:
        """Open a contact, say the lines, and end it.

        Args:
            lines: to be said, in order.
            opening: the contact, as ``POST /v1/contacts`` takes it.
            speed: so many times as fast as people talk; `None` waits for nothing.

        Raises:
            SettingsError: the server refuses something, or cannot be reached.
        """
        try:
            with httpx2.Client(headers=self._headers, timeout=_TIMEOUT_S) as client:
                contact = self._post(client, "/v1/contacts", opening)
                played = Played(contact["key"])
                address = f"ws{self._url.removeprefix('http')}/v1/contacts/{played.key}/events"
                with connect(address, additional_headers=self._headers) as stream:
                    hearing = threading.Thread(target=self._hear, args=(stream, played))
                    hearing.start()
                    self._say(client, lines, played, speed)
                    self._wait_for_silence()
                    self._post(client, f"/v1/contacts/{played.key}/end", {})
                    hearing.join(_TIMEOUT_S)
                return played
        except (httpx2.HTTPError, OSError, WebSocketException) as error:
            raise SettingsError(
                f"{self._url} does not answer ({type(error).__name__}): start `voz serve`, or "
                "give another --url"
            ) from error

    def _say(
        self,
        client: httpx2.Client,
        lines: Sequence[Line],
        played: Played,
        speed: float | None,
    ) -> None:
        for line in lines:
            if speed is not None:
                time.sleep(line.lasts_s / speed)
            self._sent_at[line.utterance] = time.perf_counter()
            turn = {
                "utterance": line.utterance,
                "speaker": line.speaker,
                "text": line.text,
                "final": line.final,
            }
            self._post(client, f"/v1/contacts/{played.key}/turns", {"turns": [turn]})
            played.turns += 1

    def _wait_for_silence(self) -> None:
        """Until nothing has come back for a while: what is suggested comes after the turns."""
        self._news_at = time.perf_counter()
        until = self._news_at + _LONGEST_S
        while time.perf_counter() < min(until, self._news_at + _SILENCE_S):
            time.sleep(0.05)

    def _hear(self, stream: ClientConnection, played: Played) -> None:
        """Show what comes back until the contact ends."""
        try:
            for message in stream:
                event = json.loads(message)
                self._news_at = time.perf_counter()
                if event["kind"] == "suggestions":
                    played.heard_ms.append(event["body"]["ms"])
                turn = event.get("turn")
                sent_at = self._sent_at.get(turn["utterance"]) if turn else None
                if sent_at is not None:
                    played.back_ms.append((time.perf_counter() - sent_at) * 1000)
                self._show(event)
        except ConnectionClosed:
            return

    def _post(self, client: httpx2.Client, path: str, body: dict[str, Any]) -> dict[str, Any]:
        reply = client.post(f"{self._url}{path}", json=body)
        try:
            content = reply.json()
        except ValueError as error:
            raise SettingsError(
                f"{self._url}{path} answered {reply.status_code} and no JSON: is this the address "
                "of a Voz Propia server?"
            ) from error
        if reply.is_error:
            raise SettingsError(f"the server refused it: {content.get('error', reply.status_code)}")
        answer: dict[str, Any] = content
        return answer
