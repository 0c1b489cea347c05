"""The whole chain on the embedded models, through the command line: SFT, PPO with pictures, evaluation."""

import json
from pathlib import Path

import pytest

from model.settings import CHECKPOINTS
from training.__main__ import main
from training.core.metrics import read_metrics
from training.evaluation.results import Results
from training.judging.comparisons import read

CONFIGS = Path(__file__).parents[2] / "training" / "configs"


def run(command: str, *overrides: str) -> None:
    arguments = [part for override in overrides for part in ("--set", override)]
    assert main([command, "--config", str(CONFIGS / f"tiny-{command}.toml"), *arguments]) == 0


def test_sft_then_ppo_then_evaluation(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base, data = CHECKPOINTS / "diffchat", ("data.train=tinyworld:60", "data.held_out=0.1")
    run(
        "sft", f"output={tmp_path}/sft", f"policy.model={base}", *data, "max_steps=2", "batch=8",
        "evaluate_every=2", "generate_examples=3",
    )  # fmt: skip
    run(
        "ppo", f"output={tmp_path}/ppo", f"policy.model={tmp_path}/sft/best", *data, "steps=2", "rollouts=8",
        "batch=4", "epochs=1", "evaluate_every=2", "evaluate_examples=3", "reward.painter.model=render",
        f"reward.cache={tmp_path}/scores.sqlite",
    )  # fmt: skip
    run(
        "evaluate", f"output={tmp_path}/evaluation", "examples=3", "pictures_shown=2",
        "data.train=tinyworld:10", "data.evaluation=tinyworld-test:4",
        f"methods.sft.model={tmp_path}/sft/best",
        f"methods.diffchat.model={tmp_path}/ppo/best", "painters.painted.steps=2",
        "painters.another-sampler.steps=2", f"cache={tmp_path}/scores.sqlite",
        f"runs.diffchat={tmp_path}/ppo",
    )  # fmt: skip
    numbers = read_metrics(tmp_path / "ppo")
    assert {"reward/aesthetic", "reward/preference", "reward/integrity", "reward/total"} <= set(numbers[0])
    assert numbers[0]["policy/first_ratio"] < 0.5
    assert "eval/reward" in numbers[-1]
    results = Results.of(json.loads((tmp_path / "evaluation" / "raw.json").read_text()))
    methods = {"source", "joined", "zero-shot", "sft", "diffchat"}
    assert list(results.values) == ["renderer", "painted", "another-sampler"]
    assert set(results.table("renderer")) == methods
    assert set(read([tmp_path / "evaluation"]).methods) == methods, "people can judge what was evaluated"
    assert (tmp_path / "evaluation" / "index.html").exists()
    assert "| diffchat |" in capsys.readouterr().out
