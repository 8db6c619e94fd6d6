"""Names of new sources: which may be used, and what to do where one is taken."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from assistant.refusals import because
from assistant.shell.manage.office import Caller
from ingest.loaders import check_suffix
from knowledge.audience import AudienceTree
from knowledge.curation import Curation
from knowledge.curation_rows import SourceInfo
from knowledge.errors import NotFound, SettingsError, WrongState
from knowledge.identity.access import Principal, may, viewer_of
from knowledge.models import CARD

MAX_NAME_CHARS = 300
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\]|(^|/)\.{1,2}(/|$)|^/|/$|//")


class Taken(WrongState):
    """A source that whoever asks is responsible for has that name already.

    Args:
        source: that one.
    """

    def __init__(self, source: SourceInfo) -> None:
        code = "card-taken" if source.media_type == CARD else "source-taken"
        super().__init__(because(code, name=source.name))
        self.source = source


def checked_name(name: str) -> str:
    """A name that a source may have.

    Raises:
        SettingsError: it may not.
        DocumentRefused: files of that kind are not read.
    """
    clean = name.strip()
    if not clean or len(clean) > MAX_NAME_CHARS or _UNSAFE.search(clean) or not clean.isprintable():
        raise SettingsError(because("source-name", name=name[:80], limit=MAX_NAME_CHARS))
    if clean.lower().endswith(".zip"):
        raise SettingsError(because("source-is-archive", name=clean))
    check_suffix(clean)
    return clean


def free_name(caller: Caller, name: str) -> str:
    """The name, or one like it where it belongs to a source that is none of theirs.

    Raises:
        Taken: it belongs to one of theirs.
    """
    free, known = placed(caller.office.curation, caller.principal, caller.tree, name)
    if known is not None:
        raise Taken(known)
    return free


def placed(
    curation: Curation, principal: Principal, tree: AudienceTree, name: str
) -> tuple[str, SourceInfo | None]:
    """Where a file of this name belongs: to a source of theirs, or to a new one.

    Returns:
        The name, or one like it where it belongs to a source that is none of theirs; and the
        source of theirs that has it.
    """
    free, count = name, 1
    while (number := curation.number_of(free)) is not None:
        if free == name and (known := _theirs(curation, principal, tree, number)):
            return name, known
        count += 1
        path = PurePosixPath(name)
        free = str(path.with_name(f"{path.stem}-{count}{path.suffix}"))
    return free, None


def _theirs(
    curation: Curation, principal: Principal, tree: AudienceTree, number: int
) -> SourceInfo | None:
    try:
        source = curation.source(number, viewer_of(principal, tree))
    except NotFound:
        return None
    return source if may(principal, "see_drafts", source.audience, tree) else None
