"""``/quality``: golden sets, runs and their comparison, for those who answer for quality.

Built as ``/manage`` is: this frame, filled by ``/voz/quality/main.js``, which asks nothing but the
REST API. What a report shows is shown as it is there, in its own style.
"""

from __future__ import annotations

from starlette.requests import Request

from assistant.shell.frame import Frame, FramedPage, Reader
from assistant.shell.gate import QUALITY
from assistant.shell.quality.texts import CATALOGUE

FRAME = Frame(
    QUALITY,
    "quality/main.js",
    ("shared/gate.css", "quality/quality.css", "shared/reviews.css"),
    CATALOGUE,
    tabs=True,
    keys=True,
)


class QualityPage(FramedPage):
    """The route of the page."""

    path = QUALITY

    def html(self, reader: Reader, request: Request) -> str:
        """The page for whoever opens it."""
        return FRAME.html(reader)
