"""Pictures to start from are work like any other: in line, fair, bounded, durable, and known where ours."""

import asyncio
import io
import json

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from model.engine import Capabilities, EngineInfo
from model.pictures.png_metadata import Parameters, encode_png
from tests.bot.engines import LLM, PAINTER, SketchEngine, sketch
from tests.e2e.discordworld import Member, World, open_world, pictures_of, shows_picture, title_of, words_of

EPHEMERAL = 64
DESCRIBED = "rectangles on a 96 by 64 sheet"
BUSY = {"running": 1, "queued_per_user": 100, "actions_per_minute": 1000}


def brought(number: int = 1) -> bytes:
    """A picture of elsewhere."""
    return sketch("x", number, 96, 64)


def files(world: World) -> int:
    """How many picture files are kept."""
    return len(list(world.settings.store.pictures.rglob("*.png")))


async def begun(engine: SketchEngine) -> None:
    """Wait until a painting has begun."""
    async with asyncio.timeout(30):
        await engine.begun.acquire()


async def test_forty_pictures_of_one_person_hold_nobody_up(tmp_path, engine):
    engine.gate = asyncio.Event()
    async with open_world(tmp_path, engine, {"limits": BUSY}, rate_limits=False) as world:
        await world.start_bot()
        async with Member.enter(world, "Ada") as ada, Member.enter(world, "Grace") as grace:
            channel = await ada.person.channel_id("pictures")
            await ada.person.slash(channel, "imagine", prompt="a first one")
            await begun(engine)
            for number in range(40):
                await ada.person.slash(channel, "imagine", image=brought(number))
            await world.until_true(lambda: world.jobs == 41)
            assert engine.described == [], "none goes before its turn"
            await grace.person.slash(channel, "imagine", prompt="a boat")
            await world.until_true(lambda: world.jobs == 42)
            engine.gate.set()
            await world.until(
                "SELECT 1 FROM turns WHERE source_prompt = 'a boat' AND finished_at IS NOT NULL"
            )
            before = engine.order[: engine.order.index("paint a boat, finely drawn")]
            assert before.count("describe") <= 1


async def test_with_the_usual_limits_forty_pictures_are_four_turns(tmp_path, engine):
    engine.gate = asyncio.Event()
    async with open_world(tmp_path, engine, {"limits": {"running": 1}}, rate_limits=False) as world:
        await world.start_bot()
        async with Member.enter(world, "Ada") as ada:
            channel = await ada.person.channel_id("pictures")
            for number in range(40):
                await ada.person.slash(channel, "imagine", image=brought(number))
            refusals = "You already have 3 waiting.", "That is more than 10 things within a minute."
            await world.until_true(lambda: sum(map(ada.told, refusals)) == 36)
            # the last of the four may be stored after the last of the others was refused
            await world.until_true(lambda: (world.jobs, len(engine.described)) == (4, 1))


async def test_who_has_had_enough_has_nothing_described(tmp_path, engine):
    async with open_world(tmp_path, engine, {"limits": {"hourly_per_user": 1}}, rate_limits=False) as world:
        await world.start_bot()
        async with Member.enter(world, "Ada") as ada:
            channel = await ada.person.channel_id("pictures")
            await ada.imagine(channel, "a fox")
            await ada.person.slash(channel, "imagine", image=brought())
            assert (await ada.answer("You have had 1 pictures within an hour."))["flags"] & EPHEMERAL
            said = await ada.person.say(channel, "", files={"mine.png": brought()})
            await ada.person.menu(channel, "Imagine from this picture", said["id"])
            await world.until_true(lambda: ada.told("You have had 1 pictures") == 2)
    assert engine.described == []


async def test_what_is_no_picture_is_told_while_others_wait(tmp_path, engine):
    engine.gate = asyncio.Event()
    async with open_world(tmp_path, engine, {"limits": BUSY}, rate_limits=False) as world:
        await world.start_bot()
        async with Member.enter(world, "Ada") as ada, Member.enter(world, "Grace") as grace:
            channel = await ada.person.channel_id("pictures")
            for number in range(4):
                await ada.person.slash(channel, "imagine", prompt=f"house {number}")
            await begun(engine)
            await grace.person.slash(channel, "imagine", image=b"no picture at all")
            await grace.answer("I cannot read that picture.")
            await grace.person.slash(channel, "imagine", image=brought())
            await grace.answer("You are next.")
            assert not engine.gate.is_set()


async def test_a_waiting_picture_can_be_cancelled_and_goes(tmp_path, engine):
    engine.gate = asyncio.Event()
    async with open_world(tmp_path, engine, {"limits": BUSY}, rate_limits=False) as world:
        await world.start_bot()
        async with Member.enter(world, "Ada") as ada:
            channel = await ada.person.channel_id("pictures")
            await ada.person.slash(channel, "imagine", prompt="a house")
            await begun(engine)
            await ada.person.slash(channel, "imagine", image=brought())
            line = await ada.answer("You are next.")
            assert files(world) == 1
            await ada.person.click(line, "Cancel")
            await ada.changed("This picture was cancelled.")
            assert files(world) == 0
            assert engine.described == []


async def test_a_picture_that_waits_outlives_the_bot_and_is_forgotten_once_read(tmp_path, engine):
    engine.gate = asyncio.Event()
    async with open_world(tmp_path, engine, {"limits": BUSY}, rate_limits=False) as world:
        await world.start_bot()
        async with Member.enter(world, "Ada") as ada:
            channel = await ada.person.channel_id("pictures")
            await ada.person.slash(channel, "imagine", prompt="a house")
            await begun(engine)
            await ada.person.slash(channel, "imagine", prompt="make it night", image=brought())
            await world.until("SELECT 1 FROM brought_pictures WHERE sha256 IS NOT NULL")
            await world.stop_bot()
            engine.gate.set()
            await world.start_bot()
            await ada.event("MESSAGE_CREATE", lambda d: shows_picture(d) and "night" in title_of(d))
            done = "SELECT 1 FROM jobs WHERE state = 'done'"
            await world.until_true(lambda: len(world.rows(done)) == 2)
            assert engine.described == [brought()]
            assert files(world) == 2, "the painted ones"
            assert world.one("SELECT sha256, settings FROM brought_pictures")["sha256"] is None


async def test_our_own_picture_is_known_and_not_described(world: World, ada, grace, channel, engine):
    picture = await ada.imagine(channel, "a red car and a blue balloon")
    _, data = await ada.person.download(pictures_of(picture)[0]["url"])
    await grace.person.slash(channel, "imagine", prompt="make it night", image=data)
    changed = await grace.event("MESSAGE_CREATE", lambda d: shows_picture(d) and "night" in title_of(d))
    assert engine.described == []
    known = "a red car and a blue balloon, finely drawn"
    assert engine.edits[-1].source_prompt == known
    await ada.person.menu(picture["channel_id"], "Imagine from this picture", picture["id"])
    again = await ada.event(
        "MESSAGE_CREATE",
        lambda d: shows_picture(d) and title_of(d) == known and d["id"] != changed["id"],
    )
    assert words_of(again) == known, "as it is: nothing is written without words"
    assert engine.described == []


async def test_a_private_chats_picture_is_known_only_there(world: World, ada, channel, engine):
    private = await ada.person.call("POST", "/dm", json={"user_id": str(world.sandbox.hub.world.bot.id)})
    parameters = Parameters("a secret garden", "", 4, "DDIM", 2.0, 7, (96, 64), "sketch-painter")
    with Image.open(io.BytesIO(brought())) as image:
        told = encode_png(image, parameters)
    engine.draw = lambda *_: told
    await ada.imagine(private["id"], "a secret garden")
    await ada.person.slash(private["id"], "imagine", image=told)
    await ada.picture()
    assert engine.described == []
    await ada.person.slash(channel, "imagine", image=told)
    picture = await ada.picture()
    assert title_of(picture) == DESCRIBED
    assert not [m for m in await ada.person.messages(channel) if "secret" in m["content"]]


def webui() -> bytes:
    """A PNG as AUTOMATIC1111 writes it."""
    info = PngInfo()
    text = (
        "a castle, <lora:fog:0.8> (mist:1.2)\nNegative prompt: people\n"
        "Steps: 30, Sampler: Euler a, CFG scale: 7, Seed: 4711, Size: 512x768, Model hash: 6ce0161689, "
        "Model: v1-5-pruned, Version: v1.6.0"
    )
    info.add_text("parameters", text)
    return _png(info)


def comfyui() -> bytes:
    """A PNG as ComfyUI writes it."""
    graph = {
        "3": {
            "class_type": "KSampler",
            "inputs": {
                "seed": 2**32 + 4711, "steps": 20, "cfg": 8.0, "sampler_name": "euler",
                "model": ["4", 0], "positive": ["6", 0], "negative": ["7", 0], "latent_image": ["5", 0],
            },
        },
        "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "v1-5.safetensors"}},
        "5": {"class_type": "EmptyLatentImage", "inputs": {"width": 512, "height": 768, "batch_size": 1}},
        "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "a castle, (mist:1.2)", "clip": ["4", 1]}},
        "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "people", "clip": ["4", 1]}},
    }  # fmt: skip
    info = PngInfo()
    info.add_text("prompt", json.dumps(graph))
    info.add_text("workflow", json.dumps({"nodes": []}))
    return _png(info)


def _png(info: PngInfo) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (96, 64), "grey").save(buffer, "PNG", pnginfo=info)
    return buffer.getvalue()


@pytest.mark.parametrize("given", [webui(), comfyui()], ids=["AUTOMATIC1111", "ComfyUI"])
async def test_the_settings_of_another_tools_picture_are_offered(
    world: World, ada, channel, engine, given: bytes
):
    await ada.person.slash(channel, "imagine", image=given)
    offer = await ada.answer("This picture carries its settings")
    assert offer["flags"] & EPHEMERAL
    assert "seed 4711 · 512×768" in offer["content"]
    assert "Not to be seen: people." in offer["content"]
    first = await ada.picture()
    assert title_of(first) == r"a castle, \(mist:1.2\)"
    assert engine.described == []
    await world.until("SELECT 1 FROM turns WHERE finished_at IS NOT NULL")
    await ada.person.click(offer, "Paint with its settings")
    second = await ada.picture()
    assert second["channel_id"] == first["channel_id"]
    await ada.answer(f"Continued: <#{first['channel_id']}>")  # it was pressed above the thread
    painted = engine.paints[-1]
    assert (painted.prompt, painted.negative_prompt, painted.seeds) == (
        "a castle, (mist:1.2)",
        "people",
        (4711,),
    )
    assert painted.height > painted.width, "its shape"
    usual = engine.paints[0]
    assert painted.width * painted.height <= usual.width * usual.height, "and no more pixels than others"
    assert painted.steps == usual.steps, "another model's steps are not taken over"
    assert world.rows("SELECT DISTINCT origin FROM turns") == [{"origin": "picture"}]


class WithoutNegativePrompts(SketchEngine):
    """A painter that looks at no negative prompt."""

    @property
    def info(self) -> EngineInfo:
        return EngineInfo(LLM, PAINTER, Capabilities(negative_prompt=False))


@pytest.mark.parametrize(
    ("painter", "guidance"),
    [(WithoutNegativePrompts, 7.0), (SketchEngine, 0.0)],
    ids=["has none", "without guidance"],
)
async def test_a_negative_prompt_without_effect_is_left_out_and_that_is_said(
    tmp_path, painter: type[SketchEngine], guidance: float
):
    engine, given = painter(), {"image": {"guidance": guidance}}
    async with open_world(tmp_path, engine, given, rate_limits=False) as world:
        await world.start_bot()
        async with Member.enter(world, "Ada") as ada:
            channel = await ada.person.channel_id("pictures")
            await ada.person.slash(channel, "imagine", image=webui())
            offer = await ada.answer("my model does not look at a negative prompt")
            await ada.picture()
            await world.until("SELECT 1 FROM turns WHERE finished_at IS NOT NULL")
            await ada.person.click(offer, "Paint with its settings")
            await ada.picture()
            assert [paint.negative_prompt for paint in engine.paints] == ["", ""]


async def test_settings_are_asked_for_too_early_or_by_somebody_else(tmp_path, engine):
    engine.gate = asyncio.Event()
    async with open_world(tmp_path, engine, rate_limits=False) as world:
        await world.start_bot()
        async with Member.enter(world, "Ada") as ada:
            channel = await ada.person.channel_id("pictures")
            await ada.person.slash(channel, "imagine", image=webui())
            offer = await ada.answer("This picture carries its settings")
            await ada.person.click(offer, "Paint with its settings")
            assert (await ada.answer("Your picture is not ready yet."))["flags"] & EPHEMERAL
            assert world.jobs == 1


async def test_new_threads_are_counted_before_one_is_opened(tmp_path, engine):
    limits = {"hourly_per_user": 1, "actions_per_minute": 1000}
    async with open_world(tmp_path, engine, {"limits": limits}, rate_limits=False) as world:
        await world.start_bot()
        async with Member.enter(world, "Ada") as ada:
            channel = await ada.person.channel_id("pictures")
            picture = await ada.imagine(channel, "a fox")
            for _ in range(20):
                await ada.more(picture, "New thread")
            await world.until_true(lambda: ada.told("You have had 1 pictures within an hour.") == 20)
            assert len((await ada.person.state())["guilds"][0]["threads"]) == 1


async def test_without_a_quota_new_threads_have_their_own_limit(tmp_path, engine):
    limits = {"threads_per_hour": 2, "actions_per_minute": 1000, "queued_per_user": 100}
    async with open_world(tmp_path, engine, {"limits": limits}, rate_limits=False) as world:
        await world.start_bot()
        async with Member.enter(world, "Ada") as ada, Member.enter(world, "Grace") as grace:
            channel = await ada.person.channel_id("pictures")
            picture = await ada.imagine(channel, "a fox")
            for _ in range(6):
                await ada.more(picture, "New thread")
            await world.until_true(lambda: ada.told("You have opened 2 threads within an hour.") == 4)
            assert len((await ada.person.state())["guilds"][0]["threads"]) == 3
            await grace.more(picture, "New thread")
            await grace.changed("🧵 Continued")


async def test_histories_copies_and_settings_have_a_limit(tmp_path, engine):
    async with open_world(
        tmp_path, engine, {"limits": {"actions_per_minute": 3}}, rate_limits=False
    ) as world:
        await world.start_bot()
        async with Member.enter(world, "Ada") as ada:
            channel = await ada.person.channel_id("pictures")
            picture = await ada.imagine(channel, "a fox")
            for _ in range(5):
                await ada.person.slash(picture["channel_id"], "history")
            await world.until_true(lambda: ada.told("That is more than 3 things within a minute.") == 2)
            await world.until_true(lambda: ada.told("🗺️") == 3)
            await ada.person.slash(channel, "privacy")
            said = await ada.answer("What I keep about you")
            await ada.person.click(said, "Send me a copy")
            await ada.person.click(said, "Let training use my data")
            await world.until_true(lambda: ada.told("That is more than 3 things within a minute.") == 4)
            assert world.rows("SELECT 1 FROM users") == []
