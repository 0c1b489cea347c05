"""Shards at the local Discord: whose events go where, and how many may begin at once."""

import aiohttp
import pytest

from bot.sandbox.app import Sandbox
from bot.sandbox.model.settings import SandboxSettings
from bot.sandbox.person import Person
from tests.bot.sandbox.gateway.test_server import connected

EVERYTHING = 1 | 1 << 9 | 1 << 12 | 1 << 15  # guilds, messages there and in private, their words


async def limits(sandbox: Sandbox) -> dict:
    headers = {"Authorization": f"Bot {sandbox.token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.get(f"{sandbox.api_base}/gateway/bot") as response,
    ):
        return await response.json()


async def test_each_shard_gets_its_servers_and_the_first_one_private_messages(
    sandbox: Sandbox, grace: Person
) -> None:
    places = [sandbox.guilds.found(f"Club {number}", (number, 3)) for number in range(3)]
    for number, (guild, channel) in enumerate(places):
        async with connected(sandbox) as socket:
            ready = await socket.identify(sandbox, EVERYTHING, shard=[number, 3])
            assert str(guild.id) in {one["id"] for one in ready["d"]["guilds"]}
            assert all((int(one["id"]) >> 22) % 3 == number for one in ready["d"]["guilds"])
            for _ in ready["d"]["guilds"]:
                await socket.until("GUILD_CREATE")
            for _, other in places:
                await grace.say(str(other.id), "hello")
            private = await grace.call("POST", "/dm", json={"user_id": str(sandbox.hub.world.bot.id)})
            await grace.say(private["id"], "psst")
            await grace.say(str(channel.id), "the last")
            heard: list[str] = []
            while not heard or heard[-1] != "the last":
                heard.append((await socket.until("MESSAGE_CREATE"))["d"]["content"])
            assert heard == ["hello", *(["psst"] if number == 0 else []), "the last"]


async def test_a_server_founded_later_is_told_to_its_shard_alone(sandbox: Sandbox) -> None:
    async with connected(sandbox) as first, connected(sandbox) as second:
        for number, socket in enumerate((first, second)):
            await socket.identify(sandbox, 1, shard=[number, 2])
        theirs, _ = sandbox.guilds.found("Theirs", (1, 2))
        ours, _ = sandbox.guilds.found("Ours", (0, 2))
        assert (await second.until("GUILD_CREATE"))["d"]["id"] in {str(theirs.id), *_seeded(sandbox)}
        told = [(await first.until("GUILD_CREATE"))["d"]["id"]]
        while told[-1] != str(ours.id):
            told.append((await first.until("GUILD_CREATE"))["d"]["id"])
        assert str(theirs.id) not in told


def _seeded(sandbox: Sandbox) -> set[str]:
    return {str(guild_id) for guild_id in sandbox.hub.world.guilds}


@pytest.fixture
def strict() -> SandboxSettings:
    return SandboxSettings(port=0, shards=4, max_concurrency=2, identify_seconds=60.0, session_starts=3)


async def test_too_many_at_once_are_sent_away_until_their_turn(strict: SandboxSettings) -> None:
    async with Sandbox(strict) as sandbox:
        assert (await limits(sandbox))["shards"] == 4
        answers = []
        for number in range(4):  # 0 and 1 have keys of their own, 2 and 3 come too early after them
            async with connected(sandbox) as socket:
                frame = await socket.identify(sandbox, 1, shard=[number, 4])
                answers.append(frame["t"] or frame["op"])
        assert answers == ["READY", "READY", 9, 9]
        left = (await limits(sandbox))["session_start_limit"]
        assert (left["total"], left["remaining"], left["max_concurrency"]) == (3, 1, 2)
        assert left["reset_after"] > 0


async def test_when_the_starts_of_a_day_are_used_up_none_begins(strict: SandboxSettings) -> None:
    async with Sandbox(SandboxSettings(port=0, identify_seconds=0.0, session_starts=1)) as sandbox:
        for expected in ("READY", 9):
            async with connected(sandbox) as socket:
                frame = await socket.identify(sandbox, 1)
                assert (frame["t"] or frame["op"]) == expected
