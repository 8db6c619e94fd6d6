"""``/queue``: what agents ask the company, for those on duty; and who is on duty for what.

Built as ``/manage`` is: this frame, filled by ``/voz/queue/main.js``, which asks nothing but the
REST API and follows the queue over its WebSocket.
"""

from __future__ import annotations

from html import escape

from starlette.requests import Request

from assistant.shell.escalations.texts import CATALOGUE
from assistant.shell.frame import FramedPage, Reader, links_html, words_html
from assistant.shell.gate import QUEUE
from assistant.shell.texts import say

_STYLES = ("colours.css", "shared/base.css", "queue/queue.css")
_HEAD = (
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta name="color-scheme" content="light dark">'
    '<link rel="icon" href="/voz/mark.svg" type="image/svg+xml">'
    + "".join(f'<link rel="stylesheet" href="/voz/{style}">' for style in _STYLES)
    + '<script type="module" src="/voz/queue/main.js"></script>'
)


class QueuePage(FramedPage):
    """The route of the page."""

    path = QUEUE

    def html(self, reader: Reader, request: Request) -> str:
        """The page for whoever opens it."""
        caller = self._office.caller(request)
        keeps = caller.may_anywhere("edit_source") or caller.may_anywhere("publish")
        return queue_page(reader, keeps=keeps)


def queue_page(reader: Reader, *, keeps: bool) -> str:
    """The frame of the page.

    Args:
        reader: who opens it.
        keeps: whether they keep topics.
    """
    language, name = reader.language, reader.name
    words = {key: escape(text) for key, text in CATALOGUE[language].items()}
    title = escape(say(language, "title"))
    other, tongue = ("en", "English") if language == "es" else ("es", "Español")
    topics = f'<button type="button" id="topics">{words["topics"]}</button>' if keeps else ""
    return (
        f'<!doctype html><html lang="{language}"><head>{_HEAD}'
        f"<title>{words['title']} · {title}</title></head><body>{words_html(CATALOGUE[language])}"
        f'<a class="skip" href="#view">{words["skip"]}</a>'
        f'<header class="top"><p class="mark">{title}</p><h1>{words["title"]}</h1>'
        f'<p id="connection" role="status"></p><nav class="who">'
        f"{links_html(language, reader.open_to, QUEUE)}{topics}"
        f'<button type="button" id="keys">{words["keys"]} <kbd>?</kbd></button>'
        f'<a id="tongue" href="?lang={other}" lang="{other}" hreflang="{other}">{tongue}</a>'
        f'<a href="/password">{escape(name)}</a>'
        f'<button type="button" id="sign-out">{escape(say(language, "sign_out"))}</button>'
        f'</nav></header><div id="banner" role="alert"></div>'
        f'<main id="view" tabindex="-1"><div id="duty"></div><div id="trouble"></div>'
        f'<ol id="list" aria-label="{words["title"]}"></ol><div id="empty" hidden></div>'
        '</main><p id="news" class="off" aria-live="polite"></p>'
        '<p id="toast" role="status"></p></body></html>'
    )
