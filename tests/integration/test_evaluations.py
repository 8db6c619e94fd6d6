"""Golden sets keep their versions, runs are logged with what was decided, by audience."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from knowledge import audience_rows
from knowledge.errors import NotFound, SettingsError, WrongState
from knowledge.evaluations.golden_sets import GoldenSets
from knowledge.evaluations.run_log import RunLog
from knowledge.models import EVERYONE
from knowledge.register import Register
from knowledge.settings import load
from knowledge.work.work_store import WorkStore

ALL = [EVERYONE, "norte"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[WorkStore]:
    settings = load(data_dir=tmp_path / "data")
    with Register.open(settings, write=True):
        pass
    with closing(WorkStore.open(settings)) as store:
        with store.change() as connection:
            audience_rows.add(connection, "norte", "Norte", EVERYONE)
        yield store


def test_a_changed_set_is_a_new_version_and_the_old_one_stays(store: WorkStore) -> None:
    sets = GoldenSets(store)
    first = sets.save("almendro", "one\n", "a", 1, "ana")
    assert sets.save("almendro", "one\n", "a", 1, "eva") == first
    second = sets.save("almendro", "two\n", "b", 2, "eva")
    assert (first.number, second.number) == (1, 2)
    assert sets.content("almendro", ALL) == (second, "two\n")
    assert sets.content("almendro", ALL, 1) == (first, "one\n")
    assert sets.all(ALL) == [second]
    assert sets.versions("almendro", ALL) == [second, first]
    with pytest.raises(NotFound, match="has no version 7: its last is 2"):
        sets.content("almendro", ALL, 7)


def test_a_set_is_seen_by_those_who_evaluate_for_its_audience(store: WorkStore) -> None:
    sets = GoldenSets(store)
    sets.save("almendro", "x", "a", 1, "ana")
    mine = sets.save("norte", "x", "a", 1, "ana", "norte")
    assert sets.all(["norte"]) == [mine]
    with pytest.raises(NotFound, match="there are norte"):
        sets.content("almendro", ["norte"])
    with pytest.raises(SettingsError, match="is for audience 'staff'"):
        sets.save("almendro", "y", "b", 1, "ana", "norte")


@pytest.mark.parametrize("name", ["", "Almendro", "a b", "../a", "a" * 61, "-a"])
def test_a_set_has_a_name_that_can_be_typed(store: WorkStore, name: str) -> None:
    with pytest.raises(SettingsError, match="cannot be called"):
        GoldenSets(store).save(name, "x", "a", 1, "ana")


def test_a_set_for_nobody_is_refused(store: WorkStore) -> None:
    with pytest.raises(SettingsError, match="sur"):
        GoldenSets(store).save("almendro", "x", "a", 1, "ana", "sur")
    assert GoldenSets(store).all(ALL) == []


def test_a_removed_set_is_not_listed_and_comes_back_with_its_versions(store: WorkStore) -> None:
    sets = GoldenSets(store)
    sets.save("almendro", "one", "a", 1, "ana")
    sets.remove("almendro", "ana", ALL)
    assert sets.all(ALL) == []
    with pytest.raises(NotFound):
        sets.remove("almendro", "ana", ALL)
    assert sets.save("almendro", "two", "b", 1, "ana").number == 2


def began(log: RunLog, run: str, audience: str = EVERYONE) -> None:
    log.began(
        run,
        set_id=None,
        version=None,
        audience=audience,
        golden_sha256="g",
        register_sha256="r",
        by="ana",
    )


def test_runs_are_listed_with_the_last_decision(store: WorkStore) -> None:
    log = RunLog(store)
    for run in ("one", "two"):
        began(log, run)
    log.finished("one", "ana")
    log.decided("two", "one", "block", "p", "eva")
    log.decided("two", "one", "block", "p", "eva")
    log.decided("two", "one", "pass", "q", "eva")
    newest, oldest = log.all([EVERYONE])
    assert (newest.run, newest.verdict, newest.finished_at) == ("two", "pass", None)
    assert (oldest.run, oldest.verdict) == ("one", None)
    assert oldest.finished_at is not None
    with pytest.raises(WrongState, match="there was a run 'one'"):
        began(log, "one")
    with pytest.raises(NotFound, match="'three' is not in the register"):
        log.decided("two", "three", "pass", "p", "eva")


def test_runs_are_seen_by_audience(store: WorkStore) -> None:
    log = RunLog(store)
    began(log, "one")
    began(log, "two", "norte")
    assert [one.run for one in log.all(["norte"])] == ["two"]
    assert [one.run for one in log.all(ALL, limit=1)] == ["two"]
