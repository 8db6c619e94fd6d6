"""Two statements of one thing: what they say differently, and what only looks different."""

from __future__ import annotations

import pytest

from knowledge.conflicts.disagreement import agree, disagreement
from knowledge.models import Language
from tests.unit.knowledge.conflicts.making import statement

Side = tuple[Language, str]


@pytest.mark.parametrize(
    ("one", "other", "aspect", "said"),
    [
        # Numbers and amounts
        (
            ("es", "El envío cuesta 4,95 €."),
            ("es", "El envío cuesta 5,95 €."),
            "value:money",
            ("4,95 €", "5,95 €"),
        ),
        (
            ("es", "El límite es de 1.500 euros."),
            ("en", "The limit is €1,550."),
            "value:money",
            ("1.500 euros", "€1,550"),
        ),
        (
            ("en", "Delivery is free of charge."),
            ("es", "La entrega cuesta 3 €."),
            "value:money",
            ("free of charge", "3 €"),
        ),
        (
            ("es", "Se aplica un descuento del diez por ciento."),
            ("en", "A discount of 15% applies."),
            "value:percent",
            ("diez por ciento", "15%"),
        ),
        (
            ("es", "Puede añadir 3 usuarios."),
            ("en", "You can add five users."),
            "value:count",
            ("3", "five"),
        ),
        (
            ("es", "Llame al 900 123 456."),
            ("es", "Llame al 900 123 457."),
            "value:phone",
            ("900 123 456", "900 123 457"),
        ),
        # Units
        (
            ("en", "Shipping costs $4.95."),
            ("en", "Shipping costs €4.95."),
            "value:money",
            ("$4.95", "€4.95"),
        ),
        (
            ("es", "El paquete pesa 2 kg."),
            ("en", "The parcel weighs 3000 g."),
            "value:measure",
            ("2 kg", "3000 g"),
        ),
        (
            ("en", "It takes 24 hours."),
            ("es", "Tarda 24 días."),
            "value:duration",
            ("24 hours", "24 días"),
        ),
        # Dates and times
        (
            ("es", "La oferta acaba el 31 de enero de 2026."),
            ("en", "The offer ends on February 28, 2026."),
            "value:date",
            ("31 de enero de 2026", "February 28, 2026"),
        ),
        (
            ("en", "The offer ends in March 2026."),
            ("en", "The offer ends on 3 April 2026."),
            "value:date",
            ("March 2026", "3 April 2026"),
        ),
        (
            ("es", "Abrimos a las 9:00."),
            ("en", "We open at 10 am daily."),
            "value:time",
            ("9:00", "10 am"),
        ),
        # Deadlines
        (
            ("es", "El reembolso se hace en 14 días."),
            ("es", "El reembolso se hace en treinta días."),
            "value:duration",
            ("14 días", "treinta días"),
        ),
        (
            ("en", "You have one year to claim."),
            ("es", "Tiene 24 meses para reclamar."),
            "value:duration",
            ("one year", "24 meses"),
        ),
        (
            ("es", "Tiene 5 días hábiles para reclamar."),
            ("en", "You have 5 calendar days to claim."),
            "days:duration",
            ("5 días hábiles", "5 calendar days"),
        ),
        (
            ("es", "Dispone de 14 días desde la entrega."),
            ("en", "You have 14 days from the purchase date."),
            "anchor:duration",
            ("14 días", "14 days"),
        ),
        # Obligations and permissions
        (
            ("es", "Debe presentar la factura original."),
            ("es", "No es necesario presentar la factura original."),
            "obligation:",
            ("Debe", "No es necesario"),
        ),
        (
            ("en", "You must present the original invoice."),
            ("en", "You do not need to present the original invoice."),
            "obligation:",
            ("must", "do not need"),
        ),
        (
            ("es", "Puede devolver productos abiertos."),
            ("en", "You may not return opened products."),
            "obligation:",
            ("Puede", "may not"),
        ),
        # One of several, each for its own thing
        (
            ("en", "You may lend the licence to other companies."),
            (
                "en",
                "You may print the manual, and you may not lend the licence to other companies.",
            ),
            "obligation:",
            ("may", "may not"),
        ),
        # Denials
        (
            ("es", "Reembolsamos los gastos de envío."),
            ("es", "No reembolsamos los gastos de envío."),
            "denial:",
            ("Reembolsamos", "No"),
        ),
        (
            ("en", "We do not refund shipping costs."),
            ("en", "We refund shipping costs."),
            "denial:",
            ("not", "refund"),
        ),
    ],
)
def test_what_differs_is_found_and_where_it_is_said(
    one: Side, other: Side, aspect: str, said: tuple[str, str]
) -> None:
    first, second = statement(one[1], one[0]), statement(other[1], other[0], "b.md")
    found = disagreement(first, second)
    assert found is not None
    assert f"{found.aspect}:{found.kind}" == aspect
    assert (one[1][slice(*found.first)], other[1][slice(*found.second)]) == said
    assert not agree(first, second)
    turned = disagreement(second, first)
    assert turned is not None
    assert (turned.aspect, turned.first, turned.second) == (
        found.aspect,
        found.second,
        found.first,
    )


HARMLESS: list[tuple[Side, Side]] = [
    # Other ways to write one value
    (("es", "El envío cuesta 4,95 €."), ("en", "Shipping costs €4.95.")),
    (("es", "El límite es de 1.500 euros."), ("en", "The limit is €1,500.")),
    (("es", "La entrega es gratuita."), ("en", "Delivery is free of charge.")),
    (("es", "Un descuento del diez por ciento."), ("en", "A discount of 10%.")),
    (("es", "Puede añadir tres usuarios."), ("en", "You can add 3 users.")),
    (("es", "Llame al 900 123 456."), ("en", "Call +34 900 123 456.")),
    # The same in other units
    (("es", "El reembolso tarda 14 días."), ("en", "Refunds take two weeks.")),
    (("es", "El paquete pesa 2 kg."), ("en", "The parcel weighs 2000 g.")),
    (("es", "El archivo ocupa 5 GB."), ("en", "The file takes 5000 MB.")),
    (("es", "La garantía es de tres años."), ("en", "The warranty is 36 months.")),
    (("es", "Dispone de un mes."), ("en", "You have 30 days.")),
    (("es", "Tiene 10 días hábiles."), ("en", "You have 14 days.")),
    (("es", "Dura dos horas y media."), ("en", "It takes two and a half hours.")),
    # The same day and hour
    (("es", "Acaba el 31 de enero de 2026."), ("en", "It ends on 31/01/2026.")),
    (("en", "It ends on 3 January 2026."), ("es", "Acaba en enero de 2026.")),
    (("es", "Abrimos a las 15:00."), ("en", "We open at 3 pm.")),
    # The same obligation in other words
    (("es", "Debe presentar la factura."), ("en", "You must present the invoice.")),
    (("es", "No es necesaria la factura."), ("en", "An invoice is not required.")),
    (("en", "You cannot return it."), ("es", "No puede devolverlo.")),
]


@pytest.mark.parametrize(("one", "other"), HARMLESS)
def test_the_same_in_other_words_agrees(one: Side, other: Side) -> None:
    first, second = statement(one[1], one[0]), statement(other[1], other[0], "b.md")
    assert disagreement(first, second) is None
    assert agree(first, second)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # One value inside the other's range
        (("es", "El plazo es de 5 a 10 días."), ("es", "El plazo es de 7 días.")),
        # Different things measured
        (("es", "La cuota es de 10 € al mes."), ("es", "La cuota es de 100 € al año.")),
        (("es", "Puede añadir 3 usuarios."), ("es", "Puede añadir 5 carpetas.")),
        (("es", "Pesa 2 kg."), ("es", "Mide 2 m.")),
        (("es", "Cuesta 20 €."), ("es", "Tarda 30 días.")),
        # Names, not quantities
        (("es", "Versión 2.5.1 del manual."), ("es", "Versión 2.6.0 del manual.")),
        (("en", "See section 4.2 below."), ("en", "See section 5.1 below.")),
        # A limit is no denial
        (
            ("es", "No conservamos los datos más de 25 meses."),
            ("es", "Conservamos los datos 25 meses."),
        ),
        (
            ("en", "We do not keep data for more than 25 months."),
            ("en", "We keep data for 25 months."),
        ),
        # A condition demands nothing
        (
            ("es", "Si no tiene cuenta, compre como invitado."),
            ("es", "Tiene cuenta con nosotros."),
        ),
        # Words that only look like a denial
        (("es", "No obstante, puede cancelar el pedido."), ("es", "Puede cancelar el pedido.")),
        (
            ("en", "You can cancel not only by phone."),
            ("en", "You can cancel by phone."),
        ),
        # Items of a list, whose beginning says whether they are allowed
        (("es", "No enviar paquetes abiertos,"), ("es", "Enviar paquetes abiertos,")),
        # Both deny it, in other words
        (
            ("es", "No reembolsamos los gastos de envío."),
            ("es", "Los gastos de envío quedan excluidos: perderá los gastos de envío."),
        ),
        # What is allowed in both, though something else is forbidden
        (
            ("en", "You may print the manual."),
            (
                "en",
                "You may print the manual, and you may not lend the licence to other companies.",
            ),
        ),
        # The same forbidden and the same allowed, close together, in either language
        (
            ("en", "You must not use the catalogue as an offer; we may change the catalogue."),
            ("es", "No debe usar el catálogo como oferta; es posible que cambiemos el catálogo."),
        ),
        # "Optional" in both
        (("es", "Nuestros avisos son opcionales."), ("en", "Our notices are optional to receive.")),
        # Different things denied
        (
            ("es", "No reembolsamos los gastos de envío."),
            ("es", "Reembolsamos el precio del producto."),
        ),
    ],
)
def test_harmless_look_alikes_do_not_disagree(one: Side, other: Side) -> None:
    first, second = statement(one[1], one[0]), statement(other[1], other[0], "b.md")
    assert disagreement(first, second) is None
    assert disagreement(second, first) is None


def test_of_several_quantities_that_differ_the_one_with_like_words_around_is_told() -> None:
    one = "La devolución se pide en 14 días y la factura se guarda 4 años."
    other = "La factura se guarda 5 años y la devolución se pide en 14 días."
    found = disagreement(statement(one), statement(other, document="b.md"))
    assert found is not None
    assert (one[slice(*found.first)], other[slice(*found.second)]) == ("4 años", "5 años")
