"""The body of a response: counted and unpacked piece by piece, so that it never outgrows memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping

from knowledge.errors import DocumentRefused

GZIP = b"\x1f\x8b"
"""What packed data begins with (RFC 1952)."""
_PIECE_BYTES = 64 * 1024
_MAX_MEMBERS = 1_000  # each costs a copy of the rest of its piece


def read_body(parts: Iterable[bytes], headers: Mapping[str, str], limit: int, label: str) -> bytes:
    """The whole body, unpacked; counted while it comes, whatever length was announced.

    Args:
        parts: as they come from the connection.
        headers: of the response, names in lower case.
        limit: bytes, before and after unpacking.
        label: address for messages.

    Raises:
        DocumentRefused: it is longer (``too-large``), packed otherwise than as gzip
            (``unreadable``) or ``damaged``.
    """
    announced = headers.get("content-length", "")
    if announced.isdecimal() and int(announced[:20]) > limit:
        raise _too_large(label, limit)
    encoding = headers.get("content-encoding", "").strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise DocumentRefused(
            "unreadable", f"{label}: packed as {encoding[:40]!r}, though only gzip was asked for"
        )
    if "gzip" in encoding:
        parts = _gunzipped(_counted(parts, limit, label), label)
    return b"".join(_counted(parts, limit, label))


def gunzip(data: bytes, limit: int, label: str) -> bytes:
    """What is packed in these bytes.

    Raises:
        DocumentRefused: it is longer than ``limit`` bytes (``too-large``) or ``damaged``.
    """
    pieces = (data[start : start + _PIECE_BYTES] for start in range(0, len(data), _PIECE_BYTES))
    return b"".join(_counted(_gunzipped(pieces, label), limit, label))


def _counted(parts: Iterable[bytes], limit: int, label: str) -> Iterator[bytes]:
    size = 0
    for part in parts:
        size += len(part)
        if size > limit:
            raise _too_large(label, limit)
        yield part


def _gunzipped(parts: Iterable[bytes], label: str) -> Iterator[bytes]:
    """Unpacked pieces, each small, so that whoever counts them can stop a bomb in time."""
    unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
    members = 1
    try:
        for part in parts:
            packed = part
            while packed:
                if unpacker.eof:  # a further member, as gzip allows
                    unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
                    members += 1
                if members > _MAX_MEMBERS:
                    raise DocumentRefused(
                        "damaged", f"{label}: packed in more than {_MAX_MEMBERS} parts"
                    )
                yield unpacker.decompress(packed, _PIECE_BYTES)
                packed = unpacker.unconsumed_tail or unpacker.unused_data
        if not unpacker.eof:
            yield unpacker.flush()
    except zlib.error as error:
        raise DocumentRefused("damaged", f"{label}: damaged on its way ({error})") from error
    if not unpacker.eof:
        raise DocumentRefused("damaged", f"{label}: it was cut short; try again")


def _too_large(label: str, limit: int) -> DocumentRefused:
    return DocumentRefused(
        "too-large", f"{label}: more than {limit >> 20} MiB; download it and give the file"
    )
