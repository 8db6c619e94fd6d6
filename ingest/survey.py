"""The first stage of an ingest: which files are new or changed. Parsing comes after it."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from ingest import sources
from ingest.report import IngestReport, Refusal
from ingest.sources import Refused, SourceFile
from knowledge.errors import DocumentRefused
from knowledge.models import EVERYONE, Filing
from knowledge.register import FILED, Register, Source

RECIPE = "1"
"""Raise it when a loader or the chunker makes something else of the same bytes."""


@dataclass(frozen=True)
class Plan:
    """What a run has to do.

    Attributes:
        todo: files to parse: new ones, and those whose bytes or recipe differ.
        unchanged: names of documents that are stored as they are.
        refused: files that cannot be read or named.
        seconds: how long it took to find out.
    """

    todo: tuple[SourceFile, ...]
    unchanged: tuple[str, ...]
    refused: tuple[Refusal, ...]
    seconds: float

    def report(self) -> IngestReport:
        """The whole report when there is nothing to do."""
        return IngestReport((), (), self.unchanged, self.refused, 0, 0, self.seconds)


def survey(
    paths: Sequence[Path],
    register: Register,
    *,
    skip: Path | None = None,
    filing: Filing = FILED,
    fetched: Iterable[SourceFile | Refused] = (),
) -> Plan:
    """Compare files with the register, by name and content, without parsing them.

    Args:
        paths: what was given.
        register: what is stored.
        skip: folder of which nothing is taken, the data folder within what was given.
        filing: how they are filed; another audience than stored is a difference.
        fetched: what came from the web, taken after the paths.

    Raises:
        SettingsError: a path does not exist.
    """
    started = time.monotonic()
    stored = register.sources()
    todo: dict[str, SourceFile] = {}
    unchanged: dict[str, SourceFile] = {}
    refused: list[Refusal] = []
    for found in chain(sources.expand(paths), fetched):
        if _is_within(found, skip):
            continue
        if not isinstance(found, SourceFile):
            refused.append(Refusal(found.name, found.code, found.message))
            continue
        try:
            if not _is_repeated(found, todo.get(found.name) or unchanged.get(found.name)):
                known = stored.get(filing.name or found.name)
                audience = filing.audience or (known.audience if known else EVERYONE)
                digest = hashlib.sha256(found.read()).hexdigest()
                same = known == Source(digest, RECIPE, audience)
                (unchanged if same else todo)[found.name] = found
        except DocumentRefused as refusal:
            refused.append(Refusal(found.name, refusal.code, str(refusal)))
    seconds = time.monotonic() - started
    return Plan(tuple(todo.values()), tuple(unchanged), tuple(refused), seconds)


def _is_within(found: SourceFile | Refused, folder: Path | None) -> bool:
    return (
        folder is not None
        and isinstance(found, SourceFile)
        and found.path.resolve().is_relative_to(folder.resolve())
    )


def _is_repeated(found: SourceFile, first: SourceFile | None) -> bool:
    """Whether this very file was met before; another one of the same name is refused."""
    if first is None:
        return False
    if first.member == found.member and first.path.resolve() == found.path.resolve():
        return True
    raise DocumentRefused(
        "duplicate-name",
        f"{found.name}: {found.url or found.path} has the same name as {first.url or first.path}, "
        "which was taken; rename one, or give the folder that holds both",
    )
