"""Real files of each binary format, made here, through the loaders as the child runs them."""

import io
from datetime import date

import docx
import openpyxl
import pptx
import pytest
from docx.oxml import OxmlElement
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    ListFlowable,
    PageTemplate,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
)

from ingest.loaders import load
from ingest.loaders.extract import Extract
from knowledge.errors import DocumentRefused

STYLES = getSampleStyleSheet()
WORDS = "El cliente dispone de treinta días naturales para devolver el producto en su embalaje. "


def blocks_of(extract: Extract) -> list[tuple[str, str]]:
    return [(block.kind, extract.text[block.start : block.end]) for block in extract.blocks]


def heads_of(extract: Extract) -> list[tuple[int, str]]:
    return [
        (block.level, extract.text[block.start : block.end])
        for block in extract.blocks
        if block.kind == "heading"
    ]


def number_pages(canvas: Canvas, document: BaseDocTemplate) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.drawString(72, 800, "Muebles Almendro - Manual interno")
    canvas.drawString(280, 30, f"Página {document.page} de 9")


def manual_pdf(title: str = "Manual de devoluciones") -> bytes:
    stream = io.BytesIO()
    document = SimpleDocTemplate(stream, pagesize=A4, title=title)
    story = [Paragraph("Manual de devoluciones", STYLES["Title"])]
    for section in ("Plazos", "Colchones", "Electrodomésticos"):
        story.append(Paragraph(section, STYLES["Heading1"]))
        story.extend(Paragraph(WORDS * 6, STYLES["BodyText"]) for _ in range(4))
    story.append(Paragraph("Qué hace falta", STYLES["Heading2"]))
    items = [Paragraph(text, STYLES["BodyText"]) for text in ("El tique de compra", "El embalaje")]
    story.append(ListFlowable(items, bulletType="bullet"))
    story.append(Paragraph("Gastos de recogida", STYLES["Heading1"]))
    story.append(Table([["Producto", "Gasto"], ["Colchón", "29,90 €"], ["Mesa", "gratis"]]))
    story.append(Spacer(1, 12))
    document.build(story, onFirstPage=number_pages, onLaterPages=number_pages)
    return stream.getvalue()


def test_pdf_keeps_headings_lists_tables_and_pages() -> None:
    extract = load(manual_pdf(), "manual.pdf")[1]
    assert extract.title == "Manual de devoluciones"
    assert heads_of(extract) == [
        (1, "Manual de devoluciones"),
        (1, "Plazos"),
        (1, "Colchones"),
        (1, "Electrodomésticos"),
        (2, "Qué hace falta"),
        (1, "Gastos de recogida"),
    ]
    found = blocks_of(extract)
    assert ("list", "El tique de compra") in found
    assert ("row", "Producto: Colchón; Gasto: 29,90 €") in found
    assert extract.blocks[-1].page == len(PdfReader(io.BytesIO(manual_pdf())).pages) > 1


def test_pdf_sentences_are_whole_and_page_furniture_is_gone() -> None:
    extract = load(manual_pdf(), "manual.pdf")[1]
    assert extract.text.count(WORDS.strip()) == 3 * 4 * 6
    assert "Página" not in extract.text
    assert "Manual interno" not in extract.text


def test_pdf_columns_are_read_one_after_the_other() -> None:
    stream = io.BytesIO()
    width, height = A4
    frames = [Frame(50, 50, 230, height - 100), Frame(width / 2 + 20, 50, 230, height - 100)]
    document = BaseDocTemplate(stream, pagesize=A4)
    document.addPageTemplates(PageTemplate(frames=frames))
    style = ParagraphStyle("justified", parent=STYLES["BodyText"], alignment=4)
    things = ["una mesa", "un colchón de muelles", "la lavadora", "dos sillas", "un armario alto"]
    sentences = [f"El caso {n} dice cómo se entrega {things[n % 5]}." for n in range(90)]
    document.build([Paragraph(" ".join(sentences[n : n + 3]), style) for n in range(0, 90, 3)])
    text = " ".join(load(stream.getvalue(), "a.pdf")[1].text.split())
    places = [text.find(sentence) for sentence in sentences]
    assert min(places) >= 0
    assert places == sorted(places)


def test_pdf_rotated_pages_are_read_upright() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(manual_pdf())))
    for page in writer.pages:
        page.rotate(90)
    stream = io.BytesIO()
    writer.write(stream)
    assert WORDS.strip() in load(stream.getvalue(), "girado.pdf")[1].text


def test_pdf_text_drawn_sideways_is_read_along_its_own_lines() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    canvas.rotate(90)
    canvas.drawString(100, -100, "Primera línea de la tabla apaisada")
    canvas.drawString(100, -114, "y su continuación.")
    canvas.save()
    extract = load(stream.getvalue(), "apaisado.pdf")[1]
    assert extract.text == "Primera línea de la tabla apaisada y su continuación."


def test_pdf_without_text_asks_for_ocr() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.rect(50, 50, 200, 200, fill=1)
    canvas.save()
    with pytest.raises(DocumentRefused, match=r"escaneado\.pdf: no text: needs OCR") as caught:
        load(stream.getvalue(), "escaneado.pdf")
    assert caught.value.code == "needs-ocr"


def encrypted(user: str, owner: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(manual_pdf())))
    writer.encrypt(user, owner, algorithm="AES-256")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_pdf_with_a_user_password_is_refused() -> None:
    with pytest.raises(DocumentRefused, match=r"secreto\.pdf: password needed") as caught:
        load(encrypted("clave", "dueña"), "secreto.pdf")
    assert caught.value.code == "password-needed"


def test_pdf_that_only_its_owner_may_change_is_read() -> None:
    assert WORDS.strip() in load(encrypted("", "dueña"), "protegido.pdf")[1].text


def test_pdf_whose_title_is_a_file_name_is_called_by_its_heading() -> None:
    extract = load(manual_pdf(title="Microsoft Word - manual_v3.docx"), "m.pdf")[1]
    assert extract.title == "Manual de devoluciones"


def manual_docx() -> bytes:
    document = docx.Document()
    document.core_properties.title = ""
    document.sections[0].header.paragraphs[0].text = "cabecera que se repite"
    document.add_heading("Manual de reparaciones", 1)
    document.add_paragraph("Antes de pedir una reparación:")
    document.add_paragraph("compruebe el enchufe", style="List Number")
    document.add_paragraph("lea el manual", style="List Number")
    table = document.add_table(rows=3, cols=2)
    for row, texts in zip(
        table.rows, [("Avería", "Plazo"), ("Motor", "15 días"), ("Puerta", "7 días")], strict=False
    ):
        for cell, text in zip(row.cells, texts, strict=False):
            cell.text = text
    document.add_heading("Reclamaciones", 2)
    paragraph = document.add_paragraph("El plazo es de ")
    for tag, text in (("w:del", "diez"), ("w:ins", "quince")):
        change = OxmlElement(tag)
        run = OxmlElement("w:r")
        words = OxmlElement("w:delText" if tag == "w:del" else "w:t")
        words.text = text
        run.append(words)
        change.append(run)
        paragraph._p.append(change)
    paragraph.add_run(" días.")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_docx_keeps_order_numbers_and_accepted_changes_only() -> None:
    extract = load(manual_docx(), "m.docx")[1]
    assert extract.title == "Manual de reparaciones"
    assert blocks_of(extract) == [
        ("heading", "Manual de reparaciones"),
        ("paragraph", "Antes de pedir una reparación:"),
        ("list", "1. compruebe el enchufe"),
        ("list", "2. lea el manual"),
        ("table", "Avería | Plazo"),
        ("row", "Avería: Motor; Plazo: 15 días"),
        ("row", "Avería: Puerta; Plazo: 7 días"),
        ("heading", "Reclamaciones"),
        ("paragraph", "El plazo es de quince días."),
    ]


def test_docx_without_heading_styles_takes_bold_lines_for_headings() -> None:
    document = docx.Document()
    document.add_paragraph().add_run("Condiciones de entrega").bold = True
    document.add_paragraph("Entregamos de lunes a viernes.")
    stream = io.BytesIO()
    document.save(stream)
    assert heads_of(load(stream.getvalue(), "c.docx")[1]) == [(2, "Condiciones de entrega")]


def test_docx_named_pdf_is_read_as_what_it_is() -> None:
    suffix, extract = load(manual_docx(), "m.pdf")
    assert suffix == "docx"
    assert "quince días" in extract.text


def test_pptx_gives_slides_tables_and_notes() -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "La voz de la casa"
    slide.placeholders[1].text = "Saludar por el nombre\nNo decir «no puedo»"
    slide.notes_slide.notes_text_frame.text = "Poner ejemplos de la llamada."
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Plazos"
    table = slide.shapes.add_table(2, 2, 0, 2_000_000, 5_000_000, 1_000_000).table
    for row, texts in enumerate([("Caso", "Días"), ("Queja", "15")]):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    hidden = deck.slides.add_slide(deck.slide_layouts[5])
    hidden.shapes.title.text = "Borrador"
    hidden.element.set("show", "0")
    stream = io.BytesIO()
    deck.save(stream)
    extract = load(stream.getvalue(), "f.pptx")[1]
    assert [
        (b.page, *pair) for b, pair in zip(extract.blocks, blocks_of(extract), strict=True)
    ] == [
        (1, "heading", "La voz de la casa"),
        (1, "list", "Saludar por el nombre"),
        (1, "list", "No decir «no puedo»"),
        (1, "paragraph", "Notas del orador: Poner ejemplos de la llamada."),
        (2, "heading", "Plazos"),
        (2, "table", "Caso | Días"),
        (2, "row", "Caso: Queja; Días: 15"),
    ]


def test_xlsx_gives_visible_sheets_with_the_numbers_of_their_rows() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Colchones"
    for row in (
        ["Tarifa de colchones para las tiendas"],
        [],
        ["Código", "Precio", "Desde"],
        ["COL-90", 1199.5, date(2025, 3, 1)],
        ["COL-135", 299, date(2025, 4, 1)],
    ):
        sheet.append(row)
    for number in (4, 5):
        sheet.cell(number, 2).number_format = "#,##0.00 €"
        sheet.cell(number, 3).number_format = "dd/mm/yyyy"
    hidden = book.create_sheet("Costes")
    hidden.append(["margen", 0.4])
    hidden.sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    extract = load(stream.getvalue(), "t.xlsx")[1]
    assert [(b.row, *pair) for b, pair in zip(extract.blocks, blocks_of(extract), strict=True)] == [
        (None, "heading", "Colchones"),
        (1, "paragraph", "Tarifa de colchones para las tiendas"),
        (3, "table", "Código | Precio | Desde"),
        (4, "row", "Código: COL-90; Precio: 1.199,50 €; Desde: 01/03/2025"),
        (5, "row", "Código: COL-135; Precio: 299,00 €; Desde: 01/04/2025"),
    ]
