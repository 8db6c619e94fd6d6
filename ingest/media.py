"""What came over HTTP -> the suffix of the loader that reads it.

The server's word counts first, then the name of what it sends, then the content; the loaders look
at the content once more, in their child process.
"""

from __future__ import annotations

from collections.abc import Mapping
from email.message import Message

from ingest.loaders import LOADERS, suffix_of
from ingest.loaders.sniff import looks_like_html
from ingest.urls import SAME_SUFFIX

_OFFICE = "application/vnd.openxmlformats-officedocument"
_TYPES = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "application/x-pdf": "pdf",
    f"{_OFFICE}.wordprocessingml.document": "docx",
    f"{_OFFICE}.presentationml.presentation": "pptx",
    f"{_OFFICE}.spreadsheetml.sheet": "xlsx",
    "text/csv": "csv",
    "application/csv": "csv",
    "text/tab-separated-values": "tsv",
    "text/markdown": "md",
    "text/x-markdown": "md",
    "message/rfc822": "eml",
}
_PLAIN = frozenset({"csv", "tsv", "md", "markdown", "txt", "eml"})
_SAYS_NOTHING = frozenset(
    {
        "",
        "application/octet-stream",
        "binary/octet-stream",
        "application/download",
        "application/force-download",
        "application/x-download",
        "application/zip",
    }
)
_OFFICE_PARTS = {
    b"word/document.xml": "docx",
    b"xl/workbook.xml": "xlsx",
    b"ppt/presentation": "pptx",
}


def suffix_of_response(path: str, headers: Mapping[str, str], data: bytes) -> str | None:
    """The suffix of the loader that fits, `None` when none does.

    Args:
        path: path of the address, without its query.
        headers: of the response, names in lower case.
        data: the body.
    """
    media_type = served_type(headers)
    named = _named(path, headers)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if media_type in _TYPES:
        return _TYPES[media_type]
    if media_type == "text/plain":
        return named if named in _PLAIN else "txt"
    if media_type in _SAYS_NOTHING:
        return named or _by_content(data)
    return "html" if media_type.endswith("/xml") and looks_like_html(data) else None


def served_type(headers: Mapping[str, str]) -> str:
    """The media type that the server names, lower case, empty when it names none."""
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def _named(path: str, headers: Mapping[str, str]) -> str | None:
    """The suffix of the file name that the server gives, else of the path, if a loader has it."""
    message = Message()
    message["content-disposition"] = headers.get("content-disposition", "")
    for name in (message.get_filename() or "", path):
        suffix = suffix_of(name)
        if suffix in LOADERS:
            return SAME_SUFFIX.get(suffix, suffix)
    return None


def _by_content(data: bytes) -> str | None:
    if data.startswith(b"PK\x03\x04"):
        return next((suffix for part, suffix in _OFFICE_PARTS.items() if part in data), None)
    return "html" if looks_like_html(data) else None
