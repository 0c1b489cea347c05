"""How language models drift over the turns of a conversation: the table and the drawing of raw results.

`training.tiny.drift` measures them.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from training.core.statistics import wilson

if TYPE_CHECKING:
    from training.core.statistics import Estimate

_COLOURS = ("#3b6fb6", "#c8553d", "#4f9d69", "#8e5ea2", "#d9a441", "#555555")
_WIDTH, _HEIGHT, _LEGEND, _EDGE, _RIM = 420, 300, 250, 46, 16  # pixels


def table_of(raw: dict[str, Any]) -> str:
    """The share of conversations exactly right after each turn, by model, as Markdown."""
    made = f"{raw['chats']} conversations of the {raw['part']} part, seed {raw['seed']}; {raw['machine']}."
    lines = [
        f"{made} In brackets 95 % intervals (Wilson).",
        "",
        "| model | turn | from the true source | chained | words, of the true prompt's |",
        "|---|---|---|---|---|",
    ]
    for name, rows in raw["models"].items():
        for row in rows:
            true, chained = (_percent(_share(row[way])) for way in ("true", "chained"))
            lines.append(f"| {name} | {row['turn']} | {true} | {chained} | {row['length']:.2f} |")
    return "\n".join(lines)


def drawing(raw: dict[str, Any]) -> str:
    """Chained and true source by turn as an SVG, each with its band; its grey text is read on any page."""
    most = max(row["turn"] for rows in raw["models"].values() for row in rows)
    parts = _axes(most)
    for number, (name, rows) in enumerate(raw["models"].items()):
        colour = _COLOURS[number % len(_COLOURS)]
        for way, dash in (("chained", ""), ("true", ' stroke-dasharray="5 4"')):
            line = [(_x(row["turn"], most), _share(row[way])) for row in rows]
            parts += _line(line, colour, dash, band=way == "chained")
            at = 30 + 20 * (2 * number + (way == "true"))
            what = "on its own prompts" if way == "chained" else "from the true source"
            across = f"M{_WIDTH + 8} {at - 4}h22"
            parts.append(f'<path d="{across}" stroke="{colour}" stroke-width="2" fill="none"{dash}/>')
            parts.append(f'<text x="{_WIDTH + 36}" y="{at}">{escape(name)}, {what}</text>')
    width = _WIDTH + _LEGEND
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_HEIGHT}" width="{width}">'
        f"<style>text{{font:12px sans-serif;fill:#888}}</style>{''.join(parts)}</svg>\n"
    )


def _percent(share: Estimate) -> str:
    return f"{share.mean:.0%} ({share.low:.0%} to {share.high:.0%})"


def _share(counts: list[int]) -> Estimate:
    right, of = counts
    return wilson([1.0] * right + [0.0] * (of - right))


def _x(turn: int, most: int) -> float:
    return _EDGE + (turn - 1) / max(1, most - 1) * (_WIDTH - _EDGE - _RIM)


def _y(share: float) -> float:
    return _HEIGHT - _EDGE - share * (_HEIGHT - _EDGE - _RIM)


def _axes(most: int) -> list[str]:
    parts = []
    for tenth in range(0, 11, 2):
        y = _y(tenth / 10)
        parts.append(f'<path d="M{_EDGE} {y:.1f}H{_WIDTH - _RIM}" stroke="#8886" fill="none"/>')
        parts.append(f'<text x="{_EDGE - 6}" y="{y + 4:.1f}" text-anchor="end">{tenth * 10} %</text>')
    parts += [
        f'<text x="{_x(turn, most):.1f}" y="{_HEIGHT - 28}" text-anchor="middle">{turn}</text>'
        for turn in range(1, most + 1)
    ]
    middle = (_EDGE + _WIDTH - _RIM) / 2
    title = "exactly right after turn"
    return [*parts, f'<text x="{middle:.0f}" y="{_HEIGHT - 8}" text-anchor="middle">{title}</text>']


def _line(line: list[tuple[float, Estimate]], colour: str, dash: str, *, band: bool) -> list[str]:
    parts = []
    if band:
        upper = [f"{x:.1f},{_y(share.high):.1f}" for x, share in line]
        lower = [f"{x:.1f},{_y(share.low):.1f}" for x, share in reversed(line)]
        parts.append(f'<polygon points="{" ".join(upper + lower)}" fill="{colour}" fill-opacity="0.15"/>')
    points = " ".join(f"{x:.1f},{_y(share.mean):.1f}" for x, share in line)
    parts.append(f'<polyline points="{points}" stroke="{colour}" stroke-width="2" fill="none"{dash}/>')
    return parts
