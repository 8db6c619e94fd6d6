"""``/reviews``: what was said of one's own contacts; and of an audience's, for its managers.

Built as ``/manage`` is: this frame, filled by ``/voz/reviews/main.js``, which asks nothing but the
REST API. Reviews are given on ``/quality``.
"""

from __future__ import annotations

from starlette.requests import Request

from assistant.shell.frame import Frame, FramedPage, Reader
from assistant.shell.gate import REVIEWS
from assistant.shell.reviews.texts import CATALOGUE

FRAME = Frame(
    REVIEWS,
    "reviews/main.js",
    ("shared/gate.css", "quality/quality.css", "shared/reviews.css"),
    CATALOGUE,
)


class ReviewsPage(FramedPage):
    """The route of the page."""

    path = REVIEWS

    def html(self, reader: Reader, request: Request) -> str:
        """The page for whoever opens it."""
        caller = self._office.caller(request)
        own = caller.may_anywhere("hold_contacts")
        return reviews_page(reader, own=own, others=caller.may_anywhere("see_contacts"))


def reviews_page(reader: Reader, *, own: bool, others: bool) -> str:
    """The page.

    Args:
        reader: who opens it.
        own: whether they hold contacts that may be reviewed.
        others: whether they read reviews of an audience.
    """
    parts = (' data-own="1"' if own else "") + (' data-others="1"' if others else "")
    return FRAME.html(reader, attributes=parts)
