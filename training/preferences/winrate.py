"""Two adapters or two picture models side by side on one server: like-rates, win rate, and a test that may be
looked at any time.

The unit is the conversation, since a conversation stays with one of them (`bot.domain.ab_test`): its value is
the share of likes among the ballots on its pictures. Adapters are told apart by the name that each turn
carries of the model that really wrote it. Picture models are told apart by the arm of the experiment that
the turn carries ("NAME:a", "NAME:b") and not by their names: who asked for a model by name may be another
kind of person, or have another kind of wish.

The test is an asymptotic confidence sequence (Robbins' normal mixture; Waudby-Smith et al., 2021,
arXiv 2103.06476) on the difference of the two means, B minus A, over the conversations in their order:

    mean ± s/√n · √( (nρ² + 1)/(nρ²) · ln((nρ² + 1)/α²) )

It covers the truth at all times at once, so looking every day and stopping when it leaves 0 keeps the error
at α. Until each adapter has `least` conversations it says "continue" whatever the numbers.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from training.core.statistics import Estimate, estimate
from training.errors import NothingToLearn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from training.preferences.votes import Cleaned

_RHO = 0.15
"""Tightest around 1/ρ² · 8 ≈ 350 conversations."""


@dataclass(frozen=True)
class Result:
    """What is known: like-rates, the share of (A, B) pairs of conversations that B wins, and the verdict."""

    conversations: tuple[int, int]
    rates: tuple[Estimate, Estimate]
    wins: Estimate
    low: float
    high: float
    verdict: str


def values(cleaned: Cleaned, a: str, b: str) -> list[tuple[str, float]]:
    """("a" or "b", share of likes) of each judged conversation, in order.

    Conversations in which both wrote, as after a change of settings, are left out.
    """
    wrote: dict[str, set[str]] = defaultdict(set)
    ballots: dict[str, list[int]] = defaultdict(list)
    for judged in cleaned.judged():
        record = judged.record
        name = record.arm if record.arm in (a, b) else record.llm
        if name in (a, b):
            wrote[record.conversation].add("a" if name == a else "b")
            ballots[record.conversation] += judged.ballots.values()
    return [
        (next(iter(arms)), sum(value > 0 for value in ballots[name]) / len(ballots[name]))
        for name, arms in wrote.items()
        if len(arms) == 1 and ballots[name]
    ]


def winrate(cleaned: Cleaned, a: str, b: str, *, alpha: float = 0.05, least: int = 20) -> Result:
    """Compare the models or arms named `a` and `b`. Raises NothingToLearn where one has no votes."""
    seen = values(cleaned, a, b)
    one, other = ([value for arm, value in seen if arm == which] for which in ("a", "b"))
    if not one or not other:
        names = sorted({name for one in cleaned.records for name in (one.llm, one.arm) if name})
        raise NothingToLearn(
            f"There are {len(one)} judged conversations with {a} and {len(other)} with {b}: let the "
            f"experiment run on. Models and arms in this snapshot: {', '.join(names) or 'none'}."
        )
    low, high = sequence(seen, alpha)
    return Result((len(one), len(other)), (estimate([one]), estimate([other])), _wins(one, other), low, high,
                  decide(low, high, min(len(one), len(other)), least))  # fmt: skip


def sequence(seen: Sequence[tuple[str, float]], alpha: float) -> tuple[float, float]:
    """The confidence sequence's present interval for mean B − mean A, within [-1, 1]."""
    arms = np.array([arm == "b" for arm, _ in seen])
    found = np.array([value for _, value in seen])
    if arms.all() or not arms.any():
        return -1.0, 1.0
    means = found[~arms].mean(), found[arms].mean()
    share = arms.mean()
    # Each conversation's influence on the difference of the means: its standard error is theirs over √n
    apart = np.where(arms, (found - means[1]) / share, -(found - means[0]) / (1 - share))
    difference, n = float(means[1] - means[0]), len(seen)
    spread = float(apart.std(ddof=1)) if n > 1 else 1.0
    # Waudby-Smith et al. 2021: the boundary of the normal mixture with tuning parameter ρ
    mixed = n * _RHO**2 + 1
    radius = spread / math.sqrt(n) * math.sqrt(mixed / (n * _RHO**2) * math.log(mixed / alpha**2))
    return max(-1.0, difference - radius), min(1.0, difference + radius)


def decide(low: float, high: float, fewest: int, least: int) -> str:
    """The better one, "A" or "B", once that is sure enough, else "continue"."""
    if fewest < least or low <= 0 <= high:
        return "continue"
    return "B" if low > 0 else "A"


def _wins(one: Sequence[float], other: Sequence[float]) -> Estimate:
    """How often a conversation with B does better than one with A; equal ones count half."""
    a, b = np.asarray(one), np.asarray(other)
    difference = b[:, None] - a[None, :]
    table = (difference > 0) + 0.5 * (difference == 0)
    rng = np.random.default_rng(0)
    # Both sides are resampled: a win rate over all pairs is a two-sample U-statistic, its pairs are not
    # independent
    draws = [
        table[rng.integers(len(b), size=len(b))][:, rng.integers(len(a), size=len(a))].mean()
        for _ in range(500)
    ]
    low, high = np.percentile(draws, [2.5, 97.5])
    return Estimate(float(table.mean()), float(low), float(high))
