"""Chunks are exact stretches of the document that leave nothing out and cross no heading."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from ingest.chunk import CONTEXT_CHARS, MAX_TOKENS, TARGET_TOKENS, chunk_document
from knowledge.models import Block, BlockKind, Chunk, Document

Part = tuple[BlockKind, int, str]
_WORD = re.compile(r"\w+|[^\w\s]")


def count_tokens(texts: Sequence[str]) -> list[int]:
    """A token for each five characters of a word and for each sign, as models have it."""
    return [sum(-(-len(w) // 5) for w in _WORD.findall(text)) for text in texts]


def document_of(*parts: tuple[BlockKind, int, str], title: str = "Guía") -> Document:
    """A document of ``(kind, heading level, text)`` blocks with blank lines between."""
    blocks: list[Block] = []
    text = ""
    for kind, level, content in parts:
        blocks.append(Block(kind, len(text), len(text) + len(content), level, page=1))
        text += content + "\n\n"
    return Document("g.md", title, text, tuple(blocks), "es", "md", "0" * 64)


def chunks_of(*parts: tuple[BlockKind, int, str], title: str = "Guía") -> list[Chunk]:
    return chunk_document(document_of(*parts, title=title), count_tokens)


PROSE = "El cliente dispone de treinta días para devolver el producto sin usar. "

_SENTENCE = st.text("abñ1 ,;:", min_size=1, max_size=60).map(lambda s: f"A{s}b.")
_CONTENT = st.one_of(
    st.lists(_SENTENCE, min_size=1, max_size=40).map(" ".join),
    st.text("abñ .!?\n-•", min_size=1, max_size=80).map(lambda s: f"x{s}y"),
    st.integers(1, 4_000).map(lambda n: "palabra " * n + "fin"),
    st.integers(1, 9_000).map(lambda n: "z" * n),
)
_PART = st.one_of(
    st.tuples(st.just("heading"), st.integers(1, 4), st.sampled_from(["Uno", "Dos", "Tres tres"])),
    st.tuples(st.sampled_from(["paragraph", "list", "table", "row", "code"]), st.just(0), _CONTENT),
)


@given(st.lists(_PART, max_size=12))
def test_chunks_hold_the_document_exactly_and_cross_no_heading(
    parts: list[tuple[BlockKind, int, str]],
) -> None:
    document = document_of(*parts)
    chunks = chunk_document(document, count_tokens)
    headings = [b for b in document.blocks if b.kind == "heading"]
    covered = bytearray(len(document.text))
    position = 0
    for number, chunk in enumerate(chunks):
        assert chunk.ordinal == number
        assert chunk.text == document.text[chunk.start : chunk.end]
        assert chunk.text.strip()
        assert position <= chunk.start < chunk.end
        position = chunk.end
        covered[chunk.start : chunk.end] = b"\x01" * len(chunk.text)
        for heading in headings:
            alone = (heading.start, heading.end) == (chunk.start, chunk.end)
            assert alone or heading.end <= chunk.start or chunk.end <= heading.start
        _check_sentences(chunk)
    for block in document.blocks:
        if block.kind != "heading":
            left_out = [i for i in range(block.start, block.end) if not covered[i]]
            assert all(document.text[i].isspace() for i in left_out)
    assert chunk_document(document, count_tokens) == chunks


def _check_sentences(chunk: Chunk) -> None:
    assert chunk.sentences
    position = 0
    for start, end in chunk.sentences:
        assert position <= start < end <= len(chunk.text)
        position = end


@given(st.lists(_PART, max_size=12))
def test_sizes_are_bounded(parts: list[tuple[BlockKind, int, str]]) -> None:
    for chunk in chunks_of(*parts):
        assert count_tokens([chunk.text])[0] <= MAX_TOKENS
        assert len(chunk.context) <= 2 * CONTEXT_CHARS + 10


def test_short_paragraphs_under_one_heading_are_packed_together() -> None:
    paragraph: Part = ("paragraph", 0, PROSE.strip())
    chunks = chunks_of(("heading", 1, "Plazos"), *[paragraph] * 5)
    assert len(chunks) == 1
    assert len(chunks[0].sentences) == 5


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    chunks = chunks_of(("paragraph", 0, (PROSE * 60).strip()))
    assert len(chunks) > 3
    for chunk in chunks:
        assert chunk.text.endswith("usar.")
        assert count_tokens([chunk.text])[0] <= TARGET_TOKENS


def test_the_headings_of_a_chunk_are_those_above_it() -> None:
    chunks = chunks_of(
        ("heading", 1, "Envíos"),
        ("heading", 2, "Islas  y\nCeuta"),
        ("paragraph", 0, "Una semana."),
        ("heading", 2, "Península"),
        ("paragraph", 0, "Dos días."),
        ("heading", 1, "Pagos"),
        ("paragraph", 0, "Con tarjeta."),
    )
    assert [c.headings for c in chunks] == [
        ("Envíos", "Islas y Ceuta"),
        ("Envíos", "Península"),
        ("Pagos",),
    ]
    assert chunks[0].context == "Guía > Envíos > Islas y Ceuta"


def test_a_title_that_is_also_the_first_heading_is_said_once() -> None:
    chunks = chunks_of(("heading", 1, "Guía"), ("paragraph", 0, "Una semana."))
    assert chunks[0].context == "Guía"


def test_a_document_of_headings_alone_keeps_them_as_text() -> None:
    chunks = chunks_of(("heading", 1, "Ofertas"), ("heading", 1, "Horario: 9 a 14 h"))
    assert [c.text for c in chunks] == ["Ofertas", "Horario: 9 a 14 h"]


def test_a_heading_over_a_deeper_one_is_no_text_of_its_own() -> None:
    chunks = chunks_of(("heading", 1, "Ofertas"), ("heading", 2, "Hoy"), ("paragraph", 0, "Nada."))
    assert [c.text for c in chunks] == ["Nada."]


def test_an_empty_document_has_no_chunks() -> None:
    assert chunks_of() == []


def test_a_giant_paragraph_without_full_stops_is_cut_between_words() -> None:
    chunks = chunks_of(("paragraph", 0, "palabra " * 20_000 + "fin"))
    assert all(count_tokens([c.text])[0] <= MAX_TOKENS for c in chunks)
    assert {word for c in chunks for word in c.text.split()} == {"palabra", "fin"}
    assert sum(c.text.split().count("palabra") for c in chunks) == 20_000


def test_a_stretch_that_is_denser_than_the_rest_is_cut_shorter() -> None:
    for dense in ("¡!¿? " * 600, "%&/ " * 900, "#" * 2_000):
        chunks = chunks_of(("paragraph", 0, "electrodomésticos " * 3_000 + dense + "fin"))
        assert max(count_tokens([c.text for c in chunks])) <= MAX_TOKENS


def test_rows_carry_the_header_of_their_own_table() -> None:
    rows: list[Part] = [("row", 0, f"mesa {i} | {i} €" + " | nogal" * 20) for i in range(20)]
    other: list[Part] = [("row", 0, f"isla {i} | {i} días" + " | barco" * 20) for i in range(20)]
    chunks = chunks_of(
        ("heading", 1, "Tarifas"),
        ("table", 0, "Mueble | Precio"),
        *rows,
        ("table", 0, "Destino | Plazo"),
        *other,
        ("paragraph", 0, PROSE * 8),
    )
    seen = set()
    for chunk in chunks:
        first = chunk.text.split()[0]
        known = chunk.embedded_text
        seen.add(first)
        if first == "mesa":
            assert "Mueble | Precio" in known
        if first == "isla":
            assert "Destino | Plazo" in known
            assert "Mueble | Precio" not in known
        if first == "El":
            assert chunk.context == "Guía > Tarifas"
    assert {"mesa", "isla", "El"} <= seen


def test_a_table_of_ten_thousand_rows_is_cut_in_seconds() -> None:
    rows: list[tuple[BlockKind, int, str]] = [
        ("row", 0, f"COD-{i:05} | {i} €") for i in range(10_000)
    ]
    began = time.process_time()
    chunks = chunks_of(("table", 0, "Código | Precio"), *rows)
    assert time.process_time() - began < 5
    assert sum(c.text.count("COD-") for c in chunks) == 10_000
    assert all("Código | Precio" in c.embedded_text for c in chunks)


def test_a_very_long_heading_is_shortened_in_the_context() -> None:
    chunks = chunks_of(("heading", 1, "muy " * 200), ("paragraph", 0, "Sí."))
    assert len(chunks[0].context) <= CONTEXT_CHARS + 3
    assert chunks[0].context.startswith("Guía > muy")


def test_a_long_enough_chunk_has_its_own_language() -> None:
    english = "The customer has thirty calendar days in which to return the product to the store."
    chunks = chunks_of(
        ("heading", 1, "A"), ("paragraph", 0, english), ("heading", 1, "B"), ("row", 0, "Size M")
    )
    assert [c.language for c in chunks] == ["en", "es"]


def test_a_chunk_stands_where_its_first_block_stands() -> None:
    text = "Uno.\n\nDos."
    blocks = (Block("row", 0, 4, page=2, row=7), Block("row", 6, 10, page=2, row=8))
    document = Document("t.xlsx", "T", text, blocks, "es", "xlsx", "0" * 64)
    (chunk,) = chunk_document(document, count_tokens)
    assert (chunk.page, chunk.row) == (2, 7)


def test_a_chunk_stays_on_its_page_and_among_consecutive_rows() -> None:
    lines = ["Uno.", "Dos.", "A: 1", "A: 2", "A: 9", "Tres."]
    pages, rows = [1, 2, 2, 2, 2, 2], [None, None, 2, 3, 9, None]
    blocks, position = [], 0
    for line, page, row in zip(lines, pages, rows, strict=True):
        kind: BlockKind = "row" if row else "paragraph"
        blocks.append(Block(kind, position, position + len(line), page=page, row=row))
        position += len(line) + 1
    document = Document("d", "D", "\n".join(lines), tuple(blocks), "es", "pdf", "0" * 64)
    chunks = chunk_document(document, lambda texts: [len(t) for t in texts])
    assert [c.text for c in chunks] == ["Uno.", "Dos.", "A: 1\nA: 2", "A: 9", "Tres."]
    assert [(c.page, c.row) for c in chunks] == [(1, None), (2, None), (2, 2), (2, 9), (2, None)]
