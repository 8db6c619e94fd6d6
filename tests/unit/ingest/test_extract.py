import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.loaders.extract import TextBuilder, add_table, is_header_row, row_text, sensible_title

KINDS = st.sampled_from(["heading", "paragraph", "list", "table", "row", "code"])


@given(st.lists(st.tuples(KINDS, st.text(max_size=40)), max_size=12))
def test_blocks_are_ordered_and_only_white_space_stands_between_them(pieces) -> None:
    builder = TextBuilder()
    for kind, text in pieces:
        builder.add(kind, text, level=1)
    extract = builder.build()
    end = 0
    for block in extract.blocks:
        assert extract.text[end : block.start].strip() == ""
        assert extract.text[block.start : block.end].strip()
        assert block.start < block.end
        end = block.end
    assert end == len(extract.text)
    assert unicodedata.is_normalized("NFC", extract.text)


def test_list_items_and_rows_stand_on_lines_of_their_own() -> None:
    builder = TextBuilder()
    builder.add("paragraph", "Traiga:")
    builder.add("list", "el tique")
    builder.add("list", "la tarjeta")
    assert builder.build().text == "Traiga:\n\nel tique\nla tarjeta"


def test_rows_name_their_columns_and_keep_their_numbers() -> None:
    builder = TextBuilder()
    add_table(builder, [["Código", "Precio"], ["A-1", "20 €"], ["", ""], ["B-2", "30 €"]])
    extract = builder.build()
    assert extract.text == "Código | Precio\nCódigo: A-1; Precio: 20 €\nCódigo: B-2; Precio: 30 €"
    assert [(block.kind, block.row) for block in extract.blocks] == [
        ("table", 1),
        ("row", 2),
        ("row", 4),
    ]


def test_a_header_repeated_inside_the_table_is_left_out() -> None:
    builder = TextBuilder()
    add_table(builder, [["A", "B"], ["1", "2"], ["A", "B"], ["3", "4"]], header=True)
    assert builder.build().text.splitlines() == ["A | B", "A: 1; B: 2", "A: 3; B: 4"]


def test_a_nameless_first_column_labels_the_row() -> None:
    assert row_text(["Tramo 1", "5 %"], ["", "Abono"]) == "Tramo 1 — Abono: 5 %"


@pytest.mark.parametrize(
    ("first", "rest", "expected"),
    [
        (["Trámite", "Plazo"], [["Devolución", "30 días"]], True),
        (["Nombre", "Marta"], [["Puesto", "jefa"]], False),
        (["19", "27"], [["20", "28"]], False),
        (["a", "b", "c"], [["d", "e", "f"], ["g", "h", "i"]], True),
        (["Solo"], [["uno"]], False),
    ],
)
def test_a_header_is_told_from_a_first_row(first, rest, expected) -> None:
    assert is_header_row(first, rest) is expected


@pytest.mark.parametrize(
    "title",
    [
        "untitled",
        "Microsoft Word - Copia",
        "tarifa 2024.xlsx",
        "Basecamp_DPA_v2",
        "",
        "42",
        "Hoja1",
    ],
)
def test_titles_that_say_nothing_are_refused(title: str) -> None:
    assert sensible_title(title) is None


def test_a_real_title_is_kept() -> None:
    assert sensible_title(" Política de\u00a0devoluciones ") == "Política de devoluciones"


def test_the_title_comes_from_the_first_top_heading() -> None:
    builder = TextBuilder()
    builder.add("paragraph", "aviso")
    builder.add("heading", "Garantías", level=1)
    assert builder.build("untitled").title == "Garantías"
