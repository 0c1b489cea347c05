"""What the tests of reinforcement learning share: edits, trainers, and rollouts of them."""

from collections.abc import Sequence

import torch

from training.config.rl_settings import RlConfig
from training.data.examples import Edit
from training.rewards.judge import IntegrityReward, Judge
from training.rewards.types import Reward
from training.rl.adm import Modification
from training.rl.rollout import Rollouts
from training.rl.trainer import RlTrainer

EDITS = [
    Edit(f"a {colour} {noun}", wish, f"a {colour} {noun} at {wish.rpartition(' ')[2]}", "")
    for colour in ("red", "blue", "large")
    for noun in ("fox", "house", "robot", "lantern")
    for wish in ("make it night", "make it sunset")
]


def trainer_of(settings: RlConfig, rewards: Sequence[Reward] = (IntegrityReward(),)) -> RlTrainer:
    weights = {reward.name: 1.0 for reward in rewards}
    judge = Judge(list(rewards), settings.reward.model_copy(update={"weights": weights}))
    return RlTrainer(settings, EDITS, EDITS[:3], judge)


def collected(trainer: RlTrainer, plans: Sequence[Modification] | None = None) -> Rollouts:
    count = trainer.settings.rollouts
    return trainer.collector.collect(EDITS[:count], plans or [Modification()] * count)


def weights_of(trainer: RlTrainer) -> torch.Tensor:
    head = trainer.algorithm.head
    parts = [*trainer.policy.trainable().values(), *(head.parameters() if head else ())]
    return torch.cat([p.detach().flatten() for p in parts])
