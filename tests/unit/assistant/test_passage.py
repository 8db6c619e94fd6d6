"""Finding a quotation in the characters of a PDF page."""

from __future__ import annotations

from assistant.shell.passage import fold, locate

PAGE = (
    "Política de devo-\r\nluciones\r\nEl  cliente puede devolver el artículo en 14 días.\r\n"
    "Artículo  Plazo\r\nSofás y butacas 14 días\r\nColchones cerrados 30 días\r\n"
    "El  cliente puede devolver el artículo en 14 días.\r\n"
)


def found(quote: str, before: str = "") -> list[str]:
    return [PAGE[start:end] for start, end in locate(PAGE, quote, before)]


def test_line_breaks_spaces_and_hyphens_do_not_matter() -> None:
    assert found("Política de devoluciones") == ["Política de devo-\r\nluciones"]


def test_case_and_accents_do_not_matter() -> None:
    assert found("EL CLIENTE PUEDE DEVOLVER EL ARTICULO") == [
        "El  cliente puede devolver el artículo"
    ]


def test_what_stands_before_tells_repeated_passages_apart() -> None:
    quote = "El cliente puede devolver el artículo en 14 días."
    (first,) = locate(PAGE, quote)
    (second,) = locate(PAGE, quote, before="Colchones cerrados 30 días\n")
    assert first[0] < second[0]
    assert PAGE[first[0] : first[1]] == PAGE[second[0] : second[1]]


def test_cells_read_in_another_order_are_found_one_by_one() -> None:
    assert found("Colchones cerrados 30 días | Sofás y butacas 14 días") == [
        "Sofás y butacas 14 días",
        "Colchones cerrados 30 días",
    ]


def test_words_that_are_not_there_are_not_found() -> None:
    assert found("El cliente no puede devolver nada") == []
    assert found("Sofás y butacas 14 días, y además otras muchas palabras que no están") == []
    assert found("—") == []
    assert found("") == []


def test_ligatures_fold_to_their_letters_with_their_position() -> None:
    assert fold("oﬁcina") == ("oficina", [0, 1, 1, 2, 3, 4, 5])


def test_a_table_row_is_found_by_its_cells() -> None:
    assert found("Colchones cerrados — Plazo: 30 días") == ["Colchones cerrados 30 días"]
