"""Questions spelt otherwise: the same ones each time, and with the same figures and codes."""

from __future__ import annotations

import random

import pytest
from pydantic import TypeAdapter

from eval.golden.models import GoldenCase
from eval.outcome import Outcome, Respelt
from eval.respelling.accents import without_accents
from eval.respelling.kinds import RESPELLINGS, also_respelt, respelt, sampled
from eval.respelling.speech import as_recognised
from eval.respelling.typos import mistyped
from knowledge.models import Language
from knowledge.text import fold
from tests.unit.eval.measures.test_measures import case

QUESTION = "¿Cuánto tarda la devolución del LAV-AL-7012 de 45 días, 12,50 € o el 15 %?"


def asked(name: str, language: Language = "es", text: str = QUESTION) -> GoldenCase:
    return case(id=name, lang=language, turns=[{"role": "customer", "text": text}])


@pytest.mark.parametrize("seed", range(30))
def test_slips_change_a_quarter_of_the_words_and_no_figure_and_no_code(seed: int) -> None:
    text = mistyped(QUESTION, "es", random.Random(seed))
    assert text == mistyped(QUESTION, "es", random.Random(seed))
    changed = [
        one for one, other in zip(QUESTION.split(), text.split(), strict=True) if one != other
    ]
    assert len(changed) == 1  # of four words of four letters and more
    for kept in ("LAV-AL-7012", "45", "12,50", "15"):
        assert kept in text


def test_without_accents_nothing_else_changes() -> None:
    text = without_accents(QUESTION, "es", random.Random(0))
    assert text == QUESTION.replace("¿", "").replace("á", "a").replace("ó", "o").replace("í", "i")


def test_what_a_recogniser_writes_has_no_marks_and_figures_in_words() -> None:
    text = as_recognised(QUESTION, "es", random.Random(0))
    assert "cuarenta y cinco" in text
    assert "quince por ciento" in text
    assert "12,50 euros" in text
    assert "lav-al-7012" in text
    assert not set(text) & set("¿?€%A")
    english = as_recognised("Is it 30 days?", "en", random.Random(0))
    assert "thirty" in english
    assert len(english.split()) == 6  # a word twice and a filler more


def test_what_stays_as_it_is_is_not_asked_again() -> None:
    assert respelt(asked("a", "en", "how long does it take?"), "accents", 0) is None
    other = respelt(asked("a"), "accents", 0)
    assert other is not None
    assert other.id == "a"
    assert fold(other.question) == fold(QUESTION.replace("¿", ""))


def test_a_sample_has_so_many_of_each_language_and_grows_with_the_set() -> None:
    cases = [asked(f"{language}-{at}", language) for at in range(20) for language in ("es", "en")]
    first = sampled(cases, 5, seed=0)
    assert len(first) == 10
    assert sum(name.startswith("es") for name in first) == 5
    assert first == sampled(cases[::-1], 5, seed=0)
    assert first != sampled(cases, 5, seed=1)
    assert len(first & sampled([*cases, asked("es-new")], 5, seed=0)) >= 9


def test_the_chosen_are_asked_in_every_spelling_and_all_of_it_is_kept() -> None:
    heard: list[str] = []

    def answer(one: GoldenCase) -> Outcome:
        heard.append(one.question)
        return Outcome(one.id, "abstain")

    system = also_respelt(answer, frozenset({"a"}), seed=0)
    assert system(asked("b")).respelt == ()
    outcome = system(asked("a"))
    assert [one.kind for one in outcome.respelt] == list(RESPELLINGS)
    assert heard[2:] == [one.question for one in outcome.respelt]
    adapter = TypeAdapter(Outcome)
    assert adapter.validate_json(adapter.dump_json(outcome)) == outcome
    assert isinstance(outcome.respelt[0], Respelt)
