"""A report -> its HTML, section by section; see `assistant.shell.themes.report`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from assistant.report import drawing, written
from assistant.report.parts import paragraph, section, table
from assistant.shell.themes.report_measures import MeasureWriter
from assistant.shell.themes.report_parts import Writer
from assistant.shell.themes.report_style import STYLE
from assistant.shell.themes.report_texts import tell
from assistant.themes.counting import PLOTTED_WEEKS
from assistant.themes.measures import SMALLEST_GROUP, Measure, Share, Value
from assistant.themes.models import Theme
from assistant.themes.rising import MIN_RATIO, MIN_RECENT
from assistant.themes.weeks import week_of
from knowledge.models import Language

if TYPE_CHECKING:
    from assistant.shell.themes.report import Report, Risen
    from knowledge.work.gaps import Gap

NAMED_THEMES = 10
NAMED_GAPS = 10
WORST_THEMES = 5


def page(report: Report, language: Language) -> str:
    """The whole file."""
    sections = _Sections(report, language)
    title = f"{tell(language, 'title')} · {sections.month}"
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>"
        f"<body>{''.join(sections.all())}</body></html>\n"
    )


class _Sections(Writer):
    """The sections of one report in one language."""

    def __init__(self, report: Report, language: Language) -> None:
        super().__init__(language)
        self.report = report
        self.measured = MeasureWriter(language)
        month = written.MONTHS[language][report.month.month - 1]
        self.month = self.say("of_month", month=month, year=report.month.year)

    def all(self) -> Iterable[str]:
        report = self.report
        yield self.head()
        if not report.themes.total and not report.whole.contacts:
            yield paragraph(self.say("nothing")) + paragraph(self.say("nothing_hint"), "hint")
        else:
            yield self.summary()
            yield self.most()
            yield self.rising()
            yield self.wrong()
            yield self.measured.all(report.whole, report.groups, report.left_out)
        yield self.gaps()
        yield self.defined()

    def head(self) -> str:
        report = self.report
        lines = [
            self.say(
                "of_whom",
                audiences=", ".join(
                    written.audience(one, self.language) for one in report.audiences
                ),
            )
        ]
        if not report.complete:
            lines.append(self.say("until", day=self.day(report.period.last)))
        lines.append(self.say("made", day=self.day(report.made)))
        heading = f"<h1>{escape(self.say('title'))}<span>{escape(self.month)}</span></h1>"
        return f"<header>{heading}{paragraph(' '.join(lines), 'meta')}</header>"

    def summary(self) -> str:
        report = self.report
        before = self.say("n_asked_before", before=self.n(report.before), days=report.period.days)
        answered = report.whole.values["answered"]
        tiles = [
            (self.n(report.whole.contacts), self.say("n_contacts"), ""),
            (self.n(report.themes.total), self.say("n_asked"), before),
            (self.n(len(report.risen)), self.say("n_rising"), ""),
            (self.measured.value(answered), self.say("n_answered"), self.measured.over(answered)),
        ]
        shown = "".join(
            f'<div class="tile"><b>{escape(value)}</b>{escape(name)}'
            f"{f'<small>{escape(more)}</small>' if more else ''}</div>"
            for value, name, more in tiles
        )
        return section(self.say("summary"), f'<div class="tiles">{shown}</div>{self.weekly()}')

    def weekly(self) -> str:
        themes, last = self.report.themes, self.report.period.last
        mondays = themes.weeks[-PLOTTED_WEEKS:]
        values = themes.by_week[-PLOTTED_WEEKS:]
        labels = [written.short_day(monday, self.language) for monday in mondays]
        title = self.say("weekly")
        hint = self.say("weekly_hint")
        if (last - week_of(last)).days < 6:  # not yet Sunday
            hint += " " + self.say("week_partial", day=self.day(last))
        plot = drawing.columns(labels, values, [self.n(value) for value in values], title)
        return f"<figure><h3>{escape(title)}</h3>{paragraph(hint, 'hint')}{plot}</figure>"

    def most(self) -> str:
        themes = self.report.themes
        named = [theme for theme in themes.themes if theme.total >= SMALLEST_GROUP]
        rare = [theme for theme in themes.themes if theme.total < SMALLEST_GROUP]
        parts = [paragraph(self.say("most_hint"), "hint")]
        if named:
            parts.append(self.theme_table(named[:NAMED_THEMES]))
        if rare:
            times = self.n(sum(theme.total for theme in rare))
            count = self.n(len(rare) + themes.left_out)
            parts.append(
                paragraph(self.say("rare", count=count, limit=SMALLEST_GROUP, times=times), "hint")
            )
        if themes.without:
            parts.append(paragraph(self.say("without", count=self.n(themes.without)), "hint"))
        return section(self.say("most"), "".join(parts))

    def theme_table(self, some: Sequence[Theme]) -> str:
        days, most = self.report.period.days, some[0].total
        heads = [
            (self.say("theme"), ""),
            (self.say("times"), "n"),
            (self.say("of_all"), "n"),
            (self.say("before", days=days), "n"),
            (self.say("trend", count=PLOTTED_WEEKS), ""),
        ]
        rows = [
            [
                ("th", "", self.name(theme) + self.answered_by(theme)),
                ("td", "n", f"{self.n(theme.total)}{drawing.bar(theme.total, most)}"),
                ("td", "n", self.share(theme.total, self.report.themes.total)),
                ("td", "n", self.n(theme.before)),
                (
                    "td",
                    "",
                    drawing.sparkline(theme.weeks[-PLOTTED_WEEKS:], rising=self.rose(theme)),
                ),
            ]
            for theme in some
        ]
        return table(heads, rows)

    def answered_by(self, theme: Theme) -> str:
        if not theme.sources or theme.name is None:
            return ""
        line = self.say("source", title=self.first_source(theme))
        return f'<br><span class="hint">{escape(line)}</span>'

    def rose(self, theme: Theme) -> bool:
        return any(one.theme.number == theme.number for one in self.report.risen)

    def first_source(self, theme: Theme) -> str:
        return self.report.themes.sources[theme.sources[0][0]].title if theme.sources else "–"

    def name(self, theme: Theme) -> str:
        if theme.name is not None:
            return f'<span lang="{theme.name.language}">{escape(theme.name.text)}</span>'
        if theme.sources:
            return escape(self.say("no_name", title=self.first_source(theme)))
        return escape(self.say("no_name_at_all"))

    def rising(self) -> str:
        hint = paragraph(self.say("rising_hint", limit=MIN_RECENT), "hint")
        found = "".join(map(self.risen, self.report.risen)) or paragraph(self.say("rising_none"))
        return section(self.say("rising"), hint + found)

    def risen(self, one: Risen) -> str:
        rise = one.rise
        line = self.say(
            "rising_line",
            recent=self.n(rise.recent),
            day=self.day(one.day),
            before=self.n(rise.before, 1),
        )
        if rise.ratio is None:
            more = self.say("rising_new")
        else:
            more = self.say("rising_ratio", ratio=self.n(rise.ratio, 1))
        mark = f'<span class="up">▲ {escape(more)}</span>'
        return f'<div class="rose"><b>{self.name(one.theme)}</b>{escape(line)} {mark}</div>'

    def wrong(self) -> str:
        values = self.report.whole.values
        lines = [*self.missed(), *self.complained()]
        lines += self.counted("wrong_repeated", values["repeated"])
        lines += self.counted("wrong_escalated", values["escalated"])
        if not lines:
            return section(self.say("wrong"), paragraph(self.say("wrong_none")))
        items = "".join(f"<li>{line}</li>" for line in lines)
        return section(self.say("wrong"), f"<ul>{items}</ul>")

    def missed(self) -> list[str]:
        answered = self.report.whole.values["answered"]
        if not isinstance(answered, Share) or answered.of == answered.count:
            return []
        lost = answered.of - answered.count
        line = escape(
            self.say(
                "missed",
                count=self.n(lost),
                of=self.n(answered.of),
                share=self.share(lost, answered.of),
            )
        )
        named = [t for t in self.report.themes.themes if t.total >= SMALLEST_GROUP and t.missed]
        worst = sorted(named, key=lambda theme: (-theme.missed, theme.number))[:WORST_THEMES]
        items = "".join(
            f"<li>{self.name(theme)}: "
            + escape(self.say("missed_theme", count=self.n(t), of=self.n(theme.total)))
            + "</li>"
            for theme in worst
            for t in [min(theme.missed, theme.total)]
        )
        return [line + (f"<ul>{items}</ul>" if items else "")]

    def complained(self) -> list[str]:
        found = []
        lost_of: tuple[tuple[Measure, str], ...] = (
            ("promises", "wrong_promises"),
            ("complaints", "wrong_complaints"),
        )
        for name, key in lost_of:
            value = self.report.whole.values[name]
            if isinstance(value, Share) and value.of > value.count:
                lost = self.n(value.of - value.count)
                found.append(escape(self.say(key, count=lost, of=self.n(value.of))))
        found += self.complained_of()
        promised = self.report.whole.values["promises"]
        if isinstance(promised, Share) and promised.open:
            found.append(escape(self.say("wrong_overdue", count=self.n(promised.open))))
        return found

    def complained_of(self) -> list[str]:
        """The themes that most contacts with a complaint were about."""
        named = [t for t in self.report.themes.themes if t.complained >= SMALLEST_GROUP]
        worst = sorted(named, key=lambda theme: (-theme.complained, theme.number))[:WORST_THEMES]
        items = "".join(
            f"<li>{self.name(theme)}: "
            + escape(
                self.say(
                    "complained_theme",
                    count=self.n(theme.complained),
                    of=self.n(theme.contacts),
                )
            )
            + "</li>"
            for theme in worst
        )
        line = escape(self.say("complained_of", limit=SMALLEST_GROUP))
        return [f"{line}<ul>{items}</ul>"] if items else []

    def counted(self, key: str, value: Value) -> list[str]:
        if not isinstance(value, Share) or not value.count:
            return []
        share = self.share(value.count, value.of)
        return [escape(self.say(key, count=self.n(value.count), of=self.n(value.of), share=share))]

    def gaps(self) -> str:
        named = [gap for gap in self.report.gaps if gap.not_found + gap.partly >= SMALLEST_GROUP]
        rare = len(self.report.gaps) - len(named)
        if not self.report.gaps:
            return section(self.say("gaps"), paragraph(self.say("gaps_none")))
        parts = [paragraph(self.say("gaps_hint"), "hint")]
        if named:
            heads = [
                (self.say("gap"), ""),
                (self.say("gap_missed"), "n"),
                (self.say("gap_done"), "done"),
            ]
            rows = [
                [
                    ("th", "", escape(gap.question)),
                    ("td", "n", self.n(gap.not_found + gap.partly)),
                    ("td", "done", escape(self.done(gap))),
                ]
                for gap in named[:NAMED_GAPS]
            ]
            parts.append(table(heads, rows))
        if rare:
            parts.append(
                paragraph(self.say("gaps_rare", count=self.n(rare), limit=SMALLEST_GROUP), "hint")
            )
        return section(self.say("gaps"), "".join(parts))

    def done(self, gap: Gap) -> str:
        if gap.came_back:
            return self.say("gap_came_back")
        if gap.state == "in_work" and gap.card:
            return self.say("gap_card", card=gap.card)
        if gap.state == "closed" and gap.card:
            return self.say("gap_closed_card", card=gap.card)
        return self.say(f"gap_{gap.state}")

    def defined(self) -> str:
        report = self.report
        lines = [
            self.say("defined_n"),
            self.say("defined_theme"),
            self.say("defined_rising", limit=MIN_RECENT, ratio=self.n(MIN_RATIO, 1)),
            self.say("defined_words", days=report.contact_days, question_days=report.question_days),
        ]
        return section(self.say("defined"), "".join(paragraph(line, "hint") for line in lines))
