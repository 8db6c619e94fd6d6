"""PDF page -> segments: stretches of text on one baseline with their place, size and weight.

pdfium gives each character's origin, box and text object in milliseconds per page (pypdf, the
reference parser, gives text without places ten times slower). The only user of pdfium's C
interface in `ingest`.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2.raw as pdfium_c

CELL_GAP = 0.9
"""White space wider than this, in font sizes, divides a line into cells."""
_BOLD_WEIGHT = 600
_BOLD_NAME = re.compile(r"(?i)bold|black|heavy|semibold|demi(?!lig)")
_MONO_NAME = re.compile(r"(?i)mono|courier|consol|menlo|typewriter")
_BULLETS = "•●○▪■"
_HYPHEN = "\x02"  # what pdfium makes of a hyphen at a line's end
_MAX_CHARS = 400_000  # of one page


@dataclass(frozen=True)
class Segment:
    """Text on one baseline without a wide gap, in points, y upwards.

    Attributes:
        text: as drawn, spaces included.
        x0: left edge.
        x1: right edge.
        y: baseline.
        size: font size as it shows.
        bold: whether all letters and digits are bold.
        mono: whether most of it is in a typewriter font.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    mono: bool = False


@dataclass(frozen=True)
class _Style:
    size: float
    bold: bool
    mono: bool
    turns: int  # quarter turns of the text, counter-clockwise


@dataclass(frozen=True)
class _Char:
    char: str
    x: float
    y: float
    right: float
    style: _Style
    after_space: bool = False


def page_segments(page: Any) -> list[Segment]:
    """The page's segments in the order they are drawn; rotated text is turned upright."""
    text_page = page.get_textpage()
    chars = list(_chars(text_page))
    if not chars:
        return []
    turns = Counter(char.style.turns for char in chars).most_common(1)[0][0]
    segments: list[Segment] = []
    gathered: list[_Char] = []
    for char in chars:
        if char.style.turns != turns:
            continue  # stamps and notes in the margin, across the reading direction
        if gathered and _breaks(gathered, char):
            segments.append(_segment(gathered))
            gathered = []
        gathered.append(char)
    if gathered:
        segments.append(_segment(gathered))
    return [segment for segment in segments if segment.text.strip()]


def _breaks(gathered: list[_Char], char: _Char) -> bool:
    """Whether a character begins a new segment."""
    last = gathered[-1]
    size = max(last.style.size, char.style.size, 1.0)
    gap = char.x - last.right
    rise = abs(char.y - last.y)
    follows = -0.5 * size <= gap <= CELL_GAP * size
    # Superscripts and subscripts stand up to half a size off the line they belong to.
    return not follows or rise > (0.5 if char.style.size != last.style.size else 0.2) * size


def _segment(chars: list[_Char]) -> Segment:
    text = "".join(_spaced(chars))
    weight: Counter[_Style] = Counter()
    base: Counter[float] = Counter()
    for char in chars:
        weight[char.style] += char.char.isalnum() or char.char in _BULLETS
        base[round(char.y, 1)] += 1
    bold = sum(n for style, n in weight.items() if style.bold)
    mono = sum(n for style, n in weight.items() if style.mono)
    total = sum(weight.values())
    return Segment(
        text=text,
        x0=min(char.x for char in chars),
        x1=max(char.right for char in chars),
        y=base.most_common(1)[0][0],
        size=weight.most_common(1)[0][0].size,
        bold=0 < total == bold,
        mono=mono > 0.9 * total > 0,
    )


def _spaced(chars: list[_Char]) -> Iterator[str]:
    previous: _Char | None = None
    for char in chars:
        if previous is not None:
            far = char.x - previous.right > 0.5 * char.style.size
            yield " " if char.after_space or far else ""
        yield char.char
        previous = char


def _chars(text_page: Any) -> Iterator[_Char]:
    """Characters that show, in drawing order, turned upright by their own text's rotation."""
    raw = text_page.raw
    styles: dict[int, _Style] = {}
    x, y = ctypes.c_double(), ctypes.c_double()
    box = pdfium_c.FS_RECTF()
    after_space = False
    glyph = (0.0, 0.0, 0.0)
    for index in range(min(text_page.count_chars(), _MAX_CHARS)):
        code = pdfium_c.FPDFText_GetUnicode(raw, index)
        char = _visible(code)
        if char == " ":  # drawn, or told by pdfium from the distance between letters
            after_space = True
            continue
        if not char or not pdfium_c.FPDFText_GetCharOrigin(raw, index, x, y):
            continue
        style = _style_of(raw, index, styles)
        pdfium_c.FPDFText_GetLooseCharBox(raw, index, box)
        place = _upright(x.value, y.value, box, style.turns)
        if place == glyph:  # further letters of a ligature have the box of the first
            place = (place[2], place[1], place[2])
        else:
            glyph = place
        if all(map(math.isfinite, place)):
            yield _Char(char, *place, style, after_space)
            after_space = False


def _visible(code: int) -> str:
    if code in (0, 0xFFFD, 0xFFFE, 0xFFFF) or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return ""
    char = "-" if chr(code) in (_HYPHEN, "\u00ad") else chr(code)
    if char.isspace():
        return "" if char in "\r\n" else " "
    if 0xE000 <= code <= 0xF8FF:
        return "•"  # a symbol font's sign: bullets, arrows, ticks
    return char if char >= " " else ""


def _upright(x: float, y: float, box: Any, turns: int) -> tuple[float, float, float]:
    """Left, baseline and right of a character as if its text ran from left to right."""
    if turns == 1:
        return y, -x, box.top
    if turns == 2:
        return -x, -y, -box.left
    if turns == 3:
        return -y, x, -box.bottom
    return x, y, box.right


def _style_of(raw: Any, index: int, styles: dict[int, _Style]) -> _Style:
    """Style of a character; asked once per text object."""
    handle = pdfium_c.FPDFText_GetTextObject(raw, index)
    key = ctypes.cast(handle, ctypes.c_void_p).value or -index - 1
    if key not in styles:
        styles[key] = _read_style(raw, index)
    return styles[key]


def _read_style(raw: Any, index: int) -> _Style:
    matrix = pdfium_c.FS_MATRIX()
    size = pdfium_c.FPDFText_GetFontSize(raw, index)
    turns = 0
    if pdfium_c.FPDFText_GetMatrix(raw, index, matrix):
        size *= math.hypot(matrix.c, matrix.d) or 1.0
        turns = round(math.degrees(math.atan2(matrix.b, matrix.a)) / 90) % 4
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    pdfium_c.FPDFText_GetFontInfo(raw, index, buffer, 128, flags)
    name = buffer.value.decode("utf-8", "replace")
    weight = pdfium_c.FPDFText_GetFontWeight(raw, index)
    bold = weight >= _BOLD_WEIGHT or _BOLD_NAME.search(name) is not None
    size = size if math.isfinite(size) else 1.0
    return _Style(round(size, 1), bold, _MONO_NAME.search(name) is not None, turns)


def joined(segments: list[Segment], separator: str = " ") -> Segment:
    """Segments of one line as one, read from left to right."""
    widest = max(segments, key=lambda segment: len(segment.text))
    return replace(
        widest,
        text=separator.join(segment.text.strip() for segment in segments),
        x0=min(segment.x0 for segment in segments),
        x1=max(segment.x1 for segment in segments),
        bold=all(segment.bold for segment in segments),
        mono=all(segment.mono for segment in segments),
    )
