"""Sources that may say what is no longer right, each with the reason and what to do about it.

Pure: from what the register knows of a source and how it is used; `knowledge.work.stale_sources`
looks those up. A finding says what is the case, not that anything is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from knowledge.curation_rows import SourceInfo, VersionInfo
from knowledge.models import Language

Staleness = Literal["review_due", "translation_behind", "expires", "never_cited", "voted_wrong"]

EXPIRES_DAYS = 30
"""Days ahead in which the end of what is in force is told."""
UNCITED_DAYS = 90
"""Days without a citation from which a source is told."""

_TEXTS: Mapping[Staleness, Mapping[Language, tuple[str, str]]] = {
    "review_due": {
        "es": (
            "La revisión tocaba el {day}: hace {days} días.",
            "Léala: si sigue bien, márquela como revisada; si no, publique otra versión.",
        ),
        "en": (
            "Its review was due on {day}: {days} days ago.",
            "Read it: if it is still right, mark it as reviewed; if not, publish another version.",
        ),
    },
    "translation_behind": {
        "es": (
            "«{other}», que traduce, tiene una versión publicada el {day}, posterior a la suya.",
            "Compare las dos y publique la traducción de lo que cambió.",
        ),
        "en": (
            "“{other}”, which it translates, has a version published on {day}, after its own.",
            "Compare the two and publish the translation of what changed.",
        ),
    },
    "expires": {
        "es": (
            "Deja de estar en vigor el {day}, dentro de {days} días, y no hay otra versión "
            "después.",
            "Publique la que sigue, o confirme que no debe quedar ninguna.",
        ),
        "en": (
            "It ends on {day}, in {days} days, and no other version follows.",
            "Publish the one that follows, or make sure that none should be left.",
        ),
    },
    "never_cited": {
        "es": (
            "Ninguna respuesta la ha citado en los últimos {days} días.",
            "Mire si alguien pregunta por ello con otras palabras; si no hace falta, retírela.",
        ),
        "en": (
            "No answer has cited it in the last {days} days.",
            "See whether people ask for it in other words; if it is not needed, retire it.",
        ),
    },
    "voted_wrong": {
        "es": (
            "Citada {cited} veces, y {wrong} personas dicen que está mal o anticuada.",
            "Lea los avisos, corríjala y respóndalos.",
        ),
        "en": (
            "Cited {cited} times, and {wrong} people say that it is wrong or outdated.",
            "Read the feedback, mend the source and answer it.",
        ),
    },
}


@dataclass(frozen=True)
class Usage:
    """How a source is used.

    Attributes:
        days: over which it was counted.
        cited: answers that cited it.
        against: people who call it wrong or outdated.
        counted_since: day from which on there are records at all; `None`: there are none.
    """

    days: int
    cited: int = 0
    against: int = 0
    counted_since: date | None = None


@dataclass(frozen=True)
class Finding:
    """Why a source may be stale.

    Attributes:
        source: its name.
        kind: what is the case.
        since: the day that says since when, or when; `None` where there is none.
        values: what the texts name.
    """

    source: str
    kind: Staleness
    since: date | None
    values: Mapping[str, object] = field(default_factory=dict)

    def reason(self, language: Language) -> str:
        """What is the case, in a sentence."""
        return _TEXTS[self.kind][language][0].format(**self._shown(language))

    def advice(self, language: Language) -> str:
        """What to do about it, in a sentence."""
        return _TEXTS[self.kind][language][1]

    def _shown(self, language: Language) -> dict[str, object]:
        day = self.since
        if day is None:
            return dict(self.values)
        shown = f"{day:%d/%m/%Y}" if language == "es" else day.isoformat()
        return {**self.values, "day": shown}


@dataclass(frozen=True)
class Known:
    """What is known of a source.

    Attributes:
        info: as its managers see it.
        versions: all of it, newest first.
        usage: how it is used.
        original: what it translates, with that one's versions; `None`: nothing, or out of sight.
    """

    info: SourceInfo
    versions: Sequence[VersionInfo]
    usage: Usage
    original: tuple[SourceInfo, Sequence[VersionInfo]] | None = None


def findings(known: Known, now: datetime, *, expires_days: int = EXPIRES_DAYS) -> list[Finding]:
    """Why a source may be stale; nothing for one of which nothing is in force.

    Args:
        known: the source.
        now: by the company's clock.
        expires_days: days ahead to look for its end.
    """
    if known.info.current is None:
        return []
    today = now.date()
    return [
        *_review_due(known, today),
        *_translation_behind(known, now),
        *_expires(known, today, expires_days),
        *_never_cited(known, now),
        *_voted_wrong(known),
    ]


def _review_due(known: Known, today: date) -> Iterator[Finding]:
    due = known.info.review_due()
    if due is not None and due <= today:
        yield Finding(known.info.name, "review_due", due, {"days": (today - due).days})


def _translation_behind(known: Known, now: datetime) -> Iterator[Finding]:
    """A newer version of the original counts from when it was published, not its first day."""
    if known.original is None:
        return
    original, versions = known.original
    newer, own = _published_at(versions), _published_at(known.versions)
    if newer is not None and own is not None and newer > own:
        since = newer.astimezone(now.tzinfo).date()
        yield Finding(known.info.name, "translation_behind", since, {"other": original.title})


def _expires(known: Known, today: date, days: int) -> Iterator[Finding]:
    said = [span for version in known.versions for span in version.in_force]
    last = max((span.end for span in said), default=date.max)
    if today < last <= today + timedelta(days=days):
        yield Finding(known.info.name, "expires", last, {"days": (last - today).days})


def _never_cited(known: Known, now: datetime) -> Iterator[Finding]:
    """Only where it was there to be cited, and citations were counted, for as long."""
    usage = known.usage
    since = now.date() - timedelta(days=usage.days)
    counted = usage.counted_since is not None and usage.counted_since <= since
    published = _first_published(known).astimezone(now.tzinfo).date()
    if counted and published <= since and not usage.cited:
        yield Finding(known.info.name, "never_cited", None, {"days": usage.days})


def _voted_wrong(known: Known) -> Iterator[Finding]:
    usage = known.usage
    if usage.cited and usage.against:
        values = {"cited": usage.cited, "wrong": usage.against}
        yield Finding(known.info.name, "voted_wrong", None, values)


def _first_published(known: Known) -> datetime:
    """About when it could be cited first: from a version that came and went nobody can tell."""
    if any(v.state == "retired" for v in known.versions):
        return known.info.created_at
    moments = [v.changed_at for v in known.versions if v.state == "published"]
    return min(moments, default=known.info.created_at)


def _published_at(versions: Sequence[VersionInfo]) -> datetime | None:
    """When the newest published one was published; `None` where none is."""
    moments = [v.changed_at for v in versions if v.state == "published"]
    return max(moments, default=None)
