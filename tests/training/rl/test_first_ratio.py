"""Before the first update the policy must agree with what was noted of it: mistakes that break this."""

import random
from collections.abc import Callable, Sequence

import pytest
import torch

from tests.training.rl.making import collected, trainer_of
from training.core.encoding import Batch
from training.errors import Diverged
from training.rl.rollout import Rollouts
from training.rl.trainer import RlTrainer


def test_a_ratio_that_is_not_one_at_first_is_an_error(configure: Callable) -> None:
    trainer = trainer_of(configure())
    rollouts = collected(trainer)
    rollouts.old -= 0.1
    with pytest.raises(Diverged, match="Before any update"):
        trainer.learner.learn(
            rollouts, trainer.algorithm.targets(rollouts, trainer.kl.beta), random.Random(0)
        )


def dropout(trainer: RlTrainer, rollouts: Rollouts) -> None:
    for module in trainer.policy.model.modules():
        if hasattr(module, "attention_dropout"):
            module.attention_dropout = 0.1
    trainer.policy.model.train()


def temperature(trainer: RlTrainer, rollouts: Rollouts) -> None:
    trainer.learner.settings = trainer.settings.model_copy(update={"temperature": 1.05})


def shifted(trainer: RlTrainer, rollouts: Rollouts) -> None:
    rollouts.old = rollouts.old.roll(1, dims=1)


def unmasked(trainer: RlTrainer, rollouts: Rollouts) -> None:
    batch = rollouts.batch

    def whole(rows: Sequence[int], pad: int) -> Batch:
        made = batch(rows, pad)
        return Batch(made.ids, torch.ones_like(made.mask), made.completion_mask)

    rollouts.batch = whole  # type: ignore[method-assign]  # the mistake


@pytest.mark.parametrize("precision", ["no", "bf16"])
def test_the_first_ratio_finds_mistakes_in_either_precision(configure: Callable, precision: str) -> None:
    settings = configure(mixed_precision=precision, micro_batch=8, chunk=8, temperature=1.0)
    for mistake in (dropout, temperature, shifted, unmasked):
        trainer = trainer_of(settings)
        torch.manual_seed(3)
        rollouts = collected(trainer)
        assert trainer.learner.check_ratio(rollouts) < 1e-3
        mistake(trainer, rollouts)
        with pytest.raises(Diverged, match="Before any update"):
            trainer.learner.check_ratio(rollouts)
