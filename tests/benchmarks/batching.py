"""What painting for several people in one batch brings, and what it costs beside diffusers called directly.

Everything is compared in pairs that take turns, since the machine is noisy: the figure is the median of the
pairs' ratios, with the middle half of them. The direct call runs in this process at the worker's priority,
without PNG files, the check of a request, or a pipe between two processes.
"""

import asyncio
import os
import statistics
import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import torch

from model.engine import PaintRequest
from model.pictures.pipelines import load_pipeline
from model.presets import resolve
from model.serving.local_engine import LocalEngine
from model.serving.worker import NICENESS
from tests.benchmarks.figures import row

PAIRS = 5
PEOPLE = ("a red house", "a fox in the snow", "two boats on the sea", "a tree at night") * 2


async def run() -> None:
    """pictures a second for 1, 2, 4 and 8 people, against one direct diffusers call for as many"""
    image = resolve("tiny").image
    requests = [
        PaintRequest(words, (seed,), image.width, image.height, image.steps, image.guidance)
        for seed, words in enumerate(PEOPLE)
    ]
    together = resolve("tiny", image={"batch": len(PEOPLE)})
    one_by_one = resolve("tiny", image={"batch": 1})
    async with (
        LocalEngine(together, only="picture") as engine,
        LocalEngine(one_by_one, only="picture") as before,
    ):
        if hasattr(os, "nice"):
            os.nice(NICENESS)  # as the workers have given themselves
        pipe = load_pipeline(image)
        pipe.set_progress_bar_config(disable=True)
        single, batch = await _pairs(partial(_all, before, requests), partial(_all, engine, requests))
        _show("8 people in one batch, of one by one", len(requests), single, batch)
        for people in (1, 8, 4, 2):
            asked = requests[:people]
            direct, ours = await _pairs(partial(_direct, pipe, asked), partial(_all, engine, asked))
            _show(f"{people} people, of direct diffusers", people, direct, ours)


async def _all(engine: LocalEngine, requests: list[PaintRequest]) -> None:
    # all are asked before the queue looks, as people are who wait while it paints
    await asyncio.gather(*map(engine.paint, requests))


async def _direct(pipe: Any, requests: list[PaintRequest]) -> None:
    first = requests[0]
    with torch.inference_mode():
        pipe(
            prompt=[request.prompt for request in requests],
            generator=[torch.Generator("cpu").manual_seed(request.seeds[0]) for request in requests],
            num_inference_steps=first.steps,
            guidance_scale=first.guidance,
            width=first.width,
            height=first.height,
        )


async def _pairs(
    base: Callable[[], Awaitable[None]], other: Callable[[], Awaitable[None]]
) -> tuple[list[float], list[float]]:
    """Seconds of both, PAIRS of them in turns, each first every other time, after one that is not counted."""
    spent: dict[int, list[float]] = {0: [], 1: []}
    for pair in range(PAIRS + 1):
        for which in (0, 1) if pair % 2 else (1, 0):
            started = time.perf_counter()
            await (base, other)[which]()
            spent[which].append(time.perf_counter() - started)
    return spent[0][1:], spent[1][1:]


def _show(what: str, pictures: int, base: list[float], other: list[float]) -> None:
    """Pictures a second, as a ratio to the baseline's."""
    ratios = [before / now for before, now in zip(base, other, strict=True)]
    low, middle, high = statistics.quantiles(ratios, n=4)
    row(what, f"{pictures / statistics.median(other):.2f} /s", f"{middle:.2f} x ({low:.2f} to {high:.2f})")
