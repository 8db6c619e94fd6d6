"""Sentences, statements and collections made of text, for tests."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np

from knowledge.conflicts.statements import Collection, Sentence, Statement
from knowledge.conflicts.wording import Rarity
from knowledge.models import Language

DIMENSION = 128
Said = tuple[str, str, Language, str]
"""Document, matter, language, text: what is said of one matter has nearly one vector, and one
heading."""


def sentence(
    text: str,
    language: Language = "es",
    document: str = "a.md",
    *,
    heading: str = "",
    row: int | None = None,
) -> Sentence:
    title, headings = document.removesuffix(".md"), (heading,) if heading else ()
    return Sentence(document, title, headings, text, 0, len(text), language, row)


def statement(text: str, language: Language = "es", document: str = "a.md") -> Statement:
    return Statement.read(sentence(text, language, document), Rarity([text]))


def collection(said: Sequence[Said], like: Collection | None = None) -> Collection:
    """A collection of sentences, those of one matter near each other."""
    sentences = [
        sentence(text, language, document, heading=matter)
        for document, matter, language, text in said
    ]
    vectors = np.stack([_vector(matter, text) for _, matter, _, text in said])
    return Collection.of(sentences, vectors.astype(np.float16), like)


def _vector(matter: str, text: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    matter_vector, text_vector = (
        np.random.default_rng(zlib.crc32(words.encode())).standard_normal(DIMENSION)
        for words in (matter, text)
    )
    mixed = matter_vector + 0.2 * text_vector
    return np.asarray(mixed / np.linalg.norm(mixed))
