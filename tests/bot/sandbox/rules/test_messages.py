"""Forwards, files without a content type, and mentions that contradict themselves."""

import io
from typing import Any

import aiohttp
import discord
import pytest
from PIL import Image

from bot.sandbox.app import Sandbox
from bot.sandbox.model.permissions import Permission
from bot.sandbox.model.records import Overwrite
from bot.sandbox.payloads.messages import without_content
from bot.sandbox.person import Person, Refused


def png() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 6), "blue").save(buffer, "PNG")
    return buffer.getvalue()


async def test_a_forward_carries_a_snapshot(sandbox: Sandbox, bot, grace: Person) -> None:
    pictures, general = await grace.channel_id("pictures"), await grace.channel_id("general")
    said = await grace.say(pictures, "look", files={"blue.png": png()})
    await grace.forward(said, general)
    await grace.call("DELETE", f"/channels/{pictures}/messages/{said['id']}")
    heard: Any = await bot.until("message", times=2)
    snapshot = heard.message_snapshots[0]
    assert (heard.content, heard.attachments, snapshot.content) == ("", [], "look")
    assert heard.reference.type is discord.MessageReferenceType.forward
    assert heard.reference.message_id == int(said["id"])
    assert await snapshot.attachments[0].read() == png(), "the file outlives the message it came from"


async def test_a_forwarded_forward_shows_the_first_message(grace: Person) -> None:
    general = await grace.channel_id("general")
    once = await grace.forward(await grace.say(general, "look"), general)
    twice = await grace.forward(once, general)
    assert twice["message_snapshots"][0]["message"]["content"] == "look"
    assert twice["flags"] & (1 << 14)


async def test_only_what_one_may_read_can_be_forwarded(sandbox: Sandbox, ada: Person, grace: Person) -> None:
    pictures, general = await ada.channel_id("pictures"), await ada.channel_id("general")
    said = await ada.say(pictures, "hidden")
    guild = next(iter(sandbox.hub.world.guilds))
    hidden = Overwrite(id=guild, type=0, deny=int(Permission.VIEW_CHANNEL))
    sandbox.channels.overwrite(sandbox.hub.world.channel(int(pictures)), hidden)
    with pytest.raises(Refused, match="50001"):
        await grace.forward(said, general)


async def test_without_the_content_intent_a_snapshot_is_empty(sandbox: Sandbox, grace: Person) -> None:
    general = await grace.channel_id("general")
    shown = await grace.forward(await grace.say(general, "look"), general)
    hidden = without_content(shown, sandbox.hub.world.bot.id)
    assert hidden["message_snapshots"][0]["message"]["content"] == ""
    assert shown["message_snapshots"][0]["message"]["content"] == "look"


@pytest.mark.parametrize("name", ["picture", "picture.unknown"])
async def test_a_file_without_a_known_ending_has_no_content_type(bot, grace: Person, name: str) -> None:
    await grace.say(await grace.channel_id("general"), "", files={name: png()})
    attachment = (await bot.until("message")).attachments[0]
    assert (attachment.filename, attachment.content_type) == (name, None)
    assert (attachment.width, attachment.height) == (8, 6)
    assert await attachment.read() == png()


@pytest.mark.parametrize(
    ("allowed", "status"),
    [
        ({"parse": ["users"], "users": ["1"]}, 400),
        ({"parse": ["roles"], "roles": ["1"]}, 400),
        ({"parse": ["nonsense"]}, 400),
        ({"parse": ["users"], "users": []}, 200),
        ({"parse": ["everyone"], "users": ["1"]}, 200),
        ({"parse": [], "replied_user": True}, 200),
    ],
)
async def test_contradictory_mentions_are_refused(sandbox: Sandbox, allowed: dict, status: int) -> None:
    url = f"{sandbox.api_base}/channels/{next(iter(sandbox.hub.world.channels))}/messages"
    headers = {"Authorization": f"Bot {sandbox.token}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        response = await session.post(url, json={"content": "x", "allowed_mentions": allowed})
        assert response.status == status
        assert status == 200 or (await response.json())["code"] == 50035
