"""What tells who a customer is, is covered for whoever may not see customers."""

from __future__ import annotations

import pytest

from assistant.escalations.masking import masked_words
from knowledge.privacy.known import introduced_in

COVERED = [
    ("mi teléfono es el 612 34 56 78, gracias", "mi teléfono es el •••, gracias"),
    ("seis uno dos treinta y cuatro cincuenta y seis setenta y ocho", "•••"),
    ("ana.perez@example.com y ana.perez@example.com", "••• y •••"),
    ("ana punto perez arroba gmail punto com", "•••"),
    ("el pedido AL-20431, sí, el pedido AL-20431", "el pedido •••, sí, el pedido •••"),
    ("order number B C 4 4 7 1", "order number •••"),
    ("soy Matilde Orejudo de la Torre y llamo por el sofá", "soy ••• y llamo por el sofá"),
    ("me llamo matilde orejudo y llegó roto", "me llamo ••• y llegó roto"),
    ("my name is John Smith, it is broken", "my name is •••, it is broken"),
    ("la Sra. Pérez quiere devolverlo", "la Sra. ••• quiere devolverlo"),
    ("mi dni es 12345678Z", "mi dni es •••"),
    ("cuenta ES91 2100 0418 4502 0005 1332", "cuenta •••"),
]
KEPT = [
    "el colchón Viscosoft de 150 x 190 llegó roto",
    "son 1.200 euros y 30 días desde el 2/9/2026",
    "el error E13 de la LAV-AL-7012",
    "soy clienta desde 2019",
]


@pytest.mark.parametrize(("text", "wanted"), COVERED)
def test_what_is_recognised_is_covered(text: str, wanted: str) -> None:
    assert masked_words(text, names=False, contacts=False) == wanted


@pytest.mark.parametrize("text", KEPT)
def test_what_tells_nobody_stays(text: str) -> None:
    assert masked_words(text, names=False, contacts=False) == text


@pytest.mark.parametrize(("text", "_"), COVERED)
def test_whoever_may_see_customers_sees_all(text: str, _: str) -> None:
    assert masked_words(text, names=True, contacts=True) == text


def test_who_may_see_orders_may_still_not_see_telephones() -> None:
    text = "soy Ana Pérez, pedido AL-20431. Llámeme al 612 34 56 78"
    seen = masked_words(text, names=True, contacts=False)
    assert seen == "soy Ana Pérez, pedido AL-20431. Llámeme al •••"


def test_a_name_that_the_customer_gave_is_covered_where_it_comes_alone() -> None:
    said = introduced_in(["hola, me llamo matilde orejudo y llegó roto"])
    seen = masked_words("OREJUDO dice que Matilde no firma", names=False, contacts=True, known=said)
    assert seen == "••• dice que ••• no firma"
    text = "OREJUDO dice que no firma"
    assert masked_words(text, names=True, contacts=False, known=said) == text


def test_many_numbers_are_all_covered() -> None:
    numbers = [f"61234{n:04}" for n in range(60)]
    covered = masked_words("; ".join(numbers), names=False, contacts=False)
    assert not any(number in covered for number in numbers)
