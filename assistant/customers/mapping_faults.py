"""What is wrong in a mapping, with its file, its line and its field. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import ValidationError


def told(path: Path, text: str, error: ValidationError) -> str:
    """One line of the first mistake.

    Args:
        path: of the file.
        text: its content.
        error: what validation found in it.
    """
    first = error.errors()[0]
    location = [str(part) for part in first["loc"] if part not in ("sql", "rest")]
    if location[-1:] == ["[key]"]:
        location.pop()
    says = first["msg"].removeprefix("Value error, ")
    known = {"missing": "it is missing", "extra_forbidden": "there is no such field, leave it out"}
    says = known.get(first["type"], says)
    field = ".".join(location)
    if first["type"] in ("union_tag_not_found", "union_tag_invalid"):
        field, says, location = "kind", 'write kind = "sql" or kind = "rest"', ["kind"]
    return f"{path}{place(text, location)}: {field or 'the mapping'}: {says}"


def place(text: str, location: Sequence[str]) -> str:
    """``, line N`` of a field, or of the nearest table around it; empty where there is neither."""
    lines = dict(_fields_with_lines(text))
    for end in range(len(location), 0, -1):
        if (line := lines.get(".".join(location[:end]))) is not None:
            return f", line {line}"
    return ""


def _fields_with_lines(text: str) -> Iterator[tuple[str, int]]:
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[([\w. -]+)\]", line):
            table = header[1].replace(" ", "")
            yield table, number
        elif key := re.match(r"\s*[\"']?([\w .-]+?)[\"']?\s*=", line):
            yield f"{table}.{key[1]}" if table else key[1], number
