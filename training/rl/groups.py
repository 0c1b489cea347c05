"""Groups: the samples of one edit, which RLOO and GRPO compare with one another instead of with a critic.

The samples of a group stand next to one another in the joined batch of all processes, where row i of process
p is number i·P + p. So a group may be spread over processes, and its scores are gathered.

In conversations (`training.rl.conversing`) a group are the samples of one turn of one conversation. After the
first turn they no longer start alike: each goes on from its own words. What the others earned is a fair
baseline all the same: it was fixed by other draws than the sample's, so it does not depend on the sample, and
its mean effect on the gradient is none. It is a less sharp one, as it does not know that a member began the
turn with a mistake made before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import torch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from accelerate import Accelerator
    from torch import Tensor


Drawn = TypeVar("Drawn")


def in_groups(edits: Sequence[Drawn], size: int) -> list[Drawn]:
    """Each edit (or conversation) `size` times in a row."""
    return [edit for edit in edits for _ in range(size)]


def compared(
    scores: Tensor, size: int, compare: Callable[[Tensor], Tensor], accelerator: Accelerator
) -> Tensor:
    """Advantages [n] of this process's samples from their `scores` [n].

    `compare` turns the scores [G, size] of all G groups into advantages of the same shape. Every process must
    call this, with as many samples as the others.
    """
    rank, processes = accelerator.process_index, accelerator.num_processes
    # gather() puts the processes one after another: [P, n], which read by columns is the joined batch
    everyones: Tensor = accelerator.gather(scores.to(accelerator.device)).view(processes, -1)
    joined = everyones.T.reshape(-1, size)
    return compare(joined).reshape(-1)[rank::processes].to(scores.device)


def spread(advantages: Tensor, mask: Tensor) -> Tensor:
    """One advantage [N] for every action of its completion: [N, T]."""
    return advantages.unsqueeze(1) * mask


def no_values(mask: Tensor) -> Tensor:
    """The returns of a method without a critic: zeros [N, T]."""
    return torch.zeros_like(mask, dtype=torch.float32)
