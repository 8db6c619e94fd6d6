"""Rows of a voice guide's tables -> rules, by what the columns are called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.steps.runs import Grid, cells
from assistant.voice.models import (
    AddressRule,
    AnyRule,
    Channel,
    Closing,
    Greeting,
    Regional,
    Required,
    Unread,
    WhyUnread,
    WordRule,
)
from assistant.voice.places import Place, block_place, exactly_quoted, quoted, without_marks
from assistant.voice.sentences import forms_in
from assistant.voice.topics import Column, channels_in, column_of
from knowledge.models import Document

_MOST_WORDS_SAID = 2
_MOST_WORDS_AVOIDED = 5
"""In a cell, commas part what is said or avoided where every part has at most so many words:
"avería, fallo" are two, "voy a comprobarlo, tardo un minuto" is one."""
_MARKS = "«»“” "


def table_rules(
    grid: Grid, document: Document, headings: tuple[str, ...]
) -> Iterator[AnyRule | Unread]:
    """The rules of a table, row by row; nothing where its columns are those of no rule.

    Args:
        grid: the table.
        document: that it stands in.
        headings: above it.
    """
    columns = {name: column_of(name) for name in grid.header}
    for row in grid.rows:
        place = block_place(document, row, headings)
        texts = {
            column: document.text[slice(*at)]
            for name, at in cells(document, row, grid.header).items()
            if (column := columns[name]) is not None
        }
        yield from _row_rules(texts, place, frozenset(filter(None, columns.values())))


def is_known(header: Sequence[str]) -> bool:
    """Whether rules are read of a table with these columns."""
    return _kind({column for name in header if (column := column_of(name)) is not None}) is not None


def _kind(columns: set[Column] | frozenset[Column]) -> str | None:
    if "channel" in columns and columns & {"greeting", "closing"}:
        return "phrases"
    if {"channel", "address"} <= columns:
        return "addresses"
    if {"say", "understood"} <= columns:
        return "regional"
    if columns & {"situation", "when"} and columns & {"statement", "say"}:
        return "required"
    return "words" if "avoid" in columns else None


def _row_rules(
    texts: Mapping[Column, str], place: Place, columns: frozenset[Column]
) -> Iterator[AnyRule | Unread]:
    kind = _kind(columns)
    if kind in ("phrases", "addresses"):
        channels = channels_in(texts.get("channel", ""))
        if not channels:
            yield _unread(place, "unknown_channel", texts.get("channel", ""))
        elif kind == "phrases":
            yield from _phrases(texts, place, channels)
        else:
            yield from _address(texts, place, channels)
    elif kind == "required":
        yield from _required(texts, place)
    elif kind == "regional":
        yield from _regional(texts, place)
    elif kind == "words":
        yield from _words(texts, place)


def _phrases(
    texts: Mapping[Column, str], place: Place, channels: Sequence[Channel]
) -> Iterator[AnyRule | Unread]:
    if "greeting" not in texts and "closing" not in texts:
        yield _unread(place, "empty_cell")
    for channel in channels if "greeting" in texts else ():
        yield Greeting(place.cited, channel, texts["greeting"].strip(_MARKS))
    for channel in channels if "closing" in texts else ():
        yield Closing(place.cited, channel, texts["closing"].strip(_MARKS))


def _address(
    texts: Mapping[Column, str], place: Place, channels: tuple[Channel, ...]
) -> Iterator[AnyRule | Unread]:
    forms = forms_in(f"de {texts.get('address', '').strip()}.")
    if len(forms) == 1:
        yield AddressRule(place.cited, forms[0], channels)
    else:
        yield _unread(place, "two_addresses" if forms else "not_understood")


def _required(texts: Mapping[Column, str], place: Place) -> Iterator[AnyRule | Unread]:
    statement = texts.get("statement", texts.get("say", ""))
    situation = texts.get("situation", texts.get("when", ""))
    if not statement or not situation:
        yield _unread(place, "empty_cell")
        return
    words = exactly_quoted(statement)
    when = texts.get("when", "") if "situation" in texts else ""
    yield Required(place.cited, situation, " ".join(words) or statement, bool(words), when)


def _regional(texts: Mapping[Column, str], place: Place) -> Iterator[AnyRule | Unread]:
    say, understood = (_parts(texts.get(name, ""), 4) for name in ("say", "understood"))
    if say and understood:
        yield Regional(place.cited, say, understood)
    else:
        yield _unread(place, "empty_cell")


def _words(texts: Mapping[Column, str], place: Place) -> Iterator[AnyRule | Unread]:
    say = _parts(texts.get("say", ""), _MOST_WORDS_SAID)
    avoid = _parts(texts.get("avoid", ""), _MOST_WORDS_AVOIDED)
    if say or avoid:
        yield WordRule(place.cited, say, avoid)
    else:
        yield _unread(place, "empty_cell")


def _parts(cell: str, most_words: int) -> tuple[str, ...]:
    """The wordings of a cell: those in quotation marks, else short ones parted by commas."""
    inside = quoted(cell)
    if inside:
        return inside
    parts = without_marks(re.split(r"[,;/]\s", cell))
    if all(len(part.split()) <= most_words for part in parts):
        return parts
    return without_marks([cell])


def _unread(place: Place, why: WhyUnread, detail: str = "") -> Unread:
    return Unread(place.cited, why, detail)
