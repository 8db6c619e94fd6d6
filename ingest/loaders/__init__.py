"""Bytes of a file -> `Extract`: one function per format, chosen by suffix and content together.

Runs inside the parsing child (`ingest.child`); before it comes `ingest.sources`, after it
`ingest.chunk`. Formats import their libraries when first used, so that a child starts fast.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import PurePosixPath

from ingest.loaders.extract import Extract
from knowledge.errors import DocumentRefused

Loader = Callable[[bytes, str], Extract]


def _lazy(module: str, function: str) -> Loader:
    def load(data: bytes, name: str) -> Extract:
        loader: Loader = getattr(import_module(f"ingest.loaders.{module}"), function)
        return loader(data, name)

    return load


_pdf = _lazy("pdf", "load_pdf")
_docx = _lazy("docx", "load_docx")
_pptx = _lazy("pptx", "load_pptx")
_xlsx = _lazy("xlsx", "load_xlsx")
_csv = _lazy("csv_", "load_csv")
_html = _lazy("html", "load_html")
_markdown = _lazy("markdown", "load_markdown")
_plain = _lazy("plain", "load_plain")
_eml = _lazy("eml", "load_eml")

LOADERS: dict[str, Loader] = {
    "pdf": _pdf,
    "docx": _docx,
    "pptx": _pptx,
    "xlsx": _xlsx,
    "csv": _csv,
    "tsv": _csv,
    "html": _html,
    "htm": _html,
    "md": _markdown,
    "markdown": _markdown,
    "txt": _plain,
    "eml": _eml,
}
"""What is read, by suffix without the dot."""

_SAVE_AS = {
    **dict.fromkeys(("doc", "docm", "dotx", "dot", "odt", "rtf", "pages", "wpd"), "docx"),
    **dict.fromkeys(("xls", "xlsm", "xlsb", "ods", "numbers"), "xlsx"),
    **dict.fromkeys(("ppt", "pptm", "ppsx", "pps", "odp", "key"), "pptx"),
    "msg": "eml",
    "mht": "html",
    "mhtml": "html",
}


def suffix_of(name: str) -> str:
    """Lower-case suffix of a file name without the dot, empty when there is none."""
    return PurePosixPath(name).suffix.lower().removeprefix(".")


def check_suffix(name: str) -> str:
    """The suffix of a file that can be read.

    Raises:
        DocumentRefused: no loader takes it (``unsupported``); the message says what would do.
    """
    suffix = suffix_of(name)
    if suffix in LOADERS:
        return suffix
    shown = f"{suffix!r} files are" if suffix else "files without a suffix are"
    if suffix in _SAVE_AS:
        hint = f"save it as .{_SAVE_AS[suffix]}"
    else:
        hint = f"expected {', '.join(sorted(LOADERS))} or a folder or zip of them"
    raise DocumentRefused("unsupported", f"{name}: {shown} not read; {hint}")


def load(data: bytes, name: str) -> tuple[str, Extract]:
    """The format that was used, as a suffix, and what the file holds.

    Raises:
        DocumentRefused: with the reason.
    """
    from ingest.loaders.sniff import decide

    if not data:
        raise DocumentRefused("empty", f"{name}: the file has no bytes")
    suffix = decide(data, name, check_suffix(name))
    extract = LOADERS[suffix](data, name)
    if not extract.text:
        raise DocumentRefused("empty", f"{name}: no text in it")
    return suffix, extract
