"""The page for those who see little, use no pointer or bear no motion: axe-core and keys try it out."""

from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from tests.bot.sandbox.page.conftest import Visit
from tests.bot.sandbox.page.painter import Painter
from tests.browser import DRAWN

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

DESKTOP: dict[str, Any] = {"viewport": {"width": 1200, "height": 800}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
FOCUSED = "() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent"


async def clean(page: Page, state: str) -> None:
    """axe-core finds nothing to say about the page as it is; in the dark only contrast can differ."""
    for scheme, options in (("light", {}), ("dark", {"runOnly": ["color-contrast"]})):
        await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        await page.evaluate(DRAWN)
        found = await Axe().run(page, options={"resultTypes": ["violations"], **options})
        assert found.violations_count == 0, f"{state}, {scheme}: {found.generate_report()}"


async def tab_to(page: Page, name: str, key: str = "Tab") -> None:
    """Go on by a key until what has this name is focused."""
    for _ in range(60):
        if str(await page.evaluate(FOCUSED) or "").startswith(name):
            return
        await page.keyboard.press(key)
    raise AssertionError(f"{key} never reaches {name}")


async def in_a_thread(page: Page) -> None:
    """From the door into a thread with a picture, and a layout, by keys alone."""
    await page.keyboard.type("Rosa")
    await page.keyboard.press("Enter")
    await page.locator(".start").wait_for()
    await page.locator(".composer-input").focus()  # a phone focuses nothing by itself
    await page.keyboard.type("/imagine a red house in a meadow")
    await page.keyboard.press("Enter")
    await page.locator(".thread-card").wait_for()
    await tab_to(page, "a red house", "Shift+Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator("article .picture")).to_be_visible()
    await page.locator(".composer-input").focus()
    await page.keyboard.type("lay it out")
    await page.keyboard.press("Enter")
    await expect(page.locator(".container .picture")).to_be_visible()


async def test_axe_finds_nothing_in_the_main_states(visit: Visit, painter: Painter) -> None:
    page = await visit("", reduced_motion="reduce", **DESKTOP)
    await page.get_by_role("textbox", name="Your name").wait_for()
    await clean(page, "the door")
    await in_a_thread(page)
    await clean(page, "a thread")

    laid = page.locator("article", has=page.locator(".container"))
    await laid.get_by_role("button", name="Refine").click()
    await page.get_by_role("dialog").wait_for()
    await clean(page, "a form")
    await page.keyboard.press("Escape")
    await laid.locator(".picture").click()
    await page.locator(".lightbox-image").wait_for()
    await clean(page, "a picture enlarged")
    await page.keyboard.press("Escape")
    await laid.focus()
    await page.keyboard.press("Enter")
    await page.get_by_role("menu").wait_for()
    await clean(page, "the menu of a message")
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Insert an emoji").click()
    await page.locator(".popover").wait_for()
    await clean(page, "emoji")
    await page.keyboard.press("Escape")
    await page.keyboard.press("Control+k")
    await page.get_by_role("dialog").wait_for()
    await clean(page, "the switcher")


async def test_axe_finds_nothing_on_a_phone(visit: Visit, painter: Painter) -> None:
    page = await visit("", reduced_motion="reduce", **PHONE)
    await page.get_by_role("textbox", name="Your name").wait_for()
    await in_a_thread(page)
    await clean(page, "a thread")
    field = page.locator(".composer-input")
    await field.fill("/")
    await page.get_by_role("option").first.wait_for()
    await clean(page, "commands")
    await field.fill("/imagine ")
    await page.locator(".chip-input").first.wait_for()
    await clean(page, "a command's options")
    await page.get_by_role("button", name="Channels").tap()
    await expect(page.locator(".sidebar")).to_be_in_viewport()
    await clean(page, "the drawer")


async def test_everything_is_reached_by_keys(visit: Visit, painter: Painter) -> None:
    page = await visit("")
    await page.get_by_role("textbox", name="Your name").wait_for()
    await in_a_thread(page)
    bot = (await page.locator("article .author").last.text_content()) or ""

    await tab_to(page, "✏️Refine", "Shift+Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog").get_by_role("textbox").first).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.locator(".container").get_by_role("button", name="Refine")).to_be_focused()

    await tab_to(page, "Enlarge picture: an olive", "Shift+Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator(".lightbox-image")).to_have_attribute("alt", "an olive")
    await page.keyboard.press("ArrowLeft")
    await expect(page.locator(".lightbox figcaption")).to_contain_text("1 of 2")
    await page.keyboard.press("Escape")

    await tab_to(page, f"{bot}, ", "Shift+Tab")
    await page.keyboard.press("1")
    await expect(page.get_by_role("button", name="👍, 1 person, you among them")).to_be_visible()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("menuitem", name="Reply")).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_role("menuitem", name="Add a reaction")).to_be_focused()
    await page.keyboard.press("Escape")
    await page.keyboard.press("ArrowUp")
    await expect(page.locator("article:focus")).to_contain_text("lay it out")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("r")
    await expect(page.locator(".reply-bar")).to_contain_text(f"Replying to {bot}")
    await expect(page.locator(".composer-input")).to_be_focused()
    await page.keyboard.press("Escape")

    await tab_to(page, "Choose a style", "Shift+Tab")
    await page.keyboard.press("Enter")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.locator("article.ephemeral")).to_contain_text("Style: ")
    await tab_to(page, "Dismiss this message")
    await page.keyboard.press("Enter")
    await expect(page.locator("article.ephemeral")).to_have_count(0)

    await page.keyboard.press("Control+k")
    await page.keyboard.type("general")
    await page.keyboard.press("Enter")
    await expect(page.locator(".top-name")).to_have_text("general")
    await tab_to(page, "Colours: ", "Shift+Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator("html")).to_have_attribute("data-theme", "light")
    await tab_to(page, "pictures", "Shift+Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator(".top-name")).to_have_text("pictures")


async def test_nothing_moves_for_those_who_bear_no_motion(visit: Visit, painter: Painter) -> None:
    page = await visit("", reduced_motion="reduce")
    await page.get_by_role("textbox", name="Your name").wait_for()
    await in_a_thread(page)
    moving = await page.evaluate(
        """() => document.getAnimations()
          .filter((one) => one.effect.getComputedTiming().activeDuration > 1).length"""
    )
    assert moving == 0
    durations = await page.evaluate(
        """() => [...document.querySelectorAll('*')]
          .map((node) => getComputedStyle(node).transitionDuration)"""
    )
    assert max(float(part.removesuffix("s")) for one in durations for part in one.split(", ")) < 0.001


async def test_a_layout_is_read_and_shown_as_discord_does(visit: Visit, painter: Painter) -> None:
    page = await visit("")
    await page.get_by_role("textbox", name="Your name").wait_for()
    await in_a_thread(page)
    laid = page.locator("article", has=page.locator(".container"))
    label = await laid.get_attribute("aria-label") or ""
    assert "For everybody olive a red green thing" in label
    assert label.endswith("a picture")
    await expect(laid.get_by_role("button", name="Enlarge picture: an olive")).to_be_visible()
    await expect(laid.locator("s")).to_have_text("red")
    await expect(laid.locator(".section").get_by_role("link", name="Help")).to_be_visible()
    await laid.focus()
    await page.keyboard.press("r")
    await page.keyboard.type("an answer")
    await page.keyboard.press("Enter")
    await expect(page.locator("button.above .above-text")).to_have_text("olive, a picture")  # one line of all
