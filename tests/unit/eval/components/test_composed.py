"""What would have been shown of what a small model wrote."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from assistant.chat import support
from assistant.chat.checking import Passage
from assistant.chat.support import SHOWN_FROM, support_check
from assistant.support.models import Place, Reason, Support
from eval.components.composed import SECOND, SENTENCES, THIRD, measure, sentences
from eval.scores import score_of
from eval.work import Work
from knowledge.settings import Settings
from tests.fakes import HashingEmbedder


def test_every_sentence_is_judged_beside_the_passages_that_its_model_was_given() -> None:
    kept = list(sentences())
    assert Counter(s.judged for s in kept) == {"nothing": 106, "unsupported": 47, "supported": 26}
    assert all(len(s.sources) == 2 for s in kept)
    said = next(s for s in kept if s.text == "Collection costs €29.90 in mainland Spain.")
    assert said.judged == "supported"
    assert any(said.text in source.passage.text for source in said.sources)


def test_the_second_exam_asks_other_questions_and_names_sources_that_were_given() -> None:
    first, second = list(sentences()), list(sentences(SECOND))
    assert not {s.question for s in first} & {s.question for s in second}
    assert len({s.question for s in second}) >= 50
    assert {s.language for s in second} == {"es", "en"}
    assert any(s.across for s in second)
    assert all(1 <= n <= len(s.sources) for s in second for n in s.named)
    assert sum(bool(s.named) for s in second) > 0.9 * len(second)


def test_the_third_exam_asks_others_again_and_has_supported_sentences_written_by_hand() -> None:
    third = list(sentences(THIRD))
    earlier = {s.question for name in (SENTENCES, SECOND) for s in sentences(name)}
    assert len({s.question for s in third}) == 90
    assert not {s.question for s in third} & earlier
    assert all(s.named and set(s.named) <= set(range(1, len(s.sources) + 1)) for s in third)
    by_hand = [s for s in third if s.by_hand]
    assert len(by_hand) == 75
    assert {s.judged for s in by_hand} == {"supported"}
    assert sum(s.across for s in by_hand) == 30
    assert sum(s.judged == "unsupported" for s in third) >= 100


def test_the_shares_are_over_the_sentences_of_each_kind() -> None:
    work = Work(Path(), Settings(), HashingEmbedder)
    scores = {(s.set, s.system, s.measure): s for s in map(score_of, measure(work))}
    assert len(scores) == (3 + 3 * 4) * 3 * 3 * 3
    assert scores["all", "check alone", "unsupported shown"].n == 47
    assert scores["third by hand, all", "check alone", "supported shown"].n == 35
    assert scores["third by hand, all", "check alone", "unsupported shown"].n == 0
    assert scores["es", "check alone", "supported shown"].n == 10
    assert scores["all", "as in use", "unsupported shown"].value == 0.0
    kept = scores["all", "check alone", "supported shown"].value
    invented = scores["all", "check alone", "unsupported shown"].value
    assert kept is not None
    assert invented is not None
    assert kept > invented


@pytest.mark.parametrize(
    ("sure", "verdict"), [(SHOWN_FROM, "supported"), (SHOWN_FROM - 0.01, "unsupported")]
)
def test_a_sentence_that_is_not_surely_supported_is_not_shown(
    monkeypatch: pytest.MonkeyPatch, sure: float, verdict: str
) -> None:
    found = Support("supported", sure, Place(0, 0, 0, 4))
    assert shown(monkeypatch, found) == verdict


@pytest.mark.parametrize(
    "found",
    [
        Support("supported", 0.99, Place(0, 0, 0, 4), doubts=(Reason("condition", "", "si"),)),
        Support("supported", 0.99, Place(0, 0, 0, 4), broken=0.5),
        Support("supported", 0.99, Place(0, 0, 0, 4), scattered=True),
    ],
)
def test_a_sentence_that_is_doubtful_or_put_together_otherwise_is_not_shown(
    monkeypatch: pytest.MonkeyPatch, found: Support
) -> None:
    assert shown(monkeypatch, found) == "unsupported"


def shown(monkeypatch: pytest.MonkeyPatch, found: Support) -> str:
    monkeypatch.setattr(support.SupportCheck, "check_each", lambda *_: [found])
    check = support_check(HashingEmbedder())
    (one,) = check([("Son 14 días.", [Passage("Son 14 días.", "es")])], "es")
    return one.verdict
