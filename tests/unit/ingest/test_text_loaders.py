"""Formats that are text: Markdown, HTML, plain text, CSV, e-mail."""

import pytest

from ingest.loaders import check_suffix, load
from ingest.loaders.extract import Extract
from knowledge.errors import DocumentRefused


def blocks_of(extract: Extract) -> list[tuple[str, int, str]]:
    return [(b.kind, b.level, extract.text[b.start : b.end]) for b in extract.blocks]


def read(name: str, text: str, encoding: str = "utf-8") -> Extract:
    return load(text.encode(encoding), name)[1]


def test_markdown_front_matter_gives_the_title_and_nothing_else() -> None:
    extract = read("a.md", '---\ntitle: "Envíos: plazos"\norder: 3\n---\n\nTexto.\n')
    assert extract.title == "Envíos: plazos"
    assert extract.text == "Texto."


def test_markdown_site_tags_comments_and_attributes_disappear() -> None:
    source = (
        "# Plazos {#plazos}\n\n{: .aviso}\n\n<!-- nota\ninterna -->\n"
        "Son {{ site.dias }}treinta días.{% include pie.html %}\n"
    )
    assert blocks_of(read("a.md", source)) == [
        ("heading", 1, "Plazos"),
        ("paragraph", 0, "Son treinta días."),
    ]


def test_markdown_emphasis_links_and_lists_read_as_text() -> None:
    source = (
        "Vea **la [garantía](https://a.es/g)** o pulse [aquí](https://a.es/x).\n\n"
        "3. Uno\n4. Dos\n   - dentro\n\nEscriba a [Marta](mailto:m@a.es) o [ref][r].\n\n[r]: /r\n"
    )
    assert blocks_of(read("a.md", source)) == [
        ("paragraph", 0, "Vea la garantía o pulse aquí (https://a.es/x)."),
        ("list", 0, "3. Uno"),
        ("list", 0, "4. Dos"),
        ("list", 0, "dentro"),
        ("paragraph", 0, "Escriba a Marta (m@a.es) o ref."),
    ]


def test_markdown_tables_and_fenced_code_are_kept() -> None:
    source = "| Trámite | Plazo |\n|---|---|\n| Devolución | 30 días |\n\n```\n{{ a }}\n  b\n```\n"
    assert blocks_of(read("a.md", source)) == [
        ("table", 0, "Trámite | Plazo"),
        ("row", 0, "Trámite: Devolución; Plazo: 30 días"),
        ("code", 0, "{{ a }}\n  b"),
    ]


def test_html_indented_inside_markdown_is_no_code() -> None:
    source = (
        '<div class="acordeon">\n  <h2><button>¿Y si no?</button></h2>\n\n'
        "    <p>Llame.</p>\n</div>\n"
    )
    assert blocks_of(read("a.md", source)) == [
        ("heading", 2, "¿Y si no?"),
        ("paragraph", 0, "Llame."),
    ]


def test_nested_clauses_carry_the_number_that_others_cite() -> None:
    clause = "El cliente puede devolver el producto en la tienda. " * 4
    source = f"1. Devoluciones\n    1. {clause}\n    2. {clause}\n"
    kinds = [(kind, text[:16]) for kind, _, text in blocks_of(read("a.md", source))]
    assert kinds == [
        ("heading", "1. Devoluciones"),
        ("list", "1.1. El cliente "),
        ("list", "1.2. El cliente "),
    ]


PAGE = """<!doctype html><html><head><title>Garantía | Almendro</title><style>p{}</style></head>
<body><nav><a href="/">Inicio</a> <a href="/t">Tiendas</a></nav>
<main><h1>Garantía</h1><script>alert(1)</script><p>Dura <b>tres</b>
años.</p><p hidden>oculto</p><div id="c1" hidden><p>Plegado pero cierto.</p></div>
<button aria-controls="c1">Ver</button><dl><dt>Plazo</dt><dd>30 días</dd></dl>
<table><tr><th>Marca</th><th>Años</th></tr><tr><td>Lux</td><td>5</td></tr></table></main>
<footer>Aviso de cookies</footer></body></html>"""


def test_html_keeps_content_and_drops_what_surrounds_it() -> None:
    extract = read("g.html", PAGE)
    assert extract.title == "Garantía"
    assert blocks_of(extract) == [
        ("heading", 1, "Garantía"),
        ("paragraph", 0, "Dura tres años."),
        ("paragraph", 0, "Plegado pero cierto."),
        ("paragraph", 0, "Ver"),
        ("list", 0, "Plazo: 30 días"),
        ("table", 0, "Marca | Años"),
        ("row", 0, "Marca: Lux; Años: 5"),
    ]


def test_html_addresses_keep_their_lines_and_other_breaks_become_spaces() -> None:
    extract = read("a.html", "<p>Almendro SA<br>Calle Mayor 1<br>Madrid</p><p>uno<br>dos</p>")
    assert [text for _, _, text in blocks_of(extract)] == [
        "Almendro SA",
        "Calle Mayor 1",
        "Madrid",
        "uno dos",
    ]


def test_html_cannot_pull_in_other_files() -> None:
    source = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>uno &x; dos</p>'
    assert "root:" not in read("a.html", source).text


def test_deep_html_is_read_and_bottomless_html_is_refused_not_cut() -> None:
    assert read("a.html", "<div>" * 1000 + "fondo" + "</div>" * 1000).text == "fondo"
    with pytest.raises(DocumentRefused, match="nested too deeply"):
        read("a.html", "<p>arriba</p>" + "<div>" * 5000 + "fondo")


def test_plain_text_joins_wrapped_lines_and_keeps_lists() -> None:
    source = (
        "POLÍTICA DE ENVÍOS\n\nEl envío estándar tarda entre tres y cinco días labora-\n"
        "bles desde que se confirma el pago del pedido.\n\n- Mesas\n- Sillas\n"
    )
    assert blocks_of(read("a.txt", source)) == [
        ("heading", 1, "POLÍTICA DE ENVÍOS"),
        (
            "paragraph",
            0,
            "El envío estándar tarda entre tres y cinco días laborables desde que se confirma "
            "el pago del pedido.",
        ),
        ("list", 0, "Mesas"),
        ("list", 0, "Sillas"),
    ]


def test_numbered_steps_that_stand_apart_are_no_headings() -> None:
    kinds = [
        kind for kind, _, _ in blocks_of(read("a.txt", "1. Abra la caja\n\n2. Monte la mesa\n"))
    ]
    assert kinds == ["list", "list"]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1", "utf-16-le"]
)
def test_spanish_text_survives_every_usual_encoding(encoding: str) -> None:
    text = "¿Cuánto tarda la devolución del niño en Logroño? Según el artículo, treinta días."
    assert read("a.txt", text, encoding).text == text


def test_binary_named_as_text_is_refused() -> None:
    with pytest.raises(DocumentRefused, match=r"^a\.txt: ") as caught:
        load(bytes(range(256)) * 20, "a.txt")
    assert caught.value.code == "damaged"


def test_csv_questions_become_headings_over_their_answers() -> None:
    source = "Pregunta;Respuesta;Tema\n¿Cuándo llega?;En 3, 4 o 5 días;Envíos\n"
    extract = read("faq.csv", source, "cp1252")
    assert blocks_of(extract) == [
        ("heading", 2, "¿Cuándo llega?"),
        ("paragraph", 0, "En 3, 4 o 5 días"),
        ("row", 0, "Tema: Envíos"),
    ]
    assert {block.row for block in extract.blocks} == {2}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_delimiters_are_found(delimiter: str) -> None:
    lines = [["Código", "Precio", "Alta"], ["A-1", "20", "2024"], ["B-2", "30", "2025"]]
    extract = read("p.csv", "\n".join(delimiter.join(line) for line in lines))
    assert blocks_of(extract)[1] == ("row", 0, "Código: A-1; Precio: 20; Alta: 2024")


MAIL = """From: =?utf-8?q?Marta_Garc=C3=ADa?= <m@almendro.es>
Subject: =?utf-8?q?Cambio_de_env=C3=ADos?=
Date: Mon, 3 Mar 2025 10:00:00 +0100
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: multipart/alternative; boundary=y

--y
Content-Type: text/html; charset=utf-8

<p>no</p>
--y
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: 8bit

Desde hoy los envíos tardan diez días.
--y--
--x
Content-Disposition: attachment; filename="tarifa.pdf"
Content-Type: application/pdf

AAAA
--x--
"""


def test_mail_gives_subject_sender_plain_text_and_attachment_names() -> None:
    extract = read("c.eml", MAIL, "latin-1")
    assert extract.title == "Cambio de envíos"
    assert [text for _, _, text in blocks_of(extract)] == [
        "Cambio de envíos",
        "From: Marta García <m@almendro.es>; Date: Mon, 03 Mar 2025 10:00:00 +0100",
        "Desde hoy los envíos tardan diez días.",
        "Adjuntos: tarifa.pdf",
    ]


def test_a_page_named_markdown_is_read_as_a_page() -> None:
    suffix, extract = load(b"<!DOCTYPE html><html><body><p>Hola</p></body></html>", "a.md")
    assert (suffix, extract.text) == ("html", "Hola")


@pytest.mark.parametrize(
    ("name", "hint"),
    [("a.doc", "save it as .docx"), ("b.xls", "save it as .xlsx"), ("c.gz", "expected csv, docx")],
)
def test_other_formats_are_refused_with_what_to_do(name: str, hint: str) -> None:
    with pytest.raises(DocumentRefused, match=hint) as caught:
        check_suffix(name)
    assert caught.value.code == "unsupported"


@pytest.mark.parametrize("data", [b"", b"  \n\t "])
def test_a_file_without_text_is_called_empty(data: bytes) -> None:
    with pytest.raises(DocumentRefused) as caught:
        load(data, "a.txt")
    assert caught.value.code == "empty"


def test_a_list_that_the_page_takes_from_its_front_matter_is_read() -> None:
    source = (
        "---\ntitle: Documentos\nsi:\n  - Pasaporte\n  - DNI\n---\n"
        "## Se aceptan\n\n{% include lista.html items=page.si size='md' %}\n"
    )
    _, extract = load(source.encode(), "documentos.md")
    assert extract.text.split() == ["Se", "aceptan", "Pasaporte", "DNI"]
    assert [b.kind for b in extract.blocks] == ["heading", "list", "list"]
