"""Which elements of a page are its content, and which only surround or hide."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from ingest.clean import clean_line

_DROP = frozenset(
    "script style template noscript iframe object embed svg math canvas audio video map head "
    "link meta nav aside input select textarea datalist dialog progress img picture".split()
)
_SURROUNDING_ROLES = frozenset(
    "navigation banner contentinfo search menu menubar dialog alertdialog toolbar".split()
)
_SURROUNDING = re.compile(
    r"(?i)(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|sidebar|toc|footer|cookies?|"
    r"cookie-banner|share|social|skip-?link|headerlink|pagination|pager|edit-?link|newsletter|"
    r"advert|ads|wy-nav-side|wy-side-scroll|rst-versions|sr-only-focusable)(?:$|[\s_-])"
)
_LANDMARK_CONTENT = ("//main", '//*[@role="main"]', "//article")


@dataclass(frozen=True)
class Filter:
    """What is left out of one page.

    Attributes:
        whole_page: leave out navigation, headers and footers too.
        opened_by_buttons: ids of hidden elements that a button on the page opens.
    """

    whole_page: bool
    opened_by_buttons: AbstractSet[str]

    def dropped(self, node: Any) -> bool:
        """Whether an element and all in it is left out."""
        tag = node.tag
        if tag in _DROP and not (tag in ("nav", "aside") and not self.whole_page):
            return True
        if self.hidden(node):
            return True
        if not self.whole_page or tag in ("body", "html", "main", "article"):
            return False
        if tag == "footer" or (tag == "header" and not node.xpath(".//h1")):
            return True
        if (node.get("role") or "").lower() in _SURROUNDING_ROLES:
            return True
        label = f"{node.get('class') or ''} {node.get('id') or ''}"
        return len(label) < 300 and _SURROUNDING.search(label) is not None and self._linky(node)

    def hidden(self, node: Any) -> bool:
        """Whether an element is not shown, and no button of the page opens it."""
        if node.get("id") in self.opened_by_buttons and node.get("id"):
            return False
        style = (node.get("style") or "").replace(" ", "").lower()
        return (
            node.get("hidden") is not None
            or node.get("aria-hidden") == "true"
            or "display:none" in style
            or "visibility:hidden" in style
        )

    def _linky(self, node: Any) -> bool:
        """Whether more than half of an element's text is links: navigation, not content."""
        total = len(clean_line(node.text_content()))
        links = sum(len(clean_line(link.text_content())) for link in node.iter("a"))
        return total == 0 or links > 0.5 * total or total < 40


def main_content(root: Any, kept: Filter) -> Any:
    """The element that holds the page's content: a landmark with most of the text, or the body."""
    body = root.find("body")
    body = root if body is None else body
    total = len(_visible(body, kept))
    for path in _LANDMARK_CONTENT:
        found = root.xpath(path)
        if len(found) == 1 and len(_visible(found[0], kept)) >= max(0.4 * total, 1):
            return found[0]
    return body


def _visible(element: Any, kept: Filter) -> str:
    """Text of an element that is neither script nor surroundings."""
    parts: list[str] = []
    stack = [element]
    while stack:
        node = stack.pop()
        if not isinstance(node.tag, str) or kept.dropped(node):
            continue
        parts.append(node.text or "")
        for child in node:
            parts.append(child.tail or "")
            stack.append(child)
    return clean_line(" ".join(parts))
