"""JSON lines of labelled sets, read so that what is missing is named: path -> rows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from eval.cases import Case, LabelledSet
from knowledge.errors import SettingsError
from knowledge.models import Block, Document, Language

T = TypeVar("T")


def rows(path: Path, *fields: str) -> list[dict[str, Any]]:
    """The objects of a JSON lines file.

    Args:
        path: of the file.
        fields: that every object must have; ``answers[].text`` is one of each of a list.

    Raises:
        SettingsError: the file is missing, a line is not an object or lacks a field.
    """
    try:
        with path.open(encoding="utf-8") as lines:
            found = [json.loads(line) for line in lines if line.strip()]
    except OSError as error:
        raise SettingsError(
            f"{path} cannot be read ({error.strerror}): --data must name the folder of the sets"
        ) from error
    except ValueError as error:
        raise SettingsError(f"{path} is not JSON lines: {error}") from error
    if not all(isinstance(row, dict) for row in found):
        raise SettingsError(f"{path} is not JSON lines: expected an object on every line")
    for number, row in enumerate(found, 1):
        missing = [field for field in fields if _lacks(row, field)]
        if missing:
            raise SettingsError(f"{path}, object {number} has no {missing[0]!r}")
    return found


def by_hand(name: str) -> list[dict[str, Any]]:
    """The objects of a set that was written by hand (``eval/sets``).

    Args:
        name: of the file, in JSON lines.
    """
    return rows(Path(str(files("eval") / "sets" / name)))


def _lacks(row: Mapping[str, Any], field: str) -> bool:
    name, _, inner = field.partition("[].")
    if name not in row or not inner:
        return name not in row
    listed = row[name]
    return not isinstance(listed, list) or any(
        not isinstance(one, dict) or inner not in one for one in listed
    )


def named(by: Mapping[str, T], name: str, path: Path) -> T:
    """What a file has under a name that another file refers to.

    Raises:
        SettingsError: it has none: the set is not whole.
    """
    if name not in by:
        raise SettingsError(f"{path} has no {name!r}, which questions refer to: is the set whole?")
    return by[name]


def whole(labelled: LabelledSet, path: Path) -> LabelledSet:
    """A set, all of whose questions refer to documents that are there.

    Raises:
        SettingsError: some document is missing: nobody could find it.
    """
    there = {document.name: document for document in labelled.documents}
    for case in labelled.cases:
        for name in case.relevant:
            named(there, name, path)
    return labelled


def plain_document(name: str, title: str, text: str, language: Language) -> Document:
    """A document of running text: one paragraph per line."""
    blocks: list[Block] = []
    position = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            start = position + line.index(stripped)
            blocks.append(Block("paragraph", start, start + len(stripped)))
        position += len(line) + 1
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(name, title, text, tuple(blocks), language, "txt", digest)


def sampled(cases: tuple[Case, ...], limit: int | None) -> tuple[Case, ...]:
    """At most ``limit`` cases, picked by a digest of their ids, in their order."""
    if limit is None or len(cases) <= limit:
        return cases
    chosen = sorted(cases, key=lambda c: hashlib.sha256(c.id.encode()).digest())[:limit]
    ids = {c.id for c in chosen}
    return tuple(c for c in cases if c.id in ids)
