"""Means and win rates with 95 % intervals, by the bootstrap over examples (and over seeds of a method).

A method that was trained with several seeds gives one row of values for each. Seeds and examples are drawn
with replacement, so an interval covers both kinds of chance. Fixed random numbers: equal input, equal output.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_DRAWS = 2000
Values = Sequence[Sequence[float]]
"""[seeds][examples]"""


@dataclass(frozen=True)
class Estimate:
    """A mean and its 95 % interval."""

    mean: float
    low: float
    high: float

    def apart(self, other: Estimate) -> bool:
        """Whether the two intervals have nothing in common."""
        return self.low > other.high or other.low > self.high


def estimate(values: Values) -> Estimate:
    """The mean over all seeds and examples. Raises ValueError when there are none."""
    table = np.asarray(values, dtype=np.float64)
    if table.size == 0:
        raise ValueError("a mean needs at least one value")
    low, high = np.percentile(_bootstrap(table), [2.5, 97.5])
    return Estimate(float(table.mean()), float(low), float(high))


def win_rate(values: Values, baseline: Values) -> Estimate:
    """How often a method's example beats the baseline's same example: in [0, 1], a tie counts half.

    Every seed of the one meets every seed of the other.
    """
    ours, theirs = np.asarray(values, dtype=np.float64), np.asarray(baseline, dtype=np.float64)
    difference = ours[:, None, :] - theirs[None, :, :]
    # The Mann-Whitney statistic, paired by example: P(better) + P(equal) / 2
    wins = (difference > 0) + 0.5 * (difference == 0)
    return estimate(wins.reshape(-1, ours.shape[1]).tolist())


def _bootstrap(table: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Means [draws] of resampled tables."""
    rng = np.random.default_rng(0)
    seeds, examples = table.shape
    # Efron 1979: as many are drawn as there are, with replacement; percentile intervals
    rows = rng.integers(seeds, size=(_DRAWS, seeds))
    columns = rng.integers(examples, size=(_DRAWS, examples))
    means: npt.NDArray[np.float64] = table[rows[:, :, None], columns[:, None, :]].mean(axis=(1, 2))
    return means
