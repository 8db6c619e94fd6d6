"""Which two versions of a source are compared, and what one viewer may see of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from knowledge.curation import Curation
from knowledge.curation_rows import VersionInfo
from knowledge.differences.compare import Differences, compare
from knowledge.errors import SettingsError
from knowledge.models import Viewer
from knowledge.refusals import because


def compare_versions(
    curation: Curation,
    name: str,
    viewer: Viewer,
    *,
    old: int | None = None,
    new: int | None = None,
    today: date,
) -> Differences:
    """What is different between two versions of a source, whatever their states.

    Both are read as the viewer may see them: a part that is reserved for others is in neither.

    Args:
        curation: where the versions are.
        name: of the source.
        viewer: who asks.
        old: number of the version compared with; `None`: the one in force today, or the one before
            ``new`` where that is in force itself or nothing is.
        new: number of the other; `None`: the newest, drafts included.
        today: at the company.

    Raises:
        NotFound: there is no such source or version that the viewer may see.
        SettingsError: there is only one version, or both are the same, or one is too long.
    """
    known = curation.versions(name, viewer)
    newer = known[0].number if new is None else new
    older = _compared_with(name, newer, known, today) if old is None else old
    if older == newer:
        raise SettingsError(because("compare-itself", number=newer, name=name))
    texts = (curation.text(name, number, viewer) for number in (older, newer))
    return compare(*texts)


def _compared_with(name: str, number: int, known: Sequence[VersionInfo], today: date) -> int:
    """The version that another takes the place of."""
    others = [one.number for one in known if one.number != number]
    current = [v.number for v in known if any(today in days for days in v.in_force)]
    if current and current[0] in others:
        return current[0]
    if not others:
        raise SettingsError(because("compare-only-one", name=name, number=known[0].number))
    return next((other for other in others if other < number), others[-1])
