"""One sentence changed in a copy of a real document, or of its translation; see `planted`."""

from __future__ import annotations

import hashlib
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from eval.planting.planted import Corpus, How, Planted, family
from eval.planting.rewriting import changed, contrary, reformatted
from knowledge.models import Chunk, Document, Language
from knowledge.quantities.extract import quantities_of
from knowledge.quantities.models import Quantity
from knowledge.text import content_words

KINDS = frozenset(("duration", "money", "percent", "count", "measure"))
"""Quantities that are changed; numbers without a unit and dates of documents are not."""
MIN_WORDS = 6
"""Content words of a sentence that is changed: fewer say nothing by themselves."""
MAX_RENAMED_CHARS = 15_000
"""Longest document that is copied under another product's name: all of it is embedded anew."""
PARALLEL_SIMILARITY = 0.92
"""Cosine from which sentences that are nearest to each other and have the same quantities are taken
for translations. Looked at by hand: 40 of 40 were."""
NAMES = ("Olivar", "Brezo", "Lumbre", "Marisma", "Cantil", "Alcaraván")


def copied(corpus: Corpus, *, seed: int, count: int) -> Iterator[Planted]:
    """So many contradictions and as many look-alikes for each language."""
    for language in ("es", "en"):
        chance = random.Random(f"{seed} copied {language}")
        places = [p for p in _places(corpus) if p[0].language == language]
        chance.shuffle(places)
        yield from _cases(corpus, places, count, chance, how="copied")


def translated(corpus: Corpus, *, seed: int, count: int) -> Iterator[Planted]:
    """So many contradictions and as many look-alikes for each direction."""
    pairs = sorted(parallel_sentences(corpus), key=lambda pair: pair[0][1])
    for language in ("es", "en"):
        chance = random.Random(f"{seed} translated {language}")
        chosen = [pair for pair in pairs if pair[1][0].language == language]
        chance.shuffle(chosen)
        originals = {theirs: own for own, theirs in chosen}
        places = [theirs for _, theirs in chosen]
        yield from _cases(corpus, places, count, chance, how="translated", originals=originals)


Place = tuple[Chunk, str]
"""A sentence with its chunk."""


def _places(corpus: Corpus) -> list[Place]:
    """Sentences that say something with a quantity or an obligation, and say it once."""
    found: list[Place] = []
    for document in sorted(corpus.documents):
        sentences = list(corpus.sentences(document))
        times = Counter(sentence for _, sentence in sentences)
        found += [
            (chunk, sentence)
            for chunk, sentence in sentences
            if chunk.row is None and times[sentence] == 1 and _says_something(chunk, sentence)
        ]
    return found


def _says_something(chunk: Chunk, sentence: str) -> bool:
    if not 40 <= len(sentence) <= 350 or len(set(content_words(sentence))) < MIN_WORDS:
        return False
    return (
        _quantity(sentence, chunk.language) is not None
        or contrary(sentence, chunk.language) != sentence
    )


def _quantity(sentence: str, language: Language) -> Quantity | None:
    found = [q for q in quantities_of(sentence, language) if q.kind in KINDS and q.values[0][0] > 1]
    return found[0] if len(found) == 1 else None


def _cases(
    corpus: Corpus,
    places: Sequence[Place],
    count: int,
    chance: random.Random,
    *,
    how: How,
    originals: dict[Place, Place] | None = None,
) -> Iterator[Planted]:
    """Quantities and obligations three to one, one case for each family and turn."""
    used: Counter[str] = Counter()
    done: Counter[bool] = Counter()
    for place in places:
        chunk, sentence = place
        against = done[True] <= done[False]
        if used[family(chunk.document)] >= 3 or done[against] >= count:
            continue
        quantity = _quantity(sentence, chunk.language)
        made = _contradiction if against else _look_alike
        result = made(corpus, place, quantity, chance, obligation=done[against] % 4 == 3)
        if result is None:
            continue
        document, changed_sentence, what = result
        used[family(chunk.document)] += 1
        done[against] += 1
        own, replaced = originals[place] if originals else place
        publisher = chunk.document.split("/")[0]
        yield Planted(
            id=document.name,
            how=how,
            what=what,
            contradicts=against,
            document=document,
            sentence=changed_sentence,
            original=own.document,
            replaced=replaced,
            languages=f"{own.language}-{chunk.language}",
            hidden=f"{publisher}/{chunk.language}/" if originals else "",
        )


Made = tuple[Document, str, str]
"""A changed copy, its changed sentence, and what was done."""


def _contradiction(
    corpus: Corpus,
    place: Place,
    quantity: Quantity | None,
    chance: random.Random,
    *,
    obligation: bool,
) -> Made | None:
    chunk, sentence = place
    if obligation or quantity is None:
        other, what = contrary(sentence, chunk.language), "obligation"
        if not obligation:
            return None
    else:
        other, what = changed(sentence, quantity, chunk.language, chance), "quantity"
    if other == sentence:
        return None
    return _copy(corpus.documents[chunk.document], place, other, chance), other, what


def _look_alike(
    corpus: Corpus,
    place: Place,
    quantity: Quantity | None,
    chance: random.Random,
    *,
    obligation: bool,
) -> Made | None:
    chunk, sentence = place
    document = corpus.documents[chunk.document]
    if quantity is None:
        return None
    if obligation:
        name = _product(document)
        if not name or len(document.text) > MAX_RENAMED_CHARS:
            return None
        own = chance.choice(NAMES)
        other = changed(sentence, quantity, chunk.language, chance)
        if other == sentence:
            return None
        copy = _renamed(_copy(document, place, other, chance), name, own)
        return copy, re.sub(rf"\b{re.escape(name)}\b", own, other), "renamed"
    other = reformatted(sentence, quantity, chunk.language, chance)
    if other == sentence:
        return None
    return _copy(document, place, other, chance), other, "formatted"


def _copy(document: Document, place: Place, sentence: str, chance: random.Random) -> Document:
    """The document with one sentence changed, under another name."""
    chunk, old = place
    start = chunk.start + chunk.text.index(old)
    return _with(document, [(start, start + len(old), sentence)], f"{chance.randrange(10**6):06}")


def _with(document: Document, edits: Sequence[tuple[int, int, str]], mark: str) -> Document:
    """The document with stretches of its text replaced; the blocks move along.

    Args:
        document: the original.
        edits: start, end and new text of each stretch, in order, each within one block.
        mark: goes into the copy's name.
    """
    pieces: list[str] = []
    at = 0
    for start, end, new in edits:
        pieces += [document.text[at:start], new]
        at = end
    text = "".join([*pieces, document.text[at:]])

    def moved(offset: int) -> int:
        return offset + sum(len(new) - (end - start) for start, end, new in edits if end <= offset)

    blocks = (replace(b, start=moved(b.start), end=moved(b.end)) for b in document.blocks)
    path = document.name.rsplit(".", 1)
    return replace(
        document,
        name=f"planted/{path[0]}-{mark}.{path[-1]}",
        text=text,
        blocks=tuple(blocks),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def _renamed(document: Document, name: str, other: str) -> Document:
    pattern = re.compile(rf"\b{re.escape(name)}\b")
    edits = [(m.start(), m.end(), other) for m in pattern.finditer(document.text)]
    copy = _with(document, edits, other.lower())
    return replace(copy, name=document.name, title=pattern.sub(other, document.title))


def _product(document: Document) -> str:
    """The name in its title that the document has most often within its sentences; or none.

    A name is written with a capital everywhere.
    """
    within = re.findall(r"(?<=[a-záéíóúñ,] )[A-ZÁÉÍÓÚÑ][\w.]*\w{2,}", document.text)
    small = set(re.findall(r"\b[a-záéíóúñ][\w.]*\w", document.text))
    found = Counter(
        name
        for name in within
        if re.search(rf"\b{re.escape(name)}\b", document.title) and name.lower() not in small
    )
    return next((name for name, n in found.most_common(1) if n >= 3), "")


def parallel_sentences(corpus: Corpus) -> Iterator[tuple[Place, Place]]:
    """Sentences of two language versions that are nearest to each other, with equal quantities."""
    by_family: dict[str, dict[str, str]] = {}
    for name in sorted(corpus.documents):
        parts = name.split("/")
        if len(parts) == 3 and name.endswith(".md"):
            by_family.setdefault(family(name), {})[parts[1]] = name
    allowed = set(_places(corpus))
    for versions in by_family.values():
        if set(versions) == {"es", "en"}:
            for one, other in _nearest(corpus, versions["es"], versions["en"]):
                if one in allowed and other in allowed and _same_values(one, other):
                    yield one, other
                    yield other, one


def _nearest(corpus: Corpus, spanish: str, english: str) -> Iterator[tuple[Place, Place]]:
    """Pairs of sentences, each the other's nearest."""
    places = [list(corpus.sentences(name)) for name in (spanish, english)]
    vectors = [
        np.concatenate([c.sentence_vectors for c in corpus.chunks[name]]).astype(np.float32)
        for name in (spanish, english)
    ]
    similar = vectors[0] @ vectors[1].T
    for i, j in enumerate(similar.argmax(axis=1).tolist()):
        if similar[:, j].argmax() == i and similar[i, j] >= PARALLEL_SIMILARITY:
            yield places[0][i], places[1][j]


def _same_values(one: Place, other: Place) -> bool:
    def values(place: Place) -> list[tuple[str, float]]:
        found = quantities_of(place[1], place[0].language)
        return sorted((q.kind, q.values[0][0]) for q in found if q.kind in KINDS)

    return values(one) == values(other)
