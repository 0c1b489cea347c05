"""How the page looks where that can be measured: phone width, dark colours, contrast, calm motion."""

import pytest
from playwright.async_api import Page, expect

from tests.bot.sandbox.page.acting import write
from tests.bot.sandbox.page.conftest import Visit
from tests.bot.sandbox.page.painter import Painter
from tests.browser import DRAWN

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
READABLE = 4.5  # WCAG 2 AA for text
TEXT_ON = {
    "--ink": ("--paper", "--card", "--wall", "--accent-soft"),
    "--ink-2": ("--paper", "--card", "--wall"),
    "--ink-3": ("--paper", "--card", "--wall"),
    "--accent": ("--paper", "--card", "--accent-soft"),
    "--on-accent": ("--accent",),
    "--bad-ink": ("--bad-soft", "--card"),
    "--warm": ("--warm-soft",),
}
COLOUR = """(name) => {
  const probe = document.body.appendChild(document.createElement('i'));
  probe.style.color = `var(${name})`;
  const context = Object.assign(document.createElement('canvas'), {width: 1, height: 1}).getContext('2d');
  context.fillStyle = getComputedStyle(probe).color;
  context.fillRect(0, 0, 1, 1);
  probe.remove();
  return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
}"""


def luminance(colour: list[int]) -> float:
    """Relative luminance of an sRGB colour, 0 to 1 (WCAG 2)."""
    parts = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


async def contrast(page: Page, one: str, other: str) -> float:
    low, high = sorted([luminance(await page.evaluate(COLOUR, name)) for name in (one, other)])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_text_can_be_read_on_every_ground(visit: Visit, scheme: str) -> None:
    page = await visit("", color_scheme=scheme)
    for text, grounds in TEXT_ON.items():
        for ground in grounds:
            assert await contrast(page, text, ground) >= READABLE, f"{text} on {ground}"


async def test_the_toggle_goes_through_the_colours_and_is_remembered(visit: Visit) -> None:
    page = await visit("Rosa", color_scheme="light")
    toggle = page.locator(".theme-toggle")
    for theme in ("light", "dark"):
        await toggle.click()
        await expect(page.locator("html")).to_have_attribute("data-theme", theme)
    assert luminance(await page.evaluate(COLOUR, "--paper")) < 0.05
    await page.reload()
    await expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    await toggle.click()
    await expect(page.locator("html")).not_to_have_attribute("data-theme", "dark")


async def test_at_phone_width_all_is_in_reach(visit: Visit, painter: Painter) -> None:
    page = await visit("Rosa", **PHONE)
    await expect(page.locator(".sidebar")).not_to_be_in_viewport()
    await page.get_by_role("button", name="Channels").tap()
    await page.locator(".place", has_text="general").tap()
    await expect(page.locator(".top-name")).to_have_text("general")
    await expect(page.locator(".sidebar")).not_to_be_in_viewport()
    await page.get_by_role("textbox", name="Message", exact=True).fill("/imagine a red house in a meadow")
    await page.get_by_role("button", name="Send /imagine").tap()
    await page.locator(".thread-card").tap()
    message = page.locator("article", has=page.locator(".picture"))
    await message.locator(".embed-words").tap()
    await message.get_by_role("button", name="React with ❤️").tap()
    await expect(message.get_by_role("button", name="❤️, 1 person, you among them")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360
    box = await message.locator(".picture").bounding_box()
    assert box is not None
    assert box["width"] > 270
    assert box["x"] + box["width"] <= 360


async def test_a_button_goes_below_words_that_it_would_make_narrow(visit: Visit, painter: Painter) -> None:
    page = await visit("Rosa")
    await page.locator("[data-place=dm]").click()
    await write(page, "lay it out")
    words, button = (page.locator(f".section > {part}") for part in ("div", ".button"))
    await expect(button).to_be_visible()
    for width, beside in ((1200, True), (390, False)):
        await page.set_viewport_size({"width": width, "height": 800})
        await page.evaluate(DRAWN)
        text, pressed = await words.bounding_box(), await button.bounding_box()
        assert text is not None
        assert pressed is not None
        assert text["width"] >= 150
        assert (pressed["y"] < text["y"] + text["height"]) is beside
        assert await page.evaluate("document.documentElement.scrollWidth") <= width


async def test_who_asks_for_calm_gets_no_motion(visit: Visit) -> None:
    page = await visit("", reduced_motion="reduce")
    duration = await page.locator("dialog").evaluate("node => getComputedStyle(node).animationDuration")
    assert float(duration.removesuffix("s")) < 0.001


async def test_every_control_has_a_name(visit: Visit, painter: Painter) -> None:
    page = await visit("Rosa")
    await page.get_by_role("textbox", name="Message", exact=True).fill("/imagine a red house in a meadow")
    await page.keyboard.press("Enter")
    await page.locator(".thread-card").click()
    await expect(page.locator(".picture")).to_be_visible()
    nameless = await page.evaluate(
        """() => [...document.querySelectorAll('button, a, input:not([hidden]), textarea')]
          .filter((node) => !node.getAttribute('aria-label') && !node.labels?.length)
          .filter((node) => !node.textContent.trim())
          .map((node) => node.outerHTML)"""
    )
    assert nameless == []
