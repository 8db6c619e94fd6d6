"""The stream of a contact: a WebSocket that tells what happens, and takes turns as well.

What is told is read from the register after the last event that was told, so whoever comes back
with the last number they saw misses nothing, whatever was lost meanwhile. Who listens is found out
again before every message, and every `CHECK_EVERY_S`: a session that has ended hears no more.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeVar

import anyio
import anyio.to_thread
from anyio import CapacityLimiter
from fastapi import FastAPI, WebSocket, WebSocketDisconnect
from pydantic import ValidationError
from starlette.websockets import WebSocketState

from assistant.refusals import because
from assistant.shell.access import visitor_of
from assistant.shell.contact import shown
from assistant.shell.contact.bodies import TurnsIn
from assistant.shell.contact.hub import Ear, TooManyConnections
from assistant.shell.contact.room import Room
from assistant.shell.manage.field_reasons import reason_of
from assistant.shell.manage.refusals import refusal_of, refused
from assistant.shell.telling import language_asked, told
from knowledge.errors import AccessRefused, KnowledgeBaseError, NotFound
from knowledge.identity.access import Principal

logger = logging.getLogger(__name__)

CHECK_EVERY_S = 2.0
"""How soon a session's end is noticed, and what another process wrote."""

ENDED, SIGNED_OUT, GONE, TRY_AGAIN = 1000, 4401, 4404, 1013
"""Codes a stream closes with: the contact ended; who listened may no more; it is not theirs any
more; the register cannot be read just now (RFC 6455 7.4, and 4000 to 4999 for applications)."""

_PARALLEL = 8
_DIGITS = 10
Result = TypeVar("Result")


def add_stream(app: FastAPI, room: Room) -> None:
    """Add the WebSocket to the application."""
    # Threads of their own: answers that take their time must not keep the streams waiting
    threads = CapacityLimiter(_PARALLEL)

    @app.websocket("/v1/contacts/{key}/events")
    async def follow(socket: WebSocket, key: str) -> None:
        """Tell what happens in a contact, from the event after ``?after=N``."""
        after = socket.query_params.get("after", "0")
        if not after.isascii() or not after.isdigit() or len(after) >= _DIGITS:
            reason = because("field-no-number", field="after", value=after[:40])
            await socket.send_denial_response(refused(socket, 422, reason))
            return
        stream = _Stream(socket, key, int(after), room, threads)
        principal = visitor_of(socket).principal
        try:
            await stream.check(principal)
            with room.hub.listening(key, principal) as ear:
                await socket.accept()
                await stream.run(ear)
        except TooManyConnections as error:
            await socket.send_denial_response(refused(socket, 429, error.why))
        except KnowledgeBaseError as error:
            await socket.send_denial_response(refusal_of(socket, error))


class _Stream:
    """One connection, once it is known whose it is."""

    def __init__(
        self, socket: WebSocket, key: str, after: int, room: Room, threads: CapacityLimiter
    ) -> None:
        self._socket = socket
        self._key = key
        self._after = after
        self._room = room
        self._threads = threads

    async def check(self, principal: Principal) -> None:
        """See to it that there is such a contact, with such an event.

        Raises:
            KnowledgeBaseError: there is none for whoever asks, or the register cannot be read.
        """
        contact, _ = await self._apart(lambda: self._room.news(self._key, self._after, principal))
        self._room.seen(contact, principal)

    async def run(self, ear: Ear) -> None:
        """Tell and take until one side has enough."""
        async with anyio.create_task_group() as group:

            async def until_done(work: Callable[[], Awaitable[None]]) -> None:
                try:
                    await work()
                except WebSocketDisconnect:  # while something was sent
                    logger.debug("a stream's other side is gone")
                group.cancel_scope.cancel()

            group.start_soon(until_done, lambda: self._tell(ear))
            group.start_soon(until_done, self._take)

    async def _tell(self, ear: Ear) -> None:
        while True:
            ear.forget()
            try:
                ended = await self._tell_news()
            except KnowledgeBaseError as error:
                await self._close(code_of(error), told(error, language_asked(self._socket)))
                return
            if ended:
                await self._close(ENDED, "ended")
                return
            await ear.wait(CHECK_EVERY_S)

    async def _tell_news(self) -> bool:
        """Send what is new; whether nothing more will come."""
        while True:
            contact, events = await self._apart(
                lambda: self._room.news(
                    self._key, self._after, self._room.still(self._socket).principal
                )
            )
            if not events:
                return contact.state == "ended"
            for event in events:
                await self._send(shown.event(event))
                self._after = event.number

    async def _take(self) -> None:
        while True:
            message = await self._socket.receive()
            if message["type"] == "websocket.disconnect":
                return
            text = message.get("text") or message.get("bytes") or ""
            await self._send(await self._apart(partial(self._taken, text)))

    def _taken(self, text: str | bytes) -> dict[str, Any]:
        """What is answered to turns that came in: what is on disk, or why nothing is."""
        language = language_asked(self._socket)
        try:
            given = TurnsIn.model_validate_json(text)
            return self._room.add(self._key, given, self._room.still(self._socket).principal)
        except ValidationError as error:
            reason = reason_of(error.errors()[0])
            return {"error": reason.told(language), "code": reason.code}
        except KnowledgeBaseError as error:
            code = error.reason.code if error.reason is not None else None
            return {"error": told(error, language), "code": code}

    async def _send(self, content: dict[str, Any]) -> None:
        if self._socket.application_state is WebSocketState.CONNECTED:
            await self._socket.send_text(json.dumps(content, ensure_ascii=False))

    async def _close(self, code: int, line: str) -> None:
        # The protocol's own limit: 123 bytes
        await self._socket.close(code, line.encode()[:120].decode(errors="ignore"))

    async def _apart(self, work: Callable[[], Result]) -> Result:
        return await anyio.to_thread.run_sync(work, limiter=self._threads)


def code_of(error: KnowledgeBaseError) -> int:
    """What a stream is closed with."""
    if isinstance(error, AccessRefused):
        return SIGNED_OUT
    return GONE if isinstance(error, NotFound) else TRY_AGAIN
