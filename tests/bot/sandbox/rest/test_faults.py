"""Faults on purpose, and how an unmodified discord.py fares with them."""

import asyncio

import aiohttp
import discord
import pytest

from bot.sandbox.app import Sandbox
from bot.sandbox.model.settings import SandboxSettings


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
