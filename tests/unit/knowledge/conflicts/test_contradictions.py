"""Which sentences of a collection contradict each other, and how sure that is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.conflicts.contradictions import Contradiction, contradictions, contradictions_of
from knowledge.conflicts.statements import Collection
from knowledge.models import Language
from tests.unit.knowledge.conflicts.making import Said, collection

ES = "Puede solicitar la devolución del producto en un plazo de {} días."
EN = "You can request the return of the product within {} days."
OTHERS: list[Said] = [
    ("c.md", "envíos", "es", "Los paquetes grandes se envían desde el almacén central."),
    ("c.md", "soporte", "en", "Technical support answers by chat and by telephone."),
    ("d.md", "cuentas", "es", "La contraseña se cambia en los ajustes de la cuenta."),
    ("d.md", "datos", "en", "Invoices are kept in the customer area."),
]


def pairs(found: list[Contradiction]) -> list[tuple[str, str]]:
    return [(one.first.document, one.second.document) for one in found]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("es", ES.format(14)), ("es", ES.format(30))),
        (("en", EN.format(14)), ("en", EN.format(30))),
        (("es", ES.format(14)), ("en", EN.format(30))),
    ],
)
def test_two_deadlines_for_one_thing_are_reported(
    first: tuple[Language, str], second: tuple[Language, str]
) -> None:
    said: list[Said] = [("a.md", "devolución", *first), ("b.md", "devolución", *second), *OTHERS]
    (found,) = contradictions(collection(said))
    assert {found.first.document, found.second.document} == {"a.md", "b.md"}
    assert (found.aspect, found.kind) == ("value", "duration")
    assert found.score >= 0.5


def test_its_reason_names_both_values_in_the_readers_language() -> None:
    said: list[Said] = [
        ("a.md", "devolución", "es", ES.format(14)),
        ("b.md", "devolución", "en", EN.format(30)),
        *OTHERS,
    ]
    (found,) = contradictions(collection(said))
    assert found.reason("es") == "plazo: «14 días» frente a «30 days»"
    assert found.reason("en") == "period: “14 días” against “30 days”"


def test_one_deadline_in_two_units_is_not_reported() -> None:
    said: list[Said] = [
        ("a.md", "devolución", "es", ES.format(14)),
        ("b.md", "devolución", "en", EN.replace("{} days", "two weeks")),
        *OTHERS,
    ]
    assert contradictions(collection(said)) == []


def test_what_is_far_apart_in_meaning_is_not_compared() -> None:
    said: list[Said] = [
        ("a.md", "devolución", "es", ES.format(14)),
        ("b.md", "otra cosa", "es", ES.format(30)),
        *OTHERS,
    ]
    assert contradictions(collection(said)) == []


def test_rules_of_two_products_are_about_two_things() -> None:
    rule = "La suscripción a {} se cancela con {} días de aviso."
    said: list[Said] = [
        ("a.md", "cancelar", "es", rule.format("Lumbre", 15)),
        ("b.md", "cancelar", "es", rule.format("Faro", 30)),
        *[("a.md", f"l{n}", "es", f"Con Lumbre se hace la cosa número {n}.") for n in range(4)],
        *[("b.md", f"f{n}", "es", f"Con Faro se hace la cosa número {n}.") for n in range(4)],
        *OTHERS,
    ]
    assert contradictions(collection(said)) == []
    one_product = [(d, m, lang, t.replace("Faro", "Lumbre")) for d, m, lang, t in said]
    assert pairs(contradictions(collection(one_product))) == [("a.md", "b.md")]


def test_sections_of_one_document_contradict_each_other_but_neighbours_do_not() -> None:
    said: list[Said] = [
        ("a.md", "devolución", "es", ES.format(14)),
        ("a.md", "devolución", "es", ES.format(30)),
        *OTHERS,
    ]
    neighbours = collection(said)
    assert contradictions(neighbours, reported_from=0.0) == []
    elsewhere = replace(neighbours.statements[1].sentence, headings=("Otro apartado",))
    apart = [s.sentence for s in neighbours.statements]
    apart[1] = elsewhere
    moved = Collection.of(apart, neighbours.vectors.astype("float16"))
    (found,) = contradictions(moved, reported_from=0.0)
    assert (found.first.document, found.second.document) == ("a.md", "a.md")


def test_a_sentence_that_the_other_document_also_says_is_about_something_else() -> None:
    said: list[Said] = [
        ("a.md", "devolución", "es", ES.format(14)),
        ("b.md", "devolución", "es", ES.format(30)),
        ("b.md", "devolución", "es", ES.format("catorce")),
        *OTHERS,
    ]
    assert contradictions(collection(said)) == []


def test_beside_a_far_surer_finding_a_sentence_is_not_reported_for_what_is_merely_like_it() -> None:
    like = "Los artículos devueltos en la tienda se revisan en un plazo de {} días por el taller."
    said: list[Said] = [
        ("a.md", "devolución", "es", ES.format(14)),
        ("b.md", "devolución", "es", ES.format(30)),
        ("e.md", "devolución", "es", like.format(45)),
        *OTHERS,
    ]
    every = contradictions(collection(said), reported_from=0.0)
    surest, *echoes = every
    bar = max(echo.score for echo in echoes) - 0.01
    assert {surest.first.text, surest.second.text} == {ES.format(14), ES.format(30)}
    assert contradictions(collection(said), reported_from=bar) == [surest]
    alone = [one for one in said if one[0] != "b.md"]
    assert len(contradictions(collection(alone), reported_from=bar - 0.1)) == 1


def test_of_a_sentence_and_a_document_only_the_surest_is_reported() -> None:
    looser = "La devolución de un producto puede tardar: plazo de {} días, sin contar festivos."
    said: list[Said] = [
        ("a.md", "devolución", "es", ES.format(14)),
        ("b.md", "devolución", "es", ES.format(30)),
        ("b.md", "devolución", "es", looser.format(45)),
        *OTHERS,
    ]
    (found,) = contradictions(collection(said), reported_from=0.0)
    assert {found.first.text, found.second.text} == {ES.format(14), ES.format(30)}


def test_the_surest_is_first_and_a_higher_bar_reports_it_alone() -> None:
    said: list[Said] = [
        ("a.md", "devolución", "es", ES.format(14)),
        ("b.md", "devolución", "es", ES.format(30)),
        ("a.md", "envío", "es", "El envío urgente de paquetes cuesta 5 euros."),
        ("c.md", "envío", "es", "Enviar paquetes urgentes fuera del país sale por 9 euros."),
        *OTHERS,
    ]
    found = contradictions(collection(said))
    surest, other = (one.score for one in found)
    assert surest > other
    assert contradictions(collection(said), reported_from=surest) == found[:1]


def test_what_is_new_is_compared_with_what_there_is_and_not_with_itself() -> None:
    there = collection([("a.md", "devolución", "es", ES.format(14)), *OTHERS])
    new: list[Said] = [
        ("n.md", "devolución", "es", ES.format(30)),
        ("m.md", "devolución", "es", ES.format(60)),
    ]
    found = contradictions_of(collection(new, like=there), there)
    assert found
    assert all(one.second.document == "a.md" for one in found)
    assert {one.first.document for one in found} <= {"n.md", "m.md"}


def test_nothing_is_found_in_nothing() -> None:
    there = collection(OTHERS)
    assert contradictions(there.where(lambda _: False)) == []


def test_how_far_it_is_only_grows_and_never_passes_the_end() -> None:
    told: list[tuple[int, int]] = []
    said: list[Said] = [
        ("a.md", "devolución", "es", ES.format(14)),
        ("b.md", "devolución", "en", EN.format(30)),
        *OTHERS,
    ]
    contradictions(collection(said), progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[0][0] == 0
    assert all(done <= total == told[0][1] for done, total in told)
    assert len(told) > 5
