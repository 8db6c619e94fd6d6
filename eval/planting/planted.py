"""Contradictions and harmless look-alikes, planted beside real documents by a seeded program.

Sentences *reworded* by hand (``eval/sets/contradictions.jsonl``) stand in a document of their own
or among their neighbours; `eval.planting.copies` changes one sentence in a copy of a whole document
or of its translation. Which cases are made does not depend on what finds them.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Literal

from eval.corpora.reading import by_hand
from eval.halves import half
from eval.planting.rewriting import changed, reformatted
from knowledge.errors import SettingsError
from knowledge.models import Block, Chunk, Document, Language, StoredChunk
from knowledge.quantities.extract import quantities_of
from knowledge.quantities.models import Quantity

How = Literal["reworded", "copied", "translated"]

GENERAL_TITLES: dict[Language, tuple[str, ...]] = {
    "es": ("Manual de atención al cliente", "Preguntas frecuentes", "Resumen para agentes"),
    "en": ("Customer service handbook", "Frequently asked questions", "Agents' summary"),
}
"""What a document of one's own may be called instead of the original's title."""

_VARIANT = re.compile(r"^(?:pdf|html)-|\.\w+$")


@dataclass(frozen=True)
class Planted:
    """A document with one planted sentence.

    Attributes:
        id: unique.
        how: the way it was made.
        what: ``quantity`` or ``obligation`` for a contradiction; for a look-alike ``same``,
            ``formatted``, ``other`` or ``renamed``.
        contradicts: whether the planted sentence contradicts the original.
        document: to be put beside the others.
        sentence: the planted sentence.
        original: the document that it stands against.
        replaced: the sentence there.
        languages: of the original and the planted sentence (``es-en``).
        hidden: whose documents in the planted sentence's language are set aside: its true
            translations; empty for none.
    """

    id: str
    how: How
    what: str
    contradicts: bool
    document: Document
    sentence: str
    original: str
    replaced: str
    languages: str
    hidden: str = ""

    @property
    def half(self) -> str:
        """``fit`` or ``report``; all versions of one document belong to the same."""
        return half(family(self.original))

    def sees(self, document: str) -> bool:
        """Whether a document stands beside the planted one."""
        return not (self.hidden and document.startswith(self.hidden))


@dataclass(frozen=True)
class Corpus:
    """What is planted in.

    Attributes:
        documents: by name.
        chunks: of each document, in reading order.
    """

    documents: Mapping[str, Document]
    chunks: Mapping[str, Sequence[StoredChunk]]

    def sentences(self, document: str) -> Iterator[tuple[Chunk, str]]:
        """Each sentence of a document with its chunk."""
        for stored in self.chunks.get(document, ()):
            for start, end in stored.chunk.sentences:
                yield stored.chunk, stored.chunk.text[start:end]


def family(document: str) -> str:
    """What the versions of a document in other languages and formats have in common.

    >>> family("mozilla/es/pdf-mdn_plus_terms.pdf") == family("mozilla/en/mdn_plus_terms.md")
    True
    """
    path = PurePosixPath(document)
    return f"{path.parts[0]}/{_VARIANT.sub('', path.name)}"


def reworded(corpus: Corpus, *, seed: int) -> Iterator[Planted]:
    """A contradiction and a look-alike for each row of the set."""
    for row in by_hand("contradictions.jsonl"):
        chance = random.Random(f"{seed} {row['id']}")
        language: Language = row["lang"]
        same, slot = slotted(row["same"], language)
        against, what = row.get("contrary", ""), "obligation"
        if slot and not against:
            against, what = changed(same, slot, language, chance), "quantity"
        harmless = chance.choice(("same", "formatted", "other", "other"))
        texts = {
            "same": same,
            "formatted": reformatted(same, slot, language, chance) if slot else same,
            "other": slotted(row["other"], language)[0],
        }
        if against != same:
            yield _reworded(row, corpus, against, what, chance)
        yield _reworded(row, corpus, texts[harmless], harmless, chance)


def slotted(marked: str, language: Language) -> tuple[str, Quantity | None]:
    """A text without the braces around its quantity, and that quantity.

    Raises:
        ValueError: no quantity is read between the braces.
    """
    start, end = marked.find("{"), marked.find("}") - 1
    text = marked.replace("{", "").replace("}", "")
    if start < 0:
        return text, None
    for quantity in quantities_of(text, language):
        if quantity.start < end and start < quantity.end:
            return text, quantity
    raise ValueError(f"no quantity is read between the braces of {marked!r}")


def _reworded(
    row: dict[str, Any], corpus: Corpus, sentence: str, what: str, chance: random.Random
) -> Planted:
    """The planted sentence among the original's neighbours, or in a document of its own."""
    chunk, quoted = _quoted(corpus, row["document"], row["quote"])
    crosses = chunk.language != row["lang"]
    title = row.get("title") or corpus.documents[row["document"]].title
    alone = crosses or chance.random() < 0.5
    body = sentence if alone else chunk.text.replace(quoted, sentence)
    heading = "" if alone or not chunk.headings else chunk.headings[-1]
    if alone and chance.random() < 0.5:
        title, heading = chance.choice(GENERAL_TITLES[row["lang"]]), title
    contradicts = what in ("quantity", "obligation")
    name = f"planted/{row['id']}-{'against' if contradicts else 'harmless'}.md"
    publisher = row["document"].split("/")[0]
    return Planted(
        id=name,
        how="reworded",
        what=what,
        contradicts=contradicts,
        document=written(name, title, [heading, body], row["lang"]),
        sentence=sentence,
        original=row["document"],
        replaced=quoted,
        languages=f"{chunk.language}-{row['lang']}",
        hidden=f"{publisher}/{row['lang']}/" if crosses else "",
    )


def _quoted(corpus: Corpus, document: str, quote: str) -> tuple[Chunk, str]:
    """The sentence of a document that holds a quotation, and its chunk.

    Raises:
        SettingsError: none does: the folder of the sets has another version of it.
    """
    for chunk, sentence in corpus.sentences(document):
        if quote in sentence:
            return chunk, sentence
    raise SettingsError(
        f"{document!r} below --data has no sentence with {quote!r}: is it another version?"
    )


def written(name: str, title: str, parts: Sequence[str], language: Language) -> Document:
    """A document of a title, an inner heading (empty for none) and paragraphs."""
    blocks: list[Block] = []
    text = ""
    for number, part in enumerate([title, *parts]):
        if part:
            level = number + 1 if number < 2 else 0
            blocks.append(
                Block("heading" if level else "paragraph", len(text), len(text) + len(part), level)
            )
            text += part + "\n"
    return Document(
        name=name,
        title=title,
        text=text,
        blocks=tuple(blocks),
        language=language,
        media_type="md",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
