"""The story once more with the models that are shipped: real workers, real prompts, real pictures."""

import io

import aiohttp
import pytest
from PIL import Image

from model.presets import resolve
from model.serving.local_engine import LocalEngine
from tests.e2e.discordworld import Member, Message, open_world


@pytest.fixture
async def engine():
    async with LocalEngine(resolve("tiny")) as engine:
        yield engine


async def test_the_shipped_models_paint_and_refine(tmp_path, engine):
    async with open_world(tmp_path, engine) as world:
        await world.start_bot()
        async with Member.enter(world, "Ada") as ada:
            channel = await ada.person.channel_id("pictures")
            first = await ada.imagine(channel, "a red house in a meadow", seed=3, count=2)
            await ada.person.say(first["channel_id"], "make it night")
            second = await ada.picture()
            before, after = [await fetched(message) for message in (first, second)]
    assert len(first["attachments"]) == 2
    assert "night" in second["embeds"][0]["description"]
    assert before.size == after.size == (128, 128)
    assert before.tobytes() != after.tobytes()
    named = world.one("SELECT llm_model, painter_model, parameters FROM turns WHERE id = 2")
    assert named["llm_model"] == engine.info.llm
    assert named["painter_model"] == engine.info.painter
    assert '"seed": 3' in named["parameters"]


async def fetched(message: Message) -> Image.Image:
    """The first picture of a message, decoded."""
    async with aiohttp.ClientSession() as session, session.get(message["attachments"][0]["url"]) as response:
        return Image.open(io.BytesIO(await response.read())).convert("RGB")
