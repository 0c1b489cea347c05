"""`/imagine model:` through the wire: what is offered, what paints, and what refinements take over."""

from pathlib import Path

import pytest

from model.engine import Capabilities, PainterInfo
from tests.bot.engines import PAINTER, SketchEngine
from tests.e2e.discordworld import Member, World, open_world, parts_of, pictures_of

PHOTO = {"models": {"photo": {"model": "p/photo", "steps": 3, "guidance": 5.0, "width": 64, "height": 96}}}
LORAS = {"image": {"loras": {"comic": "./loras/comic", "oil": "./loras/oil"}}}


async def test_models_are_offered_and_refinements_stay_with_theirs(tmp_path: Path) -> None:
    engine = SketchEngine()
    async with open_world(tmp_path, engine, LORAS, rate_limits=False) as world:
        await world.start_bot()
        async with Member.enter(world, "Ada") as ada:
            channel = await ada.person.channel_id("pictures")
            offered = await ada.person.autocomplete(channel, "imagine", "model", "")
            assert [choice["value"] for choice in offered] == [PAINTER, "comic", "oil"]
            offered = await ada.person.autocomplete(channel, "imagine", "model", "o")
            assert [choice["value"] for choice in offered] == ["oil", "comic"]

            first = await ada.imagine(channel, "a fox", model="comic")
            await ada.person.say(first["channel_id"], "make it night")
            await ada.picture()
            await ada.imagine(channel, f"an owl --model {PAINTER}")
            await ada.imagine(channel, "a hen")
            assert [paint.lora for paint in engine.paints] == ["comic", "comic", "", ""]

            await ada.person.slash(channel, "imagine", prompt="a fox", model="crayon")
            await ada.answer("The model cannot be “crayon”; allowed is one of comic, oil.")


async def test_much_larger_is_a_button_where_an_upscaler_does_it_and_its_size_is_told_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = SketchEngine(models={"photo": PainterInfo("photo-painter", Capabilities(upscale=4))})
    monkeypatch.setattr("bot.cogs.larger.upload_limit", lambda _: 1000)
    async with open_world(tmp_path, engine, PHOTO, rate_limits=False) as world:
        await world.start_bot()
        async with Member.enter(world, "Ada") as ada:
            channel = await ada.person.channel_id("pictures")
            usual = await ada.imagine(channel, "an owl")
            assert "4× larger" not in {part.get("label") for part in parts_of(await ada.behind_more(usual))}
            first = await ada.imagine(channel, "a fox", model="photo")
            await ada.press(first, "4× larger")
            await ada.answer("It becomes 256×384 pixels.")
            [picture] = pictures_of(await ada.picture())
            assert (picture["width"], picture["height"]) == (256, 384)


async def test_one_model_is_one_choice(world: World, ada: Member, channel: str) -> None:
    offered = await ada.person.autocomplete(channel, "imagine", "model", "")
    assert offered == [{"name": PAINTER, "value": PAINTER}]
