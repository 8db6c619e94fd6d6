"""What the answer depends on is asked back, unless somebody said it."""

from __future__ import annotations

import pytest

from assistant.contact.asking import ask_back
from assistant.contact.names import Named
from assistant.models import Answer, Citation, Statement, Turn
from knowledge.models import Language


def answer(text: str, *titles: str) -> Answer:
    statements = tuple(
        Statement(text, (Citation("g.md", t, 1, None, (), text, 0, len(text), "es"),), text)
        for t in titles or ("Guía",)
    )
    return Answer("q", "q", "answered", statements, (), 0.9, "es", {})


@pytest.mark.parametrize(
    ("rule", "language", "missing"),
    [
        ("Tiene 45 días naturales desde la entrega para devolverlo.", "es", "delivery_date"),
        ("En los 15 días siguientes a recibirlo se avisa.", "es", "delivery_date"),
        ("Son 100 noches a partir de la recepción.", "es", "delivery_date"),
        ("Tres años de garantía si compró desde el 1 de marzo.", "es", "purchase_date"),
        ("14 días naturales desde la firma del contrato.", "es", "contract_date"),
        ("You have 45 calendar days from the day of delivery.", "en", "delivery_date"),
        ("Within 30 days of purchase it can be exchanged.", "en", "purchase_date"),
    ],
)
def test_the_beginning_of_a_period_is_asked(rule: str, language: Language, missing: str) -> None:
    turns = [Turn("customer", "puedo devolverlo")]
    asked = ask_back(answer(rule), (), turns, language)
    assert asked is not None
    assert asked.missing == missing
    assert ("¿" in asked.question) == (language == "es")


@pytest.mark.parametrize(
    "told",
    [
        "lo recibi ayer",
        "hace tres semanas que lo tengo",
        "me lo trajeron el lunes",
        "fue el quince de marzo",
        "el 3/11 me llego",
        "i got it last week",
        "it came two days ago",
        "on march third",
    ],
)
def test_what_was_told_is_not_asked(told: str) -> None:
    turns = [Turn("customer", told), Turn("agent", "ya"), Turn("customer", "puedo devolverlo")]
    assert ask_back(answer("45 días naturales desde la entrega."), (), turns, "es") is None


@pytest.mark.parametrize(
    "rule", ["La recogida cuesta 29,90 €.", "El taller tarda 20 días como máximo.", "Sí, por 25 €."]
)
def test_a_rule_that_counts_from_nothing_asks_nothing(rule: str) -> None:
    assert ask_back(answer(rule), (), [Turn("customer", "cuanto es")], "es") is None


def test_without_an_answer_nothing_is_asked() -> None:
    nothing = Answer("q", "q", "not_found", (), (), 0.1, "es", {})
    assert ask_back(nothing, (), [Turn("customer", "y eso")], "es") is None


def test_two_names_that_one_mention_may_mean_are_asked_apart() -> None:
    said = frozenset({"souvla"})
    names = [Named("Souvla - Marina", 0.5, 3, said), Named("Souvla - NoPa", 0.5, 3, said)]
    found = answer("Sí.", "Souvla - Marina", "Souvla - NoPa")
    asked = ask_back(found, names, [Turn("customer", "y en souvla")], "es")
    assert asked is not None
    assert asked.question == "¿Se refiere a Souvla - Marina o a Souvla - NoPa?"
    other = [names[0], Named("Souvla - NoPa", 0.3, 3, said)]
    assert ask_back(found, other, [Turn("customer", "y en souvla")], "es") is None
