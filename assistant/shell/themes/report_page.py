"""A report -> its HTML, section by section; see `assistant.shell.themes.report`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from assistant.shell.themes import drawing, written
from assistant.shell.themes.report_style import STYLE
from assistant.shell.themes.report_texts import tell
from assistant.themes.counting import PLOTTED_WEEKS
from assistant.themes.measures import SMALLEST_GROUP, Measure, Share, Typical, Value
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


class _Sections:
    """The sections of one report in one language."""

    def __init__(self, report: Report, language: Language) -> None:
        self.report = report
        self.language = language
        month = written.MONTHS[language][report.month.month - 1]
        self.month = self.say("of_month", month=month, year=report.month.year)

    def say(self, key: str, **values: object) -> str:
        return tell(self.language, key, **values)

    def n(self, value: float, digits: int = 0) -> str:
        return written.number(value, self.language, digits)

    def day(self, value: object) -> str:
        return written.day(value, self.language)  # type: ignore[arg-type]

    def all(self) -> Iterable[str]:
        yield self.head()
        if not self.report.themes.total and not self.report.whole.contacts:
            yield _p(self.say("nothing")) + _p(self.say("nothing_hint"), "hint")
        else:
            yield self.summary()
            yield self.most()
            yield self.rising()
            yield self.wrong()
            yield self.measures()
        yield self.gaps()
        yield self.defined()

    def head(self) -> str:
        report = self.report
        lines = [self.say("of_whom", audiences=", ".join(report.audiences))]
        if not report.complete:
            lines.append(self.say("until", day=self.day(report.period.last)))
        lines.append(self.say("made", day=self.day(report.made)))
        heading = f"<h1>{escape(self.say('title'))}<span>{escape(self.month)}</span></h1>"
        return f"<header>{heading}{_p(' '.join(lines), 'meta')}</header>"

    def summary(self) -> str:
        report = self.report
        before = self.say("n_asked_before", before=self.n(report.before), days=report.period.days)
        answered = report.whole.values["answered"]
        tiles = [
            (self.n(report.whole.contacts), self.say("n_contacts"), ""),
            (self.n(report.themes.total), self.say("n_asked"), before),
            (self.n(len(report.risen)), self.say("n_rising"), ""),
            (self.value(answered), self.say("n_answered"), self.over(answered)),
        ]
        shown = "".join(
            f'<div class="tile"><b>{escape(value)}</b>{escape(name)}'
            f"{f'<small>{escape(more)}</small>' if more else ''}</div>"
            for value, name, more in tiles
        )
        return _section(self.say("summary"), f'<div class="tiles">{shown}</div>{self.weekly()}')

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
        return f"<figure><h3>{escape(title)}</h3>{_p(hint, 'hint')}{plot}</figure>"

    def most(self) -> str:
        themes = self.report.themes
        named = [theme for theme in themes.themes if theme.total >= SMALLEST_GROUP]
        rare = [theme for theme in themes.themes if theme.total < SMALLEST_GROUP]
        parts = [_p(self.say("most_hint"), "hint")]
        if named:
            parts.append(self.theme_table(named[:NAMED_THEMES]))
        if rare:
            times = self.n(sum(theme.total for theme in rare))
            count = self.n(len(rare) + themes.left_out)
            parts.append(
                _p(self.say("rare", count=count, limit=SMALLEST_GROUP, times=times), "hint")
            )
        if themes.without:
            parts.append(_p(self.say("without", count=self.n(themes.without)), "hint"))
        return _section(self.say("most"), "".join(parts))

    def theme_table(self, some: Sequence[Theme]) -> str:
        days, most = self.report.period.days, some[0].total
        heads = [
            (self.say("theme"), ""),
            (self.say("times"), "n"),
            (self.say("of_all"), "n"),
            (self.say("before", days=days), "n"),
            (self.say("trend", count=PLOTTED_WEEKS), ""),
            (self.say("source"), ""),
        ]
        rows = [
            [
                ("th", "", self.name(theme)),
                ("td", "n", f"{self.n(theme.total)}{drawing.bar(theme.total, most)}"),
                ("td", "n", self.share(theme.total, self.report.themes.total)),
                ("td", "n", self.n(theme.before)),
                (
                    "td",
                    "",
                    drawing.sparkline(theme.weeks[-PLOTTED_WEEKS:], rising=self.rose(theme)),
                ),
                ("td", "", escape(self.first_source(theme))),
            ]
            for theme in some
        ]
        return _table(heads, rows)

    def rose(self, theme: Theme) -> bool:
        return any(one.theme.number == theme.number for one in self.report.risen)

    def share(self, count: int, of: int) -> str:
        return written.percent(count / of, self.language) if of else "–"

    def first_source(self, theme: Theme) -> str:
        return self.report.themes.sources[theme.sources[0][0]].title if theme.sources else "–"

    def name(self, theme: Theme) -> str:
        if theme.name is not None:
            return f'<span lang="{theme.name.language}">{escape(theme.name.text)}</span>'
        if theme.sources:
            return escape(self.say("no_name", title=self.first_source(theme)))
        return escape(self.say("no_name_at_all"))

    def rising(self) -> str:
        hint = _p(self.say("rising_hint", limit=MIN_RECENT), "hint")
        found = "".join(map(self.risen, self.report.risen)) or _p(self.say("rising_none"))
        return _section(self.say("rising"), hint + found)

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
            return _section(self.say("wrong"), _p(self.say("wrong_none")))
        items = "".join(f"<li>{line}</li>" for line in lines)
        return _section(self.say("wrong"), f"<ul>{items}</ul>")

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
        promised = self.report.whole.values["promises"]
        if isinstance(promised, Share) and promised.open:
            found.append(escape(self.say("wrong_overdue", count=self.n(promised.open))))
        return found

    def counted(self, key: str, value: Value) -> list[str]:
        if not isinstance(value, Share) or not value.count:
            return []
        share = self.share(value.count, value.of)
        return [escape(self.say(key, count=self.n(value.count), of=self.n(value.of), share=share))]

    def measures(self) -> str:
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
            for name, value in self.report.whole.values.items()
        ]
        return _section(self.say("measures"), _table(heads, rows) + self.groups())

    def named_measure(self, name: str) -> str:
        return (
            f"{escape(self.say(f'measure_{name}'))}"
            f'<br><span class="hint">{escape(self.say(f"meant_{name}"))}</span>'
        )

    def groups(self) -> str:
        report = self.report
        left = ""
        if report.left_out:
            told = ", ".join(report.left_out)
            left = _p(self.say("left_out", limit=SMALLEST_GROUP, audiences=told), "hint")
        if not report.groups:
            return left
        names = list(report.whole.values)
        heads = [(self.say("audience"), ""), (self.say("contacts"), "n")]
        heads += [(self.say(f"measure_{name}"), "n") for name in names]
        rows = [
            [
                ("th", "", escape(group.title)),
                ("td", "n", self.n(group.contacts)),
                *(("td", "n", self.value_and_n(group.values[name])) for name in names),
            ]
            for group in report.groups
        ]
        return f"<h3>{escape(self.say('by_audience'))}</h3>{_table(heads, rows)}{left}"

    def value(self, value: Value) -> str:
        if isinstance(value, Typical):
            known = value.seconds
            return written.minutes(known, self.language) if known is not None else "–"
        share = value.share
        if share is None:
            return self.say("unknown_value")
        return written.percent(share, self.language)

    def value_and_n(self, value: Value) -> str:
        over = f"<br><small>{escape(self.over(value))}</small>" if value.of else ""
        return escape(self.value(value)) + over

    def over(self, value: Value) -> str:
        if isinstance(value, Typical):
            return self.say("of_n", of=self.n(value.of))
        if not value.of:
            return "–"
        return self.say("n_of", count=self.n(value.count), of=self.n(value.of))

    def missing(self, value: Value) -> str:
        if isinstance(value, Share) and value.open:
            return self.say("and_open", count=self.n(value.unknown), open=self.n(value.open))
        return self.n(value.unknown)

    def gaps(self) -> str:
        named = [gap for gap in self.report.gaps if gap.not_found + gap.partly >= SMALLEST_GROUP]
        rare = len(self.report.gaps) - len(named)
        if not self.report.gaps:
            return _section(self.say("gaps"), _p(self.say("gaps_none")))
        parts = [_p(self.say("gaps_hint"), "hint")]
        if named:
            heads = [
                (self.say("gap"), ""),
                (self.say("gap_missed"), "n"),
                (self.say("gap_done"), ""),
            ]
            rows = [
                [
                    ("th", "", escape(gap.question)),
                    ("td", "n", self.n(gap.not_found + gap.partly)),
                    ("td", "", escape(self.done(gap))),
                ]
                for gap in named[:NAMED_GAPS]
            ]
            parts.append(_table(heads, rows))
        if rare:
            parts.append(
                _p(self.say("gaps_rare", count=self.n(rare), limit=SMALLEST_GROUP), "hint")
            )
        return _section(self.say("gaps"), "".join(parts))

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
        return _section(self.say("defined"), "".join(_p(line, "hint") for line in lines))


def _section(title: str, content: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{content}</section>"


def _p(text: str, kind: str = "") -> str:
    return f'<p class="{kind}">{escape(text)}</p>' if kind else f"<p>{escape(text)}</p>"


def _table(heads: Sequence[tuple[str, str]], rows: Sequence[Sequence[tuple[str, str, str]]]) -> str:
    """A table; its cells are markup already."""
    head = "".join(f'<th scope="col" class="{kind}">{escape(text)}</th>' for text, kind in heads)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return (
        f'<div class="scrolled"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _cell(cell: tuple[str, str, str]) -> str:
    name, kind, content = cell
    scope = ' scope="row"' if name == "th" else ""
    return f'<{name}{scope} class="{kind}">{content}</{name}>'
