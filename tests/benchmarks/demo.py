"""The whole demo as a newcomer meets it: a process of its own, driven through the page's API."""

import asyncio
import re
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.sandbox.person import Person
from tests.benchmarks.figures import Figure, at_most, median, memory_mib
from tests.e2e.discordworld import shows_picture

READY_WITHIN = 300.0
PICTURE_WITHIN = 120.0
INSTRUCTIONS = (
    "make it night", "add a yellow lantern", "make the house blue", "now with snow", "as a watercolour",
)  # fmt: skip


@asynccontextmanager
async def running_demo(data: Path) -> AsyncIterator[tuple[str, int, float]]:
    """`python -m bot demo` on a free port: its address, process id, and the seconds until it was ready."""
    started = time.monotonic()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "--data", str(data), "demo", "--port", "0",
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        async with asyncio.timeout(READY_WITHIN):
            async for line in process.stdout:
                if found := re.search(rb"Open (http://\S+)", line):
                    break
            else:
                raise RuntimeError("The demo ended before it was ready; run `python -m bot demo` to see why.")
        yield found[1].decode(), process.pid, time.monotonic() - started
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
        await process.wait()


async def run() -> list[Figure]:
    """start, a refine turn from message to picture, memory of all processes"""
    with tempfile.TemporaryDirectory() as folder:
        async with running_demo(Path(folder)) as (url, pid, first):
            turns = await _turns(url)
            memory = memory_mib(pid)
        async with running_demo(Path(folder)) as (_, _, second):
            pass
    imagine, refined, slowest = turns[0], median(turns[1:]), max(turns[1:])
    return [
        Figure("first start until ready", first, "s"),
        Figure("second start until ready", second, "s", "the first", second / first, at_most(20)),
        Figure("/imagine until the picture is posted", imagine, "s"),
        Figure("refine turn, median of 5", refined, "s", "/imagine", refined / imagine, at_most(5)),
        Figure("refine turn, slowest of 5", slowest, "s", "/imagine", slowest / imagine, at_most(5)),
        Figure("memory of all processes after 6 pictures", memory, "MiB", goal=at_most(3072)),
    ]


async def _turns(url: str) -> list[float]:
    """Seconds from sending to the posted picture: /imagine, then each instruction."""
    async with Person.enter(url, "Bench") as person:
        channel = await person.channel_id("pictures")
        seconds, seen = [], set[str]()
        started = time.monotonic()
        await person.slash(channel, "imagine", prompt="a red house in a meadow", seed=1)
        picture = await next_picture(person, seen)
        seconds.append(time.monotonic() - started)
        for instruction in INSTRUCTIONS:
            started = time.monotonic()
            await person.say(picture["channel_id"], instruction)
            await next_picture(person, seen)
            seconds.append(time.monotonic() - started)
        return seconds


async def next_picture(person: Person, seen: set[str]) -> dict[str, Any]:
    message = await person.wait_for(
        "MESSAGE_CREATE",
        lambda d: shows_picture(d) and d["id"] not in seen,
        PICTURE_WITHIN,
    )
    seen.add(message["id"])
    return message
