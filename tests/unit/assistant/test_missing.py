"""What a question names that no passage shown has is found, and nothing else."""

from __future__ import annotations

import pytest

from assistant.asked_words import ASKED, families, parse
from assistant.missing import MAX_NAMED, Missing, codes_of, missing
from assistant.models import Citation, Statement
from knowledge.models import Language
from knowledge.search.retrieval import LONG_QUESTION_CHARS
from tests.unit.assistant.made import found, passage

WASHER = "Código E18: no desagua. Limpie el filtro. Lavadora de 7 kg."


def said(
    text: str, *, title: str = "Guía", document: str = "guia.md", language: Language = "es"
) -> Statement:
    cited = Citation(document, title, None, None, (), text, 0, len(text), language)
    return Statement(text, (cited,))


def absent(
    question: str, *shown: Statement, pool: str = WASHER, language: Language = "es"
) -> Missing:
    chunks = [passage(pool, language=language)]
    return missing(question, found(chunks, asked=question, language=language), shown)


@pytest.mark.parametrize(
    ("question", "codes"),
    [
        ("La lavadora da E55, ¿qué hago?", ["E55"]),
        ("lav-al-7012 marca e55", ["lav-al-7012", "e55"]),
        ("¿Lleva certificado OEKO-TEX?", ["OEKO-TEX"]),
        ("¿Cabe en 60cm? Es de 7kg, 90x190cm y 4x4", []),
        ("the 2nd one after 24h, 10am, 1h30m", []),
        ("mi pedido ALM-20391 no llega", []),
        ("My order number is AB12345", []),
        ("factura n.º F2026-118", []),
        ("mi correo es ana7@mail.example", []),
        ("DNI 12345678Z, ¿me dan de alta?", []),
        ("¿Cuánto tarda?", []),
    ],
)
def test_codes_are_told_from_amounts_and_from_customers_own_numbers(
    question: str, codes: list[str]
) -> None:
    assert list(codes_of(question)) == codes


def test_a_code_that_is_nowhere_is_missing_as_it_was_typed() -> None:
    assert absent("la lavadora da e55", said(WASHER)).codes == ("e55",)


@pytest.mark.parametrize("typed", ["E18", "e18"])
def test_a_code_that_is_shown_is_not_missing(typed: str) -> None:
    assert absent(f"la lavadora da {typed}", said(WASHER)) == Missing()


def test_a_code_may_be_written_in_parts() -> None:
    shown = said("Precio: 449 €.", title="Lavadora LAV AL 7012")
    assert absent("precio LAV-AL-7012", shown).codes == ()


def test_a_code_found_but_not_shown_is_a_reservation_and_no_refusal() -> None:
    assert absent("error E18", said("Código E24: la puerta no cierra.")) == Missing(names=("E18",))


def test_a_code_that_is_nowhere_counts_beside_one_that_is_shown() -> None:
    assert absent("¿qué son E18 y E55?", said(WASHER)) == Missing(codes=("E55",))


def test_a_name_inside_a_sentence_is_missing_where_nothing_shown_has_it() -> None:
    shown = said("El envío a Baleares cuesta 59 €.")
    assert absent("¿Cuánto cuesta el envío a Lisboa?", shown).names == ("Lisboa",)
    assert absent("¿Cuánto cuesta el envío a Baleares?", shown).names == ()


@pytest.mark.parametrize(
    "question",
    [
        "Soy Marta García y quiero devolverlo",
        "¿Llega el Viernes?",
        "Hola. Quiero devolverlo",
        "QUIERO DEVOLVER EL SOFÁ EN LISBOA",
    ],
)
def test_people_days_first_words_and_capitals_throughout_are_no_names(question: str) -> None:
    assert absent(question, said("La devolución es gratuita.")).names == ()


def test_names_are_not_looked_for_in_the_other_language() -> None:
    shown = said("Delivery to Warsaw takes 9 days.", language="en")
    assert absent("¿Cuánto tarda el envío a Varsovia?", shown).names == ()


def test_another_kind_of_product_is_noticed_by_the_title_of_what_is_shown() -> None:
    shown = said("Limpie el filtro cada mes.", title="Lavadora LAV-AL-7012")
    assert absent("¿cómo limpio el filtro del lavavajillas?", shown).names == ("lavavajillas",)
    assert absent("¿cómo limpio el filtro de la lavadora?", shown).names == ()


def test_what_holds_for_all_products_names_none_and_answers() -> None:
    shown = said("El dinero se devuelve en 10 días.", title="Devoluciones")
    assert absent("devolví la cómoda, ¿cuándo veo el dinero?", shown) == Missing()


def test_a_colour_is_missing_wherever_it_is_not_named() -> None:
    shown = said("Silla Olmo, en roble o blanca, 59 €.")
    assert absent("¿hay la silla olmo en verde?", shown).names == ("verde",)
    assert absent("¿hay la silla olmo en blanco?", shown).names == ()


@pytest.mark.parametrize(
    ("question", "language", "named"),
    [
        ("¿Y cuánto mide de fondo?", "es", ("cuánto mide",)),
        ("a cuantos grados llega", "es", ("cuantos grados",)),
        ("how deep is it", "en", ("how deep",)),
        ("¿cuánto pesa?", "es", ()),
        ("¿cuánto cuesta?", "es", ()),
    ],
)
def test_what_is_to_be_measured_needs_a_figure_of_its_kind(
    question: str, language: Language, named: tuple[str, ...]
) -> None:
    row = "Producto: Secadora; Precio (€): 569,00; Peso (kg): 49"
    assert absent(question, said(row), language=language).measures == named


def test_without_statements_what_was_found_counts() -> None:
    assert absent("la lavadora da E55") == Missing(codes=("E55",))
    assert absent("la lavadora da E18") == Missing()


def test_of_a_letter_only_codes_count_and_refuse_nothing() -> None:
    letter = "Vivo en Lisboa y la lavadora da E55. " + "No sé qué hacer con ella. " * 30
    assert len(letter) > LONG_QUESTION_CHARS
    assert absent(letter, said(WASHER)) == Missing(names=("E55",))


def test_few_words_are_named_codes_first() -> None:
    named = Missing(("E1", "E2"), ("Lisboa", "E1", "Oporto"), ("cuánto mide",)).all
    assert named == ("E1", "E2", "Lisboa", "Oporto")
    assert len(named) == MAX_NAMED


def test_nothing_found_is_nothing_missing() -> None:
    assert missing("E55", found([], asked="E55"), []) == Missing()


def test_the_bundled_families_have_words_in_both_languages() -> None:
    for family in families():
        for kind in family.kinds:
            assert all(all(phrases) for phrases in kind.phrases.values())
    assert ASKED


def test_a_kind_without_words_in_one_language_is_refused() -> None:
    with pytest.raises(ValueError, match="without words in one of the languages"):
        parse('[[family]]\nkinds = [["horno", ""]]')
