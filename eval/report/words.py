"""Says things of a report in one language, and the markup that its sections share."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.report import parts, written
from assistant.report.parts import paragraph, scrolled, table
from eval.report.texts import CATALOGUE
from eval.report.titles import title, told, value_title
from knowledge.refusals.reason import Reason

Cell = tuple[str, str, str]


class Words(parts.Writer):
    """Writes one report in one language."""

    texts = CATALOGUE

    def title(self, measure: str) -> str:
        """What a measure is called."""
        return title(measure, self.language)

    def value(self, value: str) -> str:
        """What a value of a field is called."""
        return value_title(value, self.language)

    def number(self, value: float | None, unit: str = "share") -> str:
        """A number of a measure; a dash for none."""
        if value is None:
            return "–"
        sign = "−" if value < 0 else ""
        size = abs(value)
        return f"{sign}{self.n(size)} ms" if unit == "ms" else f"{sign}{self.n(size, 3)}"

    def signed(self, value: float, unit: str = "share") -> str:
        """A difference."""
        return f"{'−' if value < 0 else '+'}{self.number(abs(value), unit)}"

    def told(self, reason: Reason) -> str:
        """A reason of the gate."""
        return told(reason, self.language)

    def ends(self, low: float | None, high: float | None, unit: str = "share") -> str:
        """An interval."""
        if low is None or high is None:
            return "–"
        return f"{self.number(low, unit)} – {self.number(high, unit)}"

    def percent(self, share: float) -> str:
        """A share as a percentage."""
        return written.percent(share, self.language)

    def anchor(self, name: str) -> str:
        """What a place is called in links; another one in each language."""
        return f"{self.language}-{name}"

    def figure(
        self,
        heading: str,
        hint: str,
        drawn: str,
        heads: Sequence[tuple[str, str]],
        rows: Sequence[Sequence[Cell]],
    ) -> str:
        """A plot with what it shows, and its data in a table that opens.

        Args:
            heading: of it.
            hint: how to read it.
            drawn: the plot and its legend, markup.
            heads: of the table.
            rows: of the table.
        """
        named = f"{self.say('data')}: {heading}"
        data = f"<details><summary>{escape(self.say('data'))}</summary>"
        return (
            f"<figure><figcaption><h3>{escape(heading)}</h3>{paragraph(hint, 'hint')}</figcaption>"
            f"{scrolled(drawn, heading)}{data}{table(heads, rows, name=named)}</details></figure>"
        )

    def missing(self, heading: str, reason: str) -> str:
        """In place of a plot, why there is none."""
        return f"<figure><h3>{escape(heading)}</h3>{paragraph(reason, 'hint')}</figure>"


def cell(text: str, kind: str = "") -> Cell:
    """A cell of text."""
    return ("td", kind, escape(text))


def number_cell(text: str) -> Cell:
    """A cell that is aligned with the numbers above it."""
    return ("td", "n", escape(text))


def head_cell(text: str) -> Cell:
    """The head of a row."""
    return ("th", "", escape(text))


def upper(text: str) -> str:
    """A text that begins a sentence."""
    return text[:1].upper() + text[1:]
