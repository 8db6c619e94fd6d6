"""The bundled model's packed file, read from a tiny one made here."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from knowledge.encoders import e5
from knowledge.encoders.e5_file import PackedModel, Vocabulary, parse
from knowledge.errors import ModelError

HIDDEN, LAYERS, HEADS, INTERMEDIATE, VOCABULARY, POSITIONS, TYPES = 32, 1, 2, 64, 8, 6, 2
PIECES = [
    ("<s>", 0.0),
    ("<pad>", 0.0),
    ("</s>", 0.0),
    ("<unk>", 0.0),
    ("▁", -3.0),
    ("▁piso", -4.0),
    ("s", -5.0),
    ("é", -5.0),
]
REPLACEMENTS = {0x07: "", 0x09: " ", 0x200B: " ", 0xFB01: "fi", 0xFF21: "A"}


def quantised(weights: np.ndarray, scales: np.ndarray) -> bytes:
    """``(rows, blocks, 32)`` weights of -8 to 7 and ``(rows, blocks)`` scales, as in the file."""
    codes = (weights + 8).astype(np.uint8)
    nibbles = codes[..., :16] | (codes[..., 16:] << 4)
    scale_bytes = scales.astype("<f2")[..., None].view(np.uint8)
    return np.concatenate([scale_bytes, nibbles], axis=-1).tobytes()


def packed_file() -> bytes:
    """A model of one layer; matrix ``l0.q.w`` counts -8 to 7 twice per row, scaled by its row."""
    blob = b"".join(piece.encode() for piece, _ in PIECES)
    offsets = np.cumsum([0] + [len(piece.encode()) for piece, _ in PIECES])
    entries = b"".join(
        struct.pack(f"<IB{len(to)}I", code, len(to), *map(ord, to))
        for code, to in sorted(REPLACEMENTS.items())
    )
    head = struct.pack("<4si", b"E5S1", 1)
    head += struct.pack(
        "<7ifi", HIDDEN, LAYERS, HEADS, INTERMEDIATE, VOCABULARY, POSITIONS, TYPES, 1e-12, 32
    )
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(blob))
    head += offsets.astype("<u4").tobytes()
    head += np.array([score for _, score in PIECES], "<f4").tobytes() + blob
    head += struct.pack("<iI", len(REPLACEMENTS), len(entries)) + entries
    return head + _tensors(len(head))


def _tensors(position: int) -> bytes:
    shapes = {"emb.word": (VOCABULARY, HIDDEN), "l0.q.w": (HIDDEN, HIDDEN)}
    shapes |= {f"l0.{name}.w": (HIDDEN, HIDDEN) for name in ("k", "v", "ao")}
    shapes |= {"l0.fi.w": (INTERMEDIATE, HIDDEN), "l0.fo.w": (HIDDEN, INTERMEDIATE)}
    data = {
        name: quantised(
            np.tile(np.arange(32) % 16 - 8, (rows, columns // 32, 1)),
            np.repeat(np.arange(1, rows + 1)[:, None], columns // 32, 1) / 4,
        )
        for name, (rows, columns) in shapes.items()
    }
    floats = {"emb.pos": POSITIONS * HIDDEN, "emb.type": TYPES * HIDDEN}
    floats |= {f"{norm}.{part}": HIDDEN for norm in ("emb.ln", "l0.aln", "l0.oln") for part in "wb"}
    floats |= {f"l0.{name}.b": HIDDEN for name in ("q", "k", "v", "ao", "fo")}
    floats["l0.fi.b"] = INTERMEDIATE
    data |= {name: np.arange(size, dtype="<f4").tobytes() for name, size in floats.items()}
    position += 4 + sum(2 + len(name) + 1 + 4 + 16 for name in data)
    table = struct.pack("<i", len(data))
    for name, content in data.items():
        table += struct.pack("<H", len(name)) + name.encode()
        table += struct.pack("<BIQQ", name in shapes, 0, position, len(content))
        position += len(content)
    return table + b"".join(data.values())


@pytest.fixture(scope="module")
def packed() -> PackedModel:
    return parse(packed_file())


@pytest.fixture(scope="module")
def vocabulary(packed: PackedModel) -> Vocabulary:
    return packed.vocabulary


def test_sizes_and_vocabulary_are_read(packed: PackedModel) -> None:
    assert (packed.shape.hidden, packed.shape.heads, packed.shape.positions) == (32, 2, 6)
    assert packed.vocabulary.pieces == PIECES
    assert (packed.vocabulary.bos, packed.vocabulary.eos) == (0, 2)
    assert (packed.vocabulary.padding, packed.vocabulary.unknown) == (1, 3)
    assert packed.vocabulary.replacements == REPLACEMENTS


def test_a_matrix_is_its_nibbles_less_eight_times_the_scale_of_their_block(
    packed: PackedModel,
) -> None:
    matrix = packed.matrix("l0.fo.w", HIDDEN, INTERMEDIATE)
    assert matrix.dtype == np.float32
    np.testing.assert_array_equal(matrix[0], np.tile(np.arange(16) - 8, 4) * 0.25)
    np.testing.assert_array_equal(matrix[31], np.tile(np.arange(16) - 8, 4) * 8.0)


def test_the_weights_have_the_names_and_shapes_of_bert(packed: PackedModel) -> None:
    state = e5.state_dict(packed)
    assert state["embeddings.word_embeddings.weight"].shape == (VOCABULARY, HIDDEN)
    assert state["encoder.layer.0.intermediate.dense.weight"].shape == (INTERMEDIATE, HIDDEN)
    assert state["encoder.layer.0.output.dense.weight"].shape == (HIDDEN, INTERMEDIATE)
    assert state["encoder.layer.0.attention.output.LayerNorm.bias"].shape == (HIDDEN,)
    assert len(state) == 5 + 16 * LAYERS


@pytest.mark.parametrize("size", [3, 40, 120, 300])
def test_a_file_cut_short_is_one_clear_line(size: int) -> None:
    with pytest.raises(ModelError, match="cut short or damaged"):
        parse(packed_file()[:size])


def test_another_kind_of_file_is_refused() -> None:
    with pytest.raises(ModelError, match="expected b'E5S1'"):
        parse(b"PK\x03\x04" + packed_file()[4:])


def test_text_is_cut_into_the_likeliest_pieces_between_begin_and_end(
    vocabulary: Vocabulary,
) -> None:
    encoding = e5.build_tokenizer(vocabulary).encode("pisos")
    assert encoding.tokens == ["<s>", "▁piso", "s", "</s>"]
    assert encoding.offsets[1:3] == [(0, 4), (4, 5)]


@pytest.mark.parametrize(
    ("text", "normalised"),
    [
        ("a\tb", "a b"),
        ("a\u200bb", "a b"),
        ("a\x07b", "ab"),
        ("\ufb01n \uff21", "fin A"),
        ("e\u0301", "é"),
        ("a \t  b", "a b"),
    ],
)
def test_text_is_normalised_as_the_vocabulary_says(
    vocabulary: Vocabulary, text: str, normalised: str
) -> None:
    normalizer = e5.build_tokenizer(vocabulary).normalizer
    assert normalizer is not None
    assert normalizer.normalize_str(text) == normalised


def test_offsets_refer_to_the_text_as_it_was_given(vocabulary: Vocabulary) -> None:
    text = "e\u0301  piso"
    encoding = e5.build_tokenizer(vocabulary).encode(text, add_special_tokens=False)
    spoken = {text[a:b].strip() for a, b in encoding.offsets}
    assert "piso" in spoken
