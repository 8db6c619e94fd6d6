"""When a source may be stale, why, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from knowledge.curation_rows import SourceInfo, VersionInfo
from knowledge.models import EVERYONE
from knowledge.source_rows import State
from knowledge.validity import Validity, zone
from knowledge.work.staleness import Finding, Known, Usage, findings

TODAY = date(2026, 12, 1)
NOW = datetime(2026, 12, 1, 0, 30, tzinfo=zone("Europe/Madrid"))
LONG_AGO = datetime(2025, 1, 10, tzinfo=UTC)
USED = Usage(90, cited=12, counted_since=date(2025, 1, 1))

SOURCE = SourceInfo(
    id=1,
    name="devoluciones.md",
    title="Devoluciones",
    kind="policy",
    owner="hugo",
    audience=frozenset({EVERYONE}),
    internal=False,
    language="es",
    media_type="md",
    translation_of=None,
    tags={},
    review_days=None,
    reviewed_on=None,
    created_on=LONG_AGO.date(),
    created_at=LONG_AGO,
    changed_at=LONG_AGO,
    versions=1,
    author="rosa",
    state="published",
    waiting=None,
    waiting_state=None,
    current=1,
    changes=(),
)


def version(
    number: int = 1,
    at: datetime = LONG_AGO,
    *in_force: Validity,
    state: State = "published",
) -> VersionInfo:
    return VersionInfo(
        number=number,
        state=state,
        title="Devoluciones",
        language="es",
        media_type="md",
        sha256="",
        n_chunks=1,
        chars=10,
        valid_from=None,
        valid_to=None,
        note="",
        author="rosa",
        approver="hugo",
        created_at=at,
        changed_at=at,
        in_force=in_force or (Validity(),),
    )


def found(
    info: SourceInfo = SOURCE,
    versions: Sequence[VersionInfo] = (version(),),
    usage: Usage = USED,
    original: tuple[SourceInfo, Sequence[VersionInfo]] | None = None,
) -> list[Finding]:
    return findings(Known(info, versions, usage, original), NOW)


def kinds(*arguments: object, **named: object) -> list[str]:
    return [finding.kind for finding in found(*arguments, **named)]  # type: ignore[arg-type]


def test_a_source_that_is_used_and_not_complained_of_is_fine() -> None:
    assert found() == []


def test_a_review_is_due_on_its_day_and_not_before() -> None:
    reviewed = replace(SOURCE, review_days=30, reviewed_on=date(2026, 11, 2))
    assert kinds(reviewed) == []
    (due,) = found(replace(reviewed, reviewed_on=date(2026, 10, 2)))
    assert (due.kind, due.since) == ("review_due", date(2026, 11, 1))
    assert due.reason("es") == "La revisión tocaba el 01/11/2026: hace 30 días."
    assert due.reason("en") == "Its review was due on 2026-11-01: 30 days ago."


def test_a_translation_is_behind_a_newer_version_of_its_original() -> None:
    original = replace(SOURCE, name="returns.md", title="Returns")
    translation = replace(SOURCE, translation_of="returns.md")
    later = LONG_AGO + timedelta(days=300, hours=23)  # the day after at the company
    same = (original, (version(),))
    newer = (original, (version(2, later), version()))
    draft = (original, (version(2, later, state="draft"), version()))
    assert kinds(translation, original=same) == kinds(translation, original=draft) == []
    (behind,) = found(translation, original=newer)
    assert (behind.kind, behind.since) == ("translation_behind", later.date() + timedelta(days=1))
    assert "Returns" in behind.reason("es")
    caught_up = (version(2, later + timedelta(days=1)), version())
    assert kinds(translation, caught_up, original=newer) == []


def test_an_end_is_told_unless_another_version_follows() -> None:
    end = TODAY + timedelta(days=10)
    ending = version(1, LONG_AGO, Validity(end=end))
    (expires,) = found(versions=(ending,))
    assert (expires.kind, expires.since, expires.values) == ("expires", end, {"days": 10})
    following = version(2, LONG_AGO, Validity(start=end))
    assert kinds(versions=(following, ending)) == []
    assert kinds(versions=(version(1, LONG_AGO, Validity(end=TODAY + timedelta(days=31))),)) == []


def test_a_source_is_called_unused_only_after_it_could_have_been_used_for_as_long() -> None:
    unused = replace(USED, cited=0)
    assert kinds(usage=unused) == ["never_cited"]
    assert kinds(usage=replace(unused, counted_since=TODAY - timedelta(days=89))) == []
    assert kinds(usage=replace(unused, counted_since=None)) == []
    lately = datetime(2026, 11, 1, tzinfo=UTC)
    assert kinds(versions=(version(2, lately), version(state="draft")), usage=unused) == []
    replaced = (version(2, lately), version(state="retired"))
    assert kinds(versions=replaced, usage=unused) == ["never_cited"]
    as_long = datetime(2026, 9, 2, 21, 30, tzinfo=UTC)  # half past eleven at the company
    made = replace(SOURCE, created_at=as_long)
    assert kinds(made, (version(1, as_long),), unused) == ["never_cited"]
    after = as_long + timedelta(hours=1)  # the day after there, not yet by UTC
    assert kinds(replace(made, created_at=after), (version(1, after),), unused) == []


def test_a_source_that_is_cited_and_called_wrong_is_told_with_both_numbers() -> None:
    (voted,) = found(usage=replace(USED, against=3))
    assert voted.kind == "voted_wrong"
    assert voted.reason("en") == ("Cited 12 times, and 3 people say that it is wrong or outdated.")
    assert kinds(usage=replace(USED, cited=0, against=3)) == ["never_cited"]


def test_nothing_is_said_of_a_source_that_is_not_in_force() -> None:
    retired = replace(SOURCE, current=None, review_days=1)
    assert found(retired, usage=replace(USED, cited=0, against=2)) == []


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_finding_has_a_reason_and_an_advice_in_both_languages(language: str) -> None:
    original = (replace(SOURCE, title="Returns"), (version(2, LONG_AGO + timedelta(days=9)),))
    everything = [
        *found(
            replace(SOURCE, review_days=1),
            (version(1, LONG_AGO, Validity(end=TODAY + timedelta(days=2))),),
            replace(USED, against=1),
            original,
        ),
        *found(usage=replace(USED, cited=0)),
    ]
    assert len({finding.kind for finding in everything}) == 5
    for finding in everything:
        for sentence in (finding.reason(language), finding.advice(language)):  # type: ignore[arg-type]
            assert sentence.endswith(".")
            assert "{" not in sentence
