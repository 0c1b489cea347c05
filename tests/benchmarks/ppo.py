"""Where the time of a PPO step goes, and what batched rollouts with the cache bring over a plain loop."""

import tempfile
import time
from pathlib import Path

import torch

from model.settings import CHECKPOINTS
from tests.benchmarks.figures import Figure
from training.config import toml
from training.config.rl_settings import RlConfig
from training.core.encoding import encode_prompt
from training.data import examples, sources
from training.rewards.cache import ScoreCache
from training.rewards.judge import load_judge
from training.rl.trainer import RlTrainer

CONFIG = Path(__file__).parents[2] / "training" / "configs" / "tiny-ppo.toml"
ROLLOUTS, ALONE = 32, 4


async def run() -> list[Figure]:
    """one step of tiny-ppo.toml by parts; samples a second against one prompt at a time without a cache"""
    with tempfile.TemporaryDirectory() as folder, ScoreCache() as cache:
        overrides = [
            f"output={folder}", f"rollouts={ROLLOUTS}", "data.train=tinyworld:100", "reward.cache=",
            f"policy.model={CHECKPOINTS / 'diffchat'}",  # of the size of what SFT makes of it
        ]  # fmt: skip
        settings = toml.load(RlConfig, CONFIG, overrides)
        edits, _ = sources.load_edits(settings.data)
        trainer = RlTrainer(settings, edits, [], load_judge(settings.reward, cache))
        trainer.step()
        numbers = trainer.step()
        alone = _plain_loop(trainer, edits[:ALONE])
    parts = {name: seconds for name, seconds in numbers.items() if name.startswith("time/")}
    whole = sum(parts.values())
    batched = ROLLOUTS / parts["time/generate"]
    return [
        *(Figure(name, seconds, "s", "the step", seconds / whole) for name, seconds in parts.items()),
        Figure(
            f"sampling, {ROLLOUTS} at once with cache", batched, "samples/s",
            "one at a time", batched / alone,
        ),
    ]  # fmt: skip


@torch.no_grad()
def _plain_loop(trainer: RlTrainer, edits: list[examples.Edit]) -> float:
    """Samples a second when each prompt is continued alone and every token reads all before it."""
    tokenizer, settings = trainer.policy.tokenizer, trainer.settings
    began = time.perf_counter()
    for edit in edits:
        ids = encode_prompt(tokenizer, edit.source_prompt, edit.instruction)
        for _ in range(settings.max_new_tokens):
            logits = trainer.policy.model(torch.tensor([ids]), use_cache=False).logits[0, -1]
            ids.append(int(torch.multinomial(torch.softmax(logits, -1), 1)))
            if ids[-1] == tokenizer.eos_token_id:
                break
    return len(edits) / (time.perf_counter() - began)
