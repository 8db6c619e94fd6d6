"""Passages scored against a question jointly, by a sentence-transformers CrossEncoder folder.

Optional last stage of retrieval: more exact than comparing vectors, and far slower.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.encoders import model_loading
from knowledge.errors import ModelError
from knowledge.settings import Settings

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

BATCH_SIZE = 16

_SETTING = "VOZ_RERANKER"


class CrossEncoderReranker:
    """A `Reranker` over one CrossEncoder model; may be shared by threads, which take turns."""

    def __init__(self, model: CrossEncoder) -> None:
        """Wrap a loaded model.

        Raises:
            ModelError: the model gives classes instead of one score.
        """
        if model.num_labels != 1:
            raise ModelError(
                f"the reranker gives {model.num_labels} values per passage, expected 1 score; "
                f"set {_SETTING} to a model trained for ranking"
            )
        self._model = model
        self._lock = threading.Lock()  # the tokenizer's settings change during a call

    @classmethod
    def open(cls, settings: Settings) -> CrossEncoderReranker | None:
        """The reranker that the settings name, or `None` where they name none.

        Raises:
            ModelError: the folder is missing, unsafe or not a CrossEncoder's.
        """
        if settings.reranker is None:
            return None
        model_loading.check_folder(settings.reranker, setting=_SETTING, required="config.json")
        return cls(load_cross_encoder(settings.reranker, setting=_SETTING))

    def scores(self, query: str, passages: Sequence[str]) -> list[float]:
        """One score per passage, in their order; higher is better, the scale is the model's."""
        if not passages:
            return []
        model_loading.use_one_thread()
        pairs = [(query, passage) for passage in passages]
        with self._lock:
            scores = self._model.predict(pairs, batch_size=BATCH_SIZE, show_progress_bar=False)
        return [float(score) for score in scores]


def load_cross_encoder(folder: Path, *, setting: str) -> CrossEncoder:
    """The model in a checked folder, in float32.

    Raises:
        ModelError: the library cannot make sense of it.
    """
    with model_loading.loading_libraries():
        import torch
        from sentence_transformers import CrossEncoder
        from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    model_loading.use_one_thread()
    try:
        model: CrossEncoder = CrossEncoder(
            str(folder),
            device="cpu",
            local_files_only=True,
            trust_remote_code=False,
            model_kwargs={"dtype": torch.float32, "use_safetensors": True},
        )
    except Exception as error:  # the library lets through whatever a bad folder causes
        raise model_loading.cannot_load(setting, folder, error) from error
    model.eval()
    return model
