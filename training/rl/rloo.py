"""RLOO, REINFORCE leave-one-out: a sample is as good as it beats the other samples of its edit.

Ahmadian et al. 2024, "Back to Basics: Revisiting REINFORCE Style Optimization for Learning from Human
Feedback in LLMs" (arXiv 2402.14740). The whole completion is one action, there is no critic and no
whitening:

    R_i = score_i − β·Σ_t log(π_old/π_ref)        the price of the KL is in the reward, as in the paper
    A_i = R_i − mean of the R of the other k − 1 samples of the edit (equation 9)

The paper takes one step on each sample; with several `epochs`, or several batches in one rollout, later
steps are off-policy. So the loss is, as in TRL, −min(r·A, clip(r, 1 ± ε)·A) with the ratio r of whole
completions; at r = 1 its gradient is that of A·log π(completion).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from training.rl import groups, losses
from training.rl.algorithm import Algorithm, Part, Targets

if TYPE_CHECKING:
    from accelerate import Accelerator
    from torch import Tensor

    from training.config.rl_settings import RlConfig
    from training.rl.rollout import Rollouts


class Rloo(Algorithm):
    """RLOO by `settings.group` samples for each edit. Losses are sums over completions."""

    unit = "sequences"

    def __init__(self, settings: RlConfig, accelerator: Accelerator) -> None:
        self._settings, self._accelerator = settings, accelerator

    def targets(self, rollouts: Rollouts, beta: float) -> Targets:
        """Leave-one-out advantages, alike for all actions of a completion."""
        mask = rollouts.mask
        paid = (losses.log_ratio(rollouts.old, rollouts.reference) * mask).sum(dim=1)
        rewards = rollouts.earned.to(mask.device) - beta * paid
        advantages = groups.compared(rewards, self._settings.group, leave_one_out, self._accelerator)
        return Targets(groups.spread(advantages, mask), mask.float(), groups.no_values(mask))

    def losses(self, part: Part) -> tuple[Tensor, dict[str, Tensor]]:
        """The clipped loss with the ratios of whole completions."""
        ratio = ((part.new - part.old) * part.mask).sum(dim=1).exp()
        # Every real action has its completion's advantage, the first one too
        advantages, clip = part.advantages[:, 0], self._settings.clip
        loss = losses.clipped_surrogate(ratio, advantages, clip).sum()
        clipped = ((ratio.detach() - 1).abs() > clip).float().sum()
        return loss, {"policy/loss": loss, "policy/clipped": clipped}


def leave_one_out(rewards: Tensor) -> Tensor:
    """Each of `rewards` [G, k] less the mean of the other k − 1 of its group; k is at least 2."""
    size = rewards.shape[1]
    others = (rewards.sum(dim=1, keepdim=True) - rewards) / (size - 1)
    return rewards - others
