"""What a model told of texts, remembered without their words."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

Text = TypeVar("Text")
Told = TypeVar("Told")


class Remembered(Generic[Text, Told]):
    """What was told of the texts asked about last; threads may share it.

    Args:
        most: texts that are remembered, by digests: what customers and agents say is not kept.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[bytes, Told] = OrderedDict()
        self._lock = threading.Lock()

    def of(
        self, texts: Sequence[Text], compute: Callable[[list[Text]], Sequence[Told]]
    ) -> list[Told]:
        """What is told of each text; only of new ones is it computed, together."""
        keys = [_key(text) for text in texts]
        with self._lock:
            known = {key: self._kept[key] for key in keys if key in self._kept}
            for key in known:
                self._kept.move_to_end(key)
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if new:
            made = dict(zip(new, compute(list(new.values())), strict=True))
            known |= made
            with self._lock:
                self._kept |= made
                while len(self._kept) > self._most:
                    self._kept.popitem(last=False)
        return [known[key] for key in keys]

    def clear(self) -> None:
        """Remember nothing."""
        with self._lock:
            self._kept.clear()


def _key(text: object) -> bytes:
    return hashlib.blake2b(json.dumps(text).encode(), digest_size=16).digest()
