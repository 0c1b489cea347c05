"""GRPO, group relative policy optimization: a sample is as good as it beats the mean of its edit's samples.

Shao et al. 2024, "DeepSeekMath" (arXiv 2402.03300), with outcome supervision. This variant:

- A_i = (R_i − mean of the group) / (standard deviation of the group + 1e-4), alike for all tokens of the
  completion. `group_std = false` leaves the division out, as Dr. GRPO does (Liu et al. 2025, arXiv
  2503.20783: it makes edits on which all samples are alike count too much). The deviation is the sample's
  (n − 1), as in TRL.
- The KL is in the loss and not in the reward: β·k3 for each token, with k3 = π_ref/π − log(π_ref/π) − 1.
- PPO's clipped loss for each token. It is the mean over a completion's tokens, then over completions: 1/|o_i|
  as in the paper, so that a token of a long completion counts less.

There is no critic and no whitening.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from training.core import tensors
from training.rl import groups, losses
from training.rl.algorithm import Algorithm, Part, Targets

if TYPE_CHECKING:
    from accelerate import Accelerator
    from torch import Tensor

    from training.config.rl_settings import RlConfig
    from training.rl.rollout import Rollouts

_LITTLE = 1e-4
"""Keeps the division finite where all samples of a group earn the same."""


class Grpo(Algorithm):
    """GRPO by `settings.group` samples for each edit. Losses are sums over completions."""

    unit = "sequences"

    def __init__(self, settings: RlConfig, accelerator: Accelerator) -> None:
        self._settings, self._accelerator = settings, accelerator

    def targets(self, rollouts: Rollouts, beta: float) -> Targets:
        """Advantages relative to the group, alike for all actions of a completion; β goes into the loss."""
        mask = rollouts.mask

        def compare(rewards: Tensor) -> Tensor:
            return relative(rewards, divide=self._settings.group_std)

        advantages = groups.compared(
            rollouts.earned.to(mask.device), self._settings.group, compare, self._accelerator
        )
        return Targets(groups.spread(advantages, mask), mask.float(), groups.no_values(mask), kl_price=beta)

    def losses(self, part: Part) -> tuple[Tensor, dict[str, Tensor]]:
        """The clipped loss and the price of the KL, as means over each completion's actions."""
        ratio = (part.new - part.old).exp()
        surrogate = losses.clipped_surrogate(ratio, part.advantages, self._settings.clip)
        price = part.kl_price * losses.kl_k3(part.new, part.reference)
        loss = tensors.mean_of_each(surrogate + price, part.mask).sum()
        far = ((ratio.detach() - 1).abs() > self._settings.clip).float()
        return loss, {"policy/loss": loss, "policy/clipped": tensors.mean_of_each(far, part.mask).sum()}


def relative(rewards: Tensor, *, divide: bool) -> Tensor:
    """`rewards` [G, k] less the mean of their group, in its standard deviations where `divide` is set."""
    centred = rewards - rewards.mean(dim=1, keepdim=True)
    return centred / (rewards.std(dim=1, keepdim=True) + _LITTLE) if divide else centred
