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
from training.errors import DataError
from training.rewards.judge import JUDGE, PICTURE_REWARDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from training.data.splits import Part

TEXT_COLUMNS = ("integrity", "scene", "words", "usable")
MEASURED = (JUDGE, *PICTURE_REWARDS, *TEXT_COLUMNS)
"""The columns that are measured edit by edit; NaN where a safety checker blacked the pictures out."""
COLUMNS = ("total", "win rate", *MEASURED)
Columns = dict[str, dict[str, list[float]]]
"""[method][column]: a number an edit."""


@dataclass
class Results:
    """`values[painter][method][column]` are the numbers by edit; methods "ppo@1", "ppo@2" are runs of "ppo".

    `weights` are those of the total, `split` the part of the data, `judge` who made that column, `made_by`
    the command. `began` is a hash of the weights that each method's run began with, where there was a run.
    """

    split: Part
    baseline: str
    judge: str
    weights: dict[str, float]
    made_by: str = ""
    values: dict[str, Columns] = field(default_factory=dict)
    began: dict[str, str] = field(default_factory=dict)

    def raw(self) -> dict[str, Any]:
        """All of it for JSON."""
        values = {
            painter: {method: {name: list(map(_kept, column)) for name, column in columns.items()}
                      for method, columns in methods.items()}
            for painter, methods in self.values.items()
        }  # fmt: skip
        return {"kind": "evaluation", **vars(self), "values": values}

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
        except (KeyError, AttributeError, TypeError) as error:
            raise DataError(f"This holds no results of an evaluation ({error!r}).", []) from error
        return cls(**others, values=values)

    def left_out(self, painter: str) -> dict[str, int]:
        """For each method some of whose pictures were blacked out, of how many edits."""
        lost = {
            method: sum(map(math.isnan, columns[JUDGE])) for method, columns in self.values[painter].items()
        }
        return {method: count for method, count in lost.items() if count}

    def shown(self, painter: str) -> Columns:
        """The numbers of the edits whose pictures were shown for every method: what is compared."""
        columns = self.values[painter]
        # An edit that one method lost is left out for all, or the methods would be asked different edits
        fine = [
            not any(map(math.isnan, row))
            for row in zip(*(own[JUDGE] for own in columns.values()), strict=True)
        ]
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
