"""Settings of reinforcement learning: what a choice has no use for is refused, and not saved."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from training.config import toml
from training.config.rl_settings import RlConfig

CONFIGS = Path(__file__).parents[3] / "training" / "configs"
NEEDED = {
    "output": "x", "policy": {"model": "m"}, "data": {"train": "d"}, "reward": {"weights": {"integrity": 1}},
}  # fmt: skip


@pytest.mark.parametrize("algorithm", ["rloo", "grpo"])
@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"vci": "zeros"}, "has no critic"),
        ({"value_lr": 1e-3}, "has no critic"),
        ({"lam": 0.9}, "has no critic"),
        ({"adm": {"positive": 0.1}}, "learns from plain samples"),
        ({"rollouts": 64, "group": 5}, "multiple of group"),
    ],
)
def test_what_group_methods_have_no_use_for(algorithm: str, said: dict[str, Any], reason: str) -> None:
    RlConfig.model_validate({**NEEDED, "algorithm": algorithm})
    with pytest.raises(ValidationError, match=reason):
        RlConfig.model_validate({**NEEDED, "algorithm": algorithm, **said})


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"group": 4}, "compares no groups"),
        ({"group_std": False}, "compares no groups"),
        ({"algorithm": "rloo", "group_std": True}, "does not divide"),
        ({"adm": {"correction": "weights", "trace_cap": 2}}, "has no traces"),
        ({"adm": {"correction": "none", "importance_cap": 2}}, "has no weights"),
        ({"adm": {"positive_coefficient": 1}}, "adds no loss"),
        ({"adm": {"positive_loss": "nll", "positive_beta": 1}}, "has no β"),
        ({"adm": {"positive_loss": "nll", "positives": "anywhere"}}, 'needs positives = "missed"'),
        ({"vci": True}, "vci"),
        ({"conversation": {"discount": 0.5}}, "are no conversations"),
        ({"adm": {"positive": 0, "positive_loss": "nll"}}, "draws no positives"),
        ({"policy": {"model": "m", "lora_rank": 4}}, "lora_rank: .*trains no adapter"),
        ({"reward": {"weights": {"fit": 1}, "text_model": "x"}}, 'text_model: .*no "text"'),
        ({"data": {"train": "tinyworld-chats:9", "rows": 5}}, "rows: .*conversations, which have none"),
        ({"data": {"train": "tinyworld-chats:9", "tasks": ["edit"]}}, "tasks: .*conversations"),
        ({"data": {"train": "tinyworld-chats:9", "evaluation": "e"}}, "evaluation: .*conversations"),
    ],
)
def test_what_else_does_nothing_is_refused_too(said: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        RlConfig.model_validate(NEEDED | said)


@pytest.mark.parametrize(
    "said",
    [
        {"data": {"train": "tinyworld-chats:9"}, "conversation": {"discount": 0.5}},
        {"policy": {"model": "m", "method": "lora", "lora_rank": 4}},
        {"reward": {"weights": {"text": 1}, "text_model": "x"}},
        {}, {"algorithm": "rloo", "group": 8}, {"algorithm": "grpo", "group_std": False}, {"vci": False},
        {"adm": {"correction": "none"}}, {"adm": {"positive_loss": "dpo"}}, {"kl": {"target": 0}},
    ],
)  # fmt: skip
def test_saved_settings_read_back_to_the_same(tmp_path: Path, said: dict[str, Any]) -> None:
    settings = RlConfig.model_validate(NEEDED | said)
    toml.save(settings, tmp_path / "config.toml")
    assert toml.load(RlConfig, tmp_path / "config.toml").model_dump() == settings.model_dump()
    assert ("adm" in settings.model_dump()) == (settings.algorithm == "ppo")


def test_a_ppo_config_becomes_one_of_a_group_method_by_overrides() -> None:
    critic = ("vci", "value_lr", "value_clip", "value_coefficient", "gamma", "lam", "adm")
    overrides = ["algorithm=rloo", *(f"~{name}" for name in critic)]
    changed = toml.load(RlConfig, CONFIGS / "tiny-ppo.toml", overrides)
    rloo = toml.load(RlConfig, CONFIGS / "tiny-rloo.toml", [f"output={changed.output}"])
    assert changed == rloo
