"""The loss of the preference scorer."""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor


def criterion(first: Tensor, second: Tensor, labels: Tensor, weights: Tensor) -> Tensor:
    """Weighed mean cross-entropy of softmax(first, second) against labels of the first, in nats.

    All are [N]: scores of the first and second picture, labels in [0, 1], weights above 0. The softmax of two
    scores is the model of Bradley and Terry 1952: the first wins with probability σ(first − second).
    """
    losses = -(labels * F.logsigmoid(first - second) + (1 - labels) * F.logsigmoid(second - first))
    return (losses * weights).sum() / weights.sum()
