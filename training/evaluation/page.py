"""The comparison as one HTML page: what it says first, then the tables, the pictures, and how it was learnt.

The page follows the reader's light or dark setting; its text is `training/templates/evaluation.html.j2`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from model.language.stems import content_stems
from training.core import charts
from training.core.html import render
from training.core.metrics import RL_METRICS, SFT_METRICS
from training.data.integrity import requirements_of
from training.evaluation.results import BENCHMARK_COLUMNS, COLUMNS, Results, group_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from training.core.statistics import Estimate
    from training.data.examples import Edit
    from training.evaluation.shown import Shown

_CURVES = (
    "reward/total", "eval/reward", "reward/integrity", "kl/reference", "value/explained", "policy/entropy",
    "sft/loss", "eval/loss",
)  # fmt: skip
_SAYS = {
    "total": "weighed sum of scores and integrity, in standard deviations of the baseline",
    "win rate": "share of edits on which the total beats the baseline's; a tie counts half",
    "judge": "independent judge of the pictures, never a reward",
    "aesthetic": "aesthetic score of the pictures",
    "preference": "preference score of the pictures against the short intent",
    "fit": "CLIPScore of the pictures against the short intent",
    "integrity": "share of the words asked for, less those that should be gone, 0 to 1",
    "scene": "share of targets that say exactly the reference's scene (TinyWorld)",
    "words": "words of the target; no aim in itself",
    "usable": "share of edits with a prompt that serving would take",
}
_NO_AIM = ("words",)
Figure = tuple[str, str, str]
"""What is drawn, what it means, and the drawing as SVG."""


def page(results: Results, shown: Shown, curves: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """The whole page; `curves` are the metrics of training runs by name, as `metrics.read_metrics` gives."""
    tables = {painter: results.table(painter) for painter in results.values}
    colours = _colours(results.baseline, tables, curves)
    return render(
        "evaluation.html.j2",
        colours=charts.COLOURS,
        baseline=results.baseline,
        edits=len(shown.edits),
        split=results.split,
        judge=results.judge,
        runs=Counter(map(group_of, shown.targets)),
        columns=COLUMNS,
        says=_SAYS,
        painters=[_painter(name, groups, results, shown, colours) for name, groups in tables.items()],
        benchmark_columns=BENCHMARK_COLUMNS,
        benchmarks=_benchmarks(results),
        curves=_learning(curves, colours),
        key={name: colours[name] for name in map(group_of, curves)},
    )


def _colours(
    baseline: str, tables: Mapping[str, Mapping[str, Any]], curves: Mapping[str, Any]
) -> dict[str, int]:
    """A colour for each method, the same in every chart; runs of one method share theirs."""
    methods = [group for groups in tables.values() for group in groups]
    groups = list(dict.fromkeys([*methods, *map(group_of, curves)]))
    rest = [group for group in groups if group != baseline]
    chosen = {baseline: 0}
    chosen |= {group: 1 + i % (charts.COLOURS - 1) for i, group in enumerate(rest)}
    return chosen | {run: chosen[group_of(run)] for run in curves}


def _painter(
    name: str,
    groups: Mapping[str, Mapping[str, Estimate]],
    results: Results,
    shown: Shown,
    colours: Mapping[str, int],
) -> dict[str, Any]:
    """What the page says under one picture model."""
    base, pictures = groups[results.baseline], shown.pictures.get(name, {})
    rows = {
        group: [_cell(column, row[column], base[column]) for column in COLUMNS]
        for group, row in groups.items()
    }
    return {
        "name": name,
        "charts": _summary(groups, results.baseline, colours),
        "rows": rows,
        "left_out": results.left_out(name),
        "methods": list(pictures),
        "pictures": _pictures(shown, pictures),
    }


def _benchmarks(results: Results) -> list[dict[str, Any]]:
    """What the page says of each benchmark under each picture model: rows by category and method."""
    tables = []
    for name, benchmark in results.benchmarks.items():
        for painter in benchmark.results.values:
            rows = [
                (
                    category,
                    count,
                    group,
                    _cells(row, groups[results.baseline]),
                )
                for (category, count), groups in benchmark.table(painter).items()
                for group, row in groups.items()
            ]
            left_out = benchmark.results.left_out(painter)
            judge = benchmark.results.judge
            tables.append(
                {"name": name, "painter": painter, "judge": judge, "rows": rows, "left_out": left_out}
            )
    return tables


def _cells(row: Mapping[str, Estimate], baseline: Mapping[str, Estimate]) -> list[dict[str, str]]:
    return [_cell(column, row[column], baseline[column]) for column in BENCHMARK_COLUMNS]


def _summary(
    groups: Mapping[str, Mapping[str, Estimate]], baseline: str, colours: Mapping[str, int]
) -> list[Figure]:
    """Total and win rate of every method at a glance."""
    drawn = []
    for name, mark in (("total", groups[baseline]["total"].mean), ("win rate", 0.5)):
        rows = {group: row[name] for group, row in groups.items() if name == "total" or group != baseline}
        if rows:
            drawn.append((name, _SAYS[name], charts.intervals(name, rows, colours, mark)))
    return drawn


def _cell(column: str, value: Estimate, baseline: Estimate) -> dict[str, str]:
    shade = "better" if value.low > baseline.high else "worse" if value.high < baseline.low else ""
    mean, low, high = map(charts.number, (value.mean, value.low, value.high))
    return {"shade": "" if column in _NO_AIM else shade, "mean": mean, "low": low, "high": high}


def _pictures(shown: Shown, pictures: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    """A row for each edit, a cell for each method."""
    rows = []
    for index, edit in enumerate(shown.edits[: max(map(len, pictures.values()), default=0)]):
        cells = []
        for method, files in pictures.items():
            target = shown.targets[method][index]
            cells.append({"file": files[index], "target": target, "lost": _lost(target, edit)})
        rows.append({"edit": edit, "cells": cells})
    return rows


def _lost(target: str, edit: Edit) -> str:
    """Which words of the edit a target lacks, and which it should have dropped."""
    wanted, present = requirements_of(edit), content_stems(target)
    lacking = wanted.missing(present)
    missing = [word for key, word in wanted.required.items() if key in lacking]
    said = [f"lacks {', '.join(missing)}"] if missing else []
    kept = sorted(wanted.removed & present)
    said += [f"still has {', '.join(kept)}"] if kept else []
    return "; ".join(said)


def _learning(curves: Mapping[str, Sequence[Mapping[str, Any]]], colours: Mapping[str, int]) -> list[Figure]:
    """The curves of which some run has two points."""
    drawn = []
    for name in _CURVES:
        lines = {
            run: [(line["step"], line[name]) for line in given if name in line]
            for run, given in curves.items()
        }
        if chart := charts.curve(name, lines, colours):
            drawn.append((name, {**SFT_METRICS, **RL_METRICS}[name], chart))
    return drawn
