"""PPO: the policy learns from what its prompts earn.

One step, in the order of the numbers in the code (1 to 6 are in `training.ppo.rollout`):

1.-6. Collect rollouts: plan, sample with ADM, read, judge, features, log-probabilities and values.
7. Rewards per token: −β·log(π/π_ref), and the judge's total on the last real action.
8. Advantages and returns by GAE, with γ 1 and λ 0.95.
9. Advantages whitened over the whole rollout batch of all processes.
10. Importance weights min(c, π_old/μ) where the action space was modified.
11. For each epoch, over random batches: new log-probabilities and values in one forward pass, the clipped
    policy loss and the clipped value loss, both divided by the actions of the whole batch; one update.
    Before the first update π_new/π_old must be 1, or masks, dropout or temperature differ: an error.
12. The KL controller moves β.
13. Guards: a policy that left its reference, lost its entropy or writes nothing usable stops the run.
14. Every so often: greedy targets on held-out edits, the best policy exported, a checkpoint.

What a step draws by chance depends on (seed, step) and torch's saved random state, so a resumed run equals
one that never stopped. Several processes (`accelerate launch`) share a step's samples
and give the same update as one process with all of them.
"""

from __future__ import annotations

import logging
import math
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from accelerate.utils import set_seed
from torch import Tensor

from training.config.settings import PpoConfig
from training.core import tensors
from training.core.checkpoint import Checkpoint
from training.core.encoding import encode_prompt
from training.core.metrics import PPO_METRICS
from training.core.optimization import Stepper, make_accelerator
from training.core.policy import Policy
from training.core.targets import text_metrics, write_targets
from training.core.trainer import Trainer
from training.data import sources
from training.data.examples import Edit
from training.data.integrity import requirements_of
from training.errors import Collapsed, DataError, Diverged
from training.ppo import losses
from training.ppo.adm import Kind
from training.ppo.losses import AdaptiveKL
from training.ppo.rollout import Collector, Rollouts, draw_plans, rollout_metrics
from training.ppo.value import ValueHead
from training.rewards.cache import ScoreCache
from training.rewards.judge import Judge, load_judge
from training.rewards.types import Finished

log = logging.getLogger(__name__)

_RATIO_TOLERANCE = {"no": 0.02, "bf16": 0.5}


@dataclass(frozen=True)
class Targets:
    """What the losses aim at, [N, T] each: whitened advantages, returns, importance weights."""

    advantages: Tensor
    returns: Tensor
    weights: Tensor


class PpoTrainer(Trainer):
    """One PPO run on `edits` with a judge, evaluated on `held_out`. `run()` does all of it."""

    name, metrics = "ppo", PPO_METRICS

    def __init__(
        self, settings: PpoConfig, edits: Sequence[Edit], held_out: Sequence[Edit], judge: Judge
    ) -> None:
        super().__init__(settings, make_accelerator())
        self.settings, self.judge = settings, judge
        set_seed(settings.seed)  # the critic must start alike everywhere
        self.policy = Policy.load(settings.policy, self._accelerator.device, reference=True)
        self.head = ValueHead(self.policy.hidden_size, vci=settings.vci).to(self.policy.device)
        set_seed(settings.seed + self._accelerator.process_index)
        self._edits, self._held_out = self._fitting(edits), list(held_out)[: settings.evaluate_examples]
        updates = settings.steps * settings.epochs * (settings.rollouts // settings.batch)
        groups = [
            (self.policy.trainable().values(), settings.optimizer.lr),
            (self.head.parameters(), settings.value_lr),
        ]
        self.stepper = Stepper(groups, settings.optimizer, updates, self._accelerator)
        self.kl = AdaptiveKL(settings.kl.beta, settings.kl.target, settings.kl.horizon)
        self.collector = Collector(self.policy, self.head, judge, settings, self._accelerator)
        self._done = 0
        self.broken = 0

    @property
    def done(self) -> int:
        """Steps taken."""
        return self._done

    @property
    def steps(self) -> int:
        """Steps of the whole run."""
        return self.settings.steps

    def advance(self) -> dict[str, float]:
        """1. to 12. once; returns its numbers."""
        return self.step()

    def note(self, numbers: Mapping[str, float]) -> str:
        """Reward and KL."""
        return f"reward {numbers['reward/total']:.3f} kl {numbers['kl/reference']:.2f}"

    def step(self) -> dict[str, float]:
        """1. to 12. once; returns its numbers."""
        rng = random.Random(f"{self.settings.seed}-{self.done}")
        edits = self._draw(self.done)
        plans = draw_plans(edits, self.settings, rng)
        mine = slice(self._accelerator.process_index, None, self._accelerator.num_processes)
        rollouts = self.collector.collect(edits[mine], plans[mine])
        began = time.perf_counter()
        targets = self.targets(rollouts)
        numbers = rollout_metrics(rollouts) | self._target_metrics(rollouts, targets)
        numbers |= self.learn(rollouts, targets, rng)
        numbers |= {f"time/{name}": seconds for name, seconds in rollouts.seconds.items()}
        numbers["time/learn"] = time.perf_counter() - began
        numbers = self._averaged(numbers)
        numbers["kl/beta"] = self.kl.beta
        self.kl.update(numbers["kl/reference"], self.settings.rollouts)  # 12
        self._done += 1
        return numbers

    def targets(self, rollouts: Rollouts) -> Targets:
        """7. to 10. What the losses aim at."""
        settings, mask = self.settings, rollouts.mask
        ratios = losses.log_ratio(rollouts.old, rollouts.reference)
        rewards = losses.token_rewards(rollouts.scores, ratios, mask, self.kl.beta)  # 7
        advantages, returns = losses.gae(rewards, rollouts.values, mask, settings.gamma, settings.lam)  # 8
        own = tensors.moments(advantages, mask)
        everyones = self._accelerator.reduce(own.to(self.policy.device), reduction="sum")
        whitened = tensors.whiten(advantages, mask, of=everyones)  # 9
        weights = mask.float()
        if settings.adm.importance_weights:  # 10
            modified = torch.tensor([kind is not Kind.PLAIN for kind in rollouts.kinds], device=mask.device)
            cut = losses.importance_weights(
                rollouts.old, rollouts.behaviour, mask, settings.adm.importance_cap
            )
            weights = torch.where(modified.unsqueeze(1), cut, weights)
        return Targets(whitened, returns, weights)

    def learn(self, rollouts: Rollouts, targets: Targets, rng: random.Random) -> dict[str, float]:
        """11. All epochs over the rollouts; `rng` must be alike on all processes."""
        self.policy.model.eval()  # dropout off: ratios compare like with like
        rank, processes = self._accelerator.process_index, self._accelerator.num_processes
        total, updates = dict.fromkeys(_LEARNED, 0.0), 0
        for _ in range(self.settings.epochs):
            order = list(range(len(rollouts) * processes))
            rng.shuffle(order)
            for start in range(0, len(order), self.settings.batch):
                shared = order[start : start + self.settings.batch]
                rows = rollouts.by_length(
                    [index // processes for index in shared if index % processes == rank]
                )
                numbers = self._update(rollouts, targets, rows, first=updates == 0)
                total = {
                    name: max(total[name], numbers[name])
                    if name == "policy/first_ratio"
                    else total[name] + numbers[name]
                    for name in total
                }
                updates += 1
        means = {
            name: value if name == "policy/first_ratio" else value / updates for name, value in total.items()
        }
        return means | {"policy/lr": self.stepper.rate()}

    def _update(
        self, rollouts: Rollouts, targets: Targets, rows: Sequence[int], *, first: bool
    ) -> dict[str, float]:
        """One optimizer step on these samples (this process's part of the batch)."""
        sums = torch.zeros(len(_SUMMED), device=self.policy.device)
        actions = self._accelerator.reduce(rollouts.mask[list(rows)].sum().float(), reduction="sum")
        furthest = torch.zeros((), device=self.policy.device)
        for start in range(0, len(rows), self.settings.micro_batch):
            part = list(rows[start : start + self.settings.micro_batch])
            loss, numbers, ratio = self._losses(rollouts, targets, part)
            (loss / actions).backward()
            sums += numbers
            furthest = torch.maximum(furthest, ratio)
        if first:
            self._check_ratio(furthest.item())
        norm = self.stepper.apply()
        means = (self._accelerator.reduce(sums, reduction="sum") / actions).tolist()
        return {
            **dict(zip(_SUMMED, means, strict=True)),
            "policy/grad_norm": norm,
            "policy/first_ratio": furthest.item() if first else 0.0,
        }

    def _losses(self, rollouts: Rollouts, targets: Targets, rows: list[int]) -> tuple[Tensor, Tensor, Tensor]:
        """The loss summed over the actions of some samples; sums of `_SUMMED`; the largest |ratio − 1|."""
        settings, pad = self.settings, self.policy.tokenizer.pad_token_id
        batch = rollouts.batch(rows, pad).to(self.policy.device)
        mask, width = batch.completion_mask, batch.completion_mask.shape[1]
        old, values_then = rollouts.old[rows, :width], rollouts.values[rows, :width]
        advantages, weights = targets.advantages[rows, :width], targets.weights[rows, :width]
        with self.policy.autocast(settings.mixed_precision):
            logits, hidden = self.policy.forward(batch)
        new = tensors.token_logprobs(logits, batch.completions, settings.temperature)
        values = self.head(hidden, rollouts.features[rows, :width])
        policy_losses = losses.policy_loss(new, old, advantages, settings.clip, weights)
        value_losses = losses.value_loss(
            values, values_then, targets.returns[rows, :width], settings.value_clip
        )
        policy_loss = tensors.masked_sum(policy_losses, mask)
        value_loss = tensors.masked_sum(value_losses, mask)
        with torch.no_grad():
            far = ((new - old).exp() - 1).abs() * mask
            summed = [
                policy_loss,
                value_loss,
                tensors.masked_sum(tensors.entropy(logits, settings.temperature), mask),
                (far > settings.clip).float().sum(),
                tensors.masked_sum(losses.kl_k3(new, old), mask),
            ]
        loss = policy_loss + settings.value_coefficient * value_loss
        return loss, torch.stack([number.detach() for number in summed]), far.max()

    def _check_ratio(self, furthest: float) -> None:
        tolerance = _RATIO_TOLERANCE[self.settings.mixed_precision]
        if not furthest <= tolerance:
            raise Diverged(
                f"Before any update the policy's probabilities differ from those noted by {furthest:.3g} "
                f"(allowed: {tolerance}): dropout, a mask or the temperature is not the same in both passes."
            )

    def _target_metrics(self, rollouts: Rollouts, targets: Targets) -> dict[str, float]:
        modified = [row for row, kind in enumerate(rollouts.kinds) if kind is not Kind.PLAIN]
        mask = rollouts.mask
        numbers = {
            "value/explained": losses.explained_variance(rollouts.values, targets.returns, mask),
            "value/mean": tensors.masked_mean(rollouts.values, mask).item(),
        }
        if modified:
            numbers["adm/weight"] = tensors.masked_mean(targets.weights[modified], mask[modified]).item()
        return numbers

    def _averaged(self, numbers: dict[str, float]) -> dict[str, float]:
        """Numbers averaged over processes (each has an equal share of the samples)."""
        if self._accelerator.num_processes == 1:
            return numbers
        names = [name for name in {**PPO_METRICS, **numbers} if name in PPO_METRICS or name in numbers]
        own = torch.tensor([numbers.get(name, float("nan")) for name in names], device=self.policy.device)
        columns = self._accelerator.gather(own.unsqueeze(0)).nanmean(dim=0).tolist()
        return {name: value for name, value in zip(names, columns, strict=True) if not math.isnan(value)}

    def _draw(self, step: int) -> list[Edit]:
        """The edits of a step: a walk through the shuffled data, epoch after epoch."""
        drawn: list[Edit] = []
        count, wanted = len(self._edits), self.settings.rollouts
        for position in range(step * wanted, (step + 1) * wanted):
            epoch, place = divmod(position, count)
            if not drawn or place == 0:
                order = list(range(count))
                random.Random(f"{self.settings.seed}-epoch-{epoch}").shuffle(order)
            drawn.append(self._edits[order[place]])
        return drawn

    def _fitting(self, edits: Sequence[Edit]) -> list[Edit]:
        """The edits whose prompt leaves room for a whole completion."""
        limit = getattr(self.policy.model.config.get_text_config(), "max_position_embeddings", None) or 10**9
        room, tokenizer = limit - self.settings.max_new_tokens, self.policy.tokenizer
        fitting = [e for e in edits if len(encode_prompt(tokenizer, e.source_prompt, e.instruction)) <= room]
        if not fitting:
            raise DataError("No edit leaves room for max_new_tokens in the model's context.", [])
        if len(fitting) < len(edits):
            log.warning("%d of %d edits are too long and left out.", len(edits) - len(fitting), len(edits))
        return fitting

    def check(self, numbers: Mapping[str, float]) -> None:
        """13. Stop when the policy is broken for `patience` steps running."""
        limits = self.settings.collapse
        signs = {
            f"its KL from the reference is {numbers['kl/reference']:.1f} nats": (
                numbers["kl/reference"] > limits.max_kl
            ),
            f"its entropy is {numbers['policy/entropy']:.4f} nats": (
                numbers["policy/entropy"] < limits.min_entropy
            ),
            f"{numbers['rollout/unusable']:.0%} of its prompts are unusable": (
                numbers["rollout/unusable"] > limits.max_unusable
            ),
        }
        reasons = [sign for sign, seen in signs.items() if seen]
        self.broken = self.broken + 1 if reasons else 0
        if self.broken >= limits.patience:
            raise Collapsed(
                f"The policy has collapsed: {' and '.join(reasons)}, {self.broken} steps running. Lower "
                "optimizer.lr or raise kl.beta, and start again from the best policy or the last checkpoint."
            )

    @torch.no_grad()
    def evaluate(self) -> dict[str, float]:
        """14. Greedy targets of held-out edits; exports the policy when they earn the most so far."""
        if not self._held_out:
            self.keep_best(None)
            return {}
        targets = write_targets(self.policy, self._held_out, self.settings.max_new_tokens)
        finished = [
            Finished(target, edit, requirements_of(edit))
            for target, edit in zip(targets, self._held_out, strict=True)
            if target is not None
        ]
        totals = self.judge.combine(self.judge.raw(finished), self.judge.reference(finished))
        refused = len(targets) - len(finished)
        reward = (sum(totals) + refused * self.settings.reward.unusable) / len(targets)
        self.keep_best(reward)
        return {"eval/reward": reward, **text_metrics(self._held_out, targets)}

    def pack(self) -> Checkpoint:
        """The critic, the KL controller, the judge's statistics, and how long the policy has been broken."""
        tensors = {f"head/{name}": p for name, p in self.head.state_dict().items()}
        state = {"done": self.done, "broken": self.broken, "kl": self.kl.state(), "judge": self.judge.state()}
        return Checkpoint(tensors, state)

    def unpack(self, saved: Checkpoint) -> None:
        """Bring back what `pack` gave."""
        state: dict[str, Any] = saved.state
        self.head.load_state_dict(saved.part("head"))
        self.kl = AdaptiveKL(**state["kl"])
        self.judge.load_state(state["judge"])
        self._done, self.broken = state["done"], state["broken"]


_SUMMED = ("policy/loss", "value/loss", "policy/entropy", "policy/clipped", "policy/kl_old")
_LEARNED = (*_SUMMED, "policy/grad_norm", "policy/first_ratio")


def train(settings: PpoConfig) -> Path:
    """Load the data and rewards a config names and run PPO; returns the folder of the best policy."""
    edits, held = sources.load_edits(settings.data)
    with ScoreCache(settings.reward.cache) as cache:
        return PpoTrainer(settings, edits, held, load_judge(settings.reward, cache)).run()
