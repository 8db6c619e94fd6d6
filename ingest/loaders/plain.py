"""Plain text -> blocks: paragraphs of hard-wrapped lines joined, lists and safe headings kept."""

from __future__ import annotations

import re

from ingest.clean import is_numbered, join_wrapped, split_bullet
from ingest.loaders.decode import decode
from ingest.loaders.extract import Extract, TextBuilder

_UNDERLINE = re.compile(r"^([=\-~*_#])\1{2,}$")
_NUMBERED_HEADING = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.?[ \t]+\S.*[^.,;:!]$")
_FIELD = re.compile(r"^[\w .()/-]{2,30}:\s")
_MARKDOWN_LINK = re.compile(r"\[([^\]\n]{1,200})\]\((https?://[^)\s]{1,500})\)")
_WRAP_CHARS = 45  # a line shorter than this was not ended by wrapping


def load_plain(data: bytes, name: str) -> Extract:
    """Blocks of a text file."""
    builder = TextBuilder()
    add_plain(builder, decode(data, name))
    return builder.build()


def add_plain(builder: TextBuilder, text: str, *, page: int | None = None) -> None:
    """Add the paragraphs, list items and headings of plain text."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    text = _MARKDOWN_LINK.sub(r"\1 (\2)", text)
    groups = [
        [line.rstrip() for line in group.split("\n") if line.strip()]
        for group in re.split(r"\n[ \t]*\n+", text)
    ]
    groups = [group for group in groups if group]
    for index, lines in enumerate(groups):
        following = groups[index + 1][0].strip() if index + 1 < len(groups) else ""
        if _is_heading(lines, following):
            level = 1 if not builder.blocks else 2
            builder.add("heading", lines[0], level=level, page=page)
            lines = lines[2:]
        kept = [line for line in lines if not _UNDERLINE.match(line.strip())]
        for is_item, item in _items(kept):
            builder.add("list" if is_item else "paragraph", join_wrapped(item), page=page)


def _is_heading(lines: list[str], following: str) -> bool:
    """A line alone in capitals, or numbered before ordinary text, or an underlined one."""
    first = lines[0].strip()
    if len(first) > 80 or not any(char.isalpha() for char in first) or not following:
        return False
    if len(lines) > 1:
        return _UNDERLINE.match(lines[1].strip()) is not None and not _UNDERLINE.match(first)
    letters = [char for char in first if char.isalpha()]
    if len(letters) > 3 and all(char.isupper() for char in letters) and first[-1] not in ".,;":
        return True
    # Steps of a list may stand apart too: a numbered heading is followed by text without number.
    numbered = _NUMBERED_HEADING.match(first) is not None and len(first) < 70
    return numbered and not is_numbered(following)


def _are_separate(lines: list[str]) -> bool:
    """Whether short lines stand for themselves: few go on with a small letter on the next."""
    stripped = [line.strip() for line in lines]
    going_on = sum(line[0].islower() for line in stripped[1:])
    return all(len(line) < _WRAP_CHARS for line in stripped) and going_on < 0.3 * len(lines)


def _items(lines: list[str]) -> list[tuple[bool, list[str]]]:
    """Lines grouped into paragraphs and list items; a line continues the one it was cut from."""
    groups: list[tuple[bool, list[str]]] = []
    short = len(lines) > 2 and _are_separate(lines)
    for line in lines:
        bullet, text = split_bullet(line.strip())
        if bullet or is_numbered(line.strip()):
            groups.append((True, [text]))
        elif not groups:
            groups.append((False, [line]))
        elif short or (_FIELD.match(line) and _FIELD.match(groups[-1][1][0])):
            groups.append((True, [line]))  # an address, a signature, fields one a line
        elif (
            len(groups[-1][1][-1].strip()) < _WRAP_CHARS
            and groups[-1][1][-1].rstrip()[-1] in ".:;!?"
        ):
            groups.append((False, [line]))
        else:
            groups[-1][1].append(line)
    if short and groups and not groups[0][0] and len(groups) > 2:
        groups[0] = (True, groups[0][1])
    return groups
