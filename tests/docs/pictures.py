"""The documents' pictures of the demo, taken anew: `.venv/bin/python -m tests.docs.pictures`.

It starts the demo on a free port with a data folder of its own, talks to it in headless Chromium, and writes
`docs/images/members-*.webp`. It takes a minute or two, and needs the `chromium` package.
"""

import asyncio
import io
import shutil
import tempfile
from pathlib import Path

from PIL import Image
from playwright.async_api import Page, async_playwright, expect

from tests.benchmarks.demo import running_demo

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
PATIENCE_MS = 120_000
DESKTOP = {"width": 1180, "height": 860}
PHONE = {"width": 390, "height": 780}


async def take() -> None:
    """Refine one picture by talking, and keep what a desktop and a phone show."""
    chromium = shutil.which("chromium")
    assert chromium, "this needs the chromium package"
    expect.set_options(timeout=PATIENCE_MS)
    with tempfile.TemporaryDirectory() as folder:
        async with running_demo(Path(folder)) as (url, _, _), async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            page = await browser.new_page(viewport=DESKTOP, device_scale_factor=2)
            page.set_default_timeout(PATIENCE_MS)
            await page.goto(url)
            await _talk(page)
            await _keep(page, "members-thread.webp")
            await page.set_viewport_size(PHONE)
            await _keep(page, "members-phone.webp")
            await browser.close()


async def _talk(page: Page) -> None:
    await page.get_by_role("textbox", name="Your name").fill("Rosa")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="What would you like to see?")).to_be_visible()
    await page.keyboard.type("/imagine a red house in a meadow")
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Open thread").click()
    await expect(page.locator(".picture img")).to_have_count(1)
    await page.keyboard.type("make it night")
    await page.keyboard.press("Enter")
    await expect(page.locator(".picture img")).to_have_count(2)


async def _keep(page: Page, name: str) -> None:
    """Wait until the last picture is drawn, then write what the window shows."""
    last = page.locator(".picture img").last
    await expect(last).to_have_js_property("complete", True)
    await last.scroll_into_view_if_needed()
    # The buttons and votes under a picture come right after it
    await expect(page.get_by_role("button", name="👍, 1 person", exact=True).last).to_be_visible()
    shot = Image.open(io.BytesIO(await page.screenshot()))
    shot.save(IMAGES / name, quality=80, method=6)


if __name__ == "__main__":
    asyncio.run(take())
