"""``/quality``: golden sets, runs and their comparison, for those who answer for quality.

Built as ``/manage`` is: this frame, filled by ``/voz/quality/main.js``, which asks nothing but the
REST API. What a report shows is shown as it is there, in its own style.
"""

from __future__ import annotations

from html import escape

from starlette.requests import Request

from assistant.shell.frame import FramedPage, Reader, links_html, words_html
from assistant.shell.gate import QUALITY
from assistant.shell.quality.texts import CATALOGUE
from assistant.shell.texts import say

_STYLES = (
    "colours.css",
    "shared/base.css",
    "shared/gate.css",
    "quality/quality.css",
    "shared/reviews.css",
)
_HEAD = (
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta name="color-scheme" content="light dark">'
    '<link rel="icon" href="/voz/mark.svg" type="image/svg+xml">'
    + "".join(f'<link rel="stylesheet" href="/voz/{style}">' for style in _STYLES)
    + '<script type="module" src="/voz/quality/main.js"></script>'
)


class QualityPage(FramedPage):
    """The route of the page."""

    path = QUALITY

    def html(self, reader: Reader, request: Request) -> str:
        """The page for whoever opens it."""
        return quality_page(reader)


def quality_page(reader: Reader) -> str:
    """The frame of the page."""
    language, name = reader.language, reader.name
    words = CATALOGUE[language]
    title, heading = escape(say(language, "title")), escape(words["title"])
    other, tongue = ("en", "English") if language == "es" else ("es", "Español")
    return (
        f'<!doctype html><html lang="{language}"><head>{_HEAD}<title>{heading} · {title}</title>'
        f"</head><body>{words_html(words)}"
        f'<a class="skip" href="#view">{escape(words["skip"])}</a>'
        f'<header class="top"><p class="mark">{title}</p><h1>{heading}</h1>'
        f'<nav id="tabs" aria-label="{escape(words["sections"])}"></nav>'
        f'<div class="who">{links_html(language, reader.open_to, QUALITY)}'
        f'<button type="button" id="keys">{escape(words["keys"])} <kbd>?</kbd></button>'
        f'<a id="tongue" href="?lang={other}" lang="{other}" hreflang="{other}">{tongue}</a>'
        f'<a href="/password">{escape(name)}</a>'
        f'<button type="button" id="sign-out">{escape(say(language, "sign_out"))}</button>'
        '</div></header><div id="banner" role="alert"></div>'
        f'<main id="view" tabindex="-1"><p class="loading">{escape(words["loading"])}</p></main>'
        '<p id="toast" role="status"></p></body></html>'
    )
