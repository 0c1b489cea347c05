"""What PPO, RLOO and GRPO differ in, behind one interface: what to aim at, and the loss.

Rollouts, rewards, the update loop, logging and checkpoints are the same for all (`training.rl.trainer`). An
`Algorithm` says what a batch of rollouts should have been worth (`targets`) and what the loss of some of them
is (`losses`); PPO also has a critic. Each is one file: `ppo`, `rloo`, `grpo`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    import torch
    from torch import Tensor

    from training.rl.rollout import Rollouts
    from training.rl.value import ValueHead


@dataclass(frozen=True)
class Targets:
    """What the losses aim at, [N, T] each and 0 beyond a completion's end.

    `weights` is what an action counts for; `returns` is what a critic should have said, 0 without one;
    `kl_price` is the β of a KL that stands in the loss, 0 where the rewards have paid it already.
    """

    advantages: Tensor
    weights: Tensor
    returns: Tensor
    kl_price: float = 0.0


@dataclass(frozen=True)
class Part:
    """Some rows as a loss sees them, [B, T] each: log-probabilities now and before, targets, values.

    `new` and `values` have a gradient; `values` is None without a critic.
    """

    new: Tensor
    old: Tensor
    reference: Tensor
    mask: Tensor
    advantages: Tensor
    weights: Tensor
    returns: Tensor
    old_values: Tensor
    values: Tensor | None
    kl_price: float


class Algorithm(ABC):
    """What a method of policy optimisation adds to rollouts and updates.

    `unit` is what its losses are sums over: the update divides them by the number of these in the whole
    optimizer batch, so that neither micro-batches nor processes change it. `sums` names the numbers that come
    with the losses. `head` is the critic, if any.
    """

    unit: Literal["actions", "sequences"]
    sums: tuple[str, ...] = ("policy/loss", "policy/clipped")
    head: ValueHead | None = None

    @property
    def groups(self) -> list[tuple[Iterable[torch.nn.Parameter], float]]:
        """What learns beside the policy, each with its peak learning rate."""
        return []

    @abstractmethod
    def targets(self, rollouts: Rollouts, beta: float) -> Targets:
        """What the losses aim at; `beta` is the price of one nat of KL. All processes must call this."""

    @abstractmethod
    def losses(self, part: Part) -> tuple[Tensor, dict[str, Tensor]]:
        """The loss of some rows, summed over `unit`, and the sums of the numbers that `sums` names."""

    def metrics(self, rollouts: Rollouts, targets: Targets) -> dict[str, float]:
        """Numbers about the targets, for the log."""
        return {}
