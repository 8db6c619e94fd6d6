"""Low-rank additions to the bundled model's matrices: files, and networks with them put in.

LoRA: Hu et al. 2021, https://arxiv.org/abs/2106.09685. A network with additions has layers of its
own and shares the bundled model's vocabulary and token embeddings.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge.encoders import e5, packed_bert
from knowledge.encoders.embedding import SentenceTransformerEmbedder
from knowledge.errors import ModelError

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer

MODEL = f"{e5.PACKED_SHA256} {e5.LAYOUT}"
"""What the additions were learned over."""
LINEARS = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
"""Of each layer, what additions are made to."""
NORMS = ("attention.output.LayerNorm", "output.LayerNorm")
"""Of each layer, what is replaced."""
PARTS = ("weight", "bias")


@dataclass(frozen=True)
class Head:
    """A question that is put to texts.

    Attributes:
        labels: its classes.
        weight: ``(n_labels, 2 * hidden)``.
        bias: ``(n_labels,)``.
    """

    labels: tuple[str, ...]
    weight: torch.Tensor
    bias: torch.Tensor


@dataclass(frozen=True)
class Learned:
    """What is shipped.

    Attributes:
        tensors: additions and norms, ``<layer>.<name>.down``, ``up``, ``weight``, ``bias``.
        heads: by name.
    """

    tensors: Mapping[str, torch.Tensor]
    heads: Mapping[str, Head]


def learned(path: Path) -> Learned:
    """What is in a file.

    Raises:
        ModelError: it is damaged, or was learned over another model.
    """
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="pt") as file:
            told = file.metadata() or {}
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        if told["model"] != MODEL:
            raise ModelError(
                f"{path.name} was learned over another model than the bundled one; "
                "learn them anew (voz eval fit-encoder, fit-figures)"
            )
        heads = {
            name: Head(tuple(labels), *(tensors[f"{name}.{part}"].float() for part in PARTS))
            for name, labels in json.loads(told["heads"]).items()
        }
    except (OSError, SafetensorError, KeyError, ValueError) as error:
        raise ModelError(f"{path.name} is damaged ({error}); install voz-propia again") from error
    return Learned(tensors, heads)


def save(
    path: Path, tensors: Mapping[str, torch.Tensor], heads: Mapping[str, Sequence[str]]
) -> None:
    """Write what `learned` reads.

    Args:
        path: of the file.
        tensors: additions, norms and heads.
        heads: classes of each head.
    """
    from safetensors.torch import save_file

    save_file(dict(tensors), path, {"model": MODEL, "heads": json.dumps(heads)})


def check(network: Any, given: Learned, name: str) -> None:
    """Whether additions fit a network.

    Args:
        network: the bundled model's.
        given: what was read.
        name: of its file.

    Raises:
        ModelError: they do not.
    """
    for number, layer in enumerate(network.encoder.layer):
        for linear, (first, second) in _names(number).items():
            own = layer.get_submodule(linear)
            if first not in given.tensors or second not in given.tensors:
                raise ModelError(f"{name} is damaged (no {first}); install voz-propia again")
            down, up = given.tensors[first], given.tensors[second]
            shape = (*up.shape[:1], *down.shape[1:]) if linear in LINEARS else down.shape
            if tuple(shape) != tuple(own.weight.shape):
                raise ModelError(f"{name} is damaged ({first}); install voz-propia again")


def bundled_parts(embedder: object) -> tuple[Any, Tokenizer] | None:
    """Network and tokenizer of the bundled model, over which additions were learned.

    `None` where another model embeds, or its layers cannot be computed here
    (`packed_bert.supports`).
    """
    if not isinstance(embedder, SentenceTransformerEmbedder) or not embedder.bundled:
        return None
    if not packed_bert.supports(embedder.network):
        return None
    return embedder.network, embedder.tokenizer


def with_additions(network: Any, tensors: Mapping[str, torch.Tensor]) -> packed_bert.PackedBert:
    """A network with additions put in: 43 MB where it is in bfloat16, else twice that."""
    import torch

    own = copy.copy(network)
    own._modules = dict(network._modules)
    own.encoder = copy.deepcopy(network.encoder)
    _add(own.encoder.layer, tensors)
    dtype = torch.bfloat16 if packed_bert.has_bfloat16() else torch.float32
    return packed_bert.PackedBert(own, dtype)


def _names(number: int) -> dict[str, tuple[str, ...]]:
    """The tensors of a layer by what they are for."""
    linears = {
        name: tuple(f"{number}.{name}.{part}" for part in ("down", "up")) for name in LINEARS
    }
    norms = {name: tuple(f"{number}.{name}.{part}" for part in PARTS) for name in NORMS}
    return {**linears, **norms}


def _add(layers: Any, tensors: Mapping[str, torch.Tensor]) -> None:
    """Put low-rank additions and norms into layers, in place."""
    import torch

    with torch.no_grad():
        for number, layer in enumerate(layers):
            for name, parts in _names(number).items():
                own = layer.get_submodule(name)
                first, second = (tensors[part].float() for part in parts)
                if name in LINEARS:
                    own.weight += second @ first
                else:
                    own.weight.copy_(first)
                    own.bias.copy_(second)
