"""The update of PPO: some epochs over one batch of rollouts, with the clipped losses (part 11 of a step)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from training.core import tensors
from training.errors import Diverged
from training.ppo import losses

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Mapping, Sequence

    from accelerate import Accelerator

    from training.config.settings import PpoConfig
    from training.core.optimization import Stepper
    from training.core.policy import Policy
    from training.ppo.advantages import Targets
    from training.ppo.rollout import Rollouts
    from training.ppo.value import ValueHead

# Largest |π_new/π_old − 1| allowed before the first update. It is not exactly 0: batches may be padded to
# another width than when π_old was computed, and that changes the rounding, in bfloat16 a good deal.
_RATIO_TOLERANCE = {"no": 0.02, "bf16": 0.5}
_SUMMED = ("policy/loss", "value/loss", "policy/entropy", "policy/clipped", "policy/kl_old")
_LARGEST = "policy/first_ratio"


@dataclass
class Learner:
    """Makes the policy and the critic better with rollouts and what they should have been worth.

    `stepper` holds the weights of both. Losses are sums divided by the actions of the whole optimizer batch
    over all micro-batches and processes, so neither changes an update.
    """

    policy: Policy
    head: ValueHead
    stepper: Stepper
    settings: PpoConfig
    accelerator: Accelerator

    def learn(self, rollouts: Rollouts, targets: Targets, rng: random.Random) -> dict[str, float]:
        """All epochs over the rollouts; `rng` must be alike on all processes. Returns means over the updates.

        Raises Diverged when the policy does not agree with `rollouts.old` before the first update.
        """
        self.policy.model.eval()  # dropout off: ratios compare like with like
        updates: list[Mapping[str, float]] = []
        for rows in self._batches(rollouts, rng):
            updates.append(self._update(rollouts, targets, rows, first=not updates))
        means = {name: sum(numbers[name] for numbers in updates) / len(updates) for name in updates[0]}
        return {**means, _LARGEST: updates[0][_LARGEST], "policy/lr": self.stepper.rate()}

    def _batches(self, rollouts: Rollouts, rng: random.Random) -> Iterator[list[int]]:
        """This process's rows of every optimizer batch of every epoch.

        Row i of process p is number i·P + p of the joined batch; all processes shuffle the same numbers.
        """
        rank, processes = self.accelerator.process_index, self.accelerator.num_processes
        for _ in range(self.settings.epochs):
            order = list(range(len(rollouts) * processes))
            rng.shuffle(order)
            for start in range(0, len(order), self.settings.batch):
                shared = order[start : start + self.settings.batch]
                yield rollouts.by_length(
                    [index // processes for index in shared if index % processes == rank]
                )

    def _update(
        self, rollouts: Rollouts, targets: Targets, rows: Sequence[int], *, first: bool
    ) -> dict[str, float]:
        """One optimizer step on these samples (this process's part of the batch)."""
        sums = torch.zeros(len(_SUMMED), device=self.policy.device)
        actions = self.accelerator.reduce(rollouts.mask[list(rows)].sum().float(), reduction="sum")
        furthest = torch.zeros((), device=self.policy.device)
        for start in range(0, len(rows), self.settings.micro_batch):
            part = list(rows[start : start + self.settings.micro_batch])
            loss, numbers, ratio = self._losses(rollouts, targets, part)
            # divided by the actions of all processes, so that micro-batches and processes add up to one batch
            (loss / actions).backward()
            sums += numbers
            furthest = torch.maximum(furthest, ratio)
        if first:
            self._check_ratio(furthest.item())
        norm = self.stepper.apply()
        means = (self.accelerator.reduce(sums, reduction="sum") / actions).tolist()
        return {
            **dict(zip(_SUMMED, means, strict=True)),
            "policy/grad_norm": norm,
            _LARGEST: furthest.item() if first else 0.0,
        }

    def _losses(self, rollouts: Rollouts, targets: Targets, rows: list[int]) -> tuple[Tensor, Tensor, Tensor]:
        """The loss summed over the actions of some samples; sums of `_SUMMED`; the largest |ratio − 1|."""
        settings = self.settings
        batch = rollouts.batch(rows, self.policy.tokenizer.pad_token_id).to(self.policy.device)
        mask = batch.completion_mask
        here = (rows, slice(0, mask.shape[1]))
        old = rollouts.old[here]
        with self.policy.autocast(settings.mixed_precision):
            logits, hidden = self.policy.forward(batch)
        new = tensors.token_logprobs(logits, batch.completions, settings.temperature)
        values = self.head(hidden, rollouts.features[here])

        # The clipped surrogate objective L^CLIP over the probability ratio r_t(θ) (PPO, equation 7), each
        # action weighed by what a sample of a modified action space counts for
        surrogate = losses.policy_loss(
            new, old, targets.advantages[here], settings.clip, targets.weights[here]
        )
        policy_loss = tensors.masked_sum(surrogate, mask)
        # The value function's squared error L^VF, clipped around the old value as in OpenAI's baselines
        errors = losses.value_loss(values, rollouts.values[here], targets.returns[here], settings.value_clip)
        value_loss = tensors.masked_sum(errors, mask)
        # L^CLIP + c1·L^VF (equation 9) without the entropy bonus S: the KL to the reference is in the rewards
        loss = policy_loss + settings.value_coefficient * value_loss

        with torch.no_grad():
            far = ((new - old).exp() - 1).abs() * mask
            summed = [
                policy_loss,
                value_loss,
                tensors.masked_sum(tensors.entropy(logits, settings.temperature), mask),
                (far > settings.clip).float().sum(),
                tensors.masked_sum(losses.kl_k3(new, old), mask),
            ]
        return loss, torch.stack([number.detach() for number in summed]), far.max()

    def _check_ratio(self, furthest: float) -> None:
        tolerance = _RATIO_TOLERANCE[self.settings.mixed_precision]
        if not furthest <= tolerance:  # written so that NaN is refused too
            raise Diverged(
                f"Before any update the policy's probabilities differ from those noted by {furthest:.3g} "
                f"(allowed: {tolerance}): dropout, a mask or the temperature is not the same in both passes."
            )
