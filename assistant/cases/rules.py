"""The deadlines and limits that a sentence states: amount, unit, direction, event, conditions.

Sentence -> `Rule`. `amounts` reads how much of what; here is told which amounts are periods that
count from something, and from what. What is not said is left open, for `facts` to ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from assistant.cases.amounts import Amount, amounts_of
from assistant.cases.conditions import conditions_of, moved
from assistant.cases.events import event_in
from assistant.cases.models import Condition, Direction, Event, Rule
from knowledge.models import Language
from knowledge.quantities.numerals import same_length_fold
from knowledge.text import sentence_spans

_BEFORE_LINK = re.compile(
    r"[\s,]*\b(?:(?:de antelacion |de anticipacion |in advance )?(?:antes de(?:l| que)?|before|"
    r"prior to|ahead of|in advance of)|"
    r"de (?:antelacion|anticipacion) (?:al?|sobre|respecto (?:al?|de)))\b"
)
_LINK = re.compile(
    r"\b(?:desde|a partir de|a contar (?:desde|de)|tras|despues de|siguientes? al?|"
    r"posterior(?:es)? al?|from|after|following|since|(?:starting|beginning) on)(?:l)?\b"
)
_WEAK_LINK = re.compile(r"\s*\b(?:del?|of)\b")
_WHEN = re.compile(r"(?:when|cuando)\b", re.IGNORECASE)
_GAP_CHARS, _EVENT_CHARS = 60, 60
_CLAUSE_END = re.compile(r"[.;\n](?=\s|$)|[()]")
_CLAUSE_START = re.compile(r"[.;?!\n]\s|[(|]")

MOST_IN_A_SENTENCE = 20
"""Amounts, and conditions, that are read of a sentence: a longer one is a heap of words."""
_PERIOD_WORD = re.compile(
    r"\b(?:plazos?|devol\w*|devuel\w*|desisti\w*|garanti\w*|reclam\w*|avis(?:ar|e|a|o)|cambi(?:o|ar)|"
    r"prueba|reembols\w*|period\w*|deadlines?|returns?|refund\w*|withdraw\w*|guarante\w*|"
    r"warrant\w*|trial|claim\w*|within|time limit)\b"
)
_STARTS = re.compile(
    r"\b(?:plazos?|periodos?|computo|dias|noches|period|time limit|deadline|clock|days|nights)\b"
    r"[^.;\n]{0,40}?\b(?:empiezan?|comienzan?|cuentan?|corren?|computan?|starts?|begins?|runs?|"
    r"counts?|counted)\b(?P<rest>[^.;\n]{0,90})"
)


def rules_of(paragraph: str, language: Language) -> list[Rule]:
    """The rules of a paragraph, in order; offsets are those of the paragraph.

    What a rule counts from is looked for in its sentence, then in the sentence of the paragraph
    that says when the period begins; the nights of one trial share what they count from.

    >>> rule, = rules_of("Dispone de 45 días naturales desde la entrega.", "es")
    >>> rule.high, rule.unit, rule.direction, rule.event
    (45, 'days', 'within', 'delivered')
    """
    found: list[Rule] = []
    for start, end in sentence_spans(paragraph):
        found += _rules_in(paragraph[start:end], start, language)
    return _with_events(found, paragraph)


def _rules_in(text: str, at: int, language: Language) -> list[Rule]:
    folded = same_length_fold(text)
    amounts = list(islice(amounts_of(text, folded, language), MOST_IN_A_SENTENCE))
    conditions = conditions_of(text, language)[:MOST_IN_A_SENTENCE] if amounts else ()
    speaks_of_periods = _PERIOD_WORD.search(folded) is not None
    rules: list[Rule] = []
    taken = 0
    for place, amount in enumerate(amounts):
        following = amounts[place + 1].start if place + 1 < len(amounts) else len(text)
        event, before, used = _event(folded, amount, taken, following)
        taken = max(amount.end, used)
        if event is None and amount.unit != "nights" and not speaks_of_periods:
            continue
        direction: Direction = "before" if before else amount.direction
        rules.append(
            Rule(
                quote=text,
                start=at,
                end=at + len(text),
                amount_start=at + amount.start,
                amount_end=at + amount.end,
                low=amount.low,
                high=amount.high,
                unit=amount.unit,
                direction=direction,
                strict=amount.strict,
                said_calendar=amount.said_calendar,
                event=event,
                conditions=tuple(
                    moved(c, at) for c in _conditions_for(amount, amounts, conditions, text)
                ),
            )
        )
    return rules


def _conditions_for(
    amount: Amount, amounts: list[Amount], conditions: tuple[Condition, ...], text: str
) -> Iterator[Condition]:
    """What must hold for one amount of a sentence.

    Of several amounts, days and channels decide about the one they stand behind; about the others
    they are only to be checked, since the sentence may have meant them too.
    """
    for condition in conditions:
        own = condition.start <= amount.start and amount.end <= condition.end
        if own and text[: condition.start].rstrip().endswith(":"):
            continue  # the cell of a table that is the rule itself
        if _WHEN.match(text, condition.start) and 0 <= condition.start - amount.end < _GAP_CHARS:
            continue  # "21 days after the date when you asked": what it counts from
        behind = [a for a in amounts if a.end <= condition.start]
        decides = not behind or behind[-1] is amount
        yield condition if decides else replace(condition, kind="other")


def _event(
    folded: str, amount: Amount, taken: int, following: int
) -> tuple[Event | None, bool, int]:
    """What an amount counts from, whether it lies before that, and how far it was read.

    Behind the amount, up to the next one; else in front of it, back to the one before.
    """
    link = _BEFORE_LINK.match(folded, amount.end)
    if link:
        event, end = _named(folded, link.end(), len(folded))
        return event, event is not None, end
    limit = min(following, amount.end + _GAP_CHARS)
    stop = _CLAUSE_END.search(folded, amount.end, limit)
    limit = stop.start() if stop else limit
    for link in _LINK.finditer(folded, amount.end, limit):
        event, end = _named(folded, link.end(), len(folded))
        if event:
            return event, False, end
    weak = _WEAK_LINK.match(folded, amount.end)
    if weak:
        event, end = _named(folded, weak.end(), len(folded))
        if event:
            return event, False, end
    return _event_in_front(folded, amount, taken), False, amount.end


def _event_in_front(folded: str, amount: Amount, taken: int) -> Event | None:
    """``Desde la entrega dispone de 30 días``."""
    starts = [m.end() for m in _CLAUSE_START.finditer(folded, taken, amount.start)]
    for link in reversed(list(_LINK.finditer(folded, max([taken, *starts]), amount.start))):
        event, _ = _named(folded, link.end(), amount.start)
        if event:
            return event
    return None


def _named(folded: str, start: int, limit: int) -> tuple[Event | None, int]:
    """The event named behind a link and where the words end; none behind a link to a date."""
    window = folded[start : min(limit, start + _EVENT_CHARS)]
    if re.match(r"\s*(?:el |the )?\d", window):
        return None, start
    return event_in(window), start + len(window)


def _with_events(rules: list[Rule], paragraph: str) -> list[Rule]:
    """The rules, those without an event with the one that their paragraph gives them."""
    folded = same_length_fold(paragraph)
    for match in _STARTS.finditer(folded):
        event = event_in(match.group("rest"))
        before = [r for r in rules if r.event is None and r.amount_start < match.end()]
        near = before[-1] if before else None
        sole = near and sum(r.start == near.start for r in before) == 1
        if event and near and sole:
            rules = [replace(r, event=event) if r is near else r for r in rules]
    nights = {r.event for r in rules if r.unit == "nights" and r.event}
    if len(nights) == 1:
        (event,) = nights
        rules = [
            replace(r, event=event) if r.unit == "nights" and r.event is None else r for r in rules
        ]
    return rules
