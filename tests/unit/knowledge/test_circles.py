"""Whose words somebody may read."""

from __future__ import annotations

from knowledge.audience import MANAGERS_ONLY, ROOT, Audience, AudienceTree
from knowledge.models import EVERYONE, Viewer
from knowledge.work.circles import answers_for, places, shared_place

TREE = AudienceTree.of(
    [
        ROOT,
        Audience("company", "Empresa", EVERYONE),
        Audience("contractor-a", "A", EVERYONE),
        Audience("a-nights", "A, noches", "contractor-a"),
        Audience("a-days", "A, días", "contractor-a"),
        Audience("contractor-b", "B", EVERYONE),
    ]
)


def manager(label: str) -> Viewer:
    return Viewer("m", TREE.managed(label))


def test_a_manager_answers_for_a_label_and_all_below_it() -> None:
    assert answers_for(manager("contractor-a"), TREE) == {"contractor-a", "a-nights", "a-days"}
    assert answers_for(manager("contractor-b"), TREE) == {"contractor-b"}
    assert answers_for(manager(EVERYONE), TREE) == TREE.audiences.keys() | {MANAGERS_ONLY}


def test_who_reads_at_a_label_does_not_answer_for_what_is_above_or_beside_it() -> None:
    agent = Viewer("agent", TREE.above("a-nights"))
    assert answers_for(agent, TREE) == {"a-nights"}
    assert answers_for(Viewer("everyday", frozenset({EVERYONE})), TREE) == frozenset()
    alone = AudienceTree.of([ROOT])
    assert answers_for(Viewer("everyday", frozenset({EVERYONE})), alone) == frozenset()


def test_a_circle_with_a_single_one_in_it_is_not_taken_for_that_one() -> None:
    tree = AudienceTree.of(
        [ROOT, Audience("company", "C", EVERYONE), Audience("contractor", "A", "company")]
    )
    contractors = Viewer("m", tree.managed("contractor"))
    assert answers_for(contractors, tree) == {"contractor"}
    assert answers_for(Viewer("m", tree.below("company")), tree) == {"company", "contractor"}
    assert answers_for(Viewer("m", tree.managed(EVERYONE)), tree) >= {"company", EVERYONE}


def test_somebody_stands_at_the_narrowest_of_their_labels() -> None:
    assert places(TREE.above("a-nights"), TREE) == {"a-nights"}
    assert places({EVERYONE}, TREE) == {EVERYONE}
    assert places(TREE.above("company") | TREE.above("contractor-b"), TREE) == {
        "company",
        "contractor-b",
    }
    assert places(TREE.managed(EVERYONE), TREE) == {EVERYONE}


def test_of_an_audience_that_is_gone_only_managers_of_everything_are_told() -> None:
    assert places({"contractor-z"}, TREE) == {MANAGERS_ONLY}
    assert places({"contractor-z"}, TREE) <= answers_for(manager(EVERYONE), TREE)


def test_what_several_people_share_is_the_last_label_above_all_of_them() -> None:
    nights, days = TREE.above("a-nights"), TREE.above("contractor-a")
    assert shared_place([nights], TREE) == "a-nights"
    assert shared_place([nights, days], TREE) == "contractor-a"
    assert shared_place([nights, TREE.above("contractor-b")], TREE) == EVERYONE
    assert shared_place([TREE.managed(EVERYONE)], TREE) == EVERYONE
    assert shared_place([], TREE) == EVERYONE
