"""Several bots that share one PostgreSQL database and one application's shards, on the local Discord."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.app import Running, running_bot
from bot.sandbox.model.records import Channel, Message
from tests.bot.engines import SketchEngine
from tests.bot.house import eventually
from tests.e2e.discordworld import Member, World, open_world
from tests.postgres import Server

COUNT = 3
SETTINGS: dict[str, Any] = {"limits": {"queued_per_user": 50, "running": 2}}
LINES = ("⏳", "✍️", "🎨 Painting", "👀")


@pytest.fixture
def url(postgres: Server) -> Iterator[str]:
    made = postgres.fresh()
    yield made
    postgres.drop(made)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks every moment, a lease of seconds, and no pause between two sessions' starts."""
    monkeypatch.setattr("bot.jobs.shared_queue.LOOK_EVERY_S", 0.05)
    monkeypatch.setattr("bot.store.leases.LEASE_S", 3.0)
    monkeypatch.setattr("bot.store.session_starts.APART_S", 0.01)


@pytest.fixture
async def world(tmp_path: Path, url: str) -> AsyncIterator[World]:
    settings = {**SETTINGS, "store": {"data_dir": tmp_path / "data", "url": url}}
    async with open_world(tmp_path, SketchEngine(), settings, rate_limits=False, shards=COUNT) as world:
        yield world


@dataclass
class Bot:
    """One of the processes, with an engine of its own."""

    running: Running
    engine: SketchEngine


@asynccontextmanager
async def bot(world: World, shards: str, engine: SketchEngine | None = None) -> AsyncIterator[Bot]:
    """A bot with a part of the shards; the end of the block is its SIGTERM."""
    part = world.settings.discord.model_copy(update={"shards": shards})
    settings = world.settings.model_copy(update={"discord": part})
    engine = engine or SketchEngine(step_s=0.002)
    async with running_bot(settings, engine, world.token) as running:
        yield Bot(running, engine)


def said(world: World, channel_id: int) -> list[Message]:
    """What the bot said in a channel and its threads, as it stands there now."""
    discord = world.sandbox.hub.world
    places = [channel_id, *(thread.id for thread in discord.threads(channel_id))]
    return [m for place in places for m in discord.messages(place) if m.author_id == discord.bot.id]


def pictures(world: World, channel: Channel) -> list[Message]:
    return [message for message in said(world, channel.id) if message.attachments]


async def shown(world: World, channel: Channel, count: int = 1) -> None:
    """Wait for so many pictures, and until no status line is left."""

    async def there() -> bool:
        lines = [m for m in said(world, channel.id) if m.content.startswith(LINES)]
        return len(pictures(world, channel)) >= count and not lines

    await eventually(there, 20.0)


async def test_each_hears_its_servers_and_all_work_on_everything(world: World) -> None:
    places = [world.sandbox.guilds.found(f"Club {number}", (number, COUNT))[1] for number in range(COUNT)]
    async with AsyncExitStack() as stack:
        bots = [await stack.enter_async_context(bot(world, f"{n}/{COUNT}")) for n in range(COUNT)]
        ada = await stack.enter_async_context(Member.enter(world, "Ada"))
        bots[0].running.queue.hold(on=True)  # it hears and acknowledges, and others do its work
        for channel in places:
            await ada.person.slash(str(channel.id), "imagine", prompt=f"a house in {channel.guild_id}")
        for channel in places:
            await shown(world, channel)
            assert len(pictures(world, channel)) == 1
        assert not bots[0].engine.paints
        thread = next(world.sandbox.hub.world.threads(places[0].id))
        await ada.person.say(str(thread.id), "make it night")
        await shown(world, places[0], 2)
        assert len(pictures(world, places[0])) == 2


async def test_a_server_of_another_processs_shard_is_spoken_to_in_its_language(world: World) -> None:
    guild, channel = world.sandbox.guilds.found("Malklub", (0, COUNT))
    guild.locale = "de"
    async with bot(world, "0/3") as hears, bot(world, "1-2/3"), Member.enter(world, "Ada") as ada:
        hears.running.queue.hold(on=True)
        await ada.person.slash(str(channel.id), "imagine", prompt="a house")
        await shown(world, channel)
        assert "Ändern" in str(pictures(world, channel)[0].components)


@asynccontextmanager
async def painting_elsewhere(world: World) -> AsyncIterator[tuple[Any, Member, Any, Any]]:
    """A job that one process was asked for and another, the first of the four, paints without coming to an
    end; who asked, where, and its status line."""
    _, channel = world.sandbox.guilds.found("Club", (0, COUNT))
    gated = SketchEngine(gate=asyncio.Event())
    async with (
        bot(world, "0/3") as hears,
        bot(world, "1-2/3", gated) as works,
        Member.enter(world, "Ada") as ada,
    ):
        hears.running.queue.hold(on=True)
        await ada.person.slash(str(channel.id), "imagine", prompt="a house")
        await gated.begun.acquire()
        line = await ada.event("MESSAGE_CREATE", lambda d: d["content"].startswith(LINES) and d["components"])
        yield works, ada, channel, line


async def test_cancel_at_one_process_ends_the_work_of_another(world: World) -> None:
    async with painting_elsewhere(world) as (works, ada, channel, line):
        await ada.person.click(line, "Cancel")

        async def ended() -> bool:
            lines = [m for m in said(world, channel.id) if m.content.startswith(LINES)]
            return not works.running.queue.running and not lines

        await eventually(ended)
        assert not pictures(world, channel)


async def test_a_cancellation_is_told_though_the_process_that_painted_died(world: World) -> None:
    async with painting_elsewhere(world) as (works, ada, channel, line):
        looking = works.running.queue._looking
        looking.cancel()  # as dead: it hears of nothing more
        await ada.person.click(line, "Cancel")

        async def told() -> bool:
            [message] = [m for m in said(world, channel.id) if str(m.id) == line["id"]]
            return "ancelled" in message.content and not message.components

        await eventually(told)
        assert sum("ancelled" in message.content for message in said(world, channel.id)) == 1


async def test_a_rolling_restart_loses_nothing(world: World) -> None:
    _, channel = world.sandbox.guilds.found("Club", (0, 1))
    gated = SketchEngine(gate=asyncio.Event())
    async with Member.enter(world, "Ada") as ada:
        async with bot(world, "0/1", gated):
            await ada.person.slash(str(channel.id), "imagine", prompt="a house")
            await gated.begun.acquire()
        thread = next(world.sandbox.hub.world.threads(channel.id))
        await ada.person.say(str(thread.id), "make it night")  # while nobody holds the shard
        async with bot(world, "0/1"):
            await shown(world, channel, 2)
        assert len(pictures(world, channel)) == 2
