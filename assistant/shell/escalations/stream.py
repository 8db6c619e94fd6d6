"""The live queue: a WebSocket that gives what waits for somebody's answer whenever it changes.

What is told is read from the register as whoever listens is then, so nothing can get to a wrong
listener, and whoever comes back after a lost connection has missed nothing.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import anyio
import anyio.to_thread
from anyio import CapacityLimiter
from fastapi import FastAPI, WebSocket, WebSocketDisconnect
from starlette.websockets import WebSocketState

from assistant.refusals import because
from assistant.shell.access import visitor_of
from assistant.shell.contact.hub import Ear, TooManyConnections
from assistant.shell.contact.stream import SIGNED_OUT, TRY_AGAIN
from assistant.shell.escalations.desk import QUEUE, EscalationDesk
from assistant.shell.manage.refusals import refusal_of, refused
from assistant.shell.telling import language_asked, told
from knowledge.errors import AccessRefused, KnowledgeBaseError

logger = logging.getLogger(__name__)

CHECK_EVERY_S = 2.0
"""How soon a session's end is noticed, and what another process wrote."""
_PARALLEL = 4


def add_queue_stream(app: FastAPI, desk: EscalationDesk) -> None:
    """Add the WebSocket to the application."""
    threads = CapacityLimiter(_PARALLEL)

    @app.websocket("/v1/escalations/queue")
    async def follow(socket: WebSocket) -> None:
        """Tell what waits for an answer, whenever that changes."""
        queue = _Queue(socket, desk, threads)
        principal = visitor_of(socket).principal
        try:
            await queue.read()
            with desk.queues.listening(QUEUE, principal) as ear:
                await socket.accept()
                await queue.run(ear)
        except TooManyConnections as error:
            await socket.send_denial_response(refused(socket, 429, error.why))
        except KnowledgeBaseError as error:
            await socket.send_denial_response(refusal_of(socket, error))


class _Queue:
    """One connection."""

    def __init__(self, socket: WebSocket, desk: EscalationDesk, threads: CapacityLimiter) -> None:
        self._socket = socket
        self._desk = desk
        self._threads = threads
        self._sent = ""

    async def read(self) -> str:
        """What waits now, as it is sent.

        Raises:
            KnowledgeBaseError: whoever listens answers nothing (any more), or the register cannot
                be read.
        """
        return await anyio.to_thread.run_sync(self._read, limiter=self._threads)

    def _read(self) -> str:
        visitor = self._desk.access.still(self._socket)
        if visitor is None:
            raise AccessRefused(because("session-ended"))
        principal = visitor.principal
        if not self._desk.access.may(principal, "answer_escalations"):
            action = because("action-answer_escalations")
            raise AccessRefused(because("may-not-do", name=principal.name, actions=action))
        waiting = {"escalations": self._desk.queue(principal)}
        return json.dumps(waiting, ensure_ascii=False)

    async def run(self, ear: Ear) -> None:
        """Tell until one side has enough."""
        async with anyio.create_task_group() as group:

            async def until_done(work: Callable[[], Awaitable[None]]) -> None:
                try:
                    await work()
                except WebSocketDisconnect:
                    logger.debug("a queue's other side is gone")
                group.cancel_scope.cancel()

            group.start_soon(until_done, lambda: self._tell(ear))
            group.start_soon(until_done, self._hear)

    async def _tell(self, ear: Ear) -> None:
        while True:
            ear.forget()
            try:
                waiting = await self.read()
            except KnowledgeBaseError as error:
                code = SIGNED_OUT if isinstance(error, AccessRefused) else TRY_AGAIN
                line = told(error, language_asked(self._socket))
                # The protocol's own limit: 123 bytes
                await self._socket.close(code, line.encode()[:120].decode(errors="ignore"))
                return
            if waiting != self._sent:
                await self._send(waiting)
            await ear.wait(CHECK_EVERY_S)

    async def _send(self, waiting: str) -> None:
        if self._socket.application_state is WebSocketState.CONNECTED:
            await self._socket.send_text(waiting)
            self._sent = waiting

    async def _hear(self) -> None:
        message: dict[str, Any] = {}
        while message.get("type") != "websocket.disconnect":
            message = dict(await self._socket.receive())
