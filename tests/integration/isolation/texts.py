"""Made-up documents: headings with paragraphs below, each paragraph with a word of its own."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence

from knowledge.models import Block, Chunk, Document
from tests.integration.isolation.facts import Line

HEADINGS = ("Plazos", "Importes", "Compensación", "COMPENSACION", "Excepciones", "Márgenes")
WORDS = "plazo pedido cliente tienda factura abono recogida entrega refund order".split()

_SYLLABLES = [c + v for c in "bcdfglmnprstvz" for v in "aeiou"]
_LETTERS = str.maketrans("0123456789", "ghijklmnop")


class Texts:
    """Writes texts as the dice fall.

    Attributes:
        words: every one of them stands in one paragraph only.
    """

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self.words: list[str] = []

    def lines(self, before: Sequence[Line]) -> list[Line]:
        """A new text: the headings of the one before, some left out or put beside others."""
        dice = self._dice
        headings = [(x.text, x.level) for x in before if x.level and dice.random() < 0.8]
        while len(headings) < 2 or dice.random() < 0.4:
            new = (dice.choice(HEADINGS), dice.choice([1, 1, 2]))
            headings.insert(dice.randrange(len(headings) + 1), new)
        lines = [Line(self._paragraph(), 0, ())]
        above: list[tuple[str, int]] = []
        for text, level in headings[:5]:
            above = [*((t, n) for t, n in above if n < level), (text, level)]
            under = tuple(t for t, _ in above)
            lines.append(Line(text, level, under))
            lines += [Line(self._paragraph(), 0, under) for _ in range(dice.choice([1, 1, 2]))]
        return lines

    def _paragraph(self) -> str:
        word = "".join(self._dice.choices(_SYLLABLES, k=5))
        self.words.append(word)
        words = [*self._dice.sample(WORDS, 3), word]
        self._dice.shuffle(words)
        return f"{' '.join(words).capitalize()}."


def as_document(name: str, lines: Sequence[Line], audience: str) -> tuple[Document, list[Chunk]]:
    """The lines as a document, each paragraph a chunk, with a title of its own."""
    text = "\n".join(line.text for line in lines)
    digest = hashlib.sha256(text.encode()).hexdigest()
    title = f"Guía {digest[:12].translate(_LETTERS)}"
    blocks, chunks, start = list[Block](), list[Chunk](), 0
    for line in lines:
        end = start + len(line.text)
        blocks.append(Block("heading" if line.level else "paragraph", start, end, line.level))
        if not line.level:
            chunks.append(
                Chunk(
                    document=name,
                    ordinal=len(chunks),
                    text=line.text,
                    start=start,
                    end=end,
                    headings=line.under,
                    context=" · ".join([title, *line.under]),
                    page=None,
                    row=None,
                    language="es",
                    sentences=((0, len(line.text)),),
                )
            )
        start = end + 1
    return Document(name, title, text, tuple(blocks), "es", "md", digest, audience), chunks
