"""Files that a person names, for evaluations."""

from __future__ import annotations

from pathlib import Path

from eval.refusals import because
from knowledge.errors import SettingsError


def content_of(path: Path) -> bytes:
    """All that is in a file.

    Raises:
        SettingsError: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        why = str(error.strerror)
        raise SettingsError(because("file-unreadable", path=str(path), why=why)) from error
