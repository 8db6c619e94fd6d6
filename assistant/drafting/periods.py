"""Does a draft count a period from another moment than the sources? "45 days from the purchase".

The figure is right there, so that no figure is apart. Nothing is told where any sentence that may
speak of the same counts it so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.drafting.denying import denies
from assistant.drafting.lines import Apart, Line
from assistant.support.counted import as_long, periods_of, same_event
from assistant.support.reading import Read
from knowledge.conflicts.wording import Rarity, share

NEAR = 0.2
"""Share of its words, rare ones more, that a sentence of a source has, at least, to be about it."""


def periods_apart(said: Read, lines: Sequence[Line]) -> Iterator[Apart]:
    """The periods of a sentence that sources count from another event.

    Args:
        said: the sentence.
        lines: of the passages that may speak of the same.
    """
    own = periods_of(said.text, said.language)
    if not own or said.text.rstrip().endswith("?") or denies(said.folded):
        return
    words = Rarity(line.read.text for line in lines).weigh(said.words)
    for one in own:
        long = [
            (line, [p for p in periods_of(line.read.text, line.read.language) if as_long(one, p)])
            for line in lines
        ]
        if any(same_event(one, period) for _, found in long for period in found):
            continue
        nearest = max(
            ((share(words, line.every), line) for line, found in long if found),
            key=lambda pair: pair[0],
            default=None,
        )
        if nearest is not None and nearest[0] >= NEAR:
            line = nearest[1]
            yield Apart(*one.span, line.read.text, line.passage, line.span, swap=False)
