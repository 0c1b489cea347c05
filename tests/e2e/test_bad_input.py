"""What bad input gets: one clear sentence to the right person, and nothing half-written in the database."""

import asyncio
import io
import random

import pytest
from PIL import Image

from bot.sandbox.model.permissions import Permission
from tests.bot.engines import SketchEngine
from tests.e2e.discordworld import Member, World, open_world, pictures_of, title_of

EPHEMERAL = 64


def nothing_is_written(world: World) -> bool:
    tables = ("conversations", "turns", "jobs", "images")
    return all(world.one(f"SELECT count(*) AS n FROM {table}")["n"] == 0 for table in tables)


@pytest.mark.parametrize(
    ("prompt", "sentence"),
    [
        (" \u200b\u2060 ", "There are no words in that."),
        ("🦊🏔️", "I cannot draw from emoji alone."),
        ("<:fox:123456789012345678>", "There are no words in that."),
        ("a fox " * 400, "That is 2399 characters long; please stay within 1000."),
    ],
)
async def test_a_prompt_without_words_or_without_end_is_refused_to_its_author_alone(
    world, ada, channel, prompt, sentence
):
    await ada.person.slash(channel, "imagine", prompt=prompt)
    answer = await ada.answer(sentence)
    assert answer["flags"] & EPHEMERAL
    assert nothing_is_written(world)


async def test_right_to_left_words_are_painted_without_their_overrides(world, ada, channel):
    await ada.imagine(channel, "\u202eثعلب في الثلج\u202c")
    assert world.one("SELECT source_prompt FROM turns") == {"source_prompt": "ثعلب في الثلج"}


async def test_markdown_and_mentions_in_a_prompt_stay_text(world, ada, channel):
    message = await ada.imagine(channel, "**a** ||fox|| @everyone `x`")
    assert message["mentions"] == []
    assert not message["mention_everyone"]
    assert title_of(message) == r"\*\*a\*\* \|\|fox\|\| everyone \`x\`"


async def test_a_style_that_is_not_offered_is_refused_with_those_that_are(world, ada, channel):
    await ada.person.slash(channel, "imagine", prompt="a fox", style="no such style")
    answer = await ada.answer("The style cannot be “no such style”; allowed is one of flat, watercolour")
    assert answer["flags"] & EPHEMERAL
    assert nothing_is_written(world)


async def test_a_count_above_the_operators_limit_is_refused(tmp_path):
    async with open_world(tmp_path, SketchEngine(), {"imagine": {"max_count": 2}}) as world:
        await world.start_bot()
        async with Member.enter(world, "Ada") as ada:
            await ada.person.slash(
                await ada.person.channel_id("pictures"), "imagine", prompt="a fox", count=3
            )
            await ada.answer("The count cannot be 3; allowed is a whole number from 1 to 2.")
            assert nothing_is_written(world)


async def test_an_attachment_alone_gets_a_hint(world, ada, channel):
    picture = await ada.imagine(channel, "a fox")
    await ada.person.say(picture["channel_id"], "", files={"mine.png": b"\x89PNG"})
    hint = await ada.answer("I read words, not attachments.")
    assert "Imagine from this picture" in hint["content"], "a newcomer means to start from it"
    assert hint["channel_id"] == picture["channel_id"]
    assert world.one("SELECT count(*) AS n FROM turns")["n"] == 1


async def test_missing_permissions_are_named_before_any_work(world, ada, channel, engine):
    world.forbid(channel, Permission.ATTACH_FILES, Permission.EMBED_LINKS)
    await ada.person.slash(channel, "imagine", prompt="a fox")
    answer = await ada.answer("I cannot post pictures here without **Embed Links, Attach Files**.")
    assert answer["flags"] & EPHEMERAL
    assert engine.edits == engine.paints == []
    assert nothing_is_written(world)


async def test_a_picture_too_large_for_the_server_comes_smaller(tmp_path):
    def noise(prompt: str, seed: int, width: int, height: int) -> bytes:
        pixels = random.Random(seed).randbytes(width * height * 3)
        buffer = io.BytesIO()
        Image.frombytes("RGB", (width, height), pixels).save(buffer, "PNG")
        return buffer.getvalue()

    engine = SketchEngine(draw=noise)
    async with open_world(tmp_path, engine, attachment_limit=20_000) as world:
        await world.start_bot()
        async with Member.enter(world, "Ada") as ada:
            message = await ada.imagine(await ada.person.channel_id("pictures"), "static")
            [attachment] = pictures_of(message)
            assert attachment["filename"].endswith(".webp")
            _, data = await ada.person.download(attachment["url"])
    assert 0 < len(data) <= 20_000
    assert world.one("SELECT state FROM jobs") == {"state": "done"}


async def test_a_thread_deleted_while_painting_ends_the_job_and_tells_its_author(world, ada, channel, engine):
    engine.gate = asyncio.Event()
    await ada.person.slash(channel, "imagine", prompt="a fox")
    thread = await ada.event("THREAD_CREATE")
    await world.until("SELECT 1 FROM jobs WHERE state = 'painting'")
    world.sandbox.channels.remove(world.sandbox.hub.world.channel(int(thread["id"])))
    engine.gate.set()
    told = await ada.answer("The thread was deleted before the picture was ready.")
    assert "guild_id" not in told
    assert world.one("SELECT state, cause FROM jobs") == {"state": "failed", "cause": "PlaceGone"}
    assert world.one("SELECT head_turn_id FROM conversations") == {"head_turn_id": None}


async def test_a_permission_taken_while_painting_keeps_the_picture_for_later(world, ada, channel, engine):
    engine.gate = asyncio.Event()
    await ada.person.slash(channel, "imagine", prompt="a fox")
    await world.until("SELECT 1 FROM jobs WHERE state = 'painting'")
    world.forbid(channel, Permission.SEND_MESSAGES_IN_THREADS)
    engine.gate.set()
    told = await ada.changed("Your picture is ready and kept, but I may not post it there any more.")
    assert world.one("SELECT state FROM jobs") == {"state": "posting"}
    world.forbid(channel)
    await world.stop_bot()
    await world.start_bot()
    await ada.picture()
    await ada.event("MESSAGE_DELETE", lambda d: d["id"] == told["id"])
    assert len(engine.paints) == 1


async def test_work_that_fails_is_told_in_words_where_it_was_asked_for(world, ada, channel, engine):
    engine.paint_errors.append(RuntimeError("CUDA error: /secret/path"))
    await ada.person.slash(channel, "imagine", prompt="a fox")
    thread = await ada.event("THREAD_CREATE")
    said = await ada.changed("⚠️")
    assert said["channel_id"] == thread["id"]
    assert said["content"].endswith("Please try again; the operator can find the cause in my log.")
    assert said["components"] == []


async def test_too_much_at_once_is_refused_before_a_thread_is_opened(tmp_path):
    engine = SketchEngine(gate=asyncio.Event())
    limits = {"limits": {"queued_per_user": 1, "running": 1}}
    async with open_world(tmp_path, engine, limits) as world:
        await world.start_bot()
        async with Member.enter(world, "Ada") as ada:
            channel = await ada.person.channel_id("pictures")
            for job, state in ((1, "painting"), (2, "queued")):
                await ada.person.slash(channel, "imagine", prompt="a fox")
                await world.until(f"SELECT 1 FROM jobs WHERE id = {job} AND state = '{state}'")
            await ada.person.slash(channel, "imagine", prompt="an owl")
            answer = await ada.answer("You already have 1 waiting.")
            assert answer["flags"] & EPHEMERAL
            assert world.one("SELECT count(*) AS n FROM conversations")["n"] == 2
