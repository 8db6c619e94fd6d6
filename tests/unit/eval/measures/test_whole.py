"""Measures of a whole run against examples worked by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import get_args

import numpy as np
import pytest

from eval.comparison.whole import side_by_side
from eval.measures.models import Asked, Why
from eval.measures.reasons import in_words
from eval.measures.whole.calibration import bins
from eval.measures.whole.catalogue import WHOLE
from eval.measures.whole.models import WholeMeasure
from eval.measures.whole.recall_curve import recall_curve
from eval.measures.whole.selection import curve
from eval.measures.whole.sureness import right
from eval.measures.whole.wording import whole_formula
from eval.outcome import Outcome, Respelling, Respelt, Said
from eval.runs.scoring import asked_of
from eval.runs.whole import summarise_whole
from eval.statistics.telling import risk_coverage
from knowledge.models import LANGUAGES
from tests.unit.eval.measures.test_measures import ABSTAINED, answered, cannot, case, found

BY_NAME = {measure.name: measure for measure in WHOLE}
MONTH = [{"id": "d", "must": True, "aliases": ["un mes"]}]


def sure(pairs: Iterable[tuple[float, bool]]) -> list[Asked]:
    """Answers of a confidence, right or wrong."""
    return [
        Asked(
            case(id=f"q{at}", facts=MONTH),
            replace(answered("Tiene un mes." if is_right else "No sé."), confidence=confidence),
        )
        for at, (confidence, is_right) in enumerate(pairs)
    ]


def value(name: str, asked: list[Asked]) -> float | str | None:
    (summary,) = summarise_whole(asked, [BY_NAME[name]])
    return next(iter(summary.not_applicable), None) if summary.mean is None else summary.mean


# Right, right, wrong, right, wrong: risks 0, 0, 1/3, 1/4, 2/5.
FIVE = sure([(0.9, True), (0.8, True), (0.7, False), (0.6, True), (0.5, False)])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("AURC", (1 / 3 + 1 / 4 + 2 / 5) / 5),
        # At best the three right ones first: 0, 0, 0, 1/4, 2/5.
        ("E-AURC", (1 / 3) / 5),
        ("coverage@risk2%", 2 / 5),
        ("coverage@risk5%", 2 / 5),
        ("risk@coverage80%", 1 / 4),  # four of five
        ("risk@coverage90%", 2 / 5),  # five of five
        ("confidence_AUROC", 5 / 6),  # of six pairs only 0.6 and 0.7 are turned round
        ("Brier", (0.1**2 + 0.2**2 + 0.7**2 + 0.4**2 + 0.5**2) / 5),
        ("ECE", "few_answers"),
        ("balanced_abstention_error", "no_unanswerable"),
        ("follow_up_gap", "one_kind_of_turn"),
        ("language_gap", "nothing_counts"),
        ("latency_p50", "nothing_counts"),
    ],
)
def test_five_answers_by_hand(name: str, expected: float | str) -> None:
    number = value(name, FIVE)
    assert number == (expected if isinstance(expected, str) else pytest.approx(expected))


def test_answers_that_are_equally_sure_are_kept_or_left_together() -> None:
    """One is wrong of the two at 0.8: no threshold keeps the right one alone."""
    tied = sure([(0.8, True), (0.8, False), (0.5, True), (0.4, True)])
    assert value("coverage@risk5%", tied) == 0.0
    assert value("AURC", tied) == pytest.approx((1 / 2 + 1 / 2 + 1 / 3 + 1 / 4) / 4)
    assert value("AURC", tied[::-1]) == value("AURC", tied)
    rows = np.array([[0.8, 1.0], [0.8, 0.0], [0.5, 1.0], [0.4, 1.0]])
    assert curve(rows)[1:] == [(0.5, 0.5), (0.75, pytest.approx(1 / 3)), (1.0, 0.25)]
    assert risk_coverage([0.8, 0.8, 0.5, 0.4], [True, False, True, True], [0.5, 1.0]) == [
        (0.5, 0.5),
        (1.0, 0.25),
    ]


def test_all_right_is_covered_whole_and_has_no_auroc() -> None:
    all_right = sure([(0.9, True), (0.2, True)])
    assert value("coverage@risk2%", all_right) == 1.0
    assert value("AURC", all_right) == value("E-AURC", all_right) == 0.0
    assert value("confidence_AUROC", all_right) == "one_kind"


def test_calibration_has_ten_bins_of_equal_mass_from_a_hundred_answers_on() -> None:
    """Half at 0.9 of which 4 in 5 are right, half at 0.3 of which 1 in 5 is: 0.1 off in each."""
    pairs = [(0.9, at % 5 != 0) for at in range(50)] + [(0.3, at % 5 == 0) for at in range(50)]
    assert value("ECE", sure(pairs)) == pytest.approx(0.1)
    assert value("ECE", sure(pairs[1:])) == "few_answers"
    found_bins = bins(np.array(pairs, dtype=np.float64))
    assert [one.n for one in found_bins] == [10] * 10
    assert (found_bins[0].confidence, found_bins[-1].right) == (pytest.approx(0.3), 0.8)


def test_abstentions_are_wrong_both_ways() -> None:
    answer = answered("Tiene un mes.")
    asked = [
        Asked(case(id="a", facts=MONTH), answer),
        Asked(case(id="b", facts=MONTH), ABSTAINED),
        Asked(cannot(id="c"), answer),
        Asked(cannot(id="d"), ABSTAINED),
        Asked(cannot(id="e"), ABSTAINED),
    ]
    # Answered 1 of 3 that cannot be, refused 1 of 2 that can.
    assert value("balanced_abstention_error", asked) == pytest.approx((1 / 3 + 1 / 2) / 2)
    assert value("balanced_abstention_error", asked[2:]) == "no_answerable"
    # Abstentions have no confidence to rank by.
    (summary,) = summarise_whole(asked, [BY_NAME["AURC"]])
    assert summary.n == 2
    assert summary.mean == pytest.approx(1 / 2)  # equally sure, and one of the two is wrong


def test_later_turns_are_compared_with_first_ones() -> None:
    later = [
        {"role": "customer", "text": "¿puedo devolverlo?"},
        {"role": "assistant", "text": "Sí."},
        {"role": "customer", "text": "¿en cuántos días?"},
    ]
    good, bad = answered("Tiene un mes."), answered("No sé.")
    asked = [
        Asked(case(id="a", facts=MONTH), good),
        Asked(case(id="b", facts=MONTH), good),
        Asked(case(id="c", facts=MONTH, turns=later), good),
        Asked(case(id="d", facts=MONTH, turns=later), bad),
    ]
    assert value("follow_up_gap", asked) == pytest.approx(0.5)


def test_languages_are_compared_over_twins() -> None:
    facts = [{"id": "d", "must": True, "aliases": ["un mes", "a month"]}]
    cases = [
        case(id=f"{name}-{lang}", lang=lang, twin_id=name, facts=facts)
        for name in ("a", "b")
        for lang in LANGUAGES
    ]
    cases.append(case(id="alone", facts=facts))
    says = {"a-es": "un mes", "a-en": "no idea", "b-es": "un mes", "b-en": "a month"}
    outcomes = {c.id: replace(answered(says.get(c.id, "nada")), case=c.id) for c in cases}
    (gap,) = summarise_whole(asked_of(cases, outcomes), [BY_NAME["language_gap"]])
    assert (gap.mean, gap.n) == (pytest.approx(0.5), 2)


def spelt(
    name: str, as_it_is: str, kind: Respelling, otherwise: Outcome, lang: str = "es"
) -> Asked:
    """A case asked both ways."""
    both = (Respelt(kind, "kuantos?", otherwise),)
    facts = [{"id": "d", "must": True, "aliases": ["un mes", "a month"]}]
    return Asked(case(id=name, lang=lang, facts=facts), replace(answered(as_it_is), respelt=both))


@pytest.mark.parametrize(
    ("prefix", "kind"), [("typo", "typos"), ("accent", "accents"), ("speech", "speech")]
)
def test_what_is_lost_to_another_spelling_is_a_difference_of_pairs(
    prefix: str, kind: Respelling
) -> None:
    good, bad = answered("Un mes."), answered("No sé.")
    failed = replace(ABSTAINED, error="broken")
    asked = [
        spelt("a", "Un mes.", kind, good),
        spelt("b", "Un mes.", kind, bad),
        spelt("c", "Un mes.", kind, ABSTAINED),
        spelt("d", "No sé.", kind, good),
        spelt("e", "Un mes.", kind, failed),  # failed with an error: no pair
        Asked(case(id="f", facts=MONTH), good),  # asked in one way only
        spelt("g", "A month.", kind, bad, "en"),  # another language
    ]
    (summary,) = summarise_whole(asked, [BY_NAME[f"{prefix}_drop_es"]])
    # As they are 3 of 4 pass, spelt otherwise 2 of 4.
    assert (summary.mean, summary.n) == (pytest.approx(3 / 4 - 2 / 4), 4)
    if prefix != "accent":
        assert value(f"{prefix}_drop_en", asked) == 1.0
    other: Respelling = "speech" if kind == "typos" else "typos"
    assert value(f"{prefix}_drop_es", [spelt("a", "Un mes.", other, bad)]) == "nothing_counts"
    assert BY_NAME[f"{prefix}_drop_es"].better(0.2, 0.1) == pytest.approx(0.1)


def test_times_are_percentiles_of_the_answers_that_were_timed() -> None:
    timed = [
        Asked(case(id=f"q{at}"), Outcome(f"q{at}", "abstain", timings_ms={"total": 10.0 * at}))
        for at in range(1, 12)
    ]
    assert value("latency_p50", [*timed, *FIVE]) == 60.0
    assert value("latency_p95", timed) == pytest.approx(105.0)


def test_recall_grows_with_depth_in_each_language() -> None:
    two = [{"document": "b"}, {"document": "d"}]
    ranked = found("a", "b", "c", "d")
    asked = [
        Asked(case(id="a", gold=two), answered("x", retrieved=ranked)),
        Asked(case(id="b", gold=[{"document": "a"}]), answered("x", retrieved=ranked)),
        Asked(cannot(id="c"), answered("x", retrieved=ranked)),
    ]
    points, n = recall_curve(asked, "es")
    assert (points, n) == ([0.5, 0.75, 0.75, 1.0, *[1.0] * 6], 2)
    assert recall_curve(asked, "en") == ([], 0)


def test_what_failed_counts_nowhere() -> None:
    failed = Asked(case(id="z", facts=MONTH), replace(ABSTAINED, error="broken", timings_ms={}))
    assert [s.mean for s in summarise_whole([*FIVE, failed])] == [
        s.mean for s in summarise_whole(FIVE)
    ]


def test_an_answer_is_right_if_all_holds_that_must() -> None:
    good = answered(said=(Said("Tiene un mes.", support="supported"),))
    unsupported = answered(said=(Said("Tiene un mes.", support="unsupported"),))
    assert right(Asked(case(facts=MONTH), good))
    assert not right(Asked(case(facts=MONTH), unsupported))


def test_intervals_hold_the_value_and_are_the_same_again() -> None:
    pairs = sure((0.5 + at / 100, at % 3 != 0) for at in range(40))
    first, again = (summarise_whole(pairs, [BY_NAME["AURC"], BY_NAME["Brier"]]) for _ in range(2))
    assert first == again
    for one in first:
        assert one.low is not None
        assert one.high is not None
        assert one.mean is not None
        assert one.low < one.mean < one.high


def test_two_runs_stand_side_by_side_with_what_is_better() -> None:
    best = sure([(0.9, True), (0.8, True), (0.7, True), (0.6, True), (0.5, False)])
    aurc = next(one for one in side_by_side(FIVE, best) if one.measure.name == "AURC")
    assert aurc.better == pytest.approx((1 / 3 + 1 / 4 + 2 / 5 - 1 / 5) / 5)
    assert BY_NAME["follow_up_gap"].better(-0.3, 0.1) == pytest.approx(0.2)


@pytest.mark.parametrize("measure", WHOLE, ids=lambda m: m.name)
def test_every_measure_says_what_it_is_in_both_languages(measure: WholeMeasure) -> None:
    told = [whole_formula(measure, language) for language in LANGUAGES]
    assert all(told)
    assert told[0] != told[1]
    assert measure.source


@pytest.mark.parametrize("why", get_args(Why))
def test_every_reason_has_words_in_both_languages(why: Why) -> None:
    assert in_words(why, "es") != in_words(why, "en")
