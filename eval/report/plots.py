"""Plots as SVG text: lines told apart by dash and mark as well as by colour, and a forest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 480, 320
_LEFT, _RIGHT, _TOP, _BOTTOM = 58, 16, 14, 50
FOREST_WIDTH, _ROW = 900, 34
_NAMES, _NUMBERS = 262, 318
_HEAD, _FOOT = 26, 40


@dataclass(frozen=True)
class Axis:
    """One axis.

    Attributes:
        title: what is along it.
        low: its beginning.
        high: its end, above ``low``.
        ticks: ``(value, text)``.
    """

    title: str
    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]

    def at(self, value: float, start: float, end: float) -> float:
        """Where a value is, kept within the axis."""
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return start + share * (end - start)


@dataclass(frozen=True)
class Line:
    """Points that belong together.

    Attributes:
        name: in the legend.
        points: ``(x, y)``, in order.
        look: 0 to 4: colour, dash and mark.
        marked: whether each point has a mark.
        joined: whether they are joined by a line.
        intervals: of each point, ends upwards and downwards; empty for none.
    """

    name: str
    points: tuple[tuple[float, float], ...]
    look: int = 0
    marked: bool = True
    joined: bool = True
    intervals: tuple[tuple[float | None, float | None], ...] = ()


def plot(lines: Sequence[Line], x: Axis, y: Axis, label: str) -> str:
    """Lines over two axes.

    Args:
        lines: the first are drawn below the others.
        x: to the right.
        y: upwards.
        label: what a screen reader says.
    """
    parts = [_axes(x, y)]
    for line in lines:
        points = [(_x(px, x), _y(py, y)) for px, py in line.points]
        if line.joined and len(points) > 1:
            path = " ".join(f"{px:.1f},{py:.1f}" for px, py in points)
            parts.append(f'<polyline class="l{line.look}" points="{path}"/>')
        for (px, _), (low, high) in zip(points, line.intervals, strict=False):
            if low is not None and high is not None:
                parts.append(
                    f'<line class="whisker" x1="{px:.1f}" x2="{px:.1f}" y1="{_y(low, y):.1f}" '
                    f'y2="{_y(high, y):.1f}"/>'
                )
        if line.marked:
            parts += [mark(px, py, line.look) for px, py in points]
    return _svg("plot", WIDTH, HEIGHT, label, "".join(parts))


def legend(lines: Sequence[Line]) -> str:
    """What each look stands for."""
    return f'<ul class="legend">{"".join(map(_legend_item, lines))}</ul>'


def _legend_item(line: Line) -> str:
    drawn = f'<polyline class="l{line.look}" points="1,7 39,7"/>' if line.joined else ""
    drawn += mark(20, 7, line.look) if line.marked else ""
    sample = f'<svg viewBox="0 0 40 14" aria-hidden="true">{drawn}</svg>'
    return f"<li>{sample}{escape(line.name)}</li>"


def mark(x: float, y: float, look: int) -> str:
    """A mark of its own shape for each look."""
    kind = f'class="m{look}"'
    if look == 0:
        return f'<circle {kind} cx="{x:.1f}" cy="{y:.1f}" r="4"/>'
    if look == 1:
        return f'<rect {kind} x="{x - 3.5:.1f}" y="{y - 3.5:.1f}" width="7" height="7"/>'
    shape = {
        2: ((0, -5), (5, 4), (-5, 4)),
        3: ((0, -5), (5, 0), (0, 5), (-5, 0)),
        4: ((0, 5), (5, -4), (-5, -4)),
    }[look]
    points = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in shape)
    return f'<polygon {kind} points="{points}"/>'


@dataclass(frozen=True)
class ForestRow:
    """One measure of a forest plot.

    Attributes:
        name: on the left.
        numbers: on the right.
        value: where the mark is.
        low: end of the interval; `None` for none.
        high: end of the interval.
        band: ``(from, to)`` of what does not matter; `None` for none.
        tick: a bound; `None` for none.
        look: 0 unclear, 2 better, 4 worse.
    """

    name: str
    numbers: str
    value: float
    low: float | None
    high: float | None
    band: tuple[float, float] | None = None
    tick: float | None = None
    look: int = 0


def forest(rows: Sequence[ForestRow], x: Axis, label: str, zero: float | None = None) -> str:
    """Values with their intervals, one below the other.

    Args:
        rows: from the top.
        x: of all of them.
        label: what a screen reader says.
        zero: where a line goes through all rows.
    """
    height = _HEAD + _ROW * len(rows) + _FOOT
    start, end = _NAMES, FOREST_WIDTH - _NUMBERS
    foot = height - _FOOT
    parts = []
    for place, row in enumerate(rows):
        parts.append(_forest_row(row, x, _HEAD + _ROW * (place + 0.5), start, end))
    for value, text in x.ticks:
        at = x.at(value, start, end)
        parts.append(
            f'<line class="grid" x1="{at:.1f}" x2="{at:.1f}" y1="{_HEAD - 8}" y2="{foot}"/>'
            f'<text class="mid" x="{at:.1f}" y="{foot + 17}">{escape(text)}</text>'
        )
    if zero is not None:
        at = x.at(zero, start, end)
        parts.append(f'<line class="zero" x1="{at:.1f}" x2="{at:.1f}" y1="12" y2="{foot}"/>')
    middle = (start + end) / 2
    parts.append(f'<text class="mid" x="{middle:.1f}" y="{foot + 35}">{escape(x.title)}</text>')
    return _svg("forest", FOREST_WIDTH, height, label, "".join(parts))


def _forest_row(row: ForestRow, x: Axis, y: float, start: float, end: float) -> str:
    parts = [f'<text class="name" x="0" y="{y + 5:.1f}">{escape(row.name)}</text>']
    if row.band is not None:
        low, high = (x.at(one, start, end) for one in row.band)
        parts.append(
            f'<rect class="band" x="{low:.1f}" y="{y - 11:.1f}" width="{high - low:.1f}" '
            'height="22"/>'
        )
    if row.tick is not None:
        at = x.at(row.tick, start, end)
        parts.append(
            f'<line class="tick" x1="{at:.1f}" x2="{at:.1f}" y1="{y - 12:.1f}" y2="{y + 12:.1f}"/>'
        )
    if row.low is not None and row.high is not None:
        low, high = x.at(row.low, start, end), x.at(row.high, start, end)
        parts.append(
            f'<line class="whisker" x1="{low:.1f}" x2="{high:.1f}" y1="{y:.1f}" y2="{y:.1f}"/>'
        )
    parts.append(mark(x.at(row.value, start, end), y, row.look))
    parts.append(f'<text x="{end + 14:.1f}" y="{y + 5:.1f}">{escape(row.numbers)}</text>')
    return "".join(parts)


def _axes(x: Axis, y: Axis) -> str:
    right, foot = WIDTH - _RIGHT, HEIGHT - _BOTTOM
    parts = []
    for value, text in x.ticks:
        at = _x(value, x)
        parts.append(
            f'<line class="grid" x1="{at:.1f}" x2="{at:.1f}" y1="{_TOP}" y2="{foot}"/>'
            f'<text class="mid" x="{at:.1f}" y="{foot + 18}">{escape(text)}</text>'
        )
    for value, text in y.ticks:
        at = _y(value, y)
        parts.append(
            f'<line class="grid" x1="{_LEFT}" x2="{right}" y1="{at:.1f}" y2="{at:.1f}"/>'
            f'<text class="end" x="{_LEFT - 8}" y="{at + 5:.1f}">{escape(text)}</text>'
        )
    middle, half = (_LEFT + right) / 2, (_TOP + foot) / 2
    parts.append(
        f'<text class="mid" x="{middle:.1f}" y="{HEIGHT - 10}">{escape(x.title)}</text>'
        f'<text class="mid" x="14" y="{half:.1f}" transform="rotate(-90 14 {half:.1f})">'
        f"{escape(y.title)}</text>"
    )
    return "".join(parts)


def _x(value: float, axis: Axis) -> float:
    return axis.at(value, _LEFT, WIDTH - _RIGHT)


def _y(value: float, axis: Axis) -> float:
    return axis.at(value, HEIGHT - _BOTTOM, _TOP)


def _svg(kind: str, width: int, height: int, label: str, content: str) -> str:
    return (
        f'<svg class="{kind}" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{escape(label)}">{content}</svg>'
    )
