from __future__ import annotations

import re

import numpy as np

from eval.speed.variation import Original, Variation
from knowledge.search.rows import check_chunks
from tests.fakes import HashingEmbedder, document_of

PARAGRAPHS = (
    "El cliente puede devolver el colchón en 30 días si conserva la factura de compra.",
    "La recogida cuesta 29,90 euros y la paga Almendro cuando el mueble llega dañado.",
    "Código ERR-00123: la centralita no responde, avise al responsable del turno de tarde.",
)


def an_original() -> Original:
    document, chunks, _ = document_of("politica.md", PARAGRAPHS)
    return document, tuple(chunks), tuple(HashingEmbedder().embed_chunks(chunks))


def test_a_copy_is_consistent_with_itself() -> None:
    document, chunks, _ = Variation(1).apply(an_original())

    check_chunks(document, chunks)
    assert all(
        chunk.text[a:b].strip() == chunk.text[a:b] != ""
        for chunk in chunks
        for a, b in chunk.sentences
    )
    assert [document.text[b.start : b.end] for b in document.blocks] == [c.text for c in chunks]


def test_the_same_copy_is_made_the_same_every_time() -> None:
    first, again = Variation(3).apply(an_original()), Variation(3).apply(an_original())

    assert first[:2] == again[:2]
    assert all(np.array_equal(a.vector, b.vector) for a, b in zip(first[2], again[2], strict=True))


def test_copies_differ_in_name_text_and_content_hashes() -> None:
    copies = [Variation(number).apply(an_original()) for number in range(1, 6)]

    assert len({document.name for document, _, _ in copies}) == 5
    assert len({document.text for document, _, _ in copies}) == 5
    assert len({chunk.content_hash for _, chunks, _ in copies for chunk in chunks}) == 15


def test_numbers_and_codes_keep_their_form() -> None:
    document, _, _ = Variation(2).apply(an_original())

    assert re.search(r"ERR-[1-9]{5}:", document.text)
    assert re.search(r" [1-9]{2},[1-9]{2} euros", document.text)


def test_function_words_stay() -> None:
    document, _, _ = Variation(2).apply(an_original())

    assert document.text.startswith("El ")
    assert " de " in document.text


def test_vectors_move_a_little_and_keep_their_length() -> None:
    original = an_original()
    _, _, vectors = Variation(1).apply(original)

    for before, after in zip(original[2], vectors, strict=True):
        assert abs(float(np.linalg.norm(after.vector)) - 1) < 1e-5
        assert 0.9 < float(before.vector @ after.vector) < 0.999
        assert after.sentences.shape == before.sentences.shape
        assert after.sentences.dtype == np.float16
