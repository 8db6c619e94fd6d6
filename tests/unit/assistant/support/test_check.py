"""Is a statement supported by what it cites? Verdicts, evidence sentences and reasons."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from assistant.support.check import SupportCheck
from assistant.support.comparing import Compared
from assistant.support.models import Evidence, Support
from assistant.support.phrases import REASONS, VERDICTS, reason_text
from assistant.support.whole import faithfulness
from knowledge.models import Chunk, Embedded, Language
from tests.fakes import HashingEmbedder

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
        (
            "El plazo de devolución es de 30 días naturales desde la compra.",
            "other_event",
            "El plazo de devolución es de 30 días naturales desde la compra",
            "El plazo de devolución es de 30 días naturales desde la entrega",
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


@pytest.mark.parametrize(
    "statement",
    [
        "El plazo de devolución es de 30 días naturales desde que lo recibe.",
        "El plazo de devolución es de 30 días naturales desde que le llega el paquete.",
        "Para devolverlo tiene 30 días naturales.",
    ],
)
def test_a_period_may_count_from_the_same_moment_in_other_words(statement: str) -> None:
    assert "other_event" not in {reason.cause for reason in checked(statement).reasons}


def test_every_reason_is_told_in_both_languages() -> None:
    assert REASONS["es"].keys() == REASONS["en"].keys()
    assert VERDICTS["es"].keys() == VERDICTS["en"].keys()
    reason = checked("El plazo de devolución es de 20 días naturales.").reasons[0]
    assert reason_text(reason, "es") == "dice «20 días naturales» y la fuente «30 días naturales»"
    assert (
        reason_text(reason, "en") == "it says “20 días naturales”, the source “30 días naturales”"
    )


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("Los artículos se pueden devolver en 45 días desde la entrega.", "other_number"),
        ("Los artículos se pueden devolver en 30 semanas desde la entrega.", "other_unit"),
        ("Los reembolsos se pagan el martes.", "other_date"),
        ("Los artículos se pueden devolver en 30 días desde el pedido.", "other_event"),
    ],
)
def test_figures_and_days_are_compared_across_languages(statement: str, why: str) -> None:
    support = checked(statement, POLICY)
    assert support.across
    assert support.verdict != "supported"
    assert cause(support) == why


def test_across_languages_the_same_figures_leave_no_reason_but_distance() -> None:
    support = checked("Los artículos se pueden devolver en treinta días.", POLICY)
    assert {reason.cause for reason in support.reasons} <= {"little_in_common"}


def test_vectors_find_the_sentence_across_languages() -> None:
    embedder = HashingEmbedder()
    said = "Las tarjetas regalo nunca se reembolsan."
    vectors = np.zeros((3, embedder.dimension), np.float16)
    vectors[2] = embedder.embed_query(said)
    evidence = Evidence(POLICY.text, "en", vectors=vectors)
    place = SupportCheck(embedder).check(said, [evidence], "es").evidence
    assert place is not None
    assert place.sentence == 2


def test_a_range_says_both_its_ends_and_nothing_beside_them() -> None:
    evidence = Evidence("La carta tarda de 5 a 10 días en llegar por correo.", "es")
    assert checked("La carta tarda hasta 10 días en llegar por correo.", evidence).reasons == ()
    changed = checked("La carta tarda de 5 a 11 días en llegar por correo.", evidence)
    assert cause(changed) == "other_number"


def test_a_name_is_not_met_by_another_place_of_the_passage() -> None:
    evidence = Evidence(
        "El servicio lo presta Olivar desde Madrid. La garantía la cubre Brezo durante tres años.",
        "es",
    )
    support = checked("La garantía la cubre Olivar durante tres años.", evidence)
    assert (cause(support), support.reasons[0].found) == ("other_name", "Brezo")


def test_what_stands_above_a_passage_names_what_it_speaks_of() -> None:
    text = "El colchón tiene 100 noches de prueba desde la entrega."
    said = "El colchón Visco tiene 100 noches de prueba desde la entrega."
    assert checked(said, Evidence(text, "es")).verdict == "unsupported"
    assert checked(said, Evidence(text, "es", "Colchón Visco")).verdict == "supported"


def test_an_answer_is_ranked_by_its_statements() -> None:
    check = SupportCheck()
    good = ["El plazo de devolución es de 30 días naturales.", "Hola."]
    bad = ["El plazo de devolución es de 20 días naturales.", "Hola."]
    scores = [faithfulness(one, check.check_all(one, [RETURNS], "es")) for one in (good, bad)]
    assert scores[0] is not None
    assert scores[1] is not None
    assert scores[0] > scores[1]
    assert faithfulness(["Hola."], check.check_all(["Hola."], [RETURNS], "es")) is None


DATED = Evidence("En vigor desde el 1 de marzo de 2026. No se admiten cambios en rebajas.", "es")


@pytest.mark.parametrize(
    ("in_front", "stated", "evidence"),
    [
        ("Según nuestra política: ", "En vigor desde el 1 de marzo de 2026.", DATED),
        ("Como indica la política, ", "no se admiten cambios en rebajas.", DATED),
        ("Tal y como se establece en el documento, ", "no se admiten cambios.", DATED),
        ("De acuerdo con la fuente 1, ", "no se admiten cambios en rebajas.", DATED),
        ("La política señala que ", "no se admiten cambios en rebajas.", DATED),
        ("According to our policy: ", "Refunds are paid on Monday.", POLICY),
        ("As stated in our policy, ", "refunds are paid on Monday.", POLICY),
        ("Based on the document, ", "refunds are paid on Monday.", POLICY),
        ("Based on the provided sources, ", "refunds are paid on Monday.", POLICY),
        ("The policy says that ", "refunds are paid on Monday.", POLICY),
    ],
)
def test_where_a_statement_says_it_is_from_does_not_count(
    in_front: str, stated: str, evidence: Evidence
) -> None:
    bare = checked(stated[0].upper() + stated[1:], evidence, evidence.language)
    found = checked(in_front + stated, evidence, evidence.language)
    assert found.verdict == bare.verdict == "supported"
    assert found.probability == bare.probability


@pytest.mark.parametrize(
    ("statement", "evidence"),
    [
        ("Según nuestra política: En vigor desde el 1 de marzo de 2025.", DATED),
        ("Como indica la política, se admiten cambios en rebajas.", DATED),
        ("Según la política de 2019: En vigor desde el 1 de marzo de 2026.", DATED),
        ("The policy does not say that refunds are paid on Monday.", POLICY),
        ("As stated in our policy, refunds are paid on Friday.", POLICY),
        ("According to the rules of Montelar, refunds are paid on Monday.", POLICY),
    ],
)
def test_an_attribution_makes_nothing_true_and_what_it_names_is_looked_at(
    statement: str, evidence: Evidence
) -> None:
    assert checked(statement, evidence, evidence.language).verdict != "supported"


def test_what_differs_behind_an_attribution_is_where_it_was_written() -> None:
    said = "Según nuestra política: En vigor desde el 1 de marzo de 2025."
    reason = checked(said, DATED).reasons[0]
    assert said[slice(*reason.said_span)] == reason.said == "1 de marzo de 2025"


def test_an_attribution_alone_states_nothing() -> None:
    assert checked("Según nuestra política:").verdict == "uncheckable"


class Counting(HashingEmbedder):
    """Counts how often it is asked."""

    asked = 0

    def embed_chunks(self, chunks: Sequence[Chunk]) -> list[Embedded]:
        self.asked += 1
        return super().embed_chunks(chunks)


def test_statements_with_passages_of_their_own_are_checked_together_as_one_by_one() -> None:
    embedder = Counting()
    claims = [
        ("Refunds are paid on Monday.", [POLICY]),
        ("Los reembolsos se pagan el lunes.", [POLICY]),
        ("El envío cuesta 5,99 €.", [RETURNS]),
        ("Delivery costs €7.99.", [RETURNS]),
        ("Hola.", [RETURNS]),
    ]
    one_by_one = [SupportCheck(HashingEmbedder()).check(*claim) for claim in claims]
    check = SupportCheck(embedder)
    check.check("Los reembolsos se pagan el martes.", [POLICY])
    check.check("Delivery costs €8.99.", [RETURNS])
    before = embedder.asked
    assert check.check_each(claims) == one_by_one
    assert embedder.asked - before <= 2


@pytest.mark.parametrize(
    ("statement", "evidence", "language"),
    [
        ("Su validez es de 24 meses.", "La tarjeta es personal. Caduca a los 24 meses.", "es"),
        (
            "Professional use is left out of the guarantee.",
            "The guarantee does not cover professional use.",
            "en",
        ),
        (
            "No reason has to be given for a return.",
            "You do not have to give a reason for a return.",
            "en",
        ),
    ],
)
def test_the_same_in_everyday_words_of_another_kind_is_supported(
    statement: str, evidence: str, language: Language
) -> None:
    found = checked(statement, Evidence(evidence, language), language)
    assert found.verdict == "supported", found.reasons


@pytest.mark.parametrize(
    ("statement", "evidence", "language"),
    [
        ("No se devuelve sin la factura.", "Se devuelve sin la factura.", "es"),
        ("Se devuelve sin la factura.", "No se devuelve sin la factura.", "es"),
        ("Every reason has to be given.", "No reason has to be given.", "en"),
    ],
)
def test_the_contrary_in_such_words_is_not(
    statement: str, evidence: str, language: Language
) -> None:
    found = checked(statement, Evidence(evidence, language), language)
    assert found.verdict != "supported"


@pytest.mark.parametrize(
    ("statement", "language", "evidence"),
    [
        (
            "La responsabilidad podrá exceder los 500 USD.",
            "es",
            Evidence("Liability shall not exceed 500 USD.", "en"),
        ),
        (
            "Parliament is not unable to legislate on tax.",
            "en",
            Evidence("El Parlamento no puede legislar sobre impuestos.", "es"),
        ),
        (
            "The NFL's defense ranked sixth in the NFL.",
            "en",
            Evidence("La defensa de los Panthers fue la sexta de la NFL.", "es"),
        ),
    ],
)
def test_denials_denied_limits_passed_and_names_said_twice_are_told_across_languages(
    statement: str, language: Language, evidence: Evidence
) -> None:
    found = checked(statement, evidence, language)
    assert {"negation", "other_name"} & {reason.cause for reason in found.reasons}


@pytest.mark.parametrize(
    ("text", "scattered"),
    [
        ("Llamamos en 2 días laborables.", False),
        ("Llamamos en 2 días laborables y contestamos en 15 días laborables.", True),
        ("El día laborable 10 le llamamos, y en 2 días laborables.", True),
        ("La recogida cuesta 39 € en península y 84 € en Canarias.", False),
    ],
)
def test_figures_of_two_sentences_in_one_statement_are_told(text: str, scattered: bool) -> None:
    own = (
        "1. Llamamos en 2 días laborables.\n2. El día laborable 10 decimos cómo va.\n"
        "3. Contestamos en 15 días laborables.\n"
        "4. La recogida cuesta 39 € en península y 84 € en Canarias."
    )
    (found,) = SupportCheck().compare_each([(text, [Evidence(own, "es")])], "es")
    assert isinstance(found, Compared)
    assert found.scattered == scattered
