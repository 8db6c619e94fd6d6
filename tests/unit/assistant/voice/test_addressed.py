"""Sentences about the customer, said to the customer: right forms, or the sentence as it is."""

from __future__ import annotations

import pytest

from assistant.voice import english, spanish
from assistant.voice.models import Address


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        ("El cliente puede devolverlo.", "Usted puede devolverlo."),
        ("Se abonará al cliente el importe.", "Se le abonará el importe."),
        ("Almendro devuelve al cliente el envío.", "Almendro le devuelve el envío."),
        ("No se cobrará al cliente la visita.", "No se le cobrará la visita."),
        ("Los gastos son por cuenta del cliente.", "Los gastos son por su cuenta."),
        ("Se recoge en el domicilio del cliente.", "Se recoge en su domicilio."),
        ("Según los datos del cliente, cambia.", "Según sus datos, cambia."),
        ("Es gratis para el cliente.", "Es gratis para usted."),
        ("Lo que pida el cliente.", "Lo que pida usted."),
        ("Si el consumidor no lo pide, no se envía.", "Si usted no lo pide, no se envía."),
        ("Lo lleva Atención al Cliente.", "Lo lleva Atención al Cliente."),
    ],
)
def test_usted(policy: str, said: str) -> None:
    assert spanish.addressed(policy, "usted") == said


@pytest.mark.parametrize(
    ("form", "policy", "said"),
    [
        ("tu", "El cliente puede devolverlo.", "Puedes devolverlo."),
        ("tu", "El cliente recibirá el importe.", "Recibirás el importe."),
        ("tu", "Se abona al cliente el importe.", "Se te abona el importe."),
        ("tu", "Va por cuenta del cliente.", "Va por tu cuenta."),
        ("vos", "El cliente puede devolverlo.", "Podés devolverlo."),
        ("vos", "Si el cliente elige otro, el envío sube.", "Si elegís otro, el envío sube."),
        ("vos", "Es gratis para el cliente.", "Es gratis para vos."),
    ],
)
def test_tu_and_vos_agree_with_their_verb(form: Address, policy: str, said: str) -> None:
    assert spanish.addressed(policy, form) == said


@pytest.mark.parametrize(
    "policy",
    [
        "Un cliente enfadado llama.",
        "El cliente que compra por teléfono puede desistir.",
        "El cliente particular no paga.",
        "Nunca se envía al cliente al fabricante.",
        "Se pregunta al cliente qué prefiere.",
        "Avise al cliente cada minuto.",
        "La entrega al cliente tarda un día.",
        "Otra persona puede recogerlo si el cliente lo autorizó.",
        "No se dan extensiones a los clientes.",
        "Descargue el software del cliente.",
        "Se aplica a las disputas relacionadas con el consumidor.",
    ],
)
def test_what_is_not_certain_stays(policy: str) -> None:
    assert spanish.addressed(policy, "usted") is None


@pytest.mark.parametrize(
    "policy",
    [
        "El cliente puede oponerse.",
        "El cliente avisa desde que conoce el daño.",
        "El cliente lo comunicó ayer.",
        "El cliente paga y recibe su factura.",
        "Le avisamos cuando el cliente quiera.",
    ],
)
def test_tu_stays_where_another_word_may_be_the_customers(policy: str) -> None:
    assert spanish.addressed(policy, "tu") is None


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        ("The customer has 14 days.", "You have 14 days."),
        ("If the customer asks, we refund the customer.", "If you ask, we refund you."),
        ("Customers may return the item.", "You may return the item."),
        ("It is sent to the customer's address.", "It is sent to your address."),
        ("The customer doesn't pay.", "You don't pay."),
        ("Ask customer service.", "Ask customer service."),
    ],
)
def test_english(policy: str, said: str) -> None:
    assert english.addressed(policy) == said


@pytest.mark.parametrize(
    "policy",
    [
        "A customer who calls needs no technician.",
        "The customer sends the parts and we check them.",
        "The customer may keep their order.",
        "English-speaking customers can write to us.",
        "Use the customer title.",
        "We see to it that users and customers are not charged.",
        "It is stored on a customer's server.",
        "If you agree to a customer interview, we record it.",
        "Your use is not that of a consumer.",
        "Access to your visitors' or customers' data is needed.",
        "We answer the questions that customers have.",
    ],
)
def test_english_stays_where_it_is_not_certain(policy: str) -> None:
    assert english.addressed(policy) is None
