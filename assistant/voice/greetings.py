"""What a text to a customer begins and ends with, by the guide and the time of day. Pure."""

from __future__ import annotations

import re

from assistant.steps.instructions import instructs
from assistant.voice.models import Channel, VoiceGuide
from knowledge.models import Language
from knowledge.text import fold, sentence_spans

_ASKS = re.compile(
    r"¿|(?:d[íi]ga(?:me|nos)|cu[ée]nte(?:me|nos)|(?:please )?tell (?:me|us))\b", re.I
)


def greeting_of(
    guide: VoiceGuide | None, channel: Channel, minute: int | None, *, opening: bool
) -> str | None:
    """What a text begins with; `None` for nothing.

    Args:
        guide: of its language; `None` greets nobody.
        channel: where it is sent.
        minute: of the day; `None`: as in the guide.
        opening: whether it is the first that the customer reads.
    """
    greeted = channel == "email" or (opening and channel != "phone")
    rule = guide.greeting(channel) if guide and greeted else None
    if guide is None or rule is None:
        return None
    return _without_offer(by_the_hour(rule.text, guide, minute), guide.language) or None


def _without_offer(greeting: str, language: Language) -> str:
    """A greeting without the question or request that it ends with: the answer follows."""
    for a, _ in sentence_spans(greeting):
        rest = greeting[a:]
        if "?" in rest.partition(".")[0] or _ASKS.match(rest) or (a and instructs(rest, language)):
            return greeting[:a].rstrip()
    return greeting


def by_the_hour(greeting: str, guide: VoiceGuide, minute: int | None) -> str:
    """A greeting with the words of the hour, where it begins with those of another."""
    now = next(
        (p for p in guide.day_parts if minute is not None and p.starts <= minute < p.ends), None
    )
    for part in guide.day_parts if now else ():
        if now and fold(greeting).startswith(fold(part.words)):
            return now.words[:1].upper() + now.words[1:] + greeting[len(part.words) :]
    return greeting


def closing_of(guide: VoiceGuide | None, channel: Channel) -> str | None:
    """Where the whole text is one message; elsewhere the conversation goes on."""
    if guide is None or channel not in ("email", "social"):
        return None
    rule = guide.closing(channel)
    return rule.text if rule else None
