"""The sources of a register that may be stale, as far as a viewer manages them."""

from __future__ import annotations

from knowledge import curation_rows
from knowledge.curation_rows import SourceInfo, VersionInfo
from knowledge.models import Viewer
from knowledge.work.questions import Questions
from knowledge.work.staleness import EXPIRES_DAYS, UNCITED_DAYS, Finding, Known, Usage, findings
from knowledge.work.suspects import against_by_source
from knowledge.work.work_store import WorkStore


def stale_sources(
    store: WorkStore,
    viewer: Viewer,
    *,
    expires_days: int = EXPIRES_DAYS,
    uncited_days: int = UNCITED_DAYS,
) -> list[Finding]:
    """Findings of every source that the viewer may see, by source.

    Args:
        store: the register's work.
        viewer: who asks.
        expires_days: days ahead to look for the end of what is in force.
        uncited_days: days over which citations and remarks are counted.
    """
    questions = Questions(store)
    cited, counted_since = questions.cited(uncited_days), questions.logged_since()
    now = store.here()
    with store.read() as connection:
        infos = curation_rows.infos(connection, viewer, now)
        against = against_by_source(connection, store.before(uncited_days))
        every = curation_rows.versions_by_source(connection)
    versions = {info.name: every[info.id] for info in infos}
    by_name = {info.name: info for info in infos}
    found: list[Finding] = []
    for info in infos:
        usage = Usage(
            days=uncited_days,
            cited=cited[info.name].answers if info.name in cited else 0,
            against=against.get(info.id, 0),
            counted_since=counted_since,
        )
        known = Known(info, versions[info.name], usage, _original(info, by_name, versions))
        found += findings(known, now, expires_days=expires_days)
    return found


def _original(
    info: SourceInfo, by_name: dict[str, SourceInfo], versions: dict[str, list[VersionInfo]]
) -> tuple[SourceInfo, list[VersionInfo]] | None:
    original = by_name.get(info.translation_of or "")
    return None if original is None else (original, versions[original.name])
