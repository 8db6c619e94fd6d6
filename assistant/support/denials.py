"""Does a statement deny, demand or allow what the evidence does? `Read` and `Read` -> differences.

A denial is about the words behind it. Where those stand in the evidence and nothing there denies
them, one of the two says the opposite. Across languages few words are known to mean the same, so
there only sentences are held against each other of which one has no word that denies.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.support.figures import Difference
from assistant.support.polarity import unpaired
from assistant.support.reading import Read
from knowledge.conflicts.disagreement import OPPOSED
from knowledge.conflicts.modality import Mark
from knowledge.conflicts.statements import DENYING
from knowledge.conflicts.wording import Word, Words, overlap, shared

SCOPE = 3
"""Content words behind a denial that it may be about."""
REACH = 60
"""Characters before a word within which a denial is about it."""

LONGER = 1.5
"""How much longer than the other a sentence may be whose denials are counted against its."""
VERBATIM = 0.85
"""Share of both sentences' words that is common, from which they are nearly the same."""


def denials_apart(said: Read, best: Read, nearest: Read) -> list[Difference]:
    """Denials that only the statement or only the evidence has; at most one each way.

    Args:
        said: the statement.
        best: the stretch of evidence that comes nearest.
        nearest: the nearest sentence of it: the statement need not say what is beside it.
    """
    if said.language != best.language:
        return _across(said, best, nearest)
    found: list[Difference] = []
    for one, other, turned in ((said, best, False), (nearest, said, True)):
        for mark in _denying(one):
            there = _undenied(one, mark, other)
            if there is None or _denies_twice(one, mark, other):
                continue
            start = best.text.find(nearest.text) if turned else 0
            spans = (
                (start + mark.start, start + mark.end),
                (there.start, there.start + len(there.text)),
            )
            first, second = reversed(spans) if turned else spans
            found.append(Difference("negation", first, second))
            break
    return found or _counted(said, best)


def _counted(said: Read, best: Read) -> list[Difference]:
    """In nearly the same words, how often each denies."""
    own, there = _denying(said), _denying(best)
    if len(own) == len(there) or len(said.negatives) == len(best.negatives):
        return []
    for one, marks, other in ((said, own, best), (best, there, said)):
        if any(_denies_twice(one, mark, other) for mark in marks):
            return []
    if overlap(said.plain, best.plain).common < VERBATIM:
        return []
    first, second = ((marks[0].start, marks[0].end) if marks else (0, 0) for marks in (own, there))
    return [Difference("negation", first, second)]


def obligations_apart(said: Read, best: Read) -> list[Difference]:
    """What the statement demands where the evidence allows, or the other way round."""
    own, there = ({m.mode for m in r.marks if not _of_none(r, m)} for r in (said, best))
    for mode in own:
        for other in there:
            pair = frozenset((mode, other))
            strict = pair in OPPOSED or pair == {"must", "may"}
            if not strict or mode in there or other in own:
                continue
            if pair == {"must", "may"} and _ONLY_IF.search(
                (said if mode == "may" else best).folded
            ):
                continue  # "you may only if" is "you must"
            first = next(m for m in said.marks if m.mode == mode)
            second = next(m for m in best.marks if m.mode == other)
            if said.language == best.language and not _of_one(said, first, best, second):
                continue
            return [Difference("obligation", (first.start, first.end), (second.start, second.end))]
    return []


def _of_none(one: Read, mark: Mark) -> bool:
    """Whether what obliges is said of nothing: "no reason has to be given"."""
    return mark.mode == "must" and bool(_NOTHING.search(one.folded, 0, mark.start))


_NOTHING = re.compile(r"\bno (?:\w+ ){1,3}$")


def _of_one(said: Read, mark: Mark, best: Read, other: Mark) -> bool:
    """Whether two marks of one language oblige or allow the same: the first word behind each."""
    first, second = _scope(said, mark), _scope(best, other)
    return bool(first and second and shared(Words(first[:1]), Words(second[:1])))


def _denying(one: Read) -> list[Mark]:
    """Its denials, but those that only set a limit ("no más de") or go on with another ("ni")."""
    return [
        mark
        for mark in one.marks
        if mark.mode in DENYING
        and one.folded[mark.start : mark.end] not in _GOES_ON
        and not _LIMITS.match(one.folded, mark.end)
        and not _COSTS_NOTHING.match(one.folded, mark.start)
        and not _again(one, mark)
        and not any(q.bound == "min" and _limits(one, mark, q.start) for q in one.figures)
    ]


def _limits(one: Read, mark: Mark, at: int) -> bool:
    """Whether a denial reaches a figure, so that it sets a limit: "no guardamos datos más de"."""
    return mark.start < at < mark.start + REACH and not _PART.search(one.folded, mark.end, at)


_PART = re.compile(r"[,;:.]\s")


def _denies_twice(one: Read, mark: Mark, other: Read) -> bool:
    """Whether a denial only makes what is beside it a demand: "no plazo sin preguntar antes".

    The other sentence then demands it by itself, says what comes before, or says "only".
    """
    first = max((m.end() for m in _SENTENCE_END.finditer(one.folded, 0, mark.start)), default=0)
    clause = _SENTENCE_END.search(one.folded, mark.end)
    end = clause.start() if clause else len(one.folded)
    behind = _UNLESS.search(one.folded, mark.end, end)
    if _denying(other) or not (behind or _UNLESS.search(one.folded, first, mark.start)):
        return False
    if _UNLESS.search(other.folded):  # "no plazo sin preguntar" is "preguntar antes"
        before = behind and _WITHOUT.fullmatch(behind[0])
        return bool(before) and not _WITHOUT.search(other.folded)
    return bool(behind or _ALONE.search(other.folded))


_UNLESS = re.compile(r"\b(?:sin|hasta|antes|salvo|excepto|without|until|unless|before|except)\b")
_WITHOUT = re.compile(r"\b(?:sin|hasta|salvo|excepto|without|until|unless|except)\b")
_ONLY_IF = re.compile(r"\b(?:solo|solamente|unicamente|only)\b.*\b(?:si|cuando|con|if|when|once)\b")
_ALONE = re.compile(r"\b(?:sol[oa]|solamente|unic[oa](?:mente)?s?|only)\b")
_SENTENCE_END = re.compile(r"[.;:]")


def _again(one: Read, mark: Mark) -> bool:
    """Whether it only says once more what a "no" before it denies: "no se paga nunca"."""
    return one.language == "es" and bool(
        _SECOND.match(one.folded, mark.start) and _FIRST.search(one.folded, 0, mark.start)
    )


_FIRST = re.compile(r"\b(?:no|nunca|jamas)\b[^.,;:]*$")
_SECOND = re.compile(r"(?:nunca|jamas|nadie|tampoco|nada)\b")
_LEFT_OUT = re.compile(
    r"\b(?:(?:left|leaves?) out|excluded|fuera|outside|exclu(?:id|y)\w+|"
    r"(?:is|are) (?:prohibited|refused))\b"
)
"""Denies what is before it."""
_ENDED = re.compile(
    r"[^,;:.]*?\b(?:(?:ha |han )?dej(?:o|a|an|aron|ado) de (?:existir|\w+[aei]rse)|desaparec\w+|"
    r"(?:was|were|has been|have been) (?:abolished|ended|withdrawn))\b"
)
"""What is before it is no more, within a clause."""
_AND = re.compile(r"\b(?:y|and)\b")
_ONLY = re.compile(r"only|sol[oa]|solamente")
_LIMITS = re.compile(
    r" (?:(?:se )?(?:super[ae][nr]?|exced[ae][nr]?|pas[ae]n?(?: de)?)|puede pasar de|"
    r"(?:go |be )?(?:above|over)|exceed\w*) (?:los |las |the )?[€$£]?\d"
)
"""Behind a denial that only sets a limit."""
_COSTS_NOTHING = re.compile(
    r"no (?:le )?(?:cuesta|tiene|hay que pagar|se (?:le )?(?:paga|cobra))\w*"
    r" (?:nada|ningun (?:coste|cargo|gasto)|coste|cargo)\b|no (?:charge|cost|fee)\b"
)
"""As much as "gratis"."""
_GOES_ON = frozenset(("ni", "nor", "ningun", "ninguna", "ninguno"))


def _scope(one: Read, mark: Mark) -> Words:
    """The content words that a denial may be about, no further than its clause."""
    clause = len(one.text)
    for sign in ".;:," if mark.conditional else ".;:":
        at = one.text.find(sign, mark.end)
        clause = min(clause, at if at >= 0 else clause)
    condition = _THEN_IF.search(one.folded, mark.end, clause)
    clause = condition.start() if condition else clause
    return Words([w for w in one.plain if mark.end <= w.start < clause][:SCOPE])


_THEN_IF = re.compile(r", (?:si|cuando|if|when)\b")


def _undenied(one: Read, mark: Mark, other: Read) -> Word | None:
    """The first word that a denial is about and that the other has without denying it."""
    scope = _scope(one, mark)
    met = shared(scope, other.plain)
    if not scope or (scope[0] not in met and len(met) < 2):
        return None
    there = list(shared(other.plain, scope))
    for word in there:
        if any(
            word.start - REACH <= a < word.start or a <= word.start < b
            for a, b in other.negatives
            if not _ONLY.fullmatch(other.folded, a, b)
        ):
            return None
        if _LEFT_OUT.search(other.folded, word.start, word.start + REACH):
            return None
        ended = _ENDED.match(other.folded, word.start, word.start + REACH)
        if ended and not _AND.search(ended[0]):
            return None
        if any(
            m.mode in DENYING and word.start - REACH <= m.start <= word.start + REACH
            for m in other.marks
        ):
            return None
    return there[0] if there else None


def _across(said: Read, best: Read, nearest: Read) -> list[Difference]:
    own, there = _denying(said), _denying(nearest)
    start = best.text.find(nearest.text)
    alike = len(best.text) < LONGER * len(said.text) and len(said.text) < LONGER * len(best.text)
    if own and not (best.negatives and (not alike or _accounted(said, own, best))):
        return [Difference("negation", (own[0].start, own[0].end), (0, 0))]
    if there and not (said.negatives and (not alike or _accounted(nearest, there, said))):
        return [Difference("negation", (0, 0), (start + there[0].start, start + there[0].end))]
    for one, other, turned in ((said, best, False), (nearest, said, True)):
        for mark in own if one is said else there:
            met = _plain(one, mark, other)
            if met is not None:
                at = (met.start, met.start + len(met.text))
                if turned:
                    return [Difference("negation", at, (start + mark.start, start + mark.end))]
                return [Difference("negation", (mark.start, mark.end), at)]
    return _turned(said, best)


def _accounted(one: Read, denials: Sequence[Mark], other: Read) -> bool:
    """Whether the sentence of another language has as many denials, or words that may be some."""
    others = [(mark.start, mark.end) for mark in _denying(other)]
    outright = [mark for mark in denials if not _NO_MORE.match(one.folded, mark.start - 3)]
    if len(outright) <= len(others):
        return True
    limits = any(mark.start < q.start < mark.end + REACH for mark in outright for q in one.figures)
    return bool(unpaired(other, one, others, limits=limits))


_NO_MORE = re.compile(r"ya no\b")
"""As much as "has passed"."""


def _turned(said: Read, best: Read) -> list[Difference]:
    """A denial that is denied, or a limit that may be passed, where the other has none or one."""
    for pattern in (_DENIED_TWICE, _MAY_PASS):
        here, there = pattern.search(said.folded), pattern.search(best.folded)
        if bool(here) != bool(there):
            first, second = (found.span() if found else (0, 0) for found in (here, there))
            if pattern is _DENIED_TWICE or _LIMIT.search((best if here else said).folded):
                return [Difference("negation", first, second)]
    return []


_DENIED_TWICE = re.compile(
    r"\b(?:not|no|never|nunca) (?:\w+ )?"
    r"(?:un(?:able|likely|necessary|available)|impos\w+|incapa\w+)\b"
)
_PASS = r"(?:exceed|go (?:over|above|beyond)|exceder|superar|sobrepasar|rebasar)"
_MAY_PASS = re.compile(
    rf"(?<!no )(?<!nunca )\b(?:pued\w+|podra\w*|may|can|will|shall|must) {_PASS}\b"
)
_LIMIT = re.compile(
    rf"\b(?:not|cannot|never|no|nunca) (?:(?:pued|podr|deb)\w+ |be |to )?{_PASS}\b|"
    r"\b(?:at most|up to|maximum|limited|como maximo|hasta|limita\w+)\b"
)


def _plain(one: Read, mark: Mark, other: Read) -> Word | None:
    """The first word that a denial is about, if nothing near it denies in the other language."""
    scope = _scope(one, mark)
    if not scope or not shared(Words(scope[:1]), other.plain):
        return None
    there = shared(other.plain, Words(scope[:1]))
    for word in there:
        near = range(word.start - REACH, word.start + REACH)
        if any(a in near for a, _ in other.negatives):
            return None
    return there[0] if there else None
