"""A viewer who sees one document in a hundred: is a question slower for who may see little?

Filtering what was found for everybody would be: the fewer one may see, the more has to be found.
"""

from __future__ import annotations

from dataclasses import replace

from eval.speed.questions import Question
from knowledge.audience import labels_of
from knowledge.models import EVERYONE, Viewer
from knowledge.register import Register

LABEL = "bench-narrow"
EVERY = 100
"""One document of so many is theirs."""
NARROW = Viewer(name="bench-narrow", audiences=frozenset({LABEL}))
ALL = Viewer(name="bench", audiences=frozenset({EVERYONE, LABEL}))


def restrict_some(register: Register) -> None:
    """Put one document in `EVERY` behind `LABEL`, those that are not there yet."""
    if LABEL not in register.audiences().audiences:
        register.curation.add_audience(LABEL, "1 %", ALL)
    done = {info.name for info in register.documents(NARROW)}
    for name in sorted(register.document_names())[::EVERY]:
        if name not in done:
            register.curation.set_audience(name, [LABEL], ALL)


def count_seen(register: Register) -> int:
    """Number of chunks that `NARROW` may see."""
    return sum(LABEL in labels_of(row.partition) for row in register.index_rows())


def asked_anew(question: Question) -> Question:
    """The same question to model and index, but one that the embedder does not remember."""
    return replace(question, text=question.text.replace(" ", "  ", 1))
