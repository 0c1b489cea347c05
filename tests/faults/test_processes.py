"""Processes that share the work are killed and stopped while they paint: nothing lost, nothing double.

Wanted is every command that was acknowledged in its channel, whether it got as far as a job or not. A command
that a killed process left without an answer and without a row is not wanted: Discord does not repeat an
interaction, and says to the person that the application did not respond. One that SIGTERM stops answers all
that it read.
"""

import asyncio
import random
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.model.records import Channel, Message
from tests.bot.engines import SketchEngine
from tests.bot.house import eventually
from tests.conftest import Counted
from tests.e2e.discordworld import Member, World, open_world, turn_of
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


def unanswered(world: World, said_by_process: bytes) -> set[int]:
    """The interactions that a process said it read, and did not answer."""
    read = {int(line.removeprefix(b"read ")) for line in said_by_process.splitlines() if line != b"ready"}
    given = world.sandbox.interactions._by_id
    return {one for one in read if one in given and not given[one].answered}


def messages(world: World, channels: list[Channel]) -> list[Message]:
    """All that was said in the channels and their threads."""
    discord = world.sandbox.hub.world
    places = [place for c in channels for place in (c.id, *(t.id for t in discord.threads(c.id)))]
    return [m for place in places for m in discord.messages(place)]


def acknowledged(said: list[Message], asked: dict[int, str]) -> set[int]:
    """The commands that were answered in the channel."""
    return {one for one, words in asked.items() if any(f"**{words}**" in m.content for m in said)}


def shown(said: list[Message], turns: list[dict[str, Any]]) -> Counter[int]:
    """How many messages with a picture each command has."""
    asked = {row["id"]: row["request_id"] for row in turns}
    return Counter(asked[turn_of({"components": m.components})] for m in said if m.attachments)


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
        asked: dict[int, str] = {}
        left: set[int] = set()  # by processes that were stopped
        stops = 0
        for _ in range(deaths):
            for _ in range(jobs // deaths):
                words = f"house {len(asked)}"
                place = str(channels[len(asked) % COUNT].id)
                asked[int(await ada.person.slash(place, "imagine", prompt=words))] = words
            await being_painted(postgres, url)
            part = chance.choice(parts)
            number = chance.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM])
            living[part].send_signal(number)
            said_by_process, _ = await living[part].communicate()
            if number is signal.SIGTERM:
                stops += 1
                left |= unanswered(world, said_by_process)
            living[part] = await stack.enter_async_context(started(world, url, part))

        async def settled() -> bool:
            return not postgres.query(UNENDED, url)

        await eventually(settled, 120.0)
        said = messages(world, channels)
        turns = postgres.query("SELECT id, request_id FROM turns", url)
        seen, wanted = shown(said, turns), acknowledged(said, asked) | {row["request_id"] for row in turns}
        lost = [asked[one] for one in wanted if not seen[one]]
        double = [asked[one] for one, count in seen.items() if count > 1]
        failed = postgres.query("SELECT cause FROM jobs WHERE state <> 'done'", url)
        counted(
            f"{deaths} of {COUNT} processes on one PostgreSQL killed or stopped while painting",
            jobs=len(wanted), lost=len(lost), double=len(double), unanswered=len(asked) - len(wanted),
            stops=stops, read_by_stopped_and_unanswered=len(left),
        )  # fmt: skip
        assert (failed, lost, double, left) == ([], [], [], set())
        assert len(seen) == len(wanted)


UNENDED = "SELECT 1 FROM jobs WHERE state NOT IN ('done', 'failed', 'cancelled')"


async def being_painted(postgres: Server, url: str) -> None:
    """Wait until a job is painted."""

    async def painted() -> bool:
        return bool(postgres.query("SELECT 1 FROM jobs WHERE state = 'painting'", url))

    await eventually(painted)
