from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.cards import MAX_ANSWER_CHARS, Card, card_document, card_name
from knowledge.errors import SettingsError
from knowledge.search.rows import check_chunks

CARD = Card(
    question="¿Puedo cambiar la dirección de entrega?",
    answer="Sí, hasta 24 horas antes.\nLe confirmo el cambio por correo.",
    language="es",
    variants=("cambiar direccion de envio", "me he mudado"),
    conditions="Solo si no ha salido del almacén.",
)


def test_every_way_of_asking_is_a_chunk_of_the_same_words() -> None:
    document, chunks, original = card_document(CARD)
    check_chunks(document, chunks)
    assert [chunk.text for chunk in chunks] == [CARD.answer] * 3
    assert [chunk.context for chunk in chunks] == [CARD.question, *CARD.variants]
    assert len({chunk.content_hash for chunk in chunks}) == 3
    assert original.decode() == document.text
    assert (document.media_type, document.title) == ("card", CARD.question)


def test_the_conditions_can_be_read_and_are_no_part_of_the_words() -> None:
    document, chunks, _ = card_document(CARD)
    assert CARD.conditions in document.text[: chunks[0].start]
    assert [block.kind for block in document.blocks] == ["heading", "paragraph", "paragraph"]
    bare, (chunk,), _ = card_document(replace(CARD, variants=(), conditions=""))
    assert bare.text == f"{CARD.question}\n\n{CARD.answer}"
    assert bare.text[chunk.start : chunk.end] == CARD.answer


def test_a_card_is_named_by_its_question() -> None:
    assert card_name(CARD) == "tarjetas/puedo-cambiar-la-direccion-de-entrega.card"
    assert card_document(CARD, "tarjetas/otra.card")[0].name == "tarjetas/otra.card"
    assert card_name(replace(CARD, question="???", language="en")) == "cards/card.card"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"question": "  "}, "needs a question"),
        ({"answer": ""}, "needs a question"),
        ({"answer": "x" * (MAX_ANSWER_CHARS + 1)}, "1201 characters"),
        ({"variants": ("y" * 201,)}, "has 201"),
        ({"variants": ("z",) * 21}, "there are 21"),
    ],
)
def test_a_card_that_cannot_be_said_is_refused_with_what_is_wrong(
    change: dict[str, object], said: str
) -> None:
    with pytest.raises(SettingsError, match=said):
        card_document(replace(CARD, **change))  # type: ignore[arg-type]
