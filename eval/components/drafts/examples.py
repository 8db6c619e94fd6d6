"""What the check of facts is learned from: clauses of labelled drafts beside source sentences.

Of some drafts it is told which words of a source are behind what they say, rightly or wrongly
(``eval/sets/drafts_sources.jsonl``); of the others the reason of a label names the document.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.drafting.check import Held
from assistant.drafting.claims import Claim, claims, seen_again
from assistant.drafting.clauses import Span
from assistant.drafting.lines import Line
from assistant.drafting.reading import stated
from eval.components.drafts.cases import Case, Labelled, cases, checker, setting_of
from eval.corpora.reading import by_hand
from eval.work import Work
from knowledge.conflicts.wording import Words, share
from knowledge.errors import SettingsError
from knowledge.models import LANGUAGES
from knowledge.ports import FigureEncoder
from knowledge.text import words

SOURCES = "drafts_sources.jsonl"
LEAST_COMMON = 6
"""Characters of a label that a clause has to have to be wrong for it, if it is that long."""
OF_WORDS = 0.85
"""Share of the shorter one's words that a source sentence and the words told of it have."""
LEAST_CHARS = 12
OF_REASON = 0.25
"""Share of its words that a source sentence has in the reason of a label that names it."""
_DOCUMENT = re.compile(r"[\w-]+\.(?:pdf|docx|md|html|xlsx|csv|txt|eml|pptx)")


@dataclass(frozen=True)
class Example:
    """A clause of a draft.

    Attributes:
        case: the draft.
        span: of the clause in it.
        claim: the clause beside the sources.
        wrong: whether the set says that it is.
        behind: ``(n_lines,)``: which of its lines are told to be behind it.
    """

    case: Case
    span: Span
    claim: Claim
    wrong: bool
    behind: NDArray[np.bool_]


def examples(work: Work) -> Iterator[Example]:
    """The clauses of half ``fit``, but those in marks of other kinds.

    Raises:
        SettingsError: another model embeds than the bundled one.
    """
    with checker(work) as (check, guides):
        if check.figures is None:
            raise SettingsError(
                "facts are learned beside the bundled model: unset VOZ_MODEL, and use a processor "
                "with oneDNN"
            )
        for case in cases("fit"):
            for start, held in check.held(case.draft, setting_of(case, guides)):
                if not held.said.text.rstrip().endswith("?"):
                    yield from _examples(case, start, held, check.figures)


def _examples(
    case: Case, start: int, held: Held, figures: FigureEncoder | None
) -> Iterator[Example]:
    about = held.said, held.named, held.talk
    for one in claims(*about, figures):
        claim = seen_again(one, *about, held.look, figures)
        span = start + claim.paired.span[0], start + claim.paired.span[1]
        labels = [label for label in case.labels if in_clause(label, span)]
        facts = [label for label in labels if "fact" in (label.kind, *label.also)]
        if not labels or facts:
            behind = _behind(case, span, facts, claim.paired.lines)
            yield Example(case, span, claim, bool(facts), behind)


def in_clause(label: Labelled, span: Span) -> bool:
    """Whether a clause has enough of a label to be what is labelled."""
    common = min(label.end, span[1]) - max(label.start, span[0])
    return common > 0 and common >= min(LEAST_COMMON, label.end - label.start)


def _behind(
    case: Case, span: Span, facts: Sequence[Labelled], lines: Sequence[Line]
) -> NDArray[np.bool_]:
    told = [
        one
        for one in _told()[case.key]["wrong" if facts else "right"]
        if any(one["text"] == fact.text for fact in facts) or _stands(one["text"], case, span)
    ]
    if told or not facts:
        found = [any(is_of(line.read.text, one["words"]) for one in told) for line in lines]
        return np.array(found, np.bool_)
    return _by_reason(case, facts, lines)


def _stands(text: str, case: Case, span: Span) -> bool:
    start = case.draft.find(text)
    return start >= 0 and start < span[1] and span[0] < start + len(text)


def is_of(sentence: str, told: str) -> bool:
    """Whether a sentence of a source is among the words told of it, or they in it."""
    own, others = (" ".join(words(text)) for text in (sentence, told))
    if not own or not others:
        return False
    if others in own or (own in others and len(own) > LEAST_CHARS):
        return True
    first, second = set(own.split()), set(others.split())
    return len(first) > 3 and len(first & second) > OF_WORDS * min(len(first), len(second))


def _by_reason(case: Case, facts: Sequence[Labelled], lines: Sequence[Line]) -> NDArray[np.bool_]:
    """The sentence of a document named in a reason that has most of its words there."""
    found = np.zeros(len(lines), np.bool_)
    for fact in facts:
        documents = set(_DOCUMENT.findall(fact.why))
        said = Words(word for one in LANGUAGES for word in stated(fact.why, one).words)
        alike = np.array(
            [
                share(line.read.words, said) if line.passage.chunk.document in documents else 0.0
                for line in lines
            ]
        )
        if alike.max(initial=0.0) > OF_REASON:
            found |= alike == alike.max()
    return found


@cache
def _told() -> Mapping[str, Mapping[str, list[dict[str, Any]]]]:
    nothing: Mapping[str, list[dict[str, Any]]] = {"wrong": [], "right": []}
    return defaultdict(lambda: nothing, {row["id"]: row for row in by_hand(SOURCES)})
