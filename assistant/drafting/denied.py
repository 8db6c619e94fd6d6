"""What a draft says of yes and no, must and may, where the sources in force say the opposite.

The verdict is `assistant.support`'s; here it only counts where the sentence is about the same
without doubt. Keys of tables ("E02") are held against their own row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.drafting.denying import FOR_AGENTS, LEFT_OUT, denies
from assistant.drafting.lines import Apart, Line, Talk, lines_of
from assistant.support.check import SupportCheck
from assistant.support.models import Evidence
from assistant.support.reading import Read, read
from knowledge.conflicts.wording import Words, share
from knowledge.models import StoredChunk
from knowledge.quantities.numerals import same_length_fold

ALIKE = 0.6
"""Share of a clause's words that the sentence that says the opposite has to have."""
SURE = 0.66
"""The same where the verdict on the whole is no more than that it is not supported."""
BACK = 0.34
"""Share of that sentence's words that the clause has to have."""
_LEAST_WORDS = 2
_ANSWER = re.compile(
    r"^\W*(?:s[ií]|no|yes|claro|por supuesto|of course|sure)\b[,.]\s*", re.IGNORECASE
)
_CUT = re.compile(r"[,;:]\s+|\s(?=(?:pero|aunque|y|but|and|so|así que)\s)", re.IGNORECASE)
_IF = re.compile(
    r"\b(?:as it|como|porque|ya que|because|since|si|cuando|mientras|while|"
    r"salvo|excepto|if|when|unless|except)\b"
)
_TOLD = re.compile(r"\b(?:nunca (?:diga|se dice)|never say|no se dice|do not say|no decimos)\b")
_MEANS = re.compile(
    r"\W*(?:(?:eso|esto|that|it|this) )?(?:es|son|significa|quiere decir|indica|is|are|means)\b"
)
"""Begins what is said of a key that was named before."""
SWAPPED = 0.5
"""Share of the words said of a key that another key's row has, at least."""
CLEARLY = 0.3
_CAUSES = frozenset(("negation", "obligation"))
_CHECK = SupportCheck()


def opposed(said: Read, told: Sequence[StoredChunk]) -> Iterator[Apart]:
    """Where a sentence denies, demands or allows what the sources do not.

    Args:
        said: the sentence.
        told: passages of its language that may speak of the same.
    """
    told = [
        one
        for one in told
        if not (
            one.chunk.headings
            and (
                FOR_AGENTS.search(one.chunk.headings[-1])
                or LEFT_OUT.search(same_length_fold(one.chunk.headings[-1]))
            )
        )
    ]
    evidence = [Evidence.of(one) for one in told]
    answer = _ANSWER.match(said.text)
    if not evidence or _IF.search(said.folded, answer.end() if answer else 0):
        return
    lines = lines_of(told)
    for start, end in _clauses(said.text):
        clause = read(said.text[start:end], said.language)
        if len(clause.words) < _LEAST_WORDS:
            continue
        if all(share(clause.words, line.read.words) < ALIKE for line in lines):
            continue
        found = _opposite(clause, told, evidence)
        if found is not None:
            yield found._replace(start=found.start + start, end=found.end + start)
            return


def _opposite(
    clause: Read, told: Sequence[StoredChunk], evidence: Sequence[Evidence]
) -> Apart | None:
    support = _CHECK.check(clause.text, evidence, clause.language)
    place = support.evidence
    reason = next((r for r in support.reasons if r.cause in _CAUSES), None)
    if place is None or reason is None:
        return None
    passage = told[place.passage]
    text = passage.chunk.text[place.start : place.end]
    line = read(text, passage.chunk.language)
    if _TOLD.search(line.folded) or _in_condition(line.folded, reason.found_span[0] - place.start):
        return None
    least = ALIKE if support.verdict == "contradicted" else SURE
    if share(clause.words, line.words) < least or share(line.words, clause.words) < BACK:
        return None
    if " | " in text or (
        reason.cause == "negation" and denies(clause.folded) == denies(line.folded)
    ):
        return None
    return Apart(0, len(clause.text), text, passage, (place.start, place.end), swap=False)


def _in_condition(folded: str, at: int) -> bool:
    """Whether a place of a sentence lies in a condition; of no place, whether there is one."""
    if at <= 0:
        return bool(_IF.search(folded))
    begins = max(folded.rfind(sign, 0, at) for sign in ",;:") + 1
    return bool(_IF.search(folded, begins, at))


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """The whole without a yes or no before it, then its clauses."""
    answer = _ANSWER.match(text)
    begin = answer.end() if answer else 0
    yield begin, len(text)
    cuts = [begin, *(m.end() for m in _CUT.finditer(text, begin)), len(text)]
    if len(cuts) > 2:
        for start, end in pairwise(cuts):
            yield start, start + len(text[start:end].rstrip(" ,;:"))


def swapped(said: Read, lines: Sequence[Line], talk: Talk) -> Iterator[Apart]:
    """What a sentence says of a key, such as an error's code, that another key's row says."""
    keys = {n.text for n in said.names if n.code}
    if not keys and _MEANS.match(said.folded):
        keys = {n.text for text in talk.given for n in text.names if n.code}
    words = Words(
        w for w in said.words if w.text not in keys and not any(c.isdigit() for c in w.text)
    )
    if not keys or not words:
        return
    own = [one for one in lines if _key_of(one) in keys]
    others = [one for one in lines if (key := _key_of(one)) and key not in keys]
    if not own or not others:
        return
    best = max(own, key=lambda one: share(words, one.read.words))
    rival = max(others, key=lambda one: share(words, one.read.words))
    met = share(words, best.read.words)
    if share(words, rival.read.words) >= max(SWAPPED, met + CLEARLY):
        only = [w for w in words if not best.read.words.keys & w.keys]
        if only:
            first, last = only[0].start, only[-1].start + len(only[-1].text)
            yield Apart(first, last, best.read.text, best.passage, best.span, swap=False)


def _key_of(line: Line) -> str:
    """The code that a row or item begins with."""
    first = next((n for n in line.read.names if n.code), None)
    return first.text if first is not None and first.start < KEY_WITHIN else ""


KEY_WITHIN = 16
