"""The open contacts of whoever is signed in, as they come and go: a WebSocket that tells the list.

As the stream of a contact does, it finds out again and again who listens, and keeps no idle session
open, which asking for the list every few seconds would.
"""

from __future__ import annotations

import json
import logging
from typing import Any

import anyio
import anyio.to_thread
from anyio import CapacityLimiter
from fastapi import FastAPI, WebSocket, WebSocketDisconnect

from assistant.refusals import because
from assistant.shell.access import visitor_of
from assistant.shell.contact import shown
from assistant.shell.contact.hub import Ear, TooManyConnections
from assistant.shell.contact.room import Room, of_agent
from assistant.shell.contact.stream import CHECK_EVERY_S, code_of
from assistant.shell.manage.refusals import refusal_of, refused
from assistant.shell.telling import language_asked, told
from knowledge.errors import AccessRefused, KnowledgeBaseError
from knowledge.identity.access import Principal

logger = logging.getLogger(__name__)

MAX_TOLD = 50
_PARALLEL = 4


def add_list_stream(app: FastAPI, room: Room) -> None:
    """Add the WebSocket to the application."""
    threads = CapacityLimiter(_PARALLEL)

    @app.websocket("/v1/contacts/events")
    async def follow_list(socket: WebSocket) -> None:
        """Tell the open contacts that are one's own, whenever they change."""
        principal = visitor_of(socket).principal
        try:
            _require(room, principal)
            with room.hub.listening(of_agent(principal.name), principal) as ear:
                await socket.accept()
                async with anyio.create_task_group() as group:
                    group.start_soon(_until_closed, socket, group)
                    await _tell(socket, room, ear, threads)
                    group.cancel_scope.cancel()
        except TooManyConnections as error:
            await socket.send_denial_response(refused(socket, 429, error.why))
        except KnowledgeBaseError as error:
            await socket.send_denial_response(refusal_of(socket, error))


async def _until_closed(socket: WebSocket, group: anyio.abc.TaskGroup) -> None:
    """What comes in is not read; that the other side has gone ends the telling."""
    while (await socket.receive())["type"] != "websocket.disconnect":
        continue
    group.cancel_scope.cancel()


async def _tell(socket: WebSocket, room: Room, ear: Ear, threads: CapacityLimiter) -> None:
    before: list[dict[str, Any]] | None = None

    def read() -> list[dict[str, Any]]:
        principal = room.still(socket).principal
        _require(room, principal)
        found = room.contacts.all(room.reach(principal), state="open", own=True, limit=MAX_TOLD)
        return [shown.contact(one) for one in found]

    while True:
        ear.forget()
        try:
            now = await anyio.to_thread.run_sync(read, limiter=threads)
            if now != before:
                await socket.send_text(json.dumps({"contacts": now}, ensure_ascii=False))
                before = now
        except WebSocketDisconnect:
            logger.debug("a list's other side is gone")
            return
        except KnowledgeBaseError as error:
            line = told(error, language_asked(socket))
            await socket.close(code_of(error), line.encode()[:120].decode(errors="ignore"))
            return
        await ear.wait(CHECK_EVERY_S)


def _require(room: Room, principal: Principal) -> None:
    if not room.reach(principal).held:
        action = because("action-hold_contacts")
        raise AccessRefused(because("may-not-do", name=principal.name, actions=action))
