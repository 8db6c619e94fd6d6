"""What our pages have in common: who opens them, links to the others, words for the script."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from html import escape
from typing import ClassVar

from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from starlette.requests import Request

from assistant.shell.access import visitor_of
from assistant.shell.gate import CONTACT, MANAGE, PAGES, QUALITY, QUEUE, REVIEWS
from assistant.shell.manage.office import Office
from assistant.shell.texts import preferred_language, say
from knowledge.identity.access import Action
from knowledge.models import Language

LINKED = {
    "/": "questions",
    CONTACT: "contact",
    QUEUE: "queue",
    QUALITY: "quality",
    REVIEWS: "reviews",
    MANAGE: "manage",
}
"""The pages that link to each other, and the key of what each is called."""


@dataclass(frozen=True)
class Reader:
    """Whoever opens a page.

    Attributes:
        language: of the interface.
        name: as people read it.
        open_to: paths of the pages that they may open.
        time_zone: in which the company's days begin.
    """

    language: Language
    name: str
    open_to: Set[str]
    time_zone: str


@dataclass(frozen=True)
class Frame:
    """What stands around what a page's script draws.

    Attributes:
        path: of the page.
        script: that fills it, below ``/voz/``.
        styles: below ``/voz/``, after the common ones.
        words: its strings, by language.
        tabs: whether it has sections to choose from.
        keys: whether a button tells its keys.
        state: whether it says how its connection is.
    """

    path: str
    script: str
    styles: Sequence[str]
    words: Mapping[Language, Mapping[str, str]]
    tabs: bool = False
    keys: bool = False
    state: bool = False

    def html(
        self,
        reader: Reader,
        *,
        main: str = "",
        attributes: str = "",
        body: str = "",
        data: str = "",
        actions: str = "",
        after: str = "",
    ) -> str:
        """The page.

        Args:
            reader: who opens it.
            main: HTML of its main part; empty: that it is loading.
            attributes: of its main part.
            body: attributes of its body.
            data: data blocks for the script, beside its strings.
            actions: HTML between the links to the other pages and the button for the keys.
            after: HTML after its main part.
        """
        language = reader.language
        zone = escape(reader.time_zone)
        strings = self.words[language]
        words = {key: escape(text) for key, text in strings.items()}
        title = escape(say(language, "title"))
        other, tongue = ("en", "English") if language == "es" else ("es", "Español")
        tabs = f'<nav id="tabs" aria-label="{words["sections"]}"></nav>' if self.tabs else ""
        who = "div" if self.tabs else "nav"
        state = '<p id="connection" role="status"></p>' if self.state else ""
        if self.keys:
            actions += f'<button type="button" id="keys">{words["keys"]} <kbd>?</kbd></button>'
        main = main or f'<p class="loading">{words["loading"]}</p>'
        return (
            f'<!doctype html><html lang="{language}" data-time-zone="{zone}"><head>{self._head()}'
            f"<title>{words['title']} · {title}</title></head>"
            f"<body{body}>{words_html(strings)}{data}"
            f'<a class="skip" href="#view">{words["skip"]}</a>'
            f'<header class="top"><div class="brand"><p class="mark">{title}</p>'
            f"<h1>{words['title']}</h1></div>{state}{tabs}"
            f'<{who} class="who">{links_html(language, reader.open_to, self.path)}'
            f"{actions}"
            f'<a id="tongue" href="?lang={other}" lang="{other}" hreflang="{other}">{tongue}</a>'
            f'<a href="/password">{escape(reader.name)}</a>'
            f'<button type="button" id="sign-out">{escape(say(language, "sign_out"))}</button>'
            f'</{who}></header><div id="banner" role="alert"></div>'
            f'<main id="view" tabindex="-1"{attributes}>{main}</main>{after}'
            '<p id="toast" role="status"></p></body></html>'
        )

    def _head(self) -> str:
        styles = ("colours.css", "shared/base.css", *self.styles)
        return (
            '<meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            '<meta name="color-scheme" content="light dark">'
            '<link rel="icon" href="/voz/mark.svg" type="image/svg+xml">'
            + "".join(f'<link rel="stylesheet" href="/voz/{style}">' for style in styles)
            + f'<script type="module" src="/voz/{self.script}"></script>'
        )


class FramedPage:
    """The route of a page of ours; each says its path and what is on it.

    Args:
        office: who may see it.
        language: of the interface when the browser asks for neither Spanish nor English.
    """

    path: ClassVar[str]

    def __init__(self, office: Office, language: Language) -> None:
        self._office = office
        self._language = language

    def add_to(self, app: FastAPI) -> None:
        """Add the route to the application."""
        app.add_api_route(self.path, self.show, methods=["GET"], include_in_schema=False)

    def show(self, request: Request) -> HTMLResponse:
        """The page for whoever opens it; the gate knows who may see it."""
        page = self.html(reader_of(request, self._office, self._language), request)
        return HTMLResponse(page, headers={"cache-control": "no-store"})

    def html(self, reader: Reader, request: Request) -> str:
        """What is on the page."""
        raise NotImplementedError


def reader_of(request: Request, office: Office, language: Language) -> Reader:
    """Who opens a page, in the account's language, or the browser's; the gate let them in.

    Args:
        request: for the page; ``?lang=`` says which language this once.
        office: what they may do.
        language: where the browser asks for neither Spanish nor English.
    """
    caller = office.caller(request)
    session = visitor_of(request).session
    account = session.account if session else None
    wanted = preferred_language(
        request.query_params.get("lang") or (account.language if account else None),
        request.headers.get("accept-language", ""),
        language,
    )
    name = account.display_name if account else caller.name
    return Reader(wanted, name, pages_open_to(caller.may_anywhere), office.settings.time_zone)


def pages_open_to(may: Callable[[Action], bool]) -> frozenset[str]:
    """Paths of the pages that somebody may open, by what they may do for anybody at all."""
    return frozenset(path for path in LINKED if any(map(may, PAGES[path])))


def links_html(language: Language, open_to: Set[str], here: str) -> str:
    """Links to the other pages that somebody may open."""
    return "".join(
        f'<a class="page-link" href="{path}">{escape(say(language, key))}</a>'
        for path, key in LINKED.items()
        if path in open_to and path != here
    )


def words_html(words: Mapping[str, str]) -> str:
    """A page's strings for its script; a data block, which no browser runs."""
    text = json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/json" id="words">{text}</script>'
