"""The drawing child: one page of an untrusted PDF in by stdin, a PNG out by stdout.

Started by `assistant.shell.render` as a script in a process of its own, never imported by it.
The argument is JSON: ``page`` (from 1), ``quote``, ``before``, ``memory_mb``, ``cpu_s``. The
answer is four bytes, how far down the page the passage is marked in thousandths of its height
(``0421``) or ``----`` when it is not, then the PNG.
"""

from __future__ import annotations

import ctypes
import io
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL import Image

_WIDTH_PX = 1240
_MAX_HEIGHT_PX = 2600
_MAX_SCALE = 3.0
_MAX_CHARACTERS = 200_000
_MARK = (255, 226, 92)
_EDGE = (196, 128, 0)


def main(argument: str) -> int:
    """Draw one page of the PDF on stdin."""
    order = json.loads(argument)
    _confine(order["memory_mb"], order["cpu_s"])
    top, image = draw(
        sys.stdin.buffer.read(), order["page"], order["quote"], before=order["before"]
    )
    sys.stdout.buffer.write((b"----" if top is None else b"%04d" % top) + image)
    sys.stdout.buffer.flush()
    # Native libraries may crash in their destructors; the answer is complete, so leave at once.
    os._exit(0)


def draw(data: bytes, number: int, quote: str, *, before: str = "") -> tuple[int | None, bytes]:
    """How far down page ``number`` (from 1) the quotation is marked, and the page as PNG.

    The first is in thousandths of the page's height; `None` when the page is not marked.

    Raises:
        ValueError: there is no page before the first.
    """
    import pypdfium2

    if number < 1:
        raise ValueError(f"pages count from 1, got {number}")

    document = pypdfium2.PdfDocument(data)
    page = document[number - 1]
    width, height = page.get_size()
    scale = min(_WIDTH_PX / width, _MAX_HEIGHT_PX / height, _MAX_SCALE)
    image = page.render(scale=scale).to_pil().convert("RGB")
    boxes = _boxes(page, quote, before, image.size) if quote.strip() else []
    for box in boxes:
        _mark(image, box)
    answer = io.BytesIO()
    image.save(answer, format="PNG", compress_level=4)
    tops = [max(0, top) for _, top, _, _ in boxes]
    return (min(tops) * 1000 // image.height if tops else None), answer.getvalue()


def _boxes(
    page: Any, quote: str, before: str, size: tuple[int, int]
) -> list[tuple[int, int, int, int]]:
    """Left, top, right, bottom in pixels of each line of the quotation."""
    from pypdfium2 import raw

    from assistant.shell.passage import locate

    text = page.get_textpage()
    count = min(text.count_chars(), _MAX_CHARACTERS)
    characters = "".join(_character(raw.FPDFText_GetUnicode(text, i)) for i in range(count))
    boxes = []
    for start, end in locate(characters, quote, before):
        lines = range(text.count_rects(start, end - start))
        boxes += [_pixels(page, text.get_rect(i), size) for i in lines]
    return boxes


def _character(code: int) -> str:
    """One character per position: what is no character stands as a space."""
    return chr(code) if 32 <= code < 0xD800 or 0xE000 <= code < 0x110000 else " "


def _pixels(
    page: Any, rect: tuple[float, float, float, float], size: tuple[int, int]
) -> tuple[int, int, int, int]:
    """A rectangle in page coordinates as pixels, whatever the page's rotation and crop box."""
    from pypdfium2 import raw

    left, bottom, right, top = rect
    corners = []
    for x, y in ((left, top), (right, bottom)):
        device_x, device_y = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, device_x, device_y)
        corners.append((device_x.value, device_y.value))
    (x0, y0), (x1, y1) = corners
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _mark(image: Image.Image, box: tuple[int, int, int, int]) -> None:
    """Colour a line like a highlighter: the paper turns yellow, the letters stay dark."""
    from PIL import Image, ImageChops, ImageDraw

    left, top, right, bottom = box
    outer = (
        max(left - 4, 0),
        max(top - 3, 0),
        min(right + 4, image.width),
        min(bottom + 3, image.height),
    )
    if outer[0] >= outer[2] or outer[1] >= outer[3]:
        return
    part = image.crop(outer)
    image.paste(ImageChops.multiply(part, Image.new("RGB", part.size, _MARK)), outer[:2])
    ImageDraw.Draw(image).line((outer[0], outer[3], outer[2], outer[3]), fill=_EDGE, width=3)


def _confine(memory_mb: int, cpu_s: int) -> None:
    from knowledge.encoders.confinement import isolate, set_limits

    set_limits(memory_mb=memory_mb, cpu_s=cpu_s, file_mb=32, open_files=64)
    isolate()


if __name__ == "__main__":
    # Run by path with -I: the folder that holds the packages is not on sys.path yet.
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    sys.exit(main(sys.argv[1]))
