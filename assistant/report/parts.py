"""Pieces of a report's HTML; whatever is given as text is escaped, cells are markup already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from typing import ClassVar

from assistant.report import written
from knowledge.models import Language


class Writer:
    """Says things in one language.

    Attributes:
        texts: strings of the report by language and key; ``{name}`` marks a value.
    """

    texts: ClassVar[Mapping[Language, Mapping[str, str]]]

    def __init__(self, language: Language) -> None:
        self.language = language

    def say(self, key: str, **values: object) -> str:
        """A string of the report, filled in.

        Raises:
            KeyError: there is none of that key.
        """
        return self.texts[self.language][key].format(**values)

    def n(self, value: float, digits: int = 0) -> str:
        """A number."""
        return written.number(value, self.language, digits)

    def day(self, value: date) -> str:
        """A day."""
        return written.day(value, self.language)

    def share(self, count: int, of: int) -> str:
        """A percentage; a dash of nothing."""
        return written.percent(count / of, self.language) if of else "–"


def section(title: str, content: str, anchor: str = "") -> str:
    """A section; its content is markup, its anchor what links lead to."""
    place = f' id="{escape(anchor)}"' if anchor else ""
    return f"<section{place}><h2>{escape(title)}</h2>{content}</section>"


def paragraph(text: str, kind: str = "") -> str:
    """A paragraph of text."""
    return f'<p class="{kind}">{escape(text)}</p>' if kind else f"<p>{escape(text)}</p>"


def table(
    heads: Sequence[tuple[str, str]],
    rows: Sequence[Sequence[tuple[str, str, str]]],
    kind: str = "",
    name: str = "",
) -> str:
    """A table; its cells, ``(element, class, content)``, are markup already.

    Args:
        heads: ``(text, class)`` of each column.
        rows: cells of each row.
        kind: class of the table.
        name: what a screen reader says; with it the table can be scrolled from the keyboard.
    """
    head = "".join(f'<th scope="col" class="{side}">{escape(text)}</th>' for text, side in heads)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return scrolled(
        f'<table class="{kind}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>', name
    )


def scrolled(content: str, name: str = "") -> str:
    """What may be wider than the screen; with a name it can be scrolled from the keyboard."""
    keys = f' tabindex="0" role="group" aria-label="{escape(name)}"' if name else ""
    return f'<div class="scrolled"{keys}>{content}</div>'


def _cell(cell: tuple[str, str, str]) -> str:
    name, kind, content = cell
    scope = ' scope="row"' if name == "th" else ""
    return f'<{name}{scope} class="{kind}">{content}</{name}>'
