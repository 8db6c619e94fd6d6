"""The files of one generation of indexes: written once, described by a manifest, read whole.

::

    gen-<revision>-<serial>/
      manifest.json            what it was built from; size and SHA-256 of the files
      partition-<i>/           one each; the partition's name is in the manifest only
        keys.npy vectors.npy languages.npy times.npy lexical/ chroma/

Arrays are read into memory, not mapped: a mapped file that is cut off while it is served ends the
process with SIGBUS, and 100,000 chunks are 154 MB.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.errors import IndexDamaged, ModelError
from knowledge.search.keywords import Keywords
from knowledge.search.partitions import PartitionRows
from knowledge.search.snapshot import Segment
from knowledge.search.vectors.chroma import ChromaIndex
from knowledge.search.vectors.exact import ExactIndex

FORMAT = 3
MANIFEST = "manifest.json"
CHROMA = "chroma"
_ARRAYS = ("keys", "vectors", "languages", "times")
_CHANGES_WHEN_OPENED = "chroma.sqlite3"
"""Chroma adds a row to it with every opening, so it has no fixed digest."""


@dataclass(frozen=True)
class PartitionEntry:
    """One partition of a generation.

    Attributes:
        folder: name of its folder in the generation.
        partition: its name, see `rows.IndexRow.partition`.
        chunks: number of rows.
    """

    folder: str
    partition: str
    chunks: int


@dataclass(frozen=True)
class Manifest:
    """What a generation holds.

    Attributes:
        name: name of its folder.
        revision: the register's revision it shows.
        fingerprint: model of the vectors; `None` when there are none.
        dimension: length of a vector; 0 when there are none.
        partitions: one for each partition.
        files: path in the generation to size in bytes and hex SHA-256, both `None` for the file
            that Chroma itself changes.
    """

    name: str
    revision: int
    fingerprint: str | None
    dimension: int
    partitions: tuple[PartitionEntry, ...]
    files: dict[str, tuple[int | None, str | None]]

    @property
    def chunks(self) -> int:
        """Number of rows of all partitions."""
        return sum(p.chunks for p in self.partitions)


def write_partition(
    folder: Path, rows: PartitionRows, *, fingerprint: str, progress: Callable[[int], None]
) -> None:
    """Write every index of one partition into a new folder."""
    folder.mkdir(mode=0o700)
    for name in _ARRAYS:
        np.save(folder / f"{name}.npy", getattr(rows, name))
    Keywords.build(rows).save(folder / "lexical")
    ChromaIndex.build(
        folder / CHROMA, rows.keys, rows.vectors, fingerprint=fingerprint, progress=progress
    )


def write_manifest(folder: Path, manifest: Manifest) -> str:
    """Write the manifest with all files' digests, everything on disk; the manifest's own digest."""
    files = {name: _describe(folder / name) for name in _names(folder)}
    text = json.dumps(_as_json(replace(manifest, files=files)), ensure_ascii=False, indent=1)
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    for path in [*folder.rglob("*"), folder]:
        sync(path)
    return hashlib.sha256(text.encode()).hexdigest()


def read_manifest(folder: Path, digest: str) -> Manifest:
    """The manifest of a generation.

    Args:
        folder: the generation.
        digest: hex SHA-256 that the manifest must have.

    Raises:
        IndexDamaged: it is missing, changed, of another generation or of another format.
    """
    try:
        data = (folder / MANIFEST).read_bytes()
        if hashlib.sha256(data).hexdigest() != digest:
            raise IndexDamaged(f"{folder.name}/{MANIFEST} is not the one it was published with")
        fields = json.loads(data)
        if fields.pop("format") != FORMAT:
            raise IndexDamaged(f"{folder.name} has a format other than {FORMAT}")
        fields["partitions"] = tuple(PartitionEntry(**p) for p in fields["partitions"])
        fields["files"] = {name: tuple(facts) for name, facts in fields["files"].items()}
        manifest = Manifest(**fields)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexDamaged(f"{folder.name}/{MANIFEST} cannot be read: {error}") from error
    if manifest.name != folder.name:
        raise IndexDamaged(f"{folder.name} holds generation {manifest.name}")
    return manifest


def verify(folder: Path, manifest: Manifest, *, chroma: bool) -> None:
    """Compare files with the manifest: Chroma's, or all the others.

    Raises:
        IndexDamaged: a file is missing or not as it was written; the message names it.
    """
    for name, expected in manifest.files.items():
        if (CHROMA in Path(name).parts) != chroma:
            continue
        try:
            found = _describe(folder / name)
        except OSError as error:
            raise IndexDamaged(f"{folder.name}/{name} cannot be read: {error}") from error
        if found != expected:
            raise IndexDamaged(
                f"{folder.name}/{name} is not as it was written: {found[0]} bytes, "
                f"expected {expected[0]}, or other content"
            )


def read_segments(folder: Path, manifest: Manifest) -> dict[str, Segment]:
    """Everything of a generation but Chroma, verified and in memory, by partition.

    Raises:
        IndexDamaged: a file is missing, changed or does not fit the others.
    """
    verify(folder, manifest, chroma=False)
    return {p.partition: _read_segment(folder / p.folder, p, manifest) for p in manifest.partitions}


def _read_segment(folder: Path, entry: PartitionEntry, manifest: Manifest) -> Segment:
    try:
        keys, vectors, languages, times = (
            np.load(folder / f"{name}.npy", allow_pickle=False) for name in _ARRAYS
        )
        exact = ExactIndex(keys, vectors)
    except (OSError, ValueError, EOFError) as error:
        raise IndexDamaged(f"{folder} cannot be read: {error}") from error
    lexical = Keywords.load(folder / "lexical")
    n_rows = {len(exact), len(languages), len(times), lexical.chunks.n_rows}
    if n_rows != {entry.chunks} or vectors.shape[1] != manifest.dimension:
        raise IndexDamaged(f"{folder}: its files do not belong together")
    return Segment(exact, languages, lexical, times, hidden=np.zeros(len(exact), dtype=np.bool_))


def open_chroma(folder: Path, manifest: Manifest, entry: PartitionEntry) -> ChromaIndex:
    """The Chroma index of one partition; only after `knowledge.search.generation_check` passed it.

    Raises:
        IndexDamaged: it cannot be opened or holds something else.
    """
    try:
        index = ChromaIndex(folder / entry.folder / CHROMA, fingerprint=manifest.fingerprint)
    except ModelError as error:
        raise IndexDamaged(str(error)) from error
    if len(index) != entry.chunks or index.dimension != manifest.dimension:
        index.close()
        raise IndexDamaged(
            f"{index.path}: {len(index)} vectors of length {index.dimension}, expected "
            f"{entry.chunks} of {manifest.dimension}"
        )
    return index


def sync(path: Path) -> None:
    """Have a file or folder on disk, not only in the system's cache."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _names(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix()


def _describe(path: Path) -> tuple[int | None, str | None]:
    with path.open("rb") as file:
        if path.name == _CHANGES_WHEN_OPENED:
            return None, None
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return file.tell(), digest


def _as_json(manifest: Manifest) -> dict[str, Any]:
    partitions = [vars(p) for p in manifest.partitions]
    return {"format": FORMAT} | vars(manifest) | {"partitions": partitions}
