"""The sentences of sources as a draft is held against them, and what a draft is said in.

Which of them speak of earlier purchases or earlier versions of a rule is known here too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

from assistant.drafting.reading import stated
from assistant.support.reading import Read
from knowledge.conflicts.wording import Words
from knowledge.models import Language, StoredChunk

NONE: frozenset[str] = frozenset()
DATED = re.compile(r"(?<![\w-])20\d\d(?![\w-])|\banterior|\bantes del\b|\bbefore \d|\bearlier\b")
"""A draft or question that speaks of earlier days."""
_LONG_AGO = re.compile(
    r"\bhace (?:unos |casi |mas de )?(?:\w+ )?anos?\b|\b(?:el )?ano pasado\b|\byears? ago\b|"
    r"\blast year\b|\bantes del? (?:1|cambio)\b|\b(?:compras|pedidos) anteriores\b|"
    r"\b(?:earlier|previous) (?:purchas\w+|orders?|policy)\b|\bbefore 1 \w+\b"
)
PREVAILS = re.compile(r"\b(?:prevails?|prevalece[ns]?)\b")
"""At the beginning of summaries and translations."""
_SUMS_UP = re.compile(
    r"\b(?:resumen|preguntas frecuentes|formaci[oó]n|manual|curso|presentaci[oó]n|ficha|gu[ií]a|"
    r"glosario|summary|frequent(?:ly asked)? questions|faq|training|onboarding|handbook|sheet|"
    r"translation|guide|glossary)\b"
)
"""In titles: what rules prevail over."""
_CODE = re.compile(r"[a-z]{2,}(?=-)")
"""What codes of one kind begin with."""
_ROW = re.compile(r"[^:;.]{2,40}: (?P<key>[^:;]{2,80}); [^:;]{2,60}: ")
_ITEM = re.compile(r"(?P<key>[^:;.,]{2,40}(?:, [^:;.,]{2,20}){0,3}): (?=.{0,30}\d)")
_OR = re.compile(r",\s|\s(?:y|o|and|or)\s")
_NUMBERS = re.compile(r"\d+")


class Apart(NamedTuple):
    """Something that a sentence says and the sources do not.

    Attributes:
        start: offset in the sentence.
        end: offset after it.
        found: what the source says in its place; empty where none says anything.
        passage: the source's passage; `None` where none says anything.
        span: of the sentence in the passage.
        swap: whether `found` may take the place of what is said.
    """

    start: int
    end: int
    found: str
    passage: StoredChunk | None
    span: tuple[int, int] = (0, 0)
    swap: bool = True


@dataclass(frozen=True)
class Line:
    """A sentence of a source.

    Attributes:
        passage: that it stands in.
        span: in the passage's text.
        read: what it says.
        above: words of title and headings.
        titled: the title and headings that it stands under.
        keys: of a row or item, the words of each thing that it is of; empty for other sentences.
    """

    passage: StoredChunk
    span: tuple[int, int]
    read: Read
    above: Words
    titled: Read
    keys: tuple[Words, ...] = ()

    @cached_property
    def every(self) -> Words:
        """Its words and those above it."""
        return Words((*self.read.words, *self.above))


class Talk(NamedTuple):
    """What a sentence is said in.

    Attributes:
        words: of what the customer asked and the draft said before.
        given: texts whose figures are those of the case.
        text: all of it.
        about: what the customer asked.
        titles: of all documents in force: earlier versions of rules are known by later ones.
        behind: documents that say of themselves that another prevails.
    """

    words: Words
    given: tuple[Read, ...]
    text: str = ""
    about: str = ""
    titles: frozenset[str] = frozenset()
    behind: frozenset[str] = frozenset()


def of_earlier_days(talk: Sequence[Read], since: date | None) -> bool:
    """Whether what is said speaks of days before a rule came into force, when another one held."""
    if any(_LONG_AGO.search(one.folded) for one in talk):
        return True
    if since is None:
        return False
    first = since.year * 10_000 + since.month * 100 + since.day
    dates = [int(q.values[0][0]) for one in talk for q in one.figures if q.kind == "date"]
    months = [day.value - 100 for one in talk for day in one.days if day.value > 100]
    said = [value if value >= 10_000 else first // 10_000 * 10_000 + value for value in dates]
    said += [since.year * 10_000 + month * 100 for month in months]
    return any(_ends(value) < first for value in said)


def _ends(value: int) -> int:
    """The last day of a date of which the day or month may not be said."""
    if not value // 100 % 100:
        return value + 1231
    return value if value % 100 else value + 31


def lines_of(
    passages: Sequence[StoredChunk], known: dict[int, list[Line]] | None = None
) -> list[Line]:
    """The sentences of passages, each once.

    Args:
        passages: of one viewer.
        known: by key, those of passages that were taken apart before; more are put in.
    """
    known = {} if known is None else known
    for one in passages:
        if one.key not in known:
            known[one.key] = list(_lines(one))
    return [line for one in passages for line in known[one.key]]


def _lines(one: StoredChunk) -> Iterator[Line]:
    chunk = one.chunk
    titles = f"{one.title}\n" + "\n".join(chunk.headings)
    above, titled = _above(titles, chunk.language), stated(titles, chunk.language)
    for start, end in chunk.sentences:
        text = chunk.text[start:end]
        yield Line(
            one, (start, end), stated(text, chunk.language), above, titled,
            _keys(text, chunk.language),
        )  # fmt: skip


@lru_cache(maxsize=20_000)
def _keys(text: str, language: Language) -> tuple[Words, ...]:
    """Of "Artículo: Mesa o silla; Plazo: 45 días" and "Mesa o silla: 29,90 €", the things."""
    found = _ROW.match(text) or _ITEM.match(text)
    if found is None:
        return ()
    things = [stated(part, language).words for part in _OR.split(found["key"])]
    return tuple(words for words in things if words)


@lru_cache(maxsize=5_000)
def _above(text: str, language: Language) -> Words:
    return Words(word for line in text.split("\n") for word in stated(line, language).words)


def sums_up(passage: StoredChunk) -> bool:
    """Whether a document, by its title, sums rules up or teaches them."""
    return bool(_SUMS_UP.search(passage.title.casefold()))


def of_named(lines: Iterable[Line], said: Read, talk: Talk) -> list[Line]:
    """Without what is of another product, part or error than is named by its code.

    Codes of one kind begin alike ("lav-al-7012"); a sentence's own tell before its headings'.
    """
    codes = _codes(said) or _codes(*talk.given)
    return [line for line in lines if not codes or not _of_another(line, codes)]


def _codes(*said: Read) -> dict[str, str]:
    """What each code that is named begins with."""
    named = ((n.text, _CODE.match(n.text)) for one in said for n in one.names if n.code)
    return {code: kind[0] for code, kind in named if kind is not None}


def _of_another(line: Line, codes: Mapping[str, str]) -> bool:
    for text in (line.read, line.titled):
        own = _codes(text)
        if own.keys() & codes.keys():
            return False
        if set(own.values()) & set(codes.values()):
            return True
    return False


@lru_cache(maxsize=64)
def older_titles(titles: frozenset[str]) -> frozenset[str]:
    """Titles of which another has a higher number in the same place: earlier versions of rules."""
    groups: dict[str, list[str]] = {}
    for title in titles:
        groups.setdefault(_NUMBERS.sub("#", title), []).append(title)
    return frozenset(
        title
        for group in groups.values()
        for title in group
        if _NUMBERS.findall(title) < max(_NUMBERS.findall(other) for other in group)
    )
