from ingest.loaders.extract import TextBuilder
from ingest.loaders.pdf_blocks import add_pages
from ingest.loaders.pdf_furniture import Page
from ingest.loaders.pdf_layout import arrange
from ingest.loaders.pdf_lines import Line, Table
from ingest.loaders.pdf_text import Segment


def seg(text: str, x: float, y: float, size: float = 10, bold: bool = False) -> Segment:
    return Segment(text, x, x + 0.5 * size * len(text), y, size, bold)


def texts(items) -> list[str]:
    return [item.text for item in items if isinstance(item, Line)]


def extract_of(*pages: list[Segment], outline=None):
    builder = TextBuilder()
    arranged = [Page(n, 800.0, tuple(arrange(page))) for n, page in enumerate(pages, start=1)]
    add_pages(builder, arranged, outline or {})
    return builder.build()


def blocks_of(extract) -> list[tuple[str, str]]:
    return [(block.kind, extract.text[block.start : block.end]) for block in extract.blocks]


def test_columns_are_read_one_after_the_other() -> None:
    left = [seg(f"izquierda {n} con texto", 50, 700 - 12 * n) for n in range(10)]
    right = [seg(f"derecha {n} con texto", 320, 700 - 12 * n) for n in range(10)]
    assert texts(arrange(left + right)) == [s.text for s in left + right]


def test_columns_drawn_line_by_line_are_taken_apart() -> None:
    page = []
    for n in range(12):
        page.append(seg(f"izquierda {n:02d} con un texto largo que llena", 50, 700 - 12 * n))
        page.append(seg(f"derecha {n:02d} con un texto largo que llena", 320, 700 - 12 * n))
    read = texts(arrange(page))
    assert [text.split()[0] for text in read] == ["izquierda"] * 12 + ["derecha"] * 12


def test_a_footer_drawn_first_comes_last() -> None:
    page = [seg("pie de la página", 50, 40), seg("Primero", 50, 700), seg("Segundo", 50, 688)]
    assert texts(arrange(page)) == ["Primero", "Segundo", "pie de la página"]


def test_aligned_cells_become_rows() -> None:
    page = []
    for n, (name, value) in enumerate(
        [("Trámite", "Plazo"), ("Devolver", "30 días"), ("Queja", "15")]
    ):
        page += [seg(name, 50, 700 - 20 * n), seg(value, 250, 700 - 20 * n)]
    (table,) = arrange(page)
    assert isinstance(table, Table)
    assert table.rows == (("Trámite", "Plazo"), ("Devolver", "30 días"), ("Queja", "15"))


def test_cells_of_several_lines_drawn_one_by_one_stay_in_their_row() -> None:
    page = []
    for n in range(3):
        top = 700 - 40 * n
        page += [seg(f"producto {n}", 50, top), seg("con dos líneas", 50, top - 12)]
        page += [seg(f"precio {n}", 250, top), seg("sin portes", 250, top - 12)]
    (table,) = arrange(page)
    assert isinstance(table, Table)
    assert table.rows[1] == ("producto 1 con dos líneas", "precio 1 sin portes")


def test_item_numbers_join_their_text_however_wide_the_gap() -> None:
    page = [
        seg("1.", 50, 700),
        seg("Abra la caja", 90, 700),
        seg("2.", 50, 680),
        seg("Monte", 90, 680),
    ]
    assert texts(arrange(page)) == ["1. Abra la caja", "2. Monte"]


def test_headings_are_told_by_size_and_weight() -> None:
    body = [
        seg("El plazo para devolver un colchón es de treinta días naturales", 50, 640 - 12 * n)
        for n in range(6)
    ]
    extract = extract_of(
        [seg("Devoluciones", 50, 700, 20), seg("Plazos", 50, 660, 10, bold=True), *body]
    )
    heads = [
        (b.level, extract.text[b.start : b.end]) for b in extract.blocks if b.kind == "heading"
    ]
    assert heads == [(1, "Devoluciones"), (2, "Plazos")]


def test_running_headers_footers_and_page_numbers_are_left_out() -> None:
    pages = [
        [
            seg("Almendro · Manual interno", 50, 780),
            seg(f"El texto propio de la página {word} sigue aquí.", 50, 500),
            seg(f"Página {n} de 4", 280, 30),
        ]
        for n, word in enumerate(["uno", "dos", "tres", "cuatro"], start=1)
    ]
    assert [text for _, text in blocks_of(extract_of(*pages))] == [
        f"El texto propio de la página {word} sigue aquí."
        for word in ("uno", "dos", "tres", "cuatro")
    ]


def test_a_sentence_goes_on_over_the_page() -> None:
    extract = extract_of(
        [
            seg("El cliente puede pedir la devo-", 50, 100),
            seg("lución de su compra, siempre", 50, 88),
        ],
        [seg("que conserve el tique.", 50, 700)],
    )
    assert blocks_of(extract) == [
        (
            "paragraph",
            "El cliente puede pedir la devolución de su compra, siempre que conserve el tique.",
        )
    ]
    assert extract.blocks[0].page == 1


def test_the_outline_names_headings_and_their_level() -> None:
    page = [
        seg("Alcance", 50, 700),
        *(seg("texto normal del documento.", 50, 660 - 12 * n) for n in range(4)),
    ]
    extract = extract_of(page, outline={"alcance": 2})
    assert (extract.blocks[0].kind, extract.blocks[0].level) == ("heading", 2)


def test_lines_that_differ_in_a_number_are_no_running_headers() -> None:
    pages = [[seg(f"Artículo {n}. El plazo es de {n} días.", 50, 780)] for n in (4, 8, 15)]
    assert [text for _, text in blocks_of(extract_of(*pages))] == [
        "Artículo 4. El plazo es de 4 días.",
        "Artículo 8. El plazo es de 8 días.",
        "Artículo 15. El plazo es de 15 días.",
    ]
