"""What texts say, by the bundled model with low-rank additions to its matrices: texts -> classes.

One network with several heads, fine-tuned by ``voz eval fit-encoder``: what an agent promises
(`PROMISES`), whether a customer wants to complain (`COMPLAINS`), whether a clause of a draft
commits the company (`COMMITS`) and what it says that voice guides rule out (`WORDINGS`). It shares
the bundled model's vocabulary and token embeddings; of the layers it has its own, with the
additions put in.

Low-rank adaptation (LoRA): Hu et al. 2021, https://arxiv.org/abs/2106.09685. A pair is read as one
sequence, as Devlin et al. 2019 do; heads see its first token and the mean of its last text's.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from knowledge.encoders import model_loading, packed_bert
from knowledge.encoders.additions import Learned, bundled_parts, check, learned, with_additions
from knowledge.encoders.embedding import batches
from knowledge.encoders.remembered import Remembered

if TYPE_CHECKING:
    import torch
    from tokenizers import Encoding, Tokenizer

FILE = Path(__file__).with_name("adapted.safetensors")
KEPT = 2_000
"""Texts and pairs that are remembered, 3 kB each: while somebody types, most stay the same."""

Text = str | tuple[str, str]
"""A text, or a pair: what is given, and what is said."""
Array = NDArray[np.float64]


@functools.cache
def _shipped() -> Learned:
    """Read once: assistants are made anew for every change that is tried."""
    return learned(FILE)


class AdaptedEncoder:
    """Tells classes of texts; may be shared by threads.

    Its layers are made when it is first asked: 43 MB where they are in bfloat16, else twice that.

    Args:
        network: the bundled model's.
        tokenizer: its own, without padding.
        learned: what `voz eval fit-encoder` writes.

    Raises:
        ModelError: that is not for this network.
    """

    def __init__(self, network: Any, tokenizer: Tokenizer, learned: Learned) -> None:
        self._network = network
        self._tokenizer = tokenizer
        self._heads = learned.heads
        self._tensors = learned.tensors
        check(network, learned, FILE.name)
        self._tokens: packed_bert.PackedBert | None = None
        self._making = threading.Lock()
        self._kept: Remembered[Text, torch.Tensor] = Remembered(KEPT)

    @classmethod
    def open(cls, embedder: object) -> AdaptedEncoder | None:
        """The one over the bundled model; `None` where `bundled_parts` has none.

        Raises:
            ModelError: the file is damaged, or was learned over another model.
        """
        parts = bundled_parts(embedder)
        return cls(*parts, _shipped()) if parts is not None else None

    def labels(self, head: str) -> tuple[str, ...]:
        """The classes of a head, in the order of `told`."""
        return self._heads[head].labels

    def told(self, head: str, texts: Sequence[Text]) -> Array:
        """``(n, n_labels)`` probabilities of the classes of each text or pair."""
        import torch

        asked = self._heads[head]
        if not texts:
            return np.empty((0, len(asked.labels)))
        with torch.inference_mode():
            logits = torch.nn.functional.linear(self._features(texts), asked.weight, asked.bias)
            return np.asarray(torch.softmax(logits, 1).double().numpy())

    def _features(self, texts: Sequence[Text]) -> torch.Tensor:
        """``(n, 2 * hidden)``: what heads see of each; computed once for all of them."""
        import torch

        return torch.stack(self._kept.of(texts, self._compute))

    def _compute(self, texts: Sequence[Text]) -> list[torch.Tensor]:
        import torch

        model_loading.use_one_thread()
        network = self._through()
        encodings = self._tokenizer.encode_batch(list(texts))
        found: list[torch.Tensor] = [torch.empty(0)] * len(texts)
        with torch.inference_mode():
            for batch in batches([len(one) for one in encodings]):
                rows = network([encodings[at].ids for at in batch])
                for row, at in zip(rows, batch, strict=True):
                    found[at] = _seen(row, encodings[at])
        return found

    def _through(self) -> packed_bert.PackedBert:
        """The network with the additions put in."""
        with self._making:
            if self._tokens is None:
                self._tokens = with_additions(self._network, self._tensors)
            return self._tokens


def last_text(encoding: Encoding) -> list[bool]:
    """Which tokens are of the text, or of the last of a pair; the first where none is."""
    places = encoding.sequence_ids
    last = max((n for n in places if n is not None), default=None)
    return [at == 0 if last is None else n == last for at, n in enumerate(places)]


def _seen(tokens: torch.Tensor, encoding: Encoding) -> torch.Tensor:
    """``(2 * hidden,)``: of ``(n_tokens, hidden)``, the first and the mean of the last text's."""
    import torch

    return torch.cat([tokens[0], tokens[torch.tensor(last_text(encoding))].mean(0)])
