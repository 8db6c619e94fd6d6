"""Is a statement supported by what it cites? Verdicts, evidence sentences and reasons."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.support.check import SupportCheck
from assistant.support.models import Evidence, Support
from assistant.support.phrases import REASONS, VERDICTS, reason_text
from knowledge.models import Language

RETURNS = Evidence(
    "El plazo de devolución es de 30 días naturales desde la entrega. Los colchones Visco 150 "
    "tienen 100 noches de prueba. No se admiten devoluciones de productos personalizados. El envío "
    "cuesta 5,99 € y la tarifa vale hasta el 1 de marzo de 2026. El cliente debe presentar la "
    "factura en tienda.",
    "es",
)
POLICY = Evidence(
    "Items can be returned within 30 days of delivery. Refunds are paid on Monday. Gift cards "
    "cannot be refunded.",
    "en",
)


def checked(statement: str, evidence: Evidence = RETURNS, language: Language = "es") -> Support:
    return SupportCheck().check(statement, [evidence], language)


def cause(support: Support) -> str:
    return support.reasons[0].cause


@pytest.mark.parametrize(
    "statement",
    [
        "El plazo de devolución es de 30 días naturales desde la entrega.",
        "La devolución se puede hacer en treinta días naturales desde la entrega.",
        "El envío cuesta 5.99 euros.",
        "La tarifa del envío vale hasta el 1/3/2026.",
        "Las devoluciones de productos personalizados no se admiten.",
        "Hay 100 noches de prueba para los colchones Visco 150.",
    ],
)
def test_what_the_source_says_in_other_words_is_supported(statement: str) -> None:
    support = checked(statement)
    assert (support.verdict, support.reasons) == ("supported", ())
    assert support.probability is not None
    assert support.probability > 0.5


@pytest.mark.parametrize(
    ("statement", "why", "said", "found"),
    [
        ("El plazo de devolución es de 20 días naturales.", "other_number", "20", "30"),
        # Another figure of the same passage is no support
        ("El plazo de devolución es de 100 días naturales.", "other_number", "100", "30"),
        (
            "El plazo de devolución es de 30 días hábiles.",
            "other_unit",
            "30 días háb",
            "30 días nat",
        ),
        ("El plazo de devolución es de 30 meses desde la entrega.", "other_unit", "30 mes", "30 d"),
        (
            "La tarifa del envío vale hasta el 1 de mayo de 2026.",
            "other_date",
            "1 de may",
            "1 de mar",
        ),
        ("Se admiten devoluciones de productos personalizados.", "negation", "", "No se"),
        ("Los colchones Olivar 150 tienen 100 noches de prueba.", "other_name", "Olivar", "Visco"),
    ],
)
def test_a_change_is_found_with_its_place(statement: str, why: str, said: str, found: str) -> None:
    support = checked(statement)
    assert (support.verdict, cause(support)) == ("contradicted", why)
    reason = support.reasons[0]
    assert reason.said.startswith(said)
    assert reason.found.startswith(found)
    assert statement[slice(*reason.said_span)] == reason.said
    assert RETURNS.text[slice(*reason.found_span)] == reason.found


def test_the_evidence_sentence_is_given_by_its_number_and_offsets() -> None:
    place = checked("Los colchones Visco 150 tienen 100 noches de prueba.").evidence
    assert place is not None
    assert (place.passage, place.sentence) == (0, 1)
    assert RETURNS.text[place.start : place.end].startswith("Los colchones Visco 150")


def test_what_no_sentence_says_is_unsupported_and_not_contradicted() -> None:
    support = checked("La garantía cubre las averías del motor durante la mudanza.")
    assert (support.verdict, cause(support)) == ("unsupported", "little_in_common")


@pytest.mark.parametrize("text", ["Hola, buenos días.", "¿Qué plazo tiene?", "Gracias.", ""])
def test_what_states_nothing_is_not_checked(text: str) -> None:
    support = checked(text)
    assert (support.verdict, support.probability, cause(support)) == (
        "uncheckable",
        None,
        "no_statement",
    )


def test_without_evidence_nothing_is_checked() -> None:
    for evidence in ([], [Evidence("", "es")]):
        support = SupportCheck().check("El plazo de devolución es de 30 días.", evidence)
        assert (support.verdict, cause(support)) == ("uncheckable", "no_evidence")


def test_the_language_of_a_statement_is_found_out() -> None:
    support = SupportCheck().check("Items can be returned within 20 days of delivery.", [POLICY])
    assert (support.verdict, support.across, cause(support)) == (
        "contradicted",
        False,
        "other_number",
    )


def test_several_statements_give_what_each_gives_alone() -> None:
    statements = [
        "El plazo de devolución es de 30 días naturales.",
        "Hola, buenas tardes.",
        "El plazo de devolución es de 20 días naturales.",
    ]
    check = SupportCheck()
    together = check.check_all(statements, [RETURNS], "es")
    assert together == [check.check(one, [RETURNS], "es") for one in statements]


def test_vectors_of_other_sentences_are_refused() -> None:
    with pytest.raises(ValueError, match="2 vectors for 3 sentences"):
        Evidence(POLICY.text, "en", vectors=np.zeros((2, 4), np.float16))


def test_every_reason_is_told_in_both_languages() -> None:
    assert REASONS["es"].keys() == REASONS["en"].keys()
    assert VERDICTS["es"].keys() == VERDICTS["en"].keys()
    reason = checked("El plazo de devolución es de 20 días naturales.").reasons[0]
    assert reason_text(reason, "es") == "dice «20 días naturales» y la fuente «30 días naturales»"
    assert (
        reason_text(reason, "en") == "it says “20 días naturales”, the source “30 días naturales”"
    )
