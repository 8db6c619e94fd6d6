"""What a draft says of a key of a table, such as an error's code, that another key's row says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.drafting.lines import Apart, Line, Talk
from assistant.support.reading import Read
from knowledge.conflicts.wording import Words, share

SWAPPED = 0.5
"""Share of the words said of a key that another key's row has, at least."""
CLEARLY = 0.3
"""How much more than its own row."""
KEY_WITHIN = 16
"""Characters at the beginning of a row in which its key stands."""
_MEANS = re.compile(
    r"\W*(?:(?:eso|esto|that|it|this) )?(?:es|son|significa|quiere decir|indica|is|are|means)\b"
)
"""Begins what is said of a key that was named before."""


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
