"""``/queue``: what agents ask the company, for those on duty; and who is on duty for what.

Built as ``/manage`` is: this frame, filled by ``/voz/queue/main.js``, which asks nothing but the
REST API and follows the queue over its WebSocket.
"""

from __future__ import annotations

from html import escape

from starlette.requests import Request

from assistant.shell.escalations.texts import CATALOGUE
from assistant.shell.frame import Frame, FramedPage, Reader
from assistant.shell.gate import QUEUE

FRAME = Frame(QUEUE, "queue/main.js", ("queue/queue.css",), CATALOGUE, keys=True, state=True)


class QueuePage(FramedPage):
    """The route of the page."""

    path = QUEUE

    def html(self, reader: Reader, request: Request) -> str:
        """The page for whoever opens it."""
        caller = self._office.caller(request)
        keeps = caller.may_anywhere("edit_source") or caller.may_anywhere("publish")
        return queue_page(reader, keeps=keeps)


def queue_page(reader: Reader, *, keeps: bool) -> str:
    """The page.

    Args:
        reader: who opens it.
        keeps: whether they keep topics.
    """
    words = {key: escape(text) for key, text in CATALOGUE[reader.language].items()}
    return FRAME.html(
        reader,
        main='<div id="duty"></div><div id="trouble"></div>'
        f'<ol id="list" aria-label="{words["title"]}"></ol><div id="empty" hidden></div>',
        actions=f'<button type="button" id="topics">{words["topics"]}</button>' if keeps else "",
        after='<p id="news" class="off" aria-live="polite"></p>',
    )
