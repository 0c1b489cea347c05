"""Trackers by name: what is installed gets the numbers, what is not is refused with the command for it."""

import inspect
from pathlib import Path

import pytest
from accelerate.tracking import LOGGER_TYPE_TO_CLASS, get_available_trackers
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from training.config import toml
from training.config.settings import SftConfig, TrackingSettings
from training.core import trackers
from training.core.metrics import SFT_METRICS, MetricsLog, read_metrics
from training.core.optimization import make_accelerator
from training.core.trainer import _deciding
from training.errors import ConfigError

NAMES = ("tensorboard", "wandb", "mlflow", "trackio")
CONFIG = {"seed": 0, "policy": {"model": "m", "lora_targets": ["q", "v"]}, "max_steps": None}


def tracking(*names: str) -> TrackingSettings:
    return TrackingSettings.model_validate({"with": names})


@pytest.fixture
def offline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WANDB_MODE", "offline")
    monkeypatch.setenv("MLFLOW_TRACKING_URI", f"sqlite:///{tmp_path / 'mlflow.db'}")
    monkeypatch.setenv("TRACKIO_DIR", str(tmp_path / "trackio"))
    monkeypatch.chdir(tmp_path)
    make_accelerator()  # trackio's tracker logs through accelerate, as in a run


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize("name", NAMES)
def test_each_tracker_that_is_installed_takes_a_run(name: str, tmp_path: Path) -> None:
    if name not in {str(each) for each in get_available_trackers()}:
        pytest.skip(f"{name} is not installed")
    made = trackers.started(tracking(name), tmp_path, config=CONFIG)
    with MetricsLog(tmp_path, SFT_METRICS, made) as log:
        log.write(1, {"sft/loss": 1.5})
        log.write(2, {"sft/loss": 1.0})
    assert [line["sft/loss"] for line in read_metrics(tmp_path)] == [1.5, 1.0]
    if name == "tensorboard":
        events = EventAccumulator(str(tmp_path / "tensorboard")).Reload()
        assert [(each.step, each.value) for each in events.Scalars("sft/loss")] == [(1, 1.5), (2, 1.0)]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("done", [0, 5])
def test_what_each_is_made_with_is_what_accelerate_takes(name: str, done: int, tmp_path: Path) -> None:
    arguments = trackers._arguments(name, "diffchat", tmp_path, done)
    inspect.signature(LOGGER_TYPE_TO_CLASS[name]).bind(**arguments)


def test_what_is_not_installed_is_refused_with_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trackers, "get_available_trackers", lambda: ["tensorboard"])
    trackers.require(tracking("tensorboard"))
    trackers.require(tracking())
    with pytest.raises(ConfigError, match=r"tracking\.with: wandb: .*uv pip install .* wandb mlflow"):
        trackers.require(tracking("tensorboard", "wandb", "mlflow"))


def test_the_names_are_read_from_toml_and_written_to_it(tmp_path: Path) -> None:
    path = tmp_path / "sft.toml"
    path.write_text(
        'output = "o"\n[policy]\nmodel = "m"\n[data]\ntrain = "t"\n[tracking]\nwith = ["trackio"]\n'
    )
    settings = toml.load(SftConfig, path)
    assert settings.tracking == tracking("trackio")
    toml.save(settings, path)
    assert 'with = ["trackio"]' in path.read_text()
    assert toml.load(SftConfig, path) == settings
    with pytest.raises(ConfigError, match=r"tracking\.with"):
        toml.load(SftConfig, path, ['tracking.with=["tensorbored"]'])


def test_a_run_may_go_on_with_other_trackers() -> None:
    made = {"output": "o", "policy": {"model": "m"}, "data": {"train": "t"}}
    one, other = (
        SftConfig.model_validate(made | {"tracking": {"with": names}}).model_dump(mode="json")
        for names in (["tensorboard"], ["wandb"])
    )
    assert one != other
    assert _deciding(one) == _deciding(other)
