"""What the losses of PPO aim at: rewards per token, advantages, returns, importance weights.

These are the parts 7 to 10 of a step (see `training.rl.trainer`).

Modified rows (`training.rl.adm`) were not sampled from the policy. A hard negative earns little because of
one forced token; with the advantages of a plain row every token before that one would be blamed for it,
although the policy itself wrote them and would have gone on otherwise. `[adm] correction` says what is
done:

- "vtrace": advantages and returns of modified rows by V-trace with π_old/μ, which carries next to nothing
  over a forced token; and the moments of the whitening are those of plain rows, since modified rows'
  rewards are not the policy's (`_unshift` says what of their mean is taken off).
- "weights": GAE as for plain rows; each action counts min(ρ̄, π_old/μ), which is 1 for the innocent ones.
- "none": GAE, and every action counts in full.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from training.core import tensors
from training.rl import losses
from training.rl.adm import Kind
from training.rl.algorithm import Targets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accelerate import Accelerator
    from torch import Tensor

    from training.config.rl_settings import RlConfig
    from training.rl.rollout import Rollouts

CHANGED = 0.9
"""An action with π_old/μ below this was changed: the policy would have taken it less often by a tenth."""


def make_targets(rollouts: Rollouts, settings: RlConfig, beta: float, accelerator: Accelerator) -> Targets:
    """7. to 10. `beta` is the price of one nat of KL; `accelerator` adds up over processes."""
    mask, modified = rollouts.mask, modified_rows(rollouts)
    # 7. what each action earns: the KL penalty of Ziegler et al. 2019, and the score on the last action
    kl = losses.log_ratio(rollouts.old, rollouts.reference)
    rewards = losses.token_rewards(rollouts.earned, kl, mask, beta)
    # 8. generalised advantage estimation (Schulman et al. 2016); V-trace for modified rows
    advantages, returns = losses.gae(rewards, rollouts.values, mask, settings.gamma, settings.lam)
    ratios = policy_ratios(rollouts)
    # 9. whitened over the real actions of the rollout batch of all processes
    if settings.adm.correction == "vtrace":
        plain = [mask * ~modified, mask]
        moments = _everyones(advantages, plain, accelerator)
        traced, theirs = _vtrace(rewards, rollouts.values, ratios, mask, settings)
        traced = traced + _unshift(moments, _reach(ratios, mask, settings), plain, accelerator)
        advantages = torch.where(modified, traced, advantages)
        returns = torch.where(modified, theirs, returns)
    else:
        moments = _everyones(advantages, [mask], accelerator)
    whitened = tensors.whiten(advantages, mask, of=moments)
    # 10. what an action of a modified row counts for
    weights = mask.float()
    if settings.adm.correction != "none":
        weights = torch.where(modified, ratios.clamp(max=settings.adm.importance_cap), weights)
    return Targets(whitened, weights, returns)


def _vtrace(
    rewards: Tensor, values: Tensor, ratios: Tensor, mask: Tensor, settings: RlConfig
) -> tuple[Tensor, Tensor]:
    """V-trace's advantages and returns under the settings."""
    return losses.vtrace(
        rewards,
        values,
        ratios,
        mask,
        gamma=settings.gamma,
        lam=settings.lam,
        rho_cap=settings.adm.importance_cap,
        trace_cap=settings.adm.trace_cap,
    )


def _reach(ratios: Tensor, mask: Tensor, settings: RlConfig) -> Tensor:
    """How much of what the end earns reaches each action's advantage through the traces: [N, T]."""
    end = torch.zeros_like(ratios)
    end[torch.arange(len(end), device=end.device), losses.last_action(mask)] = 1.0
    return _vtrace(end * mask, torch.zeros_like(ratios), ratios, mask, settings)[0]


def _unshift(moments: Tensor, reach: Tensor, plain: Sequence[Tensor], accelerator: Accelerator) -> Tensor:
    """What modified rows' advantages [N, T] get back of the mean that whitening takes off.

    The mean m of plain rows' advantages is how far the critic is off. It is off before and behind an action
    alike, so only the end, where no value follows, brings the error into an advantage. Where the traces stop
    before the end nothing of it arrives, and taking m off would blame (or praise) these actions for the
    critic. So a modified row's action is shifted by m in proportion to its `reach`.
    """
    count, total, _ = moments.unbind()
    of_reach = _everyones(reach, plain, accelerator)
    usual = (of_reach[1] / of_reach[0].clamp(min=1)).clamp(min=1e-6)
    return (total / count.clamp(min=1) * (1 - reach / usual)).to(reach.dtype)


def _everyones(x: Tensor, masks: Sequence[Tensor], accelerator: Accelerator) -> Tensor:
    """Moments of `x` over all processes' actions under the first of `masks` that has any."""
    own = torch.stack([tensors.moments(x, mask) for mask in masks])
    everyones: Tensor = accelerator.reduce(own.to(accelerator.device), reduction="sum")
    return next((row for row in everyones if row[0] > 0), everyones[-1])


def modified_rows(rollouts: Rollouts) -> Tensor:
    """Which rows have a modified action space: bool [N, 1]."""
    modified = [kind is not Kind.PLAIN for kind in rollouts.kinds]
    return torch.tensor(modified, device=rollouts.mask.device).unsqueeze(1)


def policy_ratios(rollouts: Rollouts) -> Tensor:
    """π_old/μ of each action [N, T], uncut.

    Both from the pass that sampled: there they are the same numbers where nothing was modified, while
    `rollouts.old` has the rounding of another pass.
    """
    return losses.importance_ratios(rollouts.sampled, rollouts.behaviour, rollouts.mask)


def target_metrics(rollouts: Rollouts, targets: Targets) -> dict[str, float]:
    """The numbers "value/explained", "value/mean" and, where rows were modified, those of their weights."""
    mask = rollouts.mask
    numbers = {
        "value/explained": losses.explained_variance(rollouts.values, targets.returns, mask),
        "value/mean": tensors.masked_mean(rollouts.values, mask).item(),
    }
    modified = [row for row, kind in enumerate(rollouts.kinds) if kind is not Kind.PLAIN]
    if modified:
        numbers["adm/weight"] = tensors.masked_mean(targets.weights[modified], mask[modified]).item()
        numbers["adm/prefix_advantage"] = _prefix_advantage(rollouts, targets, modified)
    if broken := rollouts.of_kind(Kind.HARD_NEGATIVE):
        numbers["adm/hard_negative_prefix"] = _prefix_advantage(rollouts, targets, broken)
    return numbers


def _prefix_advantage(rollouts: Rollouts, targets: Targets, rows: Sequence[int]) -> float:
    """Mean advantage of the actions of some rows that stand before the row's first changed one.

    A row in which none was changed says nothing about this and is left out; 0 where all are like that.
    """
    changed = (policy_ratios(rollouts) < CHANGED) & rollouts.mask.bool()
    before = (changed.long().cumsum(dim=1) == 0) & rollouts.mask.bool() & changed.any(dim=1, keepdim=True)
    return tensors.masked_mean(targets.advantages[rows], before[rows]).item()
