"""VCI, value with content integrity: the critic's head, which also sees how far a prefix has come.

The value of a state is read from the language model's last hidden state and, with VCI, from the integrity
features of the prefix (`training.data.integrity.FEATURES`): what is covered, what is missing, what is back
that should be gone, how much length is left. The hidden state must infer all that from raw tokens; the
features say it.

Whether that helps is a question of what the critic sees and not of how large it is: so the control has the
very same network, with zeros or random numbers in place of the features (`critic_features`).

The last layer starts at zero, so training begins with value 0 everywhere and does not disturb the policy.
This is our reading of DiffChat's content integrity in the value estimate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import torch
from torch import Tensor, nn

from training.data.integrity import FEATURES

if TYPE_CHECKING:
    from collections.abc import Sequence


def critic_features(
    kind: Literal["features", "zeros", "random", False],
    features: Tensor,
    completions: Sequence[Sequence[int]],
) -> Tensor:
    """What the critic is shown of `features` [N, T, F]: themselves, zeros, or random numbers in [0, 1).

    The random ones hang on the completion's tokens alone. So scoring and learning see the same, and torch's
    random state, from which the policy samples, is as it would be without them.
    """
    if kind == "zeros":
        return torch.zeros_like(features)
    if kind != "random":
        return features
    noise = [
        torch.rand(
            features.shape[1:], generator=torch.Generator().manual_seed(hash(tuple(ids)) & (2**63 - 1))
        )
        for ids in completions
    ]
    return torch.stack(noise).to(features)


class ValueHead(nn.Module):
    """Hidden state [.., hidden] (and features [.., 4]) to a value [..], always in float32.

    `hidden_size` is the policy's width; `vci` False leaves features and their network out.
    """

    def __init__(self, hidden_size: int, *, vci: bool = True, width: int = 64) -> None:
        super().__init__()
        self.vci = vci
        self.norm = nn.LayerNorm(hidden_size)
        self.of_features = nn.Sequential(nn.Linear(len(FEATURES), width), nn.Tanh()) if vci else None
        self.out = nn.Linear(hidden_size + (width if vci else 0), 1)
        # So the first advantages are the rewards themselves (Huang et al. 2024, "N+ Implementation Details")
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def forward(self, hidden: Tensor, features: Tensor) -> Tensor:
        """Values of states; `features` may be anything when `vci` is off."""
        seen = self.norm(hidden.float())
        if self.of_features is not None:
            seen = torch.cat([seen, self.of_features(features.float())], dim=-1)
        values: Tensor = self.out(seen).squeeze(-1)
        return values
