"""Means, differences and win rates with 95 % intervals, over the runs of a method and over examples.

A method that was trained with several seeds gives a row of values for each, all of the same examples. An
interval is about other seeds *and* other examples, so it must know how much either scatters:

- Several rows: Student's t on the crossed model value = mean + seed + example + rest. The variance of the
  mean is (MS_seed + MS_example - MS_rest) / (seeds x examples), its degrees of freedom are Satterthwaite's
  (1946); seeds decide it where they scatter most (with three seeds t has two degrees of freedom), examples
  where they do.
- One row: BCa bootstrap over examples (Efron 1987, `scipy.stats.bootstrap`).

`.venv/bin/python -m training intervals` simulates how often these and the percentile bootstrap hold the truth
(docs/results.md). A difference between methods is taken example by example and seed by seed first; its
interval is then that of the differences, in which what is common to both has gone. Equal input gives equal
output.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt
from scipy import stats

_DRAWS = 2000
_SHARE = 0.95
Values = Sequence[Sequence[float]]
"""[seeds][examples]"""
Table = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Estimate:
    """A mean and its 95 % interval."""

    mean: float
    low: float
    high: float

    def apart(self, other: Estimate) -> bool:
        """Whether the two intervals have nothing in common."""
        return self.low > other.high or other.low > self.high


def wilson(scores: Sequence[float]) -> Estimate:
    """The mean of numbers from 0 to 1 with Wilson's interval, which one answer does not make certain.

    Raises ZeroDivisionError for none.
    """
    count, mean = len(scores), sum(scores) / len(scores)
    z = NormalDist().inv_cdf(0.975)
    middle = (mean + z**2 / (2 * count)) / (1 + z**2 / count)
    reach = z / (1 + z**2 / count) * (mean * (1 - mean) / count + z**2 / (4 * count**2)) ** 0.5
    return Estimate(mean, middle - reach, middle + reach)


def estimate(values: Values) -> Estimate:
    """The mean over all seeds and examples. Raises ValueError when there are none.

    NaN marks an example without a value, as a picture that was blacked out; it is left out for all seeds. A
    single value has no scatter to tell of: its interval is itself.
    """
    table = np.asarray(values, dtype=np.float64)
    table = table[:, ~np.isnan(table).any(axis=0)] if table.size else table
    if table.size == 0:
        raise ValueError("a mean needs at least one value")
    mean = float(table.mean())
    # A constant has no width; what rounding leaves of its variance would only divide by zero
    if table.size == 1 or np.ptp(table) == 0:
        return Estimate(mean, mean, mean)
    low, high = bca(table[0]) if len(table) == 1 else crossed_t(table)
    return Estimate(mean, low, high)


def win_rate(values: Values, baseline: Values) -> Estimate:
    """How often a method's example beats the baseline's same example: in [0, 1], a tie counts half.

    With as many seeds, each meets the baseline's of the same place; otherwise it meets all of them.
    """
    ours, theirs = np.asarray(values, dtype=np.float64), np.asarray(baseline, dtype=np.float64)
    against = theirs[:, None, :] if len(ours) == len(theirs) else np.broadcast_to(
        theirs, (len(ours), *theirs.shape)
    )  # fmt: skip
    # The Mann-Whitney statistic, paired by example: P(better) + P(equal) / 2
    wins = (ours[:, None, :] > against) + 0.5 * (ours[:, None, :] == against)
    unknown = np.isnan(ours[:, None, :] - against)
    return estimate(np.where(unknown, np.nan, wins).mean(axis=1).tolist())


def crossed_t(table: Table) -> tuple[float, float]:
    """The t interval of the mean of a table [seeds >= 2, examples] whose rows and columns are both drawn."""
    seeds, examples = table.shape
    if examples == 1:
        low, high = stats.t.interval(_SHARE, seeds - 1, table.mean(), stats.sem(table[:, 0]))
        return float(low), float(high)
    rows, columns, mean = table.mean(axis=1), table.mean(axis=0), table.mean()
    rest = table - rows[:, None] - columns[None, :] + mean
    squares = np.array([
        examples * rows.var(ddof=1),
        seeds * columns.var(ddof=1),
        (rest**2).sum() / ((seeds - 1) * (examples - 1)),
    ])  # fmt: skip
    freedom = np.array([seeds - 1, examples - 1, (seeds - 1) * (examples - 1)])
    signs = np.array([1.0, 1.0, -1.0])
    # By chance the sum may fall below either scatter alone, which it cannot do in truth
    total = max(float((signs * squares).sum()), float(squares[:2].max()))
    # Satterthwaite 1946: the degrees of freedom of a sum of mean squares
    degrees = max(total**2 / float((squares**2 / freedom).sum()), float(min(seeds, examples) - 1))
    reach = float(stats.t.ppf(0.5 + _SHARE / 2, degrees)) * (total / table.size) ** 0.5
    return float(mean) - reach, float(mean) + reach


def bca(values: Table) -> tuple[float, float]:
    """The BCa bootstrap interval of the mean of at least two numbers that are not all equal."""
    found = stats.bootstrap(
        (values,), np.mean, confidence_level=_SHARE, n_resamples=_DRAWS, method="BCa", batch=200,
        rng=np.random.default_rng(0), vectorized=True,
    ).confidence_interval  # fmt: skip
    return float(found.low), float(found.high)


def percentile(table: Table, draws: int = _DRAWS) -> tuple[float, float]:
    """The percentile bootstrap over rows and columns (Efron 1979): too narrow for few rows, kept to show
    that."""
    rng = np.random.default_rng(0)
    seeds, examples = table.shape
    # How often each row and column is drawn; weighing the table with the counts gives the resampled means
    rows = rng.multinomial(seeds, np.full(seeds, 1 / seeds), size=draws)
    columns = rng.multinomial(examples, np.full(examples, 1 / examples), size=draws)
    means = ((rows @ table) * columns).sum(axis=1) / table.size
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)
