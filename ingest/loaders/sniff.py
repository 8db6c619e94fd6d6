"""Which format a file really has: its suffix, unless its content says otherwise for certain."""

from __future__ import annotations

import io
import re

from knowledge.errors import DocumentRefused

_TEXT = frozenset({"csv", "tsv", "html", "htm", "md", "markdown", "txt", "eml"})
_OFFICE_MAIN = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
_MAX_INFLATED = 200 * 1024 * 1024
_OTHER = (
    (b"{\\rtf", "RTF; save it as .docx"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"BZh", "a bzip2 archive; unpack it first"),
    (b"7z\xbc\xaf", "a 7-Zip archive; unpack it first"),
    (b"Rar!", "a RAR archive; unpack it first"),
    (b"\x89PNG", "an image: needs OCR"),
    (b"\xff\xd8\xff", "an image: needs OCR"),
    (b"GIF8", "an image: needs OCR"),
    (b"MZ\x90", "a program"),
    (b"\x7fELF", "a program"),
    (b"%!PS", "PostScript; save it as PDF"),
)
_HTML = re.compile(
    r"(?is)^\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b"
)
_PDF_PIECES = re.compile(rb"\bendobj\b|\btrailer\b|\bstartxref\b|\d+ \d+ obj\b")


def decide(data: bytes, name: str, suffix: str) -> str:
    """The suffix whose loader fits.

    Raises:
        DocumentRefused: the content is a known format that is not read, encrypted or damaged.
    """
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _office(data, name)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        _refuse_ole(data, name)
    for magic, what in _OTHER:
        if data.startswith(magic):
            raise DocumentRefused("unsupported", f"{name}: it is {what}")
    if suffix in _TEXT:
        return _text(data, suffix)
    if suffix == "pdf":
        return _headless_pdf(data, name)
    raise DocumentRefused("damaged", f"{name}: not a .{suffix} file inside; save it again")


def looks_like_html(data: bytes) -> bool:
    """Whether a page begins here, as its first tag tells."""
    return _HTML.match(_head(data)) is not None


def _text(data: bytes, suffix: str) -> str:
    """A page named .md or .txt is read as the page it is."""
    if suffix in ("md", "markdown", "txt") and looks_like_html(data):
        return "html"
    return suffix


def _head(data: bytes) -> str:
    head = data[:2048]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", errors="replace")
    if head[1:20:2] == b"\0" * len(head[1:20:2]):
        return head.decode("utf-16-le", errors="replace")
    return head.decode("latin-1").removeprefix("\xef\xbb\xbf")


def _headless_pdf(data: bytes, name: str) -> str:
    """A file named .pdf without the signature: a damaged PDF, or text under a wrong name."""
    if _PDF_PIECES.search(data):
        return "pdf"
    if not data.strip() or not _is_written(data):
        raise DocumentRefused("damaged", f"{name}: not a PDF inside; save it again")
    return "html" if looks_like_html(data) else "txt"


def _is_written(data: bytes) -> bool:
    """Whether bytes are text in some encoding: no controls, and mostly ASCII."""
    sample = data[:65_536]
    controls = sum(byte < 32 and byte not in b"\t\n\r\f" for byte in sample)
    return not controls and sum(byte > 126 for byte in sample) < 0.3 * len(sample)


def _office(data: bytes, name: str) -> str:
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
        raise DocumentRefused(
            "damaged", f"{name}: cut short or damaged ({error}); get a new copy"
        ) from error
    names = [entry.filename for entry in entries]
    inflated = sum(entry.file_size for entry in entries)
    if inflated > _MAX_INFLATED:
        raise DocumentRefused(
            "too-large", f"{name}: unpacks to {inflated >> 20} MiB, the limit is 200 MiB"
        )
    if any(n.lower().endswith("vbaproject.bin") for n in names):
        raise DocumentRefused(
            "unsupported", f"{name}: it holds macros; save it without (.docx, .xlsx, .pptx)"
        )
    if "[Content_Types].xml" in names:
        for folder, suffix in _OFFICE_MAIN.items():
            if any(n.startswith(folder) for n in names):
                return suffix
    if "mimetype" in names:
        raise DocumentRefused("unsupported", f"{name}: an OpenDocument file; save it as .docx")
    raise DocumentRefused("unsupported", f"{name}: a zip archive that is no Office document")


def _refuse_ole(data: bytes, name: str) -> None:
    """Old Office formats and encrypted new ones share one container."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise DocumentRefused("password-needed", f"{name}: password needed")
    raise DocumentRefused(
        "unsupported", f"{name}: an old Office format; save it as .docx, .xlsx or .pptx"
    )
