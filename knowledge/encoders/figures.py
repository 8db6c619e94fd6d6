"""What the figures of a text are said of, by the bundled model: texts -> vectors.

"Recogerlo en Palma son 49 €" and "Sofás; Baleares: 59 €" speak of the same amount, though the
values differ. Each figure of a text is read as a masked token, so that its value tells nothing
(those of what the text answers or stands under are not); its vector is a projection of that token
and the mean of its text, with low-rank additions to the model's matrices
(`knowledge.encoders.additions`) that ``voz eval fit-figures`` learns.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.encoders import model_loading, packed_bert
from knowledge.encoders.additions import (
    PARTS,
    Learned,
    bundled_parts,
    check,
    learned,
    with_additions,
)
from knowledge.encoders.embedding import batches
from knowledge.encoders.remembered import Remembered
from knowledge.errors import ModelError
from knowledge.ports import Figured

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer

FILE = Path(__file__).with_name("figures.safetensors")
PROJECTION = "projection"
ABOVE_TOKENS = 48
MOST_TOKENS = 160
"""Of what a text stands under, and of the whole, as is learned."""
KEPT = 20_000
"""Texts whose figures' vectors are remembered, half a kilobyte a figure: sources stay the same."""
BEGIN, END, MASK = "<s>", "</s>", "<mask>"


class Sequenced(NamedTuple):
    """A text in tokens.

    Attributes:
        ids: of the tokens.
        own: place of the text's first token, behind what it stands under.
        places: of each figure's masked token; `None` beyond `MOST_TOKENS`.
    """

    ids: list[int]
    own: int
    places: tuple[int | None, ...]


def sequenced(one: Figured, tokenizer: Tokenizer) -> Sequenced:
    """A text in tokens, each figure as one."""
    begin, end, mask = (_special(token, tokenizer) for token in (BEGIN, END, MASK))

    def tokens(text: str) -> list[int]:
        return list(tokenizer.encode(text.strip(), add_special_tokens=False).ids)

    ids = [begin, *tokens(one.above)[:ABOVE_TOKENS], end, end]
    own, at = len(ids), 0
    places: list[int] = []
    for start, stop in one.figures:
        ids += tokens(one.text[at:start])
        places.append(len(ids))
        ids.append(mask)
        at = stop
    ids = [*ids, *tokens(one.text[at:])][:MOST_TOKENS]
    seen = tuple(place if place < len(ids) else None for place in places)
    return Sequenced([*ids, end], own, seen)


class FigureReader:
    """A `knowledge.ports.FigureEncoder`; may be shared by threads.

    Its layers are made when it is first asked.

    Args:
        network: the bundled model's.
        tokenizer: its own, without padding.
        given: what ``voz eval fit-figures`` writes.

    Raises:
        ModelError: that is not for this network.
    """

    def __init__(self, network: Any, tokenizer: Tokenizer, given: Learned) -> None:
        check(network, given, FILE.name)
        self._network = network
        self._tokenizer = tokenizer
        self._tensors = given.tensors
        self._tokens: packed_bert.PackedBert | None = None
        self._making = threading.Lock()
        self._kept: Remembered[Figured, NDArray[np.float16]] = Remembered(KEPT)
        try:
            weight, bias = (given.tensors[f"{PROJECTION}.{part}"].float() for part in PARTS)
        except KeyError as error:
            raise ModelError(
                f"{FILE.name} is damaged (no {error}); install voz-propia again"
            ) from error
        self._weight, self._bias = weight, bias

    @classmethod
    def open(cls, embedder: object) -> FigureReader | None:
        """The one over the bundled model; `None` where `bundled_parts` has none.

        Raises:
            ModelError: the file is damaged, or was learned over another model.
        """
        parts = bundled_parts(embedder)
        return cls(*parts, _shipped()) if parts is not None else None

    def said_of(self, texts: Sequence[Figured]) -> list[NDArray[np.float32]]:
        """For each text ``(n_figures, dim)``: vectors of length 1, zeros for what is not read."""
        return [one.astype(np.float32) for one in self._kept.of(texts, self._compute)]

    def _compute(self, texts: Sequence[Figured]) -> list[NDArray[np.float16]]:
        import torch

        model_loading.use_one_thread()
        network = self._through()
        every = [sequenced(one, self._tokenizer) for one in texts]
        found: list[NDArray[np.float16]] = [np.empty(0, np.float16)] * len(texts)
        with torch.inference_mode():
            for batch in batches([len(one.ids) for one in every]):
                for hidden, at in zip(network([every[n].ids for n in batch]), batch, strict=True):
                    found[at] = self._projected(hidden, every[at]).half().numpy()
        return found

    def _projected(self, hidden: torch.Tensor, one: Sequenced) -> torch.Tensor:
        """``(n_figures, dim)`` of ``(n_tokens, hidden)``."""
        import torch

        mean = hidden[one.own : -1].mean(0)
        rows = [
            torch.cat([hidden[place], mean]) if place is not None else mean.new_zeros(2 * len(mean))
            for place in one.places
        ]
        if not rows:
            return hidden.new_empty((0, len(self._bias)))
        made = torch.nn.functional.linear(torch.stack(rows), self._weight, self._bias)
        seen = torch.tensor([place is not None for place in one.places])
        return torch.nn.functional.normalize(made, dim=1) * seen[:, None]

    def _through(self) -> packed_bert.PackedBert:
        with self._making:
            if self._tokens is None:
                self._tokens = with_additions(self._network, self._tensors)
            return self._tokens


def _special(token: str, tokenizer: Tokenizer) -> int:
    found = tokenizer.token_to_id(token)
    if found is None:
        raise ModelError(f"the model's vocabulary has no {token}")
    return found


@functools.cache
def _shipped() -> Learned:
    """Read once: assistants are made anew for every change that is tried."""
    return learned(FILE)
