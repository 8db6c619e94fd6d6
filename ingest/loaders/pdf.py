"""PDF -> blocks with pages, headings, lists and tables.

pypdf opens the file first: it knows encryption, metadata and is the parser of reference; its
text is the fallback for files that pdfium cannot open or sees no text in. pdfium gives text with
positions (`ingest.loaders.pdf_text`), many times faster, and the outline.
"""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass
from typing import Any

import pypdf
import pypdfium2 as pdfium
from pypdf.errors import DependencyError, FileNotDecryptedError

from ingest.clean import clean_line
from ingest.loaders.extract import Extract, TextBuilder
from ingest.loaders.pdf_blocks import add_pages
from ingest.loaders.pdf_furniture import Page
from ingest.loaders.pdf_layout import arrange
from ingest.loaders.pdf_text import page_segments
from ingest.loaders.plain import add_plain
from knowledge.errors import DocumentRefused

logger = logging.getLogger(__name__)

_MAX_PAGES = 5_000
_MAX_OUTLINE = 2_000


@dataclass(frozen=True)
class _Opened:
    """What pypdf says of a file.

    Attributes:
        title: from the metadata.
        locked: a password is needed, as far as pypdf can tell.
        problem: why pypdf cannot open it; `None` when it can.
    """

    title: str | None = None
    locked: bool = False
    problem: str | None = None


def load_pdf(data: bytes, name: str) -> Extract:
    """Blocks of a PDF; every block knows its page.

    Raises:
        DocumentRefused: it needs a password or OCR, or is damaged beyond reading.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    opened = _metadata(data)
    builder = TextBuilder()
    # Each library opens some files that the other takes for locked (empty owner password,
    # encrypted attachments only), so a password is asked for when neither gives text.
    pages, locked = _with_pdfium(data, name, builder)
    if not builder.blocks and not opened.locked:
        pages = max(pages, _with_pypdf(data, builder))
    if builder.blocks:
        return builder.build(opened.title)
    if locked or opened.locked:
        raise DocumentRefused("password-needed", f"{name}: password needed")
    if pages and not opened.problem:
        raise DocumentRefused("needs-ocr", f"{name}: no text: needs OCR")
    reason = f" ({opened.problem})" if opened.problem else ""
    raise DocumentRefused("damaged", f"{name}: cannot be read as a PDF{reason}; save it anew")


def _metadata(data: bytes) -> _Opened:
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return _Opened(locked=True)
        title = reader.metadata.title if reader.metadata else None
        return _Opened(title=title if isinstance(title, str) else None)
    except MemoryError:
        raise
    except FileNotDecryptedError:
        return _Opened(locked=True)
    except DependencyError:
        return _Opened()
    except Exception as error:  # noqa: BLE001 - hostile files raise anything; pdfium is next
        return _Opened(problem=clean_line(f"{type(error).__name__}: {error}")[:120])


def _with_pdfium(data: bytes, name: str, builder: TextBuilder) -> tuple[int, bool]:
    """Add what pdfium reads; the number of pages it sees, and whether it wants a password."""
    try:
        document = pdfium.PdfDocument(data)
        count = len(document)
    except pdfium.PdfiumError as error:
        return 0, "password" in str(error).lower()
    if count > _MAX_PAGES:
        raise DocumentRefused("too-large", f"{name}: {count} pages, the limit is {_MAX_PAGES}")
    pages: list[Page] = []
    for index in range(count):
        try:
            page = document[index]
            height = float(page.get_size()[1])
            pages.append(Page(index + 1, height, tuple(arrange(page_segments(page)))))
            page.close()
        except pdfium.PdfiumError:
            builder.warnings.append(f"page {index + 1} cannot be read")
    add_pages(builder, pages, _outline(document))
    return count, False


def _outline(document: Any) -> dict[str, int]:
    """Titles in the outline and their levels, from 1."""
    levels: dict[str, int] = {}
    try:
        for bookmark in document.get_toc(max_depth=6):
            title = clean_line(bookmark.get_title() or "").casefold()
            if title:
                levels.setdefault(title, bookmark.level + 1)
            if len(levels) >= _MAX_OUTLINE:
                break
    except (pdfium.PdfiumError, ValueError, UnicodeDecodeError):
        return levels
    return levels


def _with_pypdf(data: bytes, builder: TextBuilder) -> int:
    """Add pypdf's plain text; returns the number of pages it sees."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted:
            reader.decrypt("")
        pages = list(reader.pages)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - see _metadata
        return 0
    for number, page in enumerate(pages, start=1):
        try:
            text = page.extract_text()
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - one bad page must not cost the others
            builder.warnings.append(f"page {number} cannot be read")
            continue
        add_plain(builder, text, page=number)
    return len(pages)
