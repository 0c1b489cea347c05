"""The comparison as people read it: a Markdown table, and the HTML page of `training.evaluation.page`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from training.core.charts import number
from training.core.metrics import read_metrics
from training.evaluation import page
from training.evaluation.results import COLUMNS, Results

if TYPE_CHECKING:
    from training.config.settings import EvaluateConfig
    from training.core.statistics import Estimate


def write(results: Results, settings: EvaluateConfig, output: Path) -> None:
    """Write `results.md` and `index.html` into `output`."""
    (output / "results.md").write_text(markdown(results), encoding="utf-8")
    curves = {name: read_metrics(Path(folder)) for name, folder in settings.runs.items()}
    (output / "index.html").write_text(page.page(results, curves), encoding="utf-8")


def markdown(results: Results) -> str:
    """A table for each painter; means with 95 % intervals."""
    parts = [
        (
            f"{len(results.edits)} held-out edits; mean (95 % interval); "
            f"total in standard deviations of `{results.baseline}`.\n"
        )
    ]
    for painter, groups in results.table.items():
        parts.append(f"### {painter}\n")
        parts.append("| method | " + " | ".join(COLUMNS) + " |")
        parts.append("|---" * (len(COLUMNS) + 1) + "|")
        for group, row in groups.items():
            parts.append(f"| {group} | " + " | ".join(_cell(row[name]) for name in COLUMNS) + " |")
        parts.append("")
    return "\n".join(parts)


def _cell(value: Estimate) -> str:
    return f"{number(value.mean)} ({number(value.low)} to {number(value.high)})"
