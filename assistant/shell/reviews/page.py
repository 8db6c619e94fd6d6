"""``/reviews``: what was said of one's own contacts; and of an audience's, for its managers.

Built as ``/manage`` is: this frame, filled by ``/voz/reviews/main.js``, which asks nothing but the
REST API. Reviews are given on ``/quality``.
"""

from __future__ import annotations

from html import escape

from starlette.requests import Request

from assistant.shell.frame import FramedPage, Reader, links_html, words_html
from assistant.shell.gate import REVIEWS
from assistant.shell.reviews.texts import CATALOGUE
from assistant.shell.texts import say

_STYLES = (
    *("colours.css", "shared/base.css", "shared/gate.css", "quality/quality.css"),
    "shared/reviews.css",
)
_HEAD = (
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta name="color-scheme" content="light dark">'
    '<link rel="icon" href="/voz/mark.svg" type="image/svg+xml">'
    + "".join(f'<link rel="stylesheet" href="/voz/{style}">' for style in _STYLES)
    + '<script type="module" src="/voz/reviews/main.js"></script>'
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
    """The frame of the page.

    Args:
        reader: who opens it.
        own: whether they hold contacts that may be reviewed.
        others: whether they read reviews of an audience.
    """
    language, name = reader.language, reader.name
    words = {key: escape(text) for key, text in CATALOGUE[language].items()}
    title = escape(say(language, "title"))
    other, tongue = ("en", "English") if language == "es" else ("es", "Español")
    parts = (' data-own="1"' if own else "") + (' data-others="1"' if others else "")
    return (
        f'<!doctype html><html lang="{language}"><head>{_HEAD}'
        f"<title>{words['title']} · {title}</title></head><body>{words_html(CATALOGUE[language])}"
        f'<a class="skip" href="#view">{words["skip"]}</a>'
        f'<header class="top"><p class="mark">{title}</p><h1>{words["title"]}</h1>'
        f'<nav class="who">{links_html(language, reader.open_to, REVIEWS)}'
        f'<a id="tongue" href="?lang={other}" lang="{other}" hreflang="{other}">{tongue}</a>'
        f'<a href="/password">{escape(name)}</a>'
        f'<button type="button" id="sign-out">{escape(say(language, "sign_out"))}</button>'
        '</nav></header><div id="banner" role="alert"></div>'
        f'<main id="view" tabindex="-1"{parts}><p class="loading">{words["loading"]}</p></main>'
        '<p id="toast" role="status"></p></body></html>'
    )
