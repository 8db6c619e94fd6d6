"""One company's documents -> another company's: same shape, other words, names and numbers.

A bench over 100,000 chunks needs texts that differ as real ones do, or the keyword statistics are
those of a few hundred chunks. Each copy replaces numbers, names and a share of the words, the same
word always by the same one, and moves the vectors a little. Speed is measured on such a corpus,
never the quality of answers.
"""

from __future__ import annotations

import hashlib
import math
import random
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from knowledge.models import Chunk, Document, Embedded, Language, Vector
from knowledge.search.spelling import dictionary
from knowledge.text import STOP_WORDS, fold

REPLACED_SHARE = 0.25
"""Of the words of a copy."""
RANK_SPREAD = 0.7
"""Standard deviation of the logarithm of a replacement's frequency rank over the word's own."""
COPY_SHIFT = 0.15
CHUNK_NOISE = 0.25
SENTENCE_NOISE = 0.15
"""Lengths of the random vectors added for each copy, chunk and sentence: chunks and their copies
have a cosine of about 0.96."""

_WORD = re.compile(r"[^\W_]+")
_SYLLABLES = "ba be bri ca cen cor da del do fa fe gal go ja la lem lor ma men mi na nor pal per "
_SYLLABLES += "que ra ren ri sa sel so ta ten tor tra u val ve vi xa yo za"

Original = tuple[Document, tuple[Chunk, ...], tuple[Embedded, ...]]
"""A document, its chunks in order, and the vectors of each."""


@dataclass(frozen=True)
class Variation:
    """How one copy differs from the originals.

    Attributes:
        number: of the copy; equal numbers give equal copies.
    """

    number: int

    @property
    def company(self) -> str:
        """A made-up name, different for each copy."""
        return f"{_name(random.Random(f'company {self.number}'))}{self.number}"

    def name_of(self, document: Document) -> str:
        """The name of the document's copy."""
        return f"{self.company}/{document.name}"

    def apply(self, original: Original) -> Original:
        """The document, chunks and vectors of this copy."""
        document, chunks, vectors = original
        vary = self._text_of(document.language)
        text, moved = _rewritten(document.text, _cuts(document, chunks), vary)
        name = self.name_of(document)
        blocks = (replace(b, start=moved[b.start], end=moved[b.end]) for b in document.blocks)
        copy = replace(
            document,
            name=name,
            title=vary(document.title),
            text=text,
            blocks=tuple(blocks),
            sha256=hashlib.sha256(text.encode()).hexdigest(),
        )
        varied = tuple(_moved(chunk, copy, moved, vary) for chunk in chunks)
        return copy, varied, self._vectors(document.name, vectors)

    def _text_of(self, language: Language) -> Callable[[str], str]:
        @cache
        def word(found: str) -> str:
            return _replacement(found, language, random.Random(f"{self.number} {found}"))

        return lambda text: _WORD.sub(lambda match: word(match.group()), text)

    def _vectors(self, name: str, vectors: tuple[Embedded, ...]) -> tuple[Embedded, ...]:
        if not vectors:
            return ()
        size = vectors[0].vector.shape[-1]
        shift = COPY_SHIFT * _direction(np.random.default_rng(self.number), size)
        seed = int.from_bytes(hashlib.sha256(f"{self.number} {name}".encode()).digest()[:8])
        generator = np.random.default_rng(seed)
        return tuple(_perturbed(e, shift, generator) for e in vectors)


def _replacement(word: str, language: Language, chance: random.Random) -> str:
    """What stands for a word in a copy; often itself."""
    if any(c.isdigit() for c in word):
        return "".join(str(chance.randint(1, 9)) if c.isdigit() else c for c in word)
    folded = fold(word)
    if len(word) < 4 or folded in STOP_WORDS:
        return word
    frequent, rank_of = _ranked(language)
    rank = rank_of.get(folded)
    if rank is None:
        is_name = word[0].isupper() and not word.isupper()
        return _name(chance).capitalize() if is_name else word
    if chance.random() >= REPLACED_SHARE:
        return word
    other = int((rank + 1) * math.exp(chance.gauss(0, RANK_SPREAD)))
    found = frequent[min(other, len(frequent) - 1)]
    return found.capitalize() if word[0].isupper() else found


@lru_cache(maxsize=2)
def _ranked(language: Language) -> tuple[list[str], dict[str, int]]:
    """Content words as they are spelled, most frequent first, and the place of each, folded."""
    known = dictionary(language)
    folded = sorted(
        (w for w in known.frequency if len(w) >= 4 and w.isalpha() and w not in STOP_WORDS),
        key=lambda w: -known.frequency[w],
    )
    return [known.accented[w] for w in folded], {w: i for i, w in enumerate(folded)}


def _name(chance: random.Random) -> str:
    return "".join(chance.choice(_SYLLABLES.split()) for _ in range(chance.randint(2, 4)))


def _cuts(document: Document, chunks: Iterable[Chunk]) -> list[int]:
    """Offsets at which anything of the document starts or ends, ascending."""
    cuts = {0, len(document.text)}
    for block in document.blocks:
        cuts.update((block.start, block.end))
    for chunk in chunks:
        cuts.update((chunk.start, chunk.end))
        for start, end in chunk.sentences:
            cuts.update((chunk.start + start, chunk.start + end))
    return sorted(cuts)


def _rewritten(
    text: str, cuts: list[int], vary: Callable[[str], str]
) -> tuple[str, dict[int, int]]:
    """The text varied between the cuts, and where each cut is in it."""
    pieces: list[str] = []
    moved, length = {cuts[0]: 0}, 0
    for start, end in pairwise(cuts):
        pieces.append(vary(text[start:end]))
        length += len(pieces[-1])
        moved[end] = length
    return "".join(pieces), moved


def _moved(
    chunk: Chunk, copy: Document, moved: dict[int, int], vary: Callable[[str], str]
) -> Chunk:
    start, end = moved[chunk.start], moved[chunk.end]
    sentences = (
        (moved[chunk.start + a] - start, moved[chunk.start + b] - start) for a, b in chunk.sentences
    )
    return replace(
        chunk,
        document=copy.name,
        text=copy.text[start:end],
        start=start,
        end=end,
        headings=tuple(map(vary, chunk.headings)),
        context=vary(chunk.context),
        sentences=tuple(sentences),
    )


def _perturbed(embedded: Embedded, shift: Vector, generator: np.random.Generator) -> Embedded:
    size = len(shift)
    offset = shift + CHUNK_NOISE * _direction(generator, size)
    own = SENTENCE_NOISE * _direction(generator, len(embedded.sentences), size)
    sentences = _unit(embedded.sentences.astype(np.float32) + offset + own)
    return Embedded(_unit(embedded.vector + offset), sentences.astype(np.float16))


def _direction(generator: np.random.Generator, *shape: int) -> NDArray[np.float32]:
    """Random unit vectors along the last axis."""
    return _unit(generator.standard_normal(shape, dtype=np.float32))


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    result: NDArray[np.float32] = vectors / np.maximum(lengths, np.float32(1e-12))
    return result
