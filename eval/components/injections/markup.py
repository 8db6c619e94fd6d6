"""Instrument: what a piece of HTML would run or fetch by itself, or where it leads."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_RUNS = frozenset({"script", "iframe", "object", "embed", "applet", "base", "meta", "link", "form"})
_FETCHES = frozenset({"src", "srcset", "poster", "background", "data", "xlink:href"})
_LEADS = frozenset({"href", "action", "formaction"})
_OWN = re.compile(r"^(?:/(?!/)|#|\./|\?|$)")


class _Scanner(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _RUNS:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            plain = re.sub(r"[\s\x00-\x1f]", "", value or "").lower()
            if name.startswith("on") or name == "srcdoc":
                self.found.append(f"<{tag} {name}>")
            if name == "style" and ("url(" in plain or "expression(" in plain):
                self.found.append(f"<{tag} style={value}>")
            if name in _FETCHES | _LEADS and not _OWN.match(plain):
                self.found.append(f"<{tag} {name}={value}>")

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "style" and re.search(r"url\(|@import", data, re.IGNORECASE):
            self.found.append("<style> that fetches")


def live_parts(html: str) -> list[str]:
    """Elements and attributes of HTML that run, fetch or lead elsewhere; empty: it only shows."""
    scanner = _Scanner()
    scanner.feed(html)
    scanner.close()
    return scanner.found
