"""Blocks of a version -> runs that may be procedures: lists, tables, steps by name.

Pure, and blind to meaning: whether a run is a procedure is decided in `assistant.steps.extract`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.steps.signals import step_label
from knowledge.models import Block, Document

_NUMBER = re.compile(r"^\s*(?:\(?(\d{1,2})(?:\.?\s?[ºª°)]|[.)-]|\.-)|(\d{1,2})(?:st|nd|rd|th))\s+")
_ORDINAL = re.compile(r"^\s*(\d{1,2})\.?\s?[ºª°]\s+")
"""What counts paragraphs, too."""
_LETTER = re.compile(r"^\s*\(?([a-z]|[ivx]{2,4})[.)]\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Item:
    """One entry of a list, or one paragraph or heading that is a step.

    Attributes:
        block: where it stands.
        start: offset where its own words begin, behind its number.
        number: its number; 0 where it has none.
        label: the number as it is written.
        under: entries that belong to it, and paragraphs between it and the next one.
    """

    block: Block
    start: int
    number: int = 0
    label: str = ""
    under: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it up to the next one.

    Attributes:
        heading: `None` before the first heading.
        above: headings above and this one, outermost first, as written.
        blocks: in order, without the heading.
    """

    heading: Block | None
    above: tuple[str, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Run:
    """Entries that belong together.

    Attributes:
        numbered: whether they are counted.
        items: in order.
        before: paragraph right before it, which may announce it; `None` where there is none.
        after: paragraph right after it.
    """

    numbered: bool
    items: tuple[Item, ...]
    before: Block | None = None
    after: Block | None = None


@dataclass(frozen=True)
class Grid:
    """A table: its header and rows.

    Attributes:
        header: names of its columns.
        rows: in order.
    """

    header: tuple[str, ...]
    rows: tuple[Block, ...] = field(default_factory=tuple)


def sections(document: Document) -> list[Section]:
    """The document in sections, in order."""
    found: list[Section] = []
    above: list[tuple[int, str]] = []
    heading: Block | None = None
    blocks: list[Block] = []

    def finish() -> None:
        if heading is not None or blocks:
            found.append(Section(heading, tuple(title for _, title in above), tuple(blocks)))

    for block in document.blocks:
        if block.kind != "heading":
            blocks.append(block)
            continue
        finish()
        heading, blocks = block, []
        title = " ".join(document.text[block.start : block.end].split())
        above = [(level, name) for level, name in above if level < block.level]
        above.append((block.level, title))
    finish()
    return found


def list_runs(document: Document, section: Section) -> list[Run]:
    """The lists of a section; a counted one goes on over paragraphs as long as it counts on."""
    found: list[Run] = []
    blocks = section.blocks
    at = 0
    while at < len(blocks):
        if blocks[at].kind != "list" and not _counts_from_one(document, blocks[at]):
            at += 1
            continue
        run, after = _run_at(document, blocks, at)
        before = blocks[at - 1] if at and blocks[at - 1].kind == "paragraph" else None
        following = blocks[after] if after < len(blocks) else None
        if following is not None and following.kind != "paragraph":
            following = None
        found.append(replace(run, before=before, after=following))
        at = after
    return found


def grids(document: Document, section: Section) -> Iterator[Grid]:
    """The tables of a section that have a header."""
    blocks = section.blocks
    for at, block in enumerate(blocks):
        if block.kind != "table":
            continue
        rows: list[Block] = []
        for row in blocks[at + 1 :]:
            if row.kind != "row":
                break
            rows.append(row)
        names = document.text[block.start : block.end].split(" | ")
        yield Grid(tuple(name.strip().rstrip(":") for name in names), tuple(rows))


def cells(document: Document, row: Block, header: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Where the cell of each column stands in a row (``Header: value; Header: value``)."""
    text = document.text[row.start : row.end]
    found: dict[str, tuple[int, int]] = {}
    names: list[tuple[str, int, int]] = []
    at = 0
    for name in header:
        mark = f"{name}: "
        place = text.find(mark, at)
        if name and place >= 0 and (place == 0 or text[:place].rstrip().endswith((";", "—"))):
            names.append((name, place, place + len(mark)))
            at = place + len(mark)
    ends_at = [*(place for _, place, _ in names[1:]), len(text)]
    for (name, _, begins), ends in zip(names, ends_at, strict=False):
        value = text[begins:ends].rstrip().removesuffix(";").rstrip()
        if value:
            found[name] = (row.start + begins, row.start + begins + len(value))
    return found


def _run_at(document: Document, blocks: Sequence[Block], at: int) -> tuple[Run, int]:
    first = _item(document, blocks[at])
    if first.number != 1:
        return _bullets_at(document, blocks, at)
    items: list[Item] = [first]
    at += 1
    while at < len(blocks):
        item = _item(document, blocks[at])
        if item.number == items[-1].number + 1:
            items.append(item)
        elif item.number and item.block.kind == first.block.kind:
            break  # another list begins
        elif blocks[at].kind == "list" or _goes_on(document, blocks, at, items[-1].number + 1):
            items[-1] = replace(items[-1], under=(*items[-1].under, item))
        else:
            break
        at += 1
    return Run(numbered=True, items=tuple(items)), at


def _bullets_at(document: Document, blocks: Sequence[Block], at: int) -> tuple[Run, int]:
    items: list[Item] = []
    while at < len(blocks) and blocks[at].kind == "list":
        item = _item(document, blocks[at])
        if items and item.number == 1:
            break
        items.append(item)
        at += 1
    return Run(numbered=False, items=tuple(items)), at


def _goes_on(document: Document, blocks: Sequence[Block], at: int, number: int) -> bool:
    """Whether the list counts on behind what stands between."""
    for block in blocks[at : at + 6]:
        if block.kind in ("table", "row"):
            return False
        if _item(document, block).number == number:
            return True
    return False


def _counts_from_one(document: Document, block: Block) -> bool:
    """Whether a paragraph is the first of several that count ("Paso 1: …", "1.º …")."""
    if block.kind != "paragraph":
        return False
    return _item(document, block).number == 1


def _item(document: Document, block: Block) -> Item:
    text = document.text[block.start : block.end]
    named = step_label(text)
    if named is not None:
        number, length = named
        return Item(block, block.start + length, number, text[:length].strip(" .:–—-"))
    match = (_NUMBER if block.kind == "list" else _ORDINAL).match(text)
    if match:
        number = int(next(group for group in match.groups() if group))
        return Item(block, block.start + match.end(), number, match.group().strip())
    if block.kind != "list":
        return Item(block, block.start)
    letter = _LETTER.match(text)
    if letter:
        return Item(block, block.start + letter.end(), 0, letter.group().strip())
    return Item(block, block.start)
