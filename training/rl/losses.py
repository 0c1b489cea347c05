"""The arithmetic of policy optimisation as pure functions on tensors, so that each can be checked by hand.

Shapes: B sequences, T actions (the tokens of a completion), V words of the vocabulary. `mask` is [B, T],
1 for a real action (up to and including the end token) and 0 for padding; masked positions of a result are 0
unless said otherwise. Per-token losses come unreduced: callers divide sums by the number of real actions of
the *whole* optimizer batch, which makes gradient accumulation and several processes equal one large batch.

Sources: Schulman et al. 2016 (GAE), 2017 (PPO); Espeholt et al. 2018 (V-trace); Ziegler et al. 2019 (adaptive
KL); Huang et al. 2022, 2024 (implementation details); Schulman 2020, "Approximating KL divergence" (k1, k3).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
from torch import Tensor

LOG_RATIO_LIMIT = 10.0
"""Log-ratios to the reference are cut here: e^10 is already no information, e^30 breaks the sums."""


def log_ratio(logprobs: Tensor, reference: Tensor) -> Tensor:
    """log(policy / reference) [B, T], cut at ±10. Its mean over samples of the policy is the k1 estimate."""
    return (logprobs - reference).clamp(-LOG_RATIO_LIMIT, LOG_RATIO_LIMIT)


def kl_k3(logprobs: Tensor, reference: Tensor) -> Tensor:
    """The k3 estimate of KL(policy ‖ reference) per action [B, T]: r − 1 − log r with r = reference/policy.

    Never negative, and of less variance than k1: a metric for all, and GRPO's price of the KL.
    """
    log_r = -log_ratio(logprobs, reference)  # log(reference / policy): Schulman's r is that ratio
    return log_r.exp() - 1 - log_r


def last_action(mask: Tensor) -> Tensor:
    """Index of the last real action of each row of `mask` [B, T]: [B]. Rows without one give 0."""
    positions = torch.arange(mask.shape[1], device=mask.device)
    return (mask * positions).argmax(dim=1)


def token_rewards(scores: Tensor, log_ratios: Tensor, mask: Tensor, beta: float) -> Tensor:
    """What each action earns [B, T]: −β·log_ratio, and the sequence's score [B] on its last real action."""
    rewards = -beta * log_ratios * mask
    rows = torch.arange(mask.shape[0], device=mask.device)
    rewards[rows, last_action(mask)] += scores.to(rewards.dtype)
    return rewards * mask


def gae(rewards: Tensor, values: Tensor, mask: Tensor, gamma: float, lam: float) -> tuple[Tensor, Tensor]:
    """Generalised advantage estimates and returns (advantage + value), both [B, T].

    `values` [B, T] are those of the states *before* each action; after the last real action the value is 0.
    Real actions are contiguous from the left.
    """
    advantages = torch.zeros_like(values)
    following = torch.zeros_like(values[:, 0])
    next_value = torch.zeros_like(following)
    for t in range(values.shape[1] - 1, -1, -1):
        # δ_t = r_t + γ·V(s_{t+1}) − V(s_t), then A_t = δ_t + γλ·A_{t+1} (GAE, equations 12 and 16)
        delta = rewards[:, t] + gamma * next_value - values[:, t]
        following = (delta + gamma * lam * following) * mask[:, t]
        next_value = values[:, t] * mask[:, t]
        advantages[:, t] = following
    return advantages, (advantages + values) * mask


def vtrace(
    rewards: Tensor,
    values: Tensor,
    ratios: Tensor,
    mask: Tensor,
    *,
    gamma: float,
    lam: float,
    rho_cap: float,
    trace_cap: float,
) -> tuple[Tensor, Tensor]:
    """V-trace's advantages r + γ·v(s') − V(s) and returns v(s), both [B, T] (Espeholt et al. 2018).

    `ratios` [B, T] are π/μ of each action: of the policy that is judged, and of what was sampled from.
    Behind an action that only μ would take, v is the value of what π would do, so the tokens before it are
    neither praised nor blamed for it. `rho_cap` (ρ̄) and `trace_cap` (c̄, times λ as in remark 2) cut the
    ratios. The advantage is not multiplied by ρ: the loss does that. Other arguments as for `gae`, whose
    returns these are where π = μ; with λ 1 its advantages too.
    """
    rho, trace = ratios.clamp(max=rho_cap), lam * ratios.clamp(max=trace_cap)
    advantages, returns = torch.zeros_like(values), torch.zeros_like(values)
    correction = torch.zeros_like(values[:, 0])  # v(s') − V(s') of the state after the action
    next_value = torch.zeros_like(correction)
    for t in range(values.shape[1] - 1, -1, -1):
        step = rewards[:, t] + gamma * next_value - values[:, t]
        advantages[:, t] = (step + gamma * correction) * mask[:, t]
        # v(s) = V(s) + ρ·δ + γ·c·(v(s') − V(s')), remark 1 of the paper
        correction = (rho[:, t] * step + gamma * trace[:, t] * correction) * mask[:, t]
        next_value = values[:, t] * mask[:, t]
        returns[:, t] = next_value + correction
    return advantages, returns


def importance_ratios(policy: Tensor, behaviour: Tensor, mask: Tensor) -> Tensor:
    """π/μ per action [B, T] from log-probabilities under the policy and under what was sampled from.

    1 where the action space was not modified; near 0 for a forced action that the policy would hardly take.
    """
    # e^10 is far above every cap, and exp() of more could overflow
    return (policy - behaviour).clamp(max=LOG_RATIO_LIMIT).exp() * mask


def clipped_surrogate(ratio: Tensor, advantages: Tensor, clip: float) -> Tensor:
    """PPO's clipped objective as a loss, unreduced, of any shape: −min(r·A, clip(r, 1±ε)·A)."""
    unclipped = ratio * advantages  # surrogate objective L^CPI
    clipped = ratio.clamp(1 - clip, 1 + clip) * advantages  # its clipped form; L^CLIP is the lower of both
    return -torch.minimum(unclipped, clipped)


def value_loss(values: Tensor, old_values: Tensor, returns: Tensor, clip: float) -> Tensor:
    """Half the squared error per action [B, T], unreduced: the larger of the clipped and unclipped ones.

    So a value that moves further than `clip` from the old one lowers the loss no more.
    """
    clipped = old_values + (values - old_values).clamp(-clip, clip)
    return 0.5 * torch.maximum((values - returns) ** 2, (clipped - returns) ** 2)


def explained_variance(predictions: Tensor, targets: Tensor, mask: Tensor) -> float:
    """1 − Var(target − prediction) / Var(target) over real actions: 1 perfect, 0 no better than a constant.

    NaN-free: 0 when the targets do not vary.
    """
    real = mask.bool()
    target, error = targets[real].double(), (targets - predictions)[real].double()
    variance = target.var(correction=0).item() if target.numel() else 0.0
    return 0.0 if variance == 0.0 else 1.0 - error.var(correction=0).item() / variance


@dataclass
class AdaptiveKL:
    """Ziegler's controller of β: follows the relative error to `target`, cut at ±20 %, over `horizon`.

    `target` is the wished KL per sequence in nats; None keeps β as it is.
    """

    beta: float
    target: float | None = None
    horizon: float = 10_000.0

    def update(self, kl: float, sequences: int) -> None:
        """Move β after a rollout of `sequences` sequences whose mean KL per sequence was `kl`."""
        if self.target is None:
            return
        # Ziegler et al. 2019, section 2.2: a proportional controller on the logarithm of β
        error = min(0.2, max(-0.2, kl / self.target - 1.0))
        self.beta *= 1.0 + error * sequences / self.horizon

    def state(self) -> dict[str, float | None]:
        """All fields, for a checkpoint; `AdaptiveKL(**state)` brings it back."""
        return asdict(self)
