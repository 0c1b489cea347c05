"""The scheduler of the settings: it is used, and a name that does not fit is refused with those that do."""

import contextlib
import dataclasses
from pathlib import Path
from typing import Any

import pytest

from model.engine import PaintProgress, PaintRequest
from model.errors import ConfigError, Unsupported
from model.pictures.painter import Painter
from model.pictures.png_metadata import read_parameters
from model.pictures.schedulers import check_scheduler, painting_with
from model.settings import CHECKPOINTS, ImageSettings

REQUEST = PaintRequest("a red house", (1,), width=64, height=64, steps=3, guidance=3.0)


def painter(folder: Path, scheduler: str) -> Painter:
    settings: dict[str, Any] = {"steps": 3, "guidance": 3.0, "width": 64, "height": 64, "device": "cpu"}
    return Painter.load(ImageSettings(model=str(folder), scheduler=scheduler, **settings))


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("EulerDiscreteScheduler", "EulerDiscrete"),
        ("DPMSolverMultistep", "DPMSolverMultistep"),
        ("LCMScheduler", "LCM"),
    ],
)
def test_it_paints_with_the_scheduler_of_the_settings(
    pipelines: dict[str, Path], name: str, written: str
) -> None:
    own = painter(pipelines["sd"], "").paint(REQUEST).pictures[0]
    other = painter(pipelines["sd"], name).paint(REQUEST).pictures[0]
    assert own.png != other.png
    parameters = read_parameters(other.png)
    assert parameters is not None
    assert parameters.sampler == written


def test_it_paints_over_pictures_with_it_too(pipelines: dict[str, Path]) -> None:
    euler = painter(pipelines["sd"], "EulerDiscrete")
    start = euler.paint(REQUEST).pictures[0].png
    over = euler.paint(dataclasses.replace(REQUEST, way="keep", init_image=start, keep=0.3)).pictures[0]
    parameters = read_parameters(over.png)
    assert parameters is not None
    assert parameters.sampler == "EulerDiscrete"


def test_one_of_a_request_leaves_no_trace_for_the_next(pipelines: dict[str, Path]) -> None:
    euler = painter(pipelines["sd"], "EulerDiscrete")
    pipe = euler._pipe
    before, own = euler.paint(REQUEST).pictures[0].png, pipe.scheduler
    config = dict(own.config)
    named = euler.paint(dataclasses.replace(REQUEST, scheduler="DDIM")).pictures[0].png
    written = read_parameters(named)
    assert written is not None
    assert (written.sampler, named != before) == ("DDIM", True)
    assert pipe.scheduler is own
    assert dict(own.config) == config
    assert euler.paint(REQUEST).pictures[0].png == before


def test_one_of_a_request_that_ends_early_leaves_no_trace_either(pipelines: dict[str, Path]) -> None:
    euler = painter(pipelines["sd"], "EulerDiscrete")
    before, own = euler.paint(REQUEST).pictures[0].png, euler._pipe.scheduler

    def stop(progress: PaintProgress) -> None:
        raise KeyError("nobody wants it any more")

    with pytest.raises(KeyError):
        euler.paint(dataclasses.replace(REQUEST, scheduler="DDIM"), stop)
    with pytest.raises(Unsupported, match="FlowMatchEulerDiscrete does not fit"):
        euler.paint(dataclasses.replace(REQUEST, scheduler="FlowMatchEulerDiscrete"))
    with contextlib.suppress(RuntimeError), painting_with(euler._pipe, "LCM"):
        assert type(euler._pipe.scheduler).__name__ == "LCMScheduler"
        raise RuntimeError
    assert euler._pipe.scheduler is own
    assert euler.paint(REQUEST).pictures[0].png == before


@pytest.mark.parametrize(
    ("family", "name", "fitting"),
    [
        ("sd", "FlowMatchEulerDiscrete", "EulerDiscreteScheduler"),
        ("sd", "Euler a", "EulerAncestralDiscreteScheduler"),
        ("flux", "DDIM", "FlowMatchEulerDiscreteScheduler"),
    ],
)
def test_a_name_that_does_not_fit_is_refused_with_those_that_do(
    pipelines: dict[str, Path], family: str, name: str, fitting: str
) -> None:
    with pytest.raises(ConfigError, match=rf'scheduler = "{name}" does not fit .*{fitting}'):
        painter(pipelines[family], name)


def test_each_that_is_offered_paints_in_one_step(pipelines: dict[str, Path]) -> None:
    sd = painter(pipelines["sd"], "")
    assert {"EulerAncestralDiscrete", "PNDM", "LCM"} <= set(sd.capabilities.schedulers)
    for name in sd.capabilities.schedulers:
        assert sd.paint(dataclasses.replace(REQUEST, scheduler=name, steps=1)).pictures


def test_a_model_that_predicts_the_flow_is_offered_those_that_know_it() -> None:
    """TinyWorld's; most of Stable Diffusion's schedulers would end in an error at the first step."""
    tiny = painter(CHECKPOINTS / "sd", "")
    offered = tiny.capabilities.schedulers
    assert "UniPCMultistep" in offered
    assert "EulerDiscrete" not in offered
    for name in offered:
        assert tiny.paint(dataclasses.replace(REQUEST, scheduler=name, steps=2)).pictures
    with pytest.raises(Unsupported, match="EulerDiscrete does not fit"):
        tiny.paint(dataclasses.replace(REQUEST, scheduler="EulerDiscrete"))
    with pytest.raises(ConfigError, match="UniPCMultistepScheduler"):
        painter(CHECKPOINTS / "sd", "EulerDiscrete")


def test_one_whose_package_is_missing_is_not_offered_and_says_which(
    pipelines: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    import diffusers
    from diffusers.utils import DummyObject

    missing = DummyObject("DPMSolverSDEScheduler", (), {"_backends": ["torch", "torchsde"]})
    monkeypatch.setattr(diffusers, "DPMSolverSDEScheduler", missing)
    assert "DPMSolverSDE" not in painter(pipelines["sd"], "").capabilities.schedulers
    with pytest.raises(ConfigError, match="torchsde"):
        painter(pipelines["sd"], "DPMSolverSDE")
    with pytest.raises(ConfigError, match="torchsde"):
        check_scheduler("DPMSolverSDE", "", {})


def test_times_of_another_kind_are_not_offered(pipelines: dict[str, Path]) -> None:
    assert "EDMEuler" not in painter(pipelines["sd"], "").capabilities.schedulers
