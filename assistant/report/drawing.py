"""Plots of a report as SVG text: no script, and readable when printed without colours."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

WIDTH, HEIGHT = 720, 190
_TOP, _BOTTOM, _SIDE = 22, 24, 4
SPARK_WIDTH, SPARK_HEIGHT = 110, 24
BAR_WIDTH = 150


def columns(labels: Sequence[str], values: Sequence[int], shown: Sequence[str], title: str) -> str:
    """A column for each value, with the value above and the label below.

    Args:
        labels: below the columns.
        values: 0 or more.
        shown: the values as people read them.
        title: what a screen reader says.
    """
    slot = (WIDTH - 2 * _SIDE) / max(1, len(values))
    room, most = HEIGHT - _TOP - _BOTTOM, max([1, *values])
    parts = []
    for i, (label, value, text) in enumerate(zip(labels, values, shown, strict=True)):
        height = room * value / most
        left, top = _SIDE + slot * i, HEIGHT - _BOTTOM - height
        middle = left + slot / 2
        parts.append(
            f'<rect class="mark" x="{left + slot * 0.14:.1f}" y="{top:.1f}" '
            f'width="{slot * 0.72:.1f}" height="{height:.1f}"/>'
            f'<text x="{middle:.1f}" y="{top - 5:.1f}" class="num">{escape(text)}</text>'
            f'<text x="{middle:.1f}" y="{HEIGHT - 7}">{escape(label)}</text>'
        )
    base = HEIGHT - _BOTTOM
    parts.append(f'<line class="base" x1="0" x2="{WIDTH}" y1="{base}" y2="{base}"/>')
    return (
        f'<svg class="columns" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(title)}">{"".join(parts)}</svg>'
    )


def bar(value: float, most: float) -> str:
    """A bar whose length is the share of the longest one."""
    width = BAR_WIDTH * value / most if most else 0.0
    return (
        f'<svg class="bar" viewBox="0 0 {BAR_WIDTH} 12" aria-hidden="true">'
        f'<rect class="mark" width="{width:.1f}" height="12"/></svg>'
    )


def sparkline(values: Sequence[int], *, rising: bool = False) -> str:
    """A line through the values, with a dot on the last."""
    if not values:
        return ""
    most, step = max([1, *values]), (SPARK_WIDTH - 8) / max(1, len(values) - 1)
    points = [
        (4 + step * i, SPARK_HEIGHT - 4 - (SPARK_HEIGHT - 8) * value / most)
        for i, value in enumerate(values)
    ]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    x, y = points[-1]
    kind = "spark up" if rising else "spark"
    return (
        f'<svg class="{kind}" viewBox="0 0 {SPARK_WIDTH} {SPARK_HEIGHT}" aria-hidden="true">'
        f'<polyline points="{path}"/><circle cx="{x:.1f}" cy="{y:.1f}" r="3"/></svg>'
    )
