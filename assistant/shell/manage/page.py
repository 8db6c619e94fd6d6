"""``/manage``: the page on which sources are brought in, reviewed, dated and retired.

A plain page of ours, not Gradio: it shows 5,000 sources in one table that filters and sorts in the
browser, keeps what is typed beside what the server says, and asks nothing but the REST API, whose
routes decide everything. The HTML is this frame; what fills it is ``/voz/manage/main.js``.
"""

from __future__ import annotations

from html import escape

from starlette.requests import Request

from assistant.shell.frame import FramedPage, Reader, links_html, words_html
from assistant.shell.gate import MANAGE
from assistant.shell.manage.texts import CATALOGUE
from assistant.shell.texts import say

_HEAD = (
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta name="color-scheme" content="light dark">'
    '<link rel="icon" href="/voz/mark.svg" type="image/svg+xml">'
    '<link rel="stylesheet" href="/voz/colours.css">'
    '<link rel="stylesheet" href="/voz/shared/base.css">'
    '<link rel="stylesheet" href="/voz/shared/gate.css">'
    '<link rel="stylesheet" href="/voz/manage/manage.css">'
    '<link rel="stylesheet" href="/voz/manage/work.css">'
    '<link rel="stylesheet" href="/voz/manage/themes.css">'
    '<link rel="stylesheet" href="/voz/manage/voice.css">'
    '<script type="module" src="/voz/manage/main.js"></script>'
)


class ManagePage(FramedPage):
    """The route of the page."""

    path = MANAGE

    def html(self, reader: Reader, request: Request) -> str:
        """The page for whoever opens it."""
        return manage_page(reader)


def manage_page(reader: Reader) -> str:
    """The frame of the page."""
    language, name = reader.language, reader.name
    words = CATALOGUE[language]
    title, heading = escape(say(language, "title")), escape(words["title"])
    other, tongue = ("en", "English") if language == "es" else ("es", "Español")
    links = links_html(language, reader.open_to, MANAGE)
    return (
        f'<!doctype html><html lang="{language}"><head>{_HEAD}<title>{heading} · {title}</title>'
        f"</head><body>{words_html(words)}"
        f'<a class="skip" href="#view">{escape(words["skip"])}</a>'
        f'<header class="top"><div class="brand"><p class="mark">{title}</p><h1>{heading}</h1>'
        f'</div><nav id="tabs" aria-label="{escape(words["sections"])}"></nav>'
        f'<div class="who">{links}'
        f'<a id="tongue" href="?lang={other}" lang="{other}" hreflang="{other}">{tongue}</a>'
        f'<a href="/password">{escape(name)}</a>'
        f'<button type="button" id="sign-out">{escape(say(language, "sign_out"))}</button>'
        '</div></header><div id="banner" role="alert"></div>'
        f'<main id="view" tabindex="-1"><p class="loading">{escape(words["loading"])}</p></main>'
        '<div id="tray" hidden></div><p id="toast" role="status"></p></body></html>'
    )
