"""Done against kept as a drawing: each arm a point with the intervals of both, as SVG without a script."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from training.core.statistics import Estimate, estimate
from training.evaluation.ways.report import rows_of, single, values_of

if TYPE_CHECKING:
    from collections.abc import Callable

_COLOURS = ("#3b6fb6", "#7fb2e5", "#4f9d69", "#9fcf8c", "#c8553d", "#8e5ea2", "#d9a441", "#555555")
_SIZE, _LEGEND, _EDGE, _RIM = 360, 190, 46, 16  # pixels


def drawing(raw: dict[str, Any]) -> str:
    """Edits of one thing as an SVG whose grey text is read on light and dark pages."""
    points = {}
    for arm in raw["arms"]:
        rows = rows_of(raw, arm, lambda row: single(row) and row["outside"] is not None)
        if rows:
            points[arm] = (estimate([values_of(rows, "kept")]), estimate([values_of(rows, "done")]))
    least = min((one.low for pair in points.values() for one in pair), default=0.0)
    low = min(0.9, max(0.0, float(np.floor(least * 10)) / 10))

    def at(value: float) -> float:
        return _EDGE + (value - low) / (1 - low) * (_SIZE - _EDGE - _RIM)

    parts = _axes(low, at)
    for number, (arm, (kept, done)) in enumerate(points.items()):
        parts += _point(arm, kept, done, at, number)
    size = f'width="{_SIZE + _LEGEND}" height="{_SIZE}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIZE + _LEGEND} {_SIZE}" {size}>'
        f"<style>text{{font:12px sans-serif;fill:#888}}</style>{''.join(parts)}</svg>\n"
    )


def _axes(low: float, at: Callable[[float], float]) -> list[str]:
    parts = []
    for tick in np.arange(low, 1.001, 0.1):
        x, y = at(tick), _SIZE - at(tick)
        lines = f"M{x:.0f} {_RIM}V{_SIZE - _EDGE}M{_EDGE} {y:.0f}H{_SIZE - _RIM}"
        parts.append(f'<path d="{lines}" stroke="#8886" fill="none"/>')
        parts.append(f'<text x="{x:.0f}" y="{_SIZE - 28}" text-anchor="middle">{tick:.1f}</text>')
        parts.append(f'<text x="{_EDGE - 6}" y="{y + 4:.0f}" text-anchor="end">{tick:.1f}</text>')
    middle = _SIZE // 2
    parts.append(f'<text x="{middle}" y="{_SIZE - 8}" text-anchor="middle">all else kept</text>')
    turned = f'transform="rotate(-90 12 {middle})"'
    parts.append(f'<text x="12" y="{middle}" text-anchor="middle" {turned}>asked change done</text>')
    return parts


def _point(arm: str, kept: Estimate, done: Estimate, at: Callable[[float], float], number: int) -> list[str]:
    colour = _COLOURS[number % len(_COLOURS)]
    x, y, row = at(kept.mean), _SIZE - at(done.mean), 30 + 18 * number
    across = f"M{at(kept.low):.1f} {y:.1f}H{at(kept.high):.1f}"
    down = f"M{x:.1f} {_SIZE - at(done.low):.1f}V{_SIZE - at(done.high):.1f}"
    return [
        f'<path d="{across}{down}" stroke="{colour}" stroke-width="1.5" fill="none"/>',
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>',
        f'<circle cx="{_SIZE + 12}" cy="{row - 4}" r="4" fill="{colour}"/>',
        f'<text x="{_SIZE + 22}" y="{row}">{escape(arm)}</text>',
    ]
