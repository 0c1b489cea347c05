"""The guard that stops a run whose policy is broken (part 13 of a step)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from training.errors import Collapsed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from training.config.rl_settings import CollapseSettings


@dataclass
class CollapseGuard:
    """Counts the steps in a row with a number beyond its limit; `limits.patience` of them end a run."""

    limits: CollapseSettings
    broken: int = 0

    def check(self, numbers: Mapping[str, float]) -> None:
        """Count one step's numbers; raises Collapsed with the reasons when patience is at its end."""
        reasons = self._reasons(numbers)
        self.broken = self.broken + 1 if reasons else 0
        if self.broken >= self.limits.patience:
            raise Collapsed(
                f"The policy has collapsed: {' and '.join(reasons)}, {self.broken} steps running. Lower "
                "optimizer.lr or raise kl.beta, and start again from the best policy or the last checkpoint."
            )

    def _reasons(self, numbers: Mapping[str, float]) -> list[str]:
        kl, entropy, unusable = (
            numbers[name] for name in ("kl/reference", "policy/entropy", "rollout/unusable")
        )
        signs = {
            f"its KL from the reference is {kl:.1f} nats": kl > self.limits.max_kl,
            f"its entropy is {entropy:.4f} nats": entropy < self.limits.min_entropy,
            f"{unusable:.0%} of its prompts are unusable": unusable > self.limits.max_unusable,
        }
        return [sign for sign, seen in signs.items() if seen]
