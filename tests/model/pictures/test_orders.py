"""Requests of several people in one batch: pictures as alone, each with its own progress and fate."""

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

from model.engine import PaintProgress, PaintRequest, PaintResult
from model.errors import BadImage, BadRequest
from model.pictures import denoising
from model.pictures import painter as module
from model.pictures.painter import Painter
from tests.model.pictures.test_painter import FAMILIES, REQUEST, difference, load

FOX = dataclasses.replace(REQUEST, prompt="a fox in the snow", seeds=(7,))
HOUSE = dataclasses.replace(REQUEST, seeds=(1, 2))
LONG = dataclasses.replace(REQUEST, prompt="a fox in the snow under a pale winter sun, " * 6, seeds=(3,))


@pytest.fixture(scope="module")
def painters(pipelines: dict[str, Path]) -> dict[str, Painter]:
    return {family: load(pipelines[family], batch=8, previews=family == "sd") for family in FAMILIES}


@pytest.fixture
def batches(monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    """The seeds of every batch that is painted."""
    seen: list[list[int]] = []
    plain = denoising.paint_batch

    def paint_batch(pipe: Any, call: Any, arguments: Any, seeds: Any, *more: Any) -> Any:
        seen.append(list(seeds))
        return plain(pipe, call, arguments, seeds, *more)

    monkeypatch.setattr(module, "paint_batch", paint_batch)
    return seen


def done(outcomes: list[PaintResult | Exception]) -> list[PaintResult]:
    assert all(isinstance(outcome, PaintResult) for outcome in outcomes), outcomes
    return [outcome for outcome in outcomes if isinstance(outcome, PaintResult)]


@pytest.mark.parametrize("family", FAMILIES)
def test_pictures_are_those_that_each_person_gets_alone(
    painters: dict[str, Painter], batches: list[list[int]], family: str
) -> None:
    painter = painters[family]
    together = done(painter.paint_together([HOUSE, FOX], [None, None]))
    assert batches == [[1, 2, 7]]
    for request, result in zip((HOUSE, FOX), together, strict=True):
        alone = painter.paint(request)
        assert [picture.seed for picture in result.pictures] == list(request.seeds)
        for one, other in zip(result.pictures, alone.pictures, strict=True):
            assert difference(one, other) <= 1


def test_pictures_to_start_from_go_together_as_well(
    painters: dict[str, Painter], batches: list[list[int]]
) -> None:
    painter = painters["sd"]
    starts = [painter.paint(dataclasses.replace(FOX, seeds=(seed,))).pictures[0] for seed in (8, 9)]
    batches.clear()
    kept = [
        dataclasses.replace(FOX, seeds=(seed,), way="keep", keep=0.5, init_image=start.png)
        for seed, start in enumerate(starts)
    ]
    together = done(painter.paint_together(kept, [None, None]))
    assert batches == [[0, 1]]
    for request, result in zip(kept, together, strict=True):
        assert difference(result.pictures[0], painter.paint(request).pictures[0]) <= 1


def test_each_is_answered_when_its_own_pictures_are_done(
    painters: dict[str, Painter], batches: list[list[int]]
) -> None:
    other = dataclasses.replace(FOX, steps=2, seeds=(4,))  # does not fit the others
    asked = [FOX, other, dataclasses.replace(FOX, seeds=()), dataclasses.replace(other, seeds=(5,))]
    painted: list[tuple[int, int]] = []
    for place, outcome in painters["sd"].paint_each(asked, [None] * 4):
        assert isinstance(outcome, BadRequest if place == 2 else PaintResult)
        painted.append((place, len(batches)))
    assert painted == [(0, 1), (2, 1), (1, 2), (3, 2)], "after how many batches each was given"


@pytest.mark.parametrize(
    "other",
    [
        dataclasses.replace(FOX, steps=4),
        dataclasses.replace(FOX, width=72),
        dataclasses.replace(FOX, guidance=5.0),
        LONG,
    ],
    ids=["steps", "size", "guidance", "length of the prompt"],
)
def test_what_does_not_fit_is_painted_by_itself(
    painters: dict[str, Painter], batches: list[list[int]], other: PaintRequest
) -> None:
    done(painters["sd"].paint_together([HOUSE, other], [None, None]))
    assert batches == [[1, 2], list(other.seeds)]


def test_each_hears_of_its_own_steps_and_sees_its_own_picture(painters: dict[str, Painter]) -> None:
    heard: tuple[list[PaintProgress], list[PaintProgress]] = [], []
    requests = [dataclasses.replace(request, steps=4) for request in (HOUSE, FOX)]
    painters["sd"].paint_together(requests, [reports.append for reports in heard])
    for reports in heard:
        assert [(report.step, report.of) for report in reports] == [(n, 4) for n in range(1, 5)]
    assert heard[0][0].preview != heard[1][0].preview
    assert None not in (heard[0][0].preview, heard[1][0].preview)


class Gone(Exception):
    pass


def test_who_leaves_hears_no_more_and_the_others_get_their_pictures(
    painters: dict[str, Painter], batches: list[list[int]]
) -> None:
    calls = 0

    def leave(_: PaintProgress) -> None:
        nonlocal calls
        calls += 1
        raise Gone

    gone, kept = painters["sd"].paint_together([HOUSE, FOX], [leave, None])
    assert isinstance(gone, Gone)
    assert isinstance(kept, PaintResult)
    assert (calls, len(batches)) == (1, 1)


def test_a_batch_that_all_have_left_ends_between_two_steps(painters: dict[str, Painter]) -> None:
    steps = []

    def leave(progress: PaintProgress) -> None:
        steps.append(progress.step)
        raise Gone

    outcomes = painters["sd"].paint_together([HOUSE, FOX], [leave, leave])
    assert [type(outcome) for outcome in outcomes] == [Gone, Gone]
    assert steps == [1, 1]


def test_a_request_that_cannot_be_painted_keeps_nobody_from_theirs(painters: dict[str, Painter]) -> None:
    broken = dataclasses.replace(FOX, way="keep", keep=0.5, init_image=b"no picture")
    bad, good = painters["sd"].paint_together([broken, FOX], [None, None])
    assert isinstance(bad, BadImage)
    assert isinstance(good, PaintResult)


def test_what_breaks_a_batch_is_found_by_trying_each_alone(
    painters: dict[str, Painter], monkeypatch: pytest.MonkeyPatch
) -> None:
    painter = painters["sd"]
    plain = painter._pipe.encode_prompt

    def encode_prompt(prompt: Any, *more: Any, **named: Any) -> Any:
        if "fox" in str(prompt):
            raise RuntimeError("a bug that foxes bring out")
        return plain(prompt, *more, **named)

    monkeypatch.setattr(painter._pipe, "encode_prompt", encode_prompt)
    house, fox = painter.paint_together([HOUSE, FOX], [None, None])
    assert isinstance(house, PaintResult)
    assert str(fox) == "a bug that foxes bring out"


def test_memory_for_half_of_a_batch_is_used_for_half_of_it(
    painters: dict[str, Painter], monkeypatch: pytest.MonkeyPatch
) -> None:
    painter, sizes = painters["sd"], []
    plain = denoising.paint_batch

    def paint_batch(pipe: Any, call: Any, arguments: Any, seeds: Any, *more: Any) -> Any:
        sizes.append(len(seeds))
        return None if len(seeds) > 1 else plain(pipe, call, arguments, seeds, *more)

    monkeypatch.setattr(module, "paint_batch", paint_batch)
    house, fox = done(painter.paint_together([HOUSE, FOX], [None, None]))
    assert sizes == [3, 1, 1, 1]
    assert (len(house.pictures), len(fox.pictures)) == (2, 1)


@pytest.mark.parametrize("family", FAMILIES)
def test_who_leaves_changes_nobody_elses_picture(painters: dict[str, Painter], family: str) -> None:
    painter = painters[family]
    first, fox, last = (
        dataclasses.replace(one, steps=4) for one in (HOUSE, FOX, dataclasses.replace(FOX, seeds=(3,)))
    )
    _, kept, _ = painter.paint_together([first, fox, last], [leaves_at(2), None, leaves_at(4)])
    assert isinstance(kept, PaintResult)
    assert difference(kept.pictures[0], painter.paint(fox).pictures[0]) <= 1


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
def test_a_batch_is_smaller_from_the_next_step_on_with_every_solver(
    painters: dict[str, Painter], monkeypatch: pytest.MonkeyPatch, scheduler: Any
) -> None:
    painter = painters["sd"]
    monkeypatch.setattr(painter._pipe, "scheduler", scheduler.from_config(painter._pipe.scheduler.config))
    unet, sizes = painter._pipe.unet, []
    forward = unet.forward

    def counted(sample: torch.Tensor, *args: Any, **kwargs: Any) -> Any:
        sizes.append(len(sample) // 2)  # guidance doubles them
        return forward(sample, *args, **kwargs)

    monkeypatch.setattr(unet, "forward", counted)
    house, fox = (dataclasses.replace(one, steps=6) for one in (HOUSE, FOX))
    _, kept = painter.paint_together([house, fox], [leaves_at(3), None])
    assert sizes[:3] == [3] * 3
    assert set(sizes[3:]) == {1}
    assert isinstance(kept, PaintResult)
    assert difference(kept.pictures[0], painter.paint(fox).pictures[0]) <= 1


def leaves_at(step: int) -> Callable[[PaintProgress], None]:
    def told(progress: PaintProgress) -> None:
        if progress.step == step:
            raise Gone

    return told
