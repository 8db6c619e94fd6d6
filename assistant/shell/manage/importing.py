"""An import, taken apart by the worker: one upload for each document of an archive or address.

What it asks for is decided with the rights that whoever asked had then: a document called like a
source that they edit becomes its next version, one called like a source that is none of theirs
gets another name. Begun again after a stop, it asks for nothing twice.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import Any

from assistant.refusals import because
from assistant.shell.manage.names import checked_name, placed
from assistant.shell.telling import in_each
from ingest.sources import Refused, SourceFile, members
from knowledge.audience import AudienceTree, audience_key
from knowledge.errors import DocumentRefused, SettingsError, WrongState
from knowledge.identity.access import Grant, Principal, may
from knowledge.jobs import Job, NewJob
from knowledge.register import Register
from knowledge.settings import Settings

MAX_TOLD = 200
"""Refusals and jobs that a result names; of more, only how many there are."""


class Stopped(Exception):
    """The server stops; the import is begun again at its next start."""


def bring_in(
    job: Job, register: Register, settings: Settings, tell: Callable[[int, int], None]
) -> Mapping[str, Any]:
    """Ask for an upload of each document.

    Args:
        job: of kind ``import``.
        register: of the served process.
        settings: which hosts may be asked.
        tell: called after each step; it may raise `Stopped`.

    Returns:
        ``jobs``: numbers of the uploads; ``brought``: how many; ``refused``: name, code and
        reason of what gave none; ``refused_count``.

    Raises:
        DocumentRefused: nothing could be brought in, for one reason.
        WrongState: what was uploaded is gone.
        SettingsError: importing from the web was switched off meanwhile.
        StorageFull: there is no room.
    """
    asked = _Asked(job, register)
    with _found(job, register, settings, tell) as found:
        for number, one in enumerate(found):
            asked.take(one)
            tell(number + 1, max(job.total, number + 1))
    return asked.result()


@contextmanager
def _found(
    job: Job, register: Register, settings: Settings, tell: Callable[[int, int], None]
) -> Iterator[Iterable[SourceFile | Refused]]:
    if job.wanted["from_file"]:
        path = register.jobs.path(job)
        if not path.is_file():
            raise WrongState(because("upload-gone", number=job.id))
        yield members(path, job.title)
        return
    from ingest.fetch import Limits
    from ingest.urls import allowed
    from ingest.web import fetched_pages

    with fetched_pages([job.wanted["url"]], Limits(allowed(settings)), on_fetch=tell) as pages:
        yield pages


class _Asked:
    """What one import has asked for so far."""

    def __init__(self, job: Job, register: Register) -> None:
        self._job = job
        self._register = register
        self._principal = _principal(job)
        self._tree: AudienceTree = register.audiences()
        self._before = {one.wanted["member"]: one.id for one in register.jobs.begun_by(job.id)}
        self._jobs: list[int] = []
        self._refused: list[dict[str, Any]] = []
        self._last: DocumentRefused | SettingsError | None = None

    def take(self, one: SourceFile | Refused) -> None:
        """Ask for the upload of a document, or note why there is none."""
        if isinstance(one, Refused):
            self._refuse(one.name, DocumentRefused(one.code, one.message))
        elif one.name in self._before:
            self._jobs.append(self._before[one.name])
        else:
            try:
                self._jobs.append(self._upload(one).id)
            except (DocumentRefused, SettingsError) as error:
                self._refuse(one.name, error)

    def _refuse(self, name: str, error: DocumentRefused | SettingsError) -> None:
        code = error.code if isinstance(error, DocumentRefused) else ""
        entry = {"name": name, "code": code, "reason": str(error), "told": in_each(error)}
        self._refused.append(entry)
        self._last = error

    def _upload(self, one: SourceFile) -> Job:
        job, tree = self._job, self._tree
        name, source = placed(
            self._register.curation, self._principal, tree, checked_name(one.name)
        )
        audience = audience_key(source.audience) if source else job.audience
        if source and not may(self._principal, "edit_source", source.audience, tree):
            raise SettingsError(because("source-not-yours", name=name))
        wanted = {
            "file_name": PurePosixPath(one.name).name,
            "name": name,
            "new": source is None,
            "import": job.id,
            "member": one.name,
            **{key: job.wanted[key] for key in ("note", "valid_from", "valid_to")},
        }
        new = NewJob("upload", job.actor, name, audience, wanted)
        return self._register.jobs.add(new, io.BytesIO(one.read()))

    def result(self) -> dict[str, Any]:
        """What became of it.

        Raises:
            DocumentRefused, SettingsError: nothing could be brought in, for one reason.
        """
        if not self._jobs and len(self._refused) == 1 and self._last is not None:
            raise self._last
        return {
            "jobs": self._jobs[:MAX_TOLD],
            "brought": len(self._jobs),
            "refused": self._refused[:MAX_TOLD],
            "refused_count": len(self._refused),
        }


def _principal(job: Job) -> Principal:
    """Whoever asked, with what they held then."""
    within = job.wanted["within"]
    return Principal(
        None,
        job.actor,
        frozenset(map(Grant.parse, job.wanted["grants"])),
        "key" if within is not None else "session",
        None if within is None else frozenset(map(Grant.parse, within)),
    )
