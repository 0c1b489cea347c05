"""PPO, proximal policy optimization (Schulman et al. 2017), with the critic that sees content integrity.

What to aim at is `training.rl.advantages`, the critic `training.rl.value`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from training.core import tensors
from training.rl import losses
from training.rl.advantages import make_targets, target_metrics
from training.rl.algorithm import Algorithm, Part, Targets
from training.rl.value import ValueHead

if TYPE_CHECKING:
    from collections.abc import Iterable

    import torch
    from accelerate import Accelerator
    from torch import Tensor

    from training.config.rl_settings import RlConfig
    from training.rl.rollout import Rollouts


class Ppo(Algorithm):
    """The clipped version, with a critic on the policy's last states. Losses are sums over actions.

    `hidden_size` is the width of those states.
    """

    unit = "actions"
    sums = (*Algorithm.sums, "value/loss")
    head: ValueHead

    def __init__(
        self, settings: RlConfig, accelerator: Accelerator, hidden_size: int, device: torch.device
    ) -> None:
        self._settings, self._accelerator = settings, accelerator
        self.head = ValueHead(hidden_size, vci=settings.vci is not False).to(device)

    @property
    def groups(self) -> list[tuple[Iterable[torch.nn.Parameter], float]]:
        """The critic."""
        return [(self.head.parameters(), self._settings.value_lr)]

    def targets(self, rollouts: Rollouts, beta: float) -> Targets:
        """7. to 10. Advantages, returns and weights; the KL is paid in the rewards."""
        return make_targets(rollouts, self._settings, beta, self._accelerator)

    def losses(self, part: Part) -> tuple[Tensor, dict[str, Tensor]]:
        """The clipped losses of policy and critic."""
        settings, mask = self._settings, part.mask
        if part.values is None:
            raise RuntimeError("PPO's losses need the critic's values.")
        # The clipped surrogate objective L^CLIP over the probability ratio r_t(θ) (PPO, equation 7), each
        # action weighed by what a sample of a modified action space counts for
        ratio = (part.new - part.old).exp()
        surrogate = part.weights * losses.clipped_surrogate(ratio, part.advantages, settings.clip)
        policy_loss = tensors.masked_sum(surrogate, mask)
        # The value function's squared error L^VF, clipped around the old value as in OpenAI's baselines
        errors = losses.value_loss(part.values, part.old_values, part.returns, settings.value_clip)
        value_loss = tensors.masked_sum(errors, mask)
        # L^CLIP + c1·L^VF (equation 9) without the entropy bonus S: the KL to the reference is in the rewards
        loss = policy_loss + settings.value_coefficient * value_loss
        clipped = tensors.masked_sum(((ratio.detach() - 1).abs() > settings.clip).float(), mask)
        return loss, {"policy/loss": policy_loss, "policy/clipped": clipped, "value/loss": value_loss}

    def metrics(self, rollouts: Rollouts, targets: Targets) -> dict[str, float]:
        """How well the critic predicts, and what modified rows count for."""
        return target_metrics(rollouts, targets)
