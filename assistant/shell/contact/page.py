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
from assistant.shell.frame import Frame, FramedPage, Reader
from assistant.shell.gate import CONTACT

_FILES = Path(__file__).parents[1] / "static" / "contact"


def _files(suffix: str) -> list[str]:
    """Names of the page's files, the page's own style before those of its panels."""
    names = sorted(path.name for path in _FILES.glob(f"*.{suffix}"))
    return sorted(names, key=lambda name: name != f"contact.{suffix}")


FRAME = Frame(
    CONTACT,
    "contact/main.js",
    ("shared/drafts.css", *(f"contact/{name}" for name in _files("css"))),
    CATALOGUE,
    keys=True,
    state=True,
)


class ContactPage(FramedPage):
    """The route of the page."""

    path = CONTACT

    def html(self, reader: Reader, request: Request) -> str:
        """The page for whoever opens it."""
        return contact_page(reader)


def contact_page(reader: Reader) -> str:
    """The page."""
    words = CATALOGUE[reader.language]
    columns = (
        f'<section id="{name}" class="column" aria-label="{escape(words[name])}"></section>'
        for name in ("talk", "help", "side")
    )
    modules = " ".join(_files("js"))
    return FRAME.html(
        reader,
        main="".join(columns),
        body=f' data-modules="{modules}" data-account="{escape(reader.name)}"',
        data=draft_words_html(),
        after='<p id="news" class="off" aria-live="polite"></p>',
    )
