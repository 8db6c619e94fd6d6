"""Does a passage say what a statement says? By a sentence-transformers CrossEncoder folder.

Optional: the support check has rules of its own. A model with one label gives its probability of
support (as HHEM does); of one with classes (natural language inference), the class is taken whose
name tells of entailment or support.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from knowledge.encoders import model_loading
from knowledge.encoders.rerank import load_cross_encoder
from knowledge.errors import ModelError
from knowledge.settings import Settings

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

BATCH_SIZE = 16
_SETTING = "VOZ_SUPPORT_MODEL"
_SUPPORTS = re.compile(r"entail|support|consistent|faithful", re.IGNORECASE)
_DENIES = re.compile(r"\b(?:no|non|not|un|in)[_ -]?(?:entail|support|consistent|faithful)", re.I)


class CrossEncoderEntailment:
    """A judge of support over one CrossEncoder; may be shared by threads, which take turns."""

    def __init__(self, model: CrossEncoder) -> None:
        """Wrap a loaded model.

        Raises:
            ModelError: it has classes and none is named after entailment or support.
        """
        self._label = _label(model)
        self._model = model
        self._lock = threading.Lock()  # the tokenizer's settings change during a call

    @classmethod
    def open(cls, settings: Settings) -> CrossEncoderEntailment | None:
        """The model that the settings name, or `None` where they name none.

        Raises:
            ModelError: the folder is missing, unsafe, or no model that tells of support.
        """
        if settings.support_model is None:
            return None
        folder = settings.support_model
        model_loading.check_folder(folder, setting=_SETTING, required="config.json")
        return cls(load_cross_encoder(folder, setting=_SETTING))

    def support(self, statement: str, passages: Sequence[str]) -> list[float]:
        """Probability, 0 to 1, that each passage supports a statement, in their order."""
        if not passages:
            return []
        model_loading.use_one_thread()
        import torch

        pairs = [(passage, statement) for passage in passages]
        with self._lock:
            logits = self._model.predict(
                pairs,
                batch_size=BATCH_SIZE,
                show_progress_bar=False,
                activation_fn=torch.nn.Identity(),
            )
        values = np.asarray(logits, dtype=np.float64).reshape(len(pairs), -1)
        if self._label is None:
            return [float(p) for p in 1 / (1 + np.exp(-values[:, 0]))]
        shifted = np.exp(values - values.max(axis=1, keepdims=True))
        return [float(p) for p in shifted[:, self._label] / shifted.sum(axis=1)]


def _label(model: CrossEncoder) -> int | None:
    """The class that tells of support; `None` where there is one score."""
    if model.num_labels == 1:
        return None
    config: Any = model.config
    names: dict[int, str] = {int(at): str(name) for at, name in (config.id2label or {}).items()}
    found = [
        at for at, name in names.items() if _SUPPORTS.search(name) and not _DENIES.search(name)
    ]
    if len(found) != 1:
        raise ModelError(
            f"the model of {_SETTING} has the classes {', '.join(map(repr, names.values()))}, "
            "expected one named after entailment or support; name them in id2label of its "
            "config.json, or choose a model with one score"
        )
    return found[0]
