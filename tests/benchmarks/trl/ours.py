"""The project's trainers in the comparison: `python -m tests.benchmarks.trl.ours ppo|sft no|bf16`."""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.trl import task
from tests.benchmarks.trl.turns import Other
from training.config.rl_settings import RlConfig
from training.config.settings import SftConfig
from training.recipes.sft import SftTrainer
from training.rewards.judge import Judge
from training.rewards.types import Finished
from training.rl.trainer import RlTrainer


class LongWords:
    """`task.worth` as a reward."""

    name = "long_words"

    def __call__(self, finished: Sequence[Finished]) -> list[float]:
        return [task.worth(item.prompt) for item in finished]


def ppo(folder: Path, precision: str, other: Other) -> None:
    settings = RlConfig.model_validate(task.ppo_settings(folder, precision))
    trainer = RlTrainer(settings, task.edits(), [], Judge([LongWords()], settings.reward))
    while other.wait():
        numbers = trainer.step()
        times = {name: seconds for name, seconds in numbers.items() if name.startswith("time/")}
        other.answer(
            reward=numbers["reward/long_words"],
            tokens=numbers["rollout/tokens"],
            kl=numbers["kl/reference"],
            **times,
        )


def sft(folder: Path, precision: str, other: Other) -> None:
    trainer = SftTrainer(SftConfig.model_validate(task.sft_settings(folder, precision)), task.edits(), [])
    whole = {
        number: sum(map(len, pair)) for number, pair in enumerate(trainer._pairs)
    }  # prompts and targets, as TRL counts
    while other.wait():
        tokens = sum(whole[row] for row in trainer._rows(trainer.done))
        numbers = trainer.advance()
        other.answer(loss=numbers["sft/loss"], tokens=tokens)


if __name__ == "__main__":
    side = Other()
    with tempfile.TemporaryDirectory() as made:
        {"ppo": ppo, "sft": sft}[sys.argv[1]](Path(made), sys.argv[2], side)
