"""What the ingest benchmark counts and what it runs on."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from eval.speed.ingest import CHUNK_TOKENS, FALLBACK_TEXT, count_operations, make_chunks


def count_words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def test_operations_are_those_of_the_matrix_products() -> None:
    sizes = {"hidden_size": 2, "intermediate_size": 3, "num_hidden_layers": 5}
    # per layer and token: four 2×2 products and two of 2×3, each weight one multiply-add;
    # attention: every pair of the 10 tokens, two products of width 2
    linear = 10 * (4 * 2 * 2 + 2 * 2 * 3) * 2
    attention = 10 * 10 * 2 * 2 * 2
    assert count_operations(10, sizes) == 5 * (linear + attention)


def test_the_bundled_models_operations_are_46_million_per_token_at_174_tokens() -> None:
    sizes = {"hidden_size": 384, "intermediate_size": 1536, "num_hidden_layers": 12}
    assert count_operations(174, sizes) / 174 == pytest.approx(45.7e6, rel=0.01)


def test_chunks_have_about_the_size_asked_for_and_end_with_a_sentence() -> None:
    chunks = make_chunks(FALLBACK_TEXT * 20, count_words, n_chunks=12)
    sizes = count_words([chunk.text for chunk in chunks])
    assert len(chunks) == 12
    assert min(sizes) >= CHUNK_TOKENS * 0.95
    assert max(sizes) < CHUNK_TOKENS * 1.2
    assert all(chunk.text.endswith(".") for chunk in chunks)


def test_the_sentences_of_a_chunk_cover_it() -> None:
    (chunk,) = make_chunks("Una frase. Otra más. ", count_words, n_chunks=1)
    assert chunk.text[slice(*chunk.sentences[0])] == "Una frase."
    assert chunk.text[slice(*chunk.sentences[1])] == "Otra más."
    assert chunk.sentences[-1][1] == len(chunk.text)
