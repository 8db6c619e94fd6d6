"""``/contact``: the page on which an agent talks with a customer and is helped.

Built as ``/manage`` is: this frame, filled by ``/voz/contact/main.js``, which asks nothing but the
REST API and the stream of the contact.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from starlette.requests import Request

from assistant.shell.contact.page_texts import CATALOGUE
from assistant.shell.drafts.page_texts import draft_words_html
from assistant.shell.frame import FramedPage, Reader, links_html, words_html
from assistant.shell.gate import CONTACT
from assistant.shell.texts import say

_FILES = Path(__file__).parents[1] / "static" / "contact"


class ContactPage(FramedPage):
    """The route of the page."""

    path = CONTACT

    def html(self, reader: Reader, request: Request) -> str:
        """The page for whoever opens it."""
        return contact_page(reader)


def contact_page(reader: Reader) -> str:
    """The frame of the page."""
    language, name = reader.language, reader.name
    words = {key: escape(text) for key, text in CATALOGUE[language].items()}
    title = escape(say(language, "title"))
    other, tongue = ("en", "English") if language == "es" else ("es", "Español")
    columns = "".join(
        f'<section id="{name}" class="column" aria-label="{words[label]}"></section>'
        for name, label in (("talk", "talk"), ("help", "help"), ("side", "side"))
    )
    return (
        f'<!doctype html><html lang="{language}"><head>{_head()}'
        f"<title>{words['title']} · {title}</title></head>"
        f'<body data-modules="{" ".join(_files("js"))}" data-account="{escape(name)}">'
        f"{words_html(CATALOGUE[language])}{draft_words_html()}"
        f'<a class="skip" href="#view">{words["skip"]}</a>'
        f'<header class="top"><p class="mark">{title}</p><h1>{words["title"]}</h1>'
        f'<p id="connection" role="status"></p><nav class="who">'
        f"{links_html(language, reader.open_to, CONTACT)}"
        f'<button type="button" id="keys">{words["keys"]} <kbd>?</kbd></button>'
        f'<a id="tongue" href="?lang={other}" lang="{other}" hreflang="{other}">{tongue}</a>'
        f'<a href="/password">{escape(name)}</a>'
        f'<button type="button" id="sign-out">{escape(say(language, "sign_out"))}</button>'
        f'</nav></header><div id="banner" role="alert"></div>'
        f'<main id="view" tabindex="-1">{columns}</main>'
        '<p id="news" class="off" aria-live="polite"></p><p id="toast" role="status"></p>'
        "</body></html>"
    )


def _head() -> str:
    styles = [
        "colours.css",
        "shared/base.css",
        "shared/drafts.css",
        *(f"contact/{name}" for name in _files("css")),
    ]
    links = "".join(f'<link rel="stylesheet" href="/voz/{style}">' for style in styles)
    return (
        '<meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f'<link rel="icon" href="/voz/mark.svg" type="image/svg+xml">{links}'
        '<script type="module" src="/voz/contact/main.js"></script>'
    )


def _files(suffix: str) -> list[str]:
    """Names of the page's files, the page's own style before those of its panels."""
    names = sorted(path.name for path in _FILES.glob(f"*.{suffix}"))
    return sorted(names, key=lambda name: name != f"contact.{suffix}")
