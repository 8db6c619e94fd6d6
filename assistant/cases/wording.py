"""A fact in words, in Spanish and English: what to say, what to check, what to ask back."""

from __future__ import annotations

from datetime import date

from assistant.cases.models import CaseFact, Condition, Question, Rule
from assistant.cases.phrases import DATE_QUESTIONS, EVENT_NAMES, MONTHS, TEXTS, UNITS
from knowledge.models import Language


def told(fact: CaseFact, language: Language) -> str:
    """What to say of a fact, or the question to ask back where nothing could be computed."""
    texts = TEXTS[language]
    if fact.status == "not_applicable":
        failed = [d.condition for d in fact.conditions if d.state == "failed"]
        why = ", ".join(_condition(c, language) for c in failed)
        return texts["not_applicable"].format(why=why)
    rule, span, event = fact.rule, fact.span, fact.rule.event
    if fact.status == "question" or fact.when is None or event is None:
        return asked(fact.questions[0], fact, language)
    key = rule.direction + ("_strict" if rule.strict and rule.direction != "before" else "")
    said = texts[key].format(
        amount=amount(rule, language),
        event=EVENT_NAMES[language][event],
        day=_short(fact.when.day, language),
        first=_long(span.first, fact, language) if span.first else "",
        last=_long(span.last, fact, language) if span.last else "",
        left=_left(fact, language),
    )
    if not span.skipped:
        return said
    days = ", ".join(f"{_day(h.day, fact.today, language)} ({h.name})" for h in span.skipped)
    return f"{said} {texts['holidays'].format(days=days)}"


def further(fact: CaseFact, language: Language) -> list[str]:
    """What else to check and to ask, beside what `told` says."""
    texts = TEXTS[language]
    if fact.status == "not_applicable":
        return []
    first = 1 if fact.status == "question" else 0
    lines = [asked(question, fact, language) for question in fact.questions[first:]]
    lines += [
        texts["check"].format(text=_condition(one.condition, language))
        for one in fact.conditions
        if one.state == "open"
    ]
    return lines


def asked(question: Question, fact: CaseFact, language: Language) -> str:
    """A question to ask back, or what cannot be right, with the question that settles it."""
    texts, names = TEXTS[language], EVENT_NAMES[language]
    event, other = question.event, question.other
    if event is None:
        return texts[question.code].format(amount=amount(fact.rule, language), year=question.year)
    line = DATE_QUESTIONS[language][event]
    if question.code == "date":
        return line
    if question.code == "hour":
        return texts["hour"].format(event=names[event])
    wrong = texts[question.code].format(
        event=names[event],
        day=_short(question.day, language) if question.day else "",
        other=names[other] if other else "",
        other_day=_short(question.other_day, language) if question.other_day else "",
    )
    return f"{wrong[0].upper()}{wrong[1:]} {line}"


def amount(rule: Rule, language: Language) -> str:
    """``45 días naturales``, ``3 to 5 working days``."""
    texts = TEXTS[language]
    one, many = UNITS[language][rule.unit]
    unit = one if rule.high == 1 else many
    if rule.said_calendar and rule.unit == "days":
        adjective = texts["calendar"] if rule.high != 1 or language == "en" else "natural"
        unit = f"{unit} {adjective}" if language == "es" else f"{adjective} {unit}"
    count = f"{rule.high}" if rule.low == rule.high else f"{rule.low} {texts['to']} {rule.high}"
    return f"{count} {unit}"


def _condition(condition: Condition, language: Language) -> str:
    if condition.text:
        return " ".join(condition.text.split())
    texts = TEXTS[language]
    days = [
        texts[key].format(day=_short(day, language))
        for key, day in (("from", condition.first), ("until", condition.last))
        if day
    ]
    return texts["own_days"].format(days=" ".join(days))


def _left(fact: CaseFact, language: Language) -> str:
    texts, count = TEXTS[language], fact.days_left or 0
    if fact.span.last is None:
        key = "reached" if count <= 0 else "wait_one" if count == 1 else "wait_many"
    elif fact.over:
        key = "over_today" if count == 0 else "over_one" if count == -1 else "over_many"
    else:
        key = "today" if count == 0 else "left_one" if count == 1 else "left_many"
    return texts[key].format(count=abs(count))


def _long(day: date, fact: CaseFact, language: Language) -> str:
    """The day in words, with the time of day where hours are counted."""
    texts, said = TEXTS[language], _day(day, fact.today, language)
    if fact.rule.unit != "hours":
        return said
    due = fact.span.due
    if due is None:
        return said + texts["same_hour"]
    return said + (texts["at"].format(clock=f"{due:%H:%M}") if due.date() == day else "")


def _day(day: date, today: date, language: Language) -> str:
    """``31 de diciembre``, ``31 December``; with the year where it is not this one."""
    month = MONTHS[language][day.month - 1]
    link = " de " if language == "es" else " "
    year = "" if day.year == today.year else f"{link}{day.year}"
    return f"{day.day}{link}{month}{year}"


def _short(day: date, language: Language) -> str:
    """``16/11/2026``, ``16 November 2026``."""
    if language == "es":
        return f"{day.day}/{day.month}/{day.year}"
    return f"{day.day} {MONTHS['en'][day.month - 1]} {day.year}"
