"""Requests of several people in one batch: the same pictures as alone, and whoever gives up leaves it."""

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from diffusers import (
    DDIMScheduler,
    DPMSolverMultistepScheduler,
    EulerAncestralDiscreteScheduler,
    PNDMScheduler,
    UniPCMultistepScheduler,
)

from model.engine import PaintProgress, PaintRequest, PaintResult, Picture
from model.errors import BadRequest
from model.pictures.painter import Painter
from tests.model.pictures.test_painter import FAMILIES, difference, load

FOX = PaintRequest("a fox in the snow", (7,), width=64, height=64, steps=4, guidance=3.0)
HOUSE = dataclasses.replace(FOX, prompt="a red house, at night, by a lake with two boats", seeds=(1, 2))
BOAT = dataclasses.replace(FOX, prompt="a boat", seeds=(3,))
LONG = dataclasses.replace(FOX, prompt="a fox in the snow under a pale winter sun, " * 6, seeds=(4,))


class Stop(Exception):
    """Raised at a step, as a person's Cancel is."""


@pytest.fixture(scope="module")
def painters(pipelines: dict[str, Path]) -> dict[str, Painter]:
    return {kind: load(folder, batch=8) for kind, folder in pipelines.items()}


@pytest.fixture
def sizes(painters: dict[str, Painter], monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many pictures the U-Net of the Stable Diffusion has at each step; guidance doubles them."""
    unet = painters["sd"]._pipe.unet
    forward: Callable[..., Any] = unet.forward
    seen: list[int] = []

    def counted(sample: torch.Tensor, *args: Any, **kwargs: Any) -> Any:
        seen.append(len(sample) // 2)
        return forward(sample, *args, **kwargs)

    monkeypatch.setattr(unet, "forward", counted)
    return seen


def stop_at(step: int) -> Callable[[PaintProgress], None]:
    def told(progress: PaintProgress) -> None:
        if progress.step == step:
            raise Stop

    return told


def pictures(outcome: PaintResult | Exception) -> tuple[Picture, ...]:
    assert isinstance(outcome, PaintResult), outcome
    return outcome.pictures


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("over", [False, True])
def test_everybody_has_the_picture_they_would_have_alone(
    painters: dict[str, Painter], family: str, over: bool
) -> None:
    painter, asked = painters[family], [FOX, HOUSE, LONG, BOAT]
    if over:
        starts = [painter.paint(dataclasses.replace(BOAT, seeds=(seed,))).pictures[0].png for seed in (8, 9)]
        asked = [
            dataclasses.replace(one, way="keep", init_image=start, keep=0.4)
            for one, start in zip((FOX, BOAT), starts, strict=True)
        ]
    if family in ("sd3", "flux"):
        asked = [one for one in asked if one is not LONG]  # T5 reads less than this prompt has
    outcomes = dict(painter.paint_together([(one, None) for one in asked]))
    for at, request in enumerate(asked):
        together, alone = pictures(outcomes[at]), painter.paint(request).pictures
        assert [picture.seed for picture in together] == list(request.seeds)
        assert max(map(difference, together, alone)) <= 1


def test_what_can_be_in_one_batch_is(painters: dict[str, Painter], sizes: list[int]) -> None:
    other_size = dataclasses.replace(FOX, width=72)
    asked = [(one, None) for one in (FOX, LONG, other_size, HOUSE, BOAT)]
    order = [at for at, _ in painters["sd"].paint_together(asked)]
    # the long prompt is a longer sequence: it is asked together with the others and painted by itself
    assert order == [0, 3, 4, 1, 2]
    assert sizes == [4] * 4 + [1] * 8


@pytest.mark.parametrize("family", FAMILIES)
def test_whoever_gives_up_leaves_and_changes_nobody_elses_picture(
    painters: dict[str, Painter], family: str
) -> None:
    painter = painters[family]
    seen: list[PaintProgress] = []
    asked = [(HOUSE, stop_at(2)), (FOX, seen.append), (BOAT, stop_at(4))]
    outcomes = dict(painter.paint_together(asked))
    assert isinstance(outcomes[0], Stop)
    assert isinstance(outcomes[2], Stop)
    assert difference(pictures(outcomes[1])[0], painter.paint(FOX).pictures[0]) <= 1
    assert [(progress.step, progress.of) for progress in seen] == [(step, 4) for step in range(1, 5)]


@pytest.mark.parametrize(
    "scheduler",
    [
        DDIMScheduler,
        DPMSolverMultistepScheduler,
        EulerAncestralDiscreteScheduler,
        PNDMScheduler,
        UniPCMultistepScheduler,
    ],
)
def test_the_batch_is_smaller_from_the_next_step_on_with_every_solver(
    painters: dict[str, Painter], sizes: list[int], monkeypatch: pytest.MonkeyPatch, scheduler: Any
) -> None:
    painter = painters["sd"]
    monkeypatch.setattr(painter._pipe, "scheduler", scheduler.from_config(painter._pipe.scheduler.config))
    request = dataclasses.replace(FOX, steps=6)
    asked = [(dataclasses.replace(one, steps=6), stop_at(3)) for one in (HOUSE, BOAT)]
    outcomes = dict(painter.paint_together([asked[0], (request, None), asked[1]]))
    assert sizes[:3] == [4] * 3
    assert set(sizes[3:]) == {1}
    assert difference(pictures(outcomes[1])[0], painter.paint(request).pictures[0]) <= 1


def test_a_batch_ends_when_everybody_has_gone(painters: dict[str, Painter], sizes: list[int]) -> None:
    outcomes = dict(painters["sd"].paint_together([(FOX, stop_at(1)), (HOUSE, stop_at(2))]))
    assert all(isinstance(outcome, Stop) for outcome in outcomes.values())
    assert sizes == [3, 2]


def test_no_request_fails_for_another(painters: dict[str, Painter]) -> None:
    asked = [(dataclasses.replace(FOX, seeds=()), None), (FOX, None)]
    outcomes = dict(painters["sd"].paint_together(asked))
    assert isinstance(outcomes[0], BadRequest)
    assert len(pictures(outcomes[1])) == 1


def test_each_sees_its_own_preview(pipelines: dict[str, Path]) -> None:
    painter = load(pipelines["sd"], batch=8, previews=True)
    seen: list[list[PaintProgress]] = [[], [], []]
    list(painter.paint_together([(FOX, seen[0].append), (HOUSE, seen[1].append)]))
    painter.paint(HOUSE, seen[2].append)
    shown = [[progress.preview for progress in told] for told in seen]
    assert [preview is not None for preview in shown[0]] == [True, True, True, False]
    assert shown[0][0] != shown[1][0]
    assert [preview is not None for preview in shown[1]] == [preview is not None for preview in shown[2]]
