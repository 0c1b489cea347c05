"""The comparison as people read it: a Markdown table, and the HTML page of `training.evaluation.page`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from training.core.charts import number
from training.core.metrics import read_metrics
from training.evaluation import page
from training.evaluation.results import BENCHMARK_COLUMNS, COLUMNS, Results, group_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from training.core.statistics import Estimate
    from training.evaluation.shown import Shown


def write(results: Results, shown: Shown, runs: Mapping[str, str], output: Path) -> None:
    """Write `results.md` and `index.html` into `output`; `runs` are folders whose curves the page shows."""
    (output / "results.md").write_text(markdown(results), encoding="utf-8")
    curves = {name: read_metrics(Path(folder)) for name, folder in runs.items()}
    (output / "index.html").write_text(page.page(results, shown, curves), encoding="utf-8")


def markdown(results: Results) -> str:
    """A table for each painter; means with 95 % intervals."""
    parts = [said_first(results)]
    for painter in results.values:
        parts.append(f"### {painter}\n")
        parts.append(counted(results, painter))
        parts.append("| method | " + " | ".join(COLUMNS) + " |")
        parts.append("|---" * (len(COLUMNS) + 1) + "|")
        for group, row in results.table(painter).items():
            parts.append(f"| {group} | " + " | ".join(_cell(row[name]) for name in COLUMNS) + " |")
        parts.append("")
    return "\n".join((*parts, *benchmark_tables(results)))


def benchmark_tables(results: Results) -> list[str]:
    """A table for each benchmark and painter: a line for each category and method."""
    parts = []
    for name, benchmark in results.benchmarks.items():
        for painter in benchmark.results.values:
            asked = counted(benchmark.results, painter, "prompts")
            parts += [
                f"### {name}, {painter}\n",
                f"{benchmark.results.judge} in the column `judge`. {asked}",
                "| category | prompts | method | " + " | ".join(BENCHMARK_COLUMNS) + " |",
                "|---" * (len(BENCHMARK_COLUMNS) + 3) + "|",
            ]
            parts += [
                f"| {category} | {count} | {group} | "
                + " | ".join(_cell(row[column]) for column in BENCHMARK_COLUMNS)
                + " |"
                for (category, count), groups in benchmark.table(painter).items()
                for group, row in groups.items()
            ]
            parts.append("")
    return parts


def said_first(results: Results) -> str:
    """What must be known to read the tables: which edits, which intervals, which judge, which command."""
    runs = max(
        sum(group_of(method) == group_of(one) for method in columns)
        for columns in results.values.values()
        for one in columns
    )
    by = "t over seeds and edits" if runs > 1 else "BCa bootstrap over edits"
    made = f" Made by `{results.made_by}`." if results.made_by else ""
    return (
        f"Split: **{results.split}**; mean (95 % interval: {by}); total in standard deviations of "
        f"`{results.baseline}`; judge: {results.judge}, never rewarded.{made}\n"
    )


def counted(results: Results, painter: str, what: str = "") -> str:
    """How many edits, or `what`, a painter's table is about, and how many a safety checker took away."""
    left = len(next(iter(next(iter(results.shown(painter).values())).values())))
    every = len(next(iter(next(iter(results.values[painter].values())).values())))
    lost = ", ".join(f"{method} {count}" for method, count in results.left_out(painter).items())
    without = (
        f"; {every - left} left out, as the safety checker blacked out pictures of {lost}" if lost else ""
    )
    return f"{left} {what or f'{results.split} edits'}{without}.\n"


def _cell(value: Estimate) -> str:
    return f"{number(value.mean)} ({number(value.low)} to {number(value.high)})"
