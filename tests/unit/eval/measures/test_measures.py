"""Every measure against examples worked by hand."""

from __future__ import annotations

import dataclasses
import math
from datetime import date
from typing import Any

import pytest

from eval.golden.models import Fact, GoldenCase
from eval.measures.catalogue import GATED, MEASURES
from eval.measures.matching import measures, says
from eval.measures.models import Asked, Measure, NotApplicable
from eval.outcome import Cited, Outcome, Retrieved, Said

BY_NAME = {measure.name: measure for measure in MEASURES}


def case(**fields: Any) -> GoldenCase:
    given: dict[str, Any] = {
        "id": "a",
        "schema_version": "golden/1",
        "lang": "es",
        "turns": [{"role": "customer", "text": "¿cuántos días tengo?"}],
        "answerability": "answerable",
        "expected_behaviour": "answer",
        "gold": [{"document": "devoluciones.md"}],
    }
    return GoldenCase.model_validate(given | fields)


def cannot(**fields: Any) -> GoldenCase:
    """A case that no source answers."""
    fields = {"answerability": "unanswerable", "expected_behaviour": "abstain"} | fields
    return case(gold=[], **fields)


def found(*documents: str, text: str = "") -> tuple[Retrieved, ...]:
    return tuple(Retrieved(name, 1, text, "es", 1.0) for name in documents)


def answered(*texts: str, **fields: Any) -> Outcome:
    fields = {"said": tuple(Said(text) for text in texts)} | fields
    return Outcome("a", "answer", 0.9, **fields)


ABSTAINED = Outcome("a", "abstain", 0.1)


def score(name: str, expected: GoldenCase, outcome: Outcome, *twins: Any) -> float | str:
    value = BY_NAME[name].of(Asked(expected, outcome, twins))
    return value.why if isinstance(value, NotApplicable) else value


# Rankings: four passages of three sources, of which b and d answer and d is required.
RANKED = found("a", "b", "a", "c")
TWO = case(
    gold=[
        {"document": "b", "grade": 2, "required": False},
        {"document": "d", "grade": 1, "required": True},
    ]
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Success@5", 1.0),
        ("R@5", 0.5),
        ("strict_recall@5", 0.0),
        ("RR@10", 0.5),
        # b, of grade 2, at rank 2; at best b first and d second.
        ("nDCG@10", (2 / math.log2(3)) / (2 + 1 / math.log2(3))),
    ],
)
def test_rankings_are_measured_over_distinct_sources(name: str, expected: float) -> None:
    assert score(name, TWO, answered("x", retrieved=RANKED)) == pytest.approx(expected)


@pytest.mark.parametrize("name", ["Success@5", "R@5", "strict_recall@5", "RR@10", "nDCG@10"])
def test_without_gold_a_ranking_has_no_number(name: str) -> None:
    assert score(name, cannot(), answered("x", retrieved=RANKED)) == "no_gold"


def test_below_the_fifth_is_not_found() -> None:
    outcome = answered("x", retrieved=found("a", "c", "e", "f", "g", "devoluciones.md"))
    assert score("Success@5", case(), outcome) == 0.0
    assert score("RR@10", case(), outcome) == pytest.approx(1 / 6)


PERIOD = {"id": "plazo", "kind": "duration", "must": True, "aliases": ["treinta días"],
          "value": 30, "unit": "days"}  # fmt: skip
COST = {"id": "coste", "kind": "money", "aliases": ["29,90 €"], "value": 29.9, "unit": "EUR"}


def test_a_fact_is_said_in_any_of_its_wordings_or_by_its_value() -> None:
    both = case(facts=[PERIOD, COST])
    assert score("fact_coverage", both, answered("Tiene 30 días, y cuesta 35 €.")) == 0.5
    assert score("must_facts", both, answered("Tiene un plazo de treinta días.")) == 1.0
    assert score("must_facts", both, answered("La recogida cuesta 29,90 €.")) == 0.0
    assert score("fact_coverage", both, ABSTAINED) == 0.0
    assert score("must_facts", case(facts=[COST]), answered("29,90 €")) == "no_facts"


def test_a_value_is_read_in_both_ways_of_writing_numbers() -> None:
    cost = Fact.model_validate({**COST, "value": 1234.5, "aliases": ["no wording"]})
    assert measures("It is €1,234.50.", cost)
    assert measures("Son 1.234,50 €.", cost)
    assert not measures("Son 1.234,05 €.", cost)
    assert not measures("1.234,50 días", cost)


def test_a_value_may_differ_by_its_tolerance() -> None:
    about = Fact.model_validate({**COST, "tolerance": 0.15, "aliases": ["no wording"]})
    assert measures("cuesta 30 €", about)
    assert not measures("cuesta 30,10 €", about)


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("Dispone de 30 días naturales.", "30 día natural", True),
        ("Dispone de 130 días.", "30 días", False),
        ("Cuesta 30,50 €.", "30", False),
        ("Cuesta **30 €**.", "30 €", True),
        ("It costs €1,500.", "1,500 €", True),
        ("Cuesta 30€ en total.", "€30", True),
        ("Cuesta 30 euros.", "30 €", True),
        ("Tarda 30 días.", "30 €", False),
        ("De 12:00 a 16:00.", "12 €", False),
        ("Se descuenta el 15 %.", "15 €", False),
        ("less 15% of the price", "15 percent", True),
        ("No se admite la devolución", "devoluciones", True),
        ("sobrecoste", "coste", False),
        ("", "coste", False),
    ],
)
def test_a_phrase_is_found_whole(text: str, phrase: str, expected: bool) -> None:
    assert says(text, phrase) is expected


def test_another_value_on_the_same_subject_contradicts() -> None:
    quote = "El plazo de devolución de un colchón es de treinta días."
    with_quote = case(facts=[PERIOD], gold=[{"document": "d", "quote": quote}])
    wrong = answered("El plazo de devolución de un colchón es de 14 días.")
    beside = answered("La garantía de la lavadora dura 90 días.")
    assert score("contradicted_facts", with_quote, wrong) == 1.0
    assert score("contradicted_facts", with_quote, beside) == 0.0
    assert score("contradicted_facts", with_quote, answered("Son 30 días.")) == 0.0
    assert score("contradicted_facts", with_quote, ABSTAINED) == "abstained"
    text = {"id": "t", "aliases": ["sí"]}
    assert score("contradicted_facts", case(facts=[text]), wrong) == "no_values"


def test_the_subject_of_one_language_is_not_thinned_by_the_other() -> None:
    quote = "La reparación es gratuita y debe terminar en treinta días naturales desde el aviso."
    reference = "A repair under guarantee is finished within 30 calendar days of the notice."
    both = case(
        facts=[PERIOD], gold=[{"document": "d", "quote": quote}], reference_answer=reference
    )
    wrong = answered("A repair under guarantee is finished within 20 calendar days of your call.")
    assert score("contradicted_facts", both, wrong) == 1.0


def test_two_words_in_common_are_no_subject() -> None:
    short = case(facts=[PERIOD], gold=[{"document": "d", "quote": "30 días desde la entrega"}])
    other = answered("Para piezas que falten, 15 días desde la entrega.")
    assert score("contradicted_facts", short, other) == 0.0


def test_what_was_found_may_hold_a_fact_that_is_not_said() -> None:
    outcome = answered("No.", retrieved=found("d", text="El plazo es de 30 días."))
    assert score("evidence_coverage", case(facts=[PERIOD, COST]), outcome) == 0.5
    assert score("evidence_coverage", case(), outcome) == "no_facts"


STEPS = case(steps=[{"id": i, "aliases": [a]} for i, a in (("1", "foto"), ("2", "orden"),
                                                           ("3", "recogida"))])  # fmt: skip


def test_steps_are_told_and_in_order() -> None:
    told = answered("Pida una foto.", "Programe la recogida.", "Abra una orden.")
    assert score("step_coverage", STEPS, told) == 1.0
    # Of three pairs two are in order and one is turned round.
    assert score("step_order", STEPS, told) == pytest.approx(1 / 3)
    assert score("step_coverage", STEPS, answered("Pida una foto.")) == pytest.approx(1 / 3)
    assert score("step_order", STEPS, answered("Pida una foto.")) == "few_steps"
    assert score("step_coverage", case(), told) == "no_steps"


def test_steps_of_one_paragraph_have_an_order_and_those_of_one_sentence_have_none() -> None:
    paragraph = answered("Pida una foto. Abra una orden y programe la recogida.")
    assert score("step_coverage", STEPS, paragraph) == 1.0
    assert score("step_order", STEPS, paragraph) == 1.0
    one = answered("Pida una foto, abra una orden y programe la recogida.")
    assert score("step_order", STEPS, one) == "few_steps"


def test_only_what_can_be_checked_is_counted_as_supported_or_not() -> None:
    outcome = answered(
        said=(
            Said("Buenos días.", support="uncheckable"),
            Said("Tiene 30 días.", (Cited("d", 1, "30 días"),), support="supported"),
            Said("Es gratis.", (Cited("d", 1, "cuesta 29 €"),), support="contradicted"),
        )
    )
    assert score("supported_statements", case(), outcome) == 0.5
    assert score("citation_recall", case(), outcome) == 0.5
    assert score("citation_precision", case(), outcome) == 0.5
    greeting = answered(said=(Said("Hola", support="uncheckable"),))
    assert score("supported_statements", case(), greeting) == "nothing_checkable"
    assert score("supported_statements", case(), ABSTAINED) == "abstained"


def test_a_citation_counts_if_it_is_enough_or_needed() -> None:
    three = (
        Cited("a", 1, "x", alone=True, needed=False),
        Cited("b", 1, "y", alone=False, needed=True),
        Cited("c", 1, "z", alone=False, needed=False),
    )
    outcome = answered(said=(Said("Tiene 30 días.", three, support="supported"),))
    assert score("citation_precision", case(), outcome) == pytest.approx(2 / 3)
    uncited = answered(said=(Said("Tiene 30 días.", support="supported"),))
    assert score("citation_recall", case(), uncited) == 0.0
    assert score("citation_precision", case(), uncited) == "no_citations"


def test_figures_stand_in_the_quotes() -> None:
    cited = (Cited("d", 1, "The fee is 1,234.50 EUR within 30 days."),)
    outcome = answered(said=(Said("Son 1.234,50 €, y tiene 30 días, hasta el 15.", cited),))
    assert score("number_fidelity", case(), outcome) == pytest.approx(2 / 3)
    assert score("number_fidelity", case(), answered("Sí.")) == "no_figures"


def test_sources_that_are_cited_answer_or_do_not() -> None:
    cited = (Cited("b", 1, "x"), Cited("c", 1, "y", exact=False))
    outcome = answered(said=(Said("x", cited),))
    assert score("cited_right", TWO, outcome) == 0.5
    assert score("required_cited", TWO, outcome) == 0.0
    assert score("required_cited", TWO, ABSTAINED) == 0.0
    assert score("quote_exactness", TWO, outcome) == 0.5
    assert score("cited_right", TWO, ABSTAINED) == "abstained"


def test_a_version_that_no_longer_applies_is_stale() -> None:
    old = Cited("d", 1, "x", valid_to=date(2026, 3, 1))
    outcome = answered(said=(Said("x", (old,)),), asked_on=date(2026, 3, 1))
    assert score("stale_sources", case(), outcome) == 1.0
    before = dataclasses.replace(outcome, asked_on=date(2026, 2, 28))
    assert score("stale_sources", case(), before) == 0.0


def test_each_way_of_behaving_wrong_has_its_measure() -> None:
    assert score("over_refusal", case(), ABSTAINED) == 1.0
    assert score("over_refusal", cannot(), ABSTAINED) == "not_answerable"
    assert score("hallucination", cannot(), answered("Sí.")) == 1.0
    assert score("hallucination", cannot(), ABSTAINED) == 0.0
    assert score("hallucination", case(), answered("Sí.")) == "answerable"
    unclear = case(answerability="underspecified", expected_behaviour="clarify")
    assert score("behaviour", unclear, ABSTAINED) == 1.0
    assert score("behaviour", unclear, answered("Sí.")) == 0.0


def test_what_may_not_be_said_is_found() -> None:
    no = case(forbidden=[{"id": "f", "phrase": "llame al fabricante"},
                         {"id": "g", "pattern": r"\bgarantiz\w+"}])  # fmt: skip
    assert score("forbidden", no, answered("Llame al  FABRICANTE, por favor.")) == 1.0
    assert score("forbidden", no, answered("Se lo garantizámos.")) == 1.0
    assert score("forbidden", no, answered("Nos encargamos.")) == 0.0
    assert score("forbidden", case(), answered("x")) == "no_forbidden"
    must = case(required_statements=[{"id": "r", "aliases": ["14 días para desistir"]},
                                     {"id": "s", "aliases": ["puede grabarse"]}])  # fmt: skip
    assert score("required_statements", must, answered("La llamada puede grabarse.")) == 0.5
    assert score("required_statements", must, ABSTAINED) == "abstained"


def test_the_language_is_that_of_the_question() -> None:
    assert score("language_match", case(), answered("Tiene treinta días para devolverlo.")) == 1.0
    assert score("language_match", case(), answered("You have thirty days to return it.")) == 0.0


def test_twins_are_consistent_if_they_get_the_same_facts() -> None:
    es, en = case(facts=[PERIOD]), case(id="b", lang="en", facts=[{**PERIOD, "aliases": ["x"]}])
    same, other = answered("You have 30 days."), answered("You have 14 days.")
    assert score("consistency", es, answered("Son 30 días."), (en, same)) == 1.0
    assert score("consistency", es, answered("Son 30 días."), (en, other)) == 0.0
    assert score("consistency", es, answered("Son 30 días."), (en, ABSTAINED)) == 0.0
    assert score("consistency", es, answered("Son 30 días.")) == "no_twin"


def test_a_case_that_failed_has_no_numbers() -> None:
    failed = Outcome("a", "abstain", error="the register is locked")
    asked = Asked(case(facts=[PERIOD]), failed)
    assert {m.of(asked) for m in MEASURES} == {NotApplicable("failed")}


def test_a_number_out_of_its_range_is_a_fault_of_the_measure() -> None:
    wrong = Measure("wrong", "", "", lambda asked: 1.5)
    with pytest.raises(ValueError, match=r"wrong of a is 1.5"):
        wrong.of(Asked(case(), ABSTAINED))


def test_the_catalogue_names_each_measure_once_and_says_what_it_is() -> None:
    assert len(BY_NAME) == len(MEASURES)
    assert set(GATED) <= set(MEASURES)
    assert len(GATED) <= 8
    assert all(measure.formula and measure.source for measure in MEASURES)
