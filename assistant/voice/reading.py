"""A voice guide as a document -> its rules, and what of it gave none.

Sections are told by their headings, tables by their columns, sentences by their words. What is not
understood is never guessed at: it comes back as `Unread`, for whoever manages the guide.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from assistant.models import Citation
from assistant.steps.runs import Section, grids, sections
from assistant.voice.models import (
    AddressRule,
    AnyRule,
    Closing,
    DayPart,
    Forbidden,
    Greeting,
    Regional,
    Required,
    StyleRule,
    ThirdParties,
    Unread,
    VoiceGuide,
    WordRule,
)
from assistant.voice.places import Place, block_place
from assistant.voice.sentences import (
    address_rules,
    day_parts,
    forbidden_rules,
    regional_rule,
    required_rules,
    third_party_rule,
    word_rules,
)
from assistant.voice.style import style_rules
from assistant.voice.tables import is_known, table_rules
from assistant.voice.topics import Topic, is_guide, topic_of
from knowledge.models import Document

_Found = AnyRule | Unread
_P = TypeVar("_P", Greeting, Closing)


def is_voice_guide(document: Document) -> bool:
    """Whether a document is a voice guide: its first heading says so."""
    for block in document.blocks:
        if block.kind == "heading":
            return is_guide(document.text[block.start : block.end])
    return is_guide(document.title)


def read_guide(document: Document) -> VoiceGuide:
    """The rules of a voice guide, and what of it gave none.

    Args:
        document: as the viewer sees it.
    """
    found = [one for section in sections(document) for one in _of_section(section, document)]
    rules = [one for one in found if not isinstance(one, Unread)]
    addresses, clashes = _agreeing([r for r in rules if isinstance(r, AddressRule)])
    greetings, again = _one_each([r for r in rules if isinstance(r, Greeting)])
    closings, still = _one_each([r for r in rules if isinstance(r, Closing)])
    unread = [*(one for one in found if isinstance(one, Unread)), *clashes, *again, *still]
    return VoiceGuide(
        documents=((document.name, document.version),),
        title=document.title,
        language=document.language,
        addresses=addresses,
        greetings=greetings,
        closings=closings,
        day_parts=tuple(r for r in rules if isinstance(r, DayPart)),
        words=tuple(r for r in rules if isinstance(r, WordRule)),
        forbidden=tuple(r for r in rules if isinstance(r, Forbidden)),
        third_parties=tuple(r for r in rules if isinstance(r, ThirdParties)),
        required=tuple(r for r in rules if isinstance(r, Required)),
        style=tuple(r for r in rules if isinstance(r, StyleRule)),
        regional=tuple(r for r in rules if isinstance(r, Regional)),
        unread=tuple(sorted(unread, key=lambda one: one.source.start)),
    )


def _of_section(section: Section, document: Document) -> Iterator[_Found]:
    topic = _topic(section)
    texts = [
        block_place(document, block, section.above)
        for block in section.blocks
        if block.kind not in ("table", "row")
    ]
    if topic == "third":
        yield from _third_parties(texts)
    else:
        for place in texts:
            yield from _of_text(place, topic)
    yield from _of_tables(section, document, topic)


def _third_parties(texts: Sequence[Place]) -> Iterator[_Found]:
    rule = third_party_rule(texts)
    if rule is not None:
        yield rule
    for place in texts:
        if rule is None or not _overlaps(place, rule.source):
            yield _unread(place, "third")


def _of_text(place: Place, topic: Topic | None) -> Iterator[_Found]:
    if topic == "required":
        yield from _or_unread(required_rules(place), place, topic)
        return
    if topic == "regional" and (regional := regional_rule(place)) is not None:
        yield regional
        for sentence in place.sentences:
            if not _overlaps(sentence, regional.source):
                yield _unread(sentence, topic)
        return
    for sentence in place.sentences:
        yield from _or_unread(_of_sentence(sentence, topic), sentence, topic)


def _or_unread(rules: Sequence[AnyRule], place: Place, topic: Topic | None) -> Iterator[_Found]:
    yield from rules
    if not rules:
        yield _unread(place, topic)


def _of_sentence(sentence: Place, topic: Topic | None) -> Sequence[AnyRule]:
    if topic == "forbidden":
        return forbidden_rules(sentence)
    if topic == "style":
        return style_rules(sentence)
    if topic == "greetings":
        return day_parts(sentence)
    if topic == "address":
        return address_rules(sentence) or word_rules(sentence)
    return word_rules(sentence)


def _of_tables(section: Section, document: Document, topic: Topic | None) -> Iterator[_Found]:
    headers = [block for block in section.blocks if block.kind == "table"]
    for header, grid in zip(headers, grids(document, section), strict=True):
        if is_known(grid.header):
            yield from table_rules(grid, document, section.above)
            continue
        place = block_place(document, header, section.above)
        yield Unread(place.cited, "unknown_columns" if topic else "for_people", place.text)


def _topic(section: Section) -> Topic | None:
    """Of the nearest heading that announces one; the guide's own title does not."""
    headings = section.above if section.heading is None or section.heading.level > 1 else ()
    for heading in reversed(headings):
        if not is_guide(heading) and (topic := topic_of(heading)) is not None:
            return topic
    return None


def _unread(place: Place, topic: Topic | None) -> Unread:
    return Unread(place.cited, "not_understood" if topic else "for_people")


def _overlaps(place: Place, cited: Citation) -> bool:
    return place.start < cited.end and cited.start < place.end


def _one_each(phrases: Sequence[_P]) -> tuple[tuple[_P, ...], list[Unread]]:
    """The first of each channel; what comes after it is reported."""
    kept = {phrase.channel: phrase for phrase in reversed(phrases)}
    again = [Unread(p.source, "twice", p.text) for p in phrases if kept[p.channel] is not p]
    return tuple(p for p in phrases if kept[p.channel] is p), again


def _agreeing(
    rules: Sequence[AddressRule],
) -> tuple[tuple[AddressRule, ...], list[Unread]]:
    """One rule for each channel; where forms differ there is none, and each is reported."""
    kept: list[AddressRule] = []
    clashes: dict[int, Unread] = {}
    for where in dict.fromkeys(channel for r in rules for channel in (r.channels or (None,))):
        here = [r for r in rules if where in (r.channels or (None,))]
        if len({rule.form for rule in here}) > 1:
            detail = " / ".join(dict.fromkeys(rule.form for rule in here))
            for rule in here:
                clashes[rule.source.start] = Unread(rule.source, "two_addresses", detail)
        else:
            kept.append(replace(here[0], channels=(where,) if where else ()))
    return tuple(kept), list(clashes.values())
