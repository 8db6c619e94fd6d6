"""Names of new sources: which may be used, and what to do where one is taken."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from assistant.shell.manage.office import Caller
from ingest.loaders import check_suffix
from knowledge.curation_rows import SourceInfo
from knowledge.errors import NotFound, SettingsError

MAX_NAME_CHARS = 300
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\]|(^|/)\.{1,2}(/|$)|^/|/$|//")


@dataclass(frozen=True)
class Taken(Exception):
    """A source that whoever asks is responsible for has that name already."""

    source: SourceInfo


def checked_name(name: str) -> str:
    """A name that a source may have.

    Raises:
        SettingsError: it may not.
        DocumentRefused: files of that kind are not read.
    """
    clean = name.strip()
    if not clean or len(clean) > MAX_NAME_CHARS or _UNSAFE.search(clean) or not clean.isprintable():
        raise SettingsError(
            f"the name {name[:80]!r} cannot be used: 1 to {MAX_NAME_CHARS} visible characters, "
            "folders with /, as in policies/returns.pdf"
        )
    if clean.lower().endswith(".zip"):
        raise SettingsError(f"{clean}: unpack it and upload its files, or the folder with them")
    check_suffix(clean)
    return clean


def free_name(caller: Caller, name: str) -> str:
    """The name, or one like it where it belongs to a source that is none of theirs.

    Raises:
        Taken: it belongs to one of theirs.
    """
    free, count = name, 1
    while (number := caller.office.curation.number_of(free)) is not None:
        if free == name and (known := _theirs(caller, number)):
            raise Taken(known)
        count += 1
        path = PurePosixPath(name)
        free = str(path.with_name(f"{path.stem}-{count}{path.suffix}"))
    return free


def _theirs(caller: Caller, number: int) -> SourceInfo | None:
    try:
        return caller.source(number)
    except NotFound:
        return None
