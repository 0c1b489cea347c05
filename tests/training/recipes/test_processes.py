"""`accelerate launch -m training sft`: two processes take the steps of one."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from transformers import PreTrainedTokenizerBase

from training.config import toml
from training.config.settings import SftConfig
from training.core.metrics import read_metrics

ROOT = Path(__file__).parents[3]


@pytest.mark.slow
def test_two_processes_have_the_losses_of_one(
    tmp_path: Path, make_qwen: Callable, tokenizer: PreTrainedTokenizerBase
) -> None:
    base = make_qwen()
    base.config.attention_dropout = 0.0  # each process draws its own
    base.save_pretrained(tmp_path / "base")
    tokenizer.save_pretrained(tmp_path / "base")
    config = tmp_path / "sft.toml"
    settings = {
        # a fresh adapter: its random weights must be alike in both processes
        "policy": {"model": str(tmp_path / "base"), "method": "lora", "lora_rank": 4},
        "data": {"train": "tinyworld:80"}, "optimizer": {"lr": 2e-2, "warmup": 0.1},
        "batch": 6, "micro_batch": 2, "max_steps": 4, "evaluate_every": 2, "evaluate_examples": 4,
        "generate_examples": 2, "max_new_tokens": 8, "select": "loss",
    }  # fmt: skip
    toml.save(SftConfig.model_validate({"output": str(tmp_path / "any"), **settings}), config)
    launch = (
        "-m", "accelerate.commands.launch", "--multi_gpu", "--num_processes", "2", "--num_machines", "1",
        "--mixed_precision", "no", "--dynamo_backend", "no", "--main_process_port", "0",
    )  # fmt: skip
    for name, launcher in (("one", ()), ("two", launch)):
        done = subprocess.run(
            [
                sys.executable, *launcher, "-m", "training", "sft", "--config", str(config),
                "--set", f"output={json.dumps(str(tmp_path / name))}",
            ],
            env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "ACCELERATE_USE_CPU": "true"},
            cwd=tmp_path, capture_output=True, text=True, timeout=600, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]
    one, two = (read_metrics(tmp_path / name) for name in ("one", "two"))
    assert [line["step"] for line in two] == [line["step"] for line in one]
    for alone, together in zip(one, two, strict=True):
        assert together == pytest.approx(alone, abs=2e-4)
    assert (tmp_path / "two" / "best" / "adapter_model.safetensors").is_file()
