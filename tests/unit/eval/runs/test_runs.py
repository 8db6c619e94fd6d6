"""A run is kept as it comes, goes on where it was broken off, and does not change when finished."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from eval.golden.models import GoldenCase
from eval.golden.reading import GoldenSet
from eval.outcome import Cited, Outcome, Retrieved, Said
from eval.runs.folder import RunFolder, run_ids
from eval.runs.running import run
from eval.runs.scoring import Scored, score, summarise
from knowledge.errors import NotFound, SettingsError, WrongState

TODAY = date(2026, 11, 2)


def case(name: str, **fields: Any) -> GoldenCase:
    given: dict[str, Any] = {
        "id": name,
        "schema_version": "golden/1",
        "lang": "es",
        "turns": [{"role": "customer", "text": f"¿{name}?"}],
        "answerability": "answerable",
        "expected_behaviour": "answer",
        "facts": [{"id": "f", "must": True, "aliases": ["30 días"]}],
    }
    return GoldenCase.model_validate(given | fields)


GOLDEN = GoldenSet.of(case(f"c{at}") for at in range(6))


def answer(asked: GoldenCase) -> Outcome:
    said = Said("Son 30 días.", (Cited("d", 1, "Son 30 días."),), "supported")
    found = (Retrieved("d", 1, "Son 30 días.", "es", 1.0),)
    return Outcome(asked.id, "answer", 0.9, (said,), found, {"total": 12.5}, TODAY)


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    return RunFolder.create(tmp_path / "runs", "one", {"today": "2026-11-02"}, GOLDEN)


def test_a_run_keeps_what_was_asked_and_what_became_of_it(folder: RunFolder) -> None:
    told: list[tuple[int, int]] = []
    summaries = run(folder, answer, TODAY, jobs=2, progress=lambda *p: told.append(p))
    assert told == [(done, 6) for done in range(7)]
    assert folder.finished
    assert folder.golden() == GOLDEN
    assert folder.outcomes() == {c.id: answer(c) for c in GOLDEN.cases}
    assert folder.summaries() == summaries
    assert folder.scores() == score(GOLDEN.cases, folder.outcomes())
    must = next(one for one in summaries if one.measure == "must_facts")
    assert (must.mean, must.n) == (1.0, 6)
    assert must.low == pytest.approx(0.61, abs=0.01)  # Wilson of 6 of 6
    assert must.high == pytest.approx(1.0)


def test_a_run_that_was_broken_off_asks_only_what_is_left(folder: RunFolder) -> None:
    asked: list[str] = []

    def breaks(one: GoldenCase) -> Outcome:
        if one.id == "c3":
            raise KeyboardInterrupt
        return answer(one)

    with pytest.raises(KeyboardInterrupt):
        run(folder, breaks, TODAY)
    kept = set(folder.outcomes())
    assert kept
    assert not folder.finished
    with (folder.path / "items.jsonl").open("ab") as items:
        items.write(b'{"case": "c5", "di')  # the machine failed while it was written
    assert set(folder.outcomes()) == kept

    def counted(one: GoldenCase) -> Outcome:
        asked.append(one.id)
        return answer(one)

    run(folder, counted, TODAY)
    assert set(asked) == {f"c{at}" for at in range(6)} - kept
    assert set(folder.outcomes()) == {f"c{at}" for at in range(6)}


def test_a_finished_run_does_not_change(folder: RunFolder) -> None:
    run(folder, answer, TODAY)
    with pytest.raises(WrongState, match="finished"):
        run(folder, answer, TODAY)
    with pytest.raises(WrongState, match="already"):
        RunFolder.create(folder.path.parent, "one", {}, GOLDEN)


def test_a_run_is_named_and_found(folder: RunFolder) -> None:
    root = folder.path.parent
    RunFolder.create(root, "two", {}, GOLDEN)
    assert run_ids(root) == ["two", "one"]
    assert RunFolder.open(root, "one") == folder
    for unknown in ("three", "../one", ""):
        with pytest.raises(NotFound, match="the newest are two, one"):
            RunFolder.open(root, unknown)
    with pytest.raises(WrongState, match="--resume one"):
        folder.summaries()


def test_a_damaged_run_says_which_line(folder: RunFolder) -> None:
    run(folder, answer, TODAY)
    items = folder.path / "items.jsonl"
    items.write_bytes(items.read_bytes().replace(b'"answer"', b'"perhaps"', 1))
    with pytest.raises(SettingsError, match=r"items\.jsonl is damaged \(line 1: "):
        folder.outcomes()


def test_cases_that_do_not_hold_today_are_not_asked(tmp_path: Path) -> None:
    late = case("late", kb_valid_to="2026-11-02")
    both = GoldenSet.of([late, case("now")])
    folder = RunFolder.create(tmp_path, "one", {}, both)
    run(folder, answer, TODAY)
    assert set(folder.outcomes()) == {"now"}
    only = RunFolder.create(tmp_path, "two", {}, GoldenSet.of([late]))
    with pytest.raises(WrongState, match="no case holds on 2026-11-02"):
        run(only, answer, TODAY)


def test_twins_are_looked_at_together_and_conversations_are_not() -> None:
    es, en = case("es", twin_id="t"), case("en", lang="en", twin_id="t")
    talk = [case(f"t{at}", group_id="talk") for at in (1, 2)]
    same = [case(f"p{at}", group_id="p", tags={"group": "paraphrase"}) for at in (1, 2)]
    cases = [es, en, *talk, *same]
    outcomes = {one.id: answer(one) for one in cases}
    found = {s.case: s for s in score(cases, outcomes) if s.measure == "consistency"}
    assert [found[name].value for name in ("es", "en", "p1", "p2")] == [1.0] * 4
    assert {found[name].why_none for name in ("t1", "t2")} == {"no_twin"}


def test_a_summary_says_to_how_many_it_does_not_apply() -> None:
    scored = [
        Scored("a", "must_facts", 1.0),
        Scored("b", "must_facts", 0.0),
        Scored("c", "must_facts", None, "no_facts"),
    ]
    (one,) = summarise(scored, {"a": "a", "b": "b", "c": "c"})
    assert (one.mean, one.n, one.not_applicable) == (0.5, 2, {"no_facts": 1})
    assert (one.low, one.high) == (0.0, 1.0)
