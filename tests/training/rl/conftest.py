"""A small model that was taught a few edits, and settings to go on from it."""

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from transformers import PreTrainedTokenizerFast

from tests.training.rl.making import EDITS
from training.config.rl_settings import RlConfig
from training.config.settings import SftConfig
from training.recipes.sft import SftTrainer


@pytest.fixture(scope="session")
def taught(tmp_path_factory: pytest.TempPathFactory, tokenizer: PreTrainedTokenizerFast) -> Path:
    """A model that writes most of the targets of `EDITS`."""
    from transformers import Qwen3Config, Qwen3ForCausalLM

    folder = tmp_path_factory.mktemp("taught")
    torch.manual_seed(0)
    config = Qwen3Config(
        vocab_size=len(tokenizer), hidden_size=64, intermediate_size=128, num_hidden_layers=2,
        num_attention_heads=2, num_key_value_heads=2, head_dim=32, max_position_embeddings=256,
    )  # fmt: skip
    Qwen3ForCausalLM(config).save_pretrained(folder / "base")
    tokenizer.save_pretrained(folder / "base")
    settings = SftConfig.model_validate({
        "output": str(folder / "sft"), "policy": {"model": str(folder / "base")}, "data": {"train": "unused"},
        "optimizer": {"lr": 5e-3}, "batch": 24, "micro_batch": 24, "epochs": 60, "evaluate_every": 60,
        "save_every": 60,
    })  # fmt: skip
    return SftTrainer(settings, EDITS, []).run()


@pytest.fixture
def configure(tmp_path: Path, taught: Path) -> Callable[..., RlConfig]:
    def make(output: str = "run", **changes: object) -> RlConfig:
        values = {
            "output": str(tmp_path / output), "policy": {"model": str(taught)}, "data": {"train": "unused"},
            "optimizer": {"lr": 1e-3, "warmup": 0, "schedule": "constant"},
            "reward": {"weights": {"integrity": 1.0}, "baseline": False},
            "steps": 3, "rollouts": 8, "chunk": 4, "batch": 4, "micro_batch": 2, "epochs": 2,
            "max_new_tokens": 12, "evaluate_every": 2, "save_every": 1, "keep": 9, "evaluate_examples": 3,
        }  # fmt: skip
        return RlConfig.model_validate(values | changes)

    return make
