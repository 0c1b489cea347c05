"""A picture to start from: as an option of /imagine, and from a message's context menu."""

import pytest

from model.errors import BadImage
from tests.bot.engines import sketch
from tests.e2e.discordworld import World

EPHEMERAL = 64
DESCRIBED = "rectangles on a 96 by 64 sheet"


async def test_what_is_in_a_picture_is_painted(world: World, ada, channel):
    await ada.person.slash(channel, "imagine", image=sketch("x", 1, 96, 64))
    picture = await ada.picture()
    assert picture["embeds"][0]["title"] == DESCRIBED
    assert world.one("SELECT origin, source_prompt FROM turns") == {
        "origin": "slash",
        "source_prompt": DESCRIBED,
    }


async def test_words_come_after_what_is_in_the_picture(world: World, ada, channel):
    await ada.person.slash(channel, "imagine", prompt="at night", image=sketch("x", 1, 96, 64))
    await ada.picture()
    assert world.one("SELECT source_prompt FROM turns")["source_prompt"] == f"{DESCRIBED}, at night"


async def test_the_menu_of_a_message_starts_from_its_picture(world: World, ada, grace, channel):
    said = await grace.person.say(channel, "look", files={"mine.png": sketch("x", 1, 96, 64)})
    await ada.person.menu(channel, "Imagine from this picture", said["id"])
    await ada.event("MESSAGE_CREATE", lambda d: d["author"].get("bot") and d["embeds"])
    row = world.one("SELECT origin, author_id FROM turns")
    assert row == {"origin": "message", "author_id": ada.id}, "not for training: it came from a message"


async def test_a_message_without_a_picture_is_told(world: World, ada, channel):
    said = await ada.person.say(channel, "no picture here")
    await ada.person.menu(channel, "Imagine from this picture", said["id"])
    assert (await ada.answer("There is no picture in that"))["flags"] & EPHEMERAL


@pytest.mark.parametrize("given", [b"no picture at all", b""])
async def test_what_is_no_picture_is_told_in_private(world: World, ada, channel, engine, monkeypatch, given):
    async def refuse(image: bytes) -> str:
        raise BadImage("These bytes are no picture.")

    monkeypatch.setattr(engine, "describe", refuse)
    await world.stop_bot()
    await world.start_bot()
    await ada.person.slash(channel, "imagine", image=given or b"\x00")
    assert (await ada.answer("I cannot read that picture"))["flags"] & EPHEMERAL
    assert world.rows("SELECT 1 FROM turns") == []


async def test_neither_words_nor_picture(world: World, ada, channel):
    await ada.person.slash(channel, "imagine")
    assert (await ada.answer("There are no words in that"))["flags"] & EPHEMERAL
