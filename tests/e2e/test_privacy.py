"""/privacy through the wire: what is said, the copy by private message, and a deletion with its messages."""

import asyncio
import io
import json
import re
import zipfile
from functools import partial

from bot.chat.pictures.actions import Action, custom_id
from tests.e2e.discordworld import Member, Message, World, open_world

EPHEMERAL = 64


async def test_training_use_is_decided_by_a_button(world: World, ada, channel):
    await ada.imagine(channel, "a fox")
    await ada.person.slash(channel, "privacy")
    said = await ada.answer("What I keep about you")
    assert said["flags"] & EPHEMERAL
    assert "are **not** used for training" in said["content"]
    await ada.person.click(said, "Let training use my data")
    await ada.answer("Thank you")
    assert world.one("SELECT user_id, training_consent FROM users") == {
        "user_id": ada.id,
        "training_consent": 1,
    }


async def test_only_kinds_of_data_that_there_are_are_listed(world: World, ada, channel):
    await ada.person.slash(channel, "privacy")
    said = (await ada.answer("What I keep about you"))["content"].splitlines()
    assert said == [
        "**What I keep about you**",
        "Nothing.",
        "Messages that are not meant for me are never kept.",
        "Everything stays on the computer that I run on.",
    ]
    await ada.imagine(channel, "a fox")
    await ada.person.slash(channel, "privacy")
    said = (await ada.answer("🖼️ pictures: 1"))["content"]
    assert "prompts made from them: 1" in said
    assert not [kind for kind in "⭐🚩⚙" if kind in said]


def says(words: str, message: Message) -> bool:
    return words in message["content"]


def offers(key: str, message: Message) -> bool:
    return key in str(message["components"])


async def test_deleting_ones_data_ends_the_line_of_what_waits(tmp_path, engine, monkeypatch):
    """Also the line of a job so far behind that a restart does not tell its place again."""
    monkeypatch.setattr("bot.jobs.queue.ANNOUNCED", 1)
    few = {"limits": {"running": 2}}
    async with open_world(tmp_path, engine, few, rate_limits=False) as world:
        await world.start_bot()
        async with Member.enter(world, "Ada") as ada, Member.enter(world, "Grace") as grace:
            channel = await ada.person.channel_id("pictures")
            engine.gate = asyncio.Event()
            asked = ((grace, "a fox"), (grace, "a cat"), (grace, "a dog"), (ada, "a house"), (ada, "a boat"))
            for member, prompt in asked:
                await member.person.slash(channel, "imagine", prompt=prompt)
                await member.event("MESSAGE_CREATE", partial(says, prompt))
            keys = [custom_id(Action.CANCEL, turn) for turn in (4, 5)]
            lines = [await ada.event("MESSAGE_CREATE", partial(offers, key)) for key in keys]
            await world.stop_bot()
            await world.start_bot()
            await ada.person.slash(channel, "privacy")
            await ada.person.click(await ada.answer("What I keep"), "Delete my data…")
            await ada.person.click(await ada.answer("for good"), "Yes, delete everything")
            await ada.event("MESSAGE_UPDATE", lambda d: "is deleted" in d.get("content", ""))
            for line in lines:
                now = [m for m in await ada.person.messages(line["channel_id"]) if m["id"] == line["id"]]
                assert [(m["components"], "cancelled" in m["content"]) for m in now] == [([], True)]


async def test_a_copy_comes_by_private_message(world: World, ada, channel):
    await ada.imagine(channel, "a fox")
    await ada.person.slash(channel, "privacy")
    await ada.person.click(await ada.answer("What I keep"), "Send me a copy")
    sent = await ada.event("MESSAGE_CREATE", lambda d: d["attachments"] and "data.json" in d["content"])
    assert sent["channel_id"] != channel
    _, data = await ada.person.download(sent["attachments"][0]["url"])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        turns = json.loads(archive.read("data.json"))["turns"]
    assert turns[0]["source_prompt"] == "a fox"


async def test_a_deletion_asks_again_and_then_takes_the_messages_too(world: World, ada, channel):
    message = await ada.imagine(channel, "a fox")
    await ada.person.slash(message["channel_id"], "refine", instruction="add a lantern")
    await ada.answer("add a lantern")
    await ada.picture()
    await ada.person.slash(channel, "privacy")
    await ada.person.click(await ada.answer("What I keep"), "Delete my data…")
    asked = await ada.answer("for good")
    assert len(world.rows("SELECT 1 FROM images")) == 2, "nothing is deleted yet"
    await ada.person.click(asked, "Delete, and the posted pictures too")
    await ada.event("MESSAGE_DELETE", lambda d: d["id"] == message["id"])
    await ada.event("MESSAGE_DELETE", lambda d: d["id"] == message["channel_id"])
    renamed = await ada.event("THREAD_UPDATE", lambda d: d["id"] == message["channel_id"])
    assert renamed["name"] == "A picture", "its name had been Ada's words"
    left = await ada.person.messages(channel) + await ada.person.messages(message["channel_id"])
    assert not {"fox", "lantern"} & set(re.findall(r"\w+", str(left)))
    assert world.rows("SELECT 1 FROM images") == []
    for row in world.rows("SELECT author_id, source_prompt FROM turns"):
        assert row == {"author_id": 0, "source_prompt": ""}
