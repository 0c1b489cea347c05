"""How quick the bot's event loop stays while the models work."""

import asyncio
import tempfile
import time
from pathlib import Path

from bot.sandbox.person import Person
from model.presets import resolve
from model.serving.local_engine import LocalEngine
from tests.benchmarks.demo import INSTRUCTIONS, next_picture
from tests.benchmarks.figures import Figure, at_most, percentile
from tests.e2e.discordworld import open_world

TICK = 0.005
IDLE_SECONDS = 5.0


class LagSampler:
    """Sleeps TICK again and again and keeps how much later than asked it woke, in seconds."""

    def __init__(self) -> None:
        self.lags: list[float] = []

    async def __aenter__(self) -> "LagSampler":
        self._task = asyncio.create_task(self._sample())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()

    async def _sample(self) -> None:
        while True:
            started = time.perf_counter()
            await asyncio.sleep(TICK)
            self.lags.append(time.perf_counter() - started - TICK)


async def run() -> list[Figure]:
    """lag of the event loop that carries sandbox and bot, idle and while painting"""
    with tempfile.TemporaryDirectory() as folder:
        async with LocalEngine(resolve("tiny")) as engine, open_world(Path(folder), engine) as world:
            await world.start_bot()
            async with Person.enter(world.sandbox.url, "Bench") as person:
                async with LagSampler() as idle:
                    await asyncio.sleep(IDLE_SECONDS)
                async with LagSampler() as busy:
                    await _paint(person)
    figures = []
    for share, name in ((0.5, "median"), (0.99, "p99"), (1.0, "worst")):
        before, during = percentile(idle.lags, share), percentile(busy.lags, share)
        goal = at_most(50) if share == 0.99 else None
        ratio = during / max(before, 1e-6)
        figures.append(Figure(f"lag {name}, while painting", during * 1e3, "ms", "idle", ratio, goal))
    return figures


async def _paint(person: Person) -> None:
    channel = await person.channel_id("pictures")
    seen: set[str] = set()
    await person.slash(channel, "imagine", prompt="two red boats on the sea", count=4)
    thread = (await next_picture(person, seen))["channel_id"]
    for instruction in INSTRUCTIONS:
        await person.say(thread, instruction)
        await next_picture(person, seen)
