"""VCI, value with content integrity: the critic's head, which also sees how far a prefix has come.

The value of a state is read from the language model's last hidden state and, with VCI, from the integrity
features of the prefix (`training.data.integrity.FEATURES`): what is covered, what is missing, what is back
that should be gone, how much length is left. The hidden state must infer all that from raw tokens; the
features say it. The last layer starts at zero, so training begins with value 0 everywhere and does not
disturb the policy. This is our reading of DiffChat's content integrity in the value estimate.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from training.data.integrity import FEATURES


class ValueHead(nn.Module):
    """Hidden state [.., hidden] (and features [.., 4]) to a value [..], always in float32.

    `hidden_size` is the policy's width; `vci` False leaves the features out (the plain head of the ablation).
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
