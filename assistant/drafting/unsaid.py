"""What documents say is not to be answered to customers, in a draft.

A heading that says so ("Lo que no se puede contestar") with quoted words below it, a sentence that
quotes them ("never say …"), and a table's column of what is not said beside what is. They are
looked for once in all documents, since a draft's passages need not have them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from assistant.drafting.lines import Apart, Line
from assistant.drafting.phrases import places
from assistant.drafting.sources import Sources
from assistant.support.reading import Read, read
from knowledge.conflicts.wording import Words, share, shared
from knowledge.models import StoredChunk
from knowledge.quantities.numerals import same_length_fold

SAME = 0.75
"""Share of the quoted words that a draft's clause has to have."""
MOST = 0.6
"""The same of a clause that says nothing else."""
BACK = 0.6
"""Share of the clause's words that the quoted ones have to have."""
LEAST_WORDS = 2
SPOKEN_OF = 2
"""Words of what is said instead that a draft or question has to have, where one word is ruled
out."""
_CUES = (
    "no contestar", "no contesta", "no responde", "no diga", "nunca diga", "no decir", "no decimos",
    "no dice", "never say", "not say", "not tell", "never tell", "not answer",
)  # fmt: skip
"""Words of the passages that say what is not said."""
CUED = 60
"""Passages with such words that are looked at."""
_NEVER = re.compile(
    r"\bno (?:se (?:puede|debe|dice)|volvemos a|podemos|decimos|diga)(?: \w+)? ?"
    r"(?:contest\w+|dec\w+|respond\w+|dic\w+)?\b|\bno se (?:responde|contesta)\b|"
    r"\bnunca (?:se )?(?:dig\w+|dic\w+|contest\w+|respond\w+)\b|"
    r"\b(?:do not|don't|never|must not|cannot) (?:say|answer|tell)\b"
)
_INSTEAD = re.compile(r"\b(?:aprobada|alternativa|en su lugar|approved|instead)\b")
_QUOTED = re.compile(r"[«“\"](?P<words>[^»”\"]{8,120})[»”\"]")
_UNLESS = re.compile(r"\W*(?:sin|si|salvo|without|unless|if)\b")
"""Behind quoted words: they are ruled out on a condition."""
_CLAUSES = re.compile(r"[,;:]\s")
_CELL = re.compile(r"(?:^|; )(?P<head>[^:;]{2,40}): (?P<cell>[^;]+)")


class Unsayable(NamedTuple):
    """Words that a document rules out.

    Attributes:
        words: that are not said.
        line: the sentence or row that says so.
        instead: what is said in their place; `None` where the document does not say or quotes.
    """

    words: Read
    line: Line
    instead: Words | None = None


def speaking_of_answers(sources: Sources) -> list[StoredChunk]:
    """Passages that may say what is not to be said, each once; internal ones are no answers."""
    found = {
        one.key: one
        for cue in _CUES
        for one in sources.with_words(cue.split(), CUED)
        if not one.internal
    }
    return list(found.values())


def unsayable(lines: Iterable[Line]) -> list[Unsayable]:
    """What sentences and rows rule out, each once."""
    found: dict[tuple[int, str], Unsayable] = {}
    for line in lines:
        for one in (*_quoted(line), *_celled(line)):
            found.setdefault((line.passage.key, one.words.text), one)
    return list(found.values())


def unsaid(said: Read, about: Read, rules: Iterable[Unsayable]) -> Iterator[Apart]:
    """What a sentence says although a document says that it is not said; at most one.

    Args:
        said: the sentence.
        about: what the customer asked.
        rules: what documents rule out.
    """
    for rule in rules:
        for start, end in _in_place(said, about, rule):
            quote = rule.words.text
            yield Apart(start, end, quote, rule.line.passage, rule.line.span, swap=False)
            return


def _quoted(line: Line) -> Iterator[Unsayable]:
    headings = line.passage.chunk.headings
    above = same_length_fold(headings[-1]) if headings else ""
    for quoted in _QUOTED.finditer(line.read.text):
        before = line.read.folded[: quoted.start()]
        if _INSTEAD.search(before) or not (_NEVER.search(above) or _NEVER.search(before)):
            continue
        words = read(quoted["words"], line.read.language)
        if len(words.words) >= LEAST_WORDS and not _UNLESS.match(line.read.folded, quoted.end()):
            yield Unsayable(words, line)


def _celled(line: Line) -> Iterator[Unsayable]:
    """Cells below "do not say", with the cell of what is said."""
    cells = [(m["head"], m["cell"].strip()) for m in _CELL.finditer(line.read.text)]
    for place, (head, cell) in enumerate(cells):
        if place and _NEVER.search(same_length_fold(head)):
            instead = read(cells[place - 1][1], line.read.language).words
            for wording in cell.split(","):
                yield Unsayable(read(wording.strip(), line.read.language), line, instead)


def _in_place(said: Read, about: Read, rule: Unsayable) -> Iterator[tuple[int, int]]:
    if rule.instead is not None:
        yield from _ruled_out(said, about, rule.words, rule.instead)
        return
    for start, end in _clauses(said):
        own = Words(w for w in said.words if start <= w.start < end)
        alike, back = share(rule.words.words, own), share(own, rule.words.words)
        if rule.words.language != said.language:
            met = alike == 1 and back == 1
        else:
            met = (alike >= SAME and back >= BACK) or (alike >= MOST and back == 1 and len(own) > 1)
        if met and not any(start <= q.start < end for q in said.figures):
            yield start, end


def _ruled_out(said: Read, about: Read, words: Read, instead: Words) -> Iterator[tuple[int, int]]:
    """Where words are said that another takes the place of, when that is what is spoken of."""
    if words.language != said.language or share(instead, said.words) == 1:
        return
    if " " in words.text:
        yield from places(said.text, words.text, said.language)
    spoken_of = shared(instead, Words((*said.words, *about.words)))
    if len({w.text for w in spoken_of}) >= SPOKEN_OF:
        for found in re.finditer(rf"\b{re.escape(words.folded)}s?\b", said.folded):
            yield found.span()


def _clauses(said: Read) -> Sequence[tuple[int, int]]:
    cuts = [0, *(m.end() for m in _CLAUSES.finditer(said.text)), len(said.text)]
    parts = [(a, b) for a, b in pairwise(cuts) if b > a]
    return parts if len(parts) < 2 else [(0, len(said.text)), *parts]
