"""``/manage``: the page on which sources are brought in, reviewed, dated and retired.

A plain page of ours, not Gradio: it shows 5,000 sources in one table that filters and sorts in the
browser, keeps what is typed beside what the server says, and asks nothing but the REST API, whose
routes decide everything. The HTML is this frame; what fills it is ``/voz/manage/main.js``.
"""

from __future__ import annotations

from starlette.requests import Request

from assistant.shell.frame import Frame, FramedPage, Reader
from assistant.shell.gate import MANAGE
from assistant.shell.manage.texts import CATALOGUE

FRAME = Frame(
    MANAGE,
    "manage/main.js",
    (
        "shared/gate.css",
        *("manage/manage.css", "manage/work.css", "manage/themes.css", "manage/voice.css"),
    ),
    CATALOGUE,
    tabs=True,
)


class ManagePage(FramedPage):
    """The route of the page."""

    path = MANAGE

    def html(self, reader: Reader, request: Request) -> str:
        """The page for whoever opens it."""
        return FRAME.html(reader, after='<div id="tray" hidden></div>')
