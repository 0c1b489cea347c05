"""A picture to start from: as an option of /imagine, and from a message's context menu."""

import io
import logging
import struct
import zlib
from typing import Any

import pytest
from PIL import Image

from model.engine import Capabilities, EngineInfo
from tests.bot.engines import LLM, PAINTER, SketchEngine, sketch
from tests.e2e.discordworld import Member, World, footer_of, open_world, parts_of, shows_picture, title_of

EPHEMERAL = 64
DESCRIBED = "rectangles on a 96 by 64 sheet"


async def test_what_is_in_a_picture_is_painted(world: World, ada, channel):
    await ada.person.slash(channel, "imagine", image=sketch("x", 1, 96, 64))
    picture = await ada.picture()
    assert title_of(picture) == DESCRIBED
    assert world.one("SELECT origin, instruction, source_prompt FROM turns") == {
        "origin": "picture",
        "instruction": "",
        "source_prompt": DESCRIBED,
    }


async def test_words_are_an_instruction_on_what_is_in_the_picture(world: World, ada, channel, engine):
    await ada.person.slash(channel, "imagine", prompt="make it night", image=sketch("x", 1, 96, 64))
    picture = await ada.picture()
    assert title_of(picture) == "make it night"
    assert [(edit.source_prompt, edit.instruction) for edit in engine.edits] == [(DESCRIBED, "make it night")]
    assert world.one("SELECT instruction, source_prompt FROM turns") == {
        "instruction": "make it night",
        "source_prompt": DESCRIBED,
    }


async def test_exact_words_come_after_what_is_in_the_picture(world: World, ada, channel, engine):
    await ada.person.slash(channel, "imagine", prompt="night", image=sketch("x", 1, 96, 64), exact=True)
    await ada.picture()
    assert engine.edits == []
    assert world.one("SELECT target_prompt FROM turns")["target_prompt"] == f"{DESCRIBED}, night"


async def test_a_style_is_added_to_what_is_in_the_picture(world: World, ada, channel, engine):
    style, words = next(iter(world.settings.models().styles.items()))
    await ada.person.slash(channel, "imagine", image=sketch("x", 1, 96, 64), style=style)
    await ada.picture()
    assert world.one("SELECT source_prompt FROM turns")["source_prompt"] == DESCRIBED + words


async def test_the_menu_of_a_message_starts_from_its_picture(world: World, ada, grace, channel):
    said = await grace.person.say(channel, "look", files={"mine.png": sketch("x", 1, 96, 64)})
    await ada.person.menu(channel, "Imagine from this picture", said["id"])
    await ada.event("MESSAGE_CREATE", lambda d: d["author"].get("bot") and shows_picture(d))
    row = world.one("SELECT origin, author_id FROM turns")
    assert row == {"origin": "picture", "author_id": ada.id}, "not for training: it may be anybody's"


async def test_a_message_without_a_picture_is_told(world: World, ada, channel):
    said = await ada.person.say(channel, "no picture here")
    await ada.person.menu(channel, "Imagine from this picture", said["id"])
    assert (await ada.answer("There is no picture in that"))["flags"] & EPHEMERAL


async def painted(member: Member) -> dict[str, Any]:
    """The next picture of the bot."""
    found = await member.event("MESSAGE_CREATE", lambda d: shows_picture(d) and d["id"] not in member.seen)
    member.seen.add(found["id"])
    return found


async def test_a_forwarded_picture_and_one_without_a_type_are_pictures(world: World, ada, grace, channel):
    said = await grace.person.say(channel, "look", files={"picture": sketch("x", 1, 96, 64)})
    assert "content_type" not in said["attachments"][0]
    forwarded = await grace.person.forward(said, channel)
    for message in (said, forwarded):
        await ada.person.menu(channel, "Imagine from this picture", message["id"])
        assert title_of(await painted(ada)) == DESCRIBED


async def test_of_several_pictures_the_picked_one_is_taken_and_said(world: World, ada, channel):
    picture = await ada.imagine(channel, "a fox", count=4)
    await ada.person.menu(picture["channel_id"], "Imagine from this picture", picture["id"])
    await ada.answer("(number 1 of 4)")
    await ada.picture()
    await ada.more(picture, "3️⃣")
    await ada.answer("picked number 3")
    await ada.person.menu(picture["channel_id"], "Imagine from this picture", picture["id"])
    await ada.answer("(number 3 of 4)")


async def test_in_a_thread_the_menu_opens_a_thread_of_its_own(world: World, ada, channel):
    first = await ada.imagine(channel, "a fox")
    said = await ada.person.say(first["channel_id"], "", files={"mine.png": sketch("x", 1, 96, 64)})
    await ada.person.menu(first["channel_id"], "Imagine from this picture", said["id"])
    second = await painted(ada)
    threads = {thread["id"]: thread for thread in (await ada.person.state())["guilds"][0]["threads"]}
    assert set(threads) == {first["channel_id"], second["channel_id"]}
    assert threads[second["channel_id"]]["parent_id"] == channel
    told = await ada.changed("🧵 Continued: <#")
    assert (told["channel_id"], second["channel_id"] in told["content"]) == (first["channel_id"], True)
    kept = world.rows("SELECT channel_id, thread_id FROM conversations")[1]
    assert kept == {"channel_id": int(channel), "thread_id": int(second["channel_id"])}


def moving() -> bytes:
    """An animated PNG."""
    buffer = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(buffer, "PNG", save_all=True, append_images=frames[1:])
    return buffer.getvalue()


def many_pixels() -> bytes:
    """A few kilobytes that are a picture of 31 million pixels."""
    buffer = io.BytesIO()
    Image.new("L", (8000, 3900)).save(buffer, "PNG")
    return buffer.getvalue()


def bomb() -> bytes:
    """A few bytes that claim to be a picture of 900 million pixels."""

    def chunk(content: bytes) -> bytes:
        return struct.pack("!I", len(content) - 4) + content + struct.pack("!I", zlib.crc32(content))

    header = struct.pack("!4sIIBBBBB", b"IHDR", 30_000, 30_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(header) + chunk(b"IDAT" + zlib.compress(bytes(1000)))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (b"no picture at all", "I cannot read that picture."),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "I cannot read that picture."),
        (sketch("x", 1, 96, 64)[:200], "I cannot read that picture."),
        (bomb(), "That picture has too many pixels for me."),
        (moving(), "That picture moves."),
        (many_pixels(), "That picture has too many pixels for me."),
        (bytes(11 * 2**20), "That picture is too large for me; please stay within 10 MiB."),
    ],
    ids=["noise", "svg", "cut off", "bomb", "moving", "31 megapixels", "heavy"],
)
async def test_what_is_no_picture_is_told_in_private_and_leaves_nothing(
    tmp_path, engine, caplog, given: bytes, told: str
):
    async with open_world(tmp_path, engine, rate_limits=False, attachment_limit=20 * 2**20) as world:
        await world.start_bot()
        async with Member.enter(world, "Ada") as ada:
            channel = await ada.person.channel_id("pictures")
            before = await ada.person.messages(channel)
            await ada.person.slash(channel, "imagine", image=given)
            answer = await ada.answer(told)
            assert answer["flags"] & EPHEMERAL
            left = [m for m in await ada.person.messages(channel) if not m["flags"] & EPHEMERAL]
            assert left == before
        assert world.rows("SELECT 1 FROM turns") == []
        assert engine.described == []
        assert list(world.settings.store.pictures.rglob("*.png")) == []
    assert [r for r in caplog.records if r.levelno > logging.INFO and r.name.startswith("bot.")] == []


@pytest.mark.parametrize("given", [bomb(), sketch("x", 1, 96, 64)[:200]], ids=["bomb", "cut off"])
async def test_the_menu_decodes_as_safely(world: World, ada, grace, channel, given: bytes):
    said = await grace.person.say(channel, "look", files={"mine.png": given})
    await ada.person.menu(channel, "Imagine from this picture", said["id"])
    told = await ada.event(
        "MESSAGE_CREATE", lambda d: d["content"].startswith(("That pict", "I cannot read"))
    )
    assert told["flags"] & EPHEMERAL
    assert world.rows("SELECT 1 FROM turns") == []


async def test_neither_words_nor_picture(world: World, ada, channel):
    await ada.person.slash(channel, "imagine")
    assert (await ada.answer("There are no words in that"))["flags"] & EPHEMERAL


class BlindEngine(SketchEngine):
    """An engine whose server does little: no seeds, no strength, no captions."""

    @property
    def info(self) -> EngineInfo:
        return EngineInfo(LLM, PAINTER, Capabilities(seeds=False, strength=False, captions=False))


async def test_what_a_server_cannot_do_is_not_offered(tmp_path):
    async with open_world(tmp_path, BlindEngine()) as world:
        await world.start_bot()
        async with Member.enter(world, "Ada") as ada:
            channel = await ada.person.channel_id("pictures")
            picture = await ada.imagine(channel, "a fox")
            behind = await ada.behind_more(picture)
            labels = [part.get("label") for part in (*parts_of(picture), *parts_of(behind))]
            assert "Info" in labels
            assert not {"Vary", "Vary a lot", "Larger", "Keep composition"} & set(labels)
            assert "seed" not in footer_of(picture)
            await ada.person.slash(channel, "imagine", image=sketch("x", 1, 96, 64))
            refusal = await ada.answer("I cannot put that picture into words")
            assert refusal["flags"] & EPHEMERAL
            assert world.jobs == 1
