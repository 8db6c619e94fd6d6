"""``/manage``: the page on which sources are brought in, reviewed, dated and retired.

A plain page of ours, not Gradio: it shows 5,000 sources in one table that filters and sorts in the
browser, keeps what is typed beside what the server says, and asks nothing but the REST API, whose
routes decide everything. The HTML is this frame; what fills it is ``/voz/manage/main.js``.
"""

from __future__ import annotations

import json
from html import escape

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import HTMLResponse

from assistant.shell.access import visitor_of
from assistant.shell.gate import MANAGE
from assistant.shell.manage.office import Office
from assistant.shell.manage.texts import CATALOGUE
from assistant.shell.texts import preferred_language, say
from knowledge.models import Language

_HEAD = (
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta name="color-scheme" content="light dark">'
    '<link rel="icon" href="/voz/mark.svg" type="image/svg+xml">'
    '<link rel="stylesheet" href="/voz/colours.css">'
    '<link rel="stylesheet" href="/voz/shared/base.css">'
    '<link rel="stylesheet" href="/voz/manage/manage.css">'
    '<link rel="stylesheet" href="/voz/manage/work.css">'
    '<link rel="stylesheet" href="/voz/manage/themes.css">'
    '<script type="module" src="/voz/manage/main.js"></script>'
)


class ManagePage:
    """The route of the page.

    Args:
        office: who may see it.
        language: of the interface when the browser asks for neither Spanish nor English.
    """

    def __init__(self, office: Office, language: Language) -> None:
        self._office = office
        self._language = language

    def add_to(self, app: FastAPI) -> None:
        """Add the route to the application."""
        app.add_api_route(MANAGE, self.show, methods=["GET"], include_in_schema=False)

    def show(self, request: Request) -> HTMLResponse:
        """The page in the account's language, or the browser's; the gate knows who may see it."""
        caller = self._office.caller(request)
        session = visitor_of(request).session
        account = session.account if session else None
        language = preferred_language(
            request.query_params.get("lang") or (account.language if account else None),
            request.headers.get("accept-language", ""),
            self._language,
        )
        name = account.display_name if account else caller.name
        page = manage_page(language, name, asks=caller.may_anywhere("ask"))
        return HTMLResponse(page, headers={"cache-control": "no-store"})


def manage_page(language: Language, name: str, *, asks: bool) -> str:
    """The frame of the page.

    Args:
        language: of the interface.
        name: of whoever is signed in.
        asks: whether they may open the agents' page.
    """
    words = CATALOGUE[language]
    title, heading = escape(say(language, "title")), escape(words["title"])
    other, tongue = ("en", "English") if language == "es" else ("es", "Español")
    questions = ""
    if asks:
        questions = (
            f'<a href="/contact">{escape(say(language, "contact"))}</a>'
            f'<a href="/">{escape(words["to_questions"])}</a>'
        )
    return (
        f'<!doctype html><html lang="{language}"><head>{_HEAD}<title>{heading} · {title}</title>'
        f"</head><body>{_words(language)}"
        f'<a class="skip" href="#view">{escape(words["skip"])}</a>'
        f'<header class="top"><div class="brand"><p class="mark">{title}</p><h1>{heading}</h1>'
        f'</div><nav id="tabs" aria-label="{escape(words["sections"])}"></nav>'
        f'<div class="who">{questions}'
        f'<a id="tongue" href="?lang={other}" lang="{other}" hreflang="{other}">{tongue}</a>'
        f'<a href="/password">{escape(name)}</a>'
        f'<button type="button" id="sign-out">{escape(say(language, "sign_out"))}</button>'
        '</div></header><div id="banner" role="alert"></div>'
        f'<main id="view" tabindex="-1"><p class="loading">{escape(words["loading"])}</p></main>'
        '<div id="tray" hidden></div><p id="toast" role="status"></p></body></html>'
    )


def _words(language: Language) -> str:
    """The page's strings for its script; a data block, which no browser runs."""
    text = json.dumps(CATALOGUE[language], ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/json" id="words">{text}</script>'
