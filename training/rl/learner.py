"""The update: some epochs over one batch of rollouts, with the algorithm's losses (part 11 of a step)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from training.core import tensors
from training.errors import Diverged
from training.rl import losses
from training.rl.algorithm import Part
from training.rl.positives import positive_loss

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Mapping, Sequence

    from accelerate import Accelerator

    from training.config.rl_settings import RlConfig
    from training.core.optimization import Stepper
    from training.core.policy import Policy
    from training.rl.algorithm import Algorithm, Targets
    from training.rl.rollout import Rollouts

# Largest |π_new/π_old − 1| allowed before the first update, in bfloat16 too: what is compared was padded
# alike, so that both passes round alike. It is not 0 because kernels of a GPU may add in another order.
_RATIO_TOLERANCE = 0.01
_PER_ACTION = ("policy/entropy", "policy/kl_old")


@dataclass
class Learner:
    """Makes the policy (and PPO's critic) better with rollouts and what they should have been worth.

    `stepper` holds the weights of both. Losses are sums divided by the actions, or completions, of the whole
    optimizer batch over all micro-batches and processes, so neither changes an update.
    """

    policy: Policy
    algorithm: Algorithm
    stepper: Stepper
    settings: RlConfig
    accelerator: Accelerator

    def learn(self, rollouts: Rollouts, targets: Targets, rng: random.Random) -> dict[str, float]:
        """All epochs over the rollouts; `rng` must be alike on all processes. Returns means over the updates.

        Raises Diverged when the policy does not agree with `rollouts.old` before the first update.
        """
        self.policy.model.eval()  # dropout off: ratios compare like with like
        ratio = self.check_ratio(rollouts)
        updates: list[Mapping[str, float]] = [
            self._update(rollouts, targets, rows) for rows in self._batches(rollouts, rng)
        ]
        means = {name: sum(numbers[name] for numbers in updates) / len(updates) for name in updates[0]}
        return {**means, "policy/first_ratio": ratio, "policy/lr": self.stepper.rate()}

    @torch.no_grad()
    def check_ratio(self, rollouts: Rollouts) -> float:
        """The largest |π_new/π_old − 1| before any update, of the longest samples that were scored together.

        They go through the update's own pass. In bfloat16 the padding alone changes a probability by some
        hundredths (8 significant bits), as much as a wrong temperature: so the rows, and with them the
        padding, are those of the scoring pass. Raises Diverged above 0.01, which dropout, a shifted mask or
        another temperature all exceed.
        """
        full = [
            rows
            for rows in rollouts.scored_together(self.settings.micro_batch)
            if len(rows) == min(self.settings.micro_batch, len(rollouts))
        ]
        new, mask, _, _ = self._forward(rollouts, full[-1])
        old = rollouts.old[full[-1], : mask.shape[1]]
        furthest = (((new - old).exp() - 1).abs() * mask).max().item()
        if not furthest <= _RATIO_TOLERANCE:  # written so that NaN is refused too
            raise Diverged(
                f"Before any update the policy's probabilities differ from those noted by {furthest:.3g} "
                f"(allowed: {_RATIO_TOLERANCE}): dropout, a mask or the temperature is not the same in both "
                "passes."
            )
        return furthest

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

    def _update(self, rollouts: Rollouts, targets: Targets, rows: Sequence[int]) -> dict[str, float]:
        """One optimizer step on these samples (this process's part of the batch)."""
        count = torch.tensor([int(rollouts.mask[list(rows)].sum()), len(rows)], device=self.policy.device)
        actions, sequences = self._everyones(count).unbind()
        units = actions if self.algorithm.unit == "actions" else sequences
        divisors = dict.fromkeys(self.algorithm.sums, units) | dict.fromkeys(_PER_ACTION, actions)
        sums = {name: torch.zeros((), device=self.policy.device) for name in divisors}
        for part in self._parts(rows):
            loss, numbers = self._losses(rollouts, targets, part)
            # divided by what all processes have, so that micro-batches and processes add up to one batch
            (loss / units).backward()
            for name, number in numbers.items():
                sums[name] += number.detach()
        if self.settings.algorithm == "ppo" and self.settings.adm.positive_loss != "ppo":
            divisors["adm/positive_loss"] = sequences
            sums["adm/positive_loss"] = self._learn_positives(rollouts, rows, sequences)
        norm = self.stepper.apply()
        # A process without rows in this batch adds its zeros: all must come here
        totals = self._everyones(torch.stack(list(sums.values())))
        means = (totals / torch.stack([divisors[name] for name in sums])).tolist()
        return {**dict(zip(sums, means, strict=True)), "policy/grad_norm": norm}

    def _parts(self, rows: Sequence[int]) -> list[list[int]]:
        """The rows by micro-batches."""
        size = self.settings.micro_batch
        return [list(rows[start : start + size]) for start in range(0, len(rows), size)]

    def _everyones(self, numbers: Tensor) -> Tensor:
        """The sum over all processes."""
        total: Tensor = self.accelerator.reduce(numbers, reduction="sum")
        return total

    def _forward(self, rollouts: Rollouts, rows: list[int]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Of some samples: log-probabilities, mask [B, T], all words' ones [B, T, V], states [B, T, H]."""
        batch = rollouts.batch(rows, self.policy.tokenizer.pad_token_id).to(self.policy.device)
        with self.policy.autocast(self.settings.mixed_precision):
            logits, hidden = self.policy.forward(batch)
        words = tensors.word_logprobs(logits, self.settings.temperature)
        return tensors.chosen(words, batch.completions), batch.completion_mask, words, hidden

    def _losses(
        self, rollouts: Rollouts, targets: Targets, rows: list[int]
    ) -> tuple[Tensor, dict[str, Tensor]]:
        """The loss of some samples, summed over the algorithm's unit, and sums of numbers."""
        new, mask, words, hidden = self._forward(rollouts, rows)
        here = (rows, slice(0, mask.shape[1]))
        head = self.algorithm.head
        loss, numbers = self.algorithm.losses(
            Part(
                new=new,
                old=rollouts.old[here],
                reference=rollouts.reference[here],
                mask=mask,
                advantages=targets.advantages[here],
                weights=targets.weights[here],
                returns=targets.returns[here],
                old_values=rollouts.values[here],
                values=None if head is None else head(hidden, rollouts.features[here]),
                kl_price=targets.kl_price,
            )
        )
        with torch.no_grad():
            entropy = tensors.masked_sum(tensors.entropy(words), mask)
            moved = tensors.masked_sum(losses.kl_k3(new, rollouts.old[here]), mask)
        return loss, {**numbers, "policy/entropy": entropy, "policy/kl_old": moved}

    def _learn_positives(self, rollouts: Rollouts, rows: Sequence[int], sequences: Tensor) -> Tensor:
        """Gradients of `training.rl.positives`' loss for the positive rows; returns the loss summed."""
        settings, total = self.settings.adm, torch.zeros((), device=self.policy.device)
        answering = [row for row in rows if row in rollouts.missed and rollouts.forced[row].any()]
        for part in self._parts(answering):
            loss = positive_loss(rollouts, part, lambda of: self._forward(rollouts, of)[:2], settings)
            (settings.positive_coefficient * loss / sequences).backward()
            total += loss.detach()
        return total
