"""Nobody is given what is not theirs or not in force: random histories against plain facts.

5,000 times somebody asks a register in the middle of a history, and every way in which something is
retrieved must give exactly what the facts say: nothing more, nothing less.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.models import Answer
from assistant.pipeline import Assistant
from knowledge.register import Register
from knowledge.search import generations, indexes
from knowledge.search.generation_check import check
from knowledge.search.retrieval import Retriever
from knowledge.search.thesaurus import bundled
from knowledge.search.vectors.chroma import ChromaIndex
from knowledge.settings import load
from tests.integration.isolation.askers import anybody, as_viewer
from tests.integration.isolation.histories import EMBEDDER, History
from tests.integration.isolation.mutants import MUTANTS
from tests.integration.isolation.paths import Paths
from tests.integration.test_assistant import WEIGHTS

STEPS = 25
CASES = 5
"""After each step: 20 histories of 25 steps, each in two ways, make 5,000."""

Begin = Callable[..., History]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("empty") / "data"
    Register.open(load(data_dir=folder), write=True).close()
    return folder


@pytest.fixture
def begin(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Begin]:
    """Begins the history of a seed, with indexes that are quick to build."""
    monkeypatch.setattr(os, "fsync", lambda _: None)  # Nobody pulls the plug here.
    # The check without the process around it, which costs a second each time.
    monkeypatch.setattr(generations, "check_in_child", check)
    monkeypatch.setattr(indexes, "check_in_child", check)
    begun: list[History] = []

    def begin(seed: int, *, exact_up_to: int = indexes.EXACT_UP_TO) -> History:
        if exact_up_to:  # Chroma is never asked.
            monkeypatch.setattr(generations, "check_in_child", lambda *_: None)
            monkeypatch.setattr(ChromaIndex, "build", lambda path, *_, **__: path.mkdir())
        begun.append(History.begin(seed, template, tmp_path / str(seed), exact_up_to=exact_up_to))
        return begun[-1]

    yield begin
    for history in begun:
        history.close()


def compare(history: History, n_cases: int, seen: Counter[str]) -> None:
    paths = Paths(history)
    for _ in range(n_cases):
        asker = anybody(history)
        found = paths.differences(asker)
        assert not found, "\n".join([*found, str(asker), str(history)])
        expected = history.facts.paragraphs(asker)
        seen["asked"] += 1
        seen["found something"] += bool(expected)
        seen["found some of it"] += 0 < len(expected) < len(history.tokens)


def live_through(seeds: range, begin: Begin) -> Counter[str]:
    """Compare everything after each step of some histories."""
    seen = Counter[str]()
    for seed in seeds:
        history = begin(seed)
        for _ in range(STEPS):
            history.step()
            compare(history, CASES, seen)
    return seen


@pytest.fixture(params=["read anew", "in layers"])
def layers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """So small a collection is read anew all the time; in layers, it never is."""
    if request.param == "in layers":
        monkeypatch.setattr(indexes, "_outgrown", lambda *_: False)


@pytest.mark.parametrize("seeds", [range(10), range(10, 20)], ids=str)
@pytest.mark.usefixtures("layers")
def test_every_viewer_finds_what_is_theirs_and_in_force_and_nothing_else(
    seeds: range, begin: Begin
) -> None:
    seen = live_through(seeds, begin)
    assert seen["asked"] == 1_250
    assert seen["found something"] > 500
    assert seen["found some of it"] > 400


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_wrong_line_in_the_filter_is_noticed(
    mutant: str, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexes, "_outgrown", lambda *_: False)
    MUTANTS[mutant](monkeypatch)
    with pytest.raises(AssertionError):
        live_through(range(10, 20), begin)


def test_what_chroma_proposes_is_no_more(begin: Begin) -> None:
    asked_chroma, seen = 0, Counter[str]()
    for seed in (100, 101):
        history = begin(seed, exact_up_to=0)
        for number in range(12):
            history.step()
            if number in (5, 8):
                history.build()
                history.indexes.refresh()
            assert history.indexes.settle(30)
            assert history.indexes.degraded is None
            compare(history, CASES, seen)
            snapshot = history.indexes.snapshot(as_viewer(history, anybody(history)))
            asked_chroma += any(segment.nearest is not None for segment in snapshot.segments)
    assert seen["found some of it"] > 30
    assert asked_chroma >= 3


def test_answers_are_made_of_what_is_theirs_and_in_force(begin: Begin) -> None:
    said = 0
    for seed in range(200, 204):
        history = begin(seed)
        for _ in range(STEPS):
            history.step()
        retriever = Retriever(history.register, history.indexes, EMBEDDER, bundled())
        assistant = Assistant(history.register, history.indexes, retriever, WEIGHTS)
        for _ in range(8):
            asker = anybody(history)
            viewer, theirs = as_viewer(history, asker), history.facts.paragraphs(asker)
            words = history.dice.sample(history.texts.words, 3)
            question = f"plazo del pedido {words[0]} {words[1][:4]}x{words[1][5:]} {words[2]}"
            found = assistant.search(question, viewer, top_k=1_000)
            assert {c.stored.chunk.text for c in found.chunks} <= set(theirs)
            assert found.n_chunks == len(theirs)
            answer = assistant.ask(question, viewer)
            hidden = [w for w in history.texts.words if not any(w in t.lower() for t in theirs)]
            told = " ".join(every_word(answer)).lower()
            assert not [word for word in hidden if word in told and word not in question]
            said += bool(answer.statements)
    assert said >= 10


def every_word(answer: Answer) -> Iterator[str]:
    """Everything that an answer shows."""
    yield from (answer.query, answer.notice or "", *answer.timings_ms)
    for statement in answer.statements:
        yield from (statement.text, statement.focus)
    cited = [c for statement in answer.statements for c in statement.citations]
    for citation in (*cited, *answer.nearest):
        yield from (citation.quote, citation.title, citation.document, *citation.headings)
