"""What the losses of PPO aim at: rewards per token, advantages, returns, importance weights.

These are the parts 7 to 10 of a step (see `training.ppo.ppo`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from training.core import tensors
from training.ppo import losses
from training.ppo.adm import Kind

if TYPE_CHECKING:
    from accelerate import Accelerator

    from training.config.settings import PpoConfig
    from training.ppo.rollout import Rollouts


@dataclass(frozen=True)
class Targets:
    """What the losses aim at, [N, T] each: whitened advantages, returns, importance weights."""

    advantages: Tensor
    returns: Tensor
    weights: Tensor


def make_targets(rollouts: Rollouts, settings: PpoConfig, beta: float, accelerator: Accelerator) -> Targets:
    """7. to 10. `beta` is the price of one nat of KL; `accelerator` adds up over processes."""
    mask = rollouts.mask
    # 7. what each action earns: the KL penalty of Ziegler et al. 2019, and the score on the last action
    ratios = losses.log_ratio(rollouts.old, rollouts.reference)
    rewards = losses.token_rewards(rollouts.scores, ratios, mask, beta)
    # 8. generalised advantage estimation (Schulman et al. 2016)
    advantages, returns = losses.gae(rewards, rollouts.values, mask, settings.gamma, settings.lam)
    # 9. whitened over the real actions of the whole rollout batch of all processes, modified rows included
    own = tensors.moments(advantages, mask)
    everyones = accelerator.reduce(own.to(accelerator.device), reduction="sum")
    whitened = tensors.whiten(advantages, mask, of=everyones)
    # 10. V-trace's truncated weights (Espeholt et al. 2018), where the action space was modified
    return Targets(whitened, returns, _importance(rollouts, settings))


def _importance(rollouts: Rollouts, settings: PpoConfig) -> Tensor:
    """min(c, π_old/μ) for modified rows, 1 for plain ones and where the weights are switched off."""
    mask = rollouts.mask
    if not settings.adm.importance_weights:
        return mask.float()
    modified = torch.tensor([kind is not Kind.PLAIN for kind in rollouts.kinds], device=mask.device)
    cut = losses.importance_weights(rollouts.old, rollouts.behaviour, mask, settings.adm.importance_cap)
    return torch.where(modified.unsqueeze(1), cut, mask.float())


def target_metrics(rollouts: Rollouts, targets: Targets) -> dict[str, float]:
    """The numbers "value/explained", "value/mean" and, where rows were modified, "adm/weight"."""
    modified = [row for row, kind in enumerate(rollouts.kinds) if kind is not Kind.PLAIN]
    mask = rollouts.mask
    numbers = {
        "value/explained": losses.explained_variance(rollouts.values, targets.returns, mask),
        "value/mean": tensors.masked_mean(rollouts.values, mask).item(),
    }
    if modified:
        numbers["adm/weight"] = tensors.masked_mean(targets.weights[modified], mask[modified]).item()
    return numbers
