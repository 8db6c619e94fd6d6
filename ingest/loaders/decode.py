"""Bytes of a text format -> text, whatever the encoding."""

from __future__ import annotations

import codecs
import re

from knowledge.errors import DocumentRefused

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE_BYTES = 64 * 1024
# What Western European text is made of, beyond ASCII, when read as Windows-1252.
_WESTERN = frozenset("áéíóúüñçàèìòùâêîôûäëïößøåæœÁÉÍÓÚÜÑÇÀÈÒ¿¡ºª€«»·°©®–—‘’“”…•´£§½¼\xa0")


def decode(data: bytes, name: str, *, declared: str | None = None) -> str:
    """The text of a file.

    Order of trust: byte-order mark, UTF-8 that decodes, UTF-16 by its zero bytes, the encoding
    the file declares, Windows-1252 when the result looks like Western European text, and last
    what charset-normalizer finds.

    Args:
        data: the whole file.
        name: file name, for the message.
        declared: encoding named inside the file (HTML ``charset``), if any.

    Raises:
        DocumentRefused: the bytes are not text (``damaged``).
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, errors="replace").removeprefix("\ufeff")
    utf16 = _utf16(data)
    if utf16 is not None:
        return utf16
    if b"\x00" in data[:_SAMPLE_BYTES]:
        raise DocumentRefused("damaged", f"{name}: not text (it holds zero bytes)")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        nearly = error.start > len(data) - 4 and len(data) > 64
        if nearly:  # cut in the middle of the last character
            return data[: error.start].decode("utf-8")
    return _legacy(data, name, declared)


def _utf16(data: bytes) -> str | None:
    """Text of UTF-16 without a byte-order mark: every other byte is mostly zero."""
    sample = data[:4096]
    if len(sample) < 8 or len(data) % 2:
        return None
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = sample[offset::2].count(0) / (len(sample) // 2)
        others = sample[1 - offset :: 2].count(0)
        if zeros > 0.5 and not others:
            return data.decode(encoding, errors="replace")
    return None


def _legacy(data: bytes, name: str, declared: str | None) -> str:
    if declared:
        text = _try(data, declared)
        if text is not None and not _looks_wrong(text):
            return text
    western = data.decode("cp1252", errors="replace")
    if _is_western(western):
        return western
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE_BYTES]).best()
    text = _try(data, best.encoding) if best is not None else None
    if text is not None and not _looks_wrong(text):
        return text
    if _looks_wrong(western):
        raise DocumentRefused(
            "damaged", f"{name}: not text in any known encoding; save it as UTF-8"
        )
    return western


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return codecs.decode(data, encoding, "strict")
    except (UnicodeError, LookupError, TypeError, ValueError):
        return None


def _is_western(text: str) -> bool:
    """Whether the non-ASCII characters are accents inside words, quotes and the like.

    Text of another alphabet read as Windows-1252 is full of accented letters side by side.
    """
    other = [char for char in text if char > "\x7f"]
    if not other or "\ufffd" in other or _looks_wrong(text):
        return False
    fitting = sum(char in _WESTERN for char in other) / len(other)
    letters = sum(char.isalpha() for char in text)
    runs = re.findall(r"[À-ÿ]{3,}", text)
    return fitting > 0.9 and len(other) < 0.25 * max(letters, 1) and len(runs) < 3


def _looks_wrong(text: str) -> bool:
    """Whether text holds control characters or replacement marks as no written text does."""
    sample = text[:_SAMPLE_BYTES]
    bad = sum(
        (char < " " and char not in "\t\n\r\f\v\x1a") or "\x7f" <= char < "\x85" or char == "\ufffd"
        for char in sample
    )
    return bad > 0.01 * max(len(sample), 1)
