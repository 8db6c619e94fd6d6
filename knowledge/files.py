"""Original files by content hash: what a citation opens, byte for byte as it came in."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Collection
from pathlib import Path

from knowledge.database.connection import storage_errors
from knowledge.errors import StorageFull

_SHA256 = re.compile(r"[0-9a-f]{64}")
_MIN_FREE_BYTES = 1 << 30
_MIN_FREE_SHARE = 0.10


class OriginalFiles:
    """A folder of files named by their SHA-256, two levels deep (``ab/abcd…``)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._incoming = folder / "incoming"

    def path(self, sha256: str) -> Path:
        """Where the bytes with this digest are, whether or not they are there.

        Raises:
            ValueError: it is not a hex SHA-256; nothing else ever becomes part of a path.
        """
        if not _SHA256.fullmatch(sha256):
            raise ValueError(f"sha256 must be 64 lower-case hex digits, got {sha256!r}")
        return self._folder / sha256[:2] / sha256

    def store(self, data: bytes) -> str:
        """Keep these bytes and return their digest; on disk, whole, when it returns.

        Raises:
            StorageFull: no space, or no permission.
            RegisterError: the disk failed.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        target = self.path(sha256)
        with storage_errors(self._folder):
            if target.exists() and target.stat().st_size == len(data):
                return sha256
            self._write(data, target)
        return sha256

    def _write(self, data: bytes, target: Path) -> None:
        made = not target.parent.exists()
        target.parent.mkdir(parents=True, exist_ok=True)
        self._incoming.mkdir(exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._incoming)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        _sync_folder(target.parent)
        if made:
            _sync_folder(self._folder)

    def clean(self) -> int:
        """Delete what an interrupted `store` left behind and return how many files that was."""
        with storage_errors(self._folder):
            leftovers = list(self._incoming.glob("*")) if self._incoming.is_dir() else []
            for leftover in leftovers:
                leftover.unlink()
        return len(leftovers)

    def prune(self, keep: Collection[str]) -> int:
        """Delete every file whose digest is not in ``keep`` and return how many there were."""
        wanted = set(keep)
        deleted = 0
        with storage_errors(self._folder):
            for path in self._folder.glob("[0-9a-f][0-9a-f]/*"):
                if path.name not in wanted:
                    path.unlink()
                    deleted += 1
        return deleted


def require_free_space(folder: Path) -> None:
    """Refuse before the disk is full, while the machine can still work.

    Raises:
        StorageFull: less than 1 GiB and less than a tenth of the disk is free.
    """
    with storage_errors(folder):
        disk = shutil.disk_usage(folder)
    needed = min(_MIN_FREE_BYTES, int(disk.total * _MIN_FREE_SHARE))
    if disk.free < needed:
        raise StorageFull(
            f"only {disk.free >> 20} MiB are free for {folder}, at least {needed >> 20} MiB are "
            "needed: free some space and run the same command again; what was stored is kept"
        )


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
