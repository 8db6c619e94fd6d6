"""From which probability a clause is marked, what teaches it, and what is told of sources."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.drafting.claims import FIGURE_FEATURES, Claim
from assistant.drafting.pairs import PAIR_FEATURES, Paired
from eval.components.drafts.cases import Case, Labelled
from eval.components.drafts.examples import SOURCES, Example, in_clause, is_of
from eval.components.drafts.learning import threshold, told
from eval.corpora.reading import by_hand

CLAIM = Claim(
    Paired((0, 4), (), np.zeros((0, len(PAIR_FEATURES)))), np.zeros(len(FIGURE_FEATURES)), None
)


def examples(*wrong: bool) -> list[Example]:
    made = []
    for number, is_wrong in enumerate(wrong):
        labels = (Labelled("fact", 0, 4, "30 €"),) if is_wrong else ()
        case = Case(f"a-{number}", "es", "chat", "", "30 €", labels, "fit")
        made.append(Example(case, (0, 4), CLAIM, is_wrong, np.zeros(0, np.bool_)))
    return made


def test_the_threshold_is_the_lowest_at_which_nine_of_ten_marks_are_right() -> None:
    found = examples(*[True] * 9, False, False, True, *[False] * 40)
    sure = np.linspace(0.99, 0.01, len(found))
    bar = threshold(found, sure)
    assert bar == sure[9]
    assert told(found, sure, bar, None) == (
        "precision 0.900 of 10 marks, recall 0.900 of 10 labels, 1 of 42 clean drafts marked"
    )


def test_no_more_clean_drafts_are_marked_than_may_be() -> None:
    found = examples(*[True] * 30, False, False, *[True] * 30, *[False] * 8)
    sure = np.linspace(0.99, 0.01, len(found))
    assert threshold(found, sure) == sure[29]  # two of ten clean ones are more than one in twenty


@pytest.mark.parametrize(("span", "is_in"), [((0, 12), True), ((12, 30), False), ((8, 30), False)])
def test_a_clause_is_wrong_for_a_label_that_it_has(span: tuple[int, int], is_in: bool) -> None:
    assert in_clause(Labelled("fact", 0, 10, "30 €"), span) is is_in


def test_words_told_of_a_source_are_found_in_its_sentence() -> None:
    sentence = "El plazo de devolución es de 45 días naturales desde la entrega."
    assert is_of(sentence, "45 días naturales desde la entrega")
    assert is_of(sentence, f"{sentence} El reembolso tarda 10 días.")
    assert not is_of(sentence, "El reembolso tarda 10 días naturales desde la recogida.")
    assert not is_of(sentence, "")


def test_what_is_told_of_sources_stands_in_drafts_of_half_fit() -> None:
    drafts = {row["id"]: row for row in by_hand("drafts.jsonl")}
    rows = by_hand(SOURCES)
    assert len({row["id"] for row in rows}) == len(rows) > 250
    for row in rows:
        draft = drafts[row["id"]]
        assert draft["half"] == "fit"
        texts = {finding["text"] for finding in draft["findings"]}
        assert {one["text"] for one in row["wrong"]} <= texts
        assert all(one["text"] in draft["draft"] for one in row["right"]), row["id"]
