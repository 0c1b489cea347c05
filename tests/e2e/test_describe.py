"""/describe and its menu: a picture in words, in several readings, each of which can be painted."""

import asyncio
import io

import pytest
from PIL import Image

from model.engine import Capabilities, EngineInfo
from tests.bot.engines import LLM, PAINTER, SketchEngine, sketch
from tests.e2e.discordworld import Member, World, open_world, title_of

EPHEMERAL = 64
READINGS = [f"{what} on a 96 by 64 sheet" for what in ("rectangles", "boxes", "windows")]
SEEN = "**What I see in it.**"


async def test_a_picture_is_read_three_times_to_the_person_alone(
    world: World, ada: Member, channel: str
) -> None:
    await ada.person.slash(channel, "describe", image=sketch("x", 1, 96, 64))
    answer = await ada.changed(SEEN)
    assert answer["flags"] & EPHEMERAL
    assert [block for block in answer["content"].split("```") if "sheet" in block] == [
        f"\n{r}\n" for r in READINGS
    ]
    labels = [button["label"] for row in answer["components"] for button in row["components"]]
    assert labels == ["Paint 1", "Paint 2", "Paint 3"]
    assert world.rows("SELECT 1 FROM turns") == []


async def test_a_reading_is_painted_also_after_a_restart(world: World, ada: Member, channel: str) -> None:
    await ada.person.slash(channel, "describe", image=sketch("x", 1, 96, 64))
    answer = await ada.changed(SEEN)
    await world.stop_bot()
    await world.start_bot()
    await ada.person.click(answer, "Paint 2")
    picture = await ada.picture()
    assert title_of(picture) == READINGS[1]
    assert picture["channel_id"] != channel, "in a thread of its own"
    assert world.one("SELECT origin FROM turns") == {"origin": "picture"}, "not words of a person"


async def test_the_menu_of_a_message_reads_its_picture(
    world: World, ada: Member, grace: Member, channel: str
) -> None:
    said = await grace.person.say(channel, "look", files={"mine.png": sketch("x", 1, 96, 64)})
    await ada.person.menu(channel, "Describe this picture", said["id"])
    assert READINGS[0] in (await ada.changed(SEEN))["content"]
    plain = await grace.person.say(channel, "no picture here")
    await ada.person.menu(channel, "Describe this picture", plain["id"])
    assert (await ada.answer("There is no picture in that"))["flags"] & EPHEMERAL


async def test_a_file_that_is_no_picture_is_told(world: World, ada: Member, channel: str) -> None:
    await ada.person.slash(channel, "describe", image=b"no picture at all")
    assert await ada.changed("I cannot read that picture")


async def test_looking_is_counted(tmp_path, engine: SketchEngine) -> None:
    limits = {"limits": {"actions_per_minute": 1}}
    async with open_world(tmp_path, engine, limits, rate_limits=False) as world:
        await world.start_bot()
        async with Member.enter(world, "Ada") as ada:
            channel = await ada.person.channel_id("pictures")
            await ada.person.slash(channel, "describe", image=sketch("x", 1, 96, 64))
            await ada.changed(SEEN)
            await ada.person.slash(channel, "describe", image=sketch("x", 2, 96, 64))
            assert await ada.answer("more than 1 things within a minute")
    assert len(engine.described) == 3


async def test_who_waits_for_a_reading_holds_up_nobodys_history(
    world: World,
    ada: Member,
    grace: Member,
    channel: str,
    engine: SketchEngine,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read, asked = asyncio.Event(), asyncio.Semaphore(0)
    describe = SketchEngine.describe

    async def behind_others(self: SketchEngine, image: bytes, reading: int = 0) -> str:
        asked.release()
        await read.wait()  # as in the line behind pictures that are painted
        return await describe(self, image, reading)

    monkeypatch.setattr(SketchEngine, "describe", behind_others)
    async with Member.enter(world, "Linus") as linus:
        picture = await linus.imagine(channel, "a fox")
        for number, member in enumerate((ada, grace)):
            await member.person.slash(channel, "describe", image=sketch("x", number, 96, 64))
            await asked.acquire()
        await linus.person.slash(picture["channel_id"], "history")
        assert await linus.changed("🗺️")
        read.set()
        for member in (ada, grace):
            assert READINGS[2] in (await member.changed(SEEN))["content"]


async def test_where_nothing_describes_pictures_it_says_so(
    tmp_path, engine: SketchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    deaf = EngineInfo(LLM, PAINTER, Capabilities(captions=False))
    monkeypatch.setattr(type(engine), "info", property(lambda _: deaf))
    async with open_world(tmp_path, engine, rate_limits=False) as world:
        await world.start_bot()
        async with Member.enter(world, "Ada") as ada:
            channel = await ada.person.channel_id("pictures")
            await ada.person.slash(channel, "describe", image=sketch("x", 1, 96, 64))
            assert await ada.answer("I cannot put that picture into words")
    assert engine.described == []


async def test_of_several_pictures_the_picked_one_is_read_and_said(
    world: World, ada: Member, channel: str, engine: SketchEngine
) -> None:
    picture = await ada.imagine(channel, "a fox", count=4)
    await ada.more(picture, "3️⃣")
    await ada.answer("picked number 3")
    await ada.person.menu(picture["channel_id"], "Describe this picture", picture["id"])
    assert await ada.changed("**What I see in it (number 3 of 4).**")
    third = world.one(
        "SELECT target_prompt, seed FROM turns JOIN images ON turn_id = turns.id WHERE position = 2"
    )
    drawn = sketch(third["target_prompt"], third["seed"], 128, 128)
    assert set(map(pixels, engine.described)) == {pixels(drawn)}


def pixels(picture: bytes) -> tuple[tuple[int, int], bytes]:
    with Image.open(io.BytesIO(picture)) as image:
        return image.size, image.convert("RGB").tobytes()
