"""A run as one HTML page that needs no network and no script: its curves so far, and some of its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from training.core import charts
from training.core.html import render
from training.core.metrics import SFT_METRICS, read_metrics

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from training.data.examples import Edit

PAGE = "index.html"
_CURVES = ("sft/loss", "eval/loss", "eval/integrity", "eval/f1", "eval/exact", "eval/usable")


def write(
    output: Path,
    name: str,
    step: int,
    numbers: Mapping[str, float],
    samples: Sequence[tuple[Edit, str | None]],
) -> None:
    """Write `OUTPUT/index.html` anew.

    `numbers` are those of the evaluation after `step`, which are not logged yet; `samples` are edits with the
    target written then, None where serving would refuse it.
    """
    lines = [*read_metrics(output), {"step": step, **numbers}]
    drawn = []
    for metric in _CURVES:
        points = [(line["step"], line[metric]) for line in lines if metric in line]
        if chart := charts.curve(metric, {name: points}, {name: 1}):
            drawn.append((metric, SFT_METRICS[metric], chart))
    page = render("run.html.j2", name=name, step=step, output=output.name, curves=drawn, samples=samples)
    (output / PAGE).write_text(page, encoding="utf-8")
