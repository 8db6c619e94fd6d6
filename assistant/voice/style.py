"""Sentences about writing -> rules of style, clause by clause. Pure."""

from __future__ import annotations

import re

from assistant.voice.models import Channel, StyleKind, StyleRule
from assistant.voice.places import Place, quoted, unquoted
from assistant.voice.topics import channels_in
from knowledge.text import fold

_EMOJI = re.compile(r"\b(?:emojis?|emoticon\w*|smileys?)\b")
_CAPITALS = re.compile(
    r"\b(?:mayusculas sostenidas|en mayusculas|todo mayusculas|all[- ]?caps|block capitals|"
    r"(?:words? in )?capitals|capital letters|sustained capitals)\b"
)
_SENTENCE = re.compile(r"\b(?:frases?|oraci\w+|sentences?)\b")
_WORDS = re.compile(r"\b(?:palabras|words)\b")
_COMPLAINT = re.compile(r"\b(?:quejas?|reclamaci\w+|complaints?)\b")
_NONE = re.compile(r"\b(?:sin|no|nunca|ningun\w*|never|without|none|not)\b")
_LESS = re.compile(r"\b(?:menos de|fewer than|less than|under|below)\b")
_MOST = re.compile(
    r"\b(?:como mucho|como maximo|maximo|hasta|no mas de|at most|no more than|up to|maximum)\b"
)
_EXAMPLES: tuple[tuple[StyleKind, re.Pattern[str]], ...] = (
    ("amounts", re.compile(r"\b(?:importes?|cantidades|precios?|amounts?|prices?)\b")),
    ("dates", re.compile(r"\b(?:fechas?|dates?)\b")),
    ("hours", re.compile(r"\b(?:horas?|times?|hours?)\b")),
)


def style_rules(sentence: Place) -> list[StyleRule]:
    """The rules of style in a sentence; none where it has none.

    "Sin emoticonos en correo; en chat y redes, como mucho uno y nunca en una queja" has three.
    """
    found = _by_example(sentence)
    kind: StyleKind | None = None
    for part in unquoted(sentence.text).split(";"):
        channels: tuple[Channel, ...] = ()
        for clause in re.split(r",|\sy (?=nunca)|\sand (?=never)", part):
            folded = fold(clause)
            kind = _kind(folded) or kind
            channels = channels_in(clause) or (() if _kind(folded) else channels)
            limit = _limit(folded)
            if kind is None or limit is None:
                continue
            if kind == "emoji" and _COMPLAINT.search(folded):
                found.append(StyleRule(sentence.cited, "emoji_in_complaints", channels, 0))
            else:
                found.append(StyleRule(sentence.cited, kind, channels, limit))
    return found


def _by_example(sentence: Place) -> list[StyleRule]:
    examples = quoted(sentence.text)
    before = fold(sentence.text.partition(":")[0])
    kinds = [kind for kind, pattern in _EXAMPLES if pattern.search(before)]
    if not examples or len(kinds) != 1 or ":" not in sentence.text:
        return []
    return [StyleRule(sentence.cited, kinds[0], (), None, examples[0])]


def _kind(folded: str) -> StyleKind | None:
    if _EMOJI.search(folded):
        return "emoji"
    if _CAPITALS.search(folded):
        return "capitals"
    return "longest_sentence" if _SENTENCE.search(folded) and _WORDS.search(folded) else None


def _limit(folded: str) -> int | None:
    """Most of what a clause limits; `None` where it limits nothing."""
    if bound := _LESS.search(folded) or _MOST.search(folded):
        numbers = [int(n) for n in re.findall(r"\d+", folded)]
        numbers += [n for word, n in _NUMBERS.items() if re.search(rf"\b{word}\b", folded)]
        return numbers[0] - bool(_LESS.match(bound[0])) if numbers else None
    return 0 if _NONE.search(folded) else None


_NUMBERS = {"un": 1, "uno": 1, "una": 1, "one": 1, "dos": 2, "two": 2, "tres": 3, "three": 3}
