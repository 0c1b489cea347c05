"""The results of a comparison: every method's number for every edit, kept as raw JSON that tables are made
from.

Nothing a table shows is stored: totals, means, intervals and win rates are made from the numbers by edit, so
that `python -m training tables FILE` gives the same table as the run that wrote the file, without rerunning
it.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from training.core.statistics import Estimate, estimate, win_rate
from training.errors import DataError, in_words
from training.rewards.judge import JUDGE, PICTURE_REWARDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from training.data.splits import Part

TEXT_COLUMNS = ("integrity", "scene", "words", "usable")
MEASURED = (JUDGE, *PICTURE_REWARDS, *TEXT_COLUMNS)
"""The columns that are measured edit by edit; NaN where a safety checker blacked the pictures out."""
COLUMNS = ("total", "win rate", *MEASURED)
BENCHMARK_COLUMNS = ("win rate", JUDGE, *PICTURE_REWARDS, "integrity", "usable")
"""What the tables of benchmarks show; a benchmark with rules of its own has them in the judge's place."""
ALL = "all"
"""The category that every prompt is in."""
Columns = dict[str, dict[str, list[float]]]
"""[method][column]: a number an edit."""


@dataclass
class Results:
    """`values[painter][method][column]` are the numbers by edit; methods "ppo@1", "ppo@2" are runs of "ppo".

    `weights` are those of the total, `split` the part of the data, `judge` who made that column, `made_by`
    the command. `began` is a hash of the weights that each method's run began with, where there was a run.
    `benchmarks` are sets of prompts beside the edits.
    """

    split: Part
    baseline: str
    judge: str
    weights: dict[str, float]
    made_by: str = ""
    values: dict[str, Columns] = field(default_factory=dict)
    began: dict[str, str] = field(default_factory=dict)
    benchmarks: dict[str, Benchmark] = field(default_factory=dict)

    def raw(self) -> dict[str, Any]:
        """All of it for JSON."""
        values = {
            painter: {method: {name: list(map(_kept, column)) for name, column in columns.items()}
                      for method, columns in methods.items()}
            for painter, methods in self.values.items()
        }  # fmt: skip
        own = {name: value for name, value in vars(self).items() if name != "benchmarks"}
        raw = {"kind": "evaluation", **own, "values": values}
        if self.benchmarks:
            raw["benchmarks"] = {name: one.raw() for name, one in self.benchmarks.items()}
        return raw

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Results:
        """What `raw` gave. Raises DataError for something else."""
        try:
            values = {
                painter: {method: {name: [math.nan if x is None else x for x in column]
                                   for name, column in columns.items()}
                          for method, columns in methods.items()}
                for painter, methods in raw["values"].items()
            }  # fmt: skip
            others = {
                name: raw[name] for name in ("split", "baseline", "judge", "weights", "made_by", "began")
            }
            benchmarks = {name: Benchmark.of(one) for name, one in raw.get("benchmarks", {}).items()}
        except (KeyError, AttributeError, TypeError) as error:
            raise DataError(f"This holds no results of an evaluation: {in_words(error)}.", []) from error
        return cls(**others, values=values, benchmarks=benchmarks)

    def left_out(self, painter: str) -> dict[str, int]:
        """For each method some of whose pictures were blacked out, of how many edits."""
        lost = {
            method: sum(map(math.isnan, columns[JUDGE])) for method, columns in self.values[painter].items()
        }
        return {method: count for method, count in lost.items() if count}

    def compared(self, painter: str) -> list[bool]:
        """For each edit whether its pictures were shown for every method."""
        # An edit that one method lost is left out for all, or the methods would be asked different edits
        columns = self.values[painter].values()
        return [not any(map(math.isnan, row)) for row in zip(*(own[JUDGE] for own in columns), strict=True)]

    def shown(self, painter: str) -> Columns:
        """The numbers of the edits whose pictures were shown for every method: what is compared."""
        columns, fine = self.values[painter], self.compared(painter)
        if not any(fine):
            raise DataError(
                f"{painter}: the safety checker left no edit whose pictures all methods show.", []
            )
        return {
            method: {
                name: [x for x, ok in zip(column, fine, strict=True) if ok] for name, column in own.items()
            }
            for method, own in columns.items()
        }

    def by_edit(self, painter: str, column: str) -> dict[str, list[float]]:
        """A column of each method, the total among them, a number for each edit that is compared."""
        columns = self.shown(painter)
        if column == "total":
            return totals_of(columns, self.weights, self.baseline)
        return {method: own[column] for method, own in columns.items()}

    def table(self, painter: str) -> dict[str, dict[str, Estimate]]:
        """Estimates by group of runs and column."""
        return tabulate(self.shown(painter), self.by_edit(painter, "total"), self.baseline)


@dataclass
class Benchmark:
    """What methods made of a benchmark's prompts: numbers by prompt, and the categories of each prompt."""

    results: Results
    categories: list[list[str]]

    def raw(self) -> dict[str, Any]:
        """All of it for JSON."""
        return {"categories": self.categories, **self.results.raw()}

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Benchmark:
        """What `raw` gave. Raises DataError for something else."""
        return cls(Results.of(raw), [list(each) for each in raw["categories"]])

    def table(self, painter: str) -> dict[tuple[str, int], dict[str, dict[str, Estimate]]]:
        """[(category, number of prompts)][group of runs][column]: all prompts first, then by category.

        Totals, which decide the win rate, are in deviations of the baseline's on all prompts. A prompt some
        of whose pictures were blacked out is left out; so is a category of which none is left.
        """
        columns, totals = self.results.values[painter], self.results.by_edit(painter, "total")
        kept = self.results.compared(painter)
        categories = [each for each, fine in zip(self.categories, kept, strict=False) if fine]
        shown = self.results.shown(painter)
        tables = {}
        for name in (ALL, *sorted({one for each in categories for one in each})):
            rows = [i for i, each in enumerate(categories) if name in (ALL, *each)]
            part = {m: {c: [column[i] for i in rows] for c, column in shown[m].items()} for m in columns}
            own = {method: [values[i] for i in rows] for method, values in totals.items()}
            tables[name, len(rows)] = tabulate(part, own, self.results.baseline)
        return tables


def write_raw(raw: Mapping[str, Any], path: Path) -> None:
    """Write a raw result: one line for each list, so that the file is small and its changes can be read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_lines(raw) + "\n", encoding="utf-8")


def group_of(method: str) -> str:
    """The line a method belongs to: "ppo" for "ppo@2"."""
    return method.partition("@")[0]


def runs_of(methods: Mapping[str, Any], group: str) -> list[str]:
    """The methods that are runs of `group`, in order."""
    return [method for method in methods if group_of(method) == group]


def totals_of(values: Columns, weights: Mapping[str, float], baseline: str) -> dict[str, list[float]]:
    """The total of each edit by method: weighed columns, each from the baseline's mean on in its standard
    deviations."""
    scale = {name: _mean_std([values[m] for m in runs_of(values, baseline)], name) for name in weights}
    return {method: _total(columns, weights, scale) for method, columns in values.items()}


def tabulate(
    values: Columns, totals: Mapping[str, Sequence[float]], baseline: str
) -> dict[str, dict[str, Estimate]]:
    """Estimates by group and column from `values` and `totals[method]`, a number an edit."""
    base = [totals[run] for run in runs_of(values, baseline)]
    table: dict[str, dict[str, Estimate]] = {}
    for group in dict.fromkeys(map(group_of, values)):
        runs = runs_of(values, group)
        own = [totals[run] for run in runs]
        table[group] = {name: estimate([values[run][name] for run in runs]) for name in values[runs[0]]}
        table[group]["total"] = estimate(own)
        table[group]["win rate"] = win_rate(own, base)
    return table


def _total(
    run: Mapping[str, Sequence[float]],
    weights: Mapping[str, float],
    scale: Mapping[str, tuple[float, float]],
) -> list[float]:
    count = len(next(iter(run.values())))
    return [
        sum(weight * (run[name][i] - scale[name][0]) / scale[name][1] for name, weight in weights.items())
        for i in range(count)
    ]


def _mean_std(runs: Sequence[Mapping[str, Sequence[float]]], column: str) -> tuple[float, float]:
    numbers = [number for run in runs for number in run[column]]
    mean = sum(numbers) / len(numbers)
    return mean, (sum((x - mean) ** 2 for x in numbers) / len(numbers)) ** 0.5 or 1.0


def _kept(number: float) -> float | None:
    """Four significant digits are more than any interval here can tell apart."""
    return None if math.isnan(number) else float(f"{number:.4g}")


def _lines(value: Any, indent: str = "") -> str:
    if not isinstance(value, dict) or not value:
        return json.dumps(value, ensure_ascii=False)
    inner = indent + " "
    entries = [
        f"{inner}{json.dumps(key, ensure_ascii=False)}: {_lines(one, inner)}" for key, one in value.items()
    ]
    return "{\n" + ",\n".join(entries) + f"\n{indent}}}"
