"""What customers tell in their own words is searched by what policies call it."""

from __future__ import annotations

import pytest

from knowledge.models import Language
from knowledge.search.situations import parse, told


@pytest.mark.parametrize(
    ("question", "language", "name"),
    [
        ("el colchón llegó con un corte", "es", "Producto que llega dañado"),
        ("le llego roto el colchon al cliente", "es", "Producto que llega dañado"),
        ("me trajeron el sofá y tiene un agujero", "es", "Producto que llega dañado"),
        ("the table came broken", "en", "Damage on delivery"),
        ("she received it with a dent", "en", "Damage on delivery"),
        ("todavía no me ha llegado el pedido", "es", "Retraso en la entrega"),
        ("my order hasn't arrived", "en", "Late delivery"),
        ("me trajeron otro color", "es", "Artículo equivocado"),
        ("they sent the wrong chair", "en", "Wrong item delivered"),
        ("le cobraron dos veces", "es", "Cobro duplicado o indebido"),
        ("I was charged twice", "en", "Duplicate or wrong charge"),
        ("dice que ya no lo quiere", "es", "Devolución y desistimiento"),
        ("she changed her mind", "en", "Return and right of withdrawal"),
        ("quiere poner una queja", "es", "Reclamaciones y quejas"),
        ("he is fed up and wants to talk to a manager", "en", "Complaints"),
    ],
)
def test_a_situation_is_told_in_the_customer_s_words(
    question: str, language: Language, name: str
) -> None:
    found = told(question, language)
    assert found is not None
    assert found.names[language] == name


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("¿cuánto tarda la entrega?", "es"),
        ("¿a qué hora llega el camión?", "es"),
        ("¿el seguro cubre los daños por agua?", "es"),
        ("horario de la tienda", "es"),
        ("la lavadora no desagua", "es"),
        ("faltan tornillos en la caja", "es"),
        ("when does it arrive", "en"),
        ("is water damage covered?", "en"),
        ("can I open the box?", "en"),
        ("", "es"),
    ],
)
def test_other_questions_tell_none(question: str, language: Language) -> None:
    assert told(question, language) is None


@pytest.mark.parametrize("broken", ['name = ""', "tells = []", "other = 1"])
def test_a_situation_without_name_or_words_is_refused(broken: str) -> None:
    good = 'name = "a"\ntells = [["b"]]'
    key = broken.split(" ")[0]
    lines = [line for line in good.splitlines() if not line.startswith(key)]
    if key == "other":
        lines = lines[:1]
    text = "\n".join(["[[situation]]", "[situation.es]", *lines, broken, "[situation.en]", good])
    with pytest.raises(ValueError, match="without name or words"):
        parse(text)
