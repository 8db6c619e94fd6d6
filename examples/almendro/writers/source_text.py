"""Reads a source text: front matter and Markdown -> frozen blocks that every writer understands."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode


@dataclass(frozen=True)
class Run:
    """A stretch of text in one weight."""

    text: str
    bold: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the title of the document."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of running text."""

    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Listing:
    """A bulleted or numbered list without nesting."""

    ordered: bool
    items: tuple[tuple[Run, ...], ...]


@dataclass(frozen=True)
class Table:
    """A table; `rows` leaves the header out."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Quote:
    """A quoted paragraph; in a deck, the speaker's notes of the slide."""

    text: str


Block = Heading | Paragraph | Listing | Table | Quote


@dataclass(frozen=True)
class SourceText:
    """One source text with what its front matter says."""

    title: str
    language: str
    format: str
    source: str
    reference: str
    valid_from: dt.date
    columns: int
    blocks: tuple[Block, ...]


def read_source_text(path: Path) -> SourceText:
    """Returns the parsed text at `path`.

    Raises:
        ValueError: the front matter is missing or lacks a field.
    """
    parts = path.read_text(encoding="utf-8").split("---\n", 2)
    if len(parts) != 3 or parts[0]:
        raise ValueError(f"{path.name} has no front matter; start it with a line '---'")
    meta = dict(_fields(parts[1]))
    missing = {"title", "language", "format", "source", "reference", "valid_from"} - meta.keys()
    if missing:
        raise ValueError(f"{path.name} lacks front matter fields: {', '.join(sorted(missing))}")
    return SourceText(
        title=meta["title"],
        language=meta["language"],
        format=meta["format"],
        source=meta["source"],
        reference=meta["reference"],
        valid_from=dt.date.fromisoformat(meta["valid_from"]),
        columns=int(meta.get("columns", "1")),
        blocks=tuple(_blocks(parts[2])),
    )


def _fields(front_matter: str) -> Iterator[tuple[str, str]]:
    for line in front_matter.splitlines():
        key, _, value = line.partition(":")
        yield key.strip(), value.strip()


def _blocks(markdown: str) -> Iterator[Block]:
    root = SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(markdown))
    for node in root.children:
        yield _block(node)


def _block(node: SyntaxTreeNode) -> Block:
    match node.type:
        case "heading":
            return Heading(int(node.tag[1]), _plain(node))
        case "paragraph":
            return Paragraph(_runs(node))
        case "bullet_list" | "ordered_list":
            items = tuple(_runs(item.children[0]) for item in node.children)
            return Listing(node.type == "ordered_list", items)
        case "table":
            head, body = node.children
            (header,) = _rows(head)
            return Table(header, _rows(body))
        case "blockquote":
            return Quote(" ".join(_plain(child) for child in node.children))
    raise ValueError(f"no writer for a Markdown {node.type!r}; use headings, lists, tables, quotes")


def _rows(section: SyntaxTreeNode) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(_plain(cell) for cell in row.children) for row in section.children)


def _runs(node: SyntaxTreeNode) -> tuple[Run, ...]:
    (inline,) = node.children
    return tuple(_inline_runs(inline, bold=False))


def _inline_runs(node: SyntaxTreeNode, *, bold: bool) -> Iterator[Run]:
    for child in node.children:
        if child.type in {"text", "softbreak"}:
            yield Run(child.content or " ", bold)
        else:
            yield from _inline_runs(child, bold=bold or child.type == "strong")


def _plain(node: SyntaxTreeNode) -> str:
    return "".join(run.text for run in _runs(node)) if node.children else ""
