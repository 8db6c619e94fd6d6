"""What else a sentence asks for: clauses, where it was bought, days of purchase or delivery.

Sentence -> `Condition`. The clauses are kept as they are written and left to whoever asks; where
the customer bought, and on which day, is read so that a case can decide it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from assistant.cases.models import Channel, Condition, Event
from knowledge.models import Language
from knowledge.quantities.extract import quantities_of
from knowledge.quantities.models import Quantity
from knowledge.quantities.numerals import same_length_fold

_CLAUSE = re.compile(
    r"\b(?:siempre (?:que|y cuando)|salvo|excepto|solo si|a menos que|en caso de|"
    r"si(?!no\b)|cuando|provided(?: that)?|as long as|unless|except|only if|in case of|if|when)\b"
    r"[^.;:()?\n]{3,200}?(?=[,.;:()\n]|$)"
)
_LABELLED = re.compile(r"\b(?:condicion(?:es)?|condition(?:s)?|requisitos?)\s*:\s*([^;\n]{2,200})")
_ACCENTED_YES = re.compile(r"\bsí\b", re.IGNORECASE)

_BUYING = re.compile(r"\b(?:compr\w+|pedid\w+|adquiri\w+|bought|buy|purchas\w+|order\w*)\b")
_CHANNELS: tuple[tuple[Channel, re.Pattern[str]], ...] = (
    ("phone", re.compile(r"\b(?:por telefono|telefonicamente|by (?:tele)?phone|over the phone)\b")),
    (
        "web",
        re.compile(
            r"\b(?:(?:en|por|a traves de) (?:la |nuestra |su )?(?:pagina )?web|por internet|"
            r"en linea|online|(?:on|in|through|via) (?:the|our) (?:web ?site|web)|"
            r"(?:en |on )?www\.[\w.-]*\w)\b"
        ),
    ),
    (
        "shop",
        re.compile(
            r"\b(?:en (?:la |las |una |nuestras? )?tiendas?|in(?: |-)(?:a |the |our )?"
            r"(?:shops?|stores?))\b"
        ),
    ),
)
_REMOTE = re.compile(r"\b(?:a distancia|at a distance|remotely)\b")
_ALSO = re.compile(r"\b(?:tambien|incluso|tanto|too|also|even|as well|both|donde sea|anywhere)\b")
_CHANNEL_CHARS = 70

_FROM = re.compile(r"(?:desde|a partir de|from|since|on or after)(?: e)?l?\s*$")
_AFTER = re.compile(r"(?:despues de|posterior(?:es)? a|(?<!on or )after)l?\s*$")
_BEFORE = re.compile(r"(?:antes de|anterior(?:es)? a|before|prior to|earlier than)l?\s*$")
_UNTIL = re.compile(r"(?:hasta|until|up to|through|on or before|no later than)(?: el)?\s*$")
_BETWEEN = re.compile(r"(?:entre|between|de|from)(?: e)?l?\s*$")
_LINK_CHARS = 24
_SUBJECTS: tuple[tuple[Event, re.Pattern[str]], ...] = (
    (
        "purchased",
        re.compile(r"\b(?:compr\w+|pedid\w+|adquiri\w+|purchas\w+|order\w*|bought)\b"),
    ),
    ("delivered", re.compile(r"\b(?:entreg\w+|recibid\w+|deliver\w*|received)\b")),
)
_SUBJECT_CHARS = 80
_EARLIER = re.compile(
    r"\b(?:(?P<purchased>compras?|comprad[oa]s|pedidos?|purchases?|orders?|bought|purchased)|"
    r"(?P<delivered>entregas?|entregad[oa]s|recibid[oa]s|deliveries|delivered|received))"
    r" (?:antes|anteriores|before|earlier)\b"
    r"(?! (?:de|del|al?|than|the)\b| \d| [a-z]+ \d{1,2},? \d{4})|"
    r"\b(?:earlier|previous|older) (?P<before>purchases?|orders?)\b"
)
"""Those of before a day that was named further up."""
_SCOPE = re.compile(
    r"^\W*(?:para|for)\b|\b(?:se aplican?|aplicables?|condiciones (?:para|de)|vale[n]?|valid[oa]s?|"
    r"rigen?|appl(?:y|ies)|valid|terms (?:for|of)|conditions (?:for|of))\b"
)
"""What a sentence says that tells to what a document applies."""


def conditions_of(text: str, language: Language) -> tuple[Condition, ...]:
    """What a sentence asks for, in order; offsets are those of the text.

    >>> [c.text for c in conditions_of("Cuesta 3 €, salvo que llegue roto.", "es")]
    ['salvo que llegue roto']
    """
    folded = same_length_fold(text)
    decidable = [*_channel(text, folded), *day_conditions(text, language), *_earlier(text, folded)]
    others = [
        clause
        for clause in _clauses(text, folded)
        if not any(c.start < clause.end and clause.start < c.end for c in decidable)
    ]
    return tuple(sorted((*decidable, *others), key=lambda c: c.start))


def _clauses(text: str, folded: str) -> Iterator[Condition]:
    taken = 0
    for match in _CLAUSE.finditer(folded):
        if match.start() < taken or _ACCENTED_YES.match(text, match.start()):
            continue
        taken = match.end()
        yield _other(text, match.start(), match.end())
    for match in _LABELLED.finditer(folded):
        yield _other(text, match.start(1), match.end(1))


def _other(text: str, start: int, end: int) -> Condition:
    words = text[start:end].rstrip()
    return Condition("other", words, start, start + len(words))


def _channel(text: str, folded: str) -> Iterator[Condition]:
    """``lo comprado por teléfono o en la web``; not ``también para compras en tienda``."""
    for buying in _BUYING.finditer(folded):
        stop = re.search(r"[.;:\n](?=\s|$)", folded[buying.end() :])
        end = buying.end() + min(stop.start() if stop else _CHANNEL_CHARS, _CHANNEL_CHARS)
        found = _channels_in(folded, buying.end(), end)
        if not found:
            continue
        last = max(span[1] for _, span in found)
        if _ALSO.search(folded[max(0, buying.start() - 24) : last + 8]):
            continue
        kinds = frozenset(kind for kind, _ in found)
        yield Condition(
            "channel", text[buying.start() : last], buying.start(), last, channels=kinds
        )
        return


def _channels_in(folded: str, start: int, end: int) -> list[tuple[Channel, tuple[int, int]]]:
    found = [
        (kind, match.span())
        for kind, pattern in _CHANNELS
        for match in pattern.finditer(folded, start, end)
    ]
    remote = _REMOTE.search(folded, start, end)
    return [*found, ("web", remote.span()), ("phone", remote.span())] if remote else found


def day_conditions(text: str, language: Language) -> Iterator[Condition]:
    """``compras desde el 1 de marzo de 2026``: between which days something must have been."""
    dates = [q for q in quantities_of(text, language) if q.kind == "date"]
    folded = same_length_fold(text)
    taken = 0
    for place, quantity in enumerate(dates):
        if quantity.start < taken:
            continue
        subject = _subject(folded, quantity.start)
        following = dates[place + 1] if place + 1 < len(dates) else None
        days = _days(folded, quantity, following)
        if subject is None or days is None:
            continue
        event, start = subject
        first, last, end = days
        taken = end
        yield Condition("days", text[start:end], start, end, event=event, first=first, last=last)


def _earlier(text: str, folded: str) -> Iterator[Condition]:
    """``los comprados antes``: of before a day that `settled` has to find."""
    for match in _EARLIER.finditer(folded):
        event: Event = "delivered" if match.group("delivered") else "purchased"
        yield Condition("earlier", text[slice(*match.span())], *match.span(), event=event)


def settled(conditions: Sequence[Condition], named: Sequence[Condition]) -> tuple[Condition, ...]:
    """Conditions of a rule with those of the text around it.

    "Those bought before" are those of before the day from which the text around applies, to which
    this is then no condition; without such a day it has to be checked.

    Args:
        conditions: of the rule's own sentence.
        named: of the sentences, headings and opening that it stands under.
    """
    found: list[Condition] = []
    excepted: set[Event | None] = set()
    for condition in conditions:
        if condition.kind != "earlier":
            found.append(condition)
            continue
        days = [c.first for c in named if c.event == condition.event and c.first]
        last = days[0] - timedelta(days=1) if days else None
        excepted.add(condition.event)
        found.append(replace(condition, kind="days" if last else "other", last=last))
    own = {(c.start, c.end) for c in conditions}
    around = [c for c in named if c.event not in excepted and (c.start, c.end) not in own]
    return (*found, *around)


def _subject(folded: str, at: int) -> tuple[Event, int] | None:
    """What was bought or delivered, named nearest before a date in the same clause."""
    window = max(0, at - _SUBJECT_CHARS)
    clause = max(folded.rfind(mark, window, at) for mark in (". ", "; ", "\n")) + 1
    found = [
        (match.start(), event)
        for event, pattern in _SUBJECTS
        for match in pattern.finditer(folded, max(window, clause), at)
    ]
    if not found:
        return None
    start, event = max(found)
    return event, start


def _days(
    folded: str, quantity: Quantity, following: Quantity | None
) -> tuple[date | None, date | None, int] | None:
    """First and last day that fit, and where the words end; `None` where they say no span."""
    day = _day(quantity)
    if day is None:
        return None
    before = folded[max(0, quantity.start - _LINK_CHARS) : quantity.start]
    if _BETWEEN.search(before) and following:
        link = folded[quantity.end : following.start]
        until = _day(following)
        if until and re.fullmatch(r"\s*(?:y|and|al?|to|until|hasta)(?: e)?l?\s*", link):
            return day, until, following.end
    if _BEFORE.search(before):
        return None, day - timedelta(days=1), quantity.end
    if _UNTIL.search(before):
        return None, day, quantity.end
    if _FROM.search(before):
        return day, None, quantity.end
    if _AFTER.search(before):
        return day + timedelta(days=1), None, quantity.end
    return None


def _day(quantity: Quantity) -> date | None:
    """The day of a date that can be read in one way and names its year."""
    if len(quantity.values) != 1:
        return None
    value = int(quantity.values[0][0])
    try:
        return date(value // 10_000, value // 100 % 100, value % 100)
    except ValueError:
        return None


def scope_of(
    opening: str, language: Language, sentences: Sequence[tuple[int, int]]
) -> tuple[Condition, ...]:
    """The days of purchase or delivery to which a document says that it applies.

    Args:
        opening: how the document begins.
        language: of it.
        sentences: spans of the opening's sentences.
    """
    for start, end in sentences:
        if not _SCOPE.search(same_length_fold(opening[start:end])):
            continue
        found = list(day_conditions(opening[start:end], language))
        if found:
            return tuple(moved(condition, start) for condition in found)
    return ()


def moved(condition: Condition, by: int) -> Condition:
    """A condition of a part of a text, with offsets in the whole."""
    return replace(condition, start=condition.start + by, end=condition.end + by)
