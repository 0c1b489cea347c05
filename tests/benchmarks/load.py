"""A whole bot in a process of its own, with 200 people who ask for 1,000 pictures at once."""

import asyncio
import json
import os
import sys
import tempfile
import time
from collections import Counter
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp
import psutil

from bot.app import running_bot
from bot.sandbox.app import Sandbox
from bot.sandbox.connect import point_discord_py_at
from bot.sandbox.model.records import Message
from bot.sandbox.model.settings import SandboxSettings
from bot.sandbox.person import Person
from bot.settings import Settings
from tests.benchmarks.bot_process import bot_process
from tests.benchmarks.figures import MIB, Figure, at_most, percentile
from tests.benchmarks.loop import LagSampler
from tests.bot.engines import SketchEngine
from tests.e2e.discordworld import words_of

PEOPLE, EACH = int(os.environ.get("DIFFCHAT_LOAD_PEOPLE", "200")), 5
LIMITS = {"queued_per_user": EACH, "queue_length": 10_000, "running": 4}
PATIENCE = 3600.0


async def run() -> list[Figure]:
    """200 people, 1,000 /imagine at once: loop lag of the bot's process, memory"""
    with tempfile.TemporaryDirectory() as folder:
        settings = SandboxSettings(
            port=0, data_dir=Path(folder) / "sandbox", rate_limits=False, interaction_ack_seconds=PATIENCE
        )
        async with (
            Sandbox(settings) as sandbox,
            AsyncExitStack() as stack,
            bot_process("tests.benchmarks.load", sandbox, Path(folder)) as bot,
        ):
            await bot.line()
            people = [await newcomer(stack, sandbox.url, f"Person {number}") for number in range(PEOPLE)]
            started = time.monotonic()
            order = await _ask_and_wait(sandbox, people)
            seconds = time.monotonic() - started
            figures = await bot.ended()
    return _figures(figures, order, seconds)


async def newcomer(stack: AsyncExitStack, url: str, name: str) -> Person:
    """A person who asks and does not look: 200 screens would measure the sandbox."""
    session = await stack.enter_async_context(aiohttp.ClientSession(url))
    async with session.post("/client/users", json={"name": name, "locale": "en-US"}) as response:
        user = await response.json()
    session.headers["X-Sandbox-User"] = user["id"]
    return Person(session, user)


async def _ask_and_wait(sandbox: Sandbox, people: list[Person]) -> list[int]:
    """Everybody asks, five times each; whose pictures came, in their order."""
    channel = next(str(c.id) for c in sandbox.hub.world.channels.values() if c.name == "pictures")
    for number in range(EACH):
        await asyncio.gather(
            *(person.slash(channel, "imagine", prompt=f"house {number} of {person.id}") for person in people)
        )
    world = sandbox.hub.world
    while True:
        shown = [
            message
            for place in list(world.channels)
            for message in world.messages(place)
            if message.attachments and message.author_id == world.bot.id
        ]
        if len(shown) >= len(people) * EACH:
            return [_asker(message) for message in sorted(shown, key=lambda message: message.id)]
        await asyncio.sleep(1)


def _asker(message: Message) -> int:
    """Whose picture a message shows, read from its prompt."""
    words = words_of({"components": message.components})
    return int(words.split(" of ")[1].split(",")[0])


def _figures(figures: dict[str, float], order: list[int], seconds: float) -> list[Figure]:
    jobs = len(order)
    had: Counter[int] = Counter(dict.fromkeys(set(order), 0))
    ahead = 0
    for person in order:
        had[person] += 1
        ahead = max(ahead, had[person] - min(had.values()))
    before, after = figures["before"], figures["after"]
    return [
        Figure("jobs posted", jobs / seconds, "/s", note=f"{jobs} in {seconds:.0f} s"),
        # of somebody who may have asked later
        Figure("most pictures ahead of somebody else", ahead, goal=at_most(2)),
        Figure("loop lag, median", figures["p50"] * 1e3, "ms"),
        Figure("loop lag, p99", figures["p99"] * 1e3, "ms", goal=at_most(25)),
        Figure("loop lag, worst", figures["worst"] * 1e3, "ms"),
        Figure("memory after", after, "MiB", "before", after / before),
        Figure("kept for each job", (after - before) * 1024 / jobs, "KiB"),
    ]


async def _serve(url: str, token: str, folder: Path) -> None:
    """The bot: says "ready", serves until its input ends, then prints its figures."""
    settings = Settings.model_validate({"limits": LIMITS, "store": {"data_dir": folder / "data"}})
    with point_discord_py_at(url):
        async with running_bot(settings, SketchEngine(), token):
            before = psutil.Process().memory_info().rss / MIB
            print("true", flush=True)
            async with LagSampler() as sampler:
                await asyncio.to_thread(sys.stdin.read)
            figures = {
                "p50": percentile(sampler.lags, 0.5),
                "p99": percentile(sampler.lags, 0.99),
                "worst": percentile(sampler.lags, 1.0),
                "before": before,
                "after": psutil.Process().memory_info().rss / MIB,
            }
            print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
