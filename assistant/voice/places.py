"""Stretches of a guide: its sentences, what is quoted in them, and how they are cited."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.models import Citation
from knowledge.models import Block, Document
from knowledge.text import sentence_spans

_QUOTED = re.compile(r"«\s*([^«»]+?)\s*»|[“„]\s*([^“”„]+?)\s*”|\"\s*([^\"]+?)\s*\"")
_AROUND = " \t.,;:…"


@dataclass(frozen=True)
class Place:
    """A stretch of a guide.

    Attributes:
        document: the guide.
        start: offset in its text.
        end: offset after it.
        headings: above it, outermost first.
        block: that it stands in.
    """

    document: Document
    start: int
    end: int
    headings: tuple[str, ...]
    block: Block

    @property
    def text(self) -> str:
        """Its words."""
        return self.document.text[self.start : self.end]

    @property
    def cited(self) -> Citation:
        """As a citation."""
        document = self.document
        return Citation(
            document.name,
            document.title,
            self.block.page,
            self.block.row,
            self.headings,
            self.text,
            self.start,
            self.end,
            document.language,
            document.version,
        )

    def to(self, other: Place) -> Place:
        """From its start to another's end."""
        end = max(self.end, other.end)
        return Place(self.document, self.start, end, self.headings, self.block)

    @property
    def sentences(self) -> list[Place]:
        """Its sentences; one whose quotation marks stay open goes on."""
        found: list[Place] = []
        opened: int | None = None
        for a, b in sentence_spans(self.text):
            start = a if opened is None else opened
            if _is_open(self.text[start:b]):
                opened = start
                continue
            opened = None
            found.append(self._part(start, b))
        if opened is not None:
            found.append(self._part(opened, len(self.text)))
        return found

    def _part(self, start: int, end: int) -> Place:
        return Place(self.document, self.start + start, self.start + end, self.headings, self.block)


def block_place(document: Document, block: Block, headings: tuple[str, ...]) -> Place:
    """All of a block."""
    return Place(document, block.start, block.end, headings, block)


def quoted(text: str) -> tuple[str, ...]:
    """What stands in quotation marks, without what surrounds it.

    >>> quoted("No se usan «cariño», «jefe» ni “caballero”.")
    ('cariño', 'jefe', 'caballero')
    """
    found = (next(filter(None, match.groups())) for match in _QUOTED.finditer(text))
    return tuple(word for word in (one.strip(_AROUND) for one in found) if word)


def exactly_quoted(text: str) -> tuple[str, ...]:
    """What stands in quotation marks, with its own punctuation."""
    return tuple(next(filter(None, m.groups())) for m in _QUOTED.finditer(text))


def unquoted(text: str) -> str:
    """The text with what is quoted taken out."""
    return " ".join(_QUOTED.sub(" ", text).split())


def quote_end(text: str) -> int:
    """Offset after the last quotation; 0 without one."""
    return max((match.end() for match in _QUOTED.finditer(text)), default=0)


def first_quote(text: str) -> int:
    """Offset of the first quotation; the text's length without one."""
    return min((match.start() for match in _QUOTED.finditer(text)), default=len(text))


def listed(text: str) -> tuple[str, ...]:
    """The entries of "the A, the B and C", without articles.

    >>> listed("el TIN, la TAE y los gastos")
    ('TIN', 'TAE', 'gastos')
    """
    parts = re.split(r",|;|\s(?:y|e|o|u|ni|and|or|nor)\s", text)
    stripped = (_ARTICLE.sub("", part.strip(_AROUND + "()")) for part in parts)
    return tuple(part for part in (one.strip(_AROUND + "()") for one in stripped) if part)


def without_marks(texts: Sequence[str]) -> tuple[str, ...]:
    """Texts without punctuation around them; empty ones left out."""
    return tuple(filter(None, (one.strip(_AROUND + '«»“”"') for one in texts)))


_ARTICLE = re.compile(
    r"^(?:(?:a|al|to|ni|nor|or|and)\s+)?(?:al?|el|la|los|las|un|una|su|sus|the|an|their|his|her|its)\s+",
    re.IGNORECASE,
)


def _is_open(text: str) -> bool:
    return (
        text.count("«") > text.count("»")
        or text.count("“") + text.count("„") > text.count("”")
        or text.count('"') % 2 == 1
    )
