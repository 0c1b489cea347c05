"""What one batch for the pictures of eight people brings, beside one after the other and beside diffusers."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import torch

from model.engine import PaintRequest
from model.hardware import use_threads
from model.pictures.pipelines import load_pipeline
from model.presets import resolve
from model.serving.local_engine import LocalEngine
from model.settings import ImageSettings, ModelSettings
from tests.benchmarks.figures import Figure, Way, ratio_at_least, take_turns

PEOPLE, ROUNDS = 8, 5
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


async def run() -> list[Figure]:
    """pictures of eight people: one after the other, in one batch, and by one call of diffusers"""
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
    ]  # fmt: skip
