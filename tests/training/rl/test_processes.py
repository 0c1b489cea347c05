"""Two processes give the update of one process with the joined batch."""

import json
import os
import random
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file
from transformers import PreTrainedTokenizerFast, Qwen3Config, Qwen3ForCausalLM

from training.config.rl_settings import RlConfig
from training.data.examples import Edit
from training.data.integrity import requirements_of
from training.rewards.judge import IntegrityReward, Judge
from training.rl.adm import positive
from training.rl.collector import draw_plans
from training.rl.rollout import Rollouts
from training.rl.trainer import RlTrainer

ROOT = Path(__file__).parents[3]
TENSORS = ("scores", "mask", "behaviour", "sampled", "features", "old", "reference", "values")
EDITS = [
    Edit(f"a {c} fox", "make it night", f"a {c} fox at night", "") for c in ("red", "blue", "large", "tiny")
]

LAUNCH = (
    "--multi_gpu", "--num_processes", "2", "--num_machines", "1", "--mixed_precision", "no",
    "--dynamo_backend", "no", "--main_process_port", "0",
)  # fmt: skip
"""Accelerate's options for several processes; ACCELERATE_USE_CPU puts them on CPUs all the same."""

LEARN = """
import json, random, sys
from pathlib import Path
from safetensors.torch import load_file, save_file
from training.rl.adm import Kind
from training.data.examples import Edit
from training.rl.trainer import RlTrainer
from training.rewards.judge import IntegrityReward, Judge
from training.rl.rollout import Rollouts
from training.config.rl_settings import RlConfig

folder, result = Path(sys.argv[1]), sys.argv[2]
settings = RlConfig.model_validate_json((folder / "settings.json").read_text())
saved = json.loads((folder / "rollouts.json").read_text())
edits = [Edit(**edit) for edit in saved["edits"]]
trainer = RlTrainer(settings, edits, [], Judge([IntegrityReward()], settings.reward))
rank, world = trainer._accelerator.process_index, trainer._accelerator.num_processes
lists = {name: saved[name][rank::world] for name in ("prompts", "completions", "texts")}
tensors = {name: t[rank::world].clone() for name, t in load_file(folder / "rollouts.safetensors").items()}
kinds = [Kind(kind) for kind in saved["kinds"][rank::world]]
rollouts = Rollouts(edits=edits[rank::world], kinds=kinds, raw={}, end=saved["end"], **lists, **tensors)
targets = trainer.algorithm.targets(rollouts, trainer.kl.beta)
numbers = trainer.learner.learn(rollouts, targets, random.Random(0))
if rank == 0:
    head = trainer.algorithm.head
    head = dict(head.named_parameters()) if head is not None else {}
    own = {**trainer.policy.trainable(), **head}
    weights = {name: weight.detach().contiguous() for name, weight in own.items()}
    save_file(weights, folder / f"{result}.safetensors")
    (folder / f"{result}.json").write_text(json.dumps(numbers | {"world": world}))
"""


def settings_of(folder: Path, changes: dict[str, Any]) -> RlConfig:
    return RlConfig.model_validate({
        "output": str(folder / "run"), "policy": {"model": str(folder / "base")}, "data": {"train": "unused"},
        "optimizer": {"lr": 1e-3, "warmup": 0, "schedule": "constant"},
        "reward": {"weights": {"integrity": 1.0}, "baseline": False},
        "rollouts": 8, "chunk": 8, "batch": 4, "micro_batch": 3, "epochs": 2, "max_new_tokens": 10,
        **changes,
    })  # fmt: skip


def save_rollouts(rollouts: Rollouts, folder: Path) -> None:
    lists = {name: getattr(rollouts, name) for name in ("prompts", "completions", "texts", "kinds", "end")}
    lists["edits"] = [asdict(edit) for edit in rollouts.edits]
    (folder / "rollouts.json").write_text(json.dumps(lists))
    save_file(
        {name: getattr(rollouts, name).contiguous() for name in TENSORS}, folder / "rollouts.safetensors"
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "changes", [{}, {"algorithm": "rloo", "group": 4}, {"algorithm": "grpo", "group": 4}], ids=str
)
def test_two_processes_equal_one_with_the_joined_batch(
    tmp_path: Path, tokenizer: PreTrainedTokenizerFast, changes: dict[str, Any]
) -> None:
    torch.manual_seed(0)
    config = Qwen3Config(
        vocab_size=len(tokenizer), hidden_size=32, intermediate_size=64, num_hidden_layers=2,
        num_attention_heads=2, num_key_value_heads=1, head_dim=16, max_position_embeddings=256,
    )  # fmt: skip
    Qwen3ForCausalLM(config).save_pretrained(tmp_path / "base")
    tokenizer.save_pretrained(tmp_path / "base")
    settings = settings_of(tmp_path, changes)
    (tmp_path / "settings.json").write_text(settings.model_dump_json())
    trainer = RlTrainer(settings, EDITS, [], Judge([IntegrityReward()], settings.reward))
    edits = EDITS * 2

    plans = draw_plans(edits, settings, random.Random(0))
    if settings.algorithm == "ppo":
        plans[0] = positive(requirements_of(edits[0]))
    rollouts = trainer.collector.collect(edits, plans)
    rollouts.scores = torch.linspace(-1, 2, 8)
    save_rollouts(rollouts, tmp_path)
    numbers = trainer.learner.learn(
        rollouts, trainer.algorithm.targets(rollouts, trainer.kl.beta), random.Random(0)
    )
    script = tmp_path / "learn.py"
    script.write_text(LEARN)
    done = subprocess.run(
        [
            sys.executable, "-m", "accelerate.commands.launch", *LAUNCH,
            str(script), str(tmp_path), "two",
        ],
        env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "ACCELERATE_USE_CPU": "true"},
        cwd=tmp_path, capture_output=True, text=True, timeout=1200, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    two = json.loads((tmp_path / "two.json").read_text())
    assert two.pop("world") == 2
    assert two["policy/first_ratio"] < 1e-3
    same = {"policy/loss", "value/loss", "policy/entropy", "policy/kl_old", "policy/grad_norm"}
    for name in same & set(numbers):
        assert two[name] == pytest.approx(numbers[name], abs=1e-5), name
    theirs = load_file(tmp_path / "two.safetensors")
    head = trainer.algorithm.head
    ours = {**trainer.policy.trainable(), **(dict(head.named_parameters()) if head else {})}
    assert theirs.keys() == ours.keys()
    for name, weight in ours.items():
        torch.testing.assert_close(theirs[name], weight.detach(), atol=1e-5, rtol=1e-4)
