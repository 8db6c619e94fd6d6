"""Sure slips of grammar and typing: few rules, each of which is hardly ever wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.drafting import grammar_en, grammar_es
from assistant.drafting.grammar_rules import Rule, rule
from assistant.drafting.lexicon import frequent, is_listed
from assistant.drafting.reasons import Cause
from knowledge.models import Language


class Slip(NamedTuple):
    """Something that is surely wrong.

    Attributes:
        start: offset in the text.
        end: offset after it.
        cause: why.
        mend: what takes its place.
    """

    start: int
    end: int
    cause: Cause
    mend: str


_TYPING = (
    rule(
        r"\b(?!(?:no|ja|je|ha|muy|very|had|that|nos|se|sí|si|bye|ya|is|"
        r"so)\b)([^\W\d_]+)[ \t]+\1\b",
        lambda m: m[1],
        "twice",
    ),
    rule(r"(?<=\w)[ \t]+([,;.!?])(?![\w.)(\-])", lambda m: m[1], "space"),
    rule(r"(?<=[^\W\d_])([,;])(?=[^\W\d_])", lambda m: f"{m[1]} ", "space"),
)
_RULES: dict[Language, tuple[Rule, ...]] = {
    "es": (*_TYPING, *grammar_es.RULES),
    "en": (*_TYPING, *grammar_en.RULES),
}
_SENTENCE = re.compile(r"[^.!?…\n]*[.!?…]+")
_QUESTION_STARTS = re.compile(
    r"(?:(?:^|, )(?:y |pero )?)((?:en |a |de |por |para |con |desde |hasta )?(?:qué|cómo|"
    r"cuándo|cuánt[oa]s?|dónde|cuál(?:es)?|quién(?:es)?)\b|"
    r"(?<=, )(?:verdad|no|de acuerdo|vale|le parece|le viene|quiere|puede)\b)",
    re.IGNORECASE,
)


def slips(text: str, language: Language) -> Iterator[Slip]:
    """The sure slips of a text, in order of the rules."""
    for one in _RULES[language]:
        for found in one.pattern.finditer(text):
            mend = one.mend if isinstance(one.mend, str) else one.mend(found)
            said = found.group()
            at = len(said) - len(said.lstrip("¿"))
            if said[at : at + 1].isupper() and mend[at : at + 1].islower():
                mend = mend[:at] + mend[at].upper() + mend[at + 1 :]
            if mend != said:
                start, end, mend = _trimmed(found.start(), said, mend, one.cause)
                yield Slip(start, end, one.cause, mend)
    if language == "es":
        yield from _unopened(text)
        yield from _futures(text)


_WISHED = re.compile(
    r"\b(?:si|que|como|ojala|ojalá|aunque|cuando|donde|quien|para|antes|quisiera|tal vez|"
    r"quizás?)\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(r"\b(\w+[aei]r)(a|an)\b")


def _futures(text: str) -> Iterator[Slip]:
    """What will be, without its accent: "el técnico le llamara"."""
    for sentence in re.finditer(r"[^.!?\n]+", text):
        for found in _FUTURE.finditer(sentence.group()):
            if _WISHED.search(sentence.group(), 0, found.start()) or not is_listed(found[1], "es"):
                continue
            if found.group().lower() in frequent("es"):
                continue
            mend = f"{found[1]}{'á' if found[2] == 'a' else 'án'}"
            if is_listed(mend, "es"):
                start = sentence.start() + found.start()
                yield Slip(start, start + len(found.group()), "accent", mend)


def _trimmed(start: int, said: str, mend: str, cause: Cause) -> tuple[int, int, str]:
    """Without the space that both end in."""
    if cause != "space" and said.endswith(" ") and mend.endswith(" "):
        said, mend = said[:-1], mend[:-1]
    return start, start + len(said), mend


def _unopened(text: str) -> Iterator[Slip]:
    """Questions and exclamations that end and do not begin."""
    for found in _SENTENCE.finditer(text):
        sentence = found.group()
        for close, opening in (("?", "¿"), ("!", "¡")):
            at = sentence.find(close)
            tied = re.match(r"[\w=&]", text[found.end() :])  # within an address of the web
            if at < 0 or tied or opening in sentence or not re.search(r"\w{2}", sentence[:at]):
                continue
            lead = len(sentence) - len(sentence.lstrip(" \t\"'«“(-¡¿"))
            asked = _QUESTION_STARTS.search(sentence[lead:]) if close == "?" else None
            start = found.start() + lead + (asked.start(1) if asked else 0)
            word = re.match(r"\w+", text[start:])
            if word:
                yield Slip(
                    start,
                    found.start() + at + 1,
                    "opening_mark",
                    opening + text[start : found.start() + at + 1],
                )
