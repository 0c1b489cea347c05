"""A small training in memory: epochs over shuffled batches, with nothing saved on the way.

For what is learnt in seconds or minutes beside a run (a preference scorer's head and tower, a text reward).
What takes hours is a `training.core.trainer.Trainer`, with checkpoints, metrics and resuming.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from training.errors import Diverged

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterable, Sequence

    import torch
    from torch import Tensor


def shuffled(count: int, size: int, rng: random.Random) -> list[list[int]]:
    """Batches of at most `size` of the indices 0 to `count` - 1, every index once, in random order."""
    order = rng.sample(range(count), count)
    return [order[start : start + size] for start in range(0, count, size)]


def train_epoch(
    optimizer: torch.optim.Optimizer,
    batches: Iterable[Sequence[int]],
    loss_of: Callable[[Sequence[int]], Tensor],
) -> float:
    """One update for each batch; `loss_of` gives a batch's mean loss. Returns the mean over all rows.

    Raises Diverged for a loss that is not finite; that batch changes nothing.
    """
    total, rows = 0.0, 0
    for batch in batches:
        loss = loss_of(batch)
        number = loss.item()
        if not math.isfinite(number):
            raise Diverged(f"The loss is {number}: lower the learning rate.")
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total, rows = total + number * len(batch), rows + len(batch)
    return total / max(1, rows)
