"""The comparison as people read it: a Markdown table, and one HTML page with pictures and learning curves.

The page is a single file beside its pictures; it loads nothing from anywhere and needs no script.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from training.evaluate import COLUMNS, Results
from training.metrics import read_metrics
from training.settings import EvaluateConfig
from training.statistics import Estimate

_CURVES = ("reward/total", "reward/integrity", "eval/reward", "kl/reference", "value/explained", "sft/loss")
_COLOURS = ("#4053d3", "#ddb310", "#b51d14", "#00beff", "#fb49b0", "#00b25d", "#7f7f7f", "#8c564b")
_WIDTH, _HEIGHT = 360, 200

_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem }
table { border-collapse: collapse; margin: 1rem 0; font-variant-numeric: tabular-nums }
th, td { border-bottom: 1px solid #ddd; padding: .3rem .6rem; text-align: right; vertical-align: top }
th:first-child, td:first-child { text-align: left } td small { color: #666; display: block }
.grid { overflow-x: auto } .grid img { width: 128px; height: 128px; object-fit: contain; display: block }
.grid td { text-align: left; max-width: 140px; font-size: 12px } .better { background: #e6f4ea }
.curves { display: flex; flex-wrap: wrap; gap: 1.5rem } figcaption { font-weight: 600 }
"""


def write(results: Results, settings: EvaluateConfig, output: Path) -> None:
    """Write `results.md` and `index.html` into `output`."""
    (output / "results.md").write_text(markdown(results), encoding="utf-8")
    curves = {name: read_metrics(Path(folder)) for name, folder in settings.runs.items()}
    (output / "index.html").write_text(page(results, curves), encoding="utf-8")


def markdown(results: Results) -> str:
    """A table for each painter; means with 95 % intervals."""
    parts = [
        f"{len(results.edits)} held-out edits; mean (95 % interval); "
        f"total in standard deviations of `{results.baseline}`.\n"
    ]
    for painter, groups in results.table.items():
        parts.append(f"### {painter}\n")
        parts.append("| method | " + " | ".join(COLUMNS) + " |")
        parts.append("|---" * (len(COLUMNS) + 1) + "|")
        for group, row in groups.items():
            parts.append(f"| {group} | " + " | ".join(_cell(row[name]) for name in COLUMNS) + " |")
        parts.append("")
    return "\n".join(parts)


def page(results: Results, curves: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """The HTML page; everything that models or people wrote is escaped."""
    body = [f"<h1>Methods on {len(results.edits)} held-out edits</h1>", _explanation(results)]
    for painter, groups in results.table.items():
        body.append(f"<h2>{escape(painter)}</h2>{_table(groups, results.baseline)}")
        body.append(_grid(results, results.pictures.get(painter, {})))
    drawn = [_curve(name, curves) for name in _CURVES]
    if any(drawn):
        body.append(f'<h2>Training</h2><div class="curves">{"".join(drawn)}</div>')
    head = f"<meta charset='utf-8'><title>DiffChat evaluation</title><style>{_STYLE}</style>"
    return f"<!doctype html><html lang='en'><head>{head}</head><body>{''.join(body)}</body></html>\n"


def _explanation(results: Results) -> str:
    return (
        "<p>Mean and 95&nbsp;% interval (bootstrap over edits and seeds). Total: weighed sum in standard "
        f"deviations of <b>{escape(results.baseline)}</b>; win rate: share of edits on which a method's "
        f"total beats that of {escape(results.baseline)}. Shaded: the interval lies wholly above it.</p>"
    )


def _table(groups: Mapping[str, Mapping[str, Estimate]], baseline: str) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in ("method", *COLUMNS))
    rows = []
    for group, row in groups.items():
        cells = [_table_cell(row[name], groups[baseline][name]) for name in COLUMNS]
        rows.append(f"<tr><td>{escape(group)}</td>{''.join(cells)}</tr>")
    return f"<table><tr>{head}</tr>{''.join(rows)}</table>"


def _table_cell(value: Estimate, baseline: Estimate) -> str:
    kind = "better" if value.low > baseline.high else ""
    interval = f"{_number(value.low)} to {_number(value.high)}"
    return f'<td class="{kind}">{_number(value.mean)}<small>{interval}</small></td>'


def _grid(results: Results, pictures: Mapping[str, Sequence[str]]) -> str:
    """A row for each edit, a column for each method."""
    shown = max(map(len, pictures.values()), default=0)
    if not shown:
        return ""
    head = "".join(f"<th>{escape(method)}</th>" for method in ("edit", *pictures))
    rows = []
    for index, edit in enumerate(results.edits[:shown]):
        cells = [
            f"<td>{escape(edit.source_prompt)}<br><b>{escape(edit.instruction) or '(beautify)'}</b></td>"
        ]
        for method, files in pictures.items():
            text = escape(results.targets[method][index])
            cells.append(f'<td><img src="{escape(files[index])}" alt="{text}">{text}</td>')
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f'<div class="grid"><table><tr>{head}</tr>{"".join(rows)}</table></div>'


def _curve(name: str, runs: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """One metric of all runs as an SVG; empty when no run has it twice."""
    points = {
        run: [(line["step"], line[name]) for line in lines if name in line] for run, lines in runs.items()
    }
    points = {run: line for run, line in points.items() if len(line) > 1}
    if not points:
        return ""
    xs, ys = zip(*(point for line in points.values() for point in line), strict=True)
    (left, right), (low, high) = (min(xs), max(xs)), (min(ys), max(ys))
    wide, tall = (right - left) or 1, (high - low) or 1
    drawn, legend = [], []
    for colour, (run, line) in zip(_COLOURS * len(points), points.items(), strict=False):
        path = " ".join(
            f"{(x - left) / wide * _WIDTH:.1f},{_HEIGHT - (y - low) / tall * _HEIGHT:.1f}" for x, y in line
        )
        drawn.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        legend.append(f'<span style="color:{colour}">■</span> {escape(run)}')
    box = f"-4 -4 {_WIDTH + 8} {_HEIGHT + 8}"
    svg = (
        f'<svg viewBox="{box}" width="{_WIDTH}" role="img" aria-label="{escape(name)}">{"".join(drawn)}</svg>'
    )
    scale = f"{_number(low)} to {_number(high)}, steps {left} to {right}"
    caption = f"<figcaption>{escape(name)}</figcaption>"
    return f"<figure>{caption}{svg}<br><small>{scale}<br>{' '.join(legend)}</small></figure>"


def _cell(value: Estimate) -> str:
    return f"{_number(value.mean)} ({_number(value.low)} to {_number(value.high)})"


def _number(value: float) -> str:
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.3f}"
