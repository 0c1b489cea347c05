"""/privacy through the wire: what is said, the copy by private message, and a deletion with its messages."""

import io
import json
import re
import zipfile

from tests.e2e.discordworld import World

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
