"""Does a draft demand of the customer what a source says need not be done?

"Tiene que demostrarlo" beside "el cliente no tiene que demostrarlo": what is demanded in the one
has to be what is freed in the other, and both sentences about the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.drafting.lines import Apart, Line
from assistant.support.reading import Read
from knowledge.conflicts.wording import Words, share

SAME = 0.6
"""Share of what a source frees that the draft's sentence has to have."""
BACK = 0.5
"""Share of what a draft demands that the source's sentence has to have, with its headings."""
REACH = 6
"""Content words behind a demand that say what is demanded."""
_DEMANDS = re.compile(
    r"\b(?:(?:tiene|tendra|tendria|debe|debera|ha|necesita|necesitara)(?: usted)?(?: que| de)?|"
    r"hay que|hace falta|es (?:obligatori[oa]|necesari[oa]|imprescindible)(?: que)?|"
    r"(?:le )?(?:necesitamos|pedimos|exigimos|requerimos)|se (?:le )?(?:exige|pide|requiere)n?|"
    r"(?:envi|mand|aport|present|adjunt)e(?:nos|me)?|"
    r"(?:must|have to|has to|need(?:s)? to|required to|(?:we|you|i)(?:'ll| will)? (?:need|require)|"
    r"(?:please|kindly) (?:send|bring|provide|show|enclose|attach)))\b"
)
_FREES = re.compile(
    r"\b(?:no (?:se )?(?:le |les )?(?:exige|pide|puede pedir|necesita|requiere|hace falta|"
    r"tiene que|debe|hay que|es (?:necesari[oa]|obligatori[oa]|preciso))n?(?: que)?|"
    r"sin (?:tener que|necesidad de|que tenga que|dar)|"
    r"(?:do|does|need|will|did) not (?:have to|need(?: to)?|ask|require)?|"
    r"(?:don't|doesn't|won't) (?:have to|need(?: to)?|ask|require)|not (?:required|necessary))\b"
)
_NEEDLESS = re.compile(r"\bno (?P<what>[^.;,:]{3,40}?) (?:is|are) (?:needed|required|asked for)\b")
_DENIED = re.compile(r"\b(?:no|nunca|ni|not|never|n't|si|if)\b[^.;:,]{0,20}$|n't\s+$")
_END = re.compile(r"[.;:,]\s|$")


def demanded(said: Read, lines: Sequence[Line]) -> Iterator[Apart]:
    """What a sentence demands that a source frees from; at most one.

    Args:
        said: the sentence.
        lines: of the passages that may speak of the same.
    """
    if said.text.rstrip().endswith("?"):
        return
    for found in _DEMANDS.finditer(said.folded):
        if _DENIED.search(said.folded, 0, found.start()):
            continue
        end = _END.search(said.folded, found.end())
        stop = end.start() if end else len(said.text)
        what = Words([w for w in said.words if found.end() <= w.start < stop][:REACH])
        line = next((one for one in lines if what and _frees(one, what, said)), None)
        if line is not None:
            text = said.text[found.start() : stop].rstrip(" .")
            yield Apart(
                found.start(), found.start() + len(text), line.read.text, line.passage, line.span,
                swap=False,
            )  # fmt: skip
            return


def _frees(line: Line, what: Words, said: Read) -> bool:
    """Whether a source says that just this need not be done."""
    if line.read.language != said.language:
        return False
    every = Words((*line.read.words, *line.above))
    for start, end in _freed(line.read.folded):
        freed = Words([w for w in line.read.words if start <= w.start < end][:REACH])
        if not freed or not freed.keys & what.keys:
            continue
        if share(freed, said.words) >= SAME and share(what, every) >= BACK:
            return True
    return False


def _freed(folded: str) -> Iterator[tuple[int, int]]:
    """Where a sentence says what need not be done."""
    for found in _FREES.finditer(folded):
        end = _END.search(folded, found.end())
        yield found.end(), end.start() if end else len(folded)
    for found in _NEEDLESS.finditer(folded):
        yield found.span("what")
