"""What a step foresees of a picture is the picture itself where the network knows it."""

import inspect
from types import SimpleNamespace
from typing import Any

import diffusers
import pytest
import torch

from model.pictures.foresight import Foresight

PICTURE, NOISE = (torch.randn(1, 4, 8, 8, generator=torch.Generator().manual_seed(n)) for n in (0, 1))
FLOW: dict[str, Any] = {"prediction_type": "flow_prediction", "use_flow_sigmas": True}


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("EulerDiscrete", {}),
        ("DPMSolverMultistep", {}),
        ("DPMSolverMultistep", FLOW),
        ("UniPCMultistep", {}),
        ("DDIM", {"clip_sample": False}),
        ("PNDM", {"skip_prk_steps": True}),
        ("FlowMatchEulerDiscrete", {}),
    ],
)
def test_every_step_shows_the_picture_of_a_network_that_knows_it(name: str, settings: dict[str, Any]) -> None:
    scheduler = getattr(diffusers, f"{name}Scheduler")(**settings)
    scheduler.set_timesteps(6)
    flows = name.startswith("Flow") or settings is FLOW
    with Foresight(SimpleNamespace(scheduler=scheduler)) as foresight:
        assert foresight.of(NOISE) is NOISE
        latents = NOISE * scheduler.init_noise_sigma if not flows else NOISE
        for time in scheduler.timesteps:
            clean, noise = _shares(scheduler, time, flows)
            latents = clean * PICTURE + noise * NOISE
            scheduler.step(NOISE - PICTURE if flows else NOISE, time, latents, return_dict=False)
            assert torch.allclose(foresight.of(latents), PICTURE, atol=1e-3)
    assert "step" not in vars(scheduler)


def _shares(scheduler: Any, time: torch.Tensor, flows: bool) -> tuple[float, float]:
    """How much of picture and noise the latents hold at a time, by the scheduler's own account."""
    if flows:
        at = int((scheduler.timesteps == time).nonzero()[0, 0])
        sigma = float(scheduler.sigmas[at])
        return 1 - sigma, sigma
    if type(scheduler).__name__.startswith("Euler"):
        at = int((scheduler.timesteps == time).nonzero()[0, 0])
        return 1.0, float(scheduler.sigmas[at])
    share = float(scheduler.alphas_cumprod[int(time)])
    return share**0.5, (1 - share) ** 0.5


def test_pipelines_still_see_what_a_step_takes() -> None:
    scheduler = diffusers.EulerAncestralDiscreteScheduler()
    with Foresight(SimpleNamespace(scheduler=scheduler)):
        assert "generator" in inspect.signature(scheduler.step).parameters


def test_a_scheduler_that_tells_nothing_leaves_the_latents() -> None:
    scheduler = diffusers.DEISMultistepScheduler()
    scheduler.set_timesteps(4)
    with Foresight(SimpleNamespace(scheduler=scheduler)) as foresight:
        scheduler.step(NOISE, scheduler.timesteps[0], NOISE, return_dict=False)
        assert foresight.of(NOISE) is NOISE
