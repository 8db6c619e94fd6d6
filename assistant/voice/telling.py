"""Rules of a voice guide as lines for a chat model: only those that hold on a channel. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from assistant.voice.models import Channel, StyleRule, VoiceGuide
from knowledge.models import Language

MAX_LINES = 40
MAX_LINE_CHARS = 240

_WORDS: Final[dict[Language, dict[str, str]]] = {
    "es": {
        "usted": "Trate al cliente de usted.",
        "tu": "Trate al cliente de tú.",
        "vos": "Trate al cliente de vos.",
        "instead": "Diga {say}; no diga {avoid}.",
        "avoid": "No diga {avoid}.",
        "say": "Diga {say}.",
        "forbidden": "Prohibido: {what}.",
        "third": "No envíe al cliente a {parties}.",
        "third_instead": "En su lugar: «{instead}».",
        "longest_sentence": "Frases de {limit} palabras como mucho.",
        "emoji": "Emoticonos: {limit} como mucho.",
        "capitals": "Sin palabras en mayúsculas.",
        "example": "Así se escribe: «{example}».",
        "regional": "Diga {say}; el cliente puede decir {understood}.",
    },
    "en": {
        "usted": "",
        "tu": "",
        "vos": "",
        "instead": "Say {say}; do not say {avoid}.",
        "avoid": "Do not say {avoid}.",
        "say": "Say {say}.",
        "forbidden": "Forbidden: {what}.",
        "third": "Do not send the customer to {parties}.",
        "third_instead": "Instead: “{instead}”.",
        "longest_sentence": "Sentences of at most {limit} words.",
        "emoji": "Emojis: at most {limit}.",
        "capitals": "No words in capitals.",
        "example": "Written like this: “{example}”.",
        "regional": "Say {say}; the customer may say {understood}.",
    },
}


def lines_for(guide: VoiceGuide, channel: Channel | None) -> tuple[str, ...]:
    """What a chat model is told of a guide: address, words, what is forbidden, style.

    Not greetings, which are put around what it writes, nor required statements, which no source of
    the answer may support.

    Args:
        guide: of the language to write in.
        channel: on which the customer is; `None`: what holds everywhere.
    """
    lines = (" ".join(line.split())[:MAX_LINE_CHARS] for line in _lines(guide, channel))
    return tuple(filter(None, lines))[:MAX_LINES]


def _lines(guide: VoiceGuide, channel: Channel | None) -> Iterator[str]:
    words = _WORDS[guide.language]
    address = guide.address_on(channel)
    if address:
        yield words[address]
    for third in guide.third_parties:
        if third.parties:
            yield words["third"].format(parties=", ".join(third.parties))
        if third.instead:
            yield words["third_instead"].format(instead=third.instead)
    for forbidden in guide.forbidden:
        yield words["forbidden"].format(what=forbidden.described)
    for rule in guide.words:
        kind = "instead" if rule.say and rule.avoid else "avoid" if rule.avoid else "say"
        yield words[kind].format(
            say=_quoted(rule.say, guide.language), avoid=_quoted(rule.avoid, guide.language)
        )
    style = guide.style_on(channel) if channel else [r for r in guide.style if not r.channels]
    for one in style:
        yield _style(one, guide.language)
    for region in guide.regional:
        yield words["regional"].format(
            say=_quoted(region.say, guide.language),
            understood=_quoted(region.understood, guide.language),
        )


def _style(rule: StyleRule, language: Language) -> str:
    words = _WORDS[language]
    if rule.example:
        return words["example"].format(example=rule.example)
    return words.get(rule.kind, "").format(limit=rule.limit)


def _quoted(texts: Sequence[str], language: Language) -> str:
    before, after = ("«", "»") if language == "es" else ("“", "”")
    return ", ".join(f"{before}{text}{after}" for text in texts)
