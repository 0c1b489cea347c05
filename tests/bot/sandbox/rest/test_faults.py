"""Faults on purpose, and how an unmodified discord.py fares with them."""

import asyncio

import aiohttp
import discord
import pytest

from bot.sandbox.app import Sandbox
from bot.sandbox.model.settings import SandboxSettings
from bot.sandbox.rest.faults import RestFault


@pytest.mark.parametrize("status", [500, 502, 504])
async def test_discord_py_repeats_after_a_server_error(sandbox: Sandbox, bot, status: int) -> None:
    fault = sandbox.faults.rest(status, method="POST", path="/channels/*/messages")
    message = await bot.guilds[0].text_channels[0].send("at last")
    assert (message.content, fault.times) == ("at last", 0)


async def test_discord_py_gives_up_after_a_503_and_obeys_a_429(sandbox: Sandbox, bot) -> None:
    channel = bot.guilds[0].text_channels[0]
    sandbox.faults.rest(503, method="POST")
    with pytest.raises(discord.DiscordServerError):
        await channel.send("x")
    fault = sandbox.faults.rest(429, method="POST", times=2, seconds=0.1)
    assert (await channel.send("y")).content == "y"
    assert fault.times == 0


async def test_any_error_code_can_be_asked_for(sandbox: Sandbox, bot) -> None:
    channel = bot.guilds[0].text_channels[0]
    for code in (50013, 10008, 50083, 40005, 50035):
        sandbox.faults.rest(code, method="POST")
        with pytest.raises(discord.HTTPException) as refusal:
            await channel.send("x")
        assert refusal.value.code == code


async def test_a_cut_upload_leaves_nothing_and_a_cut_answer_leaves_the_message(sandbox: Sandbox) -> None:
    channel = next(iter(sandbox.hub.world.channels))
    url = f"{sandbox.api_base}/channels/{channel}/messages"
    headers = {"Authorization": f"Bot {sandbox.token}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        sandbox.faults.rest("cut_upload")
        with pytest.raises(aiohttp.ClientError):
            await session.post(url, json={"content": "lost on the way"})
        sandbox.faults.rest("cut_answer")
        with pytest.raises(aiohttp.ClientError):
            await session.post(url, json={"content": "said, answer lost"})
        sandbox.faults.rest("delay", seconds=0.05)
        assert (await session.post(url, json={"content": "late"})).status == 200
    assert [m.content for m in sandbox.hub.world.messages(channel)] == ["said, answer lost", "late"]


async def test_faults_hit_only_what_they_name_and_can_be_cleared(sandbox: Sandbox) -> None:
    fault = sandbox.faults.rest(500, method="PATCH", path="/channels/*", times=3)
    assert sandbox.faults.take("PATCH", "/channels/1/messages/2") is None
    assert sandbox.faults.take("GET", "/channels/1") is None
    assert sandbox.faults.take("PATCH", "/channels/1") is fault
    sandbox.faults.clear()
    assert sandbox.faults.take("PATCH", "/channels/1") is None


async def test_faults_can_be_set_from_another_process(sandbox: Sandbox) -> None:
    async with aiohttp.ClientSession() as session:
        body = {"rest": [{"kind": 502, "method": "GET", "times": 1}]}
        assert (await session.post(f"{sandbox.url}/faults", json=body)).status == 204
        assert (await session.get(f"{sandbox.api_base}/gateway")).status == 502
        assert (await session.get(f"{sandbox.api_base}/gateway")).status == 200
        gateway = {"gateway": "refuse_connects"}
        assert (await session.post(f"{sandbox.url}/faults", json=gateway)).status == 204
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(sandbox.gateway_url)
        assert (await session.post(f"{sandbox.url}/faults", json={"gateway": "nonsense"})).status == 400
        assert (await session.post(f"{sandbox.url}/faults", json={"rest": [{"nonsense": 1}]})).status == 400
        assert (await session.delete(f"{sandbox.url}/faults")).status == 204
        assert (await session.ws_connect(sandbox.gateway_url)).closed is False


@pytest.mark.parametrize("path", [r"(a+)+$", r"/channels/\d+", "/channels/.*", "channels", "/[a-z]"])
async def test_regular_expressions_are_not_taken(sandbox: Sandbox, path: str) -> None:
    """One of them, given over HTTP, held the whole server up for as long as it liked."""
    with pytest.raises(ValueError, match="such as"):
        sandbox.faults.rest(500, path=path)
    async with aiohttp.ClientSession() as session:
        body = {"rest": [{"kind": 500, "path": path}]}
        assert (await session.post(f"{sandbox.url}/faults", json=body)).status == 400


@pytest.mark.parametrize(
    ("path", "hits"),
    [
        ("**", ["/channels/1", "/channels/1/messages", "/users/@me"]),
        ("/channels/*", ["/channels/1"]),
        ("/channels/*/messages", ["/channels/1/messages"]),
        ("/*/@me", ["/users/@me"]),
        ("/users/@me", ["/users/@me"]),
    ],
)
def test_a_star_stands_for_one_part_of_a_path(path: str, hits: list[str]) -> None:
    fault = RestFault(500, path=path)
    paths = ["/channels/1", "/channels/1/messages", "/users/@me"]
    assert [p for p in paths if fault.matches("GET", p)] == hits


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "nonsense"},
        {"kind": 7},
        {"kind": 500, "times": "x"},
        {"kind": 500, "seconds": -1},
        [],
        5,
        None,
    ],
)
async def test_a_wrong_fault_spoils_nothing(sandbox: Sandbox, wrong: object) -> None:
    async with aiohttp.ClientSession() as session:
        refused = await session.post(f"{sandbox.url}/faults", json={"rest": [wrong]})
        assert (refused.status, "No such fault" in await refused.text()) == (400, True)
        assert (await session.get(f"{sandbox.api_base}/gateway")).status == 200


async def test_a_full_bucket_answers_429_with_all_its_headers() -> None:
    async with Sandbox(SandboxSettings(port=0)) as sandbox:
        channel = next(iter(sandbox.hub.world.channels))
        url = f"{sandbox.api_base}/channels/{channel}/messages"
        async with aiohttp.ClientSession(headers={"Authorization": f"Bot {sandbox.token}"}) as session:
            answers = await asyncio.gather(*(session.post(url, json={"content": str(n)}) for n in range(7)))
            statuses = sorted(answer.status for answer in answers)
            refusal = next(answer for answer in answers if answer.status == 429)
            body = await refusal.json()
    assert statuses == [200] * 5 + [429] * 2
    assert refusal.headers["Via"]
    assert int(refusal.headers["Retry-After"]) >= body["retry_after"] > 0
    assert refusal.headers["X-RateLimit-Remaining"] == "0"
    assert refusal.headers["X-RateLimit-Scope"] == "user"
    assert body["global"] is False


async def test_callbacks_of_interactions_have_no_bucket() -> None:
    """Discord sends no bucket there, and hikari logs an error for one."""
    async with Sandbox(SandboxSettings(port=0)) as sandbox, aiohttp.ClientSession() as session:
        url = f"{sandbox.api_base}/interactions/1/x/callback"
        callbacks = [await session.post(url, json={"type": 4}) for _ in range(60)]
        other = await session.get(f"{sandbox.api_base}/gateway")
    assert {answer.status for answer in callbacks} == {404}
    assert not [name for answer in callbacks for name in answer.headers if name.startswith("X-RateLimit")]
    assert "X-RateLimit-Bucket" in other.headers
