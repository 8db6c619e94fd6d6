"""Two runs are compared case by case; what is missing counts as worst, what flipped is listed."""

from __future__ import annotations

import pytest

from eval.comparison.compare import differences, suspicious
from eval.comparison.flips import failing, flips
from eval.golden.models import GoldenCase
from eval.measures.behaviour import HALLUCINATION
from eval.measures.catalogue import MEASURES
from eval.measures.facts import MUST_FACTS
from eval.runs.scoring import Scored


def case(name: str, *, critical: bool = False) -> GoldenCase:
    return GoldenCase.model_validate(
        {
            "id": name,
            "schema_version": "golden/1",
            "lang": "es",
            "turns": [{"role": "customer", "text": "¿?x"}],
            "answerability": "answerable",
            "expected_behaviour": "answer",
            "gold": [{"document": "d"}],
            "critical": critical,
        }
    )


def scores(measure: str, *values: float | None) -> list[Scored]:
    return [
        Scored(f"c{at}", measure, value, None if value is not None else "no_facts")
        for at, value in enumerate(values)
    ]


CASES = [case(f"c{at}") for at in range(10)]


def only(before: list[Scored], after: list[Scored]):  # type: ignore[no-untyped-def]
    (one,) = differences(CASES, before, after, measures=[MUST_FACTS, HALLUCINATION])
    return one


def test_a_drop_is_counted_by_case() -> None:
    one = only(scores("must_facts", *[1.0] * 10), scores("must_facts", *[1.0] * 8, 0.0, 0.0))
    assert (one.before, one.after) == (1.0, 0.8)
    assert one.paired.difference == pytest.approx(-0.2)
    assert (one.paired.better, one.paired.worse, one.paired.equal) == (0, 2, 8)
    # Both of two flips for worse: 2 * (1/4).
    assert one.p_flips == pytest.approx(0.5)
    assert one.gated


def test_the_direction_is_the_measures() -> None:
    one = only(scores("hallucination", 0.0, 0.0, 1.0), scores("hallucination", 1.0, 0.0, 1.0))
    assert one.paired.difference == pytest.approx(-1 / 3)
    assert one.paired.worse == 1


def test_what_does_not_apply_in_one_run_is_not_compared_and_counted() -> None:
    one = only(scores("must_facts", 1.0, None, 1.0), scores("must_facts", 1.0, 1.0, None))
    assert one.paired.n == 1
    assert one.dropped == 2


def test_a_case_without_an_outcome_counts_as_worst() -> None:
    after = [*scores("must_facts", 1.0), Scored("c1", "must_facts", None, "failed")]
    one = only(scores("must_facts", 1.0, 1.0, 1.0), after)
    assert one.after == pytest.approx(1 / 3)
    assert one.missing == 2


def test_a_family_is_adjusted_together() -> None:
    before = [*scores("must_facts", *[1.0] * 10), *scores("hallucination", *[0.0] * 10)]
    after = [*scores("must_facts", *[0.0] * 10), *scores("hallucination", *[1.0] * 10)]
    alone = only(scores("must_facts", *[1.0] * 10), scores("must_facts", *[0.0] * 10))
    both = differences(CASES, before, after, measures=[MUST_FACTS, HALLUCINATION])
    assert [d.p_worse for d in both] == pytest.approx([2 * alone.p_worse] * 2)


def test_too_few_cases_say_how_many_are_needed() -> None:
    one = only(scores("must_facts", *[1.0] * 10), scores("must_facts", *[1.0] * 9, 0.0))
    assert one.detectable > 0.2
    assert one.needed(0.02) > 1_000


def test_measures_without_a_case_in_common_are_left_out() -> None:
    assert differences(CASES, scores("must_facts", 1.0), scores("must_facts", None)) == []


def test_a_case_passes_if_everything_that_must_hold_does() -> None:
    scored = [
        Scored("a", "must_facts", 1.0),
        Scored("a", "forbidden", 0.0),
        Scored("a", "nDCG@10", 0.2),
        Scored("b", "must_facts", 0.0),
        Scored("b", "stale_sources", 1.0),
        Scored("c", "must_facts", None, "failed"),
        Scored("c", "behaviour", None, "failed"),
        Scored("d", "must_facts", None, "no_facts"),
    ]
    assert failing(scored) == {
        "a": (),
        "b": ("must_facts", "stale_sources"),
        "c": ("failed",),
        "d": (),
    }


def test_broken_cases_come_first_and_critical_ones_before_the_others() -> None:
    cases = [case("m"), case("b"), case("k", critical=True), case("same")]
    before = {"m": ("must_facts",), "b": (), "k": (), "same": ("behaviour",)}
    after = {"m": (), "b": ("must_facts",), "same": ("behaviour",)}
    found = [(f.case.id, f.flip, f.measures) for f in flips(cases, before, after)]
    assert found == [
        ("k", "broken", ("missing",)),
        ("b", "broken", ("must_facts",)),
        ("m", "mended", ("must_facts",)),
    ]


def test_of_many_slices_only_sure_drops_are_named() -> None:
    assert suspicious({"es": 0.001, "en": 0.04, "x": 0.5, "y": 0.6}) == ["es"]
    assert suspicious({}) == []


def test_the_catalogue_can_be_compared_whole() -> None:
    scored = [Scored("c0", measure.name, 1.0) for measure in MEASURES]
    assert len(differences(CASES, scored, scored)) == len(MEASURES)
