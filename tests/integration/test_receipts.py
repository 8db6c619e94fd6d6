"""Who must read a version by when, who has, and what changed since somebody's last shift."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from knowledge.database.database_url import DatabaseUrl
from knowledge.errors import NotAllowed, SettingsError
from knowledge.models import EVERYONE, Viewer
from knowledge.register import Register
from knowledge.settings import load
from knowledge.work.changes import SourceChange, changes_since
from knowledge.work.questions import Person, Questions
from knowledge.work.receipts import Receipts
from tests.integration.work_made import DAY, Company

NAME = "devoluciones.md"


@pytest.fixture
def company(tmp_path: Path, database_url: DatabaseUrl | None) -> Iterator[Company]:
    settings = load(data_dir=tmp_path / "data", database_url=database_url)
    with Register.open(settings, write=True) as register:
        made = Company(settings, register)
        made.bring(NAME, "Treinta días.", audience="company contractor-a", note="Versión inicial.")
        yield made
        made.close()


@pytest.fixture
def receipts(company: Company) -> Receipts:
    return Receipts(company.store)


def publish(company: Company, name: str, number: int) -> None:
    company.curation.submit(name, number, company.manager(name="rosa"))
    company.curation.publish(name, number, company.manager(name="hugo"))


# Receipts


def test_a_required_version_waits_for_each_reader_until_they_confirm(
    company: Company, receipts: Receipts
) -> None:
    due = company.today + 3 * DAY
    number = receipts.require(NAME, 1, ["contractor-a"], due, company.manager())
    ana, eva = company.agent("contractor-a"), company.agent("contractor-a", "eva")
    (waiting,) = receipts.pending(ana)
    assert (waiting.number, waiting.source, waiting.version, waiting.due) == (number, NAME, 1, due)
    assert waiting.note == "Versión inicial."
    receipts.acknowledge(NAME, 1, ana)
    receipts.acknowledge(NAME, 1, ana)
    assert receipts.pending(ana) == []
    assert len(receipts.pending(eva)) == 1
    assert receipts.pending(company.agent("company")) == []
    assert company.audited() == [
        ("rosa", "policy.reading_required", "source:1"),
        ("ana", "policy.acknowledged", "source:1"),
    ]


def test_a_reader_is_offered_the_version_that_the_required_one_takes_the_place_of(
    company: Company, receipts: Receipts
) -> None:
    ana, eva = company.agent("contractor-a"), company.agent("company", "eva")
    due = company.today + 30 * DAY
    first = receipts.require(NAME, 1, ["company", "contractor-a"], due, company.manager())
    assert receipts.versions_before(receipts.pending(ana), ana) == {}
    company.bring(NAME, "Cuarenta días.", audience="company contractor-a", draft=True)
    publish(company, NAME, 2)
    second = receipts.require(NAME, 2, ["company", "contractor-a"], due, company.manager())
    for reader in (ana, eva):
        assert receipts.versions_before(receipts.pending(reader), reader) == {second: 1}
    assert first != second


def test_a_draft_that_was_never_in_force_is_not_offered_to_compare_with(
    company: Company, receipts: Receipts
) -> None:
    company.bring("normas.md", "Antes.", draft=True)
    company.bring("normas.md", "Ahora.", draft=True)
    publish(company, "normas.md", 2)
    receipts.require("normas.md", 2, ["contractor-a"], company.today + DAY, company.manager())
    ana = company.agent("contractor-a")
    assert len(receipts.pending(ana)) == 1
    assert receipts.versions_before(receipts.pending(ana), ana) == {}


def test_managers_see_by_contractor_who_has_read_and_who_has_not(
    company: Company, receipts: Receipts
) -> None:
    everything = company.manager()
    due = company.today + DAY
    receipts.require(NAME, 1, ["company", "contractor-a"], due, everything)
    for label, account in (("contractor-a", "ana"), ("contractor-a", "eva"), ("company", "leo")):
        company.ask("hola", company.agent(label, account))
    company.ask("hola", company.agent("contractor-b", "otro"))
    at = company.now
    receipts.acknowledge(NAME, 1, company.agent("contractor-a", "eva"))
    people = Questions(company.store).people(everything)
    inside, a = receipts.readings(everything, people)
    assert (inside.place, inside.read, inside.waiting) == ("company", (), ("leo",))
    assert (a.place, a.waiting, [r.account for r in a.read]) == ("contractor-a", ("ana",), ["eva"])
    assert a.read[0].at == at
    assert not a.overdue
    company.now += 2 * DAY
    assert [r.overdue for r in receipts.readings(everything, people)] == [True, True]
    (own,) = receipts.readings(company.manager("contractor-a"), people)
    assert own.place == "contractor-a"
    assert receipts.readings(company.manager("contractor-b"), people) == []


def test_nobody_must_read_what_no_longer_applies(company: Company, receipts: Receipts) -> None:
    receipts.require(NAME, 1, ["contractor-a"], company.today, company.manager())
    agent = company.agent("contractor-a")
    tomorrow = company.today + DAY
    company.bring(NAME, "Quince.", audience="company contractor-a", draft=True, valid_from=tomorrow)
    publish(company, NAME, 2)
    receipts.require(NAME, 2, ["contractor-a"], tomorrow, company.manager())
    assert [r.version for r in receipts.pending(agent)] == [1, 2]
    company.now += DAY
    assert [r.version for r in receipts.pending(agent)] == [2]


def test_a_requirement_can_be_taken_back(company: Company, receipts: Receipts) -> None:
    number = receipts.require(NAME, 1, ["contractor-a"], company.today, company.manager())
    with pytest.raises(SettingsError, match=f"no reading {number}"):
        receipts.withdraw(number, company.manager("contractor-b"))
    with pytest.raises(NotAllowed, match="does not answer for"):
        receipts.withdraw(number, company.manager("company"))
    receipts.withdraw(number, company.manager("contractor-a"))
    assert receipts.pending(company.agent("contractor-a")) == []
    with pytest.raises(SettingsError, match=f"no reading {number}"):
        receipts.withdraw(number, company.manager())


def test_what_cannot_be_required_is_told(company: Company, receipts: Receipts) -> None:
    company.bring(NAME, "Quince.", audience="company contractor-a", draft=True)
    today, everything = company.today, company.manager()
    wrong: list[tuple[int, list[str], timedelta, type[Exception], str]] = [
        (2, ["contractor-a"], DAY, NotAllowed, "is draft, not published"),
        (3, ["contractor-a"], DAY, SettingsError, "no version 3"),
        (1, ["contractor-b"], DAY, SettingsError, "may not see the source"),
        (1, [EVERYONE], DAY, SettingsError, "may not see the source"),
        (1, ["contractor-z"], DAY, SettingsError, "no audience"),
        (1, [], DAY, SettingsError, "at least one audience"),
        (1, ["contractor-a"], -DAY, SettingsError, "is past"),
    ]
    for number, labels, later, error, message in wrong:
        with pytest.raises(error, match=message):
            receipts.require(NAME, number, labels, today + later, everything)
    with pytest.raises(NotAllowed, match="does not answer for the audience 'company'"):
        receipts.require(NAME, 1, ["company"], today, company.manager("contractor-a"))
    with pytest.raises(SettingsError, match="no version 1 of"):
        receipts.acknowledge(NAME, 1, company.agent("contractor-b"))
    with pytest.raises(SettingsError, match="no version 2 of"):
        receipts.acknowledge(NAME, 2, company.agent("contractor-a"))
    assert company.audited() == []


def test_who_confirmed_is_known_without_any_question(company: Company, receipts: Receipts) -> None:
    receipts.acknowledge(NAME, 1, company.agent("contractor-a", "eva"))
    people = Questions(company.store).people(company.manager())
    assert people == [Person("eva", frozenset({EVERYONE, "contractor-a"}))]


# What changed


def seen(company: Company, viewer: Viewer, since: datetime) -> list[tuple[str, str, int]]:
    return [(c.source, c.kind, c.version) for c in changes_since(company.store, viewer, since)]


def test_a_reader_is_told_what_is_new_changed_and_ended_since(company: Company) -> None:
    company.bring("garantia.md", "Dos años.")
    company.bring("viejo.md", "Algo.")
    company.bring("solo-b.md", "Para B.", audience="contractor-b")
    agent = company.agent("contractor-a")
    since = company.store.clock()
    company.now = since = datetime.now(since.tzinfo)
    company.bring("garantia.md", "Tres años.", note="Ahora son tres años.")
    company.bring("nuevo.md", "Cheques.", note="Nueva ficha.")
    company.bring("solo-b.md", "Más para B.", audience="contractor-b")
    company.curation.retire("viejo.md", company.manager(name="hugo"))
    company.now = datetime.now(since.tzinfo)
    assert changes_since(company.store, agent, since) == [
        SourceChange("garantia.md", "garantia.md", "changed", 2, 1, None, "Ahora son tres años."),
        SourceChange("nuevo.md", "nuevo.md", "new", 1, None, None, "Nueva ficha."),
        SourceChange("viejo.md", "viejo.md", "ended", 1, 1, None, ""),
    ]
    assert changes_since(company.store, agent, company.now) == []
    ended = seen(company, company.agent("contractor-b"), since)
    assert ("solo-b.md", "changed", 2) in ended


def test_what_begins_at_midnight_is_a_change_too(company: Company) -> None:
    agent = company.agent("contractor-a")
    tomorrow = company.today + DAY
    company.bring(NAME, "Quince.", audience="company contractor-a", draft=True, valid_from=tomorrow)
    publish(company, NAME, 2)
    company.now = since = datetime.now(company.now.tzinfo)
    assert seen(company, agent, since) == [(NAME, "begins", 2)]
    company.now += DAY
    assert seen(company, agent, since) == [(NAME, "changed", 2)]


def test_a_rule_for_some_days_is_told_with_what_comes_back_after_it(company: Company) -> None:
    agent = company.agent("contractor-a")
    first, last = company.today + 2 * DAY, company.today + 4 * DAY
    company.bring(
        NAME,
        "Sesenta.",
        audience="company contractor-a",
        draft=True,
        valid_from=first,
        valid_to=last,
    )
    publish(company, NAME, 2)
    company.now = datetime.now(company.now.tzinfo)
    told = changes_since(company.store, agent, company.now)
    assert [(c.kind, c.version, c.before, c.day) for c in told] == [
        ("begins", 2, 1, first),
        ("begins", 1, 2, last),
    ]
    assert changes_since(company.store, agent, company.now, soon_days=1) == []


def test_a_source_that_ends_soon_without_another_is_told(company: Company) -> None:
    last = company.today + 5 * DAY
    company.bring("campana.md", "Rebajas.", valid_to=last)
    told = changes_since(company.store, company.agent(), company.now)
    assert [(c.source, c.kind, c.day) for c in told if c.day] == [("campana.md", "ends", last)]


def test_a_source_one_may_see_from_now_on_is_new_and_one_taken_away_is_not_named(
    company: Company,
) -> None:
    company.bring("oculto.md", "Uno.", audience="company")
    company.bring("quitado.md", "Dos.")
    company.now = since = datetime.now(company.now.tzinfo)
    company.curation.set_audience("oculto.md", [EVERYONE], company.manager())
    company.curation.set_audience("quitado.md", ["company"], company.manager())
    company.now = datetime.now(company.now.tzinfo)
    assert seen(company, company.agent("contractor-b"), since) == [("oculto.md", "new", 1)]


def test_readers_are_not_told_what_reviewers_told_the_author(company: Company) -> None:
    since = company.now = datetime.now(company.now.tzinfo)
    filed = {"audience": "company contractor-a", "draft": True, "note": "Plazo nuevo: quince."}
    company.bring(NAME, "Quince.", **filed)  # type: ignore[arg-type]
    company.curation.submit(NAME, 2, company.manager(name="rosa"))
    company.curation.send_back(NAME, 2, company.manager(name="hugo"), note="escribe mejor")
    publish(company, NAME, 2)
    company.now = datetime.now(company.now.tzinfo)
    (change,) = changes_since(company.store, company.agent("contractor-a"), since)
    assert change.note == "Plazo nuevo: quince."
