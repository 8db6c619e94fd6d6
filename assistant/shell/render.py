"""A cited page of a PDF as an image with the passage marked, drawn in a child process.

Documents are untrusted: the child has limits of memory and time, no network, and its answer is
checked to be a PNG of limited size. A page that cannot be drawn is `None`: the page on screen
then shows the text alone.
"""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
import tempfile
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

logger = logging.getLogger(__name__)

_CHILD = Path(__file__).with_name("render_child.py")
_ANSWER = re.compile(rb"([0-9]{4}|----)\x89PNG\r\n\x1a\n")
_MAX_PNG_BYTES = 16 * 1024 * 1024
_MEMORY_MB = 1024
_CPU_S = 10
_TIMEOUT_S = 12.0
_MAX_QUOTE_CHARS = 4000


@dataclass(frozen=True)
class PageImage:
    """A page as an image.

    Attributes:
        png: the file.
        top: where the highlighted passage begins, from 0 (top) to 1; `None` when it was not
            found on the page.
    """

    png: bytes
    top: float | None


def draw_page(original: Path, page: int, quote: str, before: str = "") -> PageImage | None:
    """Page ``page`` (from 1) of a PDF with the quotation marked; `None` when it cannot be drawn.

    Args:
        original: the PDF.
        page: its number, from 1.
        quote: words to mark; the page comes unmarked when they are not found on it.
        before: the document's text just before the quotation.
    """
    order = {
        "page": page,
        "quote": quote[:_MAX_QUOTE_CHARS],
        "before": before[-200:],
        "memory_mb": _MEMORY_MB,
        "cpu_s": _CPU_S,
    }
    try:
        answer = _run(original, json.dumps(order))
    except (OSError, subprocess.TimeoutExpired) as error:
        logger.warning("page %d of %s not drawn: %s", page, original.name, error)
        return None
    found = _ANSWER.match(answer)
    if found is None or len(answer) > _MAX_PNG_BYTES:
        logger.warning("page %d of %s not drawn: the PDF cannot be rendered", page, original.name)
        return None
    top = None if found[1] == b"----" else min(int(found[1]) / 1000, 1.0)
    return PageImage(png=answer[4:], top=top)


def _run(original: Path, order: str) -> bytes:
    """What the child wrote, at most the size limit; empty when it failed."""
    with (
        tempfile.TemporaryDirectory(prefix="voz-draw-") as folder,
        tempfile.TemporaryFile() as answer,
        original.open("rb") as source,
    ):
        # To a file: the child's own limit on file size then bounds its answer.
        done = subprocess.run(
            [sys.executable, "-I", "-X", "utf8", str(_CHILD), order],
            stdin=source,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            timeout=_TIMEOUT_S,
            cwd=folder,
            env={"HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8", "OMP_NUM_THREADS": "1"},
            start_new_session=True,
            check=False,
        )
        answer.seek(0)
        output = answer.read(_MAX_PNG_BYTES + 1)
    if done.returncode != 0:
        logger.debug("the drawing child ended with %d", done.returncode)
        return b""
    return output


class PageImages:
    """Drawn pages, the latest kept in memory; at most two are drawn at once."""

    def __init__(self, keep: int = 32) -> None:
        self._keep = keep
        self._images: OrderedDict[tuple[str, int, str, str], PageImage | None] = OrderedDict()
        self._lock = threading.Lock()
        self._children = threading.BoundedSemaphore(2)

    def get(self, original: Path, page: int, quote: str, before: str = "") -> PageImage | None:
        """As `draw_page`; originals are stored by content hash, so an image never goes stale."""
        key = (str(original), page, quote, before)
        with self._lock:
            if key in self._images:
                self._images.move_to_end(key)
                return self._images[key]
        with self._children:
            image = draw_page(original, page, quote, before)
        with self._lock:
            self._images[key] = image
            while len(self._images) > self._keep:
                self._images.popitem(last=False)
        return image
