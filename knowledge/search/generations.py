"""Generations of indexes: built from the register, checked, published by flipping a pointer.

Nothing of ours is ever written into a generation that is served. A build killed at any point
leaves the pointer as it was, and a folder that the next build removes. After this stage comes
`knowledge.search.indexes`, which serves what the pointer names.
"""

from __future__ import annotations

import logging
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from knowledge.database.connection import storage_errors
from knowledge.database.lock import WriterLock
from knowledge.errors import IndexDamaged
from knowledge.search.generation_check import check_in_child
from knowledge.search.generation_files import (
    MANIFEST,
    Manifest,
    PartitionEntry,
    read_manifest,
    sync,
    write_manifest,
    write_partition,
)
from knowledge.search.partitions import IndexSource, PartitionRows, collect
from knowledge.settings import Settings

logger = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]
"""Told what is being done (``read``, ``write``, ``check``), how much of it is done, and of how
much, in chunks."""

CURRENT = "CURRENT"
_PREFIX = "gen-"


@dataclass(frozen=True)
class Generation:
    """A published generation.

    Attributes:
        path: its folder.
        digest: hex SHA-256 of its manifest.
        manifest: what it holds.
    """

    path: Path
    digest: str
    manifest: Manifest


def build(
    register: IndexSource, settings: Settings, progress: Progress | None = None
) -> Generation:
    """Build all indexes anew from the register's vectors and publish them.

    Readers go on with what they have and take the new generation at their next refresh. The one
    that was published before is kept for them, older ones are deleted.

    Raises:
        RegisterLocked: another process is building.
        StorageFull: no space, or no permission to write.
        IndexDamaged: what was built does not pass its check; what was published stays.
        ModelError: the register holds vectors of different lengths.
    """
    report = progress or (lambda stage, done, total: None)
    index_dir = settings.index_dir
    with storage_errors(index_dir), _building(index_dir):
        before = pointer(index_dir)
        _delete_half_built(index_dir)
        revision, fingerprint, partitions = _read(register)
        report("read", *[sum(map(len, partitions.values()))] * 2)
        folder = _new_folder(index_dir, revision)
        try:
            generation = _write(folder, fingerprint, revision, partitions, report)
            check_in_child(generation.path, generation.digest)
            report("check", *[generation.manifest.chunks] * 2)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        _publish(index_dir, generation)
        _delete_old(index_dir, keep={folder.name, before[0] if before else folder.name})
    logger.info("published %s with %d chunks", folder.name, generation.manifest.chunks)
    return generation


def current(index_dir: Path) -> Generation | None:
    """The published generation; `None` when none was ever published.

    Raises:
        IndexDamaged: the pointer or what it names is missing or unreadable.
    """
    named = pointer(index_dir)
    if named is None:
        if any(_folders(index_dir)):
            raise IndexDamaged(f"{index_dir / CURRENT} is missing")
        return None
    name, digest = named
    folder = index_dir / name
    if folder.parent != index_dir or not name.startswith(_PREFIX):
        raise IndexDamaged(f"{index_dir / CURRENT} does not name a generation")
    return Generation(folder, digest, read_manifest(folder, digest))


def pointer(index_dir: Path) -> tuple[str, str] | None:
    """Name and digest that the pointer gives, unchecked; `None` when there is no pointer."""
    try:
        text = (index_dir / CURRENT).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return None
    except OSError as error:
        return "", str(error)
    name, _, digest = text.strip().partition(" ")
    return name.replace("\x00", ""), digest


@contextmanager
def _building(index_dir: Path) -> Iterator[None]:
    index_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = WriterLock(index_dir / "build.lock")
    try:
        yield
    finally:
        lock.release()


def _read(register: IndexSource) -> tuple[int, str | None, dict[str, PartitionRows]]:
    """A revision, the model and all rows; rows committed meanwhile do no harm among them."""
    while True:
        revision, fingerprint = register.revision(), register.fingerprint()
        partitions = collect(register.index_rows())
        if register.fingerprint() == fingerprint:
            return revision, fingerprint, partitions


def _new_folder(index_dir: Path, revision: int) -> Path:
    """A folder whose name was never used: Chroma shares one system per path and process."""
    folder = index_dir / f"{_PREFIX}{revision}-{time.time_ns() // 1_000_000}"
    folder.mkdir(mode=0o700)
    return folder


def _write(
    folder: Path,
    fingerprint: str | None,
    revision: int,
    partitions: dict[str, PartitionRows],
    report: Progress,
) -> Generation:
    total, done = sum(map(len, partitions.values())), 0
    entries: list[PartitionEntry] = []
    for number, (partition, rows) in enumerate(partitions.items()):

        def written(n_rows: int, before: int = done) -> None:
            report("write", before + n_rows, total)

        name = f"partition-{number}"
        write_partition(folder / name, rows, fingerprint=str(fingerprint), progress=written)
        entries.append(PartitionEntry(name, partition, len(rows)))
        done += len(rows)
    dimension = next((rows.vectors.shape[1] for rows in partitions.values()), 0)
    manifest = Manifest(folder.name, revision, fingerprint, dimension, tuple(entries), {})
    digest = write_manifest(folder, manifest)
    return Generation(folder, digest, read_manifest(folder, digest))


def _publish(index_dir: Path, generation: Generation) -> None:
    temporary = index_dir / f"{CURRENT}.tmp"
    sync(index_dir)
    with temporary.open("w", encoding="utf-8") as file:
        file.write(f"{generation.path.name} {generation.digest}\n")
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(index_dir / CURRENT)
    sync(index_dir)


def _folders(index_dir: Path) -> Iterator[Path]:
    return index_dir.glob(f"{_PREFIX}*")


def _delete_half_built(index_dir: Path) -> None:
    """Delete what builders left that died; the lock says that none is at work."""
    for folder in _folders(index_dir):
        if not (folder / MANIFEST).exists():
            shutil.rmtree(folder, ignore_errors=True)


def _delete_old(index_dir: Path, keep: set[str]) -> None:
    for folder in _folders(index_dir):
        if folder.name not in keep:
            shutil.rmtree(folder, ignore_errors=True)
