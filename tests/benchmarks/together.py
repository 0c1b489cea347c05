"""What one batch for the pictures of eight people brings, beside one after the other and beside diffusers."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import torch

from model.engine import PaintRequest
from model.hardware import use_threads
from model.pictures.pipelines import load_pipeline
from model.presets import resolve
from model.serving.local_engine import LocalEngine
from model.settings import ImageSettings
from tests.benchmarks.figures import median, row

PEOPLE, ROUNDS = 8, 5
ONE, ONE_DIRECTLY = "one person's", "one person's by diffusers"
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


async def run() -> None:
    """pictures of eight people: one after the other, in one batch, and by one call of diffusers"""
    settings = resolve("tiny", image={"batch": PEOPLE, "previews": False})
    image = settings.image
    requests = _requests(image)
    use_threads(image.threads)
    pipe = load_pipeline(image)
    pipe.set_progress_bar_config(disable=True)
    async with LocalEngine(settings, only="picture") as engine:
        ways: dict[str, Callable[[], Awaitable[object]]] = {
            "by one call of diffusers": lambda: asyncio.to_thread(_directly, pipe, requests),
            "in one batch": lambda: asyncio.gather(*map(engine.paint, requests)),
            "one after the other": lambda: _one_by_one(engine, requests),
            ONE: lambda: engine.paint(requests[0]),
            ONE_DIRECTLY: lambda: asyncio.to_thread(_directly, pipe, requests[:1]),
        }
        spent: dict[str, list[float]] = {name: [] for name in ways}
        for number in range(ROUNDS + 1):  # the first is not counted
            for name, way in ways.items():
                began = time.monotonic()
                await way()
                if number:
                    spent[name].append(time.monotonic() - began)
    took = {name: median(seconds) for name, seconds in spent.items()}

    def ratio(one: str, other: str) -> float:
        """Median over the rounds of how many times as quick `one` is as `other`."""
        return median([b / a for a, b in zip(spent[one], spent[other], strict=True)])

    for name, seconds in took.items():
        row(name, f"{seconds:.2f} s")
    batch = "in one batch"
    row(
        "pictures a second of the batch",
        f"{ratio(batch, 'one after the other'):.2f} x",
        "one after the other",
    )
    row("", f"{ratio(batch, 'by one call of diffusers'):.2f} x", "one call of diffusers")
    row("one person's picture", f"{ratio(ONE, ONE_DIRECTLY):.2f} x", "diffusers")
