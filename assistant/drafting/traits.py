"""What a clause is told by: its words in a row, their forms and parts, and the words around it.

Each trait is a number below `BUCKETS` (feature hashing; Weinberger et al. 2009), so that weights
are one array and no vocabulary is kept.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.drafting.promised import told_apart
from knowledge.quantities.numerals import same_length_fold

BUCKETS = 2**15
_IN_A_ROW = 3
_FORMS_IN_A_ROW = 4
_PARTS = (3, 4, 5)
_ENDING = 3
_WORD = re.compile(r"\w+(?:'\w+)?|[€$£%?]")
_SMALL = frozenset(
    """
    el la los las un una unos unas de del a al en con por para sin y o que se le les lo te os nos me
    mi su sus tu es no ya si como cuando donde quien este esta esto ese esa eso hay ha he han hemos
    ser muy mas todo toda todos todas nada yo usted nosotros ellos hasta desde antes despues hoy
    manana ahora mismo
    the an of to in on at with for from by and or that it is are be will 'll i we you they he she
    our your my this these those not if when as can may could would should have has had do does did
    'm 're 've all any some us them there before after today tomorrow now until up out
    """.split()
)
"""Words of grammar and of time: they stay as they are where others are only told by their end."""


def traits(clause: str, before: str = "", after: str = "") -> NDArray[np.int64]:
    """The traits of a clause, each once, in order.

    Args:
        clause: its text.
        before: the clause before it in the sentence.
        after: the clause after it.
    """
    found = {*_own(_tokens(clause))}
    found |= {f"b:{token}" for token in _tokens(before)}
    found |= {f"a:{token}" for token in _tokens(after)}
    return np.array(sorted({zlib.crc32(one.encode()) % BUCKETS for one in found}), dtype=np.int64)


def _own(tokens: Sequence[str]) -> Iterator[str]:
    framed = ["<", *tokens, ">"]
    for count in range(1, _IN_A_ROW + 1):
        yield from (f"w:{row}" for row in _rows(framed, count))
    forms = [_form(token) for token in framed]
    for count in range(1, _FORMS_IN_A_ROW + 1):
        yield from (f"s:{row}" for row in _rows(forms, count))
    for token in tokens:
        whole = f"<{token}>"
        for size in _PARTS:
            yield from (f"c:{whole[at : at + size]}" for at in range(len(whole) - size + 1))


def _rows(tokens: Sequence[str], count: int) -> Iterator[str]:
    return (" ".join(tokens[at : at + count]) for at in range(len(tokens) - count + 1))


def _form(token: str) -> str:
    """A word by its ending, unless it is one of grammar."""
    if token in _SMALL or not token[0].isalpha() or len(token) <= _ENDING:
        return token
    return f"~{token[-_ENDING:]}"


def _tokens(text: str) -> list[str]:
    """Words, "we'll" as two; figures are all alike."""
    found: list[str] = []
    for match in _WORD.finditer(told_apart(text, same_length_fold(text).replace("’", "'"))):
        word, mark, short = match.group().partition("'")
        if word.isdigit():
            found.append("#")
        elif short == "t":
            found += [word.removesuffix("n"), "not"]
        else:
            found += [word, f"'{short}"] if mark else [word]
    return [token for token in found if token]
