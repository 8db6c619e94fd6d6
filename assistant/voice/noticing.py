"""Where a text uses what a voice guide speaks of: by its wording alone, for trying a guide out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.voice.models import AnyRule, Channel, VoiceGuide
from knowledge.quantities.numerals import same_length_fold
from knowledge.text import sentence_spans

_NUMBER = re.compile(r"\d[\d.,]*")
_EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")
_CAPITALS = re.compile(r"\b[A-ZÁÉÍÓÚÑ]{4,}\b(?!-)")


@dataclass(frozen=True)
class Noticed:
    """A stretch of a text that a rule speaks of.

    Attributes:
        start: offset of its first character.
        end: offset after it.
        rule: of the guide.
        instead: what the guide says in its place; empty where it says nothing.
    """

    start: int
    end: int
    rule: AnyRule
    instead: tuple[str, ...] = ()


def noticed(text: str, guide: VoiceGuide, channel: Channel) -> list[Noticed]:
    """What a guide has against a text, in order.

    Args:
        text: in the language of the guide.
        guide: whose rules.
        channel: on which it is sent.
    """
    found = [*_worded(text, guide), *_styled(text, guide, channel)]
    return sorted(found, key=lambda one: (one.start, one.end))


def _worded(text: str, guide: VoiceGuide) -> Iterator[Noticed]:
    for words in guide.words:
        for start, end in _places(text, words.avoid):
            yield Noticed(start, end, words, words.say)
    for forbidden in guide.forbidden:
        for start, end in _places(text, forbidden.wordings):
            yield Noticed(start, end, forbidden)
    for third in guide.third_parties:
        for start, end in _places(text, third.wordings):
            yield Noticed(start, end, third, (third.instead,) if third.instead else ())


def _styled(text: str, guide: VoiceGuide, channel: Channel) -> Iterator[Noticed]:
    for rule in guide.style_on(channel):
        if rule.limit is None or rule.kind == "emoji_in_complaints":
            continue
        if rule.kind == "longest_sentence":
            for start, end in sentence_spans(text):
                if len(text[start:end].split()) > rule.limit:
                    yield Noticed(start, end, rule)
            continue
        pattern = _EMOJI if rule.kind == "emoji" else _CAPITALS
        for match in list(pattern.finditer(text))[rule.limit :]:
            yield Noticed(*match.span(), rule)


def _places(text: str, wordings: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    folded = same_length_fold(text)
    for wording in wordings:
        for match in _pattern(wording).finditer(folded):
            yield match.span()


@lru_cache(maxsize=2_000)
def _pattern(wording: str) -> re.Pattern[str]:
    """Its words in a row, whatever stands between them; figures stand for any."""
    parts = re.findall(r"\d[\d.,]*|[^\W\d_]+", same_length_fold(wording))
    patterns = [_NUMBER.pattern if part[0].isdigit() else re.escape(part) for part in parts]
    return re.compile(r"\b" + r"\W+".join(patterns) + r"\b" if patterns else r"(?!)")
