"""Charts as SVG text for pages that need no script: learning curves, and estimates with their intervals.

Colours are classes `c0` to `c7` that the page's style sheet fills, so a chart fits a light and a dark page.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from training.core.statistics import Estimate

COLOURS = 8
Line = Sequence[tuple[float, float]]
"""(step, value) in order of steps."""

_WIDTH, _HEIGHT, _LEFT, _BOTTOM = 350, 200, 48, 26
_ROW = 26
_SMOOTH = 0.05


def curve(name: str, lines: Mapping[str, Line], colours: Mapping[str, int]) -> str:
    """One metric over the steps of several runs: each value faintly, its running mean on top.

    Empty where no run has two values.
    """
    drawn = {run: line for run, line in lines.items() if len(line) > 1}
    if not drawn:
        return ""
    xs, ys = zip(*(point for line in drawn.values() for point in line), strict=True)
    x = _Axis(min(xs), max(xs), _LEFT, _WIDTH - 10)
    y = _Axis(min(ys), max(ys), _HEIGHT - _BOTTOM, 8)
    parts = [*_grid(x, y)]
    for run, line in drawn.items():
        colour = f"c{colours[run]}"
        if len(line) > 2 / _SMOOTH:
            parts.append(_polyline(line, x, y, f"raw {colour}"))
        parts.append(_polyline(smoothed(line), x, y, f"line {colour}", escape(run)))
    return _svg(_WIDTH, _HEIGHT, name, parts)


def smoothed(line: Line) -> Line:
    """The running mean over a twentieth of the run on both sides."""
    reach, values = int(len(line) * _SMOOTH), [value for _, value in line]
    windows = [values[max(0, i - reach) : i + reach + 1] for i in range(len(values))]
    return [(step, sum(part) / len(part)) for (step, _), part in zip(line, windows, strict=True)]


def intervals(name: str, rows: Mapping[str, Estimate], colours: Mapping[str, int], mark: float) -> str:
    """Estimates one below the other, with their intervals; a line at `mark`, where the baseline is."""
    left = 18 + 7 * max(map(len, rows), default=0)
    width, height = left + 330, _ROW * len(rows) + _BOTTOM
    ends = [mark, *(end for row in rows.values() for end in (row.low, row.high))]
    x = _Axis(min(ends), max(ends), left, width - 14)
    parts = [
        f'<text class="tick" x="{x(at):.1f}" y="{height - 6}" text-anchor="middle">{at:.6g}</text>'
        for at in x.ticks()
    ]
    parts.append(f'<line class="mark" x1="{x(mark):.1f}" x2="{x(mark):.1f}" y1="2" y2="{height - 20}"/>')
    for index, (label, row) in enumerate(rows.items()):
        y, colour = _ROW * index + _ROW / 2, f"c{colours[label]}"
        parts.append(f'<text x="{left - 12}" y="{y + 4}" text-anchor="end">{escape(label)}</text>')
        parts.append(
            f'<line class="line {colour}" x1="{x(row.low):.1f}" x2="{x(row.high):.1f}" y1="{y}" y2="{y}"/>'
        )
        parts.append(f'<circle class="dot {colour}" cx="{x(row.mean):.1f}" cy="{y}" r="4.5"/>')
    return _svg(width, height, name, parts)


def number(value: float) -> str:
    """A number as tables show it."""
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.3f}"


class _Axis:
    """Values from `low` to `high` on the pixels from `start` to `end`."""

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        wide = (high - low) or abs(high) or 1.0
        self.low, self.high = (low, high) if high > low else (low - wide / 2, high + wide / 2)
        self.start, self.end = start, end

    def __call__(self, value: float) -> float:
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    def ticks(self) -> list[float]:
        """Round values within, two to six."""
        rough = (self.high - self.low) / 5
        power = 10 ** math.floor(math.log10(rough))
        step = power * next(factor for factor in (1, 2, 5, 10) if factor * power >= rough)
        first = math.ceil(self.low / step)
        return [i * step for i in range(first, math.floor(self.high / step) + 1)]


def _grid(x: _Axis, y: _Axis) -> list[str]:
    parts = []
    for at in y.ticks():
        parts.append(f'<line class="grid" x1="{x.start}" x2="{x.end}" y1="{y(at):.1f}" y2="{y(at):.1f}"/>')
        parts.append(
            f'<text class="tick" x="{x.start - 6}" y="{y(at) + 4:.1f}" text-anchor="end">{at:.6g}</text>'
        )
    parts += [
        f'<text class="tick" x="{x(at):.1f}" y="{_HEIGHT - 8}" text-anchor="middle">{at:.6g}</text>'
        for at in x.ticks()
    ]
    return parts


def _polyline(line: Line, x: _Axis, y: _Axis, kind: str, title: str = "") -> str:
    points = " ".join(f"{x(step):.1f},{y(value):.1f}" for step, value in line)
    return f'<polyline class="{kind}" points="{points}"><title>{title}</title></polyline>'


def _svg(width: float, height: float, name: str, parts: Sequence[str]) -> str:
    box = f'viewBox="0 0 {width} {height}" width="{width}"'
    return f'<svg {box} role="img" aria-label="{escape(name)}">{"".join(parts)}</svg>'
