"""The rules and statements are whole, and the statements alone tell nothing."""

from __future__ import annotations

from collections import Counter

import pytest

from eval.components.entailment import LABELS, NO, YES, pairs
from eval.corpora.reading import by_hand


def test_every_statement_is_judged_by_two_rules_in_both_languages() -> None:
    rows = by_hand("rules.jsonl")
    assert len(rows) >= 1900
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert row["a"] != row["b"]
        assert row["language"] in ("es", "en")
        assert len(row["said"]) >= 5
        for language, said, *labels in row["said"]:
            assert language in ("es", "en")
            assert said.strip() == said
            assert len(labels) == 2
            assert set(labels) <= set(LABELS)
    half = {row["half"] for row in rows}
    assert half == {"fit", "report"}


def test_every_clause_of_a_reply_is_judged_by_two_passages() -> None:
    rows = by_hand("replies.jsonl")
    assert len({row["id"] for row in rows}) == len({row["a"] for row in rows}) == len(rows) >= 1500
    for row in rows:
        assert row["a"] != row["b"]
        assert {row["language"], *(talk["language"] for talk in row["talks"])} <= {"es", "en"}
        for talk in row["talks"]:
            assert talk["asked"].strip()
            for said, *labels in talk["said"]:
                assert said.strip() == said
                assert len(labels) == 2
                assert set(labels) <= set(LABELS)
    assert {row["half"] for row in rows} == {"fit", "report"}


@pytest.mark.parametrize("kinds", [("rules", "passages"), ("replies",)])
def test_a_statement_alone_tells_hardly_whether_it_is_true(kinds: tuple[str, ...]) -> None:
    found = [one for one in pairs() if one.kind in kinds]
    said = zip(found[::2], found[1::2], strict=True)  # by the one rule, and by the other
    apart = [{one.label, other.label} == {YES, NO} for one, other in said]
    assert sum(apart) / len(apart) >= 0.45
    denials = Counter[str]()
    every = Counter[str]()
    for one in found:
        every[one.label] += 1
        denials[one.label] += bool({"no", "not", "never", "nunca"} & set(one.said.lower().split()))
    shares = [denials[label] / every[label] for label in (YES, NO)]
    assert abs(shares[0] - shares[1]) < 0.05
