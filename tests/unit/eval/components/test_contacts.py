"""The labelled calls are whole, and what is learned from them tells a need."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from eval.components.contacts import learning
from eval.components.contacts.measuring import dstc_calls, example_calls
from eval.corpora.desks import DOCUMENTS
from eval.fitting.logistic import held_out


def test_our_calls_end_with_the_customer_and_name_sources_that_exist() -> None:
    calls = example_calls()
    assert len({call.id for call in calls}) == len(calls)
    assert sum(call.language == "es" for call in calls) >= 30
    for call in calls:
        assert call.turns[-1].role == "customer"
        assert call.needed == bool(call.relevant)
        assert all(Path(DOCUMENTS, name).is_file() for name in call.relevant)
        assert call.id.startswith(call.key)


def test_our_customers_are_written_as_a_recogniser_writes() -> None:
    for call in example_calls():
        said = call.turns[-1].text
        assert said == said.lower()
        assert not set(said) & set("áéíóú¿?¡!.,;")


def test_a_public_call_is_about_the_hotel_of_its_entry() -> None:
    entries = [
        {"id": "h-1", "entity": "Hotel Bijou", "domain": "hotel"},
        {"id": "t-1", "entity": "", "domain": "taxi"},
    ]
    row = {
        "id": "1",
        "split_key": "k",
        "turns": [{"speaker": "customer", "text": "hi"}],
        "needs_knowledge": True,
        "document_ids": ["h-1", "t-1"],
    }
    (call,) = dstc_calls([row], entries)
    assert call.names == {"Hotel Bijou", "taxi"}
    assert call.relevant == {"h-1", "t-1"}
    assert call.needed


def test_what_tells_a_need_is_learned_and_cut_where_it_is_best_told() -> None:
    rng = np.random.default_rng(1)
    y = np.arange(80) % 2 == 0
    x = np.column_stack([y + rng.normal(0, 0.3, 80), rng.normal(0, 1, 80)])
    keys = [f"call-{i // 4}" for i in range(80)]
    sure = held_out(x, y, ["calls"] * 80, keys, l2=learning.L2, folds=8, rounds=8)
    threshold, reached = learning.best_threshold(sure, y)
    assert reached > 0.9
    assert 0.2 < threshold < 0.8
    assert ((sure >= threshold) == y).mean() > 0.9


def test_nothing_is_learned_from_the_conversation_that_is_judged() -> None:
    # One conversation contradicts all others: held out, it is judged by what the others say.
    y = np.asarray([True, False] * 20 + [False, True])
    x = np.asarray([[1.0], [0.0]] * 20 + [[1.0], [0.0]])
    keys = [f"call-{i // 2}" for i in range(42)]
    sure = held_out(x, y, ["calls"] * 42, keys, l2=learning.L2, folds=8, rounds=8)
    assert sure[-2] > 0.5 > sure[-1]
