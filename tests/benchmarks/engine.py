"""What batching, few steps and 4-bit weights bring, on the embedded models."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from model.engine import EditRequest, PaintRequest
from model.presets import resolve
from model.serving.local_engine import LocalEngine
from tests.benchmarks.figures import median, row

ROUNDS = 5
SOURCE = "a red house in a meadow, soft light, highly detailed"


async def _seconds(work: Callable[[], Awaitable[object]]) -> float:
    """Median seconds over ROUNDS, after one round that is not counted."""
    spent = []
    for _ in range(ROUNDS + 1):
        started = time.monotonic()
        await work()
        spent.append(time.monotonic() - started)
    return median(spent[1:])


async def run() -> None:
    """one request at a time against batches; full weights against NF4"""
    settings = resolve("tiny")
    image = settings.image

    def paint(*seeds: int) -> PaintRequest:
        return PaintRequest(SOURCE, seeds, image.width, image.height, image.steps, image.guidance)

    edits = [EditRequest(SOURCE, word) for word in ("make it night", "add a fox", "no house", "in the rain")]
    async with LocalEngine(settings) as engine:
        single = await _seconds(lambda: engine.edit(edits[0]))
        four = await _seconds(lambda: asyncio.gather(*map(engine.edit, edits)))
        one = await _seconds(lambda: engine.paint(paint(1)))
        grid = await _seconds(lambda: engine.paint(paint(1, 2, 3, 4)))
    async with LocalEngine(resolve("tiny", {"quantization": "nf4"})) as engine:
        quantised = await _seconds(lambda: engine.edit(edits[0]))
    row("one edit", f"{single * 1e3:.0f} ms", "baseline")
    row("four edits at once", f"{four * 1e3:.0f} ms", f"{four / (4 * single):.2f} x four alone")
    row("one edit, NF4 weights", f"{quantised * 1e3:.0f} ms", f"{quantised / single:.2f} x full weights")
    row("one picture", f"{one * 1e3:.0f} ms", "baseline")
    row("four pictures at once", f"{grid * 1e3:.0f} ms", f"{grid / (4 * one):.2f} x four alone")
