"""Does a statement leave out what the evidence makes it depend on? `Read`s -> differences.

"Si no hay nadie, cuesta 25 €" does not say that it costs 25 €. A condition, an exception, a "solo"
or a "before" of the evidence is kept where the statement has words of it, or a condition of its own
that is no other one of the evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from assistant.support.figures import Difference, meets
from assistant.support.reading import Read
from knowledge.conflicts.statements import DENYING
from knowledge.conflicts.wording import Words, shared
from knowledge.models import Language
from knowledge.quantities.models import Quantity

Kind = Literal["if", "except", "only", "though", "before", "after"]

_MARKS: dict[Language, dict[Kind, str]] = {
    "es": {
        "if": r"siempre (?:que|y cuando)|con tal de|en caso de|a condicion de|si|cuando|mientras|"
        r"una vez|en cuanto",
        "except": r"salvo|excepto|a menos que|a no ser que|sin (?:haber )?\w+[aei]r(?:l[aeo]s?)?",
        "only": r"sol(?:o|amente)|unicamente|exclusivamente",
        "though": r"aunque|incluso si|aun si",
        "before": r"antes de(?:l)?|hasta que",
        "after": r"tras|despues de(?:l)?|pasad[oa]s?|a partir de",
    },
    "en": {
        "if": r"provid(?:ed|ing)(?: that)?|(?:as|so) long as|on condition|in case|if|when(?:ever)?|"
        r"while|once",
        "except": r"unless|except|other than|apart from|without \w+ing",
        "only": r"only|solely",
        "though": r"even if|even when|even though|although|though",
        "before": r"before|until",
        "after": r"after|from the",
    },
}
_ANY: dict[Language, re.Pattern[str]] = {
    language: re.compile(
        r"\b(?:" + "|".join(rf"(?P<{kind}>{words})" for kind, words in kinds.items()) + r")\b"
    )
    for language, kinds in {
        # What is longer first: "even if" is no "if"
        lang: {k: marks[k] for k in ("though", "except", "only", "before", "after", "if")}
        for lang, marks in _MARKS.items()
    }.items()
}
_FEW = re.compile(r"(?:\W+\w+){1,5}")
"""What a preposition may be about."""
_SUBJECT = re.compile(r"\b(?:you|we|they|it|he|she|there)\b")
"""Where an if-clause that no comma ends gives way to what depends on it."""
_YES = re.compile(r"\bsí\b", re.IGNORECASE)
_SIGN = re.compile(r"[.;:\n]")
_STOP = re.compile(r"[,.;:()\n]|$")
_KEEPING = re.compile(
    r"\b(?:reserv\w+|unic[oa]s?|exclusiv\w+|de lo contrario|en ese caso|otherwise|in that case|"
    r"should (?:you|the|it|any)|those who|anyone|whoever|quien(?:es)?|as soon as)\b"
)
"""Words that may stand for a condition, where a statement has no other."""
_APART: frozenset[frozenset[Kind]] = frozenset(
    (frozenset(("if", "though")), frozenset(("before", "after")), frozenset(("if", "except")))
)
"""Kinds of which one is not the other: "if" and "even if"."""
MOST = 0.5
"""Share of a condition's words from which it is kept."""
TOUCHED = 0.5
TOUCHED_ACROSS = 0.3
"""Share of the words beside a condition that a statement must have to be about what depends on
it."""


class Condition(NamedTuple):
    """What a part of a sentence depends on.

    Attributes:
        kind: of which kind.
        start: of the word that makes it one ("si"), in the sentence.
        end: of the condition.
        part: where the part of the sentence begins and ends that depends on it.
    """

    kind: Kind
    start: int
    end: int
    part: tuple[int, int]


@lru_cache(maxsize=20_000)
def conditions_in(one: Read) -> tuple[Condition, ...]:
    """The conditions of a sentence, in order."""
    return tuple(_conditions(one))


def _conditions(one: Read) -> Iterator[Condition]:
    text, folded = one.text, one.folded
    found = [m for m in _ANY[one.language].finditer(folded) if not _YES.match(text, m.start())]
    signs = [0, *(m.end() for m in _SIGN.finditer(folded)), len(text)]
    for match, after in zip(found, [*found[1:], None], strict=False):
        stop = _STOP.search(folded, match.end())
        end = min(stop.start() if stop else len(text), after.start() if after else len(text))
        if match.lastgroup in ("after", "before", "except"):
            few = _FEW.match(folded, match.end())
            end = min(end, few.end() if few else end)
        elif one.language == "en" and match.lastgroup == "if":
            subjects = list(_SUBJECT.finditer(folded, match.end(), end))
            end = subjects[1].start() if len(subjects) > 1 else end
        first = max(at for at in signs if at <= match.start())
        last = min(at for at in signs if at > match.start())
        kind: Kind = match.lastgroup  # type: ignore[assignment]
        yield Condition(kind, match.start(), end, (first, last))


def conditions_apart(said: Read, found: Read) -> list[Difference]:
    """Conditions of the evidence that the statement leaves out or turns round, at most one.

    Args:
        said: the statement.
        found: the stretch of evidence that comes nearest.
    """
    there = conditions_in(found)
    if not there:
        return []
    own = conditions_in(said)
    free = _free(said, own, found)
    for one in there:
        scope = _within(found.words, one.start, one.end)
        figures = [q for q in found.figures if one.start <= q.start < one.end]
        if not (scope or figures) or not _about(said, found, one, there):
            continue
        if one.kind == "only":
            kept = any(c.kind in ("only", "except", "if") for c in own) or any(
                mark.mode in DENYING for mark in said.marks
            )
            kept = kept or bool(_KEEPING.search(said.folded))
        else:
            kept = _kept(said, found, scope, figures)
        turned = kept and _turned(said, own, one, scope)
        if kept and not turned:
            continue
        if free and not turned:
            free -= 1
            continue
        return [Difference("condition", turned or (0, 0), (one.start, one.end))]
    return []


def _free(said: Read, own: Sequence[Condition], found: Read) -> int:
    """How many conditions of the statement say what the evidence does not, in so many words."""
    count = 0
    for one in own:
        words = _within(said.words, one.start, one.end)
        if len(shared(words, found.words)) < MOST * max(1, len(words)):
            count += 1
    return count or int(not own and bool(_KEEPING.search(said.folded)))


def _kept(said: Read, found: Read, scope: Words, figures: Sequence[Quantity]) -> bool:
    if figures:
        return any(meets(f, said, g, found) for f in said.figures for g in figures)
    return len(shared(scope, said.words)) >= MOST * len(scope)


def _turned(
    said: Read, own: Sequence[Condition], one: Condition, scope: Words
) -> tuple[int, int] | None:
    """A condition of the statement in the same words that is of the other kind."""
    for other in own:
        if frozenset((one.kind, other.kind)) in _APART:
            words = _within(said.words, other.start, other.end)
            if words and len(shared(words, scope)) >= max(1.0, TOUCHED * len(words)):
                return other.start, other.end
    return None


def _about(said: Read, found: Read, one: Condition, there: Sequence[Condition]) -> bool:
    """Whether the statement says what depends on the condition."""
    beside = Words(
        word
        for word in found.plain
        if one.part[0] <= word.start < one.part[1]
        and (one.kind == "only" or not any(t.start <= word.start < t.end for t in there))
    )
    least = TOUCHED if said.language == found.language else TOUCHED_ACROSS
    return bool(beside) and len(shared(beside, said.plain)) >= least * len(beside)


def _within(words: Words, start: int, end: int) -> Words:
    return Words(word for word in words if start <= word.start < end)
