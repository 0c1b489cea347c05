"""What every test of the page does: write, wait for the newest message, ask for a picture."""

from playwright.async_api import Locator, Page, expect


def composer(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Message", exact=True)


def newest(page: Page) -> Locator:
    return page.locator("article").last


async def write(page: Page, text: str) -> None:
    """Type as a person does and press Enter."""
    await composer(page).click()
    await page.keyboard.type(text)
    await page.keyboard.press("Enter")


async def imagine(page: Page, prompt: str = "a red house in a meadow") -> Locator:
    """Ask for a picture and open its thread; the result is the message with the picture."""
    await write(page, f"/imagine {prompt}")
    await page.locator(".thread-card").last.click()
    await expect(page.locator(".top-name")).to_have_text(prompt)
    await expect(page.locator("article .picture")).to_have_count(1)
    return page.locator("article", has=page.locator(".picture")).last
