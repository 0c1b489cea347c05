"""The gate's operating characteristic: how often it promotes an adapter, by true preference and votes.

The true preference is the probability that, of a liked and a disliked held-out prompt, the adapter raises the
liked one more. The first three tables are exact: two of how often it promotes, and one of how many
comparisons that takes. The fourth draws comparisons that are not independent, as of a few people whose tastes
are their own: five comparisons at a time share a preference, which is drawn around the true one with an
intraclass correlation of `CORRELATION`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from training.config.preference_settings import EvidenceSettings
from training.preferences.evidence import MOST, Evidence, needed, power

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PREFERENCES = (0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8)
COMPARISONS = (5, 10, 20, 40, 80, 160, 320)
TOGETHER, CORRELATION, DRAWS = 5, 0.1, 4000


def write(margin: float, error: float, seed: int) -> str:
    """The tables as Markdown."""
    better = EvidenceSettings(evidence="better", votes_error=error)
    no_worse = EvidenceSettings(evidence="no-worse", votes_margin=margin, votes_error=error)
    rng = np.random.default_rng(seed)
    return "\n\n".join(
        [
            _table('`evidence = "better"`', lambda p, n: power(n, p, better)),
            _table(f'`evidence = "no-worse"`, margin {margin:g}', lambda p, n: power(n, p, no_worse)),
            _needed([better, no_worse]),
            _table(
                f'`evidence = "better"`, comparisons in groups of {TOGETHER} that agree '
                f"(correlation {CORRELATION:g}, {DRAWS} draws, seed {seed})",
                lambda p, n: clustered(p, n, better, rng),
            ),
        ]
    )


def clustered(
    preference: float, comparisons: int, settings: EvidenceSettings, rng: np.random.Generator
) -> float:
    """The share of `DRAWS` gates that promote where comparisons come in groups that agree."""
    spread = 1 / CORRELATION - 1  # a + b of the Beta distribution with this intraclass correlation
    groups = -(-comparisons // TOGETHER)
    own = rng.beta(preference * spread, (1 - preference) * spread, size=(DRAWS, groups))
    wins = (rng.random((DRAWS, comparisons)) < own.repeat(TOGETHER, axis=1)[:, :comparisons]).sum(axis=1)
    passing = {int(w): Evidence(int(w), comparisons, settings).passes for w in np.unique(wins)}
    return sum(passing[int(w)] for w in wins) / DRAWS


def _table(title: str, rate: Callable[[float, int], float]) -> str:
    lines = [
        f"| {title}: true preference | " + " | ".join(f"{n} comparisons" for n in COMPARISONS) + " |",
        "|" + "---|" * (len(COMPARISONS) + 1),
    ]
    for preference in PREFERENCES:
        cells = [f"{rate(preference, n):.3f}" for n in COMPARISONS]
        lines.append(f"| {preference:g} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _needed(settings: Sequence[EvidenceSettings]) -> str:
    """The fewest comparisons that promote with a probability of `votes_power`."""
    lines = [
        f"| comparisons needed to promote with probability {settings[0].votes_power:g}: true preference | "
        + " | ".join(f'"{one.evidence}"' for one in settings)
        + " |",
        "|" + "---|" * (len(settings) + 1),
    ]
    for preference in PREFERENCES[2:]:
        counts = [needed(preference, one) for one in settings]
        lines.append(f"| {preference:g} | {' | '.join('never' if n >= MOST else str(n) for n in counts)} |")
    return "\n".join(lines)
