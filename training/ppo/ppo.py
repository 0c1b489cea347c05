"""PPO: the policy learns from what its prompts earn.

One step, in the order of the numbers in the code:

1.-6. Collect rollouts: plan, sample with ADM, read, judge, features, log-probabilities and values
    (`training.ppo.collector`).
7. Rewards per token: −β·log(π/π_ref), and the judge's total on the last real action. This and what follows
    up to 10 is `training.ppo.advantages`.
8. Advantages and returns by GAE, with γ 1 and λ 0.95.
9. Advantages whitened over the whole rollout batch of all processes.
10. Importance weights min(c, π_old/μ) where the action space was modified.
11. For each epoch, over random batches: new log-probabilities and values in one forward pass, the clipped
    policy loss and the clipped value loss, both divided by the actions of the whole batch; one update.
    Before the first update π_new/π_old must be 1, or masks, dropout or temperature differ: an error
    (`training.ppo.learner`).
12. The KL controller moves β.
13. A guard: a policy that left its reference, lost its entropy or writes nothing usable stops the run
    (`training.ppo.collapse`).
14. Every so often: greedy targets on held-out edits, the best policy exported, a checkpoint.

What a step draws by chance depends on (seed, step) and torch's saved random state, so a resumed run equals
one that never stopped. Several processes (`accelerate launch`) share a step's samples
and give the same update as one process with all of them.
"""

from __future__ import annotations

import math
import random
import time
from typing import TYPE_CHECKING, Any

import torch
from accelerate.utils import set_seed

from training.core.checkpoint import Checkpoint
from training.core.metrics import PPO_METRICS
from training.core.optimization import Stepper, make_accelerator
from training.core.policy import Policy
from training.core.targets import text_metrics, write_targets
from training.core.trainer import Trainer
from training.data import sources
from training.data.integrity import requirements_of
from training.ppo.advantages import Targets, make_targets, target_metrics
from training.ppo.collapse import CollapseGuard
from training.ppo.collector import Collector, draw_plans
from training.ppo.edit_order import edits_of_step, fitting
from training.ppo.learner import Learner
from training.ppo.losses import AdaptiveKL
from training.ppo.rollout import Rollouts, rollout_metrics
from training.ppo.value import ValueHead
from training.rewards.cache import ScoreCache
from training.rewards.judge import Judge, load_judge
from training.rewards.types import Finished

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from training.config.settings import PpoConfig
    from training.data.examples import Edit


class PpoTrainer(Trainer):
    """Proximal policy optimization, clipped version, for a language model that writes target prompts.

    Papers: PPO https://arxiv.org/abs/1707.06347, GAE https://arxiv.org/abs/1506.02438, the KL penalty and its
    controller https://arxiv.org/abs/1909.08593, ADM and VCI https://arxiv.org/abs/2403.04997 (our reading of
    its abstract, see docs/training.md).

    :param settings: everything a run can be told, by `PpoConfig`'s names. Of the method:

        - `rollouts`: samples of a step, collected `chunk` at a time
        - `batch`: samples of an optimizer step, `micro_batch` at a time: this changes memory and speed only
        - `epochs` over the rollouts; more of them move further from the policy that wrote the rollouts, which
          policy/clipped shows
        - `gamma`, `lam`: γ and λ of GAE
        - `clip`, `value_clip`: how far ratio and value may move from the old ones within a step
        - `value_coefficient`: the weight c1 of the value loss
        - `vci`: whether the critic sees the integrity of a prefix
        - `adm`: shares of modified rollouts, and their importance weights
        - `kl`: the price of leaving the reference; without a `target` it stays as it is
        - `collapse`: when a run is stopped as broken

    :param edits: what to write; those that leave no room for `max_new_tokens` are left out.
    :param held_out: what evaluations are about; the first `evaluate_examples` of them.
    :param judge: says what a finished prompt is worth. Its running statistics are part of the run.

    Raises DataError when no edit fits, and what `Policy.load` raises. `run()` does all of it.
    """

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
        self._edits = fitting(edits, self.policy, settings.max_new_tokens)
        self._held_out = list(held_out)[: settings.evaluate_examples]
        updates = settings.steps * settings.epochs * (settings.rollouts // settings.batch)
        groups = [
            (self.policy.trainable().values(), settings.optimizer.lr),
            (self.head.parameters(), settings.value_lr),
        ]
        self.stepper = Stepper(groups, settings.optimizer, updates, self._accelerator)
        self.kl = AdaptiveKL(settings.kl.beta, settings.kl.target, settings.kl.horizon)
        self.guard = CollapseGuard(settings.collapse)
        self.collector = Collector(self.policy, self.head, judge, settings, self._accelerator)
        self.learner = Learner(self.policy, self.head, self.stepper, settings, self._accelerator)
        self._done = 0

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
        edits = edits_of_step(self._edits, self.done, self.settings.rollouts, self.settings.seed)
        plans = draw_plans(edits, self.settings, rng)  # 1
        mine = slice(self._accelerator.process_index, None, self._accelerator.num_processes)
        rollouts = self.collector.collect(edits[mine], plans[mine])  # 2 to 6
        began = time.perf_counter()
        targets = self.targets(rollouts)  # 7 to 10
        numbers = rollout_metrics(rollouts) | target_metrics(rollouts, targets)
        numbers |= self.learner.learn(rollouts, targets, rng)  # 11
        numbers |= {f"time/{name}": seconds for name, seconds in rollouts.seconds.items()}
        numbers["time/learn"] = time.perf_counter() - began
        numbers = self._averaged(numbers)
        numbers["kl/beta"] = self.kl.beta
        self.kl.update(numbers["kl/reference"], self.settings.rollouts)  # 12
        self._done += 1
        return numbers

    def targets(self, rollouts: Rollouts) -> Targets:
        """7. to 10. What the losses aim at."""
        return make_targets(rollouts, self.settings, self.kl.beta, self._accelerator)

    def _averaged(self, numbers: dict[str, float]) -> dict[str, float]:
        """Numbers averaged over processes (each has an equal share of the samples)."""
        if self._accelerator.num_processes == 1:
            return numbers
        names = [name for name in {**PPO_METRICS, **numbers} if name in PPO_METRICS or name in numbers]
        own = torch.tensor([numbers.get(name, float("nan")) for name in names], device=self.policy.device)
        columns = self._accelerator.gather(own.unsqueeze(0)).nanmean(dim=0).tolist()
        return {name: value for name, value in zip(names, columns, strict=True) if not math.isnan(value)}

    def check(self, numbers: Mapping[str, float]) -> None:
        """13. Raise Collapsed when the policy has been broken for too many steps."""
        self.guard.check(numbers)

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
        state = {
            "done": self.done,
            "broken": self.guard.broken,
            "kl": self.kl.state(),
            "judge": self.judge.state(),
        }
        return Checkpoint(tensors, state)

    def unpack(self, saved: Checkpoint) -> None:
        """Bring back what `pack` gave."""
        state: dict[str, Any] = saved.state
        self.head.load_state_dict(saved.part("head"))
        self.kl = AdaptiveKL(**state["kl"])
        self.judge.load_state(state["judge"])
        self._done, self.guard.broken = state["done"], state["broken"]


def train(settings: PpoConfig) -> Path:
    """Load the data and rewards a config names and run PPO; returns the folder of the best policy."""
    edits, held = sources.load_edits(settings.data)
    with ScoreCache(settings.reward.cache) as cache:
        return PpoTrainer(settings, edits, held, load_judge(settings.reward, cache)).run()
