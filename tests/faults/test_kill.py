"""`kill -9` of the whole bot at random moments, while people go on asking: nothing lost, nothing double.

A job is what a person asked for and could take as heard: words in a thread, whether the bot lives or not, and
a command that was acknowledged. Lost is a job without its picture, double one with two. What one person says
in quick succession is one turn: its picture is that of each of these messages.
"""

import asyncio
import random
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.model.records import Message
from bot.store.check import inspect
from bot.store.picture_files.local import LocalFiles
from bot.store.session import Database
from tests.bot.engines import SketchEngine
from tests.conftest import Counted
from tests.e2e.discordworld import Member, World, open_world, turn_of

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = ("Ada", "Grace", "Linus")
STATES = ("queued", "editing", "painting", "posting", "done")


@dataclass
class Town:
    """People, their threads, and what they asked for: the id of each message or command with its words."""

    world: World
    people: list[Member]
    channel: str
    chance: random.Random
    threads: list[str] = field(default_factory=list)
    said: dict[int, str] = field(default_factory=dict)
    commands: dict[int, str] = field(default_factory=dict)

    async def say(self) -> None:
        """Somebody wishes for a change in one of the threads."""
        words = f"make it number {len(self.said):03}"
        message = await self.chance.choice(self.people).person.say(self.chance.choice(self.threads), words)
        self.said[int(message["id"])] = words

    async def command(self) -> None:
        """Somebody types /imagine; the bot may be dead and never hear it."""
        words = f"house {len(self.commands)}"
        asked = await self.chance.choice(self.people).person.slash(self.channel, "imagine", prompt=words)
        self.commands[int(asked)] = words

    def acknowledged(self) -> set[int]:
        """The commands that were answered in the channel."""
        seen = [m.content for m in self.world.sandbox.hub.world.messages(int(self.channel))]
        return {
            asked for asked, words in self.commands.items() if any(f"**{words}**" in text for text in seen)
        }


@asynccontextmanager
async def started(world: World) -> AsyncIterator[Process]:
    """A bot that is killed at the end of the block, wherever it is then."""
    arguments = (world.sandbox.url, world.token, str(world.settings.store.data_dir))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.faults.bot_process", *arguments, cwd=ROOT, stdout=PIPE
    )
    try:
        yield process
    finally:
        process.kill()
        await process.wait()


async def ready(process: Process) -> None:
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n"


@asynccontextmanager
async def town(folder: Path, seed: int) -> AsyncIterator[Town]:
    """Three people with a thread each, made by a first bot."""
    async with AsyncExitStack() as stack:
        world = await stack.enter_async_context(open_world(folder, SketchEngine(), rate_limits=False))
        people = [await stack.enter_async_context(Member.enter(world, name)) for name in PEOPLE]
        place = Town(world, people, await people[0].person.channel_id("pictures"), random.Random(seed))
        async with started(world) as process:
            await ready(process)
            for _ in PEOPLE:
                await place.command()
                place.threads.append((await people[0].picture())["channel_id"])
        yield place


async def one_life(town: Town, jobs: int) -> None:
    """Some is asked before the start, some during it, some while it works; then comes the kill."""
    chance = town.chance
    at = sorted(chance.random() for _ in range(jobs))
    async with started(town.world) as process:
        serving = asyncio.create_task(ready(process))
        if chance.random() < 0.8:
            await serving
        else:
            await asyncio.sleep(chance.random())
            serving.cancel()
        for before, moment in pairwise([0.0, *at]):
            await asyncio.sleep((moment - before) * 0.3)
            online = town.world.sandbox.gateway.online
            await (town.command() if online and chance.random() < 0.4 else town.say())
        if serving.done() and not serving.cancelled():
            await some_job_comes_to(town.world, chance.choice(STATES))
        await asyncio.sleep(chance.random() * 0.1)


async def some_job_comes_to(world: World, state: str) -> None:
    """Wait, but not for long, until one more job is there: so the kills fall on every step, however slow."""
    query = f"SELECT 1 FROM jobs WHERE state = '{state}'"
    before = len(world.rows(query)) if state == "done" else 0
    for _ in range(500):
        if len(world.rows(query)) > before:
            return
        await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    ("kills", "jobs"), [(3, 6), pytest.param(30, 60, marks=pytest.mark.slow)], ids=["3 kills", "30 kills"]
)
async def test_a_killed_bot_loses_nothing_and_posts_nothing_twice(
    tmp_path: Path, counted: Counted, kills: int, jobs: int
) -> None:
    async with town(tmp_path, kills) as place:
        for _ in range(kills):
            await one_life(place, jobs // kills)
        heard = len(place.said) + len(place.acknowledged())
        while heard < jobs + len(PEOPLE):  # in place of commands that found no bot
            await place.say()
            heard += 1
        async with started(place.world) as process:
            await ready(process)
            wanted = place.said.keys() | place.acknowledged()
            await no_more_news(place, wanted)
        lost, double = judge(place, wanted)
        unheard = len(place.commands) - len(place.acknowledged())
        counted(
            f"kill -9 of the bot at {kills} random moments",
            jobs=len(wanted), lost=len(lost), double=len(double), commands_that_found_no_bot=unheard,
        )  # fmt: skip
        assert not lost, (
            lost,
            place.said,
            place.world.rows("SELECT * FROM jobs JOIN turns ON turns.id = turn_id"),
        )
        assert not double
        assert settled(place.world)
        async with Database.open(place.world.settings.store.database) as database:
            report = await inspect(database, LocalFiles(place.world.settings.store.pictures))
        assert report.clean, report.lines()


async def no_more_news(town: Town, wanted: set[int]) -> None:
    """Wait until everything is answered, or until nothing has changed for a minute."""
    silent, last = 0.0, -1
    while silent < 60 and not (wanted <= answered(town) and settled(town.world)):
        await asyncio.sleep(0.25)
        now = len(answered(town))
        silent, last = (0.0 if now != last else silent + 0.25), now


def answered(town: Town) -> set[int]:
    """The messages and commands whose turn was posted."""
    turns = town.world.rows("SELECT request_id, instruction FROM turns WHERE finished_at IS NOT NULL")
    return {asked for turn in turns for asked in asking_for(town, turn)}


def asking_for(town: Town, turn: dict[str, Any]) -> set[int]:
    """The messages or the command that a turn answers."""
    joined = {asked for asked, words in town.said.items() if words in turn["instruction"]}
    return joined | {turn["request_id"]}


def settled(world: World) -> bool:
    """Whether no job is under way and no status line is left."""
    unended = world.rows("SELECT 1 FROM jobs WHERE state NOT IN ('done', 'failed', 'cancelled')")
    lines = [m for m in messages(world) if m.content.startswith(("⏳", "✍️", "🎨 Painting"))]
    return not unended and not lines


def messages(world: World) -> list[Message]:
    """All that the bot said, anywhere."""
    discord = world.sandbox.hub.world
    return [
        m for channel in discord.channels for m in discord.messages(channel) if m.author_id == discord.bot.id
    ]


def judge(town: Town, wanted: set[int]) -> tuple[set[int], set[int]]:
    """What was asked for and has no picture, and what has more than one."""
    turns = town.world.rows("SELECT id, request_id, instruction FROM turns")
    asked = {row["id"]: asking_for(town, row) for row in turns}
    shown = Counter(
        one
        for message in messages(town.world)
        if message.attachments
        for one in asked[turn_of({"components": message.components})]
    )
    return {one for one in wanted if not shown[one]}, {one for one, count in shown.items() if count > 1}
