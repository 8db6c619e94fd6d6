"""A judge is admitted where it agrees with people and with itself, worked by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from eval.judge.admission import LEAST_AGREEMENT, admission, calls, examine
from eval.judge.labelled import Labelled, digest, labelled
from eval.judge.prompts import KINDS, Kind
from eval.judge.record import all_examined, keep, newest
from knowledge.errors import SettingsError
from knowledge.models import LANGUAGES, Language

FOUR = [
    Labelled("support", f"s{at}", "es", f"s{at}", f"q{at // 2}", holds)
    for at, holds in enumerate((True, True, True, False))
]


class Scripted:
    """Knows the labels, and errs where it is told to."""

    id = "double"

    def __init__(self, wrong: frozenset[str] = frozenset(), wavering: bool = False) -> None:
        self.truth = {(one.kind, one.statement, one.source): one for one in labelled()}
        self.wrong, self.wavering = wrong, wavering
        self.heard: set[str] = set()

    def finds(
        self, kind: Kind, statement: str, sources: Sequence[str], language: Language
    ) -> bool | None:
        one = self.truth[kind, statement, sources[0]]
        flipped = one.id in self.wrong or (self.wavering and one.id in self.heard)
        self.heard.add(one.id)
        return one.holds is not flipped


def test_agreement_is_the_mean_of_both_shares_and_silence_is_wrong() -> None:
    found = admission(FOUR, [True, False, None, False], 1.0)
    assert (found.sensitivity, found.specificity) == (pytest.approx(1 / 3), 1.0)
    assert found.agreement == pytest.approx((1 / 3 + 1) / 2)
    assert (found.unread, found.n) == (1, 4)
    # Two quotes: a resample holds both, or the second alone: (0 + 1) / 2; the first has one label.
    assert (found.low, found.high) == (0.5, pytest.approx(2 / 3))


def test_one_label_alone_says_nothing_about_a_judge() -> None:
    with pytest.raises(ValueError, match="what holds and what does not"):
        admission(FOUR[:3], [True, True, True], 1.0)


def test_whoever_always_says_the_same_agrees_by_half() -> None:
    found = admission(FOUR, [True] * 4, 1.0)
    assert found.agreement == 0.5
    assert not found.admitted


def test_a_judge_that_knows_is_admitted_everywhere() -> None:
    judge, told = Scripted(), []
    found = examine(judge, labelled(), lambda done, of: told.append((done, of)))
    assert [(one.kind, one.language, one.admitted) for one in found] == [
        (kind, language, True) for kind in KINDS for language in LANGUAGES
    ]
    assert told[-1] == (calls(labelled()),) * 2
    assert sum(one.n for one in found) == len(labelled())


def test_each_language_is_examined_by_itself() -> None:
    english = [one.id for one in labelled() if one.language == "en"]
    found = examine(Scripted(frozenset(english[::3])), labelled(), lambda done, of: None)
    for spanish, other in (found[:2], found[2:]):
        assert spanish.admitted
        assert other.agreement == pytest.approx(2 / 3, abs=0.1)
        assert other.low < LEAST_AGREEMENT
        assert not other.admitted


def test_a_judge_that_says_otherwise_when_asked_again_is_refused() -> None:
    found = examine(Scripted(wavering=True), labelled(), lambda done, of: None)
    assert [one.self_agreement for one in found] == [0.0] * 4
    assert not any(one.admitted for one in found)


def test_tests_are_kept_and_the_newest_of_a_judge_and_its_statements_counts(
    tmp_path: Path,
) -> None:
    path = tmp_path / "judges.jsonl"
    assert all_examined(path) == []
    first = admission(FOUR, [True, True, True, False], 1.0)
    second = admission(FOUR, [True] * 4, 1.0)
    for one in (first, second):
        keep(path, "a", "set", [one])
    keep(path, "b", "set", [first])
    found = newest(path, "a", "set")
    assert found is not None
    assert found.admissions == (second,)
    assert newest(path, "a", "another set") is None
    path.write_text("{}\n", "utf-8")
    with pytest.raises(SettingsError, match="is damaged"):
        all_examined(path)


@pytest.mark.parametrize(("kind", "least"), [("support", 100), ("answer", 25)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_both_labels_are_there_in_both_languages(
    kind: Kind, least: int, language: Language
) -> None:
    own = [o.holds for o in labelled() if (o.kind, o.language) == (kind, language)]
    assert min(own.count(True), own.count(False)) >= least


def test_statements_that_break_off_are_no_part_of_the_test() -> None:
    assert not any(one.statement.endswith("; si se") for one in labelled())
    assert digest(labelled()) != digest(labelled()[1:])
