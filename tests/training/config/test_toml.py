"""Settings: read, overridden, saved, and every mistake reported at once."""

from pathlib import Path

import pytest

from training.config import toml
from training.config.preference_settings import ReactionsConfig
from training.config.rl_settings import RlConfig
from training.config.settings import EvaluateConfig, SftConfig
from training.errors import ConfigError

CONFIGS = Path(__file__).parents[3] / "training" / "configs"
SFT = 'output = "runs/x"\n[policy]\nmodel = "m"\n[data]\ntrain = "d.jsonl"\n'


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "c.toml"
    path.write_text(text)
    return path


def test_defaults_and_overrides(tmp_path: Path) -> None:
    overrides = [
        "optimizer.lr=1e-3",
        "policy.method=lora",
        "data.tasks=['edit']",
        "max_steps=7",
        "data.train=a b",
    ]
    settings = toml.load(SftConfig, written(tmp_path, SFT), overrides)
    assert settings.optimizer.lr == 1e-3
    assert settings.policy.method == "lora"
    assert settings.data.tasks == ("edit",)
    assert settings.data.train == "a b"
    assert (settings.max_steps, settings.batch) == (7, 64)


def test_all_mistakes_come_together(tmp_path: Path) -> None:
    text = SFT.replace("[data]", 'methd = "full"\n[data]') + "[optimizer]\nlr = -1\nbetas = [0.9, 2]\n"
    with pytest.raises(ConfigError) as caught:
        toml.load(SftConfig, written(tmp_path, text), ["batch=many", "nonsense", "output.x=1", "extra.key=1"])
    problems = "\n".join(caught.value.problems)
    assert len(caught.value.problems) == 7
    for part in (
        "policy.methd: there is no such key", "optimizer.lr = -1", "optimizer.betas.1 = 2", "batch = 'many'",
        "--set 'nonsense': write it as section.key=value", "'output' is a value and has no keys below it",
        "extra: there is no such key",
    ):  # fmt: skip
        assert part in problems


def test_a_key_or_a_section_can_be_taken_out(tmp_path: Path) -> None:
    path = written(tmp_path, SFT + "limit = 5\n[optimizer]\nlr = 1\nwarmup = 0.5\n")
    settings = toml.load(SftConfig, path, ["~data.limit", "~optimizer.warmup"])
    assert (settings.data.limit, settings.optimizer.lr, settings.optimizer.warmup) == (None, 1, 0.03)
    assert toml.load(SftConfig, path, ["~optimizer"]).optimizer.lr == 2e-5
    with pytest.raises(ConfigError) as caught:
        toml.load(SftConfig, path, ["~data.nothing", "~output.x"])
    assert [problem[-24:] for problem in caught.value.problems] == ["the file has no such key"] * 2


def test_missing_keys_and_broken_files_are_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="policy: this key is needed"):
        toml.load(SftConfig, written(tmp_path, 'output = "x"'))
    with pytest.raises(ConfigError, match="cannot be read"):
        toml.load(SftConfig, written(tmp_path, "a = ["))
    with pytest.raises(ConfigError, match="cannot be read"):
        toml.load(SftConfig, tmp_path / "nothing.toml")


@pytest.mark.parametrize(
    ("kind", "override", "said"),
    [
        (RlConfig, "batch=7", "must be a multiple of batch"),
        (RlConfig, "adm.positive=0.9", "together at most 1"),
        (RlConfig, "policy.adapter=x", "trains no adapter"),
        (EvaluateConfig, "baseline=nobody", "none of the methods"),
        (EvaluateConfig, "methods.sft.kind=model", "needs a model"),
    ],
)
def test_settings_that_do_not_go_together(tmp_path: Path, kind: type, override: str, said: str) -> None:
    ppo = SFT + "[reward.weights]\nintegrity = 1\n"
    evaluation = (
        'output = "x"\nbaseline = "sft"\n[data]\ntrain = "d"\n[methods.sft]\nkind = "source"\n[painters.r]\n'
    )
    path = written(tmp_path, ppo if kind is RlConfig else evaluation)
    toml.load(kind, path)
    with pytest.raises(ConfigError, match=said):
        toml.load(kind, path, [override])


@pytest.mark.parametrize(
    ("kind", "name", "change"),
    [
        (RlConfig, "instructpe-ppo", "~reward.scorers"),
        (RlConfig, "instructpe-ppo", "reward.scorers.preference=model/tiny/checkpoints/clip"),
        (EvaluateConfig, "instructpe-evaluate", "~scorers"),
        (EvaluateConfig, "tiny-evaluate", "painters.painted.model=stabilityai/sdxl-turbo"),
        (ReactionsConfig, "server-reactions", "~gate.scorers"),
    ],
)
def test_tinyworlds_scorers_rate_no_other_painters_pictures(kind: type, name: str, change: str) -> None:
    toml.load(kind, CONFIGS / f"{name}.toml")
    with pytest.raises(ConfigError, match="TinyWorld's own know its drawings alone"):
        toml.load(kind, CONFIGS / f"{name}.toml", [change])


def test_scorers_that_rate_nothing_are_not_asked_for(tmp_path: Path) -> None:
    path = written(tmp_path, SFT + "[reward.weights]\nintegrity = 1\n")
    assert toml.load(RlConfig, path, ["reward.painter.model=stabilityai/sdxl-turbo"])


def test_what_is_saved_reads_back_to_the_same(tmp_path: Path) -> None:
    text = SFT + '[reward.weights]\nintegrity = 1\n"my.rewards:Short" = 0.5\n[kl]\nbeta = 0\n'
    settings = toml.load(RlConfig, written(tmp_path, text), ['data.train="ünï \\"quoted\\""'])
    toml.save(settings, tmp_path / "run" / "config.toml")
    assert toml.load(RlConfig, tmp_path / "run" / "config.toml") == settings


@pytest.mark.parametrize(
    ("override", "said"),
    [
        ("stepz=3", 'stepz: there is no such key; did you mean "max_steps"?'),
        ("steps=3", 'steps: there is no such key; did you mean "max_steps"?'),
        ("lr=1", 'lr: there is no such key; did you mean "optimizer.lr"?'),
        ("optimizer.warmpu=1", 'optimizer.warmpu: there is no such key; did you mean "optimizer.warmup"?'),
    ],
)
def test_an_unknown_key_is_answered_with_the_one_that_was_meant(
    tmp_path: Path, override: str, said: str
) -> None:
    path = written(tmp_path, SFT)
    with pytest.raises(ConfigError) as caught:
        toml.load(SftConfig, path, [override])
    assert str(caught.value).splitlines() == [f"{path} cannot be used like this (1 problem):", f"  - {said}"]
