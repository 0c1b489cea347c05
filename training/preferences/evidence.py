"""Whether held-out votes prove a new adapter better, or no worse than a margin; and how many are missing.

Each comparison is of one liked and one disliked prompt, none of which is in another comparison, and is won
if the new adapter raised the liked one more. With `p` the probability of a win ("preference"), the exact
binomial test (Clopper and Pearson 1934) is of

- "better":   p <= 0.5 against p > 0.5
- "no-worse": p <= 0.5 - margin against more, the usual test of non-inferiority (Piaggio et al. 2012)

at `votes_error` (one-sided). It promotes wrongly with at most that probability, whatever the number of votes.
Equal changes are ties; they say nothing and are left out, as in the sign test.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import beta, binom

if TYPE_CHECKING:
    from collections.abc import Sequence

    from training.config.preference_settings import EvidenceSettings

MOST = 5000
"""Comparisons beyond which no more are counted as missing."""


@dataclass(frozen=True)
class Evidence:
    """What `comparisons` of which `wins` were won say under some settings of the gate."""

    wins: int
    comparisons: int
    settings: EvidenceSettings

    @property
    def preference(self) -> float:
        """The share of wins; 0.5 where nothing was compared."""
        return self.wins / self.comparisons if self.comparisons else 0.5

    @property
    def low(self) -> float:
        """The one-sided lower confidence bound of the preference."""
        if not self.wins:
            return 0.0
        return float(beta.ppf(self.settings.votes_error, self.wins, self.comparisons - self.wins + 1))

    @property
    def high(self) -> float:
        """The one-sided upper confidence bound of the preference."""
        if self.wins == self.comparisons:
            return 1.0
        return float(beta.ppf(1 - self.settings.votes_error, self.wins + 1, self.comparisons - self.wins))

    @property
    def passes(self) -> bool:
        """Whether what is asked for is proven."""
        return self.low > bar(self.settings)

    @cached_property
    def power(self) -> float:
        """With which probability so many comparisons prove a preference of `votes_preference`."""
        return power(self.comparisons, self.settings.votes_preference, self.settings)

    @cached_property
    def missing(self) -> int:
        """How many more comparisons it takes for that probability to be `votes_power`."""
        return max(0, needed(self.settings.votes_preference, self.settings) - self.comparisons)

    def said(self) -> str:
        """For people."""
        s = self.settings
        asked = "better" if s.evidence == "better" else f"no worse than {s.votes_margin:.2f} below equal"
        text = (
            f"{self.wins} of {self.comparisons} comparisons won; {'proven' if self.passes else 'not proven'} "
            f"{asked}. A true preference of {s.votes_preference:.2f} would be proven by so many with "
            f"probability {self.power:.2f}"
        )
        if not self.missing:
            return text
        return f"{text}; for {s.votes_power:.2f}, {self.missing} more comparisons are needed"


def counted(won: Sequence[float], settings: EvidenceSettings) -> Evidence:
    """The evidence of comparisons that are 1 (won), 0 (lost) or 0.5 (a tie)."""
    return Evidence(sum(w > 0.5 for w in won), sum(w != 0.5 for w in won), settings)


def bar(settings: EvidenceSettings) -> float:
    """The preference that the lower bound must exceed."""
    return 0.5 - (settings.votes_margin if settings.evidence == "no-worse" else 0.0)


def power(comparisons: int, preference: float, settings: EvidenceSettings) -> float:
    """The probability that so many independent comparisons prove what is asked for, in [0, 1]."""
    wins = np.arange(comparisons + 1)
    # low > bar exactly where so many wins or more have a probability below `votes_error` at the bar
    passing = binom.sf(wins - 1, comparisons, bar(settings)) < settings.votes_error
    return float(binom.pmf(wins, comparisons, preference)[passing].sum())


def needed(preference: float, settings: EvidenceSettings) -> int:
    """The fewest comparisons that prove a preference with probability `votes_power`; at most `MOST`.

    Power rises in a saw, since wins are whole numbers: a few more comparisons may have a little less.
    """
    if preference <= bar(settings):
        return MOST
    return next((n for n in range(1, MOST) if power(n, preference, settings) >= settings.votes_power), MOST)
