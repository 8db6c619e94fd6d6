"""The procedures of sources as viewers see them, each version read once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from assistant.steps.extract import procedures_of
from assistant.steps.models import Procedure
from knowledge.models import Document, Viewer
from knowledge.text import fold

KEPT = 500
"""Versions whose procedures are remembered."""

DocumentOf: TypeAlias = Callable[[str, Viewer, int | None], Document | None]
_As: TypeAlias = tuple[str, int, str, tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]


@dataclass(frozen=True)
class Shelf:
    """A version of a source with its procedures.

    Attributes:
        document: as the viewer sees it.
        procedures: in order.
    """

    document: Document
    procedures: tuple[Procedure, ...]

    def get(self, key: str) -> Procedure | None:
        """The procedure of a key."""
        return next((one for one in self.procedures if one.key == key), None)


class Library:
    """Finds procedures; safe to share by threads.

    Args:
        document_of: gives a version of a source as a viewer sees it, `None` where they see none.
    """

    def __init__(self, document_of: DocumentOf) -> None:
        self._document_of = document_of
        self._kept: OrderedDict[_As, tuple[Procedure, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, source: str, viewer: Viewer, version: int | None = None) -> Shelf | None:
        """A version's procedures; `None` where the viewer sees no such version.

        Args:
            source: name of the document.
            viewer: who asks.
            version: its number; `None`: the one in force.
        """
        document = self._document_of(source, viewer, version)
        if document is None:
            return None
        return Shelf(document, self._procedures(document))

    def _procedures(self, document: Document) -> tuple[Procedure, ...]:
        seen = document.withheld, document.internal
        key = (document.name, document.version, document.sha256, *seen)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        found = procedures_of(document)
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return found


def successor(procedure: Procedure, shelf: Shelf) -> Procedure | None:
    """What takes a procedure's place in another version; `None` where nothing does."""
    named_alike = sorted(shelf.procedures, key=lambda one: fold(one.title) != fold(procedure.title))
    return next((one for one in named_alike if same_matter(procedure, one)), None)


def same_matter(old: Procedure, new: Procedure) -> bool:
    """Whether two procedures of a source are one: the same title, or half of the steps."""
    if old.key == new.key or fold(old.title) == fold(new.title):
        return True
    said = {fold(step.quote.text) for step in old.steps}
    return 2 * len(said & {fold(step.quote.text) for step in new.steps}) >= len(said)
