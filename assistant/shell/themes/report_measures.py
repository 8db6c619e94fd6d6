"""The report on measures: each with its definition, what it is over, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.report import written
from assistant.report.parts import paragraph, section, table
from assistant.shell.themes.measuring import Measured
from assistant.shell.themes.report_parts import Writer
from assistant.themes.measures import SMALLEST_GROUP, Share, Typical, Value


class MeasureWriter(Writer):
    """Writes the section."""

    def all(self, whole: Measured, groups: Sequence[Measured], left_out: Sequence[str]) -> str:
        """The section."""
        heads = [
            (self.say("measure"), ""),
            (self.say("value"), "n"),
            (self.say("counted"), "n"),
            (self.say("unknown"), "n"),
        ]
        rows = [
            [
                ("th", "", self.named_measure(name)),
                ("td", "n", escape(self.value(value))),
                ("td", "n", escape(self.over(value))),
                ("td", "n", escape(self.missing(value))),
            ]
            for name, value in whole.values.items()
        ]
        return section(
            self.say("measures"), table(heads, rows) + self.groups(whole, groups, left_out)
        )

    def named_measure(self, name: str) -> str:
        """What a measure is called and how it is counted."""
        return (
            f"{escape(self.say(f'measure_{name}'))}"
            f'<br><span class="hint">{escape(self.say(f"meant_{name}"))}</span>'
        )

    def groups(self, whole: Measured, groups: Sequence[Measured], left_out: Sequence[str]) -> str:
        """The measures by audience, and whose are left out."""
        left = ""
        if left_out:
            told = ", ".join(left_out)
            left = paragraph(self.say("left_out", limit=SMALLEST_GROUP, audiences=told), "hint")
        if not groups:
            return left
        names = list(whole.values)
        heads = [(self.say("audience"), ""), (self.say("contacts"), "n")]
        heads += [(self.say(f"measure_{name}"), "n") for name in names]
        rows = [
            [
                ("th", "", escape(written.audience(group.title, self.language))),
                ("td", "n", self.n(group.contacts)),
                *(("td", "n", self.value_and_n(group.values[name])) for name in names),
            ]
            for group in groups
        ]
        return f"<h3>{escape(self.say('by_audience'))}</h3>{table(heads, rows, 'dense')}{left}"

    def value(self, value: Value) -> str:
        """A measure's value, or that it is not known."""
        if isinstance(value, Typical):
            known = value.seconds
            return written.minutes(known, self.language) if known is not None else "–"
        share = value.share
        if share is None:
            return self.say("unknown_value")
        return written.percent(share, self.language)

    def value_and_n(self, value: Value) -> str:
        """The value with what it is counted over below it."""
        over = f"<br><small>{escape(self.over(value))}</small>" if value.of else ""
        return escape(self.value(value)) + over

    def over(self, value: Value) -> str:
        """What a measure is counted over."""
        if isinstance(value, Typical):
            return self.say("of_n", of=self.n(value.of))
        if not value.of:
            return "–"
        return self.say("n_of", count=self.n(value.count), of=self.n(value.of))

    def missing(self, value: Value) -> str:
        """Of how much it is not known."""
        if isinstance(value, Share) and value.open:
            return self.say("and_open", count=self.n(value.unknown), open=self.n(value.open))
        return self.n(value.unknown)
