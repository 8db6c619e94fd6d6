"""Turns and what was recorded -> the summary that is proposed; nothing in it is anybody's guess.

Pure. What somebody may see of sources and promises was decided before they come here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from assistant.customers.masking import HIDDEN
from assistant.customers.mentions import mentions
from assistant.summary.models import (
    PARTS,
    Basis,
    Line,
    Mark,
    Outcome,
    Records,
    Said,
    Source,
    Summary,
)
from assistant.summary.need import needs_of
from assistant.summary.outcome import is_for_later, outcome_of
from assistant.summary.quotes import Quote, hidden, is_quote, masked, quotes_of
from assistant.summary.said import Told, told
from knowledge.language import question_language
from knowledge.models import Language
from knowledge.quantities.values import values

MAX_LINES_OF_PART = 12
SETTLED: frozenset[Mark] = frozenset({"kept", "broken", "closed"})
_SAMPLE_CHARS = 600
_SPOKEN_DAY = re.compile(
    r"\b(?:(?:el |día )?(?:uno|primero|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|"
    r"trece|catorce|quince|dieci\w+|veinte|veinti\w+|treinta(?: y uno)?) de |"
    r"(?:the )?(?:\w+(?:st|nd|rd|th)|twenty[- ]\w+|thirty[- ]first) of )$",
    re.I,
)
"""A day in words before its month; `values` reads digits there."""
_RELATIVE = re.compile(
    r"\b(?:anteayer|ayer|yesterday|last (?:week|month|\w+day)|"
    r"hace (?!falta)(?:\w+ ){1,3}?(?:d[ií]as?|semanas?|mes(?:es)?|años?)|"
    r"(?:\w+ ){1,2}(?:days?|weeks?|months?|years?) ago)\b",
    re.I,
)


def summarized(
    turns: Sequence[Said], records: Records, language: Language, country: str = "ES"
) -> Summary:
    """The summary of a contact.

    Args:
        turns: final ones, in order.
        records: what was recorded beside them.
        language: of its headings.
        country: whose telephone numbers are dialled without a prefix.
    """
    quotes = [quote for said in turns for quote in quotes_of(said, country)]
    customer = [quote for quote in quotes if quote.said.speaker == "customer"]
    agent = [quote for quote in quotes if quote.said.speaker == "agent"]
    spoken = question_language(" ".join(quote.text for quote in customer)[:_SAMPLE_CHARS])
    statements = told(agent, records.sources)
    outcome, reason = outcome_of(quotes)
    lines = [
        *(_quoted("need", quote) for quote in needs_of(customer, spoken)),
        *(
            replace(_quoted("said", one.quote), source=one.source)
            for one in statements
            if one.source
        ),
        *(_quoted("unsourced", one.quote) for one in statements if not one.source),
        *_sources(records, statements),
        *_promises(records, turns, country),
        *_given([one for one in turns if one.speaker == "customer"], spoken, country),
        *([_quoted("outcome", reason)] if reason else []),
        *_next(records, agent, turns, country),
    ]
    if outcome == "not_said":
        outcome = _recorded(records)
    kept = [line for part in PARTS for line in _of(lines, part)[:MAX_LINES_OF_PART]]
    return Summary(language, outcome, tuple(kept))


def checked(
    summary: Summary, turns: Sequence[Said], known: Collection[Line], country: str = "ES"
) -> Summary:
    """A summary that somebody edited: what is no quote of its turn is what they wrote themselves.

    Args:
        summary: as edited.
        turns: of the contact.
        known: lines that were proposed or saved before: they stay what they are.
        country: as for `summarized`.
    """
    by_number = {said.number: said for said in turns}
    lines = (
        line if line in known else _checked(line, by_number.get(line.turn or 0), country)
        for line in summary.lines
    )
    return replace(summary, lines=tuple(lines))


def _checked(line: Line, said: Said | None, country: str) -> Line:
    text = masked(line.text, country)  # what an agent types may hold a number whole
    quoted = said is not None and is_quote(text, said, country)
    number = said.number if said is not None else None
    return Line(line.part, text, "turn" if quoted else "agent", number, None, line.detail)


def _quoted(part: str, quote: Quote) -> Line:
    return Line(part, quote.text, "turn", quote.said.number)  # type: ignore[arg-type]


def _of(lines: Sequence[Line], part: str) -> list[Line]:
    return [line for line in lines if line.part == part]


def _sources(records: Records, statements: Sequence[Told]) -> list[Line]:
    """The sources that were shown or that what was said rests on, each version once.

    Those that the agent did something with come first: a list that is too long is cut.
    """
    rested = {_version(one.source): one.quote.said.number for one in statements if one.source}
    found: dict[tuple[str, int], Line] = {}
    for source in records.sources:
        version = _version(source)
        if version in found or not (source.shown or version in rested):
            continue
        marks = records.used.get(version, ())
        turn = rested.get(version)
        found[version] = Line("sources", source.title, "record", turn, source, marks=marks)
    return sorted(found.values(), key=lambda line: not line.marks)


def _version(source: Source) -> tuple[str, int]:
    return source.document, source.version


def _promises(records: Records, turns: Sequence[Said], country: str) -> Iterator[Line]:
    by_number = {said.number: said for said in turns}
    for promise in records.promises:
        text = masked(promise.quote, country)
        said = by_number.get(promise.turn or 0)
        quoted = said is not None and is_quote(text, said, country)
        day = promise.due[:10] if promise.due else ""
        basis: Basis = "turn" if quoted else "record"
        yield Line("promises", text, basis, promise.turn, None, day, promise.key, promise.marks)


def _given(turns: Sequence[Said], language: Language, country: str) -> Iterator[Line]:
    """What the customer can be found by, masked, and the days they named; each once."""
    seen = set()
    for said in turns:
        found: list[tuple[str, str]]
        found = [(one.sought.kind, hidden(one.sought)) for one in mentions(said.text, country)]
        text = masked(said.text, country)
        days = [
            (_day_start(text, one.start), one.end)
            for one in values(text, language)
            if one.kind == "date"
        ]
        days += [found.span() for found in _RELATIVE.finditer(text)]
        found += [("date", text[start:end]) for start, end in sorted(days)]
        for kind, shown in found:
            # Where nothing is left to show, that it was given is what is told
            if (kind, shown) not in seen and (shown in text or shown == HIDDEN):
                seen.add((kind, shown))
                yield Line("given", shown, "turn", said.number, detail=kind)


def _day_start(text: str, start: int) -> int:
    before = _SPOKEN_DAY.search(text, 0, start)
    return before.start() if before else start


def _next(
    records: Records, agent: Sequence[Quote], turns: Sequence[Said], country: str
) -> Iterator[Line]:
    """What is to be done: what was promised, or else what the agent said last of it."""
    every = _promises(records, turns, country)
    promised = [one for one in every if not SETTLED.intersection(one.marks)]
    if promised:
        yield replace(promised[-1], part="next")
        return
    for quote in reversed(agent):
        if is_for_later(quote.text):
            yield _quoted("next", quote)
            return


def _recorded(records: Records) -> Outcome:
    if records.transferred:
        return "transferred"
    return "escalated" if records.escalated else "not_said"
