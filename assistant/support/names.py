"""Does a statement name what the evidence names? `Read` and `Read` -> differences.

Names of places and people are translated, so across languages a name that the evidence does not
have is only held against one that the statement does not have, and only if a model does not take
the two for one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rapidfuzz.distance import Indel

from assistant.support.denials import VERBATIM
from assistant.support.figures import Difference
from assistant.support.reading import Name, Read, own_form
from knowledge.conflicts.wording import overlap, same_word
from knowledge.models import Language
from knowledge.quantities.numerals import Token
from knowledge.search.spelling import dictionary
from knowledge.text import stem

_NUMERAL = re.compile(r"[IVX]+")
_DIGITS = re.compile(r"\d+")
_ACRONYM = re.compile(r"[A-Z]{3,6}")

SameName = Callable[[str, str], bool]
"""Whether two names of two languages may stand for one."""


def names_apart(
    said: Read, best: Read, around: frozenset[str], same_name: SameName
) -> list[Difference]:
    """Names and codes of the statement that the evidence does not have in the nearest place.

    Args:
        said: the statement.
        best: the stretch of evidence that comes nearest.
        around: the folded words of all the evidence and of what stands above it.
        same_name: decides across languages.
    """
    left = [n for n in best.names if not _has(said, n, best.language)]
    if said.language != best.language:
        return _across(said, best, left, around, same_name)
    apart: list[Difference] = []
    verbatim = overlap(said.plain, best.plain).common >= VERBATIM
    for name in said.names:
        had = _has(best, name, said.language)
        rival = _in_its_place(said, name, best) if verbatim or not had else None
        if had and not rival:
            continue
        known = name.text in around or stem(name.text, said.language) in around
        if rival:
            apart.append(Difference("other_name", (name.start, name.end), rival))
        elif not known or any(n.code == name.code for n in left):
            apart.append(_difference(name, [n for n in left if n.code == name.code]))
    return apart


def _across(
    said: Read,
    best: Read,
    left: Sequence[Name],
    around: frozenset[str],
    same_name: SameName,
) -> list[Difference]:
    apart: list[Difference] = []
    for name in said.names:
        if _NUMERAL.fullmatch(said.text, name.start, name.end):
            continue  # a figure, and held against figures
        had = _has(best, name, said.language)
        if had and left and _once_more(said, name, best):
            apart.append(_difference(name, left))
            continue
        if had or any(_resemble(name.text, n.text) for n in left) or _spelt_out(said, name, best):
            continue
        rivals = [n for n in left if n.code or not name.code]
        # A name that another sentence of the evidence writes alike is not translated
        known = name.text in around
        translated = (
            not known
            and not _invented(said, name)
            and (
                not rivals
                or any(
                    not n.code and same_name(_own(said, name, best), _own(best, n, said))
                    for n in rivals
                )
            )
        )
        if name.code or not translated:
            apart.append(_difference(name, rivals))
    return apart


def _once_more(said: Read, name: Name, best: Read) -> bool:
    """Whether a name stands more often in a statement than in the evidence.

    Where that has a name that the statement does not, it was put in its place.
    """
    here = sum(n.text == name.text for n in said.names)
    return here > 1 and here > sum(own_form(t.text) == name.text for t in best.order) > 0


def _invented(one: Read, name: Name) -> bool:
    """Whether a name is no word of its language, so that nobody translates it: "Nimbus"."""
    written = one.text[name.start : name.end]
    if name.code or written.isupper() or len(name.text) < LEAST_LETTERS:
        return False
    known = dictionary(one.language).frequency
    return not any(
        known.get(form, 0)
        for part in (name.text, *name.text.split("-"))
        for form in (part, part.removesuffix("s"), part.removesuffix("es"))
    )


def _spelt_out(said: Read, name: Name, best: Read) -> bool:
    """Whether the evidence says in full what a name abbreviates: "Social Security Number"."""
    if not _ACRONYM.fullmatch(said.text, name.start, name.end):
        return False
    return name.text in "".join(token.text[0] for token in best.order)


def _resemble(one: str, other: str) -> bool:
    """Whether two names may be one in two languages by their letters: "Gascuña", "Gascony"."""
    alike: float = Indel.normalized_similarity(one, other)
    return alike >= ALIKE or (one[0] == other[0] and alike >= ALIKE_FROM_FIRST)


def _own(one: Read, name: Name, other: Read) -> str:
    """A name with those of its run that the other sentence does not have."""
    run = [n for n in one.names if n.run == name.run and not _has(other, n, one.language)]
    return " ".join(one.text[n.start : n.end] for n in run) or one.text[name.start : name.end]


def _in_its_place(said: Read, name: Name, best: Read) -> tuple[int, int] | None:
    """What the evidence names between the two words that the statement has around a name."""
    order = said.order
    inside = [i for i, token in enumerate(order) if name.run[0] <= token.start < name.run[1]]
    before = order[inside[0] - 1].text if inside[0] else ""
    after = order[inside[-1] + 1].text if inside[-1] + 1 < len(order) else ""
    there = ["", *(token.text for token in best.order), ""]
    rival: tuple[int, int] | None = None
    for i, word in enumerate(there[:-1]):
        if word != before:
            continue
        for j in range(i + 2, min(i + 2 + PLACE, len(there))):
            if there[j] == after:
                between = best.order[i : j - 1]
                if any(own_form(token.text) == name.text for token in between):
                    return None
                # One that the statement has too was moved, not replaced
                named = [
                    t
                    for t in between
                    if (best.text[t.start].isupper() or t.kind == "name")
                    and _times(t, order) < _times(t, best.order)
                ]
                if named and rival is None:
                    rival = named[0].start, named[-1].end
    return rival


def _times(one: Token, among: Sequence[Token]) -> int:
    return sum(own_form(token.text) == own_form(one.text) for token in among)


def _difference(name: Name, rivals: Sequence[Name]) -> Difference:
    span = (name.start, name.end)
    if rivals:
        nearest = min(rivals, key=lambda n: abs(n.start - name.start))
        return Difference("other_name", span, (nearest.start, nearest.end))
    return Difference("missing_name", span, (0, 0))


def _has(one: Read, name: Name, language: Language) -> bool:
    """Whether a sentence has a name, inflected or nearly the same across languages."""
    if name.text in one.tokens:
        return True
    if name.code:
        digits = frozenset(_DIGITS.findall(name.text))
        return any(
            name.text in token or token in name.text
            for token in one.tokens
            if len(token) > 2 and digits <= frozenset(_DIGITS.findall(token))
        )
    if language == one.language:
        own = stem(name.text, language)
        return any(stem(token, language) == own for token in one.tokens)
    return any(same_word(name.text, language, token, one.language) for token in one.tokens if token)


LEAST_LETTERS = 4
"""Of a name that may be no word; shorter ones are abbreviations."""
ALIKE = 0.6
ALIKE_FROM_FIRST = 0.5
"""Share of letters in common from which two names may be one, the second with the same initial;
chosen on half ``fit``."""
PLACE = 5
"""Words of the evidence that may stand where the statement has a name."""
