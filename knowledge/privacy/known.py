"""What is known of the customer of an open case, found in a text whatever its case and accents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from knowledge.privacy.models import Found, Known
from knowledge.privacy.names import introduced
from knowledge.privacy.reading import Reading, read
from knowledge.privacy.runs import LEAST_DIGITS, runs
from knowledge.text import STOP_WORDS, fold

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_LEAST_LETTERS = 3
_LEAST_DIGITS = 3
"""Of a number in an address, so that "12 días" stays where a house has the number 12."""
PHONE_DIGITS = 9
MOST_PREFIX = 5
"""Of a telephone number the last digits are compared: a prefix, "0034" or a zero before it, is said
or not."""
_BESIDE = re.compile(r"[\s,.]{1,3}(?:n\.?[ºo°]?|num\.?|numero|number)?\s?", re.IGNORECASE)
"""Between a street and its number, which counts there however short it is."""
_COMMON = STOP_WORDS | frozenset(
    "calle avenida avda plaza paseo camino carretera numero piso puerta planta escalera bajo "
    "izquierda derecha street road avenue lane drive flat court close square van von".split()
)


def known_values(reading: Reading, known: Known) -> Iterator[Found]:
    """The words of names and addresses, mails and telephones of the customer.

    Each word of a name or address counts by itself: "la señora Ibarra" is Ana Ibarra. Words of
    fewer than three letters, function words and the words for streets stay.
    """
    text, words = reading.text, _words_of(known)
    last = None
    for found in _WORD.finditer(text):
        word = fold(found[0])
        beside = last is not None and _BESIDE.fullmatch(text, last, found.start())
        if (_tells(word) and word in words) or (beside and word.isdigit() and word in words):
            yield Found("known", *found.span())
            last = found.end()
    folded = text.lower()
    for whole in _wholes_of(known):
        for one in whole.finditer(folded):
            yield Found("known", *one.span())
    for mail in map(_plain, known.mails):
        start = folded.find(mail) if mail else -1
        while start >= 0:
            yield Found("known", start, start + len(mail))
            start = folded.find(mail, start + len(mail))
    phones = {digits[-PHONE_DIGITS:] for digits in map(_digits, known.phones) if digits}
    if phones:
        yield from _phones(text, phones)


def introduced_in(texts: Iterable[str]) -> Known:
    """The names that texts of one conversation introduce, to be found in all of it.

    >>> introduced_in(["hola, soy Ana Ibarra", "me llamo ana ibarra y llamo por el sofá"]).names
    ('Ana Ibarra', 'ana ibarra')
    """
    names = [text[one.start : one.end] for text in texts for one in introduced(text)]
    return Known(names=tuple(dict.fromkeys(names)))


def _phones(text: str, phones: set[str]) -> Iterator[Found]:
    for run in runs(text):
        for size in range(MOST_PREFIX + PHONE_DIGITS, LEAST_DIGITS - 1, -1):
            for one in run.windows(size, " .,-()/"):
                if any(one.digits.endswith(phone) for phone in phones):
                    yield Found("known", one.start, one.end)


@lru_cache(maxsize=256)
def _wholes_of(known: Known) -> tuple[re.Pattern[str], ...]:
    """The whole names and addresses, with whatever signs between their words."""
    split = [_WORD.findall(_plain(one)) for one in known.names + known.addresses]
    return tuple(
        re.compile(rf"(?<!\w){'[^0-9a-z]{1,3}'.join(map(re.escape, words))}(?!\w)")
        for words in split
        if len(words) > 1
    )


@lru_cache(maxsize=256)
def _words_of(known: Known) -> frozenset[str]:
    words = [word for name in known.names for word in _WORD.findall(_plain(name))]
    words += [word for one in known.addresses for word in _WORD.findall(_plain(one))]
    return frozenset(word for word in words if word not in _COMMON)


def _tells(word: str) -> bool:
    return len(word) >= (_LEAST_DIGITS if word.isdigit() else _LEAST_LETTERS)


def _plain(text: str) -> str:
    """As a reading has it, in lower case; numbers in names are not taken for digits."""
    return fold(text).replace("’", "'")


def _digits(phone: str) -> str:
    return "".join(c for c in read(phone).text if c.isdigit())
