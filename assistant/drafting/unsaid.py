"""What a document says is not to be answered to customers, in a draft.

A heading that says so ("Lo que no se puede contestar") with quoted words below it, or a sentence
that quotes them ("never say …").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.drafting.lines import Apart, Line
from assistant.support.reading import Read, read
from knowledge.conflicts.wording import share
from knowledge.quantities.numerals import same_length_fold

SAME = 0.75
"""Share of the quoted words that a draft's sentence has to have."""
BACK = 0.6
"""Share of the draft's words that the quoted ones have to have."""
LEAST_WORDS = 2
_NEVER = re.compile(
    r"\bno (?:se (?:puede|debe|dice)|volvemos a|podemos|decimos|diga)(?: \w+)? ?"
    r"(?:contest\w+|dec\w+|respond\w+|dic\w+)?\b|\bno se responde\b|"
    r"\b(?:do not|don't|never|must not) (?:say|answer)\b"
)
_INSTEAD = re.compile(r"\b(?:aprobada|alternativa|en su lugar|approved|instead)\b")
_QUOTED = re.compile(r"[«“\"](?P<words>[^»”\"]{8,120})[»”\"]")


def unsaid(said: Read, lines: Sequence[Line]) -> Iterator[Apart]:
    """What a sentence says although a source says that it is not said; at most one.

    Args:
        said: the sentence.
        lines: of the passages that may speak of the same.
    """
    for line in lines:
        headings = line.passage.chunk.headings
        above = same_length_fold(headings[-1]) if headings else ""
        for quoted in _QUOTED.finditer(line.read.text):
            before = line.read.folded[: quoted.start()]
            if _INSTEAD.search(before) or not (_NEVER.search(above) or _NEVER.search(before)):
                continue
            words = read(quoted["words"], line.read.language).words
            if len(words) < LEAST_WORDS:
                continue
            if share(words, said.words) >= SAME and share(said.words, words) >= BACK:
                yield Apart(0, len(said.text), line.read.text, line.passage, line.span, swap=False)
                return
