"""BERT's encoder over sequences laid end to end, with weights in the order the processor likes.

`knowledge.encoders.embedding` uses it in place of transformers' forward pass for the architectures
named in `FIRST_POSITION`: nothing is computed for padding, the linear layers see all sequences as
one matrix, and their weights are laid out once for oneDNN, with GELU computed on the way out. Where
the linear layers run in bfloat16, the residual stream, normalisation and attention stay float32,
which keeps retrieval where float32 has it (docs/measurements.md).

Architecture: Devlin et al. 2019, https://arxiv.org/abs/1810.04805.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

import torch
from torch.nn import functional

FIRST_POSITION = {"bert": 0, "roberta": 2, "xlm-roberta": 2}
"""Architectures computed here, with the position number of a sequence's first token."""

TYPICAL_ROWS = 1024
"""Rows of the matrices that weights are laid out for; other numbers work as well."""


def supports(network: Any) -> bool:
    """Whether this module computes what a transformers network computes."""
    config = network.config
    return (
        config.model_type in FIRST_POSITION
        and config.hidden_act == "gelu"
        and not getattr(config, "is_decoder", False)
        and getattr(config, "position_embedding_type", "absolute") in ("absolute", None)
        and bool(torch.backends.mkldnn.is_available())  # type: ignore[no-untyped-call]
    )


def has_bfloat16() -> bool:
    """Whether the processor multiplies bfloat16 matrices itself; emulated they are slow."""
    capabilities = torch.cpu.get_capabilities()
    return bool(capabilities.get("avx512_bf16") or capabilities.get("amx_bf16"))


FEW_ROWS = 128
"""Of some questions."""
FILLED_FEW = 8
FILLED_MANY = 32
"""Rows are filled up to a multiple of this: oneDNN keeps half a megabyte of code for each number of
rows it has seen."""


class PackedBert:
    """Token embeddings of a loaded BERT, RoBERTa or XLM-RoBERTa network.

    Keeps its own copy of the linear layers' weights; embeddings and normalisation are the
    network's. Calls may run side by side in threads.
    """

    def __init__(self, network: Any, dtype: torch.dtype) -> None:
        """Lay out the weights.

        Args:
            network: one that `supports` accepts.
            dtype: of the linear layers, float32 or bfloat16.
        """
        self._embeddings = network.embeddings
        self._first_position = FIRST_POSITION[network.config.model_type]
        heads = network.config.num_attention_heads
        with torch.inference_mode():
            self._layers = [_Layer(layer, heads, dtype) for layer in network.encoder.layer]

    def __call__(self, sequences: Sequence[Sequence[int]]) -> list[torch.Tensor]:
        """``(n_tokens, hidden)`` float32 per sequence of token ids."""
        n_rows = sum(map(len, sequences))
        n_filled = -n_rows % (FILLED_FEW if n_rows <= FEW_ROWS else FILLED_MANY)
        filled = [*sequences, [0] * n_filled] if n_filled else sequences
        lengths = [len(sequence) for sequence in filled]
        ids = torch.tensor(list(chain.from_iterable(filled)))
        positions = torch.cat([torch.arange(n) for n in lengths]) + self._first_position
        with torch.inference_mode():
            embedded = self._embeddings(input_ids=ids[None], position_ids=positions[None])
            hidden = embedded[0]
            for layer in self._layers:
                hidden = layer(hidden, lengths)
        return list(torch.split(hidden, lengths))[: len(sequences)]


class _Layer:
    """One transformer layer: attention and feed-forward, each added to its input and normalised."""

    def __init__(self, layer: Any, heads: int, dtype: torch.dtype) -> None:
        own, output = layer.attention.self, layer.attention.output
        self._heads = heads
        self._query_key_value = _Linear([own.query, own.key, own.value], dtype)
        self._attention_output = _Linear([output.dense], dtype)
        self._attention_norm = output.LayerNorm
        self._intermediate = _Linear([layer.intermediate.dense], dtype, activation="gelu")
        self._output = _Linear([layer.output.dense], dtype)
        self._output_norm = layer.output.LayerNorm

    def __call__(self, hidden: torch.Tensor, lengths: list[int]) -> torch.Tensor:
        """``(tokens, hidden)`` float32 to the same."""
        attended = self._attend(self._query_key_value(hidden), lengths)
        hidden = self._attention_norm(hidden + self._attention_output(attended))
        normalised: torch.Tensor = self._output_norm(
            hidden + self._output(self._intermediate(hidden))
        )
        return normalised

    def _attend(self, query_key_value: torch.Tensor, lengths: list[int]) -> torch.Tensor:
        """Each sequence to itself; float32, in which this kernel is also the quickest."""
        attended = []
        for part in torch.split(query_key_value.float(), lengths):
            query, key, value = part.view(1, len(part), 3, self._heads, -1).permute(2, 0, 3, 1, 4)
            heads = functional.scaled_dot_product_attention(query, key, value)
            attended.append(heads[0].transpose(0, 1).reshape(len(part), -1))
        return torch.cat(attended)


class _Linear:
    """Linear layers over the same input as one, with weights in oneDNN's own layout.

    The two operators are those that torch.compile's code for processors calls.
    """

    def __init__(
        self, linears: list[torch.nn.Linear], dtype: torch.dtype, activation: str = "none"
    ) -> None:
        weight = torch.cat([linear.weight for linear in linears]).to(dtype)
        self._bias = torch.cat([linear.bias for linear in linears]).to(dtype)
        self._weight = torch.ops.mkldnn._reorder_linear_weight(weight, TYPICAL_ROWS)
        self._activation = activation

    def __call__(self, rows: torch.Tensor) -> torch.Tensor:
        result: torch.Tensor = torch.ops.mkldnn._linear_pointwise(
            rows.to(self._bias.dtype), self._weight, self._bias, self._activation, [], "none"
        )
        return result
