"""The gateway's protocol: resuming, opcodes, close codes, framing, intents."""

import asyncio
import json
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from bot.sandbox.app import Sandbox
from bot.sandbox.model.settings import SandboxSettings
from bot.sandbox.person import Person

GUILDS_AND_MESSAGES = 1 | 1 << 9
CONTENT = 1 << 15


class Socket:
    """A bare gateway client, for what no library would do."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.raw = socket

    async def send(self, op: int, data: object) -> None:
        await self.raw.send_str(json.dumps({"op": op, "d": data}))

    async def frame(self) -> dict:
        return json.loads((await self.raw.receive(timeout=5)).data)

    async def identify(self, sandbox: Sandbox, intents: int = GUILDS_AND_MESSAGES, **more: object) -> dict:
        await self.send(2, {"token": sandbox.token, "intents": intents, "properties": {}, **more})
        return await self.frame()

    async def until(self, name: str) -> dict:
        while True:
            frame = await self.frame()
            if frame["t"] == name:
                return frame

    async def close_code(self) -> int | None:
        while not self.raw.closed:
            await self.raw.receive(timeout=5)
        return self.raw.close_code


@asynccontextmanager
async def connected(sandbox: Sandbox, query: str = "?v=10&encoding=json") -> AsyncIterator[Socket]:
    async with aiohttp.ClientSession() as session, session.ws_connect(sandbox.gateway_url + query) as raw:
        socket = Socket(raw)
        if "compress" not in query and "v=10" in query:
            assert (await socket.frame())["op"] == 10
        yield socket


async def test_hello_heartbeat_ready_and_guild_create(sandbox: Sandbox) -> None:
    async with connected(sandbox) as socket:
        await socket.send(1, None)
        assert (await socket.frame())["op"] == 11
        ready = await socket.identify(sandbox, shard=[0, 1])
        created = await socket.frame()
        assert (ready["t"], ready["s"], ready["d"]["shard"]) == ("READY", 1, [0, 1])
        assert ready["d"]["guilds"][0]["unavailable"]
        assert (created["t"], created["s"]) == ("GUILD_CREATE", 2)
        assert [m["user"]["username"] for m in created["d"]["members"]] == ["DiffChat"]


async def test_zlib_stream_is_one_context_with_flush_marks(sandbox: Sandbox) -> None:
    async with connected(sandbox, "?v=10&encoding=json&compress=zlib-stream") as socket:
        context = zlib.decompressobj()
        hello = (await socket.raw.receive()).data
        await socket.raw.send_bytes(json.dumps({"op": 1, "d": None}).encode())  # a BINARY frame counts too
        acknowledged = (await socket.raw.receive()).data
        assert hello.endswith(b"\x00\x00\xff\xff")
        assert json.loads(context.decompress(hello))["op"] == 10
        assert json.loads(context.decompress(acknowledged))["op"] == 11


async def test_resume_replays_what_was_missed_in_order(sandbox: Sandbox, grace: Person) -> None:
    general = await grace.channel_id("general")
    async with connected(sandbox) as socket:
        ready = await socket.identify(sandbox, GUILDS_AND_MESSAGES | CONTENT)
        await socket.frame()
        sandbox.faults.drop()
        await socket.close_code()
    for number in range(3):
        await grace.say(general, f"missed {number}")
    async with connected(sandbox) as socket:
        await socket.send(6, {"token": sandbox.token, "session_id": ready["d"]["session_id"], "seq": 2})
        frames = [await socket.frame() for _ in range(4)]
    assert [frame["t"] for frame in frames] == ["MESSAGE_CREATE"] * 3 + ["RESUMED"]
    assert [frame["d"]["content"] for frame in frames[:3]] == ["missed 0", "missed 1", "missed 2"]
    assert [frame["s"] for frame in frames] == [3, 4, 5, 6]


async def test_resume_of_an_unknown_session_is_refused_with_op9(sandbox: Sandbox) -> None:
    async with connected(sandbox) as socket:
        await socket.send(6, {"token": sandbox.token, "session_id": "nothing", "seq": 1})
        assert (await socket.frame())["op"] == 9


@pytest.mark.parametrize(
    ("op", "data", "code"),
    [
        (99, None, 4001),
        (2, "nonsense", 4002),
        (8, {"guild_id": "1"}, 4003),
        (2, {"token": "wrong", "intents": 0}, 4004),
        (6, {"token": "wrong", "session_id": "x", "seq": 1}, 4004),
        (2, {"token": None, "intents": 0}, 4004),
        (2, {"intents": 1, "shard": [2, 1]}, 4010),
        (2, {"intents": -1}, 4013),
        (1, "x" * 5000, 4002),
    ],
)
async def test_wrong_payloads_close_with_their_code(
    sandbox: Sandbox, op: int, data: object, code: int
) -> None:
    if isinstance(data, dict) and "token" not in data and op == 2:
        data = {"token": sandbox.token, **data}
    async with connected(sandbox) as socket:
        await socket.send(op, data)
        assert await socket.close_code() == code


async def test_second_identify_future_seq_and_bad_version(sandbox: Sandbox) -> None:
    async with connected(sandbox) as socket:
        ready = await socket.identify(sandbox)
        await socket.identify(sandbox)
        assert await socket.close_code() == 4005
    async with connected(sandbox) as socket:
        await socket.send(6, {"token": sandbox.token, "session_id": ready["d"]["session_id"], "seq": 999})
        assert await socket.close_code() == 4007
    async with connected(sandbox, "?v=6") as socket:
        assert await socket.close_code() == 4012


async def test_too_many_events_close_with_4008(sandbox: Sandbox) -> None:
    async with connected(sandbox) as socket:
        for _ in range(121):
            await socket.send(1, None)
        assert await socket.close_code() == 4008


async def test_missing_heartbeats_close_with_4009() -> None:
    async with (
        Sandbox(SandboxSettings(port=0, heartbeat_seconds=0.1)) as sandbox,
        connected(sandbox) as socket,
    ):
        await socket.identify(sandbox)
        assert await socket.close_code() == 4009


async def test_intents_that_are_switched_off_close_with_4014() -> None:
    settings = SandboxSettings(port=0, message_content=False)
    async with Sandbox(settings) as sandbox, connected(sandbox) as socket:
        await socket.send(2, {"token": sandbox.token, "intents": 1 << 15, "properties": {}})
        assert await socket.close_code() == 4014


async def test_without_message_content_only_addressed_messages_are_readable(
    sandbox: Sandbox, grace: Person
) -> None:
    general = await grace.channel_id("general")
    me = sandbox.hub.world.bot.id
    async with connected(sandbox) as socket:
        await socket.identify(sandbox)
        await socket.frame()
        await grace.say(general, "secret", files={"a.txt": b"x"})
        await grace.say(general, f"<@{me}> hello")
        secret, hello = await socket.frame(), await socket.frame()
    assert (secret["d"]["content"], secret["d"]["attachments"]) == ("", [])
    assert hello["d"]["content"] == f"<@{me}> hello"


async def test_events_without_their_intent_stay_away(sandbox: Sandbox, grace: Person) -> None:
    general = await grace.channel_id("general")
    async with connected(sandbox) as socket:
        await socket.identify(sandbox, intents=1 << 10)  # reactions only: not even GUILD_CREATE
        said = await grace.say(general, "unheard")
        await grace.react(general, said["id"], "👍")
        assert (await socket.frame())["t"] == "MESSAGE_REACTION_ADD"


async def test_guild_events_go_to_their_shard_only(sandbox: Sandbox, grace: Person) -> None:
    guild = next(iter(sandbox.hub.world.guilds.values()))
    mine, other = (guild.id >> 22) % 2, 1 - (guild.id >> 22) % 2
    async with connected(sandbox) as right, connected(sandbox) as wrong:
        assert (
            len(
                (await right.identify(sandbox, GUILDS_AND_MESSAGES | CONTENT, shard=[mine, 2]))["d"]["guilds"]
            )
            == 1
        )
        assert (await wrong.identify(sandbox, GUILDS_AND_MESSAGES | CONTENT, shard=[other, 2]))["d"][
            "guilds"
        ] == []
        await grace.say(await grace.channel_id("general"), "to one shard")
        assert (await right.until("MESSAGE_CREATE"))["d"]["content"] == "to one shard"
        with pytest.raises(TimeoutError):
            await wrong.raw.receive(timeout=0.2)


async def test_members_are_listed_on_request(sandbox: Sandbox) -> None:
    guild = next(iter(sandbox.hub.world.guilds))
    async with connected(sandbox) as socket:
        await socket.identify(sandbox, intents=3)
        await socket.send(8, {"guild_id": str(guild), "query": "gr", "limit": 5, "nonce": "n"})
        chunk = (await socket.until("GUILD_MEMBERS_CHUNK"))["d"]
        assert [m["user"]["username"] for m in chunk["members"]] == ["Grace"]
        assert chunk["nonce"] == "n"


@pytest.mark.parametrize("how", ["op7", "op9", "drop", "4000", "4001", "4008", "cut by restart"])
async def test_discord_py_resumes_without_losing_a_message(
    sandbox: Sandbox, bot, grace: Person, how: str
) -> None:
    general = await grace.channel_id("general")
    if how == "op7":
        sandbox.faults.reconnect()
    elif how == "op9":
        sandbox.faults.invalidate(resumable=True)
    elif how == "drop":
        sandbox.faults.drop()
    elif how == "cut by restart":
        await sandbox.gateway.close()
    else:
        await sandbox.faults.close(int(how))
    await grace.say(general, "while away")
    await bot.until("shard_resumed")
    message = await bot.until("message")
    assert message.content == "while away"
    assert bot.names().count("ready") == 1


async def test_discord_py_identifies_anew_when_the_session_is_gone(
    sandbox: Sandbox, bot, grace: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox.faults.forget_sessions()
    sandbox.faults.drop()
    await bot.until("ready", times=2, seconds=20)
    await grace.say(await grace.channel_id("general"), "back")
    assert (await bot.until("message")).content == "back"


async def test_duplicated_and_reordered_events_reach_the_bot_so(sandbox: Sandbox, bot, grace: Person) -> None:
    general = await grace.channel_id("general")
    sandbox.faults.duplicate_events(1)
    await grace.say(general, "twice")
    await bot.until("message", times=2)
    sandbox.faults.reorder_events(2)
    await grace.say(general, "first")
    await grace.say(general, "second")
    await bot.until("message", times=4)
    heard = [what.content for name, what in bot.heard if name == "message"]
    assert heard == ["twice", "twice", "second", "first"]


async def test_refused_and_silent_gateways(sandbox: Sandbox, bot, grace: Person) -> None:
    sandbox.faults.silence()
    await grace.say(await grace.channel_id("general"), "unheard")
    await asyncio.sleep(0.1)
    assert "message" not in bot.names()
    sandbox.faults.clear()
    sandbox.faults.refuse_connects()
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(sandbox.gateway_url)


@pytest.mark.parametrize(
    "data", [{}, {"guild_id": "x"}, {"guild_id": "9" * 4000}, {"guild_id": "1", "user_ids": ["x"]},
             {"guild_id": "1", "user_ids": {}}, {"guild_id": "1", "query": "a", "limit": "x"}],
)  # fmt: skip
async def test_a_wrong_request_for_members_closes_the_connection(sandbox: Sandbox, data: dict) -> None:
    async with connected(sandbox) as socket:
        await socket.identify(sandbox)
        await socket.send(8, data)
        assert await socket.close_code() == 4002


@pytest.mark.parametrize("raw", ["[" * 4000, "9" * 4000, '"\\ud800"', "NaN", '{"op": []}', "[]"])
async def test_frames_that_are_none_close_the_connection(sandbox: Sandbox, raw: str) -> None:
    async with connected(sandbox) as socket:
        await socket.raw.send_str(raw)
        assert await socket.close_code() in (4001, 4002)
