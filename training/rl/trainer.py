"""Reinforcement learning: the policy learns from what its prompts earn, by PPO, RLOO or GRPO.

One step, in the order of the numbers in the code:

1.-6. Collect rollouts: plan, sample with ADM, read, judge, features, log-probabilities and values
    (`training.rl.collector`).
7.-10. What the losses aim at. For PPO (`training.rl.advantages`): rewards per token, −β·log(π/π_ref) and the
    judge's total on the last real action; advantages and returns by GAE with γ 1 and λ 0.95, by V-trace where
    the action space was modified; whitening; importance weights. For RLOO (`training.rl.rloo`) and GRPO
    (`training.rl.grpo`): each sample compared with the others of its edit.
11. For each epoch, over random batches: new log-probabilities (and the critic's values) in one forward
    pass, the algorithm's loss divided by the actions or completions of the whole batch; one update. Before
    the first update π_new/π_old must be 1, or masks, dropout or temperature differ: an error
    (`training.rl.learner`).
12. The KL controller moves β.
13. A guard: a policy that left its reference, lost its entropy or writes nothing usable stops the run
    (`training.rl.collapse`).
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
from training.core.metrics import RL_METRICS
from training.core.optimization import Stepper, make_accelerator
from training.core.policy import Policy, template_version
from training.core.targets import painted, text_metrics, write_targets
from training.core.trainer import Trainer
from training.data.integrity import requirements_of
from training.rewards.types import Finished
from training.rl.collapse import CollapseGuard
from training.rl.collector import Collector, draw_plans
from training.rl.edit_order import edits_of_step, fitting
from training.rl.groups import in_groups
from training.rl.grpo import Grpo
from training.rl.learner import Learner
from training.rl.losses import AdaptiveKL
from training.rl.ppo import Ppo
from training.rl.rloo import Rloo
from training.rl.rollout import rollout_metrics
from training.rl.vllm_rollouts import VllmWriter, check_mismatch

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from training.config.rl_settings import RlConfig
    from training.data.examples import Edit
    from training.rewards.judge import Judge
    from training.rl.algorithm import Algorithm
    from training.rl.rollout import Rollouts


class RlTrainer(Trainer):
    """Policy optimization of a language model that writes target prompts.

    Papers: PPO https://arxiv.org/abs/1707.06347, GAE https://arxiv.org/abs/1506.02438, V-trace
    https://arxiv.org/abs/1802.01561, RLOO https://arxiv.org/abs/2402.14740, GRPO
    https://arxiv.org/abs/2402.03300, the KL penalty and its controller https://arxiv.org/abs/1909.08593,
    ADM and VCI https://arxiv.org/abs/2403.04997 (our reading of its abstract, see docs/training.md).

    :param settings: everything a run can be told, by `RlConfig`'s names. Of the method:

        - `algorithm`: "ppo", "rloo" or "grpo"
        - `rollouts`: samples of a step, collected `chunk` at a time
        - `batch`: samples of an optimizer step, `micro_batch` at a time: this changes memory and speed only
        - `epochs` over the rollouts; more of them move further from the policy that wrote the rollouts, which
          policy/clipped shows
        - `clip`: how far the ratio may move from 1 within a step
        - `kl`: the price of leaving the reference; with `target` 0 it stays as it is
        - `collapse`: when a run is stopped as broken
        - of PPO: `gamma`, `lam`: γ and λ of GAE and V-trace; `value_clip`: how far the value may move
          within a step; `value_coefficient`: the weight c1 of the value loss; `vci`: what the critic sees
          of a prefix; `adm`: modified rollouts, and how they are answered
        - of RLOO and GRPO: `group`, the samples of each edit

    :param edits: what to write; those that leave no room for `max_new_tokens` are left out.
    :param held_out: what evaluations are about; the first `evaluate_examples` of them.
    :param judge: says what a finished prompt is worth. Its running statistics are part of the run.

    Raises DataError when no edit fits, and what `Policy.load` raises. `run()` does all of it.
    """

    metrics = RL_METRICS

    def __init__(
        self, settings: RlConfig, edits: Sequence[Edit], held_out: Sequence[Edit], judge: Judge
    ) -> None:
        super().__init__(settings, make_accelerator())
        self.settings, self.judge, self.name = settings, judge, settings.algorithm
        set_seed(settings.seed)  # the critic must start alike everywhere
        version = template_version(settings.policy)
        self.policy = Policy.load(settings.policy, self._accelerator.device, reference=True, version=version)
        self.algorithm = self._algorithm()
        set_seed(settings.seed + self._accelerator.process_index)
        self._edits = fitting(edits, self.policy, settings.max_new_tokens)
        self._held_out = list(held_out)[: settings.evaluate_examples]
        groups = [
            (self.policy.trainable().values(), settings.optimizer.lr),
            *self.algorithm.groups,
        ]
        self.stepper = Stepper(groups, settings.optimizer, self._updates(), self._accelerator)
        self.kl = AdaptiveKL(settings.kl.beta, settings.kl.target or None, settings.kl.horizon)
        self.guard = CollapseGuard(settings.collapse)
        self.collector = Collector(self.policy, self.algorithm.head, judge, settings, self._accelerator)
        if settings.vllm:
            accelerator = self._accelerator
            self.collector.vllm = VllmWriter(
                self.policy, settings, rank=accelerator.process_index, processes=accelerator.num_processes
            )
        self.learner = Learner(self.policy, self.algorithm, self.stepper, settings, self._accelerator)
        self._done = 0

    def _algorithm(self) -> Algorithm:
        if self.settings.algorithm == "rloo":
            return Rloo(self.settings, self._accelerator)
        if self.settings.algorithm == "grpo":
            return Grpo(self.settings, self._accelerator)
        return Ppo(self.settings, self._accelerator, self.policy.hidden_size, self.policy.device)

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
        rollouts = self._collected(rng)  # 1 to 6
        began = time.perf_counter()
        targets = self.algorithm.targets(rollouts, self.kl.beta)  # 7 to 10
        numbers = rollout_metrics(rollouts) | self.algorithm.metrics(rollouts, targets)
        if self.settings.vllm:
            check_mismatch(numbers["rollout/mismatch"])
        numbers |= self.learner.learn(rollouts, targets, rng)  # 11
        numbers |= {f"time/{name}": seconds for name, seconds in rollouts.seconds.items()}
        numbers["time/learn"] = time.perf_counter() - began
        numbers = self._averaged(numbers)
        numbers["kl/beta"] = self.kl.beta
        samples = len(rollouts) * self._accelerator.num_processes
        self.kl.update(numbers["kl/reference"], samples)  # 12
        self._done += 1
        return numbers

    def _collected(self, rng: random.Random) -> Rollouts:
        """1. to 6. for this process's part of the step's edits."""
        edits = self._edits_of_step()
        plans = draw_plans(edits, self.settings, rng)  # 1
        mine = slice(self._accelerator.process_index, None, self._accelerator.num_processes)
        missed = self.settings.adm.positives == "missed"
        return self.collector.collect(edits[mine], plans[mine], where_missed=missed)  # 2 to 6

    def _updates(self) -> int:
        """Updates of the whole run, for the learning rate's schedule."""
        return self.settings.steps * self.settings.epochs * (self.settings.rollouts // self.settings.batch)

    def _edits_of_step(self) -> list[Edit]:
        """What the step's rollouts are about: for RLOO and GRPO each edit a group of times in a row."""
        settings = self.settings
        if settings.algorithm == "ppo":
            return edits_of_step(self._edits, self.done, settings.rollouts, settings.seed)
        count = settings.rollouts // settings.group
        return in_groups(edits_of_step(self._edits, self.done, count, settings.seed), settings.group)

    def _averaged(self, numbers: dict[str, float]) -> dict[str, float]:
        """Numbers averaged over processes (each has an equal share of the samples)."""
        if self._accelerator.num_processes == 1:
            return numbers
        names = [name for name in {**RL_METRICS, **numbers} if name in RL_METRICS or name in numbers]
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
        _, numbers = self._looked_at(self._held_out)
        self.keep_best(numbers["eval/reward"])
        return numbers

    def _looked_at(self, edits: Sequence[Edit]) -> tuple[list[str | None], dict[str, float]]:
        """Greedy targets of edits, and the "eval/" numbers about them."""
        targets = write_targets(self.policy, edits, self.settings.max_new_tokens)
        reward = self._mean_reward(edits, targets)
        return targets, {"eval/reward": reward, **text_metrics(edits, targets)}

    def _mean_reward(self, edits: Sequence[Edit], targets: Sequence[str | None]) -> float:
        """The mean of what the targets of edits earn, refused ones among them, and messages that are none."""
        pairs = list(zip(edits, targets, strict=True))
        finished = [
            Finished(target, edit, requirements_of(edit))
            for edit, target in pairs
            if target is not None and edit.kind == "edit"
        ]
        totals = self.judge.combine(self.judge.raw(finished), self.judge.reference(finished))
        wrong = sum(
            target is None if edit.kind == "edit" else painted(edit, target) for edit, target in pairs
        )
        return (sum(totals) + wrong * self.settings.reward.unusable) / len(targets)

    def pack(self) -> Checkpoint:
        """The critic, the KL controller, the judge's statistics, and how long the policy has been broken."""
        head = self.algorithm.head
        tensors = {f"head/{name}": p for name, p in head.state_dict().items()} if head is not None else {}
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
        if self.algorithm.head is not None:
            self.algorithm.head.load_state_dict(saved.part("head"))
        self.kl = AdaptiveKL(**state["kl"])
        self.judge.load_state(state["judge"])
        self._done, self.guard.broken = state["done"], state["broken"]
