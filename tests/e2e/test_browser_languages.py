"""What people read in a browser in languages whose words are longer, or written without spaces, than English.

`DIFFCHAT_SCREENSHOTS` names a folder to keep the screenshots in; otherwise they lie in the test's own.
"""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from bot.i18n import Language
from bot.texts import pictures as words
from tests.bot.engines import SketchEngine, sketch
from tests.browser import DRAWN, album, browser
from tests.e2e.discordworld import Member, open_world
from tests.e2e.test_browser_message import PHONE, open_thread, pictures, visit

pytestmark = pytest.mark.browser
__all__ = ["album", "browser"]  # fixtures

LOCALES = {Language.GERMAN: "de", Language.JAPANESE: "ja"}
COMMANDS: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("gallery", {}, ".picture img"),
    ("settings", {}, ".select"),
    ("history", {}, "img[src*=history]"),
    ("help", {}, "code"),
    ("privacy", {}, ".component-row button"),
    ("describe", {"image": sketch("x", 1, 96, 64)}, ".component-row button"),
)
"""Commands with their options, and what is in the last message when the answer is complete."""
CUT_OFF = """() => [...document.querySelectorAll('.component-row button')].filter(part => {
    const label = part.querySelector('.select-label') ?? part
    const outside = part.getBoundingClientRect().right > part.closest('article').getBoundingClientRect().right
    return outside || label.scrollWidth > label.clientWidth + 1 && !label.matches('.select-label')
}).map(part => part.textContent)"""


async def fits(page: Page) -> None:
    """Nothing is wider than the page or its message, and no button's words are cut off; a menu's may be."""
    await page.evaluate(DRAWN)
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"]
    assert await page.evaluate(CUT_OFF) == []


@pytest.mark.parametrize("language", LOCALES)
async def test_messages_in_other_languages_have_room_on_a_phone(
    tmp_path: Path, browser: Browser, album: Path, language: Language
) -> None:
    settings = {"discord": {"language": language.value}}
    async with open_world(tmp_path, SketchEngine(), settings, rate_limits=False) as world:
        await world.start_bot()
        async with Member.enter(world, "Ada", LOCALES[language]) as ada:
            channel = await ada.person.channel_id("pictures")
            first = await ada.imagine(channel, "雪の中の赤い狐、静かな夜、水彩画", count=2)
            await ada.person.say(first["channel_id"], "make it night")
            await ada.picture()
            page = await visit(browser, world, {**PHONE, "locale": LOCALES[language]})
            await open_thread(page)
            await fits(page)
            await page.screenshot(path=album / f"message-{language}-phone.png")
            await pictures(page).last.get_by_role("button", name=words.MORE(language)).click()
            more = page.locator("article.ephemeral")
            await expect(more.get_by_role("button", name=words.UPSCALE(language))).to_be_visible()
            await fits(page)
            await page.screenshot(path=album / f"more-{language}-phone.png")
            for command, given, complete in COMMANDS:
                before = await page.locator("article").count()
                await ada.person.slash(first["channel_id"], command, **given)
                await expect(page.locator("article").nth(before)).to_be_visible()
                await expect(page.locator("article").last.locator(complete).last).to_be_visible()
                await fits(page)
                await page.screenshot(path=album / f"{command}-{language}-phone.png")
