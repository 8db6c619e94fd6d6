"""What is planted says another value, the same in another way, or the opposite."""

from __future__ import annotations

import random

import pytest

from eval.planting.planted import Corpus, reworded, slotted
from eval.planting.rewriting import changed, contrary, reformatted
from knowledge.conflicts.disagreement import compare
from knowledge.errors import SettingsError
from knowledge.models import Language
from knowledge.quantities.extract import quantities_of

MARKED: list[tuple[Language, str]] = [
    ("es", "Reembolsamos en {14 días} tras recibirlo."),
    ("es", "Reembolsamos en {treinta días} tras recibirlo."),
    ("en", "We refund it within {48 hours} of receiving it."),
    ("en", "The fee is {$25} for each order."),
    ("en", "A discount of {10%} applies."),
]


@pytest.mark.parametrize(("language", "marked"), MARKED)
@pytest.mark.parametrize("seed", range(5))
def test_a_changed_value_differs_and_another_spelling_does_not(
    language: Language, marked: str, seed: int
) -> None:
    text, slot = slotted(marked, language)
    assert slot is not None
    chance = random.Random(seed)
    for rewritten, wanted in (
        (changed(text, slot, language, chance), "value"),
        (reformatted(text, slot, language, chance), "same"),
    ):
        (read,) = quantities_of(rewritten, language)
        assert compare(slot, read, (language, language)) == wanted, rewritten
        assert rewritten.startswith(text[: slot.start])
        assert rewritten.endswith(text[slot.end :])


def test_one_seed_gives_one_text() -> None:
    text, slot = slotted(MARKED[0][1], "es")
    assert slot is not None
    once, again = (changed(text, slot, "es", random.Random(3)) for _ in range(2))
    assert once == again


@pytest.mark.parametrize(
    ("language", "text", "opposite"),
    [
        ("es", "Puede devolverlo abierto.", "no Puede devolverlo abierto."),
        ("es", "Los portes no se cobran.", "Los portes se cobran."),
        ("es", "Todo se envía por correo.", "Todo se envía por correo."),
        ("es", "Los clientes no pueden devolverlo.", "Los clientes pueden devolverlo."),
        ("en", "You must show the invoice.", "You need not show the invoice."),
        ("en", "You may not return it.", "You may return it."),
        ("en", "Nothing is said.", "Nothing is said."),
    ],
)
def test_the_opposite_is_said_where_a_way_is_known(
    language: Language, text: str, opposite: str
) -> None:
    assert contrary(text, language) == opposite


def test_braces_without_a_quantity_are_refused() -> None:
    with pytest.raises(ValueError, match="no quantity is read between the braces"):
        slotted("Reembolsamos {pronto}.", "es")


def test_documents_of_another_version_are_refused_with_what_they_lack() -> None:
    with pytest.raises(SettingsError, match="below --data has no sentence"):
        list(reworded(Corpus({}, {}), seed=1))
