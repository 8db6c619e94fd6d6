"""A stand-in for `Assistant` with four documents and scripted answers, for tests of the page."""

from __future__ import annotations

import io
import time
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

from assistant.models import Answer, Citation, Statement, Turn
from knowledge.errors import SettingsError
from knowledge.models import EVERYONE, Block, BlockKind, Document, Language, Viewer

RETURNS_PDF = "politicas/devoluciones.pdf"
LEVANTE_PDF = "contratas/levante.pdf"
"""For one contractor's agents; the others must not notice that it is there."""
HOSTILE = "hostil/<img src=x onerror=alert(1)>.html"

PAGE_TEXTS = (
    ("heading", "Política de devoluciones"),
    ("paragraph", "Esta política vale para las compras hechas desde el 1 de marzo de 2026."),
    ("heading", "Plazo de devolución"),
    (
        "paragraph",
        "El cliente puede devolver cualquier mueble en los 14 días naturales siguientes a la "
        "entrega. Los colchones abiertos se aceptan solo si conservan el precinto de higiene.",
    ),
    (
        "paragraph",
        "La recogida a domicilio cuesta 29 € y se descuenta del reembolso. El reembolso se hace "
        "por el mismo medio de pago en un máximo de 14 días desde que llega el artículo.",
    ),
)

_ENGLISH = (
    ("heading", "Delivery terms"),
    ("paragraph", "Home delivery costs 29 euros within the peninsula."),
    ("paragraph", "Deliveries to the islands take 10 working days and are quoted separately."),
)

_HOSTILE = (
    ("heading", "<script>alert('titulo')</script>"),
    (
        "paragraph",
        "<img src=http://evil.example/a.png onerror=alert(2)> ![x](http://evil.example/b.png) "
        "{{constructor}} ${alert(3)} </mark><script>alert(4)</script> `${alert(5)}`",
    ),
    ("paragraph", '"><svg onload=alert(6)> &lt;b&gt; <a href="javascript:alert(7)">clic</a>'),
)


def make_document(
    name: str,
    parts: Sequence[tuple[str, str]],
    language: Language = "es",
    page: int | None = None,
    audience: str = EVERYONE,
) -> Document:
    """A document whose blocks are the given ``(kind, text)``."""
    text, blocks = "", []
    for kind, part in parts:
        start = len(text)
        text += part + "\n"
        block_kind: BlockKind = "heading" if kind == "heading" else "paragraph"
        level = 1 if kind == "heading" else 0
        blocks.append(Block(block_kind, start, start + len(part), level=level, page=page))
    return Document(
        name=name,
        title=parts[0][1],
        text=text,
        blocks=tuple(blocks),
        language=language,
        media_type=name.rsplit(".", 1)[1],
        sha256=sha256(text.encode()).hexdigest(),
        audience=audience,
    )


def make_pdf(parts: Sequence[tuple[str, str]]) -> bytes:
    """A one-page PDF with the parts as paragraphs, wrapped as a word processor would."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    styles = getSampleStyleSheet()
    story = []
    for kind, text in parts:
        story.append(Paragraph(text, styles["Heading1" if kind == "heading" else "BodyText"]))
        story.append(Spacer(1, 8))
    file = io.BytesIO()
    SimpleDocTemplate(file, pagesize=A4, title="Prueba").build(story)
    return file.getvalue()


def cite(document: Document, quote: str, headings: tuple[str, ...] = ()) -> Citation:
    """A citation of words that stand in the document."""
    start = document.text.index(quote)
    page = next((b.page for b in document.blocks if b.start <= start < b.end), None)
    return Citation(
        document=document.name,
        title=document.title,
        page=page,
        row=None,
        headings=headings,
        quote=quote,
        start=start,
        end=start + len(quote),
        language=document.language,
    )


class PageDouble:
    """Answers by the question's words; records what it was asked."""

    classifier = None  # forms alone tell what is promised

    def __init__(self, folder: Path) -> None:
        self.notice: str | None = None
        self.empty = False
        self.delay_s = 0.0
        self.slow_documents: dict[str, float] = {}
        self.slow_empty_s = 0.0
        self.asked: list[tuple[str, tuple[Turn, ...]]] = []
        self.pdf = folder / "returns"
        self.pdf.write_bytes(make_pdf(PAGE_TEXTS))
        self.documents = {
            RETURNS_PDF: make_document(RETURNS_PDF, PAGE_TEXTS, page=1),
            LEVANTE_PDF: make_document(LEVANTE_PDF, PAGE_TEXTS, page=1, audience="levante"),
            "en/delivery.md": make_document("en/delivery.md", _ENGLISH, "en"),
            HOSTILE: make_document(HOSTILE, _HOSTILE),
            "largo.md": make_document("largo.md", _long_parts()),
        }

    def ask(self, question: str, viewer: Viewer, history: Sequence[Turn] = ()) -> Answer:
        assert EVERYONE in viewer.audiences
        self.asked.append((question, tuple(history)))
        time.sleep(self.delay_s)
        if "da error" in question:
            raise SettingsError("the register cannot be read: register.sqlite; run voz rebuild")
        if "fallo" in question:
            raise RuntimeError("a secret detail")
        return replace(self._answer(question), on=viewer.on, told=viewer.told)

    def search(self, question: str, viewer: Viewer, *, top_k: int) -> SimpleNamespace:
        """Nothing is found: pages that need more are tested over the real assistant."""
        return SimpleNamespace(chunks=())

    def document(self, name: str, viewer: Viewer, version: int | None = None) -> Document | None:
        time.sleep(self.slow_documents.get(name, 0.0))
        found = self.documents.get(name)
        return found if found and found.audience in viewer.audiences else None

    def original(self, name: str, viewer: Viewer, version: int | None = None) -> Path | None:
        found = self.document(name, viewer)
        return self.pdf if found and found.media_type == "pdf" else None

    def is_empty(self, viewer: Viewer) -> bool:
        time.sleep(self.slow_empty_s)
        return self.empty

    def _answer(self, question: str) -> Answer:
        returns, delivery = self.documents[RETURNS_PDF], self.documents["en/delivery.md"]
        plazo = ("Plazo de devolución",)
        if "marte" in question:
            near = (cite(returns, PAGE_TEXTS[1][1]), cite(delivery, _ENGLISH[2][1]))
            return _reply(question, (), near=near, confidence=0.07)
        if "hostil" in question:
            document = self.documents[HOSTILE]
            quote = _HOSTILE[1][1]
            return _reply(question, (Statement(quote, (cite(document, quote),)),))
        if "largo" in question:
            document = self.documents["largo.md"]
            quote = document.text[document.blocks[40].start : document.blocks[40].end]
            return _reply(question, (Statement(quote, (cite(document, quote),)),))
        first = (
            "El cliente puede devolver cualquier mueble en los 14 días naturales siguientes a la "
            "entrega."
        )
        second = "Los colchones abiertos se aceptan solo si conservan el precinto de higiene."
        third = "Home delivery costs 29 euros within the peninsula."
        statements = (
            Statement(first, (cite(returns, first, plazo),)),
            Statement(second, (cite(returns, second, plazo),)),
            Statement(third, (cite(delivery, third),)),
        )
        if "compensar" in question:
            inside = replace(cite(returns, second, plazo), internal=True)
            return _reply(question, (statements[0], Statement(second, (inside,))))
        if "quizás" in question:
            return _reply(question, statements[2:], confidence=0.55)
        return _reply(question, statements)


def _long_parts() -> list[tuple[str, str]]:
    filler = "texto del apartado que sigue y sigue. " * 12
    return [
        ("heading", "Manual largo"),
        *(("paragraph", f"Apartado {i}: {filler}") for i in range(80)),
    ]


def _reply(
    question: str,
    statements: tuple[Statement, ...],
    *,
    near: tuple[Citation, ...] = (),
    confidence: float = 0.93,
) -> Answer:
    verdict = "answered" if statements and confidence > 0.6 else "partly"
    return Answer(
        question=question,
        query=question,
        verdict=verdict if statements else "not_found",  # type: ignore[arg-type]
        statements=statements,
        nearest=near,
        confidence=confidence,
        language="en" if question.isascii() and "how" in question.lower() else "es",
        timings_ms={"search": 60.0, "total": 83.0},
    )
