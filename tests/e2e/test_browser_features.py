"""What people expect of a picture bot, tried in a browser: one story, seen on a desktop and on a phone.

A newcomer brings another tool's picture, has wildcards drawn, chooses a model, makes a picture larger, paints
after a reference, has a picture described, and sees the showcase follow a deletion.
`DIFFCHAT_SCREENSHOTS` names a folder to keep the screenshots in; otherwise they lie in the test's own.
"""

import io
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from playwright.async_api import Browser, Locator, Page, expect

from model.engine import Capabilities, PainterInfo
from model.tiny.grammar import parse
from model.tiny.render import render
from tests.bot.engines import SketchEngine
from tests.browser import DRAWN, album, browser
from tests.e2e.discordworld import Member, World, open_world, pictures_of, shows_picture, title_of
from tests.e2e.test_browser_message import DESKTOP, PHONE, faults, pictures, visit
from tests.e2e.test_gallery import consent, look_s, opened, shown_in

pytestmark = pytest.mark.browser
__all__ = ["album", "browser", "look_s"]  # fixtures

ABLE = Capabilities(references=("repaint", "keep"), upscale=4)
SETTINGS: dict[str, Any] = {
    "models": {"photo": {"model": "p/photo", "steps": 3, "guidance": 5.0, "width": 96, "height": 144}},
    "limits": {"actions_per_minute": 100},
}
WEBUI = (
    "a blue boat on the sea at night\nNegative prompt: people, text\n"
    "Steps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1234567, Size: 512x768, Model: dreamshaper_8"
)


def drawn(prompt: str, seed: int, width: int, height: int) -> bytes:
    """TinyWorld's own drawing of the prompt, so that the screenshots show something."""
    return png_of(render(parse(prompt), seed % 1000).resize((width, height)))


def png_of(image: Image.Image, said: str = "") -> bytes:
    """A PNG that carries `said` as AUTOMATIC1111 does."""
    info = PngInfo()
    info.add_text("parameters", said)
    buffer = io.BytesIO()
    image.convert("RGB").save(buffer, "PNG", pnginfo=info)
    return buffer.getvalue()


def brought() -> bytes:
    """A picture of another tool with its settings."""
    return png_of(render(parse("a blue boat on the sea at night"), 3).resize((256, 384)), WEBUI)


@pytest.fixture
def engine() -> SketchEngine:
    return SketchEngine(draw=drawn, able=ABLE, models={"photo": PainterInfo("photo-painter", ABLE)})


@pytest.fixture
async def world(tmp_path: Path, engine: SketchEngine) -> AsyncIterator[World]:
    async with open_world(tmp_path, engine, SETTINGS, rate_limits=False) as world:
        await world.start_bot()
        yield world


@dataclass
class Tab:
    """The page as Ada sees it."""

    page: Page
    album: Path

    async def keep(self, state: str) -> None:
        """Look at the page as it is on both widths: nothing is too wide, axe-core finds nothing; a screenshot
        of each stays."""
        for name, size in (("phone", PHONE["viewport"]), ("desktop", DESKTOP["viewport"])):
            await self.page.set_viewport_size(size)
            await self.page.evaluate(DRAWN)
            wide = await self.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= size["width"], f"{state} on a {name}"
            if name == "phone":
                assert await faults(self.page) == [], state
            await self.page.screenshot(path=self.album / f"{state}-{name}.png")

    async def write(self, text: str) -> None:
        """Type into the composer, and press Enter."""
        await self.page.locator(".composer-input").focus()
        await self.page.keyboard.type(text)
        await self.page.keyboard.press("Enter")

    async def go(self, place: str) -> None:
        """Open a channel or thread."""
        await self.page.locator(".place-name", has_text=place).first.click()
        await expect(self.page.locator(".top-name")).to_have_text(place)

    async def more(self, label: str) -> None:
        """Press a button behind More… of the newest picture."""
        await pictures(self.page).last.get_by_role("button", name="More…").click()
        await self.own.last.get_by_role("button", name=label, exact=True).click()

    @property
    def own(self) -> Locator:
        """What only Ada sees."""
        return self.page.locator("article.ephemeral")

    @property
    def caption(self) -> Locator:
        """The words under the newest picture."""
        return pictures(self.page).last.locator(".container")


async def test_a_newcomer_finds_what_other_picture_bots_have(
    browser: Browser,
    album: Path,
    world: World,
    ada: Member,
    grace: Member,
    channel: str,
    engine: SketchEngine,
) -> None:
    tab = Tab(await visit(browser, world, DESKTOP), album)
    await brings_a_picture(tab, world)
    await draws_of_a_list(tab)
    await chooses_a_model_and_makes_it_larger(tab, engine)
    await paints_after_a_reference(tab, engine)
    await has_a_picture_described(tab)
    await sees_the_showcase_follow(tab, ada, grace, channel)


async def brings_a_picture(tab: Tab, world: World) -> None:
    """A file dropped into the channel; its menu starts from it, and offers the settings that it carries."""
    page = tab.page
    await page.locator("input[type=file]").first.set_input_files(
        {"name": "boat.png", "mimeType": "image/png", "buffer": brought()}
    )
    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(page.locator("article .picture")).to_be_visible()
    await page.locator("article").last.focus()
    await page.keyboard.press("Enter")
    await page.get_by_role("menuitem", name="Imagine from this picture").click()
    await expect(tab.own).to_contain_text("seed 1234567 · 512×768 · 20 steps · guidance 7 · Euler a")
    await expect(tab.own).to_contain_text("Not to be seen: people, text.")
    await world.until("SELECT 1 FROM jobs WHERE state = 'done'")
    await tab.own.get_by_role("button", name="Paint with its settings").click()
    await expect(tab.own.last).to_contain_text("Continued")
    await tab.keep("settings-offered")


async def draws_of_a_list(tab: Tab) -> None:
    """A list of one's own, and four pictures drawn from it at once, by somebody for whom nothing waits."""
    await tab.write("/style add name:colour words:red, blue, green, white kind:list")
    await tab.page.keyboard.press("Enter")  # the first one took the choice that is offered
    await expect(tab.own.last).to_contain_text("Write {colour} in a prompt")
    await tab.write("/imagine prompt:a {colour} house count:4")
    page = tab.page
    asked = page.locator("article").last
    await expect(asked).to_contain_text("asked for a {colour} house")
    # its own card, which comes a moment later: the last one of the page may still be the thread before
    await asked.locator(".thread-card").click()
    await expect(pictures(page)).to_have_count(4)
    titles = await page.locator(".container p strong:first-child").all_text_contents()
    assert {f"a {colour} house" for colour in ("red", "blue", "green", "white")} <= set(titles)
    await tab.keep("drawn")


async def chooses_a_model_and_makes_it_larger(tab: Tab, engine: SketchEngine) -> None:
    """Models are offered while their name is typed; a conversation stays with its own."""
    page = tab.page
    await page.locator(".composer-input").focus()
    await page.keyboard.type("/imagine a red house ")
    await page.locator("[data-add=model]").click()
    await expect(page.get_by_role("option")).to_have_text(["sketch-painter", "photo"])
    await tab.keep("models-offered")
    await page.keyboard.type("pho")
    await expect(page.get_by_role("option")).to_have_count(1)
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    await expect(tab.caption).to_contain_text("photo-painter")
    await tab.write("make it night --model sketch-painter")
    await expect(page.locator("article").last).to_contain_text("A conversation keeps its model")
    await tab.more("4× larger")
    await expect(tab.caption).to_contain_text("Larger: 384×576 pixels")
    assert engine.paints[-1].upscale
    await tab.keep("larger")


async def paints_after_a_reference(tab: Tab, engine: SketchEngine) -> None:
    """By words with a file; the message says so until the reference is given up, and whether it can be."""
    page = tab.page
    file: Any = {"name": "boat.png", "mimeType": "image/png", "buffer": brought()}
    await page.locator("input[type=file]").first.set_input_files(file)
    await tab.write("in the style of this picture")
    await expect(tab.caption).to_contain_text("In the style of a reference picture")
    await tab.keep("reference")
    await tab.write("without the reference")
    await expect(tab.caption).to_contain_text("without the reference")
    await expect(tab.caption).not_to_contain_text("In the style of a reference")
    engine.able = Capabilities()
    engine.models = {"photo": PainterInfo("photo-painter")}
    await page.locator("input[type=file]").first.set_input_files(file)
    await tab.write("in the style of this picture")
    await expect(page.locator("article").last).to_contain_text(
        "cannot take style or character from another picture"
    )
    await tab.keep("reference-cannot")


async def has_a_picture_described(tab: Tab) -> None:
    """Three readings for the person alone, one of which is painted."""
    page = tab.page
    await tab.go("general")
    await page.locator(".composer-input").focus()
    await page.keyboard.type("/describe ")
    await page.locator("[data-option=image] input").set_input_files(
        {"name": "boat.png", "mimeType": "image/png", "buffer": brought()}
    )
    await page.get_by_role("button", name="Send /describe").click()
    await expect(tab.own.last.get_by_role("button")).to_contain_text(["Paint 1", "Paint 2", "Paint 3"])
    await tab.keep("described")
    await tab.own.last.get_by_role("button", name="Paint 2").click()
    await expect(page.locator(".thread-card").last).to_contain_text("boxes on a 256 by 384 sheet")


async def sees_the_showcase_follow(tab: Tab, ada: Member, grace: Member, channel: str) -> None:
    """A picture with a heart is shown once its author agrees, leads to its place, and goes with it."""
    page = tab.page
    showcase = await opened(ada, hearts=1)
    await ada.person.slash(channel, "imagine", prompt="a green tree in the snow")
    picture = await ada.event(
        "MESSAGE_CREATE", lambda d: shows_picture(d) and "green tree" in title_of(d)
    )  # she saw others before, in the browser
    await consent(ada, channel, "Yes, with my name")
    await grace.person.react(picture["channel_id"], picture["id"], "❤️")
    [shown] = await shown_in(ada, showcase, 1)
    assert "green tree" in str(pictures_of(shown)[0]["description"])
    await expect(pictures(page)).to_have_count(1)
    await tab.keep("showcase")
    await page.get_by_role("button", name="Go to the picture").click()
    await expect(page.locator(".top-name")).to_have_text("a green tree in the snow")
    await tab.more("Delete")
    await tab.own.last.get_by_role("button", name="Yes, delete it").click()
    await tab.go("general")
    await expect(pictures(page)).to_have_count(0)
    await expect(page.get_by_role("button", name="Go to the picture")).to_have_count(0)
