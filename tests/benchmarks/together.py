"""What one batch for the pictures of eight people brings, beside one after the other and beside diffusers.

And how long four people wait whose replies change a place of their pictures: that is painted alone.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Any

import torch

from model.engine import PaintRequest
from model.hardware import use_threads
from model.pictures.pipelines import load_pipeline
from model.presets import resolve
from model.serving.local_engine import LocalEngine
from model.settings import ImageSettings, ModelSettings
from tests.benchmarks.figures import Figure, Ratio, Way, median, ratio_at_least, ratio_at_most, take_turns

PEOPLE, ROUNDS = 8, 5
REPLIES = 4
WORDS = (
    "a fox",
    "a red house",
    "two trees",
    "a boat",
    "a cat at night",
    "a robot",
    "snow",
    "an owl in the rain",
)


def _requests(image: ImageSettings) -> list[PaintRequest]:
    return [
        PaintRequest(words, (seed,), image.width, image.height, image.steps, image.guidance)
        for seed, words in enumerate(WORDS)
    ]


def _directly(pipe: Any, requests: list[PaintRequest]) -> None:
    """One plain call of diffusers for all."""
    first = requests[0]
    with torch.inference_mode():
        pipe(
            prompt=[request.prompt for request in requests],
            generator=[torch.Generator("cpu").manual_seed(request.seeds[0]) for request in requests],
            width=first.width,
            height=first.height,
            num_inference_steps=first.steps,
            guidance_scale=first.guidance,
        )


async def _one_by_one(engine: LocalEngine, requests: list[PaintRequest]) -> None:
    for request in requests:
        await engine.paint(request)


async def _edits(engine: LocalEngine, requests: list[PaintRequest]) -> list[PaintRequest]:
    """Replies to pictures that add a lantern, which changes a place of each."""
    pictures = [await engine.paint(request) for request in requests]
    return [
        replace(
            request,
            way="edit",
            prompt=f"{request.prompt} and a lantern",
            source_prompt=request.prompt,
            instruction="add a lantern",
            init_image=result.pictures[0].png,
        )
        for request, result in zip(requests, pictures, strict=True)
    ]


async def _waits(engine: LocalEngine, requests: list[PaintRequest]) -> list[float]:
    """Seconds until each of those who ask at the same time has a picture."""
    started = time.perf_counter()

    async def wait(request: PaintRequest) -> float:
        await engine.paint(request)
        return time.perf_counter() - started

    return await asyncio.gather(*map(wait, requests))


async def _waited(engine: LocalEngine, requests: list[PaintRequest]) -> list[Figure]:
    """How long the first and all of some people wait, beside one who is alone."""
    edits = await _edits(engine, requests)
    await _waits(engine, edits)  # what is loaded at the first edit is no waiting
    rounds = [
        (alone, waits)
        for _ in range(ROUNDS)
        for [alone] in [await _waits(engine, edits[:1])]
        for waits in [await _waits(engine, edits)]
    ]
    of = f"of {len(edits)} people's edits of a place"
    return [
        Figure(
            f"{name} {of}", median([pick(waits) for _, waits in rounds]), "s", "one person's edit",
            Ratio.of([pick(waits) / alone for alone, waits in rounds]), ratio_at_most(bound),
        )
        for name, pick, bound in (("the first", min, 1.1), ("the last", max, 1.1 * len(edits)))
    ]  # fmt: skip


async def run() -> list[Figure]:
    """pictures of eight people: one after the other, in one batch, by one call of diffusers; edits"""
    settings = resolve("tiny", image={"batch": PEOPLE, "previews": False})
    image = settings.image
    requests = _requests(image)
    # One thread for all of diffusers: each thread that PyTorch is called from has helpers of its own, and
    # with more of them than cores OpenMP lets them sleep between two operators, at half the speed.
    with ThreadPoolExecutor(1, initializer=use_threads, initargs=(image.threads,)) as thread:
        return await _compared(
            settings, requests, partial(asyncio.get_running_loop().run_in_executor, thread)
        )


async def _compared(
    settings: ModelSettings, requests: list[PaintRequest], in_thread: Callable[..., Awaitable[Any]]
) -> list[Figure]:
    pipe = await in_thread(load_pipeline, settings.image)
    pipe.set_progress_bar_config(disable=True)
    async with LocalEngine(settings, only="picture") as engine:
        ways: dict[str, Way] = {
            "direct": lambda: in_thread(_directly, pipe, requests),
            "batch": lambda: asyncio.gather(*map(engine.paint, requests)),
            "one by one": lambda: _one_by_one(engine, requests),
            "alone": lambda: engine.paint(requests[0]),
            "alone, direct": lambda: in_thread(_directly, pipe, requests[:1]),
        }
        rounds = await take_turns(ways, ROUNDS)
        waited = await _waited(engine, requests[:REPLIES])
    batch, alone = rounds.seconds("batch"), rounds.seconds("alone")
    return [
        Figure(
            "eight people's pictures in one batch", batch, "s", "one after the other",
            rounds.quicker("batch", "one by one"), ratio_at_least(1.3),
        ),
        Figure(
            "eight people's pictures in one batch", batch, "s", "one call of diffusers",
            rounds.quicker("batch", "direct"), ratio_at_least(0.97),
        ),
        Figure(
            "one person's picture", alone, "s", "diffusers",
            rounds.quicker("alone", "alone, direct"), ratio_at_least(0.97),
        ),
        *waited,
    ]  # fmt: skip
