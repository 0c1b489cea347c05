"""Two bots that share one application's shards: each hears its own servers, and they do not start at once."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.app import Running, running_bot
from tests.bot.engines import SketchEngine
from tests.e2e.discordworld import Member, World, open_world, shows_picture

COUNT = 3
SPREAD = {"limits": {"queued_per_user": 50}, "metrics": {"serve": True, "port": 0}}


@pytest.fixture
async def world(tmp_path: Path, engine: SketchEngine) -> AsyncIterator[World]:
    async with open_world(tmp_path, engine, SPREAD, rate_limits=False, shards=COUNT) as world:
        yield world


@asynccontextmanager
async def bot(world: World, shards: str) -> AsyncIterator[Running]:
    """A bot with a part of the shards, and a database of its own."""
    folder = world.settings.store.data_dir.with_name(shards.replace("/", "-of-"))
    store = world.settings.store.model_copy(update={"data_dir": folder})
    part = world.settings.discord.model_copy(update={"shards": shards})
    settings = world.settings.model_copy(update={"store": store, "discord": part})
    async with running_bot(settings, world.engine, world.token) as running:
        yield running


async def test_each_bot_serves_the_servers_of_its_shards(world: World) -> None:
    places = [world.sandbox.guilds.found(f"Club {number}", (number, COUNT)) for number in range(COUNT)]
    async with AsyncExitStack() as stack:
        bots = [await stack.enter_async_context(bot(world, shards)) for shards in ("0/3", "1-2/3")]
        ada = await stack.enter_async_context(Member.enter(world, "Ada"))
        known = [{guild.id for guild in running.client.guilds} for running in bots]
        for number, (guild, channel) in enumerate(places):
            assert [guild.id in ids for ids in known] == [number == 0, number > 0]
            await ada.person.slash(str(channel.id), "imagine", prompt=f"house {number}")
            await ada.event("MESSAGE_CREATE", lambda d: shows_picture(d) and d["id"] not in ada.seen)
            ada.seen |= {e["d"]["id"] for e in ada.person.events if e["t"] == "MESSAGE_CREATE"}
        assert [sorted(running.client.shards) for running in bots] == [[0], [1, 2]]
        assert 'diffchat_shard_connected{shard="2"} 1.0' in await fetched(bots[1], "/metrics")
        assert bots[0].services.settings.discord.sharding.leads


async def fetched(running: Running, path: str) -> str:
    assert running.health is not None
    async with aiohttp.ClientSession() as session, session.get(running.health.url + path) as response:
        return await response.text()


async def test_a_private_chat_is_answered_by_the_bot_with_the_first_shard(world: World) -> None:
    async with bot(world, "1-2/3") as second, bot(world, "0/3") as first, Member.enter(world, "Ada") as ada:
        private = await ada.person.call("POST", "/dm", json={"user_id": str(world.sandbox.hub.world.bot.id)})
        await ada.person.slash(private["id"], "imagine", prompt="a zebra")
        await ada.event("MESSAGE_CREATE", shows_picture)
        assert len(await first.services.jobs.waiting()) == 0
        assert second.queue.running == 0


async def test_commands_are_registered_by_the_first_one_alone(world: World) -> None:
    async with bot(world, "1-2/3"):
        assert not world.sandbox.hub.world.commands
        async with bot(world, "0/3"):
            assert world.sandbox.hub.world.commands


async def test_a_shard_that_is_lost_is_named(world: World) -> None:
    async with bot(world, "1-2/3") as running:
        world.sandbox.faults.refuse_connects()
        for connection in list(world.sandbox.gateway.connections):
            if connection.session is not None and connection.session.shard[0] == 2:
                connection.drop()
        await world.until_true(lambda: not running.client.shards[2]._parent.ws.open)
        assert "not connected to Discord: shard 2" in await fetched(running, "/healthz")


async def test_shards_wait_for_their_turn_as_discord_asks(
    tmp_path: Path, engine: SketchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.session_starts.APART_S", 0.6)
    async with (
        open_world(tmp_path, engine, SPREAD, identify_seconds=0.5, shards=4, max_concurrency=2) as world,
        bot(world, "0-3/4") as running,
    ):
        assert sorted(running.client.shards) == [0, 1, 2, 3]
        assert world.sandbox.gateway.starts.limit()["remaining"] == 996, "nobody was sent away"
