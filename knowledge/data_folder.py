"""Which register a data folder belongs to.

With the register in PostgreSQL, original files and indexes stay in the data folder. They fit no
other register: its keys name other chunks, and pruning would delete the originals it does not know.
A file in the folder says which register it is.
"""

from __future__ import annotations

import os

from knowledge.database.connection import Database, storage_errors
from knowledge.errors import RegisterError
from knowledge.settings import Settings

MARKER = "register.postgresql"
"""Name of the file: the database's identity on its first line, then where it was, for people."""


def check_folder(settings: Settings, database: Database) -> None:
    """See to it that the folder does not belong to another register.

    Raises:
        RegisterError: it does; or the database cannot be asked which one it is.
    """
    marker = settings.data_dir / MARKER
    identity = database.identity()
    with storage_errors(settings.data_dir):
        known = marker.read_text("utf-8").splitlines() if marker.is_file() else []
    if identity is None:
        if known:
            raise RegisterError(
                f"the files in {settings.data_dir} belong to the register {known[-1]} in "
                "PostgreSQL: set VOZ_DATABASE_URL, or VOZ_DATA_DIR to another folder"
            )
        return
    if settings.register_path.exists():
        raise RegisterError(
            f"the files in {settings.data_dir} belong to the register in {settings.register_path}, "
            "but VOZ_DATABASE_URL names one in PostgreSQL: set VOZ_DATA_DIR to another folder, or "
            "unset VOZ_DATABASE_URL"
        )
    if known and known[0] != identity:
        raise RegisterError(
            f"the files in {settings.data_dir} belong to the register {known[-1]}, not to "
            f"{database.location}: set VOZ_DATA_DIR to another folder; if this is that register, "
            f"moved or restored, delete {marker} and {settings.index_dir}"
        )


def mark_folder(settings: Settings, database: Database) -> None:
    """Let the folder, which `check_folder` found free, belong to this register from now on.

    Raises:
        StorageFull: it may not be written.
    """
    identity, marker = database.identity(), settings.data_dir / MARKER
    with storage_errors(settings.data_dir):
        if identity is not None and not marker.exists():
            settings.data_dir.mkdir(parents=True, exist_ok=True)
            new = marker.with_name(f"{MARKER}.{os.getpid()}")
            new.write_text(f"{identity}\n{database.location}\n", "utf-8")
            new.replace(marker)
