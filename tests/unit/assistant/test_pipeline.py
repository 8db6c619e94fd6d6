"""The stages in order: refuse what is no question, decide, say what the verdict allows."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from assistant import confidence, sentences
from assistant.background import UNRELATED
from assistant.models import Turn
from assistant.pipeline import MAX_QUESTION_CHARS, Assistant, checked
from assistant.rewrite import NEEDED, NOT_NEEDED
from assistant.weights import Weights
from knowledge.errors import SettingsError
from knowledge.models import ScoredChunk, Viewer
from knowledge.search.retrieval import Context, Found
from tests.unit.assistant.made import found, passage

VIEWER = Viewer("test", frozenset({"staff"}))
TEXT = "Antes no. El plazo del colchón es de 30 días. Después tampoco."


@dataclass
class ScriptedRetriever:
    """Returns the same passages, and remembers what it was asked."""

    chunks: list[ScoredChunk]
    asked: list[dict[str, Any]] = field(default_factory=list)

    def search(self, question: str, viewer: Viewer, **options: Any) -> Found:
        self.asked.append({"question": question, "viewer": viewer, **options})
        return found(self.chunks, asked=question, language=options["language"])


class EmptyRegister:
    """The documents are gone meanwhile."""

    def document(self, name: str, viewer: Viewer, version: int | None = None) -> None:
        return None


class QuietIndexes:
    degraded = None


class DegradedIndexes:
    degraded = "searching exactly; run `voz rebuild`"


def assistant_of(
    retriever: ScriptedRetriever, *, sure: float = 0.0, indexes: object = QuietIndexes
) -> Assistant:
    """An assistant that is always as sure: ``sure`` is the logit of its confidence."""
    weights = Weights(
        sentence=dict.fromkeys(sentences.FEATURES, 0.0) | {"coverage": 1.0},
        confidence=dict.fromkeys(confidence.FEATURES, 0.0) | {"bias": sure},
        answered_from=0.8,
        partly_from=0.4,
        need={},
        needed_from=1.0,
    )
    return Assistant(
        cast("Any", EmptyRegister()), cast("Any", indexes), cast("Any", retriever), weights
    )


@pytest.mark.parametrize("question", ["", "   \n", "¿?", "...", "🙂", "?" * 3_000])
def test_what_asks_nothing_is_refused_in_one_line(question: str) -> None:
    with pytest.raises(SettingsError, match="is empty: write what") as caught:
        checked(question)
    assert len(str(caught.value).splitlines()) == 1
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("character", ["a", "?", "\n?", "¿"])
def test_what_is_too_long_is_refused_in_one_short_line(character: str) -> None:
    with pytest.raises(SettingsError, match=r"characters, at most 4,000 are read") as caught:
        checked(character * 100_000)
    assert len(str(caught.value).splitlines()) == 1
    assert len(str(caught.value)) < 200


def test_the_longest_question_is_taken_and_white_space_does_not_count() -> None:
    longest = "a" * MAX_QUESTION_CHARS
    assert checked(f"  {longest}\n") == longest


def test_the_best_sentence_is_said_first() -> None:
    answer = assistant_of(ScriptedRetriever([passage(TEXT)]), sure=5).ask("plazo colchon", VIEWER)
    assert answer.verdict == "answered"
    assert answer.statements[0].text == "El plazo del colchón es de 30 días."
    assert answer.nearest == ()
    assert answer.language == "es"


def test_in_doubt_what_stands_around_is_shown_as_well() -> None:
    answer = assistant_of(ScriptedRetriever([passage(TEXT)]), sure=0).ask("plazo colchon", VIEWER)
    assert answer.verdict == "partly"
    assert answer.confidence == 0.5
    assert "Antes no. El plazo del colchón" in answer.statements[0].text


def test_without_confidence_nothing_is_said_and_the_nearest_is_shown() -> None:
    answer = assistant_of(ScriptedRetriever([passage(TEXT)]), sure=-5).ask("plazo colchon", VIEWER)
    assert answer.verdict == "not_found"
    assert answer.statements == ()
    assert [c.document for c in answer.nearest] == ["guia.md"]


def test_a_code_that_no_source_has_is_no_answer_and_is_named() -> None:
    sure = assistant_of(ScriptedRetriever([passage(TEXT)]), sure=5)
    answer = sure.ask("plazo del colchón COL-9000", VIEWER)
    assert (answer.verdict, answer.statements) == ("not_found", ())
    assert answer.missing == ("COL-9000",)
    assert [c.document for c in answer.nearest] == ["guia.md"]


def test_a_name_that_nothing_shown_has_is_a_reservation() -> None:
    sure = assistant_of(ScriptedRetriever([passage(TEXT)]), sure=5)
    answer = sure.ask("plazo del colchón en Lisboa", VIEWER)
    assert (answer.verdict, answer.missing) == ("partly", ("Lisboa",))
    assert "30 días" in answer.statements[0].text


def test_with_nothing_found_it_abstains() -> None:
    answer = assistant_of(ScriptedRetriever([]), sure=5).ask("plazo colchon", VIEWER)
    assert (answer.verdict, answer.confidence) == ("not_found", 0.0)
    assert answer.statements == ()
    assert answer.nearest == ()


def test_the_conversation_goes_along_and_counts_by_the_form_of_the_question() -> None:
    retriever = ScriptedRetriever([passage(TEXT)])
    history = [Turn("customer", "quiero devolver un colchón")]
    assistant = assistant_of(retriever)
    assistant.ask("¿y si está abierto?", VIEWER, history)
    assistant.ask("qué plazo tiene un cliente para reclamar daños del transporte", VIEWER, history)
    asked = [a for a in retriever.asked if a["question"] not in UNRELATED["es"]]
    assert [a["context"] for a in asked] == [
        Context("quiero devolver un colchón", NEEDED),
        Context("quiero devolver un colchón", NOT_NEEDED),
    ]
    assert all(a["viewer"] == VIEWER for a in retriever.asked)


def test_a_code_alone_is_in_the_language_of_the_conversation() -> None:
    retriever = ScriptedRetriever([passage(TEXT)])
    answer = assistant_of(retriever).ask("E18?", VIEWER, [Turn("agent", "what does it mean")])
    assert answer.language == "en"


def test_the_stages_are_timed_and_add_up() -> None:
    answer = assistant_of(ScriptedRetriever([passage(TEXT)])).ask("plazo", VIEWER)
    assert {"search", "rank", "compose", "total"} <= set(answer.timings_ms)
    parts = sum(ms for name, ms in answer.timings_ms.items() if name != "total")
    assert parts == pytest.approx(answer.timings_ms["total"], abs=0.1)


def test_a_degraded_index_is_told_with_the_answer() -> None:
    assistant = assistant_of(ScriptedRetriever([passage(TEXT)]), indexes=DegradedIndexes)
    assert assistant.ask("plazo", VIEWER).notice == DegradedIndexes.degraded


def test_the_log_has_no_word_of_the_customer(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    assistant_of(ScriptedRetriever([passage(TEXT)])).ask("plazo de Rosalía Peñafiel", VIEWER)
    assert "verdict=" in caplog.text
    for word in ("Rosalía", "rosalia", "Peñafiel", "colchón"):
        assert word not in caplog.text
