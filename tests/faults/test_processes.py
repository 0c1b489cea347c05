"""Processes that share the work are killed and stopped while they paint: nothing lost, nothing double."""

import asyncio
import random
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from bot.sandbox.model.records import Channel
from tests.bot.engines import SketchEngine
from tests.bot.house import eventually
from tests.conftest import Counted
from tests.e2e.discordworld import Member, World, open_world
from tests.postgres import Server

ROOT = Path(__file__).resolve().parents[2]
COUNT = 2


@asynccontextmanager
async def started(world: World, url: str, shards: str) -> AsyncIterator[Process]:
    """A process that serves; killed at the end if it still lives."""
    arguments = (world.sandbox.url, world.token, str(world.settings.store.data_dir), url, shards)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.faults.shared_bot_process", *arguments, cwd=ROOT, stdout=PIPE
    )
    try:
        assert process.stdout is not None
        assert await process.stdout.readline() == b"ready\n"
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def shown(world: World, channels: list[Channel]) -> Counter[str]:
    """How many messages with a picture each prompt has."""
    discord = world.sandbox.hub.world
    places = [place for c in channels for place in (c.id, *(t.id for t in discord.threads(c.id)))]
    messages = [m for place in places for m in discord.messages(place) if m.attachments]
    return Counter(str(m.components[0]["components"][0]["custom_id"]) for m in messages)


@pytest.mark.parametrize(
    ("deaths", "jobs"), [(1, 8), pytest.param(6, 60, marks=pytest.mark.slow)], ids=["one death", "six deaths"]
)
async def test_processes_that_die_or_stop_lose_nothing_and_post_nothing_twice(
    tmp_path: Path, postgres: Server, counted: Counted, deaths: int, jobs: int
) -> None:
    url, chance = postgres.fresh(), random.Random(deaths)
    async with AsyncExitStack() as stack:
        stack.callback(postgres.drop, url)
        world = await stack.enter_async_context(
            open_world(tmp_path, SketchEngine(), rate_limits=False, shards=COUNT)
        )
        channels = [world.sandbox.guilds.found(f"Club {n}", (n, COUNT))[1] for n in range(COUNT)]
        ada = await stack.enter_async_context(Member.enter(world, "Ada"))
        parts = [f"{n}/{COUNT}" for n in range(COUNT)]
        living = {part: await stack.enter_async_context(started(world, url, part)) for part in parts}
        for _ in range(deaths):
            for number in range(jobs // deaths):
                await ada.person.slash(str(channels[number % COUNT].id), "imagine", prompt=f"house {number}")
            await being_painted(postgres, url)
            part = chance.choice(parts)
            living[part].send_signal(chance.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM]))
            await living[part].wait()
            living[part] = await stack.enter_async_context(started(world, url, part))
        wanted = int(postgres.query("SELECT count(*) AS n FROM jobs", url)[0]["n"])

        async def settled() -> bool:
            return not postgres.query(UNENDED, url)

        await eventually(settled, 120.0)
        seen = shown(world, channels)
        double = [key for key, count in seen.items() if count > 1]
        failed = postgres.query("SELECT cause FROM jobs WHERE state <> 'done'", url)
        counted(
            f"{deaths} of {COUNT} processes on one PostgreSQL killed or stopped while painting",
            jobs=wanted, lost=wanted - len(seen), double=len(double),
        )  # fmt: skip
        assert (failed, double, len(seen)) == ([], [], wanted)


UNENDED = "SELECT 1 FROM jobs WHERE state NOT IN ('done', 'failed', 'cancelled')"


async def being_painted(postgres: Server, url: str) -> None:
    """Wait until a job is painted."""

    async def painted() -> bool:
        return bool(postgres.query("SELECT 1 FROM jobs WHERE state = 'painting'", url))

    await eventually(painted)
