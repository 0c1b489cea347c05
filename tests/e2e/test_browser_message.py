"""A turn's message in a browser, on a desktop and on a phone: how much room it takes, and who can use it.

`DIFFCHAT_SCREENSHOTS` names a folder to keep the screenshots in; otherwise they lie in the test's own.
"""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser import DRAWN, album, browser, come_in
from tests.e2e.discordworld import Member, World

pytestmark = pytest.mark.browser
__all__ = ["album", "browser"]  # fixtures

PATIENCE_MS = 90_000
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
expect.set_options(timeout=PATIENCE_MS)


async def visit(browser: Browser, world: World, width: dict[str, Any]) -> Page:
    """The page as Ada sees it; nothing moves, so that no colour is measured on its way to another."""
    context = await browser.new_context(device_scale_factor=2, reduced_motion="reduce", **width)
    page = await context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    await come_in(page, world.sandbox.url, "Ada")
    return page


async def open_thread(page: Page) -> None:
    """From the channel into its only thread."""
    await page.locator(".thread-card").click()
    await expect(page.locator("article .picture").first).to_be_visible()


def pictures(page: Page) -> Locator:
    """The messages with pictures."""
    return page.locator("article", has=page.locator(".picture"))


async def faults(page: Page) -> list[str]:
    """What axe-core finds wrong with the page as it is now."""
    await page.evaluate(DRAWN)
    found = await Axe().run(page)
    return [
        f"{one['id']}: {node['html'][:160]} {node['failureSummary'][:300]}"
        for one in found.response["violations"]
        for node in one["nodes"]
    ]


async def height(locator: Locator) -> float:
    box = await locator.bounding_box()
    assert box is not None
    return box["height"]


@pytest.mark.parametrize(("name", "width"), [("desktop", DESKTOP), ("phone", PHONE)])
async def test_a_message_leaves_the_room_to_the_picture(
    browser: Browser, world: World, ada: Member, channel: str, album: Path, name: str, width: dict[str, Any]
) -> None:
    first = await ada.imagine(channel, "a red house in a meadow")
    await ada.person.say(first["channel_id"], "make it night")
    await ada.picture()
    page = await visit(browser, world, width)
    await open_thread(page)
    message = pictures(page).last
    await expect(message.get_by_role("button", name="👍, 1 person")).to_be_visible()
    assert await faults(page) == []
    await page.screenshot(path=album / f"message-{name}.png")

    screen = width["viewport"]
    controls = await height(message.locator(".component-row")) + await height(message.locator(".reactions"))
    assert controls < screen["height"] / 5, "ten buttons, a menu and reactions took more than a third"
    assert await message.locator(".component-row button").count() == 5
    assert await page.evaluate("document.documentElement.scrollWidth") <= screen["width"]
    picture = message.locator(".picture img").first
    await expect(picture).to_have_attribute("alt", "a red house in a meadow, finely drawn, make it night")

    await message.get_by_role("button", name="More…").click()
    more = page.locator("article.ephemeral")
    await expect(more.get_by_role("button", name="Larger")).to_be_visible()
    await page.emulate_media(color_scheme="dark")
    assert await faults(page) == []
    await page.screenshot(path=album / f"more-{name}.png")
    await more.get_by_role("button", name="Larger").click()
    await expect(pictures(page)).to_have_count(3)
    await expect(more).to_have_count(0)


async def test_several_pictures_are_picked_by_their_numbers(
    browser: Browser, world: World, ada: Member, channel: str, album: Path
) -> None:
    await ada.imagine(channel, "a fox in the snow", count=4)
    page = await visit(browser, world, PHONE)
    await open_thread(page)
    message = pictures(page).last
    assert await message.locator(".component-row button").count() == 5
    await message.get_by_role("button", name="Pick").nth(1).click()
    await expect(page.locator("article").last).to_contain_text("2")
    await page.screenshot(path=album / "several-phone.png")
