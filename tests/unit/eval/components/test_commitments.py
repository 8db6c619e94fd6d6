"""The labelled promises and complaints are whole; of the half nobody looked at few are mistaken."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval.components.commitments import as_recognised, complaints, measure, promises, public_turns
from eval.scores import Score, score_of
from eval.work import Work
from knowledge.commitments.models import WHATS
from knowledge.settings import Settings
from tests.fakes import HashingEmbedder

HALVES = ("fit", "report")
CHATS = [{"agent_text": "We'll call you tomorrow."}, {"agent_text": "One moment, please."}]
CALLS = [
    {
        "turns": [
            {"speaker": "customer", "text": "we will call you tomorrow"},
            {"speaker": "agent", "text": "it has free parking"},
        ]
    }
]


@pytest.fixture
def work(tmp_path: Path) -> Work:
    for name, held in (("dstc/turns.jsonl", CALLS), ("abcd/agent_turns.jsonl", CHATS)):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("\n".join(json.dumps(one) for one in held), "utf-8")
    return Work(tmp_path, Settings(data_dir=tmp_path / "data"), HashingEmbedder)


def told(found: list[Score], slice_: str) -> dict[str, float | None]:
    return {one.measure: one.value for one in found if one.set == slice_}


def test_there_are_enough_sentences_half_of_them_no_promises_in_both_languages() -> None:
    said, heard = promises(), complaints()
    assert len(said) >= 1500
    assert len(heard) >= 1000
    assert len({one.text for one in said}) == len(said)
    assert len({one.text for one in heard}) == len(heard)
    assert not any(one.what or one.due for one in said if one.conditional)
    for half in ("fit", "report"):
        of_half = [one for one in said if one.half == half]
        assert {one.what for one in of_half} == {*WHATS, None}
        assert 0.4 <= sum(one.what is None for one in of_half) / len(of_half) <= 0.6
        customers = [one.complaint for one in heard if one.half == half]
        assert 0.4 <= sum(customers) / len(customers) <= 0.6
        assert {one.language for one in of_half} == {"es", "en"}


def test_who_wrote_what_is_reported_wrote_nothing_that_is_learned_from() -> None:
    for some in (promises(), complaints()):
        halves = {half: {one.writer for one in some if one.half == half} for half in HALVES}
        assert halves["fit"] & halves["report"] == {"a"}  # forms are measured on their own writer


def test_of_the_half_that_nobody_looked_at_forms_mistake_few_in_the_usual_words(work: Work) -> None:
    found = [score_of(one) for one in measure(work)]
    for language in ("es", "en"):
        for slice_, measures in (
            (f"promises {language} by a", {"precision", "recall", "right day", "right kind"}),
            (f"promises {language} by a, as recognised", {"precision", "recall"}),
            (f"complaints {language} by a", {"precision", "recall"}),
        ):
            values = told(found, slice_.replace("by a", "by a, forms alone"))
            assert values.keys() >= measures
            assert all((values[one] or 0) >= 0.9 for one in measures), (slice_, values)


def test_of_public_conversations_agents_and_customers_are_read_apart(work: Work) -> None:
    agents = ["it has free parking", *(one["agent_text"] for one in CHATS)]
    assert public_turns(work.data) == agents
    assert public_turns(work.data, "customer") == ["we will call you tomorrow"]
    found = [score_of(one) for one in measure(replace(work, half="all"))]
    values = told(found, "public conversations")
    assert values == {"turns with a promise": pytest.approx(1 / 3), "turns with a complaint": 0.0}


def test_a_recogniser_writes_no_accents_and_no_marks() -> None:
    assert as_recognised("¿Mañana, a las 17:30? Sí.") == "mañana a las 17:30 si"
