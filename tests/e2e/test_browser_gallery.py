"""The gallery and the showcase in a browser, on a desktop and on a phone.

`DIFFCHAT_SCREENSHOTS` names a folder to keep the screenshots in; otherwise they lie in the test's own.
"""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.browser import album, browser
from tests.e2e.discordworld import Member, World
from tests.e2e.test_browser_message import DESKTOP, PHONE, faults, visit
from tests.e2e.test_gallery import HEART, consent, gallery, opened, shown_in

pytestmark = pytest.mark.browser
__all__ = ["album", "browser"]  # fixtures

PROMPTS = (
    "a red fox in the snow",
    "a blue house by the sea",
    "a lantern at night",
    "a city of glass",
    "a boat",
)


@pytest.mark.parametrize(("name", "width"), [("desktop", DESKTOP), ("phone", PHONE)])
async def test_the_gallery_and_the_showcase_are_looked_at(
    world: World,
    ada: Member,
    grace: Member,
    channel: str,
    browser: Browser,
    album: Path,
    name: str,
    width: dict,
) -> None:
    showcase = await opened(ada, hearts=1)
    pictures = [await ada.imagine(channel, prompt) for prompt in PROMPTS]
    await consent(ada, channel, "Yes, with my name")
    await grace.person.react(pictures[0]["channel_id"], pictures[0]["id"], HEART)
    await shown_in(ada, showcase, 1)
    page = await visit(browser, world, width)
    await gallery(ada, channel)
    answer = page.locator("article").last
    await expect(answer.locator(".picture img")).to_have_count(4)
    await expect(answer.get_by_role("button", name="Go on")).to_have_count(4)
    assert await page.evaluate("document.documentElement.scrollWidth") <= width["viewport"]["width"]
    assert await faults(page) == []
    await page.screenshot(path=album / f"gallery-{name}.png")
    if name == "desktop":
        await page.locator(".place-name", has_text="general").click()
        await expect(page.locator("article .picture img")).to_have_count(1)
        await expect(page.get_by_role("button", name="Go to the picture")).to_be_visible()
        await page.screenshot(path=album / "showcase-desktop.png")
