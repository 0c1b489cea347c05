"""Small tensor functions: masked sums and means, log-probabilities, whitening, running moments."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import Tensor


def masked_sum(x: Tensor, mask: Tensor) -> Tensor:
    """Sum of `x` [B, T] over real actions, a scalar; NaN at masked positions does no harm."""
    # Chosen, not multiplied: NaN · 0 is NaN
    return torch.where(mask.bool(), x, torch.zeros_like(x)).sum()


def masked_mean(x: Tensor, mask: Tensor) -> Tensor:
    """Mean of `x` [B, T] over real actions, a scalar; 0 when there are none."""
    return masked_sum(x, mask) / mask.sum().clamp(min=1)


def mean_of_each(x: Tensor, mask: Tensor) -> Tensor:
    """Mean of `x` [B, T] over the real actions of each row: [B]; 0 where a row has none."""
    mean: Tensor = torch.where(mask.bool(), x, torch.zeros_like(x)).sum(dim=1) / mask.sum(dim=1).clamp(min=1)
    return mean


def moments(x: Tensor, mask: Tensor) -> Tensor:
    """Count, sum and sum of squares of `x` [B, T] over real actions, as [3] in float64.

    Adding the moments of several processes gives those of the joined batch.
    """
    # float64: the sum of squares of many small numbers loses its last digits in float32
    real = x[mask.bool()].double()
    return torch.stack(
        [torch.tensor(float(real.numel()), dtype=torch.float64), real.sum().cpu(), (real**2).sum().cpu()]
    )


def whiten(x: Tensor, mask: Tensor, of: Tensor | None = None) -> Tensor:
    """`x` [B, T] shifted and scaled to mean 0 and (population) variance 1 over the real actions.

    `of` gives the moments to use instead of x's own: those of the whole rollout batch over all processes.
    """
    count, total, squares = (moments(x, mask) if of is None else of).tolist()
    mean = total / max(count, 1.0)
    # Var x = E[x²] − E[x]², which rounding can make a little negative where x hardly varies
    variance = max(squares / max(count, 1.0) - mean**2, 0.0)
    whitened: Tensor = (x - mean) * (variance + 1e-8) ** -0.5 * mask
    return whitened


def word_logprobs(logits: Tensor, temperature: float) -> Tensor:
    """Log-probabilities of all words under softmax(`logits` [B, T, V] / temperature): [B, T, V], float32.

    `temperature` is above 0.
    """
    # In float32 whatever the model computes in: bfloat16's 8 significant bits are too few for ratios near 1
    return F.log_softmax(logits.float() / temperature, dim=-1)


def chosen(logprobs: Tensor, tokens: Tensor) -> Tensor:
    """Of log-probabilities [B, T, V] those of `tokens` [B, T]: [B, T]."""
    return logprobs.gather(-1, tokens.unsqueeze(-1)).squeeze(-1)


def token_logprobs(logits: Tensor, tokens: Tensor, temperature: float) -> Tensor:
    """Log-probabilities of `tokens` [B, T] under softmax(`logits` [B, T, V] / temperature): [B, T] in nats.

    The result is float32; `temperature` is above 0.
    """
    return chosen(word_logprobs(logits, temperature), tokens)


def entropy(logprobs: Tensor) -> Tensor:
    """Entropy in nats of distributions given by their log-probabilities [B, T, V]: [B, T]."""
    return -(logprobs.exp() * logprobs).sum(-1)


@dataclass
class RunningMoments:
    """Mean and standard deviation of all numbers seen so far (Chan, Golub and LeVeque 1979).

    `m2` is the sum of squared deviations from the mean.
    """

    count: float = 0.0
    mean: float = 0.0
    m2: float = 0.0

    def update(self, numbers: Tensor) -> None:
        """Take in a batch of finite numbers of any shape."""
        if numbers.numel():
            batch = numbers.double()
            self.merge(
                float(batch.numel()), batch.mean().item(), batch.var(correction=0).item() * batch.numel()
            )

    def merge(self, count: float, mean: float, m2: float) -> None:
        """Take in a batch given by its count, mean and sum of squared deviations."""
        total = self.count + count
        # Chan, Golub and LeVeque 1979: exact whatever the sizes of the two parts, unlike sums of squares
        delta = mean - self.mean
        self.mean += delta * count / total
        self.m2 += m2 + delta**2 * self.count * count / total
        self.count = total

    @property
    def std(self) -> float:
        """Population standard deviation; 1 before two different numbers have been seen."""
        return (self.m2 / self.count) ** 0.5 if self.count and self.m2 > 0 else 1.0

    def state(self) -> dict[str, float]:
        """All fields, for a checkpoint; `RunningMoments(**state)` brings it back."""
        return asdict(self)
