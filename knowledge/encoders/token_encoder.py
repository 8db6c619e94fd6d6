"""Token ids to token embeddings: the quickest way through a sentence-transformers network.

Between the tokenizer and the pooling in `knowledge.encoders.embedding`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

TokenEncoder = Callable[[Sequence[Sequence[int]]], "list[torch.Tensor]"]
"""Token ids of sequences to their embeddings by the network, ``(n_tokens, width)`` each."""


def token_encoder(model: SentenceTransformer) -> TokenEncoder:
    """The quickest way through the model's network, its matrices in bfloat16 where that is quick.

    Of a question these matrices are mostly read from memory, of which bfloat16 takes half.
    """
    import torch

    from knowledge.encoders import packed_bert

    network: Any = model[0].model
    if not packed_bert.supports(network):
        return functools.partial(_padded_token_embeddings, model)
    dtype = torch.bfloat16 if packed_bert.has_bfloat16() else torch.float32
    return packed_bert.PackedBert(network, dtype)


def _padded_token_embeddings(
    model: SentenceTransformer, sequences: Sequence[Sequence[int]]
) -> list[torch.Tensor]:
    """A `TokenEncoder` for every other network: sentence-transformers' own forward pass."""
    import torch

    rows = [torch.tensor(sequence) for sequence in sequences]
    padding = model.tokenizer.pad_token_id or 0
    ids = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=padding)
    features = {
        "input_ids": ids,
        "attention_mask": attention_mask([len(row) for row in rows]),
    }
    embeddings = model[0](features)["token_embeddings"].float()
    return [own[: len(row)] for own, row in zip(embeddings, rows, strict=True)]


def attention_mask(lengths: Sequence[int]) -> torch.Tensor:
    """``(n, longest)`` int64: 1 for tokens, 0 for padding."""
    import torch

    return (torch.arange(max(lengths)) < torch.tensor(lengths)[:, None]).long()
