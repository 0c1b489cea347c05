"""How often 95 % intervals hold the truth: `python -m training intervals`.

Tables of values are drawn whose true mean is 0: an effect for each seed, a skewed one for each edit, and a
rest. Each kind of interval is asked whether it holds the 0; the share that does should be 95 %. Edits scatter
most in a method's own values, seeds (of those that the mean keeps) in the differences between methods, so
both are drawn.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import stats

from training.core.statistics import Table, bca, crossed_t, percentile

if TYPE_CHECKING:
    from collections.abc import Callable

SCATTER = {"values": (0.2, 1.0, 0.5), "differences": (0.2, 0.3, 0.7)}
"""Standard deviations of the effects of seeds and of edits, and of the rest."""
COMMAND = ".venv/bin/python -m training intervals --trials {trials} --seed {seed}"
Interval = tuple[float, float]


def t_over_seeds(table: Table) -> Interval:
    """Student's t on the means of the seeds alone, as if no other edits existed."""
    means = table.mean(axis=1)
    low, high = stats.t.interval(0.95, len(means) - 1, means.mean(), stats.sem(means))
    return float(low), float(high)


KINDS: dict[str, Callable[[Table], Interval]] = {
    "percentile bootstrap over seeds": lambda table: percentile(table.mean(axis=1, keepdims=True), 500),
    "percentile bootstrap over seeds and edits": lambda table: percentile(table, 500),
    "BCa bootstrap over seeds": lambda table: bca(table.mean(axis=1)),
    "t over seeds": t_over_seeds,
    "t over seeds and edits (used)": crossed_t,
}


@dataclass(frozen=True)
class Coverage:
    """How often a kind of interval held the truth in `trials` tables of `seeds` rows, and its mean width."""

    scatter: str
    kind: str
    seeds: int
    edits: int
    held: float
    width: float


def simulate(trials: int, seed: int, sizes: tuple[int, ...] = (3, 5, 10), edits: int = 200) -> dict[str, Any]:
    """The raw result as it is kept: what was simulated, and the coverage of each kind and number of seeds."""
    rng = np.random.default_rng(seed)
    rows = [
        coverage
        for scatter in SCATTER
        for seeds in sizes
        for coverage in _covered(
            scatter, [_table(rng, seeds, edits, *SCATTER[scatter]) for _ in range(trials)]
        )
    ]
    return {"kind": "intervals", "trials": trials, "seed": seed, "rows": [vars(row) for row in rows]}


def table_of(raw: dict[str, Any]) -> str:
    """The result as a Markdown table, a line for each kind and a column for each number of seeds."""
    rows = [Coverage(**row) for row in raw["rows"]]
    sizes = list(dict.fromkeys(row.seeds for row in rows))
    error = 100 * math.sqrt(0.95 * 0.05 / raw["trials"])
    said = (
        f"Simulated data, no split. {raw['trials']} tables of {rows[0].edits} edits for each number; a share "
        f"of 95 % has a standard error of {error:.1f} points. Made by `{COMMAND.format(**raw)}`."
    )
    lines = [said]
    for scatter in dict.fromkeys(row.scatter for row in rows):
        spread = ", ".join(f"{x:g}" for x in SCATTER[scatter])
        lines += ["", f"| {scatter} (scatter of seeds, edits, rest: {spread}) | "]
        lines[-1] += " | ".join(f"{size} seeds" for size in sizes) + " |"
        lines.append("|---" * (len(sizes) + 1) + "|")
        for kind in KINDS:
            own = [row for row in rows if (row.scatter, row.kind) == (scatter, kind)]
            cells = [f"{row.held:.1%} (width {row.width:.2f})" for row in own]
            lines.append(f"| {kind} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _covered(scatter: str, tables: list[Table]) -> list[Coverage]:
    covered = []
    seeds, edits = tables[0].shape
    for kind, interval in KINDS.items():
        found = [interval(table) for table in tables]
        held = sum(low <= 0 <= high for low, high in found) / len(found)
        width = sum(high - low for low, high in found) / len(found)
        covered.append(Coverage(scatter, kind, seeds, edits, round(held, 4), round(width, 4)))
    return covered


def _table(
    rng: np.random.Generator, seeds: int, edits: int, by_seed: float, by_edit: float, rest: float
) -> Table:
    """Effects of mean 0. Those of edits are exponential, as rewards of edits are skewed too."""
    drawn: Table = rng.normal(0, by_seed, (seeds, 1)) + by_edit * (rng.exponential(1, (1, edits)) - 1)
    return drawn + rng.normal(0, rest, (seeds, edits))
