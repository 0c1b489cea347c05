"""The story once more with the models that are shipped: real workers, real prompts, real pictures."""

import io

import aiohttp
import pytest
import pytest_asyncio
from PIL import Image
from playwright.async_api import expect
from sd_parsers import ParserManager

from model.presets import resolve
from model.serving.local_engine import LocalEngine
from tests.browser import album, chromium, come_in, imagine
from tests.e2e.discordworld import Member, Message, open_world, pictures_of, words_of

# one loop and one engine for all: starting it takes 10 s of a core
pytestmark = pytest.mark.asyncio(loop_scope="module")
__all__ = ["album"]  # a fixture
PATIENCE_MS = 90_000


@pytest_asyncio.fixture(scope="module", loop_scope="module")
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
            files = [await fetched(message) for message in (first, second)]
    before, after = [Image.open(io.BytesIO(file)).convert("RGB") for file in files]
    assert len(pictures_of(first)) == 2
    assert "night" in words_of(second)
    assert before.size == after.size == (128, 128)
    assert before.tobytes() != after.tobytes()
    named = world.one("SELECT llm_model, painter_model, parameters FROM turns WHERE id = 2")
    assert named["llm_model"] == engine.info.llm
    assert named["painter_model"] == engine.info.painter
    assert '"seed": 3' in named["parameters"]
    saying_once_how_it_was_painted(files[1], named["painter_model"])


async def test_a_reply_edits_what_it_names_and_leaves_the_rest_to_the_byte(tmp_path, engine):
    async with open_world(tmp_path, engine) as world:
        await world.start_bot()
        async with Member.enter(world, "Ada") as ada:
            channel = await ada.person.channel_id("pictures")
            first = await ada.imagine(channel, "a red house and a tree in a meadow", seed=3)
            await ada.person.say(first["channel_id"], "make the house blue")
            second = await ada.picture()
            await ada.more(second, "Paint anew")
            anew = await ada.picture()
            files = [await fetched(message) for message in (first, second, anew)]
    before, after, again = [Image.open(io.BytesIO(file)).convert("RGB") for file in files]
    ways = world.rows("SELECT way FROM turns ORDER BY id")
    assert [row["way"] for row in ways] == ["repaint", "edit", "repaint"]
    same, moved = same_share(before, after), same_share(before, again)
    assert 0.6 < same < 0.98
    assert moved < same
    assert "blue" in words_of(second)


def same_share(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels that two pictures have in common."""
    both = zip(one.get_flattened_data(), other.get_flattened_data(), strict=True)
    return sum(a == b for a, b in both) / (one.width * one.height)


async def test_the_shipped_painter_changes_a_region_and_nothing_else(tmp_path, engine):
    async with open_world(tmp_path, engine) as world:
        await world.start_bot()
        async with Member.enter(world, "Ada") as ada:
            channel = await ada.person.channel_id("pictures")
            first = await ada.imagine(channel, "a red house in a meadow", seed=3)
            mask = io.BytesIO()
            half = Image.new("L", (128, 128))
            half.paste(255, (64, 0, 128, 128))
            half.save(mask, "PNG")
            await ada.person.slash(first["channel_id"], "region", mask=mask.getvalue())
            shown = await ada.event("MESSAGE_UPDATE", lambda d: len(d.get("attachments", [])) == 2)
            pressed = await ada.person.click(shown, "Change this place")
            asked = await ada.event("INTERACTION_MODAL", lambda d: d["id"] == pressed)
            await ada.person.submit(first["channel_id"], asked["modal"], {"said": "add a lantern"})
            files = [await fetched(message) for message in (first, await ada.picture())]
    before, after = [Image.open(io.BytesIO(file)).convert("RGB") for file in files]
    left, right = (0, 0, 64, 128), (64, 0, 128, 128)
    assert before.crop(left).tobytes() == after.crop(left).tobytes()
    assert before.crop(right).tobytes() != after.crop(right).tobytes()


@pytest.mark.browser
async def test_both_ways_and_a_region_in_a_browser(tmp_path, engine, album):
    async with open_world(tmp_path, engine) as world, chromium() as browser:
        await world.start_bot()
        page = await browser.new_page(viewport={"width": 1280, "height": 1000})
        page.set_default_timeout(PATIENCE_MS)
        await come_in(page, world.sandbox.url, "Rosa")
        await imagine(page, "a red house and a tree in a meadow --seed 3")
        pictures = page.locator("article:not(.ephemeral)", has=page.locator(".picture"))
        await expect(pictures).to_have_count(1, timeout=PATIENCE_MS)

        await page.keyboard.type("make the house blue")
        await page.keyboard.press("Enter")
        await expect(pictures).to_have_count(2, timeout=PATIENCE_MS)
        edited = pictures.nth(1)
        await expect(edited).to_contain_text("I edited the picture: the rest should be as it was")
        await page.screenshot(path=album / "edit-1-edited.png")
        await edited.get_by_role("button", name="Paint anew").click()
        await expect(pictures).to_have_count(3, timeout=PATIENCE_MS)
        await expect(pictures.nth(2)).not_to_contain_text("I edited the picture")

        await edited.get_by_role("button", name="More…").click()
        await page.locator("article.ephemeral").get_by_role("button", name="Region").click()
        region = page.locator("article.ephemeral", has_text="Which place should change?")
        await region.get_by_role("button", name="By words").click()
        dialog = page.get_by_role("dialog")
        await dialog.get_by_role("textbox").first.fill("the tree")
        await dialog.get_by_role("button", name="Submit").click()
        found = page.locator("article.ephemeral", has_text="is that the place?")
        await expect(found.locator("img").first).to_be_visible()
        await page.screenshot(path=album / "edit-2-region.png")
        await found.get_by_role("button", name="Change this place").click()
        await dialog.get_by_role("textbox").first.fill("make the tree yellow")
        await dialog.get_by_role("button", name="Submit").click()
        await expect(pictures).to_have_count(4, timeout=PATIENCE_MS)
        await expect(pictures.nth(3).locator(".picture img").first).to_be_visible(timeout=PATIENCE_MS)
        await page.screenshot(path=album / "edit-3-after.png")
    ways = [row["way"] for row in world.rows("SELECT way FROM turns ORDER BY id")]
    assert ways == ["repaint", "edit", "repaint", "region"]


def saying_once_how_it_was_painted(file: bytes, model: str) -> None:
    """What is posted says once how it was painted, to a reader that we did not write."""
    assert file.count(b"parameters\0") == 1
    read = ParserManager().parse(io.BytesIO(file))
    assert read is not None
    [sampler] = read.samplers
    assert sampler.model is not None
    assert (sampler.parameters["seed"], sampler.model.name) == ("3", model)
    assert "night" in sampler.prompts[0].value


async def fetched(message: Message) -> bytes:
    """The first picture of a message."""
    async with aiohttp.ClientSession() as session, session.get(pictures_of(message)[0]["url"]) as response:
        return await response.read()
