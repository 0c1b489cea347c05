"""The loss of the preference scorer."""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor


def criterion(first: Tensor, second: Tensor, labels: Tensor, weights: Tensor) -> Tensor:
    """Weighed mean cross-entropy of softmax(first, second) against labels of the first."""
    losses = -(labels * F.logsigmoid(first - second) + (1 - labels) * F.logsigmoid(second - first))
    return (losses * weights).sum() / weights.sum()
