"""The product's story in a browser: a newcomer makes a picture by talking, and votes for it.

`DIFFCHAT_SCREENSHOTS` names a folder to keep the screenshots in; otherwise they lie in the test's own.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser import album, browser
from tests.e2e.discordworld import World

pytestmark = pytest.mark.browser
__all__ = ["album", "browser"]  # fixtures

PATIENCE_MS = 90_000
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture
async def page(world: World, browser: Browser) -> AsyncIterator[Page]:
    """The sandbox's page in headless Chromium; an error in its scripts fails the test."""
    problems: list[str] = []
    page = await browser.new_page(viewport={"width": 1280, "height": 900}, device_scale_factor=2)
    page.set_default_timeout(PATIENCE_MS)
    page.on("console", lambda m: problems.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    await page.goto(world.sandbox.url)
    yield page
    await page.close()
    assert not problems, "\n".join(problems)


def picture(page: Page, number: int) -> Locator:
    """The message with the thread's picture of that number, counted from 0."""
    return page.locator("article", has=page.locator(".picture")).nth(number)


async def shown(message: Locator) -> None:
    """Wait until a message's picture is really drawn."""
    image = message.locator(".picture img").first
    await expect(image).to_be_visible()
    await expect(image).to_have_js_property("complete", True)
    assert await image.evaluate("image => image.naturalWidth") > 0


async def test_a_newcomer_makes_a_picture_by_talking(page: Page, world: World, album: Path) -> None:
    await page.get_by_role("textbox", name="Your name").fill("Rosa")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="What would you like to see?")).to_be_visible()
    await page.screenshot(path=album / "1-empty.png")

    await page.keyboard.type("/imagine a red house in a meadow")
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Open thread").click()
    await expect(page.locator(".top-name")).to_have_text("a red house in a meadow")
    await shown(picture(page, 0))

    await page.keyboard.type("make it night")
    await page.keyboard.press("Enter")
    second = picture(page, 1)
    await shown(second)
    await expect(second.locator(".container strong").last).to_contain_text("night")

    await second.get_by_role("button", name="👍, 1 person", exact=True).click()  # the bot offers the votes
    await expect(second.get_by_role("button", name="👍, 2 people, you among them")).to_be_visible()
    await world.until("SELECT 1 FROM votes WHERE kind = 'reaction' AND retracted_at IS NULL")
    await page.screenshot(path=album / "2-refined.png")

    await second.get_by_role("button", name="Refine").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_role("textbox").first).to_be_focused()
    await page.keyboard.type("add a lantern")
    await dialog.get_by_role("button", name="Submit").click()
    await shown(picture(page, 2))
    assert len(await world.until("SELECT 1 FROM turns")) == 3

    await page.emulate_media(color_scheme="dark")
    await page.screenshot(path=album / "3-dark.png")
    await page.locator(".crumb").click()
    await expect(page.locator(".thread-card img.thread-picture")).to_be_visible()
    await page.screenshot(path=album / "4-channel.png")
