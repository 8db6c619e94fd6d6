"""Rules and a case -> facts: first and last days, what is open, and what has to be asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from assistant.cases.counting import HourMissing, span_of
from assistant.cases.models import (
    Case,
    CaseFact,
    Condition,
    Decided,
    Event,
    Question,
    Rule,
    Span,
    State,
    Status,
    When,
)
from assistant.cases.working_days import CalendarMissing, WorkingDays

OLDEST_YEARS = 60
"""A date further back is taken for a slip of the pen."""

_AFTER: dict[Event, tuple[Event, ...]] = {
    "dispatched": ("purchased",),
    "delivered": ("purchased", "dispatched"),
    "installed": ("purchased", "delivered"),
    "found": ("delivered",),
    "repaired": ("delivered", "found"),
    "collected": ("delivered",),
    "returned": ("delivered", "collected"),
    "cancelled": ("purchased",),
    "notified": ("purchased",),
    "claimed": ("purchased",),
    "refunded": ("purchased",),
}
"""What cannot be before what."""


@dataclass(frozen=True)
class Reckoning:
    """By what is reckoned.

    Attributes:
        now: the moment, with the company's time zone.
        working: the company's working days.
    """

    now: datetime
    working: WorkingDays

    def __post_init__(self) -> None:
        if self.now.tzinfo is None:
            raise ValueError(f"{self.now} has no time zone")

    @property
    def today(self) -> date:
        """The company's day."""
        return self.now.date()


def fact_of(statement: int, rule: Rule, case: Case, by: Reckoning) -> CaseFact:
    """What a rule means for a case; a question where the case does not tell.

    Args:
        statement: place of the cited statement among those of the answer, from 0.
        rule: what it says.
        case: what is known of the customer's case.
        by: the moment and the working days.
    """
    decided = tuple(Decided(c, _state(c, case)) for c in rule.conditions)
    status, span, questions = _result(rule, decided, case, by)
    return CaseFact(
        statement=statement,
        rule=rule,
        status=status,
        today=by.today,
        when=case.dates.get(rule.event) if rule.event else None,
        span=span,
        days_left=_days_left(span, by.today),
        over=_over(span, by.now),
        conditions=decided,
        questions=tuple(dict.fromkeys((*questions, *_questions_of(decided, status)))),
    )


_Result = tuple[Status, Span, tuple[Question, ...]]


def _result(rule: Rule, decided: tuple[Decided, ...], case: Case, by: Reckoning) -> _Result:
    doubts = _doubts(rule, case, by)
    if doubts:
        return "question", Span(), doubts
    if any(one.state == "failed" for one in decided):
        return "not_applicable", Span(), ()
    if rule.event is None:
        return "question", Span(), (Question("unknown_event"),)
    when = case.dates.get(rule.event)
    if when is None:
        return "question", Span(), (Question("date", rule.event),)
    try:
        return "computed", span_of(rule, when, by.working, by.now.tzinfo or UTC), ()
    except HourMissing:
        return "question", Span(), (Question("hour", rule.event),)
    except CalendarMissing as missing:
        return "question", Span(), (Question("no_calendar", year=missing.year),)
    except OverflowError:
        return "question", Span(), (Question("old", rule.event, day=when.day),)


def _state(condition: Condition, case: Case) -> State:
    if condition.kind == "channel" and case.channel:
        return "met" if case.channel in condition.channels else "failed"
    when = case.dates.get(condition.event) if condition.event else None
    if condition.kind == "days" and when:
        early = condition.first is not None and when.day < condition.first
        late = condition.last is not None and when.day > condition.last
        return "failed" if early or late else "met"
    return "open"


def _questions_of(decided: tuple[Decided, ...], status: Status) -> tuple[Question, ...]:
    """What decides the open conditions, for a rule that may apply."""
    if status == "not_applicable":
        return ()
    left = [one.condition for one in decided if one.state == "open"]
    channel = (Question("channel"),) if any(c.kind == "channel" for c in left) else ()
    return (*channel, *(Question("date", c.event) for c in left if c.kind == "days" and c.event))


def _doubts(rule: Rule, case: Case, by: Reckoning) -> tuple[Question, ...]:
    """Dates that the rule needs and that cannot be right."""
    needed = {rule.event, *(c.event for c in rule.conditions if c.kind == "days")}
    planned = rule.event if rule.direction == "before" else None
    found: list[Question] = []
    for event, when in case.dates.items():
        if event in needed and event != planned and _begins(when, by) > by.now:
            found.append(Question("future", event, day=when.day))
        if event in needed and when.day.year < by.today.year - OLDEST_YEARS:
            found.append(Question("old", event, day=when.day))
        for earlier in _AFTER.get(event, ()):
            before = case.dates.get(earlier)
            if before and {event, earlier} & needed and _is_earlier(when, before):
                found.append(Question("order", event, earlier, day=when.day, other_day=before.day))
    return tuple(sorted(found, key=lambda doubt: doubt.code == "order"))


def _begins(when: When, by: Reckoning) -> datetime:
    return datetime.combine(when.day, when.clock or time(), tzinfo=by.now.tzinfo)


def _is_earlier(one: When, other: When) -> bool:
    if one.day == other.day and one.clock and other.clock:
        return one.clock < other.clock
    return one.day < other.day


def _days_left(span: Span, today: date) -> int | None:
    day = span.last or span.first
    return (day - today).days if day else None


def _over(span: Span, now: datetime) -> bool:
    """Whether the last day, or the last moment where it is known, is past."""
    if span.last is None:
        return False
    return now > span.due if span.due else now.date() > span.last
